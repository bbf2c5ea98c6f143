package content

import (
	"fmt"
	"strconv"
	"strings"
)

// checker knows what all files together define. After newChecker it is only read, so that files are
// checked in parallel.
type checker struct {
	pages      map[int]bool       // numbers with a page
	registered map[int]Kind       // numbers in the registry
	fields     map[string]*Header // by lower-case name; nil where the file could not be read
	frameworks map[string]bool
	clients    map[string]bool
	signals    map[string]bool
	specs      map[int]*specIndex
	registry   *Registry // nil where the file could not be read, as are signals and specs
	names      nameSet
	files      []*file
}

type specIndex struct {
	rfc      *RFC
	sections map[string]bool
}

func newChecker(m *Model, files []*file) *checker {
	c := &checker{
		pages:      map[int]bool{},
		fields:     map[string]*Header{},
		frameworks: map[string]bool{},
		clients:    map[string]bool{},
		files:      files,
		names:      nameSet{},
	}
	for _, f := range files {
		// A file that cannot be read defines its name all the same: one mistake is not reported twice.
		switch dir, _, _ := strings.Cut(f.kind.path, "/"); dir {
		case "codes":
			c.pages[number(f.id)] = true
		case "headers":
			h, _ := f.value.(*Header)
			c.fields[f.id] = h
			c.names.add(f.id)
		case "frameworks":
			c.frameworks[f.id] = true
		case "clients":
			c.clients[f.id] = true
		}
		switch v := f.value.(type) {
		case *Specs:
			c.addSpecs(v)
		case *Registry:
			c.addRegistry(v)
		case *Findings:
			c.signals = map[string]bool{}
			for _, s := range v.Signals {
				c.signals[s.ID] = true
			}
		}
	}
	for _, code := range m.Codes {
		c.names.add(code.Name.S)
	}
	return c
}

func (c *checker) addSpecs(specs *Specs) {
	c.specs = make(map[int]*specIndex, len(specs.RFCs))
	for i := range specs.RFCs {
		rfc := &specs.RFCs[i]
		index := &specIndex{rfc, make(map[string]bool, len(rfc.Sections))}
		for _, s := range rfc.Sections {
			index.sections[s.Number] = true
		}
		c.specs[rfc.Number] = index
	}
}

func (c *checker) addRegistry(r *Registry) {
	c.registry = r
	c.registered = map[int]Kind{}
	for _, list := range [][]Registration{r.IANA, r.Vendors} {
		for _, reg := range list {
			c.registered[reg.Code] = reg.State
			c.names.add(reg.Name.S)
		}
	}
}

// file checks one decoded file against all others and against the RFCs.
func (c *checker) file(f *file) {
	if f.value == nil {
		return
	}
	f.unfinished()
	cited := map[string]bool{}
	for _, r := range f.refs {
		if s, ok := r.to.(*SourceRef); ok {
			cited[s.S] = true
		}
		c.reference(f, r)
	}
	for _, p := range f.prose {
		c.prose(f, p, cited)
	}
	for _, s := range f.sources {
		if !cited[s.ID] {
			f.report(s.Pos, fmt.Sprintf("cite it with source: %s or [^%s], or delete it", s.ID, s.ID), "source %q is never cited", s.ID)
		}
	}
	switch v := f.value.(type) {
	case *Code:
		c.code(f, v)
	case *Class:
		f.mustBeNamed(v.Class)
		if number(strings.TrimSuffix(v.Class.S, "xx")) < 1 || !strings.HasSuffix(v.Class.S, "xx") || len(v.Class.S) != 3 || v.Class.S[0] > '5' {
			f.report(v.Class.Pos, "the classes are 1xx, 2xx, 3xx, 4xx and 5xx", "%q is no class", v.Class.S)
		}
	case *Header:
		f.mustBeNamed(Plain{strings.ToLower(v.Field.S), v.Field.Pos})
		for _, e := range v.Examples {
			f.fieldLine(e.Line)
		}
	case *Framework, *Client:
		if !isID(f.id) {
			f.report(Pos{}, "use small letters, digits and hyphens", "%q cannot be an id", f.id)
		}
	case *Registry:
		f.registryCodes(v)
	}
}

