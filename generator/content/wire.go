package content

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"httpstatus/generator/exchange"
)

// exchanges checks every exchange of a code's page.
func (f *file) exchanges(v *Code) {
	page := wire{file: f, status: v.Code, seen: []Seen{cmp.Or(v.Facts.Seen, "wire")}, required: v.Facts.Fields.Required}
	found := page.check(&v.Exchange)
	page.mustShow(found, &v.Exchange)
	if final := found.final; final != nil && v.Kind == Standard && final.Status == v.Code && final.Reason != "" && final.Reason != v.Name.S {
		f.report(f.inBlock(v.Exchange.Response, final.Line, 1), "write the name that the registry has", "the reason phrase is %q, want %q", final.Reason, v.Name.S)
	}
	anyone := page
	for _, o := range v.Owners {
		anyone.seen = append(anyone.seen, o.Seen)
		if o.Exchange != nil {
			own := wire{file: f, status: v.Code, seen: []Seen{o.Seen}}
			own.mustShow(own.check(o.Exchange), o.Exchange)
		}
	}
	for _, e := range v.Examples {
		shown := len(e.Exchanges) == 0
		for i := range e.Exchanges {
			shown = anyone.check(&e.Exchanges[i]).shown || shown
		}
		if !shown {
			f.report(e.Title.Pos, "show the step that has it", "no step of %q has status %d", shorten(e.Title.S), v.Code)
		}
	}
}

// wire checks exchanges of one page, or of one owner.
type wire struct {
	*file
	status   int
	seen     []Seen // where the number appears: any of these
	required []FieldRef
}

// mustShow reports the exchange that should show a page's status and does not.
func (w wire) mustShow(found sight, e *Exchange) {
	switch final := found.final; {
	case found.shown:
	case final != nil && w.seen[0] == "wire":
		w.report(w.inBlock(e.Response, final.Line, 1), "", "the response has status %d, want %d", final.Status, w.status)
	case final != nil && w.seen[0] == "body":
		w.report(w.inBlock(e.Response, final.Line, 1), "", "%d does not appear in the content", w.status)
	case e.Log.S != "" && w.seen[0] == "log":
		w.report(e.Log.Pos, "", "no log line has %d", w.status)
	}
}

// sight is what check has seen of the page's status.
type sight struct {
	shown bool
	final *exchange.Response // the last response, if there is one
}

// check parses an exchange and looks for the page's status.
func (w wire) check(e *Exchange) sight {
	if e.Request.S == "" || w.folded(e.Request) || w.folded(e.Response) || w.folded(e.Log) {
		return sight{shown: true} // a problem already
	}
	req, issues := exchange.ParseRequest(e.Request.S)
	w.issues(e.Request, issues)
	if req != nil {
		w.framing(e.Request, req.Fields, req.Body, false)
	}
	number := strconv.Itoa(w.status)
	found := sight{shown: slices.Contains(w.seen, "log") && strings.Contains(e.Log.S, number)}
	if e.Response.S == "" {
		return found
	}
	responses, issues := exchange.ParseResponses(e.Response.S)
	w.issues(e.Response, issues)
	for i := range responses {
		r := &responses[i]
		w.response(e.Response, req, r)
		if r.Status == w.status && (i == len(responses)-1 || w.status < 200) {
			found.shown = found.shown || slices.Contains(w.seen, "wire")
			w.needs(e.Response, r)
		}
		found.shown = found.shown || slices.Contains(w.seen, "body") && strings.Contains(r.Body, number)
		found.final = r
	}
	return found
}

// folded reports a message whose line breaks are lost.
func (w wire) folded(p Plain) bool {
	at := w.offset(p.Pos)
	if p.S == "" || at >= len(w.text) || w.text[at] != '>' {
		return false
	}
	w.report(p.Pos, "write | instead", "a message below > loses its line breaks")
	return true
}

// issues reports what the parser found, at its place in the file.
func (w wire) issues(p Plain, issues []exchange.Issue) {
	for _, issue := range issues {
		w.report(w.inBlock(p, issue.Line, issue.Column), issue.Hint, "%s", issue.Message)
	}
}

