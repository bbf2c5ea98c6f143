package content_test

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"httpstatus/generator/content"
)

// FuzzLoad puts any text in the place of one good file: Load must neither fail nor report a place that does
// not exist.
func FuzzLoad(f *testing.F) {
	base := baseTree(f)
	names := slices.Sorted(maps.Keys(base))
	seed := func(tree fstest.MapFS) {
		for i, name := range names {
			if tree[name] != nil {
				f.Add(uint8(i), tree[name].Data)
			}
		}
	}
	seed(base)
	files, _ := filepath.Glob("testdata/problems/*.txtar")
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		tree, err := change(base, a.Files[:len(a.Files)-1])
		if err != nil {
			f.Fatal(err)
		}
		maps.DeleteFunc(tree, func(name string, file *fstest.MapFile) bool { return file == base[name] })
		seed(tree)
	}
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		name := names[int(which)%len(names)]
		tree := maps.Clone(base)
		tree[name] = &fstest.MapFile{Data: data}
		_, problems := content.Load(tree, "content")
		lines := 1 + strings.Count(string(data), "\n")
		for _, p := range problems {
			if p.File == "content/"+name && (p.Line > lines || p.Line > 0 && p.Column < 1 || p.Message == "") {
				t.Errorf("%s, but the file has %d lines", p, lines)
			}
		}
		if text := problems.Error(); !strings.Contains(text, "problem") {
			t.Errorf("printed %q", text)
		}
	})
}
