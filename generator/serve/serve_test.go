package serve

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"

	"httpstatus/generator/site"
)

func files(title string) []site.File {
	page := func(path, text string) site.File {
		return site.File{Path: path, Data: []byte("<!doctype html><title>" + text + "</title>" + strings.Repeat(text+" ", 50))}
	}
	return []site.File{
		page("/index.html", title), page("/403/index.html", "403 "+title), page("/404.html", "missing "+title),
		{Path: "/403.json", Data: []byte(`{"code": 403}`)},
		{Path: "/favicon.ico", Data: []byte{0, 0, 1, 0}},
	}
}

// start runs a server on a real socket and returns its URL and a way to swap what it builds.
func start(t *testing.T) (url string, s *Server, set func([]site.File, error)) {
	t.Helper()
	var now []site.File = files("one")
	var failure error
	s = New(func(context.Context) ([]site.File, error) { return now, failure })
	l, err := Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx, l) }()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-done:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(10 * time.Second):
			t.Error("the server does not stop")
		}
	})
	return "http://" + l.Addr().String(), s, func(f []site.File, err error) { now, failure = f, err }
}

func request(t *testing.T, method, url string, fields ...string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept-Encoding", "identity")
	for i := 0; i < len(fields); i += 2 {
		req.Header.Set(fields[i], fields[i+1])
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

func TestAnswers(t *testing.T) {
	url, s, _ := start(t)
	if err := s.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		method, path string
		fields       []string
		status       int
		field, value string
		body         string
	}{
		{"GET", "/", nil, 200, "Content-Type", "text/html; charset=utf-8", "one"},
		{"GET", "/403/", nil, 200, "X-Content-Type-Options", "nosniff", "403 one"},
		{"GET", "/403?x=1", nil, 301, "Location", "403/?x=1", ""},
		{"GET", "/40", nil, 404, "Cache-Control", "no-store", "missing one"},
		{"HEAD", "/403/", nil, 200, "Content-Type", "text/html; charset=utf-8", ""},
		{"HEAD", "/nothing", nil, 404, "Content-Type", "text/html; charset=utf-8", ""},
		{"POST", "/403/", nil, 405, "Allow", "GET, HEAD", ""},
		{"POST", eventsPath, nil, 405, "Allow", "GET, HEAD", ""},
		{"GET", "/403.json", nil, 200, "Content-Type", "application/json", `{"code": 403}`},
		{"GET", "/403.json", []string{"Range", "bytes=1-6"}, 206, "Content-Range", "bytes 1-6/13", `"code"`},
		{"GET", "/403.json", nil, 200, "Access-Control-Allow-Origin", "*", ""},
		{"GET", scriptPath, nil, 200, "Content-Type", "text/javascript; charset=utf-8", "EventSource"},
		{"GET", "/../../etc/passwd", nil, 404, "Content-Type", "text/html; charset=utf-8", "missing"},
	} {
		res, body := request(t, c.method, url+c.path, c.fields...)
		if res.StatusCode != c.status || res.Header.Get(c.field) != c.value || !strings.Contains(body, c.body) {
			t.Errorf("%s %s: %d, %s: %q, body %.60q", c.method, c.path, res.StatusCode, c.field, res.Header.Get(c.field), body)
		}
		if c.method == "HEAD" && body != "" {
			t.Errorf("HEAD %s has a body", c.path)
		}
	}
}

func TestConditionalRequest(t *testing.T) {
	url, s, _ := start(t)
	if err := s.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	first, _ := request(t, "GET", url+"/403/")
	tag := first.Header.Get("ETag")
	again, body := request(t, "GET", url+"/403/", "If-None-Match", tag)
	if tag == "" || again.StatusCode != 304 || body != "" || again.Header.Get("ETag") != tag {
		t.Errorf("tag %q: %d, tag %q, body %q", tag, again.StatusCode, again.Header.Get("ETag"), body)
	}
	squashed, _ := request(t, "GET", url+"/403/", "Accept-Encoding", "gzip")
	if other := squashed.Header.Get("ETag"); other == tag {
		t.Errorf("the gzip form has the tag of the plain one: %s", other)
	}
}

func TestContentCoding(t *testing.T) {
	url, s, _ := start(t)
	if err := s.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, plain := request(t, "GET", url+"/403/")
	for _, c := range []struct{ accept, coding string }{
		{"gzip, deflate, br, zstd", "br"},
		{"gzip", "gzip"},
		{"br;q=0, gzip;q=0.5", "gzip"},
		{"*", "br"},
		{"br;q=0, *", "gzip"},
		{"gzip;q=0.0", ""},
		{"identity", ""},
		{"GZIP", "gzip"},
	} {
		res, body := request(t, "GET", url+"/403/", "Accept-Encoding", c.accept)
		if got := res.Header.Get("Content-Encoding"); got != c.coding {
			t.Errorf("%s: %q, not %q", c.accept, got, c.coding)
			continue
		}
		if res.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: no Vary", c.accept)
		}
		var r io.Reader = strings.NewReader(body)
		switch c.coding {
		case "br":
			r = brotli.NewReader(r)
		case "gzip":
			z, err := gzip.NewReader(r)
			if err != nil {
				t.Fatal(err)
			}
			r = z
		}
		if data, err := io.ReadAll(r); err != nil || string(data) != plain {
			t.Errorf("%s: decoded to %d bytes, not %d: %v", c.accept, len(data), len(plain), err)
		}
	}
}

