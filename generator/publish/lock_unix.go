//go:build unix && !aix

package publish

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// dirLock holds locks on the folders themselves, so that no lock file is needed. They end with the process.
type dirLock struct {
	held []*os.File
}

// lockDir locks a folder, or returns errBusy. Since a run replaces the folder, the one that got locked may no
// longer be the one at the path; then it tries again.
func lockDir(dir string) (*dirLock, error) {
	for {
		l := &dirLock{}
		if err := l.add(dir); err != nil {
			return nil, err
		}
		locked, err := l.held[0].Stat()
		if err != nil {
			l.release()
			return nil, failed("lock", dir, err)
		}
		if now, err := os.Stat(dir); err == nil && os.SameFile(locked, now) {
			return l, nil
		}
		l.release()
		if err := makeDir(dir); err != nil {
			return nil, err
		}
	}
}

// add locks one more folder.
func (l *dirLock) add(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return failed("open", dir, err)
	}
	for err = unix.EINTR; err == unix.EINTR; {
		err = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	}
	switch {
	case errors.Is(err, unix.EWOULDBLOCK):
		_ = f.Close()
		return errBusy
	case errors.Is(err, unix.EBADF), errors.Is(err, unix.ENOLCK), errors.Is(err, unix.ENOSYS), errors.Is(err, unix.EOPNOTSUPP), errors.Is(err, unix.EINVAL):
		// this file system knows no such lock
	case err != nil:
		_ = f.Close()
		return failed("lock", dir, err)
	}
	l.held = append(l.held, f)
	return nil
}

func (l *dirLock) release() {
	for _, f := range l.held {
		_ = f.Close()
	}
	l.held = nil
}
