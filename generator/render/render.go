package render

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"runtime"
	"strings"
	"sync"

	"httpstatus/generator/site"
)

// Options change what is written.
type Options struct {
	// Index writes links to folders with their index.html, for reading from disk.
	Index bool
	// Plain leaves the pages unminified.
	Plain bool
	// Highlights is the cache of highlighted code; nil means an empty one.
	Highlights *HighlightCache
}

// Renderer holds the parsed templates and the finished assets. It is not changed after New, so that any number of
// goroutines can use it.
type Renderer struct {
	templates *template.Template
	assets    *assets
	minify    *minifier
	markdown  *markdown
	code      *highlighter
	options   Options
	buffers   sync.Pool // *bytes.Buffer, for pages on their way to the minifier
}

// New reads the templates (*.html) and assets (assets/*) from a folder.
func New(templates fs.FS, o Options) (*Renderer, error) {
	if o.Highlights == nil {
		o.Highlights = &HighlightCache{}
	}
	r := &Renderer{options: o, minify: newMinifier(), code: &highlighter{cache: o.Highlights}}
	r.markdown = newMarkdown(r.code)
	var err error
	if r.assets, err = loadAssets(templates, r.minify); err != nil {
		return nil, err
	}
	if r.templates, err = parse(templates); err != nil {
		return nil, err
	}
	return r, nil
}

func parse(templates fs.FS) (*template.Template, error) {
	names, err := fs.Glob(templates, "*.html")
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, errors.New("no *.html in the templates folder")
	}
	t := template.New("").Option("missingkey=error")
	var problems []error
	for _, name := range names {
		text, err := fs.ReadFile(templates, name)
		if err != nil {
			return nil, err
		}
		if _, err := t.New(name).Parse(string(text)); err != nil {
			problems = append(problems, fmt.Errorf("templates: %w", err))
		}
	}
	return t, errors.Join(problems...)
}

// job renders one page.
type job struct {
	path string
	run  func() ([]byte, error)
}

// Render returns all pages, assets and data files of a site. All pages are tried; the error joins what went wrong.
func (r *Renderer) Render(s *site.Site) ([]site.File, error) {
	jobs := r.jobs(s)
	files := make([]site.File, len(jobs))
	errs := make([]error, len(jobs))
	next := make(chan int)
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(jobs)) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range next {
				data, err := jobs[i].run()
				if err != nil {
					errs[i] = fmt.Errorf("page %s: %w", jobs[i].path, err)
				}
				files[i] = site.File{Path: filePath(jobs[i].path), Data: data}
			}
		}()
	}
	for i := range jobs {
		next <- i
	}
	close(next)
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	files = append(files, r.assets.files...)
	files = append(files, s.Files...)
	return files, nil
}

func filePath(page string) string {
	if strings.HasSuffix(page, "/") {
		return page + "index.html"
	}
	return page
}

func (r *Renderer) jobs(s *site.Site) []job {
	jobs := []job{
		newJob(r, s, "home.html", &s.Home.Page, &s.Home, nil),
		newJob(r, s, "codes.html", &s.CodeList.Page, &s.CodeList, nil),
		newJob(r, s, "fields.html", &s.FieldList.Page, &s.FieldList, nil),
		newJob(r, s, "about.html", &s.About.Page, &s.About, nil),
		newJob(r, s, "404.html", &s.NotFound.Page, &s.NotFound, nil),
	}
	for i := range s.Classes {
		p := &s.Classes[i]
		jobs = append(jobs, newJob(r, s, "class.html", &p.Page, p, p.Class.Sources))
	}
	for i := range s.Codes {
		p := &s.Codes[i]
		jobs = append(jobs, newJob(r, s, "code.html", &p.Page, p, p.Code.Sources))
	}
	for i := range s.Headers {
		p := &s.Headers[i]
		jobs = append(jobs, newJob(r, s, "field.html", &p.Page, p, p.Header.Sources))
	}
	return jobs
}

// execute runs a template and minifies what it wrote.
func (r *Renderer) execute(name string, view any) ([]byte, error) {
	buf, ok := r.buffers.Get().(*bytes.Buffer)
	if !ok {
		buf = new(bytes.Buffer)
	}
	defer r.buffers.Put(buf)
	buf.Reset()
	if err := r.templates.ExecuteTemplate(buf, name, view); err != nil {
		return nil, err
	}
	if r.options.Plain {
		return bytes.Clone(buf.Bytes()), nil
	}
	return r.minify.bytes("text/html", buf.Bytes())
}

// asset is the path below which hashed files are written.
func asset(name string) string { return path.Join("/assets", name) }
