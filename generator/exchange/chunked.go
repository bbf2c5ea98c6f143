package exchange

import (
	"slices"
	"strconv"
	"strings"
)

// isChunked reports whether chunked is the last transfer coding (RFC 9112 section 6.1).
func isChunked(fields Fields) bool {
	values := fields.Values("Transfer-Encoding")
	if len(values) == 0 {
		return false
	}
	last := values[len(values)-1]
	return equalFold(trimOWS(last[strings.LastIndexByte(last, ',')+1:]), "chunked")
}

// decodeChunked decodes a chunked body (RFC 9112 section 7.1). text begins on line num. It is not ok if the
// text is anything else than one complete chunked body; then nothing is reported. The empty line at the end
// may be missing. Chunk extensions are left out.
func decodeChunked(text string, num int, rep *report) (body string, trailers Fields, ok bool) {
	var b strings.Builder
	rest := text
	for {
		l, after, found := strings.Cut(rest, "\n")
		size, ok := chunkSize(l)
		if !ok {
			return "", nil, false
		}
		rest = after
		if size == 0 {
			if !found {
				rest = ""
			}
			break
		}
		if size > int64(len(rest)) {
			return "", nil, false
		}
		b.WriteString(rest[:size])
		rest, ok = strings.CutPrefix(strings.TrimPrefix(rest[size:], "\r"), "\n")
		if !ok {
			return "", nil, false
		}
	}
	trailers, ok = readTrailers(rest, num+strings.Count(text[:len(text)-len(rest)], "\n"), rep)
	return b.String(), trailers, ok
}

// chunkSize reads the line before a chunk.
func chunkSize(l string) (int64, bool) {
	digits, _, _ := strings.Cut(strings.TrimSuffix(l, "\r"), ";")
	digits = strings.TrimRight(digits, " \t")
	if digits == "" || len(digits) > 15 {
		return 0, false
	}
	for i := 0; i < len(digits); i++ {
		if !isHex(digits[i]) {
			return 0, false
		}
	}
	n, err := strconv.ParseInt(digits, 16, 64)
	return n, err == nil
}

// readTrailers reads the trailer section after the last chunk. It is not ok if other text is there.
func readTrailers(text string, num int, rep *report) (Fields, bool) {
	ls := splitLines(text)
	if len(ls) > 0 && ls[len(ls)-1].text == "" {
		ls = ls[:len(ls)-1]
	}
	if len(ls) > 0 && ls[len(ls)-1].text == "" { // the empty line, and the end of the text
		ls = ls[:len(ls)-1]
	}
	var own report
	var trailers Fields
	for _, l := range ls {
		l.num += num - 1
		if !isFieldLine(l.text) {
			return nil, false
		}
		f, ok := fieldLine(l, &own)
		if !ok {
			return nil, false
		}
		trailers = append(trailers, f)
	}
	rep.issues = append(rep.issues, own.issues...)
	return trailers, true
}

// encodeChunked writes a body as one chunk, with its trailer section.
func encodeChunked(b *strings.Builder, body string, trailers Fields) {
	if body != "" {
		b.WriteString(strconv.FormatInt(int64(len(body)), 16))
		b.WriteString("\r\n")
		b.WriteString(body)
		b.WriteString("\r\n")
	}
	b.WriteString("0\r\n")
	writeFields(b, trailers)
	b.WriteString("\r\n")
}

// sortIssues sorts by place; issues of one place keep their order.
func sortIssues(issues []Issue) {
	slices.SortStableFunc(issues, func(a, b Issue) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Column - b.Column
	})
}
