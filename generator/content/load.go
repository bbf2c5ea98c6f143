package content

import (
	"errors"
	"io/fs"
	"path"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"gopkg.in/yaml.v3"
)

// fileKind is a place in the content folder and what its files hold.
type fileKind struct {
	path string // codes/*.yaml, or the name of a single file
	noun string
	make func() any
	add  func(*Model, any)
}

// kinds lists everything that belongs into the content folder.
func kinds() []*fileKind {
	return []*fileKind{
		{"specs.yaml", "list of the RFCs that may be cited", func() any { return new(Specs) }, func(m *Model, v any) { m.Specs = *v.(*Specs) }},
		{"about.md", "page about the site", func() any { return new(Page) }, func(m *Model, v any) { m.About = *v.(*Page) }},
		{"findings.yaml", "list of what the Inspector looks at", func() any { return new(Findings) }, func(m *Model, v any) { m.Findings = *v.(*Findings) }},
		{"registry.yaml", "registry of all numbers", func() any { return new(Registry) }, func(m *Model, v any) { m.Registry = *v.(*Registry) }},
		{"site.yaml", "site with its name and address", func() any { return new(Site) }, func(m *Model, v any) { m.Site = *v.(*Site) }},
		{"codes/*.yaml", "code", func() any { return new(Code) }, func(m *Model, v any) { m.Codes = append(m.Codes, v.(*Code)) }},
		{"classes/*.yaml", "class", func() any { return new(Class) }, func(m *Model, v any) { m.Classes = append(m.Classes, v.(*Class)) }},
		{"headers/*.yaml", "header", func() any { return new(Header) }, func(m *Model, v any) { m.Headers = append(m.Headers, v.(*Header)) }},
		{"frameworks/*.yaml", "framework", func() any { return new(Framework) }, func(m *Model, v any) { m.Frameworks = append(m.Frameworks, v.(*Framework)) }},
		{"clients/*.yaml", "client", func() any { return new(Client) }, func(m *Model, v any) { m.Clients = append(m.Clients, v.(*Client)) }},
	}
}

// schemaFolder holds what Schemas made; Load leaves it alone.
const schemaFolder = "schema"

// Load reads the content folder. It returns the model and every problem of every file, sorted; the model is
// fit for use only if there is none. root stands before the file names in problems.
func Load(fsys fs.FS, root string) (*Model, Problems) {
	l := loader{fsys: fsys, root: root, kinds: kinds(), shapes: shapes{}}
	for _, k := range l.kinds {
		l.shapes.of(reflect.TypeOf(k.make()).Elem())
	}
	l.list()
	l.each(l.read)
	m := &Model{}
	for _, f := range l.files {
		if f.value != nil {
			f.kind.add(m, f.value)
		}
	}
	c := newChecker(m, l.files)
	l.each(c.file)
	l.problems = append(l.problems, c.acrossFiles()...)
	for _, f := range l.files {
		l.problems = append(l.problems, f.problems...)
	}
	l.problems.Sort()
	m.sort()
	return m, l.problems
}

// loader is one run of Load.
type loader struct {
	fsys     fs.FS
	root     string
	kinds    []*fileKind
	shapes   shapes
	files    []*file
	problems Problems
}

// each runs do for all files, on as many processors as there are.
func (l *loader) each(do func(*file)) {
	var wg sync.WaitGroup
	var taken atomic.Int64
	for range min(runtime.GOMAXPROCS(0), len(l.files)) {
		wg.Go(func() {
			for i := taken.Add(1); i <= int64(len(l.files)); i = taken.Add(1) {
				do(l.files[i-1])
			}
		})
	}
	wg.Wait()
}

func (l *loader) report(name, message, hint string) {
	l.problems = append(l.problems, Problem{File: path.Join(l.root, name), Message: message, Hint: hint})
}

// list finds the files and reports those that do not belong here and those that are not there.
func (l *loader) list() {
	found := map[*fileKind][]string{}
	for _, name := range l.names() {
		if k := l.kindOf(name); k != nil {
			found[k] = append(found[k], name)
		} else {
			l.report(name, "unexpected file", l.renameHint(name))
		}
	}
	for _, k := range l.kinds {
		if len(found[k]) == 0 && !strings.Contains(k.path, "*") {
			l.report(k.path, "missing file", "the site needs a "+k.noun)
		}
		for _, name := range found[k] {
			l.files = append(l.files, &file{
				source: source{name: path.Join(l.root, name)},
				path:   name,
				kind:   k,
				id:     strings.TrimSuffix(path.Base(name), path.Ext(name)),
			})
		}
	}
}

