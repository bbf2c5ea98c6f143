package exchange

import (
	"strconv"
	"strings"
)

// ParseRequest reads one request message, strictly by RFC 9112, and returns it with everything that is
// wrong in it, in the order of the text. Where something is wrong the request holds what could be read; it
// is nil only for an empty text.
//
// Lines end in LF or CRLF. In text with LF, one line ending at the very end belongs to the text and not to
// the body, unless Content-Length counts it. Text with CRLF is taken as it is on the wire, so that the body
// is all that follows the empty line. The empty line may be missing where nothing follows it.
//
// A body in chunked transfer coding is decoded if it is one (RFC 9112 section 7.1); otherwise it stays as it
// is, since most tools show bodies decoded.
func ParseRequest(raw string) (*Request, []Issue) {
	var rep report
	ls := splitLines(raw)
	i := skipEmpty(ls, 0, &rep)
	if i == len(ls) {
		rep.add(1, 1, "request is empty", "begin with a request line such as GET / HTTP/1.1")
		return nil, rep.issues
	}
	r := readRequestLine(ls[i], &rep)
	wire := ls[i].crlf()
	r.Fields, i = readFields(ls, i+1, &rep)
	checkHost(&r, &rep)
	checkContentLength(r.Fields, &rep)
	if i < len(ls) {
		r.Body, r.Trailers = readBody(raw[ls[i].start:], ls[i].num, r.Fields, wire, &rep)
	}
	return &r, rep.sorted()
}

// ParseResponses reads the response to one request, strictly by RFC 9112: the interim responses, each ended
// by an empty line, and then the final one, which is the last of the result. It returns them with everything
// that is wrong, in the order of the text. What ParseRequest says about line endings and bodies holds here too.
func ParseResponses(raw string) ([]Response, []Issue) {
	var rep report
	var out []Response
	ls := splitLines(raw)
	i := skipEmpty(ls, 0, &rep)
	if i == len(ls) {
		rep.add(1, 1, "response is empty", "begin with a status line such as HTTP/1.1 403 Forbidden")
		return nil, rep.issues
	}
	wire := ls[i].crlf()
	for {
		r := readStatusLine(ls[i], &rep)
		r.Fields, i = readFields(ls, i+1, &rep)
		checkContentLength(r.Fields, &rep)
		if interim(r.Status) {
			i = skipEmpty(ls, i, &rep)
			if i < len(ls) && len(ls[i].text) > 4 && equalFold(ls[i].text[:5], "HTTP/") {
				out = append(out, r)
				continue
			}
		}
		if i < len(ls) {
			r.Body, r.Trailers = readBody(raw[ls[i].start:], ls[i].num, r.Fields, wire, &rep)
			if r.Body != "" {
				r.BodyLine = ls[i].num
			}
			checkBody(&r, ls[i], &rep)
		} else if interim(r.Status) {
			rep.add(r.Line, 1, "no final response after "+strconv.Itoa(r.Status), "an interim response is followed by an empty line and the next status line (RFC 9110 section 15.2)")
		}
		return append(out, r), rep.sorted()
	}
}

// checkBody reports a body where none can be. l is the first line after the header section.
func checkBody(r *Response, l line, rep *report) {
	if r.Body == "" {
		return
	}
	switch _, _, _, second := asStatusLine(l.text); {
	case interim(r.Status):
		rep.at(l, 0, "expected the status line of the final response", "an interim response has no content; the next status line follows its empty line (RFC 9110 section 15.2)")
	case second:
		if mediaType, _ := r.Fields.Get("Content-Type"); !strings.HasPrefix(strings.ToLower(mediaType), "message/http") {
			rep.at(l, 0, "second final response", "a request has one final response; write the other one as an exchange of its own")
		}
	case bodiless(r.Status):
		rep.at(l, 0, "content after a "+strconv.Itoa(r.Status), "such a response ends with its header section (RFC 9112 section 6.3); leave the content out")
	}
}

// skipEmpty returns the index of the first line from i that is not empty, and reports those before it.
func skipEmpty(ls []line, i int, rep *report) int {
	first := i
	for i < len(ls) && ls[i].blank() {
		i++
	}
	if i > first && i < len(ls) {
		rep.at(ls[first], 0, "empty line before the start line", "delete it")
	}
	return i
}

// readBody returns the content of a message and its trailer fields. rest is all text after the header
// section and begins on line num; wire says that the text is exact (ParseRequest).
func readBody(rest string, num int, fields Fields, wire bool, rep *report) (string, Fields) {
	if isChunked(fields) {
		if body, trailers, ok := decodeChunked(rest, num, rep); ok {
			return body, trailers
		}
	}
	return trimEnd(rest, fields, wire), nil
}

// trimEnd takes away the line ending that belongs to the text and not to the body.
func trimEnd(body string, fields Fields, wire bool) string {
	short := strings.TrimSuffix(strings.TrimSuffix(body, "\n"), "\r")
	if len(short) == len(body) || !strings.HasSuffix(body, "\n") {
		return body
	}
	n, ok := contentLength(fields)
	if ok && n == len(body) || wire && (!ok || n != len(short)) {
		return body
	}
	return short
}

// sorted returns the issues in the order of the text.
func (r *report) sorted() []Issue {
	sortIssues(r.issues)
	return r.issues
}
