package exchange

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
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
