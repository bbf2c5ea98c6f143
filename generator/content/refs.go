package content

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// reference reports a name that nothing has.
func (c *checker) reference(f *file, r reference) {
	switch to := r.to.(type) {
	case *CodeRef:
		if r.zone != "misuses" || !f.isPage(to.Code) { // where 404 belongs, people send 200
			c.codeRef(f, to.Code, to.Pos)
		}
	case *SpecRef:
		at := to.Section.Pos
		if at == (Pos{}) {
			at = to.Pos
		}
		if to.RFC > 0 {
			c.spec(f, to.RFC, to.Section.S, at)
		}
	case *FieldRef:
		c.fieldRef(f, to.Plain)
	case *FrameworkRef:
		f.known(to.Plain, "framework", c.frameworks, "frameworks are the files in content/frameworks")
	case *ClientRef:
		f.known(to.Plain, "client", c.clients, "clients are the files in content/clients")
	case *SignalRef:
		if c.signals != nil {
			f.known(to.Plain, "signal", c.signals, "signals stand in content/findings.yaml")
		}
	case *FindingRef:
		f.known(to.Plain, "finding", nil, "content/findings.yaml has no findings yet; leave it out")
	case *SourceRef:
		f.sourceRef(to.S, to.Pos)
	}
}

// known reports a name that is not in names.
func (f *file) known(p Plain, noun string, names map[string]bool, hint string) {
	if !names[p.S] {
		f.report(p.Pos, hint, "unknown %s %q%s", noun, p.S, didYouMean(p.S, slices.Sorted(maps.Keys(names))))
	}
}

func (f *file) sourceRef(id string, at Pos) {
	ids := make([]string, len(f.sources))
	for i, s := range f.sources {
		if s.ID == id {
			return
		}
		ids[i] = s.ID
	}
	f.report(at, "add it to the sources of this file, with title and url", "unknown source %q%s", id, didYouMean(id, ids))
}

// isPage reports whether the file is the page of that code.
func (f *file) isPage(code int) bool {
	_, ok := f.value.(*Code)
	return ok && f.id == strconv.Itoa(code)
}

func (c *checker) codeRef(f *file, code int, at Pos) {
	if f.isPage(code) {
		f.report(at, "name another code, or write the number without brackets", "%d is this page", code)
		return
	}
	if c.resolves(f, code) {
		return
	}
	f.report(at, "give it a page, or add it to content/registry.yaml", "nobody uses %d", code)
}

func (c *checker) fieldRef(f *file, p Plain) {
	h, ok := c.fields[strings.ToLower(p.S)]
	if !ok {
		suggestion, hint := c.nearestField(p.S), ""
		if suggestion == "" {
			hint = fmt.Sprintf("add content/headers/%s.yaml", strings.ToLower(p.S))
		}
		f.report(p.Pos, hint, "unknown header field %q%s", p.S, suggestion)
		return
	}
	if h != nil && h.Field.S != p.S && strings.EqualFold(h.Field.S, p.S) {
		f.report(p.Pos, "field names are written as in the registry", "%q is spelled %q", p.S, h.Field.S)
	}
}

func (c *checker) nearestField(name string) string {
	var names []string
	for id, h := range c.fields {
		if h != nil && h.Field.S != "" {
			id = h.Field.S
		}
		names = append(names, id)
	}
	slices.Sort(names)
	return didYouMean(name, names)
}

// spec reports a section that does not exist, and documents that are no authority any more.
func (c *checker) spec(f *file, rfc int, section string, at Pos) {
	if by := c.successor(rfc); by != "" {
		f.report(at, "cite the document in force; in the history an obsolete RFC is named without brackets", "RFC %d is obsolete: %s", rfc, by)
		return
	}
	if c.specs == nil {
		return
	}
	index := c.specs[rfc]
	if index == nil {
		f.report(at, "add it there with its sections", "RFC %d is not in content/specs.yaml", rfc)
		return
	}
	if section != "" && !index.sections[section] {
		f.report(at, "the sections stand in content/specs.yaml", "RFC %d has no section %s", rfc, section)
	}
}

// successor says what replaced an RFC, or nothing.
func (c *checker) successor(rfc int) string {
	if by := obsolete(rfc); by != "" {
		return by
	}
	if index := c.specs[rfc]; index != nil && index.rfc.ObsoletedBy > 0 {
		return fmt.Sprintf("RFC %d replaces it", index.rfc.ObsoletedBy)
	}
	return ""
}

// prose checks what a piece of prose refers to and how it says it, and notes the sources that it cites.
func (c *checker) prose(f *file, p prose, cited map[string]bool) {
	r := read(p.s)
	for _, m := range r.mentions {
		at := func() Pos { return f.locate(p.pos, p.s, m.Start, m.End) }
		switch {
		case m.hint != "":
			f.report(at(), m.hint, "%q is not a reference", p.s[m.Start:m.End])
		case m.Source != "":
			cited[m.Source] = true
			f.sourceMention(m.Source, at)
		case m.Code > 0:
			if !c.resolves(f, m.Code) {
				c.codeRef(f, m.Code, at())
			}
		case m.RFC > 0:
			c.spec(f, m.RFC, m.Section, at())
		}
	}
	for _, i := range r.html {
		f.report(f.locate(p.pos, p.s, i, i+2), "put it in backticks if it is meant as text; Markdown has no HTML here", "raw HTML in prose")
	}
	c.authority(f, p, r)
	f.addPassages(p, c.names)
}

func (f *file) sourceMention(id string, at func() Pos) {
	if !slices.ContainsFunc(f.sources, func(s *Source) bool { return s.ID == id }) {
		f.sourceRef(id, at())
	}
}

// resolves reports whether a number in prose is fine, which spares looking for its place.
func (c *checker) resolves(f *file, code int) bool {
	return !f.isPage(code) && (c.registry == nil || c.pages[code] || c.registered[code] != "")
}
