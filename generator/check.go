package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"httpstatus/generator/audit"
	"httpstatus/generator/content"
)

// check validates the content and the pages made of it.
func check(ctx context.Context, p *project, args []string) error {
	write := p.flags.Bool("write-schema", false, "write content/schema/*.json anew instead of comparing it")
	p.renderFlags()
	if _, err := p.parse(args, 0, "check [FLAG ...]"); err != nil {
		return err
	}
	if _, err := folder(p.content, "content"); err != nil {
		return err
	}
	if *write {
		if err := p.writeSchemas(); err != nil {
			return err
		}
	}
	files, err := p.files(ctx)
	if err != nil {
		return err
	}
	problems, err := p.staleSchemas()
	if err != nil {
		return err
	}
	findings := audit.Files(files, audit.Options{})
	for _, f := range findings {
		fmt.Fprintln(p.stderr, f)
	}
	if len(findings) > 0 || len(problems) > 0 {
		for _, s := range problems {
			fmt.Fprintln(p.stderr, s)
		}
		return fmt.Errorf("%d problems in the built pages and schemas", len(findings)+len(problems))
	}
	p.say("no problems")
	return nil
}

func (p *project) schemaFile(name string) string {
	return filepath.Join(p.content, "schema", name)
}

func (p *project) writeSchemas() error {
	if err := os.MkdirAll(filepath.Join(p.content, "schema"), 0o755); err != nil {
		return err
	}
	for _, s := range content.Schemas() {
		if err := os.WriteFile(p.schemaFile(s.Name), s.JSON, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// staleSchemas names the files of content/schema that do not say what the loader does.
func (p *project) staleSchemas() ([]string, error) {
	var stale []string
	for _, s := range content.Schemas() {
		file := p.schemaFile(s.Name)
		have, err := os.ReadFile(file)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		if !bytes.Equal(have, s.JSON) {
			stale = append(stale, fmt.Sprintf("%s: differs from what the loader checks\n  hint: run go run ./generator check -write-schema", filepath.ToSlash(file)))
		}
	}
	return stale, nil
}