// mustBeNamed reports a file whose name differs from what it is about.
func (f *file) mustBeNamed(p Plain) {
	if p.S != "" && p.S != f.id {
		f.report(p.Pos, fmt.Sprintf("rename the file to %s%s, or correct this line", p.S, f.path[strings.LastIndexByte(f.path, '.'):]),
			"this is %q, but the file is named %q", p.S, f.id)
	}
}

// fieldLine reports an example that is not one complete field line.
func (f *file) fieldLine(line Plain) {
	name, value, ok := strings.Cut(strings.TrimSpace(line.S), ":")
	if line.S != "" && (!ok || name == "" || strings.ContainsAny(name, " \t\"(),/;<=>?@[\\]{}") || strings.Contains(value, "\n")) {
		f.report(line.Pos, "write one complete line: Name: value", "%q is not a field line", shorten(line.S))
	}
}

func (f *file) registryCodes(r *Registry) {
	seen := map[int]bool{}
	for _, list := range [][]Registration{r.IANA, r.Vendors} {
		for _, reg := range list {
			if reg.Code != 0 && seen[reg.Code] {
				f.report(reg.Name.Pos, "where owners clash, the page of the number tells them apart", "code %d appears twice", reg.Code)
			}
			seen[reg.Code] = true
		}
	}
}

func (c *checker) code(f *file, v *Code) {
	if v.Code == 0 {
		return
	}
	if number := strconv.Itoa(v.Code); number != f.id {
		f.mustBeNamed(Plain{number, f.at("code")})
		return // of which code the rest speaks is not known
	}
	c.againstRegistry(f, v)
	f.onlyOnce(v)
	if v.Kind == Standard {
		f.againstRFCs(v)
	}
	f.exchanges(v)
}

// at returns the place of a field's value, or the zero Pos if the field is not there.
func (f *file) at(path string) Pos {
	if v := lookFor(f.root, path); v != nil {
		return place(v)
	}
	return Pos{}
}

// onlyOnce reports lists that name the same thing twice.
func (f *file) onlyOnce(v *Code) {
	var related, fields, byItself, respond, handle []Plain
	for _, r := range v.Related {
		related = append(related, Plain{strconv.Itoa(r.Code.Code), r.Code.Pos})
	}
	for _, h := range v.Headers {
		fields = append(fields, h.Field.Plain)
	}
	for _, b := range v.Frameworks {
		byItself = append(byItself, b.Framework.Plain)
	}
	for _, r := range v.Snippets.Respond {
		respond = append(respond, r.Framework.Plain)
	}
	for _, h := range v.Snippets.Handle {
		handle = append(handle, h.Client.Plain)
	}
	for _, list := range [][]Plain{related, fields, byItself, respond, handle} {
		first := map[string]int{}
		for _, p := range list {
			key := strings.ToLower(p.S)
			if line := first[key]; line > 0 && p.S != "" {
				f.report(p.Pos, fmt.Sprintf("the first one is on line %d; make one of the two", line), "%q appears twice in this list", p.S)
			} else {
				first[key] = p.Pos.Line
			}
		}
	}
}

// againstRegistry reports a page that has another name or kind than the registry.
func (c *checker) againstRegistry(f *file, v *Code) {
	if c.registry == nil {
		return
	}
	const hint = "correct one of the two; content/registry.yaml follows the IANA registry"
	for _, list := range [][]Registration{c.registry.IANA, c.registry.Vendors} {
		for _, reg := range list {
			if reg.Code != v.Code {
				continue
			}
			if v.Name.S != "" && v.Name.S != reg.Name.S {
				f.report(v.Name.Pos, hint, "the registry calls %d %q, not %q", v.Code, reg.Name.S, v.Name.S)
			}
			if v.Kind != "" && v.Kind != reg.State {
				f.report(f.at("kind"), hint, "the registry has %d as %q, not %q", v.Code, reg.State, v.Kind)
			}
			return
		}
	}
	f.report(f.at("code"), "add it there with name, state and reference", "%d is not in content/registry.yaml", v.Code)
}

// acrossFiles reports what only all files together show.
func (c *checker) acrossFiles() Problems {
	return nearDuplicates(c.files)
}
