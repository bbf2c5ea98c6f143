package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// modes are the two ways to publish; most tests hold for both.
var modes = map[string]swap{"exchange": exchange, "in place": noExchange}

func noExchange(a, b string) error { return errNoExchange }

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

func TestPathsAreChecked(t *testing.T) {
	tests := []struct {
		name  string
		files []File
		want  string
	}{
		{"empty", []File{file("", "")}, `"" is not a relative`},
		{"dot", []File{file(".", "")}, `"." is not a relative`},
		{"parent", []File{file("../a", "")}, `"../a" is not a relative`},
		{"parent inside", []File{file("a/../b", "")}, `"a/../b" is not a relative`},
		{"absolute", []File{file("/a", "")}, `"/a" is not a relative`},
		{"backslash", []File{file(`a\b`, "")}, `is not a relative`},
		{"slash at the end", []File{file("a/", "")}, `"a/" is not a relative`},
		{"two slashes", []File{file("a//b", "")}, `"a//b" is not a relative`},
		{"line feed", []File{file("a\nb", "")}, `"a\nb" is not a relative`},
		{"no UTF-8", []File{file("a\xff", "")}, `is not a relative`},
		{"manifest", []File{file(".manifest", "")}, `".manifest" is reserved`},
		{"manifest in capitals", []File{file(".MANIFEST", "")}, `".MANIFEST" is reserved`},
		{"gitignore", []File{file(".gitignore", "")}, `".gitignore" is reserved`},
		{"work folder", []File{file(".publish/0.tmp", "")}, `is reserved`},
		{"twice", []File{file("a", "1"), file("a", "1")}, `two files at "a"`},
		{"case of a file", []File{file("a/B", "1"), file("a/b", "1")}, `"a/B" and "a/b" differ only in case`},
		{"case of a folder", []File{file("A/b", "1"), file("a/c", "1")}, `"A" and "a" differ only in case`},
		{"case outside ASCII", []File{file("Ä", "1"), file("ä", "1")}, `differ only in case`},
		{"file and folder", []File{file("a", "1"), file("a/b", "1")}, `"a" is a file, and a folder for other files`},
		{"file and folder, apart", []File{file("a", "1"), file("a-b", "1"), file("a/b/c", "1")}, `"a" is a file, and a folder`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			_, err := Publish(context.Background(), dir, append(tt.files, file("good", "")))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
			if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
				t.Error("the folder was made")
			}
		})
	}
	if _, err := newWanted(slices.Repeat([]File{file("..", "")}, 30)); err == nil || strings.Count(err.Error(), "\n") != 10 || !strings.Contains(err.Error(), "20 more") {
		t.Errorf("errors are not bounded: %v", err)
	}
}

// refuse checks that publishing fails with these words and leaves everything as it was.
func refuse(t *testing.T, dir string, publish func(...File) (Result, error), want string) {
	t.Helper()
	before := snapshot(t, filepath.Dir(dir))
	_, err := publish(file("index.html", "new"))
	if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "\n  hint: ") {
		t.Errorf("error %v, want %q and a hint", err, want)
	}
	after := snapshot(t, filepath.Dir(dir))
	if len(before) != len(after) {
		t.Errorf("%d paths, then %d", len(before), len(after))
	}
	for p, info := range before {
		if now, ok := after[p]; !ok || !sameInfo(info, now) {
			t.Errorf("%s was touched", p)
		}
	}
}

func TestFoldersOfOthersAreRefused(t *testing.T) {
	write := func(dir string, names ...string) {
		for _, name := range names {
			must(t, os.MkdirAll(filepath.Dir(local(dir, name)), 0o755))
			must(t, os.WriteFile(local(dir, name), []byte("mine"), 0o644))
		}
	}
	tests := []struct {
		name    string
		prepare func(dir string)
		want    string
	}{
		{"a file", func(dir string) { write(dir, "thesis.tex") }, "has files (thesis.tex) and no .manifest"},
		{"files", func(dir string) { write(dir, "a", "b", "c", "d", "e") }, "(a, b, c and 2 more)"},
		{"an empty folder", func(dir string) { must(t, os.MkdirAll(filepath.Join(dir, "src"), 0o755)) }, "has files (src/)"},
		{".gitignore and more", func(dir string) { write(dir, ".gitignore", "a") }, "has files (a)"},
		{"a folder called .publish", func(dir string) { write(dir, ".publish/letter.txt") }, "has files (.publish/)"},
		{"a manifest of something else", func(dir string) { write(dir, Manifest) }, "is not a manifest of this program: first line"},
		{"a manifest that was edited", func(dir string) {
			write(dir, Manifest)
			must(t, os.WriteFile(filepath.Join(dir, Manifest), []byte(manifestHead+"xyz 1 a\n"), 0o644))
		}, "line 2 is not a hash"},
		{"a manifest that leads outside", func(dir string) {
			write(dir, Manifest)
			must(t, os.WriteFile(filepath.Join(dir, Manifest), []byte(manifestHead+strings.Repeat("0", 64)+" 1 ../a\n"), 0o644))
		}, "line 2 is not a hash"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			eachMode(t, func(t *testing.T, dir string, publish func(...File) (Result, error)) {
				tt.prepare(dir)
				refuse(t, dir, publish, tt.want)
			})
		})
	}
}

