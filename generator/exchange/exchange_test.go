package exchange

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestFieldsIgnoreCase(t *testing.T) {
	var f Fields
	f.Add("Vary", "Accept")
	f.Add("vary", "Origin")
	if v, ok := f.Get("VARY"); v != "Accept" || !ok {
		t.Errorf("Get = %q, %v", v, ok)
	}
	if v := f.Values("vAry"); !slices.Equal(v, []string{"Accept", "Origin"}) {
		t.Errorf("Values = %q", v)
	}
	if v, ok := f.Get("Age"); v != "" || ok || f.Has("Age") || f.Values("Age") != nil {
		t.Error("Age is there")
	}
	if f.Has("V\u0430ry") || f.Has("Varyx") {
		t.Error("another name matches")
	}
	if (Fields{{Name: "k"}}).Has("\u212a") { // Kelvin sign, equal to k only under Unicode folding
		t.Error("names are compared by Unicode folding")
	}
}

// No value can forge another line of the wire text.
func TestWireKeepsLines(t *testing.T) {
	r := Response{Status: 200, Reason: "OK\r\nX: 1", Fields: Fields{{Name: "A\nB", Value: "c\r\n\r\nd\x00"}}}
	if got, want := r.Wire(), "HTTP/1.1 200 OK  X: 1\r\nA B: c    d \r\n\r\n"; got != want {
		t.Errorf("got %q\nwant %q", got, want)
	}
	q := Request{Method: "GET", Target: "/ HTTP/1.1\r\nX: 1", Fields: Fields{{Name: "Host", Value: "a"}}}
	if got, want := q.Wire(), "GET / HTTP/1.1  X: 1 HTTP/1.1\r\nHost: a\r\n\r\n"; got != want {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestWireOfAnExchange(t *testing.T) {
	chunked := Fields{{Name: "Transfer-Encoding", Value: "chunked"}}
	tests := []struct {
		name string
		e    Exchange
		want string
	}{
		{"interim and final", Exchange{
			Request:  &Request{Method: "GET", Target: "/", Fields: Fields{{Name: "Host", Value: "a"}}},
			Interim:  []Response{{Status: 103}},
			Response: &Response{Status: 200, Fields: chunked, Body: "hello", Trailers: Fields{{Name: "T", Value: "x"}}},
		}, "GET / HTTP/1.1\r\nHost: a\r\n\r\nHTTP/1.1 103 \r\n\r\nHTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nT: x\r\n\r\n"},
		{"empty chunked body", Exchange{Response: &Response{Status: 200, Fields: chunked}},
			"HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
		{"no body for HEAD", Exchange{Request: &Request{Method: "HEAD"}, Response: &Response{Status: 200, Fields: chunked}},
			"HEAD / HTTP/1.1\r\n\r\nHTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\n"},
		{"no body for 304", Exchange{Response: &Response{Status: 304, Fields: chunked}},
			"HTTP/1.1 304 \r\nTransfer-Encoding: chunked\r\n\r\n"},
		{"fields only", Exchange{Response: &Response{Fields: Fields{{Name: "A", Value: "b"}}}}, "A: b\r\n\r\n"},
		{"nothing", Exchange{}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.e.Wire(); got != tt.want {
				t.Errorf("got %q\nwant %q", got, tt.want)
			}
		})
	}
}

// What Wire writes, the strict readers read back without an issue, and the tolerant one too.
func TestWireIsReadBack(t *testing.T) {
	for seed := range uint64(20000) {
		checkReadBack(t, rand.New(rand.NewPCG(seed, 1)))
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func checkReadBack(t *testing.T, g *rand.Rand) {
	t.Helper()
	req, responses := randomRequest(g), randomResponses(g)
	got, issues := ParseRequest(req.Wire())
	if len(issues) > 0 || !reflect.DeepEqual(unplacedRequest(*got), req) {
		t.Errorf("request %q\ngot  %#v %v\nwant %#v", req.Wire(), got, issues, req)
	}
	var wire strings.Builder
	for _, r := range responses {
		wire.WriteString(r.Wire())
	}
	back, issues := ParseResponses(wire.String())
	if len(issues) > 0 || !slices.EqualFunc(back, responses, func(a, b Response) bool { return reflect.DeepEqual(unplaced(a), b) }) {
		t.Errorf("responses %q\ngot  %#v %v\nwant %#v", wire.String(), back, issues, responses)
	}
	last := len(responses) - 1
	e := Exchange{Request: &req, Interim: responses[:last:last], Response: &responses[last]}
	if req.Method == "HEAD" || len(req.Body) > 0 || strings.Contains(e.Response.Body, "HTTP/") {
		return // a tolerant reader has to guess where such bodies end
	}
	es, issues := Parse(e.Wire())
	if len(es) != 1 || len(issues) > 0 || es[0].Request == nil || es[0].Response == nil ||
		!reflect.DeepEqual(unplacedRequest(*es[0].Request), req) || !reflect.DeepEqual(unplaced(*es[0].Response), *e.Response) || len(es[0].Interim) != last {
		t.Errorf("exchange %q\ngot  %#v %v", e.Wire(), es, issues)
	}
}

func unplaced(r Response) Response {
	r.Line, r.BodyLine = 0, 0
	r.Fields, r.Trailers = unplacedFields(r.Fields), unplacedFields(r.Trailers)
	return r
}

func unplacedRequest(r Request) Request {
	r.Line = 0
	r.Fields, r.Trailers = unplacedFields(r.Fields), unplacedFields(r.Trailers)
	return r
}

func unplacedFields(fields Fields) Fields {
	var out Fields
	for _, f := range fields {
		out.Add(f.Name, f.Value)
	}
	return out
}

func pick(g *rand.Rand, list ...string) string { return list[g.IntN(len(list))] }

func randomRequest(g *rand.Rand) Request {
	r := Request{
		Method:  pick(g, "GET", "POST", "M-SEARCH", "HEAD", "PATCH"),
		Target:  pick(g, "/", "/a?b=c", "/%C3%A4", "http://example.com/"),
		Version: pick(g, "HTTP/1.1", "HTTP/1.0", "HTTP/2"),
		Fields:  Fields{{Name: "Host", Value: pick(g, "example.com", "[::1]:80", "")}},
	}
	r.Fields = append(r.Fields, randomFields(g)...)
	r.Body, r.Trailers = randomBody(g, &r.Fields)
	return r
}

func randomResponses(g *rand.Rand) []Response {
	var out []Response
	for range g.IntN(3) {
		out = append(out, Response{Version: "HTTP/1.1", Status: []int{100, 102, 103, 199}[g.IntN(4)], Reason: pick(g, "", "Early Hints"), Fields: randomFields(g)})
	}
	r := Response{
		Version: pick(g, "HTTP/1.1", "HTTP/1.0", "HTTP/2"),
		Status:  []int{101, 200, 204, 304, 403, 599, 999}[g.IntN(7)],
		Reason:  pick(g, "", "OK", "Not  there", "Zo\u00eb", "a: b", "\xff"),
		Fields:  randomFields(g),
	}
	if !bodiless(r.Status) {
		r.Body, r.Trailers = randomBody(g, &r.Fields)
		if r.Status != 200 && strings.HasPrefix(r.Body, "HTTP/") {
			r.Body = ""
			r.Fields = nil
			r.Trailers = nil
		}
	}
	return append(out, r)
}

func randomFields(g *rand.Rand) Fields {
	var fields Fields
	for range g.IntN(4) {
		fields.Add(pick(g, "A", "x-b", "Set-Cookie", "!#$%&'*+-.^_`|~"), pick(g, "", "b", "a: b, c", "\"q\\\"\"", "\u00fc \xff\t.", "HTTP/1.1 200 OK"))
	}
	return fields
}

func randomBody(g *rand.Rand, fields *Fields) (string, Fields) {
	body := pick(g, "", "hello", "hello\n", "\r\n", "\n\n", "a\r\nb", "A: b\n\nC: d\n", "5\r\nhello\r\n0\r\n\r\n", "\x00\xff", "{\"a\":1}", "0")
	switch g.IntN(3) {
	case 0:
		fields.Add("Content-Length", itoa(len(body)))
	case 1:
		fields.Add("transfer-encoding", pick(g, "chunked", "gzip, Chunked"))
		var trailers Fields
		for range g.IntN(3) {
			trailers.Add("T", pick(g, "", "x"))
		}
		return body, trailers
	}
	return body, nil
}

func itoa(n int) string {
	b, _ := json.Marshal(n)
	return string(b)
}

// Reading takes time in proportion to the text: twenty times the text may take a hundred times as long at most.
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
				if a, b := fastest(read, small), fastest(read, large); b > 100*a && b > 100*time.Millisecond {
					t.Errorf("%d bytes take %v, %d bytes %v", len(small), a, len(large), b)
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

func FuzzParse(f *testing.F) {
	for _, c := range seeds(f) {
		f.Add(c)
	}
	f.Fuzz(func(t *testing.T, text string) {
		es, issues := Parse(text)
		if len(es) == 0 && len(issues) == 0 {
			t.Error("neither an exchange nor an issue")
		}
		checkPlaces(t, text, issues)
		for _, e := range es {
			if e.Request == nil && e.Response == nil && len(e.Interim) == 0 {
				t.Error("empty exchange")
			}
			_ = e.Wire()
			if e.Request != nil {
				_, _, _ = Curl(*e.Request, "https"), FetchCall(*e.Request, "https"), HTTPie(*e.Request, "https")
			}
		}
	})
}

func FuzzParseStrict(f *testing.F) {
	for _, c := range seeds(f) {
		f.Add(c)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, issues := ParseRequest(text)
		checkPlaces(t, text, issues)
		if r != nil && len(issues) == 0 {
			again, issues := ParseRequest(r.Wire())
			if len(issues) > 0 || !reflect.DeepEqual(unplacedRequest(*again), unplacedRequest(*r)) && len(r.Fields.Values("Content-Length")) == 0 {
				t.Errorf("%q\nread  %#v\nagain %#v %v", text, r, again, issues)
			}
		}
		rs, issues := ParseResponses(text)
		checkPlaces(t, text, issues)
		if len(issues) > 0 || len(rs) == 0 {
			return
		}
		var wire strings.Builder
		for _, r := range rs {
			wire.WriteString(r.Wire())
		}
		again, issues := ParseResponses(wire.String())
		if len(issues) > 0 || len(again) != len(rs) {
			t.Fatalf("%q\nread  %#v\nagain %#v %v", text, rs, again, issues)
		}
		for i := range rs {
			if !reflect.DeepEqual(unplaced(again[i]), unplaced(rs[i])) && len(rs[i].Fields.Values("Content-Length")) == 0 {
				t.Errorf("%q\nread  %#v\nagain %#v", text, rs[i], again[i])
			}
		}
	})
}

func FuzzWireIsReadBack(f *testing.F) {
	f.Add(uint64(1), uint64(2))
	f.Fuzz(func(t *testing.T, a, b uint64) { checkReadBack(t, rand.New(rand.NewPCG(a, b))) })
}

// The JSON reader accepts what encoding/json accepts, and reads the same.
func FuzzJSON(f *testing.F) {
	for _, s := range []string{
		`{"a":[1,-0.5e+3,"x\u00e4\ud83d\ude00\n",true,false,null,{}],"b":""}`, `[]`, `01`, `-`, `1.`, `"\ud800x"`, `{"a":1,}`, `{"a" 1}`, "\"\x01\"", `tru`, ` 1 2`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var rep report
		v, ok := readJSON(s, 1, &rep)
		if valid := json.Valid([]byte(s)); ok != valid && !strings.Contains(showIssues(rep.issues), "too deeply") {
			t.Fatalf("ok = %v, valid = %v: %q %v", ok, valid, s, rep.issues)
		}
		if !ok {
			checkPlaces(t, s, rep.issues)
			return
		}
		var want any
		if err := json.Unmarshal([]byte(s), &want); err == nil && v.kind == '"' && utf8.ValidString(s) && v.text != want {
			t.Errorf("got %q, want %q", v.text, want)
		}
	})
}

// checkPlaces checks that issues are in order and within the text.
func checkPlaces(t *testing.T, text string, issues []Issue) {
	t.Helper()
	lines := strings.Count(text, "\n") + 1
	for i, is := range issues {
		if is.Line < 1 || is.Column < 1 || is.Line > lines || is.Message == "" || len(is.Message)+len(is.Hint) > 400 {
			t.Errorf("issue %+v in a text of %d lines", is, lines)
		}
		if i > 0 && (issues[i-1].Line > is.Line || issues[i-1].Line == is.Line && issues[i-1].Column > is.Column) {
			t.Errorf("issues are not sorted: %v", issues)
		}
	}
}

func seeds(f *testing.F) []string {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		f.Fatal("no cases", err)
	}
	var texts []string
	for _, file := range files {
		for _, c := range readCases(f, filepath.Base(file)) {
			texts = append(texts, c.text())
		}
	}
	return texts
}

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
