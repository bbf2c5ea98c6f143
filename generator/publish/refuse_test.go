package publish

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

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
