package content_test

import (
	"bytes"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"httpstatus/generator/content"
)

var update = flag.Bool("update", false, "write what Load reports into the cases of testdata/problems")

// Each case of testdata/problems changes the tree of testdata/base, and its file "problems" holds exactly
// what is printed then.
func TestProblems(t *testing.T) {
	base := baseTree(t)
	cases(t, "problems", func(t *testing.T, file string, a *txtar.Archive) {
		golden := slices.IndexFunc(a.Files, func(f txtar.File) bool { return f.Name == "problems" })
		if golden < 0 {
			a.Files = append(a.Files, txtar.File{Name: "problems"})
			golden = len(a.Files) - 1
		}
		tree, err := change(base, a.Files[:golden])
		if err != nil {
			t.Fatal(err)
		}
		_, problems := content.Load(tree, "content")
		var printed strings.Builder
		if err := problems.Print(&printed); err != nil {
			t.Fatal(err)
		}
		if *update {
			a.Files[golden].Data = []byte(printed.String())
			if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
				t.Fatal(err)
			}
			return
		}
		if diff := cmp.Diff(string(a.Files[golden].Data), printed.String()); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	})
}

func TestModel(t *testing.T) {
	m, problems := content.Load(baseTree(t), "content")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	got := map[string]any{
		"codes":      []int{m.Codes[0].Code, m.Codes[1].Code},
		"headers":    []string{m.Headers[0].Field.S, m.Headers[1].Field.S},
		"frameworks": []string{m.Frameworks[0].ID, m.Frameworks[1].ID},
		"file":       m.Codes[0].File,
		"text":       m.Codes[0].Summary,
		"response":   m.Codes[0].Examples[1].Exchanges[0].Response,
		"source":     m.Codes[0].Sources[0],
		"section":    m.RFC(9110).Sections[7],
		"claims":     m.Codes[0].Meaning.Guarantees,
		"about":      m.About.Body,
	}
	want := map[string]any{
		"codes":      []int{410, 444},
		"headers":    []string{"Cache-Control", "Retry-After"},
		"frameworks": []string{"django", "express"},
		"file":       "codes/410.yaml",
		"text":       content.Text{S: "It was here and will not come back. Remove your links to it.", Pos: content.Pos{Line: 7, Column: 10}},
		"response":   content.Plain{S: "HTTP/1.1 204 No Content\n", Pos: content.Pos{Line: 109, Column: 19}},
		"source": content.Source{
			ID:    "nginx-return",
			Title: content.Plain{S: "Module ngx_http_rewrite_module", Pos: content.Pos{Line: 197, Column: 26}},
			URL:   content.Plain{S: "https://nginx.org/en/docs/http/ngx_http_rewrite_module.html", Pos: content.Pos{Line: 197, Column: 65}},
			Pos:   content.Pos{Line: 197, Column: 3},
		},
		"section": content.Section{Number: "B.3", Title: "Changes from RFC 7231"},
		"claims": []content.Claim{
			{
				Text: content.Text{S: "Somebody knows about it.", Pos: content.Pos{Line: 46, Column: 13}},
				Spec: &content.SpecRef{RFC: 9110, Section: content.Plain{S: "15.5.11", Pos: content.Pos{Line: 47, Column: 35}}, Pos: content.Pos{Line: 47, Column: 13}},
			},
			{Text: content.Text{S: "It was not an accident.", Pos: content.Pos{Line: 48, Column: 7}}},
		},
		"about": content.Markdown{
			S:   "Every claim has a source, and every number has one page: [410] is the example here.",
			Pos: content.Pos{Line: 6, Column: 1},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestLookups(t *testing.T) {
	m, _ := content.Load(baseTree(t), "content")
	if c := m.CodeByNumber(444); c == nil || c.Name.S != "No Response" {
		t.Errorf("CodeByNumber(444) = %v", c)
	}
	if h := m.HeaderByName("retry-AFTER"); h == nil || h.Field.S != "Retry-After" {
		t.Errorf("HeaderByName(retry-AFTER) = %v", h)
	}
	if c := m.ClassByID("4xx"); c == nil || c.Name.S != "Client Error" {
		t.Errorf("ClassByID(4xx) = %v", c)
	}
	if f, c := m.Framework("django"), m.Client("curl"); f == nil || c == nil || f.Name.S != "Django" || c.Name.S != "curl" {
		t.Errorf("Framework(django) = %v, Client(curl) = %v", f, c)
	}
	if r, ok := m.Registered(499); !ok || r.State != content.Vendor {
		t.Errorf("Registered(499) = %v, %v", r, ok)
	}
	_, registered := m.Registered(599)
	if m.CodeByNumber(599) != nil || m.HeaderByName("Age") != nil || m.ClassByID("6xx") != nil || m.Framework("") != nil || m.Client("x") != nil || m.RFC(1) != nil || registered {
		t.Error("something was found that does not exist")
	}
}

func TestLineEndingsOfWindows(t *testing.T) {
	tree := baseTree(t)
	for _, f := range tree {
		f.Data = []byte("\uFEFF" + strings.ReplaceAll(string(f.Data), "\n", "\r\n"))
	}
	m, problems := content.Load(tree, "content")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if got := m.Codes[0].Exchange.Request.S; strings.Contains(got, "\r") {
		t.Errorf("request %q", got)
	}
}

func TestSameProblemsWhateverTheOrder(t *testing.T) {
	tree := baseTree(t)
	for _, f := range tree {
		f.Data = bytes.ReplaceAll(f.Data, []byte("2026-11-22"), []byte("today"))
	}
	delete(tree, "registry.yaml")
	_, first := content.Load(tree, "content")
	for range 10 {
		if _, again := content.Load(tree, "content"); !slices.Equal(first, again) {
			t.Fatalf("%v\nand then\n%v", first, again)
		}
	}
}

func TestUnreadableFolder(t *testing.T) {
	_, problems := content.Load(os.DirFS("testdata/nothing"), "content")
	if len(problems) == 0 || problems[0].String() != "content: cannot be read: no such file or directory" {
		t.Errorf("%v", problems)
	}
}

func TestRealContent(t *testing.T) {
	if _, problems := content.Load(os.DirFS("../../content"), "content"); len(problems) > 0 {
		t.Error(problems)
	}
}

func BenchmarkLoad(b *testing.B) {
	fsys := os.DirFS("../../content")
	b.ReportAllocs()
	for b.Loop() {
		content.Load(fsys, "content")
	}
}
