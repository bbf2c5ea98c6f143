package site

import (
	"strconv"
	"strings"

	"httpstatus/generator/content"
)

// Refs tells where the references of prose lead.
type Refs struct {
	codes  map[int]CodeRef
	fields map[string]Link // by lower-case field name
	specs  map[int]content.RFC
}

// CodeRef is a number that prose may name.
type CodeRef struct {
	Code int
	Name string
	Path string // empty if the number has no page
}

func newRefs(m *content.Model) Refs {
	r := Refs{
		codes:  make(map[int]CodeRef),
		fields: make(map[string]Link, len(m.Headers)),
		specs:  make(map[int]content.RFC, len(m.Specs.RFCs)),
	}
	for _, list := range [][]content.Registration{m.Registry.IANA, m.Registry.Vendors} {
		for _, reg := range list {
			if _, ok := r.codes[reg.Code]; !ok {
				r.codes[reg.Code] = CodeRef{Code: reg.Code, Name: reg.Name.S}
			}
		}
	}
	for _, c := range m.Codes {
		r.codes[c.Code] = CodeRef{Code: c.Code, Name: c.Name.S, Path: codePath(c.Code)}
	}
	for _, h := range m.Headers {
		r.fields[strings.ToLower(h.Field.S)] = Link{Path: fieldPath(h.Field.S), Title: h.Field.S}
	}
	for _, rfc := range m.Specs.RFCs {
		r.specs[rfc.Number] = rfc
	}
	return r
}

// Code looks a number up; ok is false if nobody uses it.
func (r Refs) Code(code int) (CodeRef, bool) {
	c, ok := r.codes[code]
	return c, ok
}

// Field looks a header field up by name; ok is false if it has no page.
func (r Refs) Field(name string) (Link, bool) {
	l, ok := r.fields[strings.ToLower(name)]
	return l, ok
}

// Spec is a section of an RFC as readers see it.
type Spec struct {
	Label string // RFC 9110 §15.5.4
	Title string // 403 Forbidden
	URL   string
}

// Spec looks a section up; an empty section means the whole document. ok is false if specs.yaml lacks it.
func (r Refs) Spec(rfc int, section string) (Spec, bool) {
	doc, ok := r.specs[rfc]
	if !ok {
		return Spec{}, false
	}
	n := strconv.Itoa(rfc)
	s := Spec{Label: "RFC " + n, Title: doc.Title.S, URL: RFCURL(rfc)}
	if section == "" {
		return s, true
	}
	for _, sec := range doc.Sections {
		if sec.Number != section {
			continue
		}
		s.Title = sec.Title
		if section[0] >= '0' && section[0] <= '9' {
			s.Label += " §" + section
			s.URL += "#section-" + section
		} else {
			s.Label += " appendix " + section
			s.URL += "#appendix-" + section
		}
		return s, true
	}
	return Spec{}, false
}

// RFCURL is where an RFC is published.
func RFCURL(rfc int) string {
	return "https://www.rfc-editor.org/rfc/rfc" + strconv.Itoa(rfc) + ".html"
}
