package content_test

import (
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

func TestBaseTreeIsFine(t *testing.T) {
	m, problems := content.Load(baseTree(t), "content")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if len(m.Codes) != 2 || m.Codes[0].Code != 410 || m.Codes[1].Code != 444 {
		t.Errorf("codes: %v", m.Codes)
	}
}
