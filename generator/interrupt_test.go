package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestInterruptedBuild stops builds of two versions of the site at any moment, politely and not, and asks each time that
// the folder holds one version from the first file to the last.
func TestInterruptedBuild(t *testing.T) {
	program := compiled(t)
	out, cache := filepath.Join(t.TempDir(), "public"), filepath.Join(t.TempDir(), "cache")
	command := func(version string) *exec.Cmd {
		cmd := exec.Command(program, "build", "-out", out, "-cache", cache, "-base-url", "https://"+version+".example/")
		cmd.Dir = ".."
		return cmd
	}
	start := time.Now()
	if text, err := command("a").CombinedOutput(); err != nil {
		t.Fatal(string(text))
	}
	whole := time.Since(start)
	random := rand.New(rand.NewPCG(1, 2))
	stopped, seen := 0, map[string]int{}
	for i := range 40 {
		version := string("ab"[i%2])
		cmd := command(version)
		var text bytes.Buffer
		cmd.Stderr = &text
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.Int64N(int64(whole))))
		signal := syscall.SIGINT
		if i%4 >= 2 {
			signal = syscall.SIGKILL
		}
		_ = cmd.Process.Signal(signal)
		if err := cmd.Wait(); err != nil {
			stopped++
			if signal == syscall.SIGINT && cmd.ProcessState.ExitCode() == 1 && !strings.Contains(text.String(), "interrupted; nothing was changed") {
				t.Errorf("Ctrl-C said %q", text.String())
			}
		}
		found, err := versionIn(out)
		if err != nil {
			t.Fatalf("after %v of version %s: %v", signal, version, err)
		}
		seen[found]++
	}
	if stopped < 10 {
		t.Errorf("only %d of 40 builds were stopped before their end", stopped)
	}
	t.Logf("%d of 40 builds stopped; versions found: %v", stopped, seen)
	if text, err := command("b").CombinedOutput(); err != nil {
		t.Fatalf("a build after all that: %s", text)
	}
	if found, err := versionIn(out); err != nil || found != "b" {
		t.Errorf("version %q, %v", found, err)
	}
	if left, err := os.ReadDir(filepath.Dir(out)); err != nil || len(left) > 2 {
		t.Errorf("left beside the folder: %v %v", left, err)
	}
}

// versionIn tells which version all pages of a folder belong to.
func versionIn(folder string) (string, error) {
	pages, err := filepath.Glob(filepath.Join(folder, "*", "index.html"))
	if err != nil {
		return "", err
	}
	deeper, err := filepath.Glob(filepath.Join(folder, "*", "*", "index.html"))
	if err != nil {
		return "", err
	}
	pages = append(append(pages, deeper...), filepath.Join(folder, "sitemap.xml"), filepath.Join(folder, "index.html"))
	if len(pages) < 40 {
		return "", fmt.Errorf("only %d pages", len(pages))
	}
	version := ""
	for _, page := range pages {
		data, err := os.ReadFile(page)
		if err != nil {
			return "", err
		}
		found := "?"
		for _, v := range []string{"a", "b"} {
			if bytes.Contains(data, []byte("https://"+v+".example/")) {
				found = v
			}
		}
		if version == "" {
			version = found
		}
		if found != version || found == "?" {
			return "", fmt.Errorf("%s is of version %s, others of version %s", page, found, version)
		}
	}
	return version, nil
}