// TestLiveReload follows the events through a change, a failure and a repair.
func TestLiveReload(t *testing.T) {
	url, s, set := start(t)
	set(nil, errors.New("content/codes/403.yaml:1:1: broken <b>"))
	if s.Rebuild(t.Context()) == nil {
		t.Fatal("a failed build is no error")
	}
	res, body := request(t, "GET", url+"/403/")
	if res.StatusCode != 503 || !strings.Contains(body, "broken &lt;b&gt;") || !strings.Contains(body, scriptPath) {
		t.Errorf("before any good build: %d %s", res.StatusCode, body)
	}
	events := listen(t, url)
	expect := func(version int, problem string) {
		t.Helper()
		select {
		case m := <-events:
			if m.Version != version || m.Problem != problem {
				t.Errorf("event %+v, not version %d with problem %q", m, version, problem)
			}
		case <-time.After(5 * time.Second):
			t.Fatal("no event came")
		}
	}
	rebuild := func(f []site.File, err error) {
		set(f, err)
		_ = s.Rebuild(t.Context())
	}
	expect(0, "content/codes/403.yaml:1:1: broken <b>")
	rebuild(files("one"), nil)
	expect(1, "")
	rebuild(nil, errors.New("oops"))
	expect(1, "oops")
	if res, body := request(t, "GET", url+"/403/"); res.StatusCode != 200 || !strings.Contains(body, "403 one") {
		t.Errorf("the last good build is gone: %d %s", res.StatusCode, body)
	}
	rebuild(files("two"), nil)
	expect(2, "")
	if _, body := request(t, "GET", url+"/403/"); !strings.Contains(body, "403 two") || !strings.Contains(body, "version=2") {
		t.Errorf("not the new build: %s", body)
	}
}

func listen(t *testing.T, url string) <-chan message {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), "GET", url+eventsPath, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	out := make(chan message, 8)
	go func() {
		defer res.Body.Close()
		lines := bufio.NewScanner(res.Body)
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				var m message
				if json.Unmarshal([]byte(data), &m) == nil {
					out <- m
				}
			}
		}
	}()
	return out
}

// TestSlowClient holds connections open without finishing a request; others are answered all the same.
func TestSlowClient(t *testing.T) {
	url, s, _ := start(t)
	if err := s.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range 20 {
		c, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if _, err := c.Write([]byte("GET / HTTP/1.1\r\nHost: ")); err != nil {
			t.Fatal(err)
		}
	}
	if res, _ := request(t, "GET", url+"/"); res.StatusCode != 200 {
		t.Error(res.StatusCode)
	}
}

func TestAddressInUse(t *testing.T) {
	l, err := Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, err = Listen(t.Context(), l.Addr().String())
	if err == nil || !strings.Contains(err.Error(), "is in use by another program\n  hint: ") {
		t.Errorf("%v", err)
	}
}

// TestWatch changes, adds and replaces files the way editors do.
func TestWatch(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("a.yaml", "1")
	changes := make(chan struct{}, 16)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- Watch(ctx, []string{folder}, func() { changes <- struct{}{} }) }()
	time.Sleep(100 * time.Millisecond)
	wait := func(what string, want bool) {
		t.Helper()
		limit := 5 * time.Second
		if !want {
			limit = 400 * time.Millisecond
		}
		select {
		case <-changes:
			if !want {
				t.Errorf("%s was noticed", what)
			}
		case <-time.After(limit):
			if want {
				t.Errorf("%s was not noticed", what)
			}
		}
	}
	write("a.yaml", "2")
	wait("a changed file", true)
	write(".a.yaml.swp", "x")
	wait("an editor's file", false)
	if err := os.Mkdir(filepath.Join(folder, "new"), 0o700); err != nil {
		t.Fatal(err)
	}
	wait("a new folder", true)
	write("new/b.yaml", "1")
	wait("a file in a new folder", true)
	write("b.tmp", "3")
	if err := os.Rename(filepath.Join(folder, "b.tmp"), filepath.Join(folder, "a.yaml")); err != nil {
		t.Fatal(err)
	}
	wait("a replaced file", true)
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestStaticHasNoLiveReload(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: Static(files("one")), ReadHeaderTimeout: time.Second}
	go func() { _ = server.Serve(l) }()
	defer server.Close()
	_, body := request(t, "GET", "http://"+l.Addr().String()+"/403/")
	if bytes.Contains([]byte(body), []byte(scriptPath)) {
		t.Error("a static site listens for changes")
	}
}
