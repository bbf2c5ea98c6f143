package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// File is a file to publish. Path is slash-separated and relative to the folder, such as 403/index.html.
type File struct {
	Path string
	Data []byte
}

// Result counts files: written because they are new or changed, left because their bytes were right, and
// removed because they are no longer wanted. The manifest is not counted.
type Result struct {
	Written, Unchanged, Removed int
}

// Publish makes dir hold exactly the given files and the manifest. It creates dir and its parents where they
// are missing, and follows dir if it is a symbolic link. Files get mode 0644 and folders 0755, less the umask;
// dir itself keeps its mode and owner.
//
// Nothing is changed if a path is not relative and clean, has a backslash, is reserved (.manifest,
// .manifest.next, .publish, .gitignore), comes twice, differs from another one only in case or is a folder in
// another one; if dir is not this program's or holds files that are not; if another run is busy with it; if ctx
// ends before the last step; or if a file cannot be written. Only a file that cannot be renamed or removed where
// files are replaced in place leaves part of the work done; the next run completes it.
//
// The errors are for people: they name the path and have a line that says what to do. That of ctx comes as it is.
func Publish(ctx context.Context, dir string, files []File) (Result, error) {
	return publish(ctx, dir, files, system{exchange, syncFiles})
}

// system is what differs between systems.
type system struct {
	exchange func(a, b string) error                   // exchanges two folders in one step, or returns errNoExchange
	flush    func(dir string, newFiles []string) error // makes new files in dir durable
}

// errNoExchange says that the folder cannot be exchanged as a whole.
var errNoExchange = errors.New("folders cannot be exchanged here")

func publish(ctx context.Context, dir string, files []File, sys system) (Result, error) {
	w, err := newWanted(files)
	if err != nil {
		return Result{}, err
	}
	if err := ctx.Err(); err != nil {
		return Result{}, err
	}
	target, err := locate(dir, 0)
	if err != nil {
		return Result{}, err
	}
	stage := stagePath(target)
	if _, err := os.Lstat(stage); errors.Is(err, fs.ErrNotExist) {
		// Without the lock, only a finished folder is certain; anything else may be the work of another run.
		if s, err := look(target, dir, w); err == nil && s.finished {
			return s.result(w), nil
		}
	}
	_, err = os.Lstat(target)
	created := errors.Is(err, fs.ErrNotExist)
	if err := makeDir(target); err != nil {
		return Result{}, err
	}
	lock, err := lockDir(target)
	if err != nil {
		return Result{}, busy(dir, err)
	}
	defer lock.release()
	r, err := replace(ctx, target, dir, w, lock, sys)
	if err != nil && created {
		_ = os.Remove(target) // which fails unless it is still empty
	}
	return r, err
}

// replace does the work of Publish on the locked folder target.
func replace(ctx context.Context, target, dir string, w *wanted, lock *dirLock, sys system) (Result, error) {
	stage := stagePath(target)
	if err := removeStage(stage); err != nil {
		return Result{}, err
	}
	s, err := look(target, dir, w)
	if err != nil {
		return Result{}, err
	}
	if s.finished {
		return s.result(w), nil
	}
	err = staged(ctx, s, w, stage, lock, sys)
	if errors.Is(err, errNoExchange) {
		err = inPlace(ctx, s, w, sys)
	}
	if err != nil {
		return Result{}, err
	}
	return s.result(w), nil
}

// locate returns the absolute path of the folder behind dir, which need not exist.
func locate(dir string, links int) (string, error) {
	path, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	real, err := filepath.EvalSymlinks(path)
	if err == nil {
		info, err := os.Stat(real)
		if err == nil && !info.IsDir() {
			err = fmt.Errorf("%s is a file, not a folder\n  hint: choose another folder, or remove the file", dir)
		}
		return real, err
	}
	if !errors.Is(err, fs.ErrNotExist) || links > 40 {
		return "", failed("open", path, err)
	}
	if to, err := os.Readlink(path); err == nil { // a link to a folder that does not exist yet
		if !filepath.IsAbs(to) {
			to = filepath.Join(filepath.Dir(path), to)
		}
		return locate(to, links+1)
	}
	parent := filepath.Dir(path)
	if parent == path {
		return "", failed("open", path, err)
	}
	if parent, err = locate(parent, links); err != nil {
		return "", err
	}
	return filepath.Join(parent, filepath.Base(path)), nil
}

// stagePath is where the new folder is made, on the file system of the old one.
func stagePath(target string) string {
	return filepath.Join(filepath.Dir(target), "."+filepath.Base(target)+".stage")
}

func makeDir(path string) error {
	if err := os.MkdirAll(path, 0o755); err != nil {
		return failed("create", path, err)
	}
	return nil
}
