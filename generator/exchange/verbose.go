package exchange

import "strings"

// direction splits a line of curl -v: '>' for sent, '<' for received, 0 for anything else.
func direction(s string) (byte, string) {
	if s == "" || s[0] != '>' && s[0] != '<' {
		return 0, ""
	}
	if len(s) == 1 {
		return s[0], ""
	}
	if s[1] != ' ' {
		return 0, ""
	}
	return s[0], s[2:]
}

// verbose reads the output of curl -v line by line.
type verbose struct {
	s        *source
	out      []message
	place    place
	fold     folder
	previous string // last line received, to drop the copy that -i prints
	copied   bool   // whether -i printed such copies
	notes    []bool // lines followed by nothing but notes up to the next message
	body     []line
	trailers Fields
}

// place is where in an exchange the reader of curl -v is.
type place int

const (
	outside place = iota
	requestHead
	requestDone
	responseHead
	responseBody
)

func (s *source) readVerbose() []message {
	v := verbose{s: s, notes: make([]bool, len(s.ls)+1)}
	for i := len(s.ls) - 1; i > 0; i-- {
		d, rest := direction(s.ls[i].text)
		v.notes[i-1] = d != 0 && isStart(rest) || v.notes[i] && isCurlNote(s.ls[i].text)
	}
	for i, l := range s.ls {
		v.line(i, l)
	}
	v.finish()
	return v.out
}

func (v *verbose) line(i int, l line) {
	if d, rest := direction(l.text); d != 0 {
		inner := l.cut(len(l.text) - len(rest))
		if v.message(d, inner) {
			return
		}
	}
	switch {
	case isCurlNote(l.text):
		if v.place == responseBody && strings.HasPrefix(l.text, "* ") && !v.noteInBody(i) {
			v.body = append(v.body, l)
		}
	case v.place == responseBody:
		v.body = append(v.body, l)
	case v.place == responseHead && l.text == v.previous:
		v.copied = true
	case l.blank(), isPrompt(l.text):
	default:
		v.s.unread(l)
	}
}

// message reads a line that was sent or received; false if it turns out to be content.
func (v *verbose) message(d byte, l line) bool {
	if d == '>' {
		if method, target, version, ok := asRequestLine(l.text); ok {
			v.finish()
			v.out = append(v.out, message{request: &Request{Method: method, Target: target, Version: version, Line: l.num}})
			v.place = requestHead
			return true
		}
		return v.place == requestHead && v.field(l, requestDone)
	}
	if version, status, reason, ok := asStatusLine(l.text); ok {
		v.finish()
		v.out = append(v.out, message{response: &Response{Version: version, Status: status, Reason: reason, Line: l.num}})
		v.place, v.previous = responseHead, l.text
		return true
	}
	if v.place == responseBody && isFieldLine(l.text) {
		v.trailer(l)
		return true
	}
	return v.place == responseHead && v.field(l, responseBody)
}

// field reads a field line; the empty line leads to the next place.
func (v *verbose) field(l line, next place) bool {
	v.previous = l.text
	switch {
	case l.blank():
		v.endHead()
		v.place = next
	case l.text[0] == ' ' || l.text[0] == '\t':
		v.fold.fold(l, v.s.rep)
	case isFieldLine(l.text):
		if f, ok := fieldLine(l, v.s.rep); ok {
			v.fold.add(f)
		}
	default:
		v.s.unread(l)
	}
	return true
}

func (v *verbose) trailer(l line) {
	if f, ok := fieldLine(l, v.s.rep); ok {
		v.trailers = append(v.trailers, f)
	}
}

// endHead gives the fields to the message that they belong to.
func (v *verbose) endHead() {
	if len(v.out) == 0 {
		return
	}
	if m := v.out[len(v.out)-1]; m.request != nil {
		m.request.Fields = append(m.request.Fields, v.fold.finish()...)
	} else {
		m.response.Fields = append(m.response.Fields, v.fold.finish()...)
	}
	v.fold = folder{}
}

// finish ends the current message.
func (v *verbose) finish() {
	v.endHead()
	body := v.withoutCopy(v.body)
	if v.copied && len(body) > 0 && body[0].blank() {
		body = body[1:]
	}
	v.body, v.place, v.previous, v.copied = nil, outside, "", false
	if len(v.out) == 0 || v.out[len(v.out)-1].response == nil {
		return
	}
	r := v.out[len(v.out)-1].response
	r.Trailers = append(r.Trailers, v.trailers...)
	v.trailers = nil
	if len(body) == 0 {
		return
	}
	var b strings.Builder
	for _, l := range body {
		b.WriteString(v.s.text[l.start:l.end])
	}
	text := cutNote(b.String())
	if isChunked(r.Fields) {
		if decoded, trailers, ok := decodeChunked(text, body[0].num, v.s.rep); ok {
			r.Body, r.BodyLine, r.Trailers = decoded, body[0].num, append(r.Trailers, trailers...)
			return
		}
	}
	if r.Body = trimEnd(text, r.Fields, body[0].crlf()); r.Body != "" {
		r.BodyLine = body[0].num
	}
}

// withoutCopy drops the header sections that curl -iv prints a second time, in front of the body: those of
// all responses up to this one.
func (v *verbose) withoutCopy(body []line) []line {
	if len(v.out) == 0 || v.out[len(v.out)-1].response == nil {
		return body
	}
	want := v.out[len(v.out)-1].response.Status
	for rest := body; len(rest) > 0; {
		_, status, _, ok := asStatusLine(rest[0].text)
		if !ok {
			break
		}
		end := 0
		for end < len(rest) && !rest[end].blank() {
			end++
		}
		rest = rest[min(end+1, len(rest)):]
		if status == want {
			return rest
		}
	}
	return body
}

// isCurlNote recognises what curl says about its own work.
func isCurlNote(s string) bool {
	if s == "*" || strings.HasPrefix(s, "* ") {
		return true
	}
	if strings.HasPrefix(s, "{ [") || strings.HasPrefix(s, "} [") {
		return strings.HasSuffix(s, "bytes data]")
	}
	t := strings.TrimLeft(s, " \r")
	return strings.HasPrefix(t, "% Total ") || strings.HasPrefix(t, "Dload  Upload") ||
		t != "" && t[0] >= '0' && t[0] <= '9' && strings.Contains(t, "--:--:--")
}

// noteInBody reports whether the "* " line i, read where content can be, is curl's: because no content came
// yet, because only such lines come before the next message, or because of its words.
func (v *verbose) noteInBody(i int) bool {
	if len(v.body) == 0 || v.notes[i] {
		return true
	}
	text := strings.TrimLeft(v.s.ls[i].text[1:], " ")
	for _, words := range []string{"Connection #", "Closing connection", "Curl_", "TLSv1", "transfer closed", "shutting down"} {
		if strings.HasPrefix(text, words) {
			return true
		}
	}
	return false
}

// cutNote cuts off the note that a terminal shows on the last line of a body without a final line ending.
func cutNote(body string) string {
	last := strings.LastIndexByte(strings.TrimRight(body, "\r\n"), '\n') + 1
	for _, note := range []string{"* Connection #", "* Closing connection", "* shutting down connection"} {
		if i := strings.Index(body[last:], note); i > 0 {
			return body[:last+i]
		}
	}
	return body
}
