package exchange

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
)

// Reading takes time in proportion to the text. Twenty times the text takes about twenty times as long, and would take four
// hundred times as long if reading were quadratic; a busy machine is measured again.
func TestReadingIsLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time")
	}
	repeat := func(s string) func(n int) string { return func(n int) string { return strings.Repeat(s, n/len(s)+1) } }
	after := func(head, s string) func(n int) string {
		return func(n int) string { return head + strings.Repeat(s, n/len(s)+1) }
	}
	const ok, sent = "HTTP/1.1 200 OK\n", "> GET / HTTP/1.1\n> Host: a\n>\n< HTTP/1.1 200 OK\n<\n"
	texts := map[string]func(n int) string{
		"one line":               repeat("a"),
		"one line of spaces":     repeat(" "),
		"colons":                 repeat(":"),
		"empty lines":            repeat("\n"),
		"start lines":            repeat(ok),
		"long value":             after(ok+"X: ", "a "),
		"control characters":     after(ok+"X: ", "\x01"),
		"folded lines":           after(ok+"X: a\n", " b\n"),
		"folds of nothing":       after(ok, " b\n"),
		"fields":                 after(ok, "A: b\n"),
		"same fields":            after(ok, "Content-Length: 5\n"),
		"lines without colon":    after(ok, "x\n"),
		"no colon, then a field": func(n int) string { return ok + strings.Repeat("x\n", n/2) + "A: b\n" },
		"body":                   after(ok+"\n", "a b c\n"),
		"body of long lines":     after(ok+"\n", strings.Repeat("a", 65536)+"\n"),
		"body of requests":       after(ok+"\n", "GET / HTTP/1.1\n\n"),
		"bodies with lengths":    repeat("HTTP/1.1 200 OK\nContent-Length: 5\n\nhello"),
		"wrong lengths":          repeat("HTTP/1.1 200 OK\nContent-Length: 9\n\nhello\n"),
		"trailers":               after(ok+"Trailer: T\n\n", "T: x\n"),
		"chunks":                 after(ok+"Transfer-Encoding: chunked\n\n", "1\na\n"),
		"chunked, never ended":   repeat("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n1\na\n"),
		"curl -v":                repeat(sent),
		"curl -v body":           after(sent, "< a\n> b\n* c\n"),
		"curl -v notes":          after(sent, "* c\n"),
		"escapes":                after(ok, "\x1b["),
		"links":                  after(ok, "\x1b]8;;"),
		"HAR": func(n int) string {
			return `{"log":{"entries":[` + strings.Repeat(`{"request":{"headers":[{"name":"a","value":"b"}]},"response":{"status":0}},`, n/70) + `{}]}}`
		},
		"JSON strings":       after(`{"a":"`, `\u00`),
		"JSON keys":          func(n int) string { return "{" + strings.Repeat(`"log":1,`, n/8) + `"log":1}` },
		"open brackets":      after("{", `"a":{`),
		"listing":            after("Response Headers\n", "a: b\n"),
		"listing, next line": after("Response Headers\n", "a:\nb\n"),
		"listing, alternate": after("Response Headers\n", "a\nb\n"),
		"listings":           repeat("Request URL: https://a/\nStatus Code: 200\nResponse Headers\na: b\n"),
		"headings":           repeat("Request Headers\n"),
		"indented":           after("  "+ok, "  A: b\n"),
		"fences":             repeat("```\n"),
	}
	for name, text := range texts {
		t.Run(name, func(t *testing.T) {
			const size = 20_000
			small, large := text(size), text(20*size)
			for _, read := range []func(string){
				func(s string) { Parse(s) }, func(s string) { ParseRequest(s) }, func(s string) { ParseResponses(s) },
			} {
				for try := 1; ; try++ {
					a, b := fastest(read, small), fastest(read, large)
					if b < 150*a || b < 100*time.Millisecond {
						break
					}
					if try == 5 {
						t.Errorf("%d bytes take %v, %d bytes %v", len(small), a, len(large), b)
						break
					}
				}
			}
		})
	}
}

func fastest(read func(string), s string) time.Duration {
	best := time.Hour
	for range 3 {
		start := time.Now()
		read(s)
		best = min(best, time.Since(start))
	}
	return best
}

// The package is part of the WebAssembly module, where a large dependency costs every visitor.
func TestImportsStaySmall(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Skip(err)
	}
	for _, path := range strings.Fields(string(out)) {
		if slices.Contains([]string{"fmt", "os", "reflect", "regexp", "encoding/json", "net", "net/http", "time"}, path) {
			t.Errorf("depends on %s", path)
		}
	}
}
