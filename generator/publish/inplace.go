package publish

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// tempSuffix ends the names of the files in the work folder.
const tempSuffix = ".tmp"

// place is one file that has been written aside and will be renamed into the folder.
type place struct {
	temp, name string
}

// inPlace replaces files one by one. All new files are written aside first; until then, an error or the end
// of ctx changes nothing. What follows is renaming and removing only.
func inPlace(ctx context.Context, s *state, w *wanted, sys system) error {
	work := local(s.dir, workDir)
	if err := os.RemoveAll(work); err != nil {
		return failed("remove", work, err)
	}
	if err := os.Mkdir(work, 0o755); err != nil {
		return failed("create", work, err)
	}
	places, manifest, err := s.aside(ctx, w, work, sys)
	if err != nil {
		_ = os.RemoveAll(work)
		return err
	}
	if err := s.stillOurs(); err != nil {
		_ = os.RemoveAll(work)
		return err
	}
	if err := s.announce(work, manifest); err != nil {
		return err
	}
	doomed := map[string]string{} // by folded name
	for name := range s.old {
		if _, ok := w.index[name]; !ok {
			doomed[fold(name)] = name
		}
	}
	for _, p := range places {
		if err := s.install(p, doomed[fold(p.name)]); err != nil {
			return err
		}
	}
	if err := s.sweep(w); err != nil {
		return err
	}
	if err := os.Rename(local(s.dir, nextManifest), local(s.dir, Manifest)); err != nil {
		return failed("write", local(s.dir, Manifest), err)
	}
	if err := os.RemoveAll(work); err != nil {
		return failed("remove", work, err)
	}
	return nil
}

// aside writes the files that are new into the work folder: pages last.
func (s *state) aside(ctx context.Context, w *wanted, work string, sys system) (places []place, manifest string, err error) {
	for _, f := range w.files {
		if !s.same[f.Path] {
			places = append(places, place{name: f.Path})
		}
	}
	slices.SortStableFunc(places, func(a, b place) int { return rank(a.name) - rank(b.name) })
	var temps []string
	for i := range places {
		if err := ctx.Err(); err != nil {
			return nil, "", err
		}
		p := &places[i]
		p.temp = filepath.Join(work, strconv.Itoa(i)+tempSuffix)
		if err := writeFile(p.temp, w.files[w.index[p.name]].Data); err != nil {
			return nil, "", err
		}
		temps = append(temps, p.temp)
	}
	manifest = filepath.Join(work, "manifest"+tempSuffix)
	if err := writeFile(manifest, w.manifest); err != nil {
		return nil, "", err
	}
	if err := sys.flush(work, append(temps, manifest)); err != nil {
		return nil, "", failed("write", work, err)
	}
	return places, manifest, ctx.Err()
}

// rank orders files so that a page comes after what it refers to.
func rank(name string) int {
	if strings.HasSuffix(name, ".html") {
		return 1
	}
	return 0
}

// announce records what is about to be written, so that a later run knows it for ours. If there is such a record
// of a killed run, its files go into the manifest first.
func (s *state) announce(work, manifest string) error {
	if s.open && len(s.old) > 0 {
		names := make([]File, 0, len(s.old))
		for name := range s.old {
			names = append(names, File{Path: name})
		}
		slices.SortFunc(names, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
		all := filepath.Join(work, "all"+tempSuffix)
		if err := writeFile(all, formatManifest(names)); err != nil {
			return err
		}
		if err := os.Rename(all, local(s.dir, Manifest)); err != nil {
			return failed("write", local(s.dir, Manifest), err)
		}
	}
	next := local(s.dir, nextManifest)
	if err := os.Rename(manifest, next); err != nil {
		return failed("write", next, err)
	}
	return nil
}

// install renames a file into the folder, and makes room for it where files of ours are in the way. namesake is
// a file to be removed whose name differs only in case, or empty: the two may be one file.
func (s *state) install(p place, namesake string) error {
	to := local(s.dir, p.name)
	for dir := path.Dir(p.name); dir != "."; dir = path.Dir(dir) {
		if info, err := os.Lstat(local(s.dir, dir)); err == nil && !info.IsDir() { // was a file, becomes a folder
			if err := s.remove(dir); err != nil {
				return err
			}
		}
	}
	if err := makeDir(filepath.Dir(to)); err != nil {
		return err
	}
	if info, err := os.Lstat(to); err == nil && info.IsDir() { // was a folder, becomes a file
		if err := os.RemoveAll(to); err != nil {
			return failed("remove", to, err)
		}
	}
	if namesake != "" {
		if err := s.remove(namesake); err != nil {
			return err
		}
	}
	if err := os.Rename(p.temp, to); err != nil {
		return failed("write", to, err)
	}
	return nil
}

// sweep removes what is no longer wanted, and the folders that this leaves empty.
func (s *state) sweep(w *wanted) error {
	empty := map[string]bool{}
	for name := range s.old {
		if _, ok := w.index[name]; ok || w.dirs[name] {
			continue
		}
		if err := s.remove(name); err != nil {
			return err
		}
		for dir := path.Dir(name); dir != "." && !w.dirs[dir]; dir = path.Dir(dir) {
			empty[dir] = true
		}
	}
	dirs := make([]string, 0, len(empty))
	for dir := range empty {
		dirs = append(dirs, dir)
	}
	slices.Sort(dirs)
	for _, dir := range slices.Backward(dirs) { // a folder comes after its parent
		if _, isFile := w.index[dir]; isFile {
			continue
		}
		_ = os.Remove(local(s.dir, path.Join(dir, finderFile)))
		if err := s.remove(dir); err != nil {
			return err
		}
	}
	return nil
}

// remove removes a file or an empty folder, which may be gone already.
func (s *state) remove(name string) error {
	p := local(s.dir, name)
	if err := os.Remove(p); err != nil && !errors.Is(err, fs.ErrNotExist) && !isNotDir(err) {
		return failed("remove", p, err)
	}
	return nil
}
