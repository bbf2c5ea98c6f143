package exchange

import (
	"encoding/base64"
	"strconv"
	"strings"
)

// readHAR reads a HAR file (HTTP Archive 1.2), or a single entry of one. text begins on line num.
func readHAR(text string, num int, rep *report) []Exchange {
	root, ok := readJSON(text, num, rep)
	if !ok {
		return nil
	}
	h := har{rep: rep}
	entries := root.get("log").get("entries")
	switch {
	case entries.kind == '[':
		var out []Exchange
		for _, item := range entries.items {
			if e := h.entry(item); e.Request != nil || e.Response != nil {
				out = append(out, e)
			}
		}
		if len(entries.items) == 0 {
			h.issue(entries, "HAR file has no entries")
		}
		return out
	case root.get("request").kind == '{' || root.get("response").kind == '{':
		if e := h.entry(root); e.Request != nil || e.Response != nil {
			return []Exchange{e}
		}
		return nil
	}
	rep.add(num, 1, "this is JSON, but not a HAR file", "paste the file that a browser saves as HAR, or a message as text")
	return nil
}

// har turns entries into exchanges.
type har struct {
	rep *report
}

func (h har) issue(v jsonValue, message string) {
	h.rep.add(v.line, v.column, message, "")
}

// entry makes an exchange of an entry.
func (h har) entry(e jsonValue) Exchange {
	var x Exchange
	if q := e.get("request"); q.kind == '{' {
		x.Request = h.request(q)
	}
	a := e.get("response")
	if a.kind != '{' {
		if x.Request == nil {
			h.issue(e, "entry has neither request nor response")
		}
		return x
	}
	status := a.get("status").num()
	if status < 100 || status > 999 {
		why := defaultTo(a.get("_error").str(), "blocked, cancelled or failed before an answer came")
		h.issue(a, "entry has no response: status "+strconv.Itoa(status)+", "+short(why))
		return x
	}
	r := &Response{Version: harVersion(a.get("httpVersion").str()), Status: status, Reason: a.get("statusText").str(), Line: a.line}
	var p pseudo
	r.Fields = h.fields(a.get("headers"), &p)
	content := a.get("content")
	if text := content.get("text"); text.str() != "" {
		r.Body = text.str()
		r.BodyLine = text.line
	}
	if content.get("encoding").str() == "base64" {
		if data, err := base64.StdEncoding.DecodeString(r.Body); err == nil {
			r.Body = string(data)
		} else {
			h.issue(content, "content is not valid base64")
		}
	}
	x.Response = r
	return x
}

func (h har) request(q jsonValue) *Request {
	r := &Request{Method: q.get("method").str(), Version: harVersion(q.get("httpVersion").str()), Line: q.line}
	var p pseudo
	r.Fields = h.fields(q.get("headers"), &p)
	if _, authority, target, ok := splitURL(q.get("url").str()); ok {
		r.Target = target
		if p.authority.Name == "" && !r.Fields.Has("Host") {
			r.Fields = append(Fields{{Name: "Host", Value: authority}}, r.Fields...)
		}
	}
	p.applyRequest(r)
	if data := q.get("postData"); data.kind == '{' {
		r.Body = data.get("text").str()
		if r.Body == "" && len(data.get("params").items) > 0 {
			h.issue(data, "request body is given as parameters only")
		}
	}
	return r
}

func (h har) fields(list jsonValue, p *pseudo) Fields {
	var out Fields
	for _, item := range list.items {
		name, value := item.get("name").str(), item.get("value").str()
		if strings.HasPrefix(name, ":") {
			p.set(Field{Name: name, Value: value, Line: item.line, Column: item.column})
			continue
		}
		for _, v := range strings.Split(value, "\n") { // Chrome joins repeated fields with a line feed
			out = append(out, Field{Name: name, Value: trimOWS(v), Line: item.line, Column: item.column})
		}
	}
	return out
}

// harVersion writes the version as it stands in a start line; browsers write h2, http/2.0 or HTTP/2.
func harVersion(s string) string {
	v := strings.ToUpper(s)
	if len(v) >= 2 && v[0] == 'H' && v[1] >= '2' && v[1] <= '9' {
		v = "HTTP/" + v[1:2]
	}
	if v = shortVersion(v); !isVersion(v) {
		return ""
	}
	return v
}
