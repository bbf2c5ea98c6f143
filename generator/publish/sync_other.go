//go:build !linux

package publish

import "os"

// syncFiles makes the new files at paths durable before they are put in place: otherwise a power failure could
// leave their names without their content.
func syncFiles(_ string, paths []string) error {
	for _, path := range paths {
		if err := syncFile(path); err != nil {
			return err
		}
	}
	return nil
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	err = f.Sync()
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	return err
}
