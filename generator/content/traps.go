package content

import (
	"strconv"
	"strings"
)

// trap is a place where YAML takes text for something else.
type trap struct {
	at            int // offset
	message, hint string
}

const (
	quoteIt  = "put the text in quotes, or write it in a block below \">-\""
	inQuotes = "put the whole text in 'single quotes', or write it in a block below \">-\""
)

// findTraps looks for the usual reasons for which YAML cannot be read. It is asked only about text that
// does not parse, so it may take for a trap what would be harmless elsewhere.
func findTraps(text string) []trap {
	t := trapFinder{text: text}
	for t.next() {
		t.line()
	}
	if len(t.found) == 0 {
		return t.comments
	}
	return t.found
}

// trapFinder reads YAML line by line, as far as its block structure goes.
type trapFinder struct {
	text     string
	start    int // of the line
	end      int // of the line, without its break
	after    int // where the next line begins
	open     int // column of the field whose plain text may go on below, or -1
	block    int // column of the field whose | or > text goes on below, or -1
	found    []trap
	comments []trap // places where " #" ends a text; of interest only without other findings
	begun    bool
}

// next moves to the next line.
func (t *trapFinder) next() bool {
	if !t.begun {
		t.begun, t.open, t.block = true, -1, -1
	}
	if t.after >= len(t.text) {
		return false
	}
	t.start = t.after
	t.end = len(t.text)
	if n := strings.IndexByte(t.text[t.start:], '\n'); n >= 0 {
		t.end = t.start + n
	}
	t.after = t.end + 1
	return true
}

func (t *trapFinder) add(at int, message, hint string) {
	t.found = append(t.found, trap{at, message, hint})
}

func (t *trapFinder) line() {
	i := t.start
	for i < t.end && t.text[i] == ' ' {
		i++
	}
	column := i - t.start
	rest := strings.TrimRight(t.text[i:t.end], " \t\r")
	if rest == "" {
		return
	}
	if t.block >= 0 && column > t.block {
		return
	}
	t.block = -1
	if rest[0] == '#' {
		return
	}
	if rest[0] == '\t' {
		t.add(i, "a tab in the indentation", "indent with spaces")
		return
	}
	if t.open >= 0 && column > t.open {
		hint := quoteIt
		if keyEnd(rest) > 0 {
			hint = "if this is a field, begin it in the same column as the others; if not, put all of the text in quotes"
		}
		if at := colon(rest); at >= 0 {
			t.add(i+at, `": " inside plain text`, hint)
		}
		return
	}
	t.open = -1
	for strings.HasPrefix(rest, "- ") {
		skip := len(rest) - len(strings.TrimLeft(rest[1:], " "))
		i, column, rest = i+skip, column+skip, rest[skip:]
	}
	owner := column
	if key := keyEnd(rest); key > 0 {
		skip := key + len(rest[key:]) - len(strings.TrimLeft(rest[key:], " \t"))
		i, rest = i+skip, rest[skip:]
	} else {
		owner = max(0, column-2) // an entry of a list: its text is indented further than the dash
	}
	if rest != "" {
		t.value(i, rest, owner)
	}
}

// keyEnd returns where the value begins on a line that begins with "name:", or 0.
func keyEnd(s string) int {
	if s[0] == '"' || s[0] == '\'' {
		end := strings.IndexByte(s[1:], s[0])
		if end < 0 || !strings.HasPrefix(s[end+2:], ":") {
			return 0
		}
		return end + 3
	}
	n := strings.IndexByte(s, ':')
	if n <= 0 || strings.ContainsAny(s[:n], " `\"'[]{}#&*!|>%@,") || n+1 < len(s) && s[n+1] != ' ' {
		return 0
	}
	return n + 1
}

// colon returns where ": " stands in plain text, or a colon at its end, or -1.
func colon(s string) int {
	if n := strings.Index(s, " #"); n >= 0 {
		s = strings.TrimRight(s[:n], " ")
	}
	if n := strings.Index(s, ": "); n >= 0 {
		return n
	}
	if strings.HasSuffix(s, ":") {
		return len(s) - 1
	}
	return -1
}

// value looks at what follows "name:" or "- ": s, at offset i, of a field in column owner.
func (t *trapFinder) value(i int, s string, owner int) {
	switch s[0] {
	case '|', '>':
		t.block = owner
		if header := strings.TrimLeft(s[1:], "+-0123456789"); header != "" && !strings.HasPrefix(header, " #") {
			t.add(i+len(s)-len(strings.TrimLeft(header, " ")), "text on the line of "+s[:1], "begin the text on the next line, indented; quote text that begins with "+s[:1])
		}
	case '"', '\'':
		t.quoted(i, t.limit(owner))
	case '{', '[':
		t.flow(i, t.limit(owner))
	case '`', '@', '%':
		t.add(i, "plain text cannot begin with "+s[:1], quoteIt)
	case '*', '&', '!':
		t.add(i, "YAML takes text that begins with "+s[:1]+" for something else", quoteIt)
	default:
		if strings.HasPrefix(s, "- ") {
			t.add(i, "a list entry cannot begin here", "begin each entry on a line of its own, or put the text in quotes")
			return
		}
		t.open = owner
		if at := colon(s); at >= 0 {
			t.add(i+at, `": " inside plain text`, quoteIt)
		}
		if n := strings.Index(s, " #"); n >= 0 {
			t.comments = append(t.comments, trap{i + n + 1, `" #" inside plain text begins a comment and ends the text here`, quoteIt})
		}
	}
}

