package publish

import (
	"bufio"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

const killPages = 40

// TestMain also is the program that the tests kill: it publishes two versions by turns for ever.
func TestMain(m *testing.M) {
	dir := os.Getenv("PUBLISH_DIR")
	if dir == "" {
		os.Exit(m.Run())
	}
	a, b := versions(killPages)
	fmt.Println("ready")
	for i := 0; ; i++ {
		if _, err := publish(context.Background(), dir, [][]File{b, a}[i%2], modes[os.Getenv("PUBLISH_MODE")]); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
	}
}

// killAtRandom runs the program above and kills it with SIGKILL while it publishes for the first few times.
func killAtRandom(t *testing.T, dir, mode string, once time.Duration) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "PUBLISH_DIR="+dir, "PUBLISH_MODE="+mode)
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	in := bufio.NewScanner(out)
	in.Scan() // ready
	time.Sleep(rand.N(4 * once))
	must(t, cmd.Process.Kill())
	for in.Scan() {
		t.Errorf("the program said: %s", in.Text())
	}
	_ = cmd.Wait()
}

// kills returns after how many kills a test may stop, and must stop.
func kills() (enough, most int) {
	if testing.Short() {
		return 15, 600
	}
	return 60, 1500
}

// duration returns how long it takes to publish the second version over the first one.
func duration(t *testing.T, dir, mode string) time.Duration {
	t.Helper()
	a, b := versions(killPages)
	_, err := publish(context.Background(), dir, a, modes[mode])
	must(t, err)
	start := time.Now()
	_, err = publish(context.Background(), dir, b, modes[mode])
	must(t, err)
	return time.Since(start)
}

// inManifest returns what a folder's manifest lists, and checks that the files are exactly those.
func inManifest(t *testing.T, dir string) map[string]entry {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, Manifest))
	must(t, err)
	listed, err := parseManifest(data)
	must(t, err)
	found := 0
	must(t, filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == Manifest {
			return err
		}
		name, _ := filepath.Rel(dir, p)
		e, ok := listed[filepath.ToSlash(name)]
		data, err := os.ReadFile(p)
		if !ok || e.size != int64(len(data)) || e.sum != sha256.Sum256(data) {
			t.Errorf("%s is not as the manifest says", name)
		}
		found++
		return err
	}))
	if found != len(listed) {
		t.Errorf("%d files, %d in the manifest", found, len(listed))
	}
	return listed
}

// A run that is killed, whenever that is, leaves the former site or the new one.
func TestKilledRunLeavesOneVersion(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	if err := exchange(dir, dir); errors.Is(err, errNoExchange) {
		t.Skip("this system cannot exchange folders")
	}
	a, b := versions(killPages)
	once := duration(t, dir, "exchange")
	want := map[string]map[string]entry{}
	for name, files := range map[string][]File{"A": a, "B": b} {
		w, err := newWanted(files)
		must(t, err)
		want[name], err = parseManifest(w.manifest)
		must(t, err)
	}
	seen := map[string]int{}
	enough, most := kills()
	for i := 0; i < enough || i < most && len(seen) < 3; i++ {
		killAtRandom(t, dir, "exchange", once)
		got := inManifest(t, dir)
		switch {
		case maps.Equal(got, want["A"]):
			seen["A"]++
		case maps.Equal(got, want["B"]):
			seen["B"]++
		default:
			t.Fatalf("the folder holds neither version, but %d files", len(got))
		}
		if _, err := os.Lstat(stagePath(dir)); err == nil {
			seen["leftover"]++
		}
	}
	t.Log("after the kills:", seen)
	if len(seen) < 3 {
		t.Error("the kills did not come at different moments:", seen)
	}
	_, err := Publish(context.Background(), dir, a)
	must(t, err)
	wantContents(t, dir, a...)
}

// In place, a run that is killed can leave a mixture, but of whole files only, and the next run completes it.
func TestKilledRunInPlaceIsCompleted(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	a, b := versions(killPages)
	once := duration(t, dir, "in place")
	whole := map[string][]string{}
	for _, f := range slices.Concat(a, b) {
		whole[f.Path] = append(whole[f.Path], string(f.Data))
	}
	unfinished := 0
	enough, most := kills()
	for i := 0; i < enough || i < most && unfinished < 3; i++ {
		killAtRandom(t, dir, "in place", once)
		work := filepath.Join(dir, workDir)
		must(t, filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
			if p == work && err == nil {
				return fs.SkipDir
			}
			if err != nil {
				return err
			}
			name, _ := filepath.Rel(dir, p)
			if d.IsDir() || name == Manifest || name == nextManifest {
				return nil
			}
			data, err := os.ReadFile(p)
			if !slices.Contains(whole[filepath.ToSlash(name)], string(data)) {
				t.Errorf("%s is of neither version", name)
			}
			return err
		}))
		if _, err := os.Lstat(filepath.Join(dir, nextManifest)); err == nil {
			unfinished++
		}
		if i%3 > 0 { // also let runs meet what two killed ones left
			continue
		}
		mode := []string{"in place", "exchange"}[i/3%2]
		_, err := publish(context.Background(), dir, b, modes[mode])
		must(t, err)
		wantContents(t, dir, b...)
	}
	t.Log("killed in the middle:", unfinished)
	if unfinished < 3 {
		t.Error("no kill came while files were replaced")
	}
	_, err := publish(context.Background(), dir, a, modes["in place"])
	must(t, err)
	wantContents(t, dir, a...)
}
