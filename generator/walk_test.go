package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"httpstatus/generator/audit"
	"httpstatus/generator/site"
)

// realFiles builds the project's own content the way the commands do.
func realFiles(t testing.TB, host, baseURL string) []site.File {
	t.Helper()
	p := newProject("test", io.Discard, io.Discard)
	p.content, p.templates, p.cache = filepath.Join("..", "content"), filepath.Join("..", "templates"), "off"
	p.host, p.baseURL = host, baseURL
	files, err := p.files(context.Background())
	if err != nil {
		var out bytes.Buffer
		p.stderr = &out
		p.report(err)
		t.Fatal(out.String())
	}
	return files
}

// TestEveryBuiltPage walks all pages, links and fragments, for each way in which the site can be hosted.
func TestEveryBuiltPage(t *testing.T) {
	for _, c := range []struct {
		host, baseURL string
		options       audit.Options
	}{
		{"", "", audit.Options{}},
		{"", "https://example.org/sub/path/", audit.Options{Base: "/sub/path/"}},
		{"file", "", audit.Options{Index: true}},
	} {
		files := realFiles(t, c.host, c.baseURL)
		if len(files) < 50 {
			t.Fatalf("only %d files were built", len(files))
		}
		for _, f := range audit.Files(files, c.options) {
			t.Errorf("host %q, base %q: %s", c.host, c.baseURL, f)
		}
	}
}

// TestContentsListEverySection compares the table of contents of each code's page with its headings.
func TestContentsListEverySection(t *testing.T) {
	compared := 0
	for _, f := range realFiles(t, "", "") {
		if !codePage(f.Path) || f.Path == "/index.html" {
			continue
		}
		doc, err := html.Parse(bytes.NewReader(f.Data))
		if err != nil {
			t.Fatal(err)
		}
		var headings, entries []string
		for n := range doc.Descendants() {
			switch {
			case n.DataAtom == atom.H2:
				headings = append(headings, "#"+attribute(n, "id"))
			case n.DataAtom == atom.A && attribute(n.Parent, "class") == "toc":
				entries = append(entries, attribute(n, "href"))
			}
		}
		if !slices.Equal(headings, entries) || len(headings) < 8 {
			t.Errorf("%s: headings %v, contents %v", f.Path, headings, entries)
		}
		compared++
	}
	if compared < 14 {
		t.Errorf("only %d pages compared", compared)
	}
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// TestAuditFindsWhatItLooksFor breaks a page in each way that the walk has to notice.
func TestAuditFindsWhatItLooksFor(t *testing.T) {
	const good = `<!doctype html><html lang="en"><title>T</title><main><h1 id="a">H</h1><a href="#a">up</a><a href="sub/">sub</a></main>`
	for _, c := range []struct{ old, new, want string }{
		{`href="#a"`, `href="#b"`, `/index.html: link "#b": no element has the id "b" there`},
		{`href="sub/"`, `href="gone/"`, `link "gone/" leads nowhere`},
		{`href="sub/"`, `href="sub"`, `link "sub" leads nowhere; it lacks the slash at the end`},
		{`href="sub/"`, `href="sub/index.html"`, `names index.html`},
		{`<h1 id="a">H</h1>`, `<h1 id="a">H</h1><h1>I</h1>`, `2 h1 elements, not one`},
		{`<title>T</title>`, ``, `0 title elements, not one`},
		{` lang="en"`, ``, `html element without lang`},
		{`>up<`, `><b id="a">up</b><`, `id "a" stands twice`},
		{`>up<`, `>{{.Up}}<`, `"{{" in the text`},
		{`>up<`, `>%!s(MISSING)<`, `"%!" in the text`},
		{`>up<`, `>&amp;lt;up<`, `"&lt;" in the text`},
		{`>up<`, `>[^source]<`, `"[^" in the text`},
		{`href="#a"`, `href="#a" style="color:red"`, `style attribute on a`},
		{`href="#a"`, `href="#a" onclick="x()"`, `event attribute onclick on a`},
		{`href="#a"`, `href="javascript:x()"`, `unusual scheme`},
		{`<a href="sub/">sub</a>`, ``, `/sub/index.html: no page links here`},
	} {
		page := strings.Replace(good, c.old, c.new, 1)
		if page == good {
			t.Fatalf("%q does not stand in the page", c.old)
		}
		found := audit.Files([]site.File{
			{Path: "/index.html", Data: []byte(page)},
			{Path: "/sub/index.html", Data: []byte(`<!doctype html><html lang="en"><title>S</title><main><h1>S</h1><a href="../">home</a></main>`)},
		}, audit.Options{})
		if len(found) == 0 || !strings.Contains(found[0].String(), c.want) {
			t.Errorf("%s in place of %s: found %v, not %q", c.new, c.old, found, c.want)
		}
	}
	if found := audit.Files([]site.File{{Path: "/index.html", Data: []byte(strings.Replace(good, `<a href="sub/">sub</a>`, "", 1))}}, audit.Options{}); len(found) > 0 {
		t.Errorf("the good page: %v", found)
	}
}

// TestCodesJSON reads the data file as its users do.
func TestCodesJSON(t *testing.T) {
	files := map[string][]byte{}
	for _, f := range realFiles(t, "", "https://example.org/status/") {
		files[f.Path] = f.Data
	}
	var codes []struct {
		Code    int    `json:"code"`
		Name    string `json:"name"`
		Class   string `json:"class"`
		Kind    string `json:"kind"`
		Summary string `json:"summary"`
		URL     string `json:"url"`
		Specs   []struct {
			RFC     int    `json:"rfc"`
			Section string `json:"section"`
		} `json:"specs"`
		Facts struct {
			Acts, Retry, Cacheable, Body string
		} `json:"facts"`
	}
	if err := json.Unmarshal(files["/codes.json"], &codes); err != nil {
		t.Fatal(err)
	}
	if len(codes) < 14 {
		t.Fatalf("%d codes", len(codes))
	}
	for _, c := range codes {
		path := strings.TrimPrefix(c.URL, "https://example.org/status")
		if _, ok := files[path+"index.html"]; !ok {
			t.Errorf("%d: url %s has no page", c.Code, c.URL)
		}
		if c.Name == "" || c.Kind == "" || c.Summary == "" || c.Facts.Acts == "" || c.Facts.Retry == "" || c.Facts.Cacheable == "" || c.Facts.Body == "" {
			t.Errorf("%d: incomplete: %+v", c.Code, c)
		}
		if c.Kind == "standard" && len(c.Specs) == 0 {
			t.Errorf("%d: a standard code without specs", c.Code)
		}
		if strings.ContainsAny(c.Summary, "`[") {
			t.Errorf("%d: markup in the summary: %s", c.Code, c.Summary)
		}
	}
}
