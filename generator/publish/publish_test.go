package publish

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// modes are the two ways to publish; most tests hold for both.
var modes = map[string]system{"exchange": {exchange, noFlush}, "in place": {noExchange, noFlush}}

func noExchange(a, b string) error { return errNoExchange }

func noFlush(string, []string) error { return nil } // which would take most of the tests' time

func eachMode(t *testing.T, test func(t *testing.T, dir string, publish func(...File) (Result, error))) {
	for name, mode := range modes {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			test(t, dir, func(files ...File) (Result, error) {
				return publish(context.Background(), dir, files, mode)
			})
		})
	}
}

func file(path, data string) File { return File{path, []byte(data)} }

// contents returns the files of a folder, the manifest left out, and fails unless the manifest is right.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	got := map[string]string{}
	var files []File
	var manifest []byte
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(p)
		name, _ := filepath.Rel(dir, p)
		switch name = filepath.ToSlash(name); name {
		case Manifest:
			manifest = data
		case gitignore:
			got[name] = string(data)
		default:
			got[name] = string(data)
			files = append(files, File{name, data})
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	w, err := newWanted(files)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(manifest, w.manifest) {
		t.Errorf("manifest\n%s\nwant\n%s", manifest, w.manifest)
	}
	return got
}

func wantContents(t *testing.T, dir string, want ...File) {
	t.Helper()
	m := map[string]string{}
	for _, f := range want {
		m[f.Path] = string(f.Data)
	}
	if got := contents(t, dir); !maps.Equal(got, m) {
		t.Errorf("got %v\nwant %v", got, m)
	}
	if leftovers := names(t, filepath.Dir(dir)); !slices.Equal(leftovers, []string{filepath.Base(dir)}) {
		t.Errorf("beside the folder: %v", leftovers)
	}
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestPublish(t *testing.T) {
	eachMode(t, func(t *testing.T, dir string, publish func(...File) (Result, error)) {
		steps := []struct {
			name  string
			files []File
			want  Result
		}{
			{"new", []File{file("index.html", "a"), file("403/index.html", "b"), file("403.json", "c")}, Result{3, 0, 0}},
			{"same", []File{file("403.json", "c"), file("index.html", "a"), file("403/index.html", "b")}, Result{0, 3, 0}},
			{"changed, same size", []File{file("index.html", "x"), file("403/index.html", "b"), file("403.json", "c")}, Result{1, 2, 0}},
			{"changed size", []File{file("index.html", "longer"), file("403/index.html", "b"), file("403.json", "c")}, Result{1, 2, 0}},
			{"added and removed", []File{file("index.html", "longer"), file("a/b/c/d.css", "d")}, Result{1, 1, 2}},
			{"folder becomes file", []File{file("a/b", "e")}, Result{1, 0, 2}},
			{"file becomes folder", []File{file("a/b/c", "f"), file("a/b/d", "g")}, Result{2, 0, 1}},
			{"case changes", []File{file("a/b/C", "f"), file("a/b/d", "g")}, Result{1, 1, 1}},
			{"case of a folder changes", []File{file("A/b/C", "f"), file("A/b/d", "g")}, Result{2, 0, 2}},
			{"empty file", []File{file("A/b/C", ""), file("with space & ü.txt", "")}, Result{2, 0, 1}},
			{"nothing", nil, Result{0, 0, 2}},
			{"still nothing", nil, Result{}},
			{"again", []File{file("index.html", "a")}, Result{1, 0, 0}},
		}
		for _, s := range steps {
			got, err := publish(s.files...)
			if err != nil || got != s.want {
				t.Fatalf("%s: %+v, %v; want %+v", s.name, got, err, s.want)
			}
			wantContents(t, dir, s.files...)
		}
	})
}

func TestFoldersThatEmptyAreRemoved(t *testing.T) {
	eachMode(t, func(t *testing.T, dir string, publish func(...File) (Result, error)) {
		_, err := publish(file("a/b/c", "1"), file("a/d", "2"))
		must(t, err)
		_, err = publish(file("a/d", "2"))
		must(t, err)
		if got := names(t, filepath.Join(dir, "a")); !slices.Equal(got, []string{"d"}) {
			t.Errorf("left in a: %v", got)
		}
	})
}

// snapshot lists everything in a folder with inode and time.
func snapshot(t *testing.T, dir string) map[string]os.FileInfo {
	t.Helper()
	m := map[string]os.FileInfo{}
	must(t, filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		m[p], err = d.Info()
		return err
	}))
	return m
}

func sameInfo(a, b os.FileInfo) bool {
	return os.SameFile(a, b) && a.ModTime().Equal(b.ModTime()) && a.Mode() == b.Mode()
}

func TestNothingIsTouchedWhenNothingChanged(t *testing.T) {
	eachMode(t, func(t *testing.T, dir string, publish func(...File) (Result, error)) {
		files := []File{file("index.html", "a"), file("403/index.html", "b")}
		_, err := publish(files...)
		must(t, err)
		before := snapshot(t, filepath.Dir(dir))
		time.Sleep(20 * time.Millisecond)
		r, err := publish(files...)
		if err != nil || r != (Result{Unchanged: 2}) {
			t.Fatal(r, err)
		}
		after := snapshot(t, filepath.Dir(dir))
		if len(before) != len(after) {
			t.Errorf("%d paths, then %d", len(before), len(after))
		}
		for p, info := range before {
			if !sameInfo(info, after[p]) {
				t.Errorf("%s was touched", p)
			}
		}
	})
}

