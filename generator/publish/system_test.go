//go:build linux

package publish

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestModesHonourUmask(t *testing.T) {
	for name, mode := range modes {
		t.Run(name, func(t *testing.T) {
			old := syscall.Umask(0o027)
			defer syscall.Umask(old)
			dir := filepath.Join(t.TempDir(), "public")
			_, err := publish(context.Background(), dir, []File{file("a/b", "1")}, mode)
			must(t, err)
			for path, want := range map[string]os.FileMode{"": 0o750, "a": 0o750, "a/b": 0o640, Manifest: 0o640} {
				if info, err := os.Stat(local(dir, path)); err != nil || info.Mode().Perm() != want {
					t.Errorf("%q has mode %v, want %v", path, info.Mode().Perm(), want)
				}
			}
		})
	}
}

func TestFolderKeepsModeAndOwner(t *testing.T) {
	for name, mode := range modes {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			must(t, os.Mkdir(dir, 0o755))
			const want = os.ModeDir | os.ModeSetgid | 0o775
			if os.Getuid() == 0 {
				must(t, os.Chown(dir, 1234, 1234))
			}
			must(t, os.Chmod(dir, want))
			for _, f := range []File{file("a/b", "1"), file("a/b", "2")} {
				_, err := publish(context.Background(), dir, []File{f}, mode)
				must(t, err)
				info, err := os.Stat(dir)
				must(t, err)
				if info.Mode() != want {
					t.Errorf("mode %v, want %v", info.Mode(), os.FileMode(want))
				}
				if sys := info.Sys().(*syscall.Stat_t); os.Getuid() == 0 && (sys.Uid != 1234 || sys.Gid != 1234) {
					t.Errorf("owner %d:%d", sys.Uid, sys.Gid)
				}
				if info, _ := os.Stat(filepath.Join(dir, "a")); os.Getuid() == 0 && info.Sys().(*syscall.Stat_t).Gid != 1234 {
					t.Error("a new folder does not inherit the group")
				}
			}
		})
	}
}

func TestAccessListsAreKept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	must(t, os.Mkdir(dir, 0o755))
	if out, err := exec.Command("setfacl", "-d", "-m", "u:1234:rx", dir).CombinedOutput(); err != nil {
		t.Skipf("setfacl: %v %s", err, out)
	}
	_, err := Publish(context.Background(), dir, []File{file("a", "1")})
	must(t, err)
	if v, err := attribute(dir, "system.posix_acl_default"); err != nil || v == nil {
		t.Error("the folder lost its default list", err)
	}
	if v, err := attribute(filepath.Join(dir, "a"), "system.posix_acl_access"); err != nil || v == nil {
		t.Error("a new file does not inherit the list", err)
	}
}

// mount mounts an empty file system at a new folder public, or skips the test.
func mount(t *testing.T, options string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "public")
	must(t, os.Mkdir(dir, 0o755))
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, options); err != nil {
		t.Skip("cannot mount: ", err)
	}
	t.Cleanup(func() { must(t, syscall.Unmount(dir, syscall.MNT_DETACH)) })
	return dir
}

func TestMountPoint(t *testing.T) {
	dir := mount(t, "size=1m")
	for _, files := range [][]File{{file("a", "1"), file("b/c", "2")}, {file("a", "1"), file("b", "3")}} {
		_, err := Publish(context.Background(), dir, files)
		must(t, err)
		wantContents(t, dir, files...)
	}
	r, err := Publish(context.Background(), dir, []File{file("a", "1"), file("b", "3")})
	if err != nil || r != (Result{Unchanged: 2}) {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestFullDisk(t *testing.T) {
	for name, mode := range modes {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(mount(t, "size=256k"), "site")
			old := []File{file("a", "1"), file("b/c", "2")}
			_, err := publish(context.Background(), dir, old, mode)
			must(t, err)
			_, err = publish(context.Background(), dir, []File{file("a", "x"), file("z/big", strings.Repeat("z", 1<<20))}, mode)
			if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "could not write "+filepath.Dir(dir)) || !strings.Contains(err.Error(), "hint: the disk is full") {
				t.Errorf("error %v", err)
			}
			wantContents(t, dir, old...)
		})
	}
}

// asNobody runs the named test again in a process without rights, in a folder that everybody may enter.
func asNobody(t *testing.T, test func(t *testing.T, top string)) {
	if top := os.Getenv("PUBLISH_TOP"); top != "" {
		test(t, top)
		return
	}
	if os.Getuid() != 0 {
		test(t, t.TempDir())
		return
	}
	top, err := os.MkdirTemp("", "publish")
	must(t, err)
	t.Cleanup(func() { must(t, os.RemoveAll(top)) })
	must(t, os.Chown(top, 65534, 65534))
	exe := filepath.Join(top, "test")
	data, err := os.ReadFile(os.Args[0])
	must(t, err)
	must(t, os.WriteFile(exe, data, 0o755))
	must(t, os.Chmod(exe, 0o755))
	cmd := exec.Command(exe, "-test.run=^"+t.Name()+"$")
	cmd.Dir = top
	cmd.Env = append(os.Environ(), "PUBLISH_TOP="+top, "TMPDIR="+top)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestNoPermission(t *testing.T) {
	asNobody(t, func(t *testing.T, top string) {
		locked := filepath.Join(top, "locked")
		must(t, os.Mkdir(locked, 0o555))
		_, err := Publish(context.Background(), filepath.Join(locked, "public"), []File{file("a", "1")})
		if !errors.Is(err, os.ErrPermission) || !strings.Contains(err.Error(), "could not create "+filepath.Join(locked, "public")) || !strings.Contains(err.Error(), "hint: change the owner") {
			t.Errorf("error %v", err)
		}
	})
}

// Without the right to change the parent folder, the files are replaced in place.
func TestParentIsReadOnly(t *testing.T) {
	asNobody(t, func(t *testing.T, top string) {
		parent := filepath.Join(top, "parent")
		dir := filepath.Join(parent, "public")
		must(t, os.MkdirAll(dir, 0o755))
		must(t, os.Chmod(parent, 0o555))
		defer os.Chmod(parent, 0o755)
		for _, files := range [][]File{{file("a", "1"), file("b/c", "2")}, {file("a", "3")}} {
			_, err := Publish(context.Background(), dir, files)
			must(t, err)
			wantContents(t, dir, files...)
		}
		must(t, os.Chmod(dir, 0o555))
		_, err := Publish(context.Background(), dir, []File{file("a", "4")})
		if !errors.Is(err, os.ErrPermission) || !strings.Contains(err.Error(), dir) {
			t.Errorf("error %v", err)
		}
		wantContents(t, dir, file("a", "3"))
		must(t, os.Chmod(dir, 0o755))
	})
}

// A run in another process excludes this one, and a killed one does not.
func TestLockEndsWithTheProcess(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	_, err := Publish(context.Background(), dir, nil)
	must(t, err)
	for range 5 {
		killAtRandom(t, dir, "exchange", 10*time.Millisecond)
		lock, err := lockDir(dir)
		must(t, err)
		lock.release()
	}
}
