package exchange

import (
	"sort"
	"strconv"
	"strings"
)

// source is a pasted text on its way through Parse.
type source struct {
	text  string
	ls    []line
	cut   bool // whether lines lost their indentation, so that they are not adjacent in text
	rep   *report
	stray stray
}

// stray gathers adjacent lines that could not be read into one issue.
type stray struct {
	issue       int // index in the report, from 1
	first, last int
}

// unread reports a line that could not be read.
func (s *source) unread(l line) {
	if s.stray.issue > 0 && l.num == s.stray.last+1 {
		s.stray.last = l.num
		is := &s.rep.issues[s.stray.issue-1]
		is.Message = "could not read lines " + strconv.Itoa(s.stray.first) + " to " + strconv.Itoa(l.num)
		return
	}
	s.rep.at(l, 0, "could not read this line", strayHint(l.text))
	s.stray = stray{issue: len(s.rep.issues), first: l.num, last: l.num}
}

func strayHint(s string) string {
	switch {
	case strings.HasPrefix(s, "curl "):
		return "this is the command; paste what it prints when you add -i"
	case strings.HasPrefix(s, "curl: ("):
		return "curl got no response, and this says why"
	case strings.HasPrefix(s, "http://"), strings.HasPrefix(s, "https://"):
		return "this is an address; paste what curl -i prints for it"
	case s[0] == '<':
		return "this looks like a body; paste it together with its header section"
	}
	return "expected a status line, a request line or a field such as Name: value"
}

// unwrap takes away what surrounds a paste: the lines of a Markdown fence and common indentation.
func (s *source) unwrap() {
	first, last := s.skipBlank(0), len(s.ls)-1
	for last > first && s.ls[last].blank() {
		last--
	}
	if first < last && strings.HasPrefix(s.ls[first].text, "```") && s.ls[last].text == "```" {
		s.ls[first] = s.ls[first].cut(len(s.ls[first].text))
		s.ls = s.ls[:last]
	}
	indent, found := "", false
	for _, l := range s.ls {
		if l.blank() {
			continue
		}
		own := l.text[:len(l.text)-len(strings.TrimLeft(l.text, " \t"))]
		if !found {
			indent, found = own, true
		}
		for !strings.HasPrefix(own, indent) {
			indent = indent[:len(indent)-1]
		}
	}
	if indent == "" {
		return
	}
	s.cut = true
	for i, l := range s.ls {
		s.ls[i] = l.cut(min(len(indent), len(l.text)))
	}
}

// skipBlank returns the index of the first line from i that is not blank.
func (s *source) skipBlank(i int) int {
	for i < len(s.ls) && s.ls[i].blank() {
		i++
	}
	return i
}

// slice returns the text of lines i to j-1 with their line endings.
func (s *source) slice(i, j int) string {
	if i >= j {
		return ""
	}
	if !s.cut {
		return s.text[s.ls[i].start:s.ls[j-1].end]
	}
	var b strings.Builder
	for _, l := range s.ls[i:j] {
		b.WriteString(s.text[l.start:l.end])
	}
	return b.String()
}

// body reads the content of a message whose header section ends before line i. It returns the index of the
// line where the next message can begin.
func (s *source) body(i int, fields Fields, wire bool) (string, Fields, int) {
	if i >= len(s.ls) {
		return "", nil, i
	}
	declared, ok := contentLength(fields)
	if ok && !isChunked(fields) {
		if next, ok := s.exact(i, declared); ok {
			body := s.text[s.ls[i].start:][:declared]
			return body, nil, s.follow(next, s.ls[i].start+declared)
		}
		if declared > s.ls[len(s.ls)-1].end-s.ls[i].start+len(s.ls)-i {
			declared = 0 // not all of it is here
		}
	}
	mediaType, _ := fields.Get("Content-Type")
	opaque := strings.HasPrefix(strings.ToLower(mediaType), "message/http")
	end, filled := i, false
	for ; end < len(s.ls) && !opaque; end++ {
		l := s.ls[end]
		// Where a length is declared, what looks like a start line before that length is content. Pasting
		// may have turned CRLF into LF, hence a byte more for each line.
		if isStart(l.text) && (!filled || l.start-s.ls[i].start+end-i >= declared) {
			break
		}
		filled = filled || !l.blank()
	}
	if opaque {
		end = len(s.ls)
	}
	if !filled && !opaque && end < len(s.ls) {
		return "", nil, end
	}
	text := s.slice(i, end)
	if isChunked(fields) {
		if body, trailers, ok := decodeChunked(text, s.ls[i].num, s.rep); ok {
			return body, trailers, end
		}
	}
	text, trailers := s.printedTrailers(text, i, end, fields)
	if end < len(s.ls) {
		return strings.TrimRight(text, "\r\n"), trailers, end
	}
	return trimEnd(text, fields, wire), trailers, end
}

// printedTrailers takes off the trailer fields that curl -i prints after the content in lines i to end-1. Only
// names that the Trailer field announces are taken (RFC 9110 section 6.6.2).
func (s *source) printedTrailers(text string, i, end int, fields Fields) (string, Fields) {
	announced := strings.Join(fields.Values("Trailer"), ",")
	if announced == "" {
		return text, nil
	}
	first := end
	for ; first > i; first-- {
		name, _, ok := strings.Cut(s.ls[first-1].text, ":")
		if !ok || !listed(announced, name) {
			break
		}
	}
	var trailers Fields
	for _, l := range s.ls[first:end] {
		if f, ok := fieldLine(l, s.rep); ok {
			trailers = append(trailers, f)
		}
	}
	if trailers == nil {
		return text, nil
	}
	return s.slice(i, first), trailers
}

// listed reports whether a name is in a comma-separated list.
func listed(list, name string) bool {
	for list != "" {
		var item string
		item, list, _ = strings.Cut(list, ",")
		if equalFold(trimOWS(item), name) {
			return true
		}
	}
	return false
}

// exact reports whether the n bytes from line i on are followed by the end of the text or by a start line,
// and returns the index of the line in which they end.
func (s *source) exact(i, n int) (int, bool) {
	at := s.ls[i].start + n
	end := s.ls[len(s.ls)-1].end
	if s.cut || at > end {
		return 0, false
	}
	if at == end {
		return len(s.ls), true
	}
	k := i + sort.Search(len(s.ls)-i, func(k int) bool { return s.ls[i+k].end > at })
	l := s.ls[k]
	if off := at - l.start; off < len(l.text) {
		return k, isStart(l.text[off:])
	}
	next := s.skipBlank(k + 1)
	return k, next == len(s.ls) || isStart(s.ls[next].text)
}

// follow cuts line k so that it begins at offset at, and returns where to read on.
func (s *source) follow(k, at int) int {
	if k == len(s.ls) {
		return k
	}
	if off := at - s.ls[k].start; off < len(s.ls[k].text) {
		s.ls[k] = s.ls[k].cut(off)
		return k
	}
	return k + 1
}
