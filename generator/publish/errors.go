package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// errBusy says that another run holds the lock.
var errBusy = errors.New("locked")

func busy(dir string, err error) error {
	if errors.Is(err, errBusy) {
		return fmt.Errorf("another run is publishing to %s\n  hint: wait until it has finished", dir)
	}
	return err
}

// failed says what could not be done to which path, why, and what to do about it.
func failed(what, path string, err error) error {
	hint := ""
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		hint = "\n  hint: the disk is full; free some space and run again"
	case errors.Is(err, syscall.EROFS):
		hint = "\n  hint: the file system is read-only; choose another folder"
	case errors.Is(err, fs.ErrPermission):
		hint = "\n  hint: change the owner or the mode of that path, or choose another folder"
	case errors.Is(err, syscall.ENOTDIR):
		hint = "\n  hint: a part of that path is a file; choose another folder, or remove the file"
	}
	var pathErr *fs.PathError
	var linkErr *os.LinkError
	switch {
	case errors.As(err, &pathErr):
		path, err = fuller(path, pathErr.Path), pathErr.Err
	case errors.As(err, &linkErr):
		err = linkErr.Err
	}
	return fmt.Errorf("could not %s %s: %w%s", what, path, err, hint)
}

// fuller prefers the path that the system named, if it lies deeper.
func fuller(path, named string) string {
	if len(named) > len(path) && named[:len(path)] == path {
		return named
	}
	return path
}
