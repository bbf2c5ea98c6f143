//go:build unix

package publish

import (
	"errors"
	"os"
	"syscall"
)

// adopt gives the new folder, which is still empty, the owner, the mode and the access control lists of the old
// one, so that new files inherit from it what they would have inherited there.
func adopt(from, to string) error {
	info, err := os.Stat(from)
	if err != nil {
		return err
	}
	own, err := os.Stat(to)
	if err != nil {
		return err
	}
	a, ok1 := info.Sys().(*syscall.Stat_t)
	b, ok2 := own.Sys().(*syscall.Stat_t)
	if ok1 && ok2 && (a.Uid != b.Uid || a.Gid != b.Gid) {
		if err := os.Chown(to, int(a.Uid), int(a.Gid)); err != nil {
			return err
		}
	}
	if err := adoptLists(from, to); err != nil {
		return err
	}
	return os.Chmod(to, info.Mode()&(os.ModePerm|os.ModeSetgid|os.ModeSetuid|os.ModeSticky))
}

// isNotDir reports whether a path could not be there because a part of it is a file.
func isNotDir(err error) bool { return errors.Is(err, syscall.ENOTDIR) }
