package exchange

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// jsonValue is a JSON value with its place. It stands here because encoding/json would double the size of
// the WebAssembly module, and knows no places.
type jsonValue struct {
	kind  byte   // one of { [ " 0 t f n
	text  string // of a string, decoded; of a number, as written
	keys  []string
	items []jsonValue // of an array, or one for each key

	line, column int // from 1
}

// get returns the value of a key of an object; the zero value if there is none.
func (v jsonValue) get(key string) jsonValue {
	for i, k := range v.keys {
		if k == key {
			return v.items[i]
		}
	}
	return jsonValue{}
}

// str returns the text of a string.
func (v jsonValue) str() string {
	if v.kind != '"' {
		return ""
	}
	return v.text
}

// num returns a whole number that fits, or 0.
func (v jsonValue) num() int {
	n, err := strconv.Atoi(v.text)
	if v.kind != '0' || err != nil {
		return 0
	}
	return n
}

// jsonDepth bounds nesting, and with it the stack.
const jsonDepth = 200

// jsonReader reads one JSON text (RFC 8259).
type jsonReader struct {
	s     string
	at    int
	depth int
	wrong string // what is wrong at the offset at; empty while all is well

	counted      int // offset up to which lines and columns are counted
	line, column int
}

// readJSON reads the text that begins on line num. If that is not JSON, it reports why; then it is not ok.
func readJSON(s string, num int, rep *report) (v jsonValue, ok bool) {
	r := jsonReader{s: s, line: num, column: 1}
	v = r.value()
	r.space()
	if r.wrong == "" && r.at < len(s) {
		r.wrong = "unexpected text after the JSON value"
	}
	if r.wrong != "" {
		r.place()
		rep.add(r.line, r.column, r.wrong, "paste the whole file that the browser saved")
	}
	return v, r.wrong == ""
}

// place counts lines and columns up to the current offset.
func (r *jsonReader) place() {
	passed := r.s[r.counted:r.at]
	r.counted = r.at
	if n := strings.Count(passed, "\n"); n > 0 {
		r.line += n
		r.column = 1
		passed = passed[strings.LastIndexByte(passed, '\n')+1:]
	}
	r.column += utf8.RuneCountInString(passed)
}

func (r *jsonReader) space() {
	for r.at < len(r.s) && strings.IndexByte(" \t\r\n", r.s[r.at]) >= 0 {
		r.at++
	}
}

func (r *jsonReader) fail(wrong string) {
	if r.wrong == "" {
		if r.at >= len(r.s) {
			wrong = "JSON ends too early"
		}
		r.wrong = wrong
	}
}

// next skips white space and takes c if that comes.
func (r *jsonReader) next(c byte) bool {
	r.space()
	if r.wrong != "" || r.at >= len(r.s) || r.s[r.at] != c {
		return false
	}
	r.at++
	return true
}

func (r *jsonReader) value() jsonValue {
	r.space()
	r.place()
	v := jsonValue{line: r.line, column: r.column}
	if r.at >= len(r.s) || r.wrong != "" {
		r.fail("JSON ends too early")
		return v
	}
	switch c := r.s[r.at]; c {
	case '{', '[':
		if r.depth++; r.depth > jsonDepth {
			r.fail("JSON is nested too deeply")
			return v
		}
		v.kind = c
		r.at++
		r.members(&v)
		r.depth--
	case '"':
		v.kind, v.text = c, r.string()
	case 't':
		v.kind = r.word("true")
	case 'f':
		v.kind = r.word("false")
	case 'n':
		v.kind = r.word("null")
	default:
		v.kind, v.text = '0', r.number()
	}
	return v
}

func (r *jsonReader) members(v *jsonValue) {
	end := byte(']')
	if v.kind == '{' {
		end = '}'
	}
	if r.next(end) {
		return
	}
	for r.wrong == "" {
		if v.kind == '{' {
			r.space()
			if r.at >= len(r.s) || r.s[r.at] != '"' {
				r.fail("expected a key in quotation marks")
				return
			}
			v.keys = append(v.keys, r.string())
			if !r.next(':') {
				r.fail("expected a colon after the key")
				return
			}
		}
		v.items = append(v.items, r.value())
		if r.next(end) {
			return
		}
		if !r.next(',') {
			r.fail("expected a comma or " + string(rune(end)))
		}
	}
}

func (r *jsonReader) word(w string) byte {
	if !strings.HasPrefix(r.s[r.at:], w) {
		r.fail("expected a JSON value")
		return 0
	}
	r.at += len(w)
	return w[0]
}

func (r *jsonReader) number() string {
	s, start := r.s, r.at
	digits := func() bool {
		from := r.at
		for r.at < len(s) && s[r.at] >= '0' && s[r.at] <= '9' {
			r.at++
		}
		return r.at > from
	}
	if s[r.at] == '-' {
		r.at++
	}
	zero := r.at < len(s) && s[r.at] == '0'
	ok := digits() && (!zero || s[r.at-1] == '0' && (r.at-start == 1 || r.at-start == 2 && s[start] == '-'))
	if ok && r.at < len(s) && s[r.at] == '.' {
		r.at++
		ok = digits()
	}
	if ok && r.at < len(s) && (s[r.at] == 'e' || s[r.at] == 'E') {
		r.at++
		if r.at < len(s) && (s[r.at] == '+' || s[r.at] == '-') {
			r.at++
		}
		ok = digits()
	}
	if !ok {
		r.fail("expected a JSON value")
	}
	return s[start:r.at]
}

func (r *jsonReader) string() string {
	s := r.s
	r.at++
	start := r.at
	for r.at < len(s) && s[r.at] != '"' && s[r.at] != '\\' && s[r.at] >= ' ' {
		r.at++
	}
	if r.at < len(s) && s[r.at] == '"' {
		r.at++
		return s[start : r.at-1]
	}
	var b strings.Builder
	b.WriteString(s[start:r.at])
	for r.at < len(s) && r.wrong == "" {
		c := s[r.at]
		switch {
		case c == '"':
			r.at++
			return b.String()
		case c < ' ':
			if strings.TrimSpace(s[r.at:]) == "" {
				r.at = len(s)
			}
			r.fail("control character in a JSON string")
		case c == '\\':
			r.escape(&b)
		default:
			b.WriteByte(c)
			r.at++
		}
	}
	r.fail("JSON string has no end")
	return b.String()
}

// escape reads an escape sequence of a string.
func (r *jsonReader) escape(b *strings.Builder) {
	if r.at+1 >= len(r.s) {
		r.at = len(r.s)
		return
	}
	c := r.s[r.at+1]
	if i := strings.IndexByte(`"\/bfnrt`, c); i >= 0 {
		b.WriteByte("\"\\/\b\f\n\r\t"[i])
		r.at += 2
		return
	}
	c1, ok := r.unit(r.at)
	if !ok {
		r.fail("unknown escape sequence in a JSON string")
		return
	}
	r.at += 6
	if utf16.IsSurrogate(c1) {
		c2, ok := r.unit(r.at)
		if c1 = utf16.DecodeRune(c1, c2); ok && c1 != utf8.RuneError {
			r.at += 6
		}
	}
	b.WriteRune(c1)
}

// unit reads \uXXXX at an offset.
func (r *jsonReader) unit(at int) (rune, bool) {
	if at+6 > len(r.s) || r.s[at] != '\\' || r.s[at+1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(r.s[at+2:at+6], 16, 32)
	return rune(n), err == nil
}