// inBlock returns the place of a line and column of a block of text. Text on one line has no lines to
// point at, so its own place must do.
func (f *file) inBlock(p Plain, line, column int) Pos {
	if at := f.offset(p.Pos); at >= len(f.text) || f.text[at] != '|' {
		return p.Pos
	}
	lines := strings.Split(p.S, "\n")
	if line < 1 || line > len(lines) {
		return p.Pos
	}
	source := f.line(p.Pos.Line + line)
	indented := utf8.RuneCountInString(source) - utf8.RuneCountInString(lines[line-1])
	return Pos{p.Pos.Line + line, max(1, max(indented, 0)+column)}
}

func (w wire) response(p Plain, req *exchange.Request, r *exchange.Response) {
	head := req != nil && req.Method == "HEAD"
	at := w.inBlock(p, max(r.BodyLine, r.Line), 1)
	if r.Body != "" {
		switch {
		case head:
			w.report(at, "leave the content out (RFC 9110 section 9.3.2)", "content in the response to HEAD")
		case r.Status == 205:
			w.report(at, "leave the content out (RFC 9110 section 15.3.6)", "content after a 205")
		}
	}
	if r.Status < 200 || r.Status == 204 {
		for _, name := range []string{"Content-Length", "Transfer-Encoding"} {
			for _, field := range named(r.Fields, name) {
				w.report(w.inBlock(p, field.Line, field.Column), "delete it (RFC 9110 section 8.6, RFC 9112 section 6.1)", "%s in a %d", name, r.Status)
			}
		}
		return
	}
	noContent := head || r.Status == 304 || req != nil && req.Method == "CONNECT" && r.Status < 300
	w.framing(p, r.Fields, r.Body, noContent)
}

// framing checks the fields that say how long a message is, and dates.
func (w wire) framing(p Plain, fields exchange.Fields, body string, noContent bool) {
	lengths, codings := named(fields, "Content-Length"), named(fields, "Transfer-Encoding")
	if len(lengths) > 0 && len(codings) > 0 {
		w.report(w.inBlock(p, lengths[0].Line, lengths[0].Column), "delete Content-Length (RFC 9112 section 6.2)", "Content-Length beside Transfer-Encoding")
	} else if len(lengths) > 0 && !noContent && !fields.Has("Content-Encoding") {
		field := lengths[0]
		if n, err := strconv.Atoi(field.Value); err == nil && n != len(body) {
			w.report(w.inBlock(p, field.Line, field.Column), fmt.Sprintf("write Content-Length: %d, or leave it out", len(body)), "Content-Length is %d, but the content has %d bytes", n, len(body))
		}
	}
	for _, name := range []string{"Date", "Last-Modified", "If-Modified-Since", "If-Unmodified-Since"} {
		for _, field := range named(fields, name) {
			w.date(p, field)
		}
	}
}

// date reports a date that is no IMF-fixdate or has the wrong day of the week (RFC 9110 section 5.6.7).
func (w wire) date(p Plain, field exchange.Field) {
	const layout = "Mon, 02 Jan 2006 15:04:05 GMT"
	at := func() Pos { return w.inBlock(p, field.Line, field.Column) }
	t, err := time.Parse(layout, field.Value)
	switch {
	case err != nil:
		w.report(at(), "write it like Sun, 22 Nov 2026 18:00:00 GMT (RFC 9110 section 5.6.7)", "%s %q is not a date", field.Name, field.Value)
	case t.Format(layout) != field.Value:
		w.report(at(), "write "+t.Format(layout), "%s: that day is a %s", field.Name, t.Weekday())
	}
}

// needs reports required fields that a response with the page's status lacks.
func (w wire) needs(p Plain, r *exchange.Response) {
	for _, name := range w.required {
		if r.Fields.Has(name.S) || strings.EqualFold(name.S, "Content-Range") && isMultipart(r.Fields) {
			continue
		}
		w.report(w.inBlock(p, r.Line, 1), "facts.fields.required demands it", "the %d lacks the field %q", r.Status, name.S)
	}
}

// isMultipart reports whether the ranges stand in the parts, each with its own Content-Range (RFC 9110
// section 15.3.7.2).
func isMultipart(fields exchange.Fields) bool {
	mediaType, _ := fields.Get("Content-Type")
	return strings.HasPrefix(strings.ToLower(mediaType), "multipart/byteranges")
}

func named(fields exchange.Fields, name string) []exchange.Field {
	var out []exchange.Field
	for _, field := range fields {
		if strings.EqualFold(field.Name, name) {
			out = append(out, field)
		}
	}
	return out
}
