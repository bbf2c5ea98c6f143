package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestSameInputSameBytes builds with another number of processors, time zone, language, home, cache and folder, and compares
// every file.
func TestSameInputSameBytes(t *testing.T) {
	program := compiled(t)
	elsewhere := filepath.Join(t.TempDir(), "a folder", "elsewhere")
	for _, name := range []string{"content", "templates"} {
		if err := os.CopyFS(filepath.Join(elsewhere, name), os.DirFS(filepath.Join("..", name))); err != nil {
			t.Fatal(err)
		}
	}
	build := func(folder string, args []string, env ...string) string {
		out := filepath.Join(t.TempDir(), "public")
		cmd := exec.Command(program, append([]string{"build", "-out", out}, args...)...)
		cmd.Dir = folder
		cmd.Env = append(os.Environ(), env...)
		if text, err := cmd.CombinedOutput(); err != nil {
			t.Fatal(string(text))
		}
		return out
	}
	cache := t.TempDir()
	first := build("..", []string{"-cache", cache}, "TZ=UTC")
	for name, other := range map[string]string{
		"a warm cache":           build("..", []string{"-cache", cache}),
		"one processor":          build("..", []string{"-cache", "off"}, "GOMAXPROCS=1"),
		"another zone":           build("..", []string{"-cache", "off"}, "TZ=Pacific/Kiritimati", "LANG=tr_TR.UTF-8", "HOME="+t.TempDir()),
		"another folder":         build(elsewhere, []string{"-cache", "off"}),
		"no environment to read": build(elsewhere, []string{"-cache", "off"}, "HOME=", "XDG_CACHE_HOME=", "TZ="),
	} {
		compare(t, name, first, other)
	}
}

func compare(t *testing.T, name, first, other string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(first, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		relative, err := filepath.Rel(first, path)
		if err != nil {
			return err
		}
		want, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if got, err := os.ReadFile(filepath.Join(other, relative)); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %s differs (%v)", name, relative, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 50 {
		t.Errorf("only %d files compared", files)
	}
	if got, want := count(t, other), count(t, first); got != want {
		t.Errorf("%s: %d files, not %d", name, got, want)
	}
}

func count(t *testing.T, folder string) int {
	t.Helper()
	n := 0
	err := filepath.WalkDir(folder, func(_ string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			n++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
