package site

import (
	"strings"

	"httpstatus/generator/content"
)

// HomePage is the entrance: find a code fast.
type HomePage struct {
	Page
	Heading string
	Bands   []Band
}

// Band is a class with its codes.
type Band struct {
	Class   string
	Name    string
	Tagline string
	Hue     string
	Path    string
	Codes   []CodeLink
}

// ClassPage explains what all codes of a class have in common.
type ClassPage struct {
	Page
	Class *content.Class
	Codes []Row
}

// Row is a code with its facts, as a line of a table.
type Row struct {
	CodeLink
	Class     string
	Kind      string
	Acts      string
	Retry     string
	Cacheable string
	Body      string
	Required  []content.FieldRef
}

// CodeListPage is the table of all codes.
type CodeListPage struct {
	Page
	Rows []Row
}

// HeaderPage is the page of a header field.
type HeaderPage struct {
	Page
	Header *content.Header
	Uses   []FieldUse
}

// FieldUse says why a code needs the field.
type FieldUse struct {
	Code CodeLink
	Need string // Required, Expected, Optional, or empty
	Why  content.Text
}

// FieldListPage lists all header fields that have a page.
type FieldListPage struct {
	Page
	Fields []*content.Header
}

// AboutPage says what the site is and how it is made.
type AboutPage struct {
	Page
	Heading string
	Body    content.Markdown
}

// NotFoundPage is what a host sends for a path that does not exist.
type NotFoundPage struct {
	Page
	Bands []Band
}

func (b *builder) bands() []Band {
	var bands []Band
	for _, cl := range b.m.Classes {
		if codes := b.byClass[cl.Class.S]; len(codes) > 0 {
			bands = append(bands, Band{
				Class:   cl.Class.S,
				Name:    cl.Name.S,
				Tagline: cl.Tagline.S,
				Hue:     hueOf(cl.Class.S),
				Path:    "/" + cl.Class.S + "/",
				Codes:   codes,
			})
		}
	}
	if codes := b.byClass[""]; len(codes) > 0 {
		bands = append(bands, Band{Class: "other", Name: "Outside the classes", Tagline: "No HTTP class covers these numbers", Codes: codes})
	}
	return bands
}

func (b *builder) home() {
	b.site.Home = HomePage{
		Page:    Page{Path: "/", Title: "HTTP status codes", Description: plainText(b.m.Site.Description.S), Hue: "c4", Finder: true},
		Heading: b.m.Site.Title.S,
		Bands:   b.bands(),
	}
	b.site.NotFound = NotFoundPage{
		Page:  Page{Path: "/404.html", Title: "No page at this address", Description: "There is no page at this address.", Hue: "c4", Finder: true, Unlisted: true},
		Bands: b.bands(),
	}
}

func (b *builder) row(c *content.Code, l CodeLink) Row {
	return Row{
		CodeLink:  l,
		Class:     classOf(c.Code),
		Kind:      string(c.Kind),
		Acts:      actsLabel(c.Facts.Acts),
		Retry:     retryLabel(c.Facts.Retry),
		Cacheable: cacheableLabel(c.Facts.Cacheable),
		Body:      bodyLabel(c.Facts.Body),
		Required:  c.Facts.Fields.Required,
	}
}

func (b *builder) classes() {
	for _, cl := range b.m.Classes {
		class := cl.Class.S
		p := ClassPage{
			Page: Page{
				Path:        "/" + class + "/",
				Title:       class + " " + cl.Name.S,
				Description: plainText(cl.Summary.S),
				Hue:         hueOf(class),
				Section:     "/codes/",
				Source:      cl.File,
				Ruler:       b.ruler(class, 0),
				Modified:    cl.Verified.S,
			},
			Class: cl,
		}
		for i, c := range b.m.Codes {
			if classOf(c.Code) == class {
				p.Codes = append(p.Codes, b.row(c, b.all[i]))
			}
		}
		b.site.Classes = append(b.site.Classes, p)
	}
}

func (b *builder) codeList() {
	p := CodeListPage{Page: Page{
		Path:        "/codes/",
		Title:       "All status codes",
		Description: "Every status code of this site in one table: who must act, whether to retry, whether caches keep it, whether it has a body.",
		Section:     "/codes/",
		Finder:      true,
	}}
	for i, c := range b.m.Codes {
		p.Rows = append(p.Rows, b.row(c, b.all[i]))
	}
	b.site.CodeList = p
}

func (b *builder) headers() {
	fields := sortedFields(b.m.Headers)
	for _, h := range fields {
		p := HeaderPage{
			Page: Page{
				Path:        fieldPath(h.Field.S),
				Title:       h.Field.S + " header field",
				Description: plainText(h.Summary.S),
				Section:     "/headers/",
				Source:      h.File,
				Modified:    h.Verified.S,
			},
			Header: h,
		}
		for i, c := range b.m.Codes {
			if use, ok := fieldUse(c, h.Field.S); ok {
				use.Code = b.all[i]
				p.Uses = append(p.Uses, use)
			}
		}
		b.site.Headers = append(b.site.Headers, p)
	}
	b.site.FieldList = FieldListPage{
		Page: Page{
			Path:        "/headers/",
			Title:       "Header fields",
			Description: "The header fields that status codes depend on: what they say, how they are written, which codes need them.",
			Section:     "/headers/",
		},
		Fields: fields,
	}
}

// fieldUse tells how a code uses a field, from its facts and its list of fields that matter.
func fieldUse(c *content.Code, field string) (FieldUse, bool) {
	var use FieldUse
	found := false
	for _, need := range []struct {
		label  string
		fields []content.FieldRef
	}{
		{"Required", c.Facts.Fields.Required},
		{"Expected", c.Facts.Fields.Expected},
		{"Optional", c.Facts.Fields.Optional},
	} {
		for _, f := range need.fields {
			if !found && strings.EqualFold(f.S, field) {
				use.Need, found = need.label, true
			}
		}
	}
	for _, f := range c.Headers {
		if strings.EqualFold(f.Field.S, field) {
			use.Why, found = f.Why, true
		}
	}
	return use, found
}

func (b *builder) about() {
	a := b.m.About
	b.site.About = AboutPage{
		Page: Page{
			Path:        "/about/",
			Title:       a.Title.S,
			Description: a.Description.S,
			Section:     "/about/",
			Source:      "about.md",
			Modified:    a.Verified.S,
		},
		Heading: a.Title.S,
		Body:    a.Body,
	}
}
