package exchange

import "strings"

// section is a part of a browser's network panel.
type section int

const (
	generalSection section = iota
	requestSection
	responseSection
	earlySection
	ignoredSection
)

// heading recognises the line above a section, with the words that some browsers glue to it.
func heading(s string) (section, bool) {
	s = strings.ToLower(trimOWS(s))
	if s == "" || len(s) > 60 {
		return 0, false
	}
	switch strings.TrimSuffix(s, ":") {
	case "general", "summary":
		return generalSection, true
	case "request":
		return requestSection, true
	case "response":
		return responseSection, true
	}
	for _, h := range []struct {
		words string
		section
	}{
		{"response headers", responseSection}, {"request headers", requestSection}, {"early hints headers", earlySection},
		{"query string parameters", ignoredSection}, {"form data", ignoredSection}, {"request payload", ignoredSection},
		{"request data", ignoredSection}, {"response body", ignoredSection}, {"request body", ignoredSection},
	} {
		rest, ok := strings.CutPrefix(s, h.words)
		rest = trimOWS(rest)
		if ok && (rest == "" || rest == ":" || rest[0] == '(' || strings.HasPrefix(rest, "view ") || rest == "raw") {
			return h.section, true
		}
	}
	return 0, false
}

// general returns the key and the value of a line above the sections, such as "Status Code: 403 Forbidden".
// The value may stand on the next line.
func general(s string) (key, value string, ok bool) {
	s = trimOWS(s)
	key, value, _ = strings.Cut(s, ":")
	key = strings.ToLower(trimOWS(key))
	switch key {
	case "request url", "url":
		key = "url"
	case "request method", "method":
		key = "method"
	case "status code", "status":
		key = "status"
	case "version", "remote address", "address", "referrer policy", "source", "initiator", "transferred", "protocol":
	default:
		return "", "", false
	}
	return key, trimOWS(value), true
}

// isGeneral reports whether a listing begins with this line.
func isGeneral(s string) bool {
	if len(s) < 3 || len(s) > 4096 {
		return false
	}
	switch lower(s[0]) {
	case 'r', 's', 'u':
	default:
		return false
	}
	key, value, ok := general(s)
	return ok && (key == "url" && strings.Contains(value, "://") || strings.HasPrefix(strings.ToLower(s), "request url") ||
		strings.HasPrefix(strings.ToLower(s), "status code"))
}

// listing gathers one exchange of a network panel.
type listing struct {
	url, method, status    string
	urlLine                line
	request, early, answer *block
}

// block is the field section of a listing, with its start line or pseudo-header fields.
type block struct {
	line   line
	fields Fields
	pseudo pseudo
	start  line // start line, where the panel shows the raw message
}

// readListing reads what a browser's network panel shows. Its sections come in any order.
func (s *source) readListing() []Exchange {
	var out []Exchange
	var cur listing
	flush := func() {
		if e, ok := s.exchange(&cur); ok {
			out = append(out, e)
		}
		cur = listing{}
	}
	in := generalSection
	for i := 0; i < len(s.ls); {
		l := s.ls[i]
		if h, ok := heading(l.text); ok {
			if in = h; in == ignoredSection {
				s.rep.at(l, 0, "section "+short(trimOWS(l.text))+" is not read", "")
			}
			if in == generalSection && cur.url != "" || in == requestSection && cur.request != nil || in == responseSection && cur.answer != nil {
				flush()
			}
			i++
			continue
		}
		if l.blank() || in == ignoredSection || s.isRemark(l) {
			i++
			continue
		}
		if in == generalSection {
			if key, _, ok := general(l.text); ok && key == "url" && cur.url != "" {
				flush()
			}
			i = s.readGeneral(i, &cur)
			continue
		}
		var b *block
		b, i = s.readBlock(i)
		switch in {
		case requestSection:
			cur.request = b
		case responseSection:
			cur.answer = b
		case earlySection:
			cur.early = b
		}
		in = generalSection
	}
	flush()
	return out
}

// isRemark recognises lines that are the panel's own words.
func (s *source) isRemark(l line) bool {
	t := strings.ToLower(trimOWS(l.text))
	switch t {
	case "view source", "view parsed", "view decoded", "raw", "learn more", "view url-encoded":
		return true
	}
	if strings.HasPrefix(t, "provisional headers are shown") {
		s.rep.at(l, 0, "the browser shows provisional headers", "some may be missing; switch off the cache and load again to see what was sent")
		return true
	}
	return false
}

