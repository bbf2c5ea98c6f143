package publish

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// siteDir is the name of the folder inside the stage: the new one before the exchange, the old one after.
const siteDir = "site"

// staged makes the new folder beside the old one, exchanges them and removes the old one. It returns
// errNoExchange, with nothing changed, where that cannot be done.
func staged(ctx context.Context, s *state, w *wanted, stage string, lock *dirLock, sys system) (err error) {
	if err := os.Mkdir(stage, 0o755); err != nil {
		if unsuited(err) {
			return errNoExchange
		}
		return failed("create", stage, err)
	}
	defer func() {
		if removeErr := removeStage(stage); err == nil && removeErr != nil {
			err = fmt.Errorf("the new site is in place, but what is left of the former one is not gone: %w", removeErr)
		}
	}()
	site := filepath.Join(stage, siteDir)
	if err := os.Mkdir(site, 0o755); err != nil {
		return failed("create", site, err)
	}
	if err := adopt(s.dir, site); err != nil {
		return errNoExchange
	}
	fresh, err := fill(ctx, s, w, site)
	if err != nil {
		return err
	}
	if err := sys.flush(site, fresh); err != nil {
		return failed("write", site, err)
	}
	if err := lock.add(site); err != nil {
		return failed("lock", site, err)
	}
	if err := s.stillOurs(); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := sys.exchange(s.dir, site); err != nil {
		if errors.Is(err, errNoExchange) || unsuited(err) {
			return errNoExchange
		}
		return failed("replace", s.dir, err)
	}
	return nil
}

// unsuited reports whether the error means that this place does not allow an exchange, rather than that
// something is broken: no right to change the parent folder, a mount point, a file system without the call.
func unsuited(err error) bool {
	for _, e := range []error{
		fs.ErrPermission, syscall.EROFS, syscall.EBUSY, syscall.EXDEV, syscall.EINVAL, syscall.ENOSYS, syscall.ENOTSUP,
		syscall.EOPNOTSUPP, syscall.ENAMETOOLONG,
	} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

// fill puts all wanted files into the folder site, and returns the paths of those that are new.
func fill(ctx context.Context, s *state, w *wanted, site string) (fresh []string, err error) {
	made := map[string]bool{site: true}
	for _, f := range w.files {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		to := local(site, f.Path)
		if err := makeParents(made, filepath.Dir(to)); err != nil {
			return nil, err
		}
		if s.same[f.Path] {
			linked, err := carry(local(s.dir, f.Path), to, f.Data)
			if err != nil {
				return nil, err
			}
			if linked {
				continue
			}
		} else if err := writeFile(to, f.Data); err != nil {
			return nil, err
		}
		fresh = append(fresh, to)
	}
	if s.keep {
		from := local(s.dir, gitignore)
		data, err := os.ReadFile(from)
		if err != nil {
			return nil, failed("read", from, err)
		}
		if _, err := carry(from, local(site, gitignore), data); err != nil {
			return nil, err
		}
	}
	manifest := local(site, Manifest)
	return append(fresh, manifest), writeFile(manifest, w.manifest)
}

// makeParents makes a folder and its parents, up to one that is known to be there.
func makeParents(made map[string]bool, dir string) error {
	if made[dir] {
		return nil
	}
	if err := makeParents(made, filepath.Dir(dir)); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o755); err != nil {
		return failed("create", dir, err)
	}
	made[dir] = true
	return nil
}

// carry makes to the same file as from. Where the file system has no hard links, it makes a copy with the same
// time, and linked is false.
func carry(from, to string, data []byte) (linked bool, err error) {
	if err := os.Link(from, to); err == nil {
		return true, nil
	}
	if err := writeFile(to, data); err != nil {
		return false, err
	}
	if info, err := os.Stat(from); err == nil {
		_ = os.Chtimes(to, info.ModTime(), info.ModTime())
	}
	return false, nil
}

// writeFile makes a new file.
func writeFile(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return failed("write", path, err)
	}
	_, err = f.Write(data)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return failed("write", path, err)
	}
	return nil
}

// stillOurs looks once more for files of somebody else, just before the folder is replaced.
func (s *state) stillOurs() error {
	root, err := os.OpenRoot(s.dir)
	if err != nil {
		return failed("open", s.dir, err)
	}
	defer root.Close()
	return s.walk(root, func(string, int64) error { return nil })
}

// removeStage removes the stage of this run, or of one that was killed. It refuses a folder of that name that is
// something else.
func removeStage(stage string) error {
	d, err := os.Open(stage)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return failed("open", stage, err)
	}
	names, err := d.Readdirnames(2)
	_ = d.Close()
	if err != nil && err != io.EOF || len(names) > 1 || len(names) == 1 && names[0] != siteDir {
		return fmt.Errorf("%s is in the way, and is not what a build left behind\n  hint: move it elsewhere, or delete it", stage)
	}
	if err := os.RemoveAll(stage); err != nil {
		return failed("remove", stage, err)
	}
	return nil
}
