package publish

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
)

// state is what a folder holds, compared with what it shall hold.
type state struct {
	dir      string          // the folder
	shown    string          // how the caller called it
	same     map[string]bool // wanted files whose bytes are right
	old      map[string]bool // files of ours
	keep     bool            // there is a .gitignore
	open     bool            // a run in place did not finish
	manifest []byte          // as it is, nil if there is none
	finished bool            // nothing needs to be done
}

// look reads the folder and refuses one that is not this program's or holds files that are not.
func look(dir, shown string, w *wanted) (*state, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, failed("open", dir, err)
	}
	defer root.Close()
	s := &state{dir: dir, shown: shown, same: map[string]bool{}, old: map[string]bool{}}
	if err := s.readManifests(root); err != nil {
		return nil, err
	}
	buffer := make([]byte, 64<<10)
	err = s.walk(root, func(name string, size int64) error {
		i, ok := w.index[name]
		if !ok || size != int64(len(w.files[i].Data)) {
			return nil
		}
		same, err := sameBytes(root, name, w.files[i].Data, buffer)
		s.same[name] = same
		return err
	})
	if err != nil {
		return nil, err
	}
	for name := range s.old {
		if !s.same[name] {
			return s, nil
		}
	}
	s.finished = !s.open && len(s.same) == len(w.files) && len(s.old) == len(w.files) && bytes.Equal(s.manifest, w.manifest)
	return s, nil
}

// readManifests finds out which files are ours: those of the manifest, and those that a killed run in place
// was about to write.
func (s *state) readManifests(root *os.Root) error {
	for _, name := range []string{Manifest, nextManifest} {
		data, err := root.ReadFile(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return failed("read", local(s.dir, name), err)
		}
		entries, err := parseManifest(data)
		if err != nil {
			return fmt.Errorf("%s is not a manifest of this program: %w\n  hint: if %s holds nothing but an old build, delete it", local(s.dir, name), err, s.shown)
		}
		for file := range entries {
			s.old[file] = true
		}
		if name == Manifest {
			s.manifest = data
		} else {
			s.open = true
		}
	}
	return nil
}

// walk calls visit for each regular file of ours, and refuses the folder if there are others.
func (s *state) walk(root *os.Root, visit func(name string, size int64) error) error {
	ours := s.manifest != nil || s.open
	dirs := map[string]bool{".": true}
	for name := range s.old {
		for dir := path.Dir(name); !dirs[dir]; dir = path.Dir(dir) {
			dirs[dir] = true
		}
	}
	var strays []string
	err := fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return failed("read", local(s.dir, name), err)
		}
		switch {
		case name == workDir && d.IsDir() && isWorkDir(root):
			s.open = true
			return fs.SkipDir
		case name == gitignore && !d.IsDir():
			s.keep = true
			return nil
		case name == Manifest || name == nextManifest || d.Name() == finderFile && d.Type().IsRegular():
			return nil
		case d.IsDir() && dirs[name]:
			return nil
		case d.IsDir():
			strays = append(strays, name+"/")
			return fs.SkipDir
		case !s.old[name]:
			strays = append(strays, name)
			return nil
		case !d.Type().IsRegular():
			return nil // ours once; it will be replaced
		}
		info, err := d.Info()
		if err != nil {
			return failed("read", local(s.dir, name), err)
		}
		return visit(name, info.Size())
	})
	if err != nil {
		return err
	}
	switch {
	case len(strays) == 0:
		return nil
	case !ours:
		return fmt.Errorf("%s has files (%s) and no %s, so it is not a folder that an earlier build made\n  hint: choose an empty or new folder; or empty this one, if nothing in it is needed", s.shown, list(strays), Manifest)
	}
	return fmt.Errorf("%s has files that no build put there: %s\n  hint: move them elsewhere, or delete them; a build removes only what it made", s.shown, list(strays))
}

// isWorkDir reports whether the folder holds nothing but new files of a run in place.
func isWorkDir(root *os.Root) bool {
	entries, err := fs.ReadDir(root.FS(), workDir)
	return err == nil && !slices.ContainsFunc(entries, func(d fs.DirEntry) bool {
		return !d.Type().IsRegular() || !strings.HasSuffix(d.Name(), tempSuffix)
	})
}

// list names a few files.
func list(names []string) string {
	const most = 3
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
}

func sameBytes(root *os.Root, name string, data, buffer []byte) (bool, error) {
	f, err := root.Open(name)
	if err != nil {
		return false, failed("read", local(root.Name(), name), err)
	}
	defer f.Close()
	for {
		n, err := f.Read(buffer)
		if n > len(data) || !bytes.Equal(buffer[:n], data[:n]) {
			return false, nil
		}
		data = data[n:]
		if err == io.EOF {
			return len(data) == 0, nil
		}
		if err != nil {
			return false, failed("read", local(root.Name(), name), err)
		}
	}
}

// result counts what has been done to the folder as it was looked at.
func (s *state) result(w *wanted) Result {
	var r Result
	for _, f := range w.files {
		if s.same[f.Path] {
			r.Unchanged++
		} else {
			r.Written++
		}
	}
	for name := range s.old {
		if _, ok := w.index[name]; !ok {
			r.Removed++
		}
	}
	return r
}