func TestStraysAreRefused(t *testing.T) {
	for _, stray := range []string{"notes.txt", "403/notes.txt", "a/b/notes.txt", "403/.gitignore"} {
		eachMode(t, func(t *testing.T, dir string, publish func(...File) (Result, error)) {
			_, err := publish(file("index.html", "1"), file("403/index.html", "2"))
			must(t, err)
			must(t, os.MkdirAll(filepath.Dir(local(dir, stray)), 0o755))
			must(t, os.WriteFile(local(dir, stray), nil, 0o644))
			shown := stray
			if strings.HasPrefix(stray, "a/") {
				shown = "a/"
			}
			refuse(t, dir, publish, "has files that no build put there: "+shown+"\n")
		})
	}
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

func TestFolderIsAFile(t *testing.T) {
	eachMode(t, func(t *testing.T, dir string, publish func(...File) (Result, error)) {
		must(t, os.WriteFile(dir, nil, 0o644))
		refuse(t, dir, publish, "is a file, not a folder")
	})
	eachMode(t, func(t *testing.T, dir string, _ func(...File) (Result, error)) {
		must(t, os.WriteFile(dir, nil, 0o644))
		refuse(t, dir, func(f ...File) (Result, error) {
			return Publish(context.Background(), filepath.Join(dir, "below"), f)
		}, "is a file")
	})
}

func TestStageInTheWayIsRefused(t *testing.T) {
	eachMode(t, func(t *testing.T, dir string, publish func(...File) (Result, error)) {
		must(t, os.MkdirAll(filepath.Join(stagePath(dir), "letters"), 0o755))
		must(t, os.Mkdir(dir, 0o755))
		refuse(t, dir, publish, ".public.stage is in the way")
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

// countdown is a context that ends when it has been asked a number of times.
type countdown struct {
	context.Context
	left int
}

func (c *countdown) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

func TestEndOfContextLeavesTheOldSite(t *testing.T) {
	a, b := versions(5)
	for name, mode := range modes {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			_, err := publish(context.Background(), dir, a, mode)
			must(t, err)
			before := snapshot(t, dir)
			for n := 0; ; n++ {
				_, err := publish(&countdown{context.Background(), n}, dir, b, mode)
				if err == nil {
					if n < len(b) {
						t.Errorf("asked the context only %d times", n)
					}
					break
				}
				if !errors.Is(err, context.Canceled) {
					t.Fatal(err)
				}
				wantContents(t, dir, a...)
				for p, info := range before {
					now, err := os.Lstat(p)
					if err != nil || !os.SameFile(info, now) {
						t.Fatalf("%s was replaced", p)
					}
				}
			}
			wantContents(t, dir, b...)
		})
	}
}

func TestEndOfContextLeavesNoNewFolder(t *testing.T) {
	eachMode(t, func(t *testing.T, dir string, _ func(...File) (Result, error)) {
		_, err := Publish(&countdown{context.Background(), 2}, dir, []File{file("a", "1"), file("b", "2")})
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		if got := names(t, filepath.Dir(dir)); got != nil {
			t.Errorf("left: %v", got)
		}
	})
}

func TestSecondRunIsRefused(t *testing.T) {
	eachMode(t, func(t *testing.T, dir string, publish func(...File) (Result, error)) {
		_, err := publish(file("a", "1"))
		must(t, err)
		lock, err := lockDir(dir)
		must(t, err)
		_, err = publish(file("a", "2"))
		if err == nil || !strings.Contains(err.Error(), "another run is publishing to "+dir) {
			t.Errorf("error %v", err)
		}
		if _, err = publish(file("a", "1")); err != nil {
			t.Errorf("a run with nothing to do: %v", err)
		}
		lock.release()
		_, err = publish(file("a", "2"))
		must(t, err)
		wantContents(t, dir, file("a", "2"))
	})
}

// Runs at the same time either do all of their work or none of it.
func TestRunsAtTheSameTime(t *testing.T) {
	a, b := versions(20)
	for name, mode := range modes {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			var done sync.Map
			var wg sync.WaitGroup
			for i := range 8 {
				wg.Go(func() {
					for range 10 {
						files := a
						if i%2 == 1 {
							files = b
						}
						_, err := publish(context.Background(), dir, files, mode)
						if err != nil && !strings.Contains(err.Error(), "another run") {
							t.Error(err)
						}
						done.Store(err == nil, true)
					}
				})
			}
			wg.Wait()
			if _, ok := done.Load(true); !ok {
				t.Error("no run succeeded")
			}
			if got := contents(t, dir); !maps.Equal(got, asMap(a)) && !maps.Equal(got, asMap(b)) {
				t.Error("the folder holds neither version")
			}
		})
	}
}

// Whoever opens the folder while it is replaced sees one version, as long as it is there.
func TestReadersSeeNoMixture(t *testing.T) {
	a, b := versions(30)
	dir := filepath.Join(t.TempDir(), "public")
	if err := exchange(dir, dir); errors.Is(err, errNoExchange) {
		t.Skip("this system cannot exchange folders")
	}
	_, err := Publish(context.Background(), dir, a)
	must(t, err)
	stop := make(chan struct{})
	var wg sync.WaitGroup
	reads := 0
	wg.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
			}
			root, err := os.OpenRoot(dir)
			if err != nil {
				t.Errorf("the folder is gone: %v", err)
				return
			}
			first := ""
			for _, f := range a[:10] {
				data, err := root.ReadFile(f.Path)
				if errors.Is(err, fs.ErrNotExist) {
					break // this version is being removed
				}
				if err != nil || first != "" && data[0] != first[0] {
					t.Errorf("%s holds %.10q after %.10q, %v", f.Path, data, first, err)
				}
				first = string(data)
				reads++
			}
			_ = root.Close()
		}
	})
	for i := range 40 {
		_, err := Publish(context.Background(), dir, [][]File{b, a}[i%2])
		must(t, err)
	}
	close(stop)
	wg.Wait()
	if reads == 0 {
		t.Error("nothing was read")
	}
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
