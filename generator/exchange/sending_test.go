package exchange

import (
	"bufio"
	"io"
	"net"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// The commands, run by the real tools against a socket, put the request on the wire that they were made from.
func TestCommandsSendTheRequest(t *testing.T) {
	requests := []string{
		"GET /a?b=c&d=%20 HTTP/1.1\nHost: @\nAccept: text/html\nX-Quote: it's \"$x\" `y` \\z !\n",
		"PATCH /a HTTP/1.1\nHost: @\nContent-Type: application/json\n\n{\n  \"name\": \"it's $x `y` \\\\n\",\n  \"b\": \"${x}\"\n}\n",
		"POST /form HTTP/1.1\nHost: @\nContent-Type: application/x-www-form-urlencoded\n\n@a=1&b='2'\n",
		"PUT /raw HTTP/1.1\nHost: @\nContent-Type: application/octet-stream\n\na\x00b%\\'\xff\x1b\r\nc\n",
		"POST /untyped HTTP/1.1\nHost: @\n\nplain\ttext\n",
		"DELETE /twice HTTP/1.1\nHost: @\nX-A: =1\nX-B: @x\nX-C: :y\nX-Empty:\nX-Name: Zo\u00eb\n",
		"OPTIONS /x/../y HTTP/1.1\nHost: @\nX-D: a=b@c;d\n",
	}
	tools := []struct {
		name    string
		command func(Request, string) string
		run     func(command string) *exec.Cmd
		lacks   func(Request) bool // what the tool cannot do
	}{
		{"curl", Curl, shell, func(Request) bool { return false }},
		{"http", HTTPie, func(c string) *exec.Cmd { // without a terminal HTTPie would read its input
			if !strings.HasPrefix(c, "printf") {
				c = strings.Replace(c, "http ", "http --ignore-stdin ", 1)
			}
			return shell(c)
		}, func(Request) bool { return false }},
		{"node", FetchCall, func(c string) *exec.Cmd { return exec.Command("node", "--input-type=module", "-e", c) },
			func(r Request) bool { return strings.Contains(r.Target, "/../") }}, // URLs are normalised
	}
	for _, tool := range tools {
		t.Run(tool.name, func(t *testing.T) {
			t.Parallel()
			if _, err := exec.LookPath(tool.name); err != nil {
				t.Skip("not installed: " + tool.name)
			}
			for _, raw := range requests {
				ln, err := net.Listen("tcp", "127.0.0.1:0")
				if err != nil {
					t.Fatal(err)
				}
				want, issues := ParseRequest(strings.Replace(raw, "@", ln.Addr().String(), 1))
				if len(issues) > 0 {
					t.Fatal(issues)
				}
				if tool.lacks(*want) {
					continue
				}
				received := make(chan string, 1)
				go func() { received <- receive(ln) }()
				command := tool.command(*want, "http")
				out, err := tool.run(command).CombinedOutput()
				if err != nil {
					t.Errorf("%v\n%s\n%s", err, command, out)
				}
				_ = ln.Close()
				got, issues := ParseRequest(<-received)
				if got == nil {
					t.Fatal(issues)
				}
				if got.Method != want.Method || got.Target != want.Target || got.Body != want.Body {
					t.Errorf("%s\nsent %s %s %q\nwant %s %s %q", command, got.Method, got.Target, got.Body, want.Method, want.Target, want.Body)
				}
				for _, f := range want.Fields {
					if v, ok := got.Fields.Get(f.Name); !ok || v != f.Value {
						t.Errorf("%s\nsent %s: %q\nwant %q", command, f.Name, v, f.Value)
					}
				}
				if !want.Fields.Has("Content-Type") && got.Fields.Has("Content-Type") {
					t.Errorf("%s\nsent a Content-Type: %v", command, got.Fields)
				}
			}
		})
	}
}

func shell(c string) *exec.Cmd { return exec.Command("sh", "-c", c) }

// receive takes one request from a connection, answers it and returns its text.
func receive(ln net.Listener) string {
	conn, err := ln.Accept()
	if err != nil {
		return ""
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	in := bufio.NewReader(conn)
	var head strings.Builder
	for !strings.HasSuffix(head.String(), "\r\n\r\n") {
		l, err := in.ReadString('\n')
		if err != nil {
			return head.String()
		}
		head.WriteString(l)
	}
	r, _ := ParseRequest(head.String())
	n, _ := contentLength(r.Fields)
	body := make([]byte, n)
	_, _ = io.ReadFull(in, body)
	_, _ = io.WriteString(conn, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
	return head.String() + string(body)
}