// readGeneral reads the line i of the general section, and the next one where that has the value.
func (s *source) readGeneral(i int, cur *listing) int {
	l := s.ls[i]
	key, value, ok := general(l.text)
	if !ok {
		s.unread(l)
		return i + 1
	}
	if value == "" && i+1 < len(s.ls) {
		if _, ok := heading(s.ls[i+1].text); !ok {
			i++
			value = trimOWS(s.ls[i].text)
		}
	}
	switch key {
	case "url":
		cur.url, cur.urlLine = value, l
	case "method":
		cur.method = value
	case "status":
		cur.status = value
		cur.urlLine = firstOf(cur.urlLine, l)
	}
	return i + 1
}

func firstOf(a, b line) line {
	if a.num != 0 {
		return a
	}
	return b
}

// readBlock reads a field section up to the next heading or general line.
func (s *source) readBlock(i int) (*block, int) {
	end := i
	for end < len(s.ls) {
		if _, ok := heading(s.ls[end].text); ok || isGeneral(s.ls[end].text) {
			break
		}
		end++
	}
	b := &block{line: s.ls[i]}
	if isStart(s.ls[i].text) && !isPseudo(s.ls[i].text) {
		b.start = s.ls[i]
		i++
	}
	style := s.style(i, end)
	for i < end {
		l := s.ls[i]
		if l.blank() || s.isRemark(l) {
			i++
			continue
		}
		var f Field
		var ok bool
		f, i, ok = s.listed(i, end, style)
		switch {
		case !ok:
			s.unread(l)
		case f.Name[0] == ':':
			b.pseudo.set(f)
		default:
			b.fields = append(b.fields, f)
		}
	}
	return b, end
}

// style is how a listing writes fields.
type style int

const (
	oneLineStyle   style = iota // name: value
	colonStyle                  // name:, and the value on the next line
	alternateStyle              // name, and the value on the next line
)

// style decides by the first lines of the section, which must agree.
func (s *source) style(i, end int) style {
	i = s.skipBlank(i)
	if i >= end {
		return oneLineStyle
	}
	t := trimOWS(s.ls[i].text)
	name, rest := listedName(t)
	switch {
	case name == t && strings.IndexByte(t, '\t') < 0:
		return alternateStyle
	case name == "" || rest != "":
		return oneLineStyle
	}
	if i+2 < end {
		third := trimOWS(s.ls[i+2].text)
		if name, rest := listedName(third); third != "" && (name == "" || rest != "") {
			return oneLineStyle
		}
	}
	return colonStyle
}

// listedName splits "name: value", "name<tab>value" or "name"; without a field name, name is empty.
func listedName(t string) (name, value string) {
	from := 0
	if strings.HasPrefix(t, ":") {
		from = 1
	}
	end := from
	for end < len(t) && tchar(t[end]) {
		end++
	}
	rest := strings.TrimLeft(t[end:], " ")
	switch {
	case end == from:
		return "", ""
	case rest == "":
		return t[:end], ""
	case rest[0] == ':' || rest[0] == '\t':
		return t[:end], trimOWS(strings.TrimPrefix(rest[1:], ":"))
	}
	return "", ""
}

// listed reads the field that begins on line i, before line end.
func (s *source) listed(i, end int, st style) (f Field, next int, ok bool) {
	l := s.ls[i]
	lead := len(l.text) - len(strings.TrimLeft(l.text, " \t"))
	name, value := listedName(trimOWS(l.text))
	if name == "" {
		return f, i + 1, false
	}
	f = Field{Name: name, Value: value, Line: l.num, Column: l.column(lead)}
	if st == oneLineStyle {
		return f, i + 1, value != "" || strings.Contains(l.text[lead+1:], ":")
	}
	if value != "" {
		return f, i + 1, true
	}
	if i++; i < end && s.ls[i].blank() && i+1 < end {
		if next, _ := listedName(trimOWS(s.ls[i+1].text)); next == "" {
			i++
		}
	}
	if i < end {
		f.Value = trimOWS(s.ls[i].text)
		i++
	}
	return f, i, true
}
