package gates

import (
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"httpstatus/generator/serve"
	"httpstatus/generator/site"
)

// mount is the folder below which the tests serve the site: whatever works there works at a root too.
const mount = "/sub/path/"

var (
	once    sync.Once
	folder  string
	program string
	files   []site.File
	failure error
)

func TestMain(m *testing.M) {
	code := m.Run()
	if folder != "" {
		_ = os.RemoveAll(filepath.Dir(folder))
	}
	os.Exit(code)
}

// built builds the real content once with the real command and returns the folder and its files.
func built(t testing.TB) (string, []site.File) {
	t.Helper()
	once.Do(func() { failure = build() })
	if failure != nil {
		t.Fatal(failure)
	}
	return folder, files
}

func build() error {
	temp, err := os.MkdirTemp("", "gates")
	if err != nil {
		return err
	}
	folder = filepath.Join(temp, "site")
	program = filepath.Join(temp, "generator")
	if out, err := run("go", "build", "-o", program, "./generator"); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	if out, err := run(program, "build", "-out", folder, "-base-url", "http://127.0.0.1"+mount); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	files, err = read(folder)
	return err
}

func run(name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Dir = "../.."
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func read(folder string) ([]site.File, error) {
	var list []site.File
	err := fs.WalkDir(os.DirFS(folder), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(folder, path))
		list = append(list, site.File{Path: "/" + path, Data: data})
		return err
	})
	return list, err
}

// host serves the site below mount and returns the URL of its home page.
func host(t testing.TB) string {
	t.Helper()
	_, files := built(t)
	server := httptest.NewServer(http.StripPrefix(strings.TrimSuffix(mount, "/"), serve.Static(files)))
	t.Cleanup(server.Close)
	return server.URL + mount
}

// pages are the paths of all pages below mount, home first; 404.html is left out.
func pages(t testing.TB) []string {
	t.Helper()
	_, files := built(t)
	var list []string
	for _, f := range files {
		if page, ok := strings.CutSuffix(f.Path, "index.html"); ok {
			list = append(list, strings.TrimPrefix(page, "/"))
		}
	}
	slices.Sort(list)
	if len(list) < 20 {
		t.Fatalf("only %d pages were built; the gates look at nothing", len(list))
	}
	return list
}

// types is one page of each kind.
func types() []string {
	return []string{"", "403/", "200/", "499/", "4xx/", "codes/", "headers/", "headers/retry-after/", "about/"}
}

// lacking skips a test, or fails it where everything has to be there.
func lacking(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is missing, and CI runs everything", what)
	}
	t.Skipf("%s is missing on this machine", what)
}

// tool finds a program.
func tool(t testing.TB, names ...string) string {
	t.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	lacking(t, names[0])
	return ""
}

var installed sync.Once

// module is the path of something from the lock file, installed with npm if it is not there yet.
func module(t testing.TB, path string) string {
	t.Helper()
	full, err := filepath.Abs(filepath.Join("node_modules", path))
	if err != nil {
		t.Fatal(err)
	}
	npm := tool(t, "npm")
	installed.Do(func() {
		if _, err := os.Stat(full); err == nil {
			return
		}
		if out, err := exec.Command(npm, "ci", "--ignore-scripts").CombinedOutput(); err != nil {
			t.Logf("npm ci: %v\n%s", err, out)
		}
	})
	if _, err := os.Stat(full); err != nil {
		lacking(t, path+" (npm ci in generator/gates)")
	}
	return full
}
