package exchange

import (
	"os"
	"strings"
	"testing"
)

func BenchmarkParse(b *testing.B) {
	cases := map[string]string{}
	for _, file := range []string{"parse-plain.txt", "parse-verbose.txt", "parse-listing.txt", "parse-har.txt"} {
		cases[strings.TrimSuffix(strings.TrimPrefix(file, "parse-"), ".txt")] = readCases(b, file)[0].text()
	}
	cases["64KiB-line"] = "HTTP/1.1 200 OK\r\nX-Long: " + strings.Repeat("a", 65536) + "\r\n\r\n"
	cases["1MiB-body"] = "HTTP/1.1 200 OK\r\n\r\n" + strings.Repeat("<p>some text</p>\n", 1<<20/17)
	for name, text := range cases {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				Parse(text)
			}
		})
	}
}

func BenchmarkParseResponses(b *testing.B) {
	data, err := os.ReadFile("testdata/response.txt")
	if err != nil {
		b.Fatal(err)
	}
	text, _, _ := strings.Cut(string(data), "---")
	_, text, _ = strings.Cut(text, "\n")
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		ParseResponses(text)
	}
}

func BenchmarkWire(b *testing.B) {
	rs, _ := ParseResponses("HTTP/1.1 403 Forbidden\nContent-Type: application/problem+json\nCache-Control: no-store\n\n{\"status\":403}\n")
	b.ReportAllocs()
	for b.Loop() {
		_ = rs[0].Wire()
	}
}

func BenchmarkCurl(b *testing.B) {
	r, _ := ParseRequest("PATCH /a?b=c HTTP/1.1\nHost: example.com\nContent-Type: application/json\n\n{\"it's\":1}\n")
	b.ReportAllocs()
	for b.Loop() {
		Curl(*r, "https")
	}
}
