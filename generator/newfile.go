package main

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"text/template"
	"time"

	"httpstatus/generator/content"
)

//go:embed skeleton.yaml
var skeletonText string

// skeleton fills skeleton.yaml.
type skeleton struct {
	Code   int
	Name   string
	Kind   content.Kind
	Vendor bool
	Error  bool
	Today  string
}

// newFile writes a commented skeleton; it never replaces a file.
func newFile(_ context.Context, p *project, args []string) error {
	rest, err := p.parse(args, 2, "new [FLAG ...] code NUMBER")
	if err != nil {
		return err
	}
	code, err := strconv.Atoi(rest[1])
	if rest[0] != "code" || err != nil || code < 100 || code > 999 {
		fmt.Fprintf(p.stderr, "cannot make %q\n  hint: write new code 507, with a number from 100 to 999\n", strings.Join(rest, " "))
		return errUsage
	}
	fsys, err := folder(p.content, "content")
	if err != nil {
		return err
	}
	// Problems of other files are no reason not to begin a new one; the registry is only asked for the name.
	model, _ := content.Load(fsys, p.content)
	data, err := fill(model, code)
	if err != nil {
		return err
	}
	file := filepath.Join(p.content, "codes", rest[1]+".yaml")
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s stands already; nothing was changed", filepath.ToSlash(file))
	}
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(p.stdout, filepath.ToSlash(file))
	return nil
}

func fill(model *content.Model, code int) ([]byte, error) {
	s := skeleton{Code: code, Name: "TODO", Kind: content.Vendor, Vendor: true, Error: code >= 400 && code < 600, Today: time.Now().Format(time.DateOnly)}
	if model != nil {
		if reg, ok := model.Registered(code); ok {
			s.Name, s.Kind, s.Vendor = reg.Name.S, reg.State, reg.State == content.Vendor
		}
	}
	t, err := template.New("skeleton.yaml").Parse(skeletonText)
	if err != nil {
		return nil, err
	}
	var buf bytes.Buffer
	if err := t.Execute(&buf, s); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}
