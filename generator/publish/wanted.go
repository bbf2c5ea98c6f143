package publish

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
)

// wanted is the content that the folder shall have.
type wanted struct {
	files    []File          // sorted by path
	index    map[string]int  // place of a path in files
	dirs     map[string]bool // folders of the files
	manifest []byte
}

// newWanted checks the paths (see Publish) and makes the manifest.
func newWanted(files []File) (*wanted, error) {
	w := &wanted{files: slices.Clone(files), index: make(map[string]int, len(files)), dirs: map[string]bool{}}
	slices.SortFunc(w.files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	var wrong []error
	report := func(format string, args ...any) { wrong = append(wrong, fmt.Errorf(format, args...)) }
	folded := make(map[string]string, len(files)) // every path and folder, as it is first spelled
	spell := func(name string) {
		key := fold(name)
		if first, ok := folded[key]; !ok {
			folded[key] = name
		} else if first != name {
			report("paths %q and %q differ only in case", first, name)
		}
	}
	for i, f := range w.files {
		if err := checkPath(f.Path); err != nil {
			wrong = append(wrong, err)
			continue
		}
		if _, twice := w.index[f.Path]; twice {
			report("two files at %q", f.Path)
			continue
		}
		w.index[f.Path] = i
		spell(f.Path)
		for dir := path.Dir(f.Path); dir != "." && !w.dirs[dir]; dir = path.Dir(dir) {
			w.dirs[dir] = true
			spell(dir)
		}
	}
	for _, f := range w.files {
		if w.dirs[f.Path] {
			report("%q is a file, and a folder for other files", f.Path)
		}
	}
	if len(wrong) > 0 {
		const most = 10
		if n := len(wrong) - most; n > 0 {
			wrong = append(wrong[:most:most], fmt.Errorf("%d more", n))
		}
		return nil, errors.Join(wrong...)
	}
	w.manifest = formatManifest(w.files)
	return w, nil
}

func checkPath(name string) error {
	top, _, _ := strings.Cut(name, "/")
	switch {
	case !fs.ValidPath(name) || name == "." || strings.ContainsFunc(name, func(c rune) bool { return c == '\\' || unicode.IsControl(c) }):
		return fmt.Errorf("%q is not a relative, slash-separated, clean path", name)
	case slices.Contains(reserved, fold(top)):
		return fmt.Errorf("path %q is reserved", name)
	}
	if _, err := filepath.Localize(name); err != nil {
		return fmt.Errorf("%q cannot be a path on this system", name)
	}
	return nil
}

// fold maps names that a file system may take for the same one to one string.
func fold(s string) string {
	return strings.Map(func(c rune) rune {
		for next := unicode.SimpleFold(c); ; next = unicode.SimpleFold(next) {
			if next <= c { // the smallest of the orbit
				return next
			}
		}
	}, s)
}

// local returns the path of a file in a folder of this system.
func local(dir, name string) string {
	return filepath.Join(dir, filepath.FromSlash(name))
}

// sum is the hash that the manifest has for a file.
type sum = [sha256.Size]byte
