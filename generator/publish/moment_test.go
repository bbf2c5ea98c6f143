package publish

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

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
