package content

import (
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// parse reads the file's YAML, which is text with its lines at the same places as in the file.
// It returns nil if there is nothing to decode; then it has reported why.
func (f *file) parse(text string) *yaml.Node {
	if !f.readable() || !f.single(text) {
		return nil
	}
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		f.syntaxError(text, err)
		return nil
	}
	if doc.Kind != yaml.DocumentNode || len(doc.Content) == 0 || doc.Content[0].Tag == "!!null" {
		f.report(Pos{}, "begin with the fields that every "+f.kind.noun+" needs", "empty file")
		return nil
	}
	return doc.Content[0]
}

// readable reports bytes that are no text, and characters that cannot be seen and that YAML may take for
// the end of a line.
func (f *file) readable() bool {
	ok := true
	for i, r := range f.text {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(f.text[i:], "\uFFFD"):
			f.report(f.pos(i), "save the file as UTF-8", "byte %#02x is not UTF-8", f.text[i])
		case r == '\r' && !strings.HasPrefix(f.text[i:], "\r\n"), r == '\u0085', r == '\u2028', r == '\u2029':
			f.report(f.pos(i), "put an ordinary line break there", "invisible line break U+%04X", r)
		case r < ' ' && r != '\t' && r != '\n' && r != '\r', r >= 0x7F && r < 0xA0, r == '\uFEFF', r == '\uFFFE', r == '\uFFFF':
			f.report(f.pos(i), "delete it", "invisible character U+%04X", r)
		default:
			continue
		}
		ok = false
	}
	return ok
}

// single reports a second document in the file.
func (f *file) single(text string) bool {
	begun := false
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimRight(line, " \t\r")
		switch {
		case line == "" || line[0] == '#':
		case begun && (line == "---" || line == "..." || strings.HasPrefix(line, "--- ")):
			f.report(Pos{n + 1, 1}, "write one file for each", "a second document begins here")
			return false
		case line[0] == '%':
			f.report(Pos{n + 1, 1}, "delete the line, or put text that begins with % in quotes", "YAML directives are not allowed")
			return false
		default:
			begun = true
		}
	}
	return true
}

// syntaxError reports what keeps the YAML from being read: the traps in the text if there are any,
// otherwise what the parser said, in plainer words.
func (f *file) syntaxError(text string, err error) {
	if traps := findTraps(text); len(traps) > 0 {
		for _, t := range traps {
			f.report(f.pos(t.at), t.hint, "%s", t.message)
		}
		return
	}
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	line := 1
	if rest, ok := strings.CutPrefix(message, "line "); ok {
		if n, said, ok := strings.Cut(rest, ": "); ok {
			line, message = max(1, min(number(n), len(f.starts))), said
		}
	}
	column := 1 + utf8.RuneCountInString(indent(f.line(line)))
	for _, t := range translations() {
		if strings.HasPrefix(message, t.said) {
			f.report(Pos{line, column}, t.hint, "%s", t.message)
			return
		}
	}
	f.report(Pos{line, column}, "look for a quote, bracket or indentation that is wrong on this line or just above", "YAML cannot be read here: %s", message)
}

// indent returns the white space that a line begins with.
func indent(line string) string {
	return line[:len(line)-len(strings.TrimLeft(line, " \t"))]
}

// translation turns what the YAML parser says into what to do.
type translation struct{ said, message, hint string }

func translations() []translation {
	const columns = "fields of one group begin in the same column, and their entries further right"
	return []translation{
		{"mapping values are not allowed", `": " inside plain text`, "put the whole text in quotes, or write it in a block below \">-\""},
		{"could not find expected ':'", "this line is neither a field nor part of the text above", "write name: value; quotes around the text above keep \" #\" and \": \" in it from ending it"},
		{"did not find expected key", "the indentation or the quotes break off here", columns + "; put text with quotes inside into a block below \">-\""},
		{"did not find expected '-' indicator", "a list entry or a field in the wrong column", columns},
		{"block sequence entries are not allowed", "a list entry cannot begin here", "begin each entry on a line of its own"},
		{"mapping keys are not allowed", "a field cannot begin here", columns},
		{"did not find expected ',' or", "a { or [ is not closed", "close it on the same line, or put the text in quotes"},
		{"did not find expected node content", "a value is missing between brackets", "delete the superfluous comma or bracket"},
		{"found unexpected end of stream", "a quote or bracket is never closed", "close it, or write the text in a block below \">-\""},
		{"found character that cannot start any token", "text cannot begin with this character", "put the text in quotes; indent with spaces, not tabs"},
		{"found a tab character", "a tab in the indentation", "indent with spaces"},
		{"found unknown escape character", `an unknown \ sequence inside "quotes"`, `use 'single quotes', in which \ means itself`},
		{"did not find expected alphabetic or numeric character", "text begins with * or &", "put the text in quotes"},
		{"unknown anchor", "text begins with *", "put the text in quotes"},
		{"did not find expected comment or line break", "text on the line of | or >", "begin the text on the next line, indented"},
		{"exceeded max depth", "too many levels", "close the brackets"},
	}
}