func TestUnchangedFilesStayTheSameFile(t *testing.T) {
	eachMode(t, func(t *testing.T, dir string, publish func(...File) (Result, error)) {
		must(t, os.Mkdir(dir, 0o755))
		must(t, os.WriteFile(filepath.Join(dir, gitignore), []byte("*\n"), 0o600))
		_, err := publish(file("a.html", "1"), file("b/c.css", "2"))
		must(t, err)
		before := snapshot(t, dir)
		time.Sleep(20 * time.Millisecond)
		_, err = publish(file("a.html", "changed"), file("b/c.css", "2"), file("b/new", "3"))
		must(t, err)
		after := snapshot(t, dir)
		for _, name := range []string{"b/c.css", gitignore} {
			if p := local(dir, name); !sameInfo(before[p], after[p]) {
				t.Errorf("%s was touched", name)
			}
		}
		if p := local(dir, "a.html"); os.SameFile(before[p], after[p]) {
			t.Error("a.html was written in place")
		}
		wantContents(t, dir, file(gitignore, "*\n"), file("a.html", "changed"), file("b/c.css", "2"), file("b/new", "3"))
	})
}

func TestFilesThatSomebodyChangedAreWrittenAgain(t *testing.T) {
	eachMode(t, func(t *testing.T, dir string, publish func(...File) (Result, error)) {
		files := []File{file("a", "1"), file("b", "2"), file("c", "3"), file("d", "4")}
		_, err := publish(files...)
		must(t, err)
		outside := filepath.Join(t.TempDir(), "outside")
		must(t, os.WriteFile(outside, []byte("mine"), 0o644))
		must(t, os.WriteFile(local(dir, "a"), []byte("edited"), 0o644))
		must(t, os.Remove(local(dir, "b")))
		must(t, os.Remove(local(dir, "c")))
		if err := os.Symlink(outside, local(dir, "c")); err != nil {
			t.Skip(err)
		}
		must(t, os.WriteFile(local(dir, finderFile), []byte("icons"), 0o644))
		r, err := publish(files...)
		if err != nil || r != (Result{Written: 3, Unchanged: 1}) {
			t.Errorf("%+v, %v", r, err)
		}
		_ = os.Remove(local(dir, finderFile)) // a run in place leaves it
		wantContents(t, dir, files...)
		if data, _ := os.ReadFile(outside); string(data) != "mine" {
			t.Errorf("the target of the link now holds %q", data)
		}
	})
}

func TestLeftoversAreCleaned(t *testing.T) {
	eachMode(t, func(t *testing.T, dir string, publish func(...File) (Result, error)) {
		files := []File{file("a", "1")}
		_, err := publish(files...)
		must(t, err)
		must(t, os.MkdirAll(filepath.Join(stagePath(dir), siteDir, "x"), 0o755))
		must(t, os.Mkdir(filepath.Join(dir, workDir), 0o755))
		must(t, os.WriteFile(filepath.Join(dir, workDir, "0.tmp"), nil, 0o644))
		r, err := publish(files...)
		if err != nil || r != (Result{Unchanged: 1}) {
			t.Errorf("%+v, %v", r, err)
		}
		wantContents(t, dir, files...)
	})
}

func TestSymbolicLinksAreFollowed(t *testing.T) {
	for _, exists := range []bool{true, false} {
		eachMode(t, func(t *testing.T, dir string, publish func(...File) (Result, error)) {
			real := filepath.Join(t.TempDir(), "below", "real")
			if exists {
				must(t, os.MkdirAll(real, 0o755))
			}
			if err := os.Symlink(real, dir); err != nil {
				t.Skip(err)
			}
			for _, f := range []File{file("a", "1"), file("a", "2")} {
				_, err := publish(f)
				must(t, err)
				wantContents(t, real, f)
			}
			if info, err := os.Lstat(dir); err != nil || info.Mode()&os.ModeSymlink == 0 {
				t.Error("the link was replaced", err)
			}
			if got := names(t, filepath.Dir(dir)); len(got) != 1 {
				t.Errorf("beside the link: %v", got)
			}
		})
	}
}

func TestRelativePath(t *testing.T) {
	top := t.TempDir()
	t.Chdir(top)
	_, err := Publish(context.Background(), "a/b/public", []File{file("x", "1")})
	must(t, err)
	t.Chdir("a/b/public")
	_, err = Publish(context.Background(), ".", []File{file("x", "2")})
	must(t, err)
	wantContents(t, filepath.Join(top, "a/b/public"), file("x", "2"))
}

// versions returns two versions of a site with n pages, of which each has files that the other has not, and
// whose common files differ in their first byte.
func versions(n int) (a, b []File) {
	for i := range n {
		page := fmt.Sprintf("%d/index.html", 400+i)
		a = append(a, file(page, "A page "+strings.Repeat("a", i*100)))
		b = append(b, file(page, "B page "+strings.Repeat("b", i*90)))
	}
	same := file("assets/same.css", "same")
	a = append(a, same, file("assets/a.js", "A"), file("kind", "A"), file("only/a/deep/file", "A"))
	b = append(b, same, file("assets/b.js", "B"), file("kind/of/b", "B"), file("only/b", "B"))
	return a, b
}

func asMap(files []File) map[string]string {
	m := map[string]string{}
	for _, f := range files {
		m[f.Path] = string(f.Data)
	}
	return m
}
