package render

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/jba/templatecheck"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"httpstatus/generator/content"
	"httpstatus/generator/site"
)

// realSite is the site of the project's own content.
func realSite(t testing.TB) *site.Site {
	t.Helper()
	m, problems := content.Load(os.DirFS(filepath.Join("..", "..", "content")), "content")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	s, err := site.Build(m, "https://example.org/status/")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func newRenderer(t testing.TB, o Options) *Renderer {
	t.Helper()
	r, err := New(os.DirFS(filepath.Join("..", "..", "templates")), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func rendered(t testing.TB, s *site.Site, o Options) []site.File {
	t.Helper()
	files, err := newRenderer(t, o).Render(s)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestTemplatesFitTheirTypes checks every field and method that a template names, on paths that no page takes too.
func TestTemplatesFitTheirTypes(t *testing.T) {
	templates := newRenderer(t, Options{}).templates
	for _, c := range []struct {
		name string
		view any
	}{
		{"home.html", View[*site.HomePage]{}},
		{"codes.html", View[*site.CodeListPage]{}},
		{"fields.html", View[*site.FieldListPage]{}},
		{"about.html", View[*site.AboutPage]{}},
		{"404.html", View[*site.NotFoundPage]{}},
		{"class.html", View[*site.ClassPage]{}},
		{"code.html", View[*site.CodePage]{}},
		{"field.html", View[*site.HeaderPage]{}},
	} {
		tmpl := templates.Lookup(c.name)
		if tmpl == nil {
			t.Errorf("no template %s", c.name)
			continue
		}
		if err := templatecheck.CheckHTML(tmpl, c.view); err != nil {
			t.Error(err)
		}
	}
}

// TestMinifyingKeepsTheText compares what a reader sees of every page before and after: the same words with spaces in the
// same places, and code to the letter.
func TestMinifyingKeepsTheText(t *testing.T) {
	s := realSite(t)
	plain := rendered(t, s, Options{Plain: true})
	small := rendered(t, s, Options{})
	compared := 0
	for i := range plain {
		if !strings.HasSuffix(plain[i].Path, ".html") {
			continue
		}
		before, after := visible(t, plain[i].Data), visible(t, small[i].Data)
		if before != after {
			at := 0
			for at < min(len(before), len(after)) && before[at] == after[at] {
				at++
			}
			t.Errorf("%s: %q became %q", plain[i].Path, around(before, at), around(after, at))
		}
		compared++
	}
	if compared < 20 {
		t.Errorf("only %d pages compared", compared)
	}
}

func around(s string, at int) string { return s[max(0, at-40):min(len(s), at+40)] }

// visible is the text of a page as a browser lays it out: white space collapsed, but kept in pre; a line break at block elements.
func visible(t *testing.T, page []byte) string {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	var walk func(n *html.Node, verbatim bool)
	walk = func(n *html.Node, verbatim bool) {
		if n.Type == html.TextNode {
			if verbatim {
				out.WriteString(n.Data)
			} else {
				out.WriteString(strings.Map(func(r rune) rune {
					if r == '\n' || r == '\t' {
						return ' '
					}
					return r
				}, n.Data))
			}
			return
		}
		block := false
		if n.Type == html.ElementNode {
			switch n.DataAtom {
			case atom.Script, atom.Style:
				return
			case atom.Pre:
				verbatim = true
			}
			block = !slices.Contains([]atom.Atom{atom.A, atom.B, atom.I, atom.S, atom.Code, atom.Span, atom.Small, atom.Em, atom.Strong, atom.Kbd, atom.Time, atom.Button, atom.Input}, n.DataAtom)
		}
		if block {
			out.WriteByte('\x00')
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, verbatim)
		}
		if block {
			out.WriteByte('\x00')
		}
	}
	walk(doc, false)
	var lines []string
	for _, line := range strings.Split(out.String(), "\x00") {
		if strings.Contains(line, "\n") { // from pre
			lines = append(lines, strings.TrimSpace(line))
		} else if words := strings.Join(strings.Fields(line), " "); words != "" {
			lines = append(lines, words)
		}
	}
	return strings.Join(lines, "\n")
}

// TestSameInputSameBytes renders with one processor and with several, with a cold and a warm cache.
func TestSameInputSameBytes(t *testing.T) {
	s := realSite(t)
	cache := NewHighlightCache(nil)
	first := rendered(t, s, Options{Highlights: cache})
	known, _ := cache.Used()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	for name, files := range map[string][]site.File{
		"one processor, cold cache": rendered(t, s, Options{}),
		"one processor, warm cache": rendered(t, realSite(t), Options{Highlights: NewHighlightCache(known)}),
	} {
		if len(files) != len(first) {
			t.Fatalf("%s: %d files, not %d", name, len(files), len(first))
		}
		for i := range files {
			if files[i].Path != first[i].Path || !bytes.Equal(files[i].Data, first[i].Data) {
				t.Errorf("%s: %s differs", name, first[i].Path)
			}
		}
	}
}

func TestHref(t *testing.T) {
	for _, c := range []struct {
		from, to, base string
		index          bool
		want           string
	}{
		{from: "/", to: "/", want: "./"},
		{from: "/", to: "/403/", want: "403/"},
		{from: "/403/", to: "/404/", want: "../404/"},
		{from: "/403/", to: "/", want: "../"},
		{from: "/403/", to: "/403/#faq", want: "#faq"},
		{from: "/403/", to: "/403.json", want: "../403.json"},
		{from: "/403/", to: "/headers/retry-after/#syntax", want: "../headers/retry-after/#syntax"},
		{from: "/headers/retry-after/", to: "/headers/date/", want: "../date/"},
		{from: "/headers/retry-after/", to: "/headers/", want: "../"},
		{from: "/headers/", to: "/headers/", want: "./"},
		{from: "/403/", to: "/404/", index: true, want: "../404/index.html"},
		{from: "/403/", to: "/", index: true, want: "../index.html"},
		{from: "/404.html", to: "/403/", base: "/status/", want: "/status/403/"},
		{from: "/404.html", to: "/403/", want: "403/"},
	} {
		if got := (linker{from: c.from, index: c.index, base: c.base}).href(c.to); got != c.want {
			t.Errorf("from %s to %s (index %v, base %q): %s, not %s", c.from, c.to, c.index, c.base, got, c.want)
		}
	}
}

// BenchmarkRender measures the two sides of the highlight cache.
func BenchmarkRender(b *testing.B) {
	s := realSite(b)
	cache := NewHighlightCache(nil)
	rendered(b, s, Options{Highlights: cache})
	known, _ := cache.Used()
	for _, c := range []struct {
		name    string
		options func() Options
	}{
		{"cold", func() Options { return Options{} }},
		{"warm", func() Options { return Options{Highlights: NewHighlightCache(known)} }},
		{"warm,unminified", func() Options { return Options{Highlights: NewHighlightCache(known), Plain: true} }},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				rendered(b, s, c.options())
			}
		})
	}
}

func ExampleRenderer_Render() {
	// A page that a template cannot render is named with the template's error.
	_, err := New(os.DirFS("testdata/none"), Options{})
	fmt.Println(err)
	// Output: no *.html in the templates folder
}
