package content

import (
	"bytes"
	"strings"
)

// Mention is a [reference] in a Text or Markdown: to a status code, an RFC with or without a section, or a source.
// Start is the offset in bytes of the opening bracket, End the one after the closing bracket. Of Code, RFC and Source
// one is set. A mention that looks like one of these and is none has a hint.
type Mention struct {
	Start, End int
	Code       int
	RFC        int
	Section    string
	Source     string
	hint       string
}

// Mentions returns the references of a Text or Markdown in their order; code spans, code blocks and links have none.
func Mentions(s string) []Mention { return read(s).mentions }

// reading is what the checks see in a piece of prose.
type reading struct {
	words    []byte // the text with code and mentions blanked out
	mentions []Mention
	html     []int // offsets of raw HTML tags
}

const blank = 0

// read finds the mentions and raw HTML in Markdown, and blanks out what is not prose.
func read(s string) reading {
	r := reading{words: []byte(s)}
	if !strings.ContainsAny(s, "`~[<\\") {
		return r
	}
	blankFences(r.words)
	blankCode(r.words)
	for i := 0; i < len(r.words); i++ {
		switch r.words[i] {
		case '\\':
			i++
		case '[':
			if m, ok := readMention(s, r.words, i); ok {
				r.mentions = append(r.mentions, m)
				clearBytes(r.words, m.Start, m.End)
				i = m.End - 1
			}
		case '<':
			if end := autolinkEnd(r.words, i); end > 0 {
				clearBytes(r.words, i, end)
				i = end - 1
			} else if isTag(r.words[i:]) {
				r.html = append(r.html, i)
			}
		}
	}
	return r
}

// clearBytes blanks out all but the line breaks.
func clearBytes(b []byte, start, end int) {
	for i := start; i < end; i++ {
		if b[i] != '\n' {
			b[i] = blank
		}
	}
}

// blankFences blanks out fenced code blocks.
func blankFences(b []byte) {
	fence := []byte(nil)
	for i := 0; i < len(b); {
		end := len(b)
		if n := bytes.IndexByte(b[i:], '\n'); n >= 0 {
			end = i + n
		}
		line := bytes.TrimLeft(b[i:end], " \t")
		mark := line[:len(line)-len(bytes.TrimLeft(line, "`"))]
		if len(mark) == 0 {
			mark = line[:len(line)-len(bytes.TrimLeft(line, "~"))]
		}
		switch {
		case fence == nil && len(mark) >= 3 && (mark[0] == '~' || bytes.IndexByte(line[len(mark):], '`') < 0):
			fence = bytes.Clone(mark)
			clearBytes(b, i, end)
		case fence != nil:
			if bytes.HasPrefix(mark, fence) && len(bytes.TrimSpace(line)) == len(mark) {
				fence = nil
			}
			clearBytes(b, i, end)
		}
		i = end + 1
	}
}

// blankCode blanks out code spans; a span ends within its paragraph.
func blankCode(b []byte) {
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '`':
			size := run(b, i)
			if end := spanEnd(b, i+size, size); end > 0 {
				clearBytes(b, i, end)
				i = end - 1
			} else {
				i += size - 1
			}
		}
	}
}

// run returns how many backticks stand at i.
func run(b []byte, i int) int {
	n := 0
	for i+n < len(b) && b[i+n] == '`' {
		n++
	}
	return n
}

// spanEnd returns the offset after the run of size backticks that closes a span, or -1.
func spanEnd(b []byte, i, size int) int {
	for i < len(b) {
		switch {
		case b[i] == '`':
			n := run(b, i)
			if n == size {
				return i + n
			}
			i += n
		case b[i] == '\n' && blankLine(b[i+1:]):
			return -1
		default:
			i++
		}
	}
	return -1
}

// blankLine reports whether the text begins with an empty line.
func blankLine(b []byte) bool {
	line, _, _ := bytes.Cut(b, []byte("\n"))
	return len(bytes.TrimSpace(line)) == 0
}

// readMention reads the brackets at i. words is s with code blanked out; ordinary links and brackets are no mentions.
func readMention(s string, words []byte, i int) (Mention, bool) {
	size := bytes.IndexAny(words[i+1:], "[]")
	if size <= 0 || words[i+1+size] != ']' {
		return Mention{}, false
	}
	m := Mention{Start: i, End: i + size + 2}
	if m.End < len(s) && s[m.End] == '(' {
		return Mention{}, false
	}
	inner := s[i+1 : m.End-1]
	switch {
	case inner[0] == '^':
		if m.Source = inner[1:]; m.Source == "" {
			m.hint = "name one of the sources of this file: [^id]"
		}
	case strings.Trim(inner, "0123456789") == "":
		m.Code = number(inner)
		if len(inner) != 3 || m.Code < 100 {
			m.hint = "a code has three digits: [404]"
		}
	case len(inner) > 3 && strings.EqualFold(inner[:3], "RFC"):
		var ok bool
		if m.RFC, m.Section, ok = ParseSpecMention(inner); !ok {
			m.hint = "write number and section on one line: [RFC 9110 15.5.4]"
		}
	default:
		return Mention{}, false
	}
	return m, true
}

// autolinkEnd returns the offset after a <https://...> that begins at i, or -1.
func autolinkEnd(b []byte, i int) int {
	for _, scheme := range []string{"<https://", "<http://", "<mailto:"} {
		if bytes.HasPrefix(b[i:], []byte(scheme)) {
			if size := bytes.IndexAny(b[i:], "> \n"); size > 0 && b[i+size] == '>' {
				return i + size + 1
			}
		}
	}
	return -1
}

// isTag reports whether the text begins with an HTML tag or comment.
func isTag(b []byte) bool {
	if len(b) < 3 {
		return false
	}
	opens := isLetter(b[1]) || b[1] == '/' && isLetter(b[2]) || b[1] == '!' || b[1] == '?'
	return opens && bytes.IndexByte(b, '>') > 0
}

// paragraph is a paragraph of prose: text between empty lines, without code blocks.
type paragraph struct{ start, end int }

// paragraphs splits Markdown at empty lines and fences.
func paragraphs(s string) []paragraph {
	text := s
	if strings.Contains(s, "```") || strings.Contains(s, "~~~") {
		b := []byte(s)
		blankFences(b)
		text = string(b)
	}
	var out []paragraph
	start := -1
	for i := 0; i < len(text); {
		line, _, _ := strings.Cut(text[i:], "\n")
		empty := strings.Trim(line, " \t\r\x00") == ""
		switch {
		case empty && start >= 0:
			out, start = append(out, paragraph{start, i}), -1
		case !empty && start < 0:
			start = i
		}
		i += len(line) + 1
	}
	if start >= 0 {
		out = append(out, paragraph{start, len(text)})
	}
	return out
}