// limit returns the offset at which the value of a field in column owner ends at the latest: where the next
// line begins that is not indented further.
func (t *trapFinder) limit(owner int) int {
	for i := t.after; i < len(t.text); {
		line, _, _ := strings.Cut(t.text[i:], "\n")
		if strings.TrimSpace(line) != "" && len(indent(line)) <= owner {
			return i
		}
		i += len(line) + 1
	}
	return len(t.text)
}

// quoted looks at text in quotes from i, which may end on a later line but not after limit.
func (t *trapFinder) quoted(i, limit int) {
	end := quoteEnd(t.text[:limit], i)
	if end < 0 {
		t.add(i, "a quote that is never closed", inQuotes)
		t.to(limit - 1)
		return
	}
	if at := badEscape(t.text[i:end]); at > 0 {
		t.add(i+at, "an unknown \\ sequence inside \"quotes\"", "use 'single quotes', in which \\ means itself")
	}
	t.to(end)
	if rest := strings.TrimSpace(t.text[end:t.end]); rest != "" && rest[0] != '#' {
		t.add(end, "text after the closing quote", inQuotes)
	}
}

// to moves to the line on which offset i stands.
func (t *trapFinder) to(i int) {
	for i > t.end && t.next() {
	}
}

// badEscape returns where an unknown escape sequence stands in quoted text, or 0.
func badEscape(s string) int {
	for i := 0; s[0] == '"' && i+1 < len(s); i++ {
		if s[i] == '\\' {
			if !strings.ContainsRune("0abt\tnvfre \"/\\N_LPxuU\r\n", rune(s[i+1])) {
				return i
			}
			i++
		}
	}
	return 0
}

// quoteEnd returns the offset after the quoted text that begins at i, or -1.
func quoteEnd(s string, i int) int {
	quote := s[i]
	for i++; i < len(s); i++ {
		switch {
		case quote == '"' && s[i] == '\\':
			i++
		case s[i] != quote:
		case quote == '\'' && i+1 < len(s) && s[i+1] == '\'':
			i++
		default:
			return i + 1
		}
	}
	return -1
}

// flow looks at a { } or [ ] from begin, which may end on a later line but not after limit.
func (t *trapFinder) flow(begin, limit int) {
	i := begin
	var closing []byte
	inText, fieldName := false, false // within plain text; after a field's name in a mapping
	for ; i < limit; i++ {
		c := t.text[i]
		var next byte
		if i+1 < limit {
			next = t.text[i+1]
		}
		switch {
		case c == '{' || c == '[':
			if inText && fieldName {
				t.add(i, "a "+string(c)+" inside plain text", "put the text in quotes")
				t.to(i)
				return
			}
			closing = append(closing, c+2)
			inText, fieldName = false, false
		case c == '}' || c == ']':
			if c != closing[len(closing)-1] {
				t.add(i, "a "+string(c)+" where a "+string(closing[len(closing)-1])+" is expected", "close what was opened last, or put the text in quotes")
				t.to(i)
				return
			}
			closing = closing[:len(closing)-1]
			inText, fieldName = true, false
			if len(closing) == 0 {
				t.to(i + 1)
				t.afterFlow(begin, i+1)
				return
			}
		case c == ',':
			inText, fieldName = false, false
		case c == ':' && (next == ' ' || next == '\n'):
			if fieldName {
				t.add(i, `": " inside plain text`, "put the text in quotes")
				t.to(i)
				return
			}
			inText, fieldName = false, true
		case (c == '"' || c == '\'') && !inText:
			end := quoteEnd(t.text[:limit], i)
			if end < 0 {
				t.add(i, "a quote that is never closed", inQuotes)
				t.to(limit - 1)
				return
			}
			i, inText = end-1, true
		case c == '#' && i > 0 && isSpace(t.text[i-1]):
			t.add(i, `" #" begins a comment, so that the rest of the line is not seen`, "put the text in quotes")
			t.to(i)
			return
		case (c == '`' || c == '@' || c == '%' || c == '*' || c == '&' || c == '!') && !inText:
			t.add(i, "plain text cannot begin with "+string(c), "put the text in quotes")
			t.to(i)
			return
		case !isSpace(c):
			inText = true
		}
	}
	t.add(begin, "a "+t.text[begin:begin+1]+" that is never closed", "close it, or put text that begins with it in quotes")
	t.to(limit - 1)
}

// afterFlow looks at what follows the bracket that closes the one at begin.
func (t *trapFinder) afterFlow(begin, end int) {
	rest := strings.TrimSpace(t.text[end:min(t.end, len(t.text))])
	if rest == "" || rest[0] == '#' {
		return
	}
	t.add(begin, "text that begins with "+strconv.Quote(t.text[begin:begin+1]), quoteIt)
}
