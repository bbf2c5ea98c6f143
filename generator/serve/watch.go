package serve

import (
	"context"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Watch calls changed after files below the folders have changed, once for all changes that come together,
// until the context ends. Editors' temporary files are ignored.
func Watch(ctx context.Context, folders []string, changed func()) error {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return err
	}
	defer w.Close()
	for _, folder := range folders {
		if err := watchTree(w, folder); err != nil {
			return err
		}
	}
	const together = 60 * time.Millisecond
	settled := time.NewTimer(time.Hour)
	settled.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case event, ok := <-w.Events:
			if !ok {
				return nil
			}
			if event.Op == fsnotify.Chmod || temporary(event.Name) {
				continue
			}
			if event.Has(fsnotify.Create) {
				// A new folder; anything else is refused and needs no watch of its own.
				_ = watchTree(w, event.Name)
			}
			settled.Reset(together)
		case err, ok := <-w.Errors:
			if !ok {
				return nil
			}
			return err
		case <-settled.C:
			changed()
		}
	}
}

func watchTree(w *fsnotify.Watcher, folder string) error {
	return filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return w.Add(path)
		}
		return nil
	})
}

func temporary(name string) bool {
	base := filepath.Base(name)
	return strings.HasPrefix(base, ".") || strings.HasPrefix(base, "#") || strings.HasSuffix(base, "~") ||
		strings.HasSuffix(base, ".swp") || strings.HasSuffix(base, ".tmp") || base == "4913"
}
