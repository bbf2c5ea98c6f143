package exchange

import (
	"strconv"
	"strings"
)

// fieldLine reads "Name: value" and reports what is wrong with it. It is not ok if there is no field in it.
func fieldLine(l line, rep *report) (f Field, ok bool) {
	from := 0
	if l.text != "" && isPseudo(l.text) {
		from = 1
	}
	colon := strings.IndexByte(l.text[from:], ':') + from
	if colon < from {
		return Field{}, false
	}
	name := l.text[:colon]
	if t := strings.TrimRight(name, " \t"); t != name && isToken(t) {
		rep.at(l, len(t), "white space before the colon", "write "+short(t)+": without it (RFC 9112 section 5.1)")
		name = t
	}
	switch i := notTchar(name[from:]); {
	case name == "":
		rep.at(l, 0, "field line has no name", "write it as Name: value")
	case i >= 0:
		rep.at(l, from+i, quoted(name)+" is not a field name", "a name has letters, digits and !#$%&'*+-.^_`|~ only (RFC 9110 section 5.6.2)")
	}
	f = Field{Name: name, Value: trimOWS(l.text[colon+1:]), Line: l.num, Column: l.column(0)}
	if i := control(l.text[colon+1:]); i >= 0 {
		rep.at(l, colon+1+i, "control character in the value of "+short(name), "take it out (RFC 9110 section 5.5)")
	}
	return f, true
}

// isFieldLine reports whether a line is "Name: value" with a token for a name.
func isFieldLine(s string) bool {
	colon := strings.IndexByte(s, ':')
	return colon > 0 && isToken(strings.TrimRight(s[:colon], " \t"))
}

// folder joins continuation lines (obs-fold, RFC 9112 section 5.2) to the field before them.
type folder struct {
	fields Fields
	parts  []string // of the last field's value, when it is folded
}

func (f *folder) add(field Field) {
	f.finish()
	f.fields = append(f.fields, field)
}

func (f *folder) fold(l line, rep *report) {
	if len(f.fields) == 0 {
		rep.at(l, 0, "line begins with white space", "move it to the left edge; a start line cannot be continued (RFC 9112 section 2.2)")
		l = l.cut(len(l.text) - len(strings.TrimLeft(l.text, " \t")))
		if field, ok := fieldLine(l, rep); ok {
			f.add(field)
		}
		return
	}
	last := &f.fields[len(f.fields)-1]
	rep.at(l, 0, "value of "+short(last.Name)+" continues on this line", "write it on one line: folding is obsolete (RFC 9112 section 5.2)")
	if f.parts == nil {
		f.parts = append(f.parts, last.Value)
	}
	f.parts = append(f.parts, trimOWS(l.text))
	if i := control(l.text); i >= 0 {
		rep.at(l, i, "control character in the value of "+short(last.Name), "take it out (RFC 9110 section 5.5)")
	}
}

func (f *folder) finish() Fields {
	if f.parts != nil {
		f.fields[len(f.fields)-1].Value = trimOWS(strings.Join(f.parts, " "))
		f.parts = nil
	}
	return f.fields
}

// readFields reads a field section strictly. It returns the section and the index of the first line after
// the empty line that ends it. A section may also end with the text, before a status line, or where a body
// begins without an empty line; the last two are reported.
func readFields(ls []line, i int, rep *report) (Fields, int) {
	end, lastField := i, i-1
	for end < len(ls) && ls[end].text != "" {
		if isFieldLine(ls[end].text) {
			lastField = end
		}
		end++
	}
	closed := end+1 < len(ls) // an empty line, and something after it
	var f folder
	for ; i < end; i++ {
		l := ls[i]
		if c := l.text[0]; c == ' ' || c == '\t' {
			if l.blank() {
				rep.at(l, 0, "line of white space instead of an empty line", "delete the white space")
				return f.finish(), i + 1
			}
			f.fold(l, rep)
			continue
		}
		if _, _, _, ok := asStatusLine(l.text); ok {
			rep.at(l, 0, "no empty line before this status line", "an empty line ends the header section of a response, also of an interim one")
			return f.finish(), i
		}
		if strings.IndexByte(`{[<"`, l.text[0]) >= 0 || !closed && i > lastField && strings.IndexByte(l.text, ':') < 0 {
			rep.at(l, 0, "no empty line before the body", "put an empty line between the header section and the body (RFC 9112 section 2.1)")
			return f.finish(), i
		}
		if isPseudo(l.text) {
			rep.at(l, 0, "pseudo-header field in an HTTP/1.1 message", "write the start line instead, such as HTTP/1.1 403 Forbidden")
			continue
		}
		field, ok := fieldLine(l, rep)
		if !ok {
			rep.at(l, 0, "line is not a field: it has no colon", "write it as Name: value, or put an empty line before a body")
			continue
		}
		f.add(field)
	}
	return f.finish(), min(end+1, len(ls))
}

// contentLength returns the value of a valid Content-Length field.
func contentLength(fields Fields) (int, bool) {
	v, ok := fields.Get("Content-Length")
	if !ok || !isDigits(v) || len(v) > 15 {
		return 0, false
	}
	n, err := strconv.Atoi(v)
	return n, err == nil
}

// checkContentLength reports a Content-Length field that is no number or comes twice (RFC 9110 section 8.6).
func checkContentLength(fields Fields, rep *report) {
	seen := false
	for _, f := range fields {
		if !equalFold(f.Name, "Content-Length") {
			continue
		}
		if !isDigits(f.Value) {
			rep.add(f.Line, f.Column, "Content-Length "+quoted(f.Value)+" is not a number of bytes", "write decimal digits only (RFC 9110 section 8.6)")
		} else if seen {
			rep.add(f.Line, f.Column, "second Content-Length field", "send it once (RFC 9112 section 6.3)")
		}
		seen = true
	}
}

// checkHost reports a Host field that is missing, repeated or malformed (RFC 9112 section 3.2).
func checkHost(r *Request, rep *report) {
	seen := false
	for _, f := range r.Fields {
		if !equalFold(f.Name, "Host") {
			continue
		}
		switch {
		case seen:
			rep.add(f.Line, f.Column, "second Host field", "send it once; a server answers 400 (RFC 9112 section 3.2)")
		case !isAuthority(f.Value):
			rep.add(f.Line, f.Column, "Host "+quoted(f.Value)+" is not a host with an optional port", "write it without scheme and path, such as example.com or example.com:8080")
		}
		seen = true
	}
	if !seen && r.Version == "HTTP/1.1" {
		rep.add(r.Line, 1, "no Host field", "add one: an HTTP/1.1 request without it gets a 400 (RFC 9112 section 3.2)")
	}
}
