//go:build !linux

package publish

// syncFiles makes the content of new files durable before they are put in place.
func syncFiles(dir string, paths []string) error {
	for _, path := range paths {
		if err := syncFile(path); err != nil {
			return err
		}
	}
	return nil
}
