package exchange

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// shellQuote quotes a word for a POSIX shell. Words of harmless characters stay as they are.
func shellQuote(s string) string {
	safe := s != ""
	for i := 0; i < len(s) && safe; i++ {
		c := s[i]
		safe = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || strings.IndexByte("-_./:@%+,=", c) >= 0
	}
	if safe {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// printable reports whether a shell argument can carry s: text without control characters that a terminal
// would act on or an argument cannot hold.
func printable(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' && c != '\n' && c != '\t' || c == 0x7f {
			return false
		}
	}
	return utf8.ValidString(s)
}

// printfBytes returns a shell command that prints s exactly.
func printfBytes(s string) string {
	var b strings.Builder
	b.WriteString("printf '")
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '%':
			b.WriteString("%%")
		case c == '\\':
			b.WriteString(`\\`)
		case c >= ' ' && c < 0x7f && c != '\'':
			b.WriteByte(c)
		default:
			b.WriteByte('\\')
			b.WriteByte('0' + c>>6)
			b.WriteByte('0' + c>>3&7)
			b.WriteByte('0' + c&7)
		}
	}
	b.WriteByte('\'')
	return b.String()
}

// jsString writes a JavaScript string literal. With bytes, each byte becomes one character: that is how
// fetch takes field values.
func jsString(s string, bytes bool) string {
	var b strings.Builder
	b.WriteByte('"')
	for i := 0; i < len(s); {
		c, size := rune(s[i]), 1
		if !bytes && c >= utf8.RuneSelf {
			c, size = utf8.DecodeRuneInString(s[i:])
		}
		i += size
		jsRune(&b, c, '"', bytes)
	}
	b.WriteByte('"')
	return b.String()
}

// jsTemplate writes a template literal, which shows a text of several lines as it is.
func jsTemplate(s string) string {
	var b strings.Builder
	b.WriteByte('`')
	for i, c := range s {
		switch {
		case c == '\n' || c == '\t':
			b.WriteRune(c)
		case c == '$' && strings.HasPrefix(s[i:], "${"):
			b.WriteString(`\$`)
		default:
			jsRune(&b, c, '`', false)
		}
	}
	b.WriteByte('`')
	return b.String()
}

func jsRune(b *strings.Builder, c, quote rune, bytes bool) {
	switch {
	case c == quote, c == '\\':
		b.WriteByte('\\')
		b.WriteRune(c)
	case c == '\n':
		b.WriteString(`\n`)
	case c == '\r':
		b.WriteString(`\r`)
	case c == '\t':
		b.WriteString(`\t`)
	case c < ' ', c == 0x7f, c == 0x2028, c == 0x2029, c == 0xfeff, bytes && c >= 0x80:
		hex := strconv.FormatInt(int64(c), 16)
		b.WriteString(`\u` + "0000"[len(hex):] + hex)
	default:
		b.WriteRune(c)
	}
}
