package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"httpstatus/generator/content"
	"httpstatus/generator/render"
	"httpstatus/generator/site"
)

// project is what all commands share: where the content and the templates are, and where to talk to people.
type project struct {
	flags            *flag.FlagSet
	stdout, stderr   io.Writer
	content          string
	templates        string
	baseURL          string
	host             string
	cache            string
	highlightEntries map[string]string
}

func newProject(name string, stdout, stderr io.Writer) *project {
	p := &project{flags: flag.NewFlagSet(name, flag.ContinueOnError), stdout: stdout, stderr: stderr}
	p.flags.SetOutput(stderr)
	p.flags.StringVar(&p.content, "content", "content", "folder of the content")
	p.flags.StringVar(&p.templates, "templates", "templates", "folder of the templates")
	return p
}

// renderFlags adds the flags of commands that render pages.
func (p *project) renderFlags() {
	p.flags.StringVar(&p.cache, "cache", "", "folder for highlighted code (default: the user's cache folder; off: none)")
}

// parse reads flags; only the commands that say so take further arguments.
func (p *project) parse(args []string, extra int, synopsis string) ([]string, error) {
	p.flags.Usage = func() {
		fmt.Fprintf(p.stderr, "usage: go run ./generator %s\n\n", synopsis)
		p.flags.PrintDefaults()
	}
	if err := p.flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil, err
		}
		return nil, errUsage
	}
	if p.flags.NArg() != extra {
		fmt.Fprintf(p.stderr, "%s takes %d arguments, not %d\n", p.flags.Name(), extra, p.flags.NArg())
		p.flags.Usage()
		return nil, errUsage
	}
	return p.flags.Args(), nil
}

// report prints an error: problems of the content with their lines, all others in one line each.
func (p *project) report(err error) {
	var problems content.Problems
	if errors.As(err, &problems) {
		problems.Print(p.stderr)
		return
	}
	fmt.Fprintln(p.stderr, err)
}

// folder opens a folder that has to exist.
func folder(name, flagName string) (fs.FS, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, fmt.Errorf("no folder %q\n  hint: run this at the top of the project, or name the folder with -%s", name, flagName)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("%q is not a folder\n  hint: name the folder with -%s", name, flagName)
	}
	return os.DirFS(name), nil
}

// load reads the content; its error holds every problem of every file.
func (p *project) load() (*content.Model, error) {
	fsys, err := folder(p.content, "content")
	if err != nil {
		return nil, err
	}
	m, problems := content.Load(fsys, filepath.ToSlash(filepath.Clean(p.content)))
	if len(problems) > 0 {
		return nil, problems
	}
	return m, nil
}

// files loads, links and renders: everything but publishing.
func (p *project) files(ctx context.Context) ([]site.File, error) {
	m, err := p.load()
	if err != nil {
		return nil, err
	}
	s, err := site.Build(m, p.baseURL)
	if err != nil {
		return nil, err
	}
	templates, err := folder(p.templates, "templates")
	if err != nil {
		return nil, err
	}
	if p.highlightEntries == nil {
		p.highlightEntries = readCache(p.cacheFile())
	}
	cache := render.NewHighlightCache(p.highlightEntries)
	r, err := render.New(templates, render.Options{Index: p.host == "file", Highlights: cache})
	if err != nil {
		return nil, err
	}
	files, err := r.Render(s)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if entries, changed := cache.Used(); changed {
		p.highlightEntries = entries
		writeCache(p.cacheFile(), entries)
	}
	return files, nil
}

// terminal tells whether somebody watches the output.
func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// say prints a remark for whoever watches; a pipe stays quiet.
func (p *project) say(format string, args ...any) {
	if terminal(p.stderr) {
		fmt.Fprintf(p.stderr, format+"\n", args...)
	}
}

// relative is a published path without its leading slash.
func relative(path string) string { return strings.TrimPrefix(path, "/") }
