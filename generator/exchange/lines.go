package exchange

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// line is one line of a text, without its line ending.
type line struct {
	text  string
	num   int // from 1
	shift int // columns left of text that were taken away
	start int // offset of text
	end   int // offset of the next line
}

// column returns the column of the byte at offset i of the line.
func (l line) column(i int) int {
	return l.shift + utf8.RuneCountInString(l.text[:i]) + 1
}

// crlf reports whether the line ends in CRLF.
func (l line) crlf() bool {
	return l.end-l.start-len(l.text) == 2
}

// blank reports whether nothing or only white space is on the line.
func (l line) blank() bool {
	return strings.Trim(l.text, " \t") == ""
}

// cut returns the line without its first n bytes.
func (l line) cut(n int) line {
	l.shift += utf8.RuneCountInString(l.text[:n])
	l.text = l.text[n:]
	l.start += n
	return l
}

// splitLines splits at LF and CRLF. A line ending at the very end begins no further line.
func splitLines(text string) []line {
	ls := make([]line, 0, strings.Count(text, "\n")+1)
	for at := 0; at < len(text); {
		l := line{num: len(ls) + 1, start: at}
		if n := strings.IndexByte(text[at:], '\n'); n >= 0 {
			l.text, l.end = text[at:at+n], at+n+1
			l.text = strings.TrimSuffix(l.text, "\r")
		} else {
			l.text, l.end = text[at:], len(text)
		}
		ls = append(ls, l)
		at = l.end
	}
	return ls
}

// report collects issues.
type report struct {
	issues []Issue
}

func (r *report) add(num, column int, message, hint string) {
	r.issues = append(r.issues, Issue{Line: num, Column: column, Message: message, Hint: hint})
}

// at adds an issue about the byte at offset i of a line.
func (r *report) at(l line, i int, message, hint string) {
	r.add(l.num, l.column(i), message, hint)
}

// short cuts a piece of the text down to what a message can hold.
func short(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "..."
}

func quoted(s string) string {
	return strconv.Quote(short(s))
}