// names returns all files of the content folder but those that editors leave behind, in order.
func (l *loader) names() []string {
	var names []string
	err := fs.WalkDir(l.fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		base := path.Base(name)
		hidden := name != "." && (strings.HasPrefix(base, ".") || strings.HasSuffix(base, "~"))
		switch {
		case err != nil && name == ".":
			return err
		case err != nil:
			l.report(name, "cannot be read: "+reason(err), "")
		case entry.IsDir() && (hidden || name == schemaFolder):
			return fs.SkipDir
		case !entry.IsDir() && !hidden:
			names = append(names, name)
		}
		return nil
	})
	if err != nil {
		l.report("", "cannot be read: "+reason(err), "")
	}
	return names
}

// reason is an error without the path, which stands before it already.
func reason(err error) string {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err.Error()
	}
	return err.Error()
}

func (l *loader) kindOf(name string) *fileKind {
	for _, k := range l.kinds {
		if ok, _ := path.Match(k.path, name); ok {
			return k
		}
	}
	return nil
}

// renameHint says what a file that does not belong here should be called.
func (l *loader) renameHint(name string) string {
	base, ext := strings.TrimSuffix(name, path.Ext(name)), ""
	switch strings.ToLower(path.Ext(name)) {
	case ".yml", ".yaml", ".json":
		ext = ".yaml"
	case ".markdown", ".md":
		ext = ".md"
	}
	if l.kindOf(base+ext) != nil {
		return "name it " + path.Base(base+ext)
	}
	places := make([]string, len(l.kinds))
	for i, k := range l.kinds {
		places[i] = k.path
	}
	slices.Sort(places)
	return "files here: " + strings.Join(places, ", ")
}

// read reads and decodes one file.
func (l *loader) read(f *file) {
	data, err := fs.ReadFile(l.fsys, f.path)
	if err != nil {
		f.report(Pos{}, "", "cannot be read: %s", reason(err))
		return
	}
	f.source = newSource(f.name, strings.TrimPrefix(string(data), "\uFEFF"))
	text, body := f.text, Pos{}
	if path.Ext(f.name) == ".md" {
		var ok bool
		if text, body, ok = f.frontMatter(); !ok {
			return
		}
	}
	l.decode(f, text, body)
}

// decode fills the file's value from its YAML; body is where the text of a page begins.
func (l *loader) decode(f *file, text string, body Pos) {
	node := f.parse(text)
	if node == nil {
		return
	}
	v := f.kind.make()
	d := &decoder{file: f}
	s := l.shapes[reflect.TypeOf(v).Elem()]
	if node.Kind != yaml.MappingNode {
		d.wrongType(node, &field{name: path.Base(f.path)}, "fields")
		return
	}
	d.object(node, s, nil, reflect.ValueOf(v).Elem())
	f.root, f.value = node, v
	f.finish(v, body)
}

// finish fills in what a value has from its file and not from YAML.
func (f *file) finish(v any, body Pos) {
	switch v := v.(type) {
	case *Code:
		v.File = f.path
	case *Class:
		v.File = f.path
	case *Header:
		v.File = f.path
	case *Framework:
		v.File, v.ID = f.path, f.id
	case *Client:
		v.File, v.ID = f.path, f.id
	case *Page:
		v.File = f.path
		v.Body = Markdown{strings.TrimRight(strings.ReplaceAll(f.text[f.offset(body):], "\r\n", "\n"), " \n"), body}
		f.prose = append(f.prose, prose{"body", v.Body.S, body})
		if v.Body.S == "" {
			f.report(Pos{}, "write the text below the second ---", "no text")
		}
	}
}

// frontMatter returns the YAML before the text of a page, at the same lines, and where the text begins.
func (f *file) frontMatter() (text string, body Pos, ok bool) {
	const hint = "begin with a line ---, then title and description, then another ---, then the text"
	if strings.TrimRight(f.line(1), " ") != "---" {
		f.report(Pos{1, 1}, hint, "no front matter")
		return "", Pos{}, false
	}
	for n := 2; n <= len(f.starts); n++ {
		if strings.TrimRight(f.line(n), " ") != "---" {
			continue
		}
		next := n + 1
		for next < len(f.starts) && strings.TrimSpace(f.line(next)) == "" {
			next++
		}
		return "\n" + f.text[f.starts[1]:f.starts[n-1]], Pos{next, 1}, true
	}
	f.report(Pos{1, 1}, hint, "the front matter is never closed")
	return "", Pos{}, false
}
