package exchange

import "strings"

// readPlain reads messages that stand one after the other.
func (s *source) readPlain() []message {
	var out []message
	for i := 0; i < len(s.ls); {
		l := s.ls[i]
		if l.blank() || isPrompt(l.text) || isWgetNote(l.text) {
			i++
			continue
		}
		indent := len(l.text) - len(strings.TrimLeft(l.text, " \t"))
		m, next, ok := s.readMessage(i, indent)
		if !ok || m.bare() && len(out) > 0 {
			s.unread(l)
			i++
			continue
		}
		out = append(out, m)
		i = next
	}
	return out
}

// isPrompt recognises the command that was copied together with its output.
func isPrompt(s string) bool {
	for _, command := range []string{"curl ", "wget ", "http ", "https ", "nc ", "telnet ", "xh "} {
		i := strings.Index(s, command)
		if i > 0 && i < 80 && strings.ContainsAny(s[:i], "$%#>❯") && (s[i-1] == ' ' || s[i-1] == '\t') {
			return true
		}
	}
	return false
}

// isWgetNote recognises what wget -S says about its own work.
func isWgetNote(s string) bool {
	if strings.HasPrefix(s, "--20") || strings.HasPrefix(s, "Location: ") && strings.HasSuffix(s, " [following]") {
		return true
	}
	for _, words := range []string{
		"Resolving ", "Connecting to ", "Reusing existing connection", "HTTP request sent, awaiting response",
		"Length: ", "Saving to: ", "Remote file ", "Spider mode enabled",
	} {
		if strings.HasPrefix(s, words) {
			return true
		}
	}
	return strings.HasPrefix(s, "20") && strings.Contains(s, " ERROR ")
}

// readMessage reads the message that begins on line i, whose lines are indented by indent bytes.
func (s *source) readMessage(i, indent int) (m message, next int, ok bool) {
	l := s.ls[i].cut(indent)
	wire := l.crlf()
	if version, status, reason, ok := asStatusLine(l.text); ok {
		h := s.readHead(i+1, indent)
		return s.response(&Response{Version: version, Status: status, Reason: reason, Line: l.num}, h, wire)
	}
	if method, target, version, ok := asRequestLine(l.text); ok {
		h := s.readHead(i+1, indent)
		return s.request(&Request{Method: method, Target: target, Version: version, Line: l.num}, h, wire)
	}
	if status, reason, ok := asShortStatus(l.text); ok && i+1 < len(s.ls) && isFieldLine(s.ls[i+1].text) {
		h := s.readHead(i+1, indent)
		return s.response(&Response{Status: status, Reason: reason, Line: l.num}, h, wire)
	}
	if !isFieldLine(l.text) && !isPseudo(l.text) || isAbsolute(l.text) {
		return m, 0, false
	}
	h := s.readHead(i, indent)
	if h.pseudo.isRequest() || !h.pseudo.isResponse() && requestLike(h.fields) {
		r := &Request{Line: l.num}
		h.pseudo.applyRequest(r)
		if r.Method == "" {
			s.rep.at(l, 0, "no request line", "paste the line with method, target and version as well")
		}
		return s.request(r, h, wire)
	}
	r := &Response{Line: l.num}
	h.pseudo.applyResponse(r)
	if r.Status == 0 {
		h.fields = cgiStatus(r, h.fields)
	}
	if r.Status == 0 {
		s.rep.at(l, 0, "no status line", "paste the line that begins with HTTP/ as well")
	}
	return s.response(r, h, wire)
}

func (s *source) request(r *Request, h head, wire bool) (message, int, bool) {
	r.Fields = append(r.Fields, h.fields...)
	next := h.next
	if !h.cutOff {
		r.Body, r.Trailers, next = s.body(next, r.Fields, wire)
	}
	return message{request: r}, next, true
}

func (s *source) response(r *Response, h head, wire bool) (message, int, bool) {
	r.Fields = append(r.Fields, h.fields...)
	next := h.next
	if !h.cutOff {
		r.Body, r.Trailers, next = s.body(next, r.Fields, wire)
		if r.Body != "" {
			r.BodyLine = s.ls[h.next].num
		}
	}
	return message{response: r}, next, true
}

// head is a header section read tolerantly.
type head struct {
	fields Fields
	pseudo pseudo
	next   int  // index of the first line after it
	cutOff bool // whether it ended where no body can follow
}

// readHead reads fields up to an empty line, a start line or a line with less indentation.
func (s *source) readHead(i, indent int) head {
	var f folder
	h := head{next: len(s.ls)}
	for ; i < len(s.ls); i++ {
		l := s.ls[i]
		if l.blank() {
			h.next = i + 1
			break
		}
		own := len(l.text) - len(strings.TrimLeft(l.text, " \t"))
		if own < indent {
			h.next, h.cutOff = i, true
			break
		}
		l = l.cut(indent)
		switch {
		case isPseudo(l.text) && h.pseudo.otherSide(l.text):
			h.next, h.cutOff = i, true
		case isPseudo(l.text):
			if field, ok := fieldLine(l, s.rep); ok {
				h.pseudo.set(field)
			}
		case isStart(l.text):
			h.next, h.cutOff = i, true
		case own > indent:
			f.fold(l, s.rep)
		case strings.IndexByte(`{[<"`, l.text[0]) >= 0:
			s.rep.at(l, 0, "no empty line before the body", "put an empty line between the header section and the body (RFC 9112 section 2.1)")
			h.next, h.cutOff = i, false
		case isFieldLine(l.text):
			if field, ok := fieldLine(l, s.rep); ok {
				f.add(field)
			}
		default:
			s.unread(l)
		}
		if h.next == i {
			break
		}
	}
	h.fields = f.finish()
	return h
}

// asShortStatus recognises a status without version, such as "403 Forbidden".
func asShortStatus(s string) (status int, reason string, ok bool) {
	s = trimOWS(s)
	if len(s) < 3 || !isDigits(s[:3]) || s[0] == '0' || len(s) > 3 && s[3] != ' ' {
		return 0, "", false
	}
	return number(s[:3]), trimOWS(s[3:]), true
}

// cgiStatus moves a Status field, as CGI programs and some loggers write it, into the status.
func cgiStatus(r *Response, fields Fields) Fields {
	for i, f := range fields {
		if !equalFold(f.Name, "Status") {
			continue
		}
		if status, reason, ok := asShortStatus(f.Value); ok {
			r.Status, r.Reason = status, reason
			return append(fields[:i:i], fields[i+1:]...)
		}
	}
	return fields
}
