package exchange

import "strings"

// message is one message of a paste; exactly one of the two is set.
type message struct {
	request  *Request
	response *Response
}

// bare reports whether the message is only fields, without a start line.
func (m message) bare() bool {
	return m.request != nil && m.request.Method == "" || m.response != nil && m.response.Status == 0
}

// Parse reads whatever was pasted and returns the exchanges in it, in their order, with an issue for each
// thing that it could not read. It recognises
//
//   - raw messages and the output of curl -i, curl -I and wget -S: a request, responses, or both by turns;
//   - the output of curl -v, also together with -i;
//   - HAR files, and a single entry of one;
//   - what Chrome, Firefox and Safari copy from their network panels, with headings such as "Response
//     Headers", each field on one line or its value on the next;
//   - listings of HTTP/2 fields with :status or :method, and fields without any start line.
//
// Interim responses belong to the final response that follows; redirect hops become exchanges of their own.
// What the text does not say stays empty: Version in browser listings, Status in a block of fields. HTTP/2
// pseudo-header fields become the start line and Host (RFC 9113 section 8.3.1). A body is what the text
// shows; tools decode transfer and content codings without changing the fields.
//
// Time and memory grow linearly with the text.
func Parse(text string) ([]Exchange, []Issue) {
	var rep report
	text = stripEscapes(text)
	s := source{text: text, ls: splitLines(text), rep: &rep}
	s.unwrap()
	first := s.skipBlank(0)
	if first == len(s.ls) {
		rep.add(1, 1, "nothing to read", "paste what curl -i prints, or header fields, a HAR file, a raw HTTP message")
		return nil, rep.issues
	}
	if s.ls[first].text[0] == '{' {
		out := readHAR(s.text[s.ls[first].start:], s.ls[first].num, &rep)
		return out, rep.sorted()
	}
	var out []Exchange
	switch s.recognise() {
	case verboseText:
		out = pair(s.readVerbose())
	case listingText:
		out = s.readListing()
	default:
		out = pair(s.readPlain())
	}
	if len(out) == 0 && len(rep.issues) == 0 {
		rep.at(s.ls[first], 0, "no message in this text", "paste what curl -i prints, or header fields, a HAR file, a raw HTTP message")
	}
	return out, rep.sorted()
}

// kind is what a paste turned out to be.
type kind int

const (
	plainText kind = iota
	verboseText
	listingText
)

// recognise decides by the first line that can begin something.
func (s *source) recognise() kind {
	for i, l := range s.ls {
		t := strings.TrimLeft(l.text, " \t")
		if isStart(t) {
			return plainText
		}
		if d, rest := direction(t); d != 0 && isStart(rest) {
			return verboseText
		}
		_, ok := heading(t)
		if strings.IndexByte(trimOWS(t), ' ') < 0 && s.skipBlank(0) != i {
			ok = false // one word, such as Response, is a heading only at the top
		}
		if ok || isGeneral(t) {
			return listingText
		}
	}
	return plainText
}

// isStart reports whether a message begins with this line, with certainty enough to end a body before it.
func isStart(s string) bool {
	if s == "" {
		return false
	}
	switch s[0] {
	case 'H':
		if _, _, _, ok := asStatusLine(s); ok {
			return true
		}
	case ':':
		return isPseudo(s)
	}
	if s[0] < 'A' || s[0] > 'Z' {
		return false
	}
	_, _, _, ok := asRequestLine(s)
	return ok
}

// isPseudo reports whether the line is a pseudo-header field of HTTP/2 or HTTP/3 (RFC 9113 section 8.3).
func isPseudo(s string) bool {
	switch name, _, _ := strings.Cut(strings.TrimPrefix(s, ":"), ":"); name {
	case "status", "method", "path", "authority", "scheme", "protocol":
		return s[0] == ':'
	}
	return false
}

// pair joins messages to exchanges: a request, its interim responses, its final response.
func pair(messages []message) []Exchange {
	var out []Exchange
	open := false // whether the last exchange still waits for something
	for _, m := range messages {
		if !open || m.request != nil {
			out = append(out, Exchange{})
			open = true
		}
		e := &out[len(out)-1]
		switch {
		case m.request != nil:
			e.Request = m.request
		case interim(m.response.Status):
			e.Interim = append(e.Interim, *m.response)
		default:
			e.Response = m.response
			open = false
		}
	}
	return out
}

// stripEscapes takes away a byte order mark and the escape sequences that terminals get: colours, bold field
// names, links around Location.
func stripEscapes(text string) string {
	text = strings.TrimPrefix(text, "\ufeff")
	if strings.IndexByte(text, 0x1b) < 0 {
		return text
	}
	var b strings.Builder
	for {
		i := strings.IndexByte(text, 0x1b)
		if i < 0 {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(text[:i])
		text = text[i+escapeLen(text[i:]):]
	}
}

// escapeLen returns the length of the escape sequence (ECMA-48) that s begins with.
func escapeLen(s string) int {
	if len(s) < 2 {
		return 1
	}
	switch s[1] {
	case '[':
		for i := 2; i < len(s) && i < 32; i++ {
			if s[i] >= '@' && s[i] <= '~' {
				return i + 1
			}
		}
	case ']': // up to BEL or ESC \ on the same line
		for i := 2; i < len(s) && s[i] != '\n'; i++ {
			if s[i] == 7 {
				return i + 1
			}
			if s[i] == 0x1b {
				return min(i+2, len(s))
			}
		}
	}
	return 2
}
