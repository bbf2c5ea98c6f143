package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"generator": func() { os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

// compiled builds the command and returns the path of the program.
func compiled(t testing.TB) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "generator")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatal(string(out))
	}
	return program
}

// TestCommand runs the scripts of testdata/script, each in a folder with a copy of the real content and templates.
func TestCommand(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			for _, name := range []string{"content", "templates"} {
				if err := os.CopyFS(filepath.Join(env.WorkDir, name), os.DirFS(filepath.Join("..", name))); err != nil {
					return err
				}
			}
			env.Setenv("XDG_CACHE_HOME", filepath.Join(env.WorkDir, "cache"))
			env.Setenv("HOME", env.WorkDir)
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"edit":      edit,
			"remember":  remember,
			"unchanged": unchanged,
		},
		UpdateScripts: os.Getenv("UPDATE") != "",
	})
}

// edit FILE OLD NEW replaces the one place where OLD stands; \n in NEW begins a new line.
func edit(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 3 {
		ts.Fatalf("usage: edit FILE OLD NEW")
	}
	file := ts.MkAbs(args[0])
	text := ts.ReadFile(args[0])
	if n := strings.Count(text, args[1]); n != 1 {
		ts.Fatalf("%q stands %d times in %s, not once", args[1], n, args[0])
	}
	text = strings.Replace(text, args[1], strings.ReplaceAll(args[2], `\n`, "\n"), 1)
	ts.Check(os.WriteFile(file, []byte(text), 0o644))
}

// remember FOLDER NAME writes the identity, time and size of all files below a folder to a file.
func remember(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(identities(ts, args[0])), 0o644))
}

// unchanged FOLDER NAME asks that all files are the very ones of remember.
func unchanged(ts *testscript.TestScript, neg bool, args []string) {
	if same := identities(ts, args[0]) == ts.ReadFile(args[1]); same == neg {
		ts.Fatalf("files below %s unchanged: %v", args[0], same)
	}
}

func identities(ts *testscript.TestScript, folder string) string {
	var out strings.Builder
	ts.Check(filepath.WalkDir(ts.MkAbs(folder), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		inode := uint64(0)
		if st, ok := info.Sys().(*syscall.Stat_t); ok {
			inode = st.Ino
		}
		fmt.Fprintln(&out, path, inode, info.ModTime().UnixNano(), info.Size())
		return nil
	}))
	return out.String()
}
