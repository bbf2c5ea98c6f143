package content

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// source is the text of one file with the places of its lines.
type source struct {
	name   string // as problems print it
	text   string
	starts []int // offset of every line
}

func newSource(name, text string) source {
	starts := make([]int, 1, 1+strings.Count(text, "\n"))
	for i := 0; ; {
		n := strings.IndexByte(text[i:], '\n')
		if n < 0 {
			return source{name, text, starts}
		}
		i += n + 1
		starts = append(starts, i)
	}
}

// line returns line n, counted from 1, without its end.
func (s *source) line(n int) string {
	if n < 1 || n > len(s.starts) {
		return ""
	}
	end := len(s.text)
	if n < len(s.starts) {
		end = s.starts[n] - 1
	}
	return strings.TrimSuffix(s.text[s.starts[n-1]:end], "\r")
}

// offset returns where in the text a place is.
func (s *source) offset(p Pos) int {
	if p.Line < 1 || p.Line > len(s.starts) {
		return len(s.text)
	}
	at := s.starts[p.Line-1]
	for range p.Column - 1 {
		if at >= len(s.text) || s.text[at] == '\n' {
			break
		}
		_, size := utf8.DecodeRuneInString(s.text[at:])
		at += size
	}
	return at
}

// pos is the reverse of offset.
func (s *source) pos(offset int) Pos {
	n, exact := slices.BinarySearch(s.starts, offset)
	if exact {
		return Pos{n + 1, 1}
	}
	return Pos{n, 1 + utf8.RuneCountInString(s.text[s.starts[n-1]:offset])}
}

// locate returns the place of value[start:end], where value is the decoded text of the scalar at p.
// It counts the occurrences of the piece before start and looks for the same one in the source, so it
// holds for every style of scalar; where the source escapes the piece, it returns p.
func (s *source) locate(p Pos, value string, start, end int) Pos {
	piece := value[start:end]
	nth := 0
	for i := 0; ; nth++ {
		_, next := find(value, piece, i)
		if next < 0 || next > start {
			break
		}
		i = next
	}
	at, next := -1, s.offset(p)
	for range nth + 1 {
		if at, next = find(s.text, piece, next); at < 0 {
			return p
		}
	}
	return s.pos(at)
}

// find returns where piece begins and ends in text at or after from, with any white space in text
// for white space in piece; or -1, -1.
func find(text, piece string, from int) (start, end int) {
	if piece == "" {
		return -1, -1
	}
	for from < len(text) {
		n := strings.IndexByte(text[from:], piece[0])
		if n < 0 {
			break
		}
		from += n
		if end := match(text, piece, from); end > 0 {
			return from, end
		}
		from++
	}
	return -1, -1
}

// match returns where piece ends if it stands in text at i, or 0.
func match(text, piece string, i int) int {
	for j := 0; j < len(piece); {
		if i >= len(text) {
			return 0
		}
		if isSpace(piece[j]) {
			if !isSpace(text[i]) {
				return 0
			}
			for j < len(piece) && isSpace(piece[j]) {
				j++
			}
			for i < len(text) && isSpace(text[i]) {
				i++
			}
			continue
		}
		if piece[j] != text[i] {
			return 0
		}
		i, j = i+1, j+1
	}
	return i
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\t' || c == '\n' || c == '\r'
}

func isDigit(c byte) bool {
	return '0' <= c && c <= '9'
}

func isLetter(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z'
}

func (s *source) problem(p Pos, message, hint string) Problem {
	return Problem{File: s.name, Line: p.Line, Column: p.Column, Message: message, Hint: hint, Source: s.line(p.Line)}
}
