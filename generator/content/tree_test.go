package content_test

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
)

// baseTree returns the small content tree of testdata/base, which has no problems.
func baseTree(t testing.TB) fstest.MapFS {
	t.Helper()
	tree := fstest.MapFS{}
	base := os.DirFS("testdata/base")
	err := fs.WalkDir(base, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(base, name)
		tree[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// change lays the files of an archive over a tree. A file name alone replaces the file; "edit NAME" holds
// blocks of lines that begin with "-" and are there exactly once, and of lines that begin with "+" and
// replace them (at the end of the file, if nothing is replaced); "delete NAME" removes the file.
func change(tree fstest.MapFS, files []txtar.File) (fstest.MapFS, error) {
	tree = maps.Clone(tree)
	for _, f := range files {
		how, name, ok := strings.Cut(f.Name, " ")
		if !ok || how != "edit" && how != "delete" {
			tree[f.Name] = &fstest.MapFile{Data: f.Data}
			continue
		}
		if tree[name] == nil {
			return nil, fmt.Errorf("%s: no such file", f.Name)
		}
		if how == "delete" {
			delete(tree, name)
			continue
		}
		text, err := edit(string(tree[name].Data), string(f.Data))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		tree[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return tree, nil
}

func edit(text, changes string) (string, error) {
	var before, after strings.Builder
	apply := func() error {
		defer before.Reset()
		defer after.Reset()
		switch {
		case before.Len() == 0:
			text += after.String()
		case strings.Count(text, before.String()) != 1:
			return fmt.Errorf("%q is there %d times", before.String(), strings.Count(text, before.String()))
		default:
			text = strings.Replace(text, before.String(), after.String(), 1)
		}
		return nil
	}
	for line := range strings.Lines(changes) {
		if line[0] != '+' && after.Len() > 0 {
			if err := apply(); err != nil {
				return "", err
			}
		}
		switch line[0] {
		case '-':
			before.WriteString(line[1:])
		case '+':
			after.WriteString(line[1:])
		case '\n':
			if before.Len() > 0 {
				if err := apply(); err != nil {
					return "", err
				}
			}
		default:
			return "", fmt.Errorf("line %q begins with neither - nor +", line)
		}
	}
	return text, apply()
}

// cases runs a test for every archive in a folder of testdata.
func cases(t *testing.T, folder string, run func(t *testing.T, file string, a *txtar.Archive)) {
	files, err := filepath.Glob("testdata/" + folder + "/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases in testdata/%s: %v", folder, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			run(t, file, a)
		})
	}
}
