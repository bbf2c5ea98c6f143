package publish

import (
	"errors"
	"os"
	"path/filepath"

	"golang.org/x/sys/windows"
)

// dirLock holds a lock on a file beside the folder, which is removed at the end.
type dirLock struct {
	file *os.File
}

// lockDir locks a folder, or returns errBusy.
func lockDir(dir string) (*dirLock, error) {
	path := filepath.Join(filepath.Dir(dir), "."+filepath.Base(dir)+".lock")
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, failed("lock", path, err)
	}
	const flags = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
	if err := windows.LockFileEx(windows.Handle(f.Fd()), flags, 0, 1, 0, new(windows.Overlapped)); err != nil {
		_ = f.Close()
		if errors.Is(err, windows.ERROR_LOCK_VIOLATION) || errors.Is(err, windows.ERROR_IO_PENDING) {
			return nil, errBusy
		}
		return nil, failed("lock", path, err)
	}
	return &dirLock{f}, nil
}

// add does nothing: the folder is not exchanged on this system.
func (l *dirLock) add(string) error { return nil }

func (l *dirLock) release() {
	_ = l.file.Close()
	_ = os.Remove(l.file.Name()) // fails while another run has it open
}
