package render

import (
	"html/template"
	"net/url"
	"strconv"

	"httpstatus/generator/content"
	"httpstatus/generator/site"
)

// View is what a template is executed with: a page, and what turns its parts into HTML.
type View[P any] struct {
	*Context
	Page P
}

// Context turns the parts of one page into HTML. Its methods are called from templates.
type Context struct {
	Frame Frame
	r     *Renderer
	prose *prose
}

// Frame is what stands around every page's content.
type Frame struct {
	Site       string
	Page       *site.Page
	Canonical  string
	Policy     string // Content-Security-Policy
	Head       template.JS
	Navigation []NavItem
	Repository string
}

// NavItem is an entry of the navigation.
type NavItem struct {
	Path    string
	Title   string
	Current bool
}

func newJob[P any](r *Renderer, s *site.Site, name string, page *site.Page, p P, sources []content.Source) job {
	return job{path: page.Path, run: func() ([]byte, error) {
		return r.execute(name, View[P]{Context: r.context(s, page, sources), Page: p})
	}}
}

func (r *Renderer) context(s *site.Site, page *site.Page, sources []content.Source) *Context {
	links := linker{from: page.Path, index: r.options.Index}
	if page.Path == "/404.html" && !r.options.Index {
		// A host sends this page for any path, so that relative links would lead anywhere.
		links.base = basePath(s.BaseURL)
	}
	c := &Context{
		r: r,
		Frame: Frame{
			Site:       s.Name,
			Page:       page,
			Canonical:  s.BaseURL + page.Path[1:],
			Policy:     r.assets.policy,
			Head:       template.JS(r.assets.head),
			Repository: s.Repository,
		},
		prose: newProse(s.Refs, links, page.Path, sources),
	}
	for _, n := range []NavItem{{"/codes/", "Codes", false}, {"/headers/", "Header fields", false}, {"/about/", "About", false}} {
		n.Current = n.Path == page.Section
		c.Frame.Navigation = append(c.Frame.Navigation, n)
	}
	return c
}

func basePath(base string) string {
	u, err := url.Parse(base)
	if err != nil || u.Path == "" {
		return "/"
	}
	return u.Path
}

// Href makes a rooted path relative to the page.
func (c *Context) Href(path string) string { return c.prose.links.href(path) }

// Asset is the link to a file of templates/assets by its name there.
func (c *Context) Asset(name string) (string, error) {
	p, err := c.r.assets.path(name)
	if err != nil {
		return "", err
	}
	return c.Href(p), nil
}

// Inline converts a paragraph without the element around it.
func (c *Context) Inline(t content.Text) (template.HTML, error) {
	return c.r.markdown.inline(t.S, c.prose)
}

// Block converts paragraphs, lists and tables.
func (c *Context) Block(t content.Markdown) (template.HTML, error) {
	return c.r.markdown.block(t.S, c.prose)
}

// Highlight returns code as HTML with classes.
func (c *Context) Highlight(language, code string) (template.HTML, error) {
	return c.r.code.highlight(language, code)
}

// Citation is a small link behind a statement.
type Citation struct {
	Label string
	Title string
	Href  string
	Spec  bool
}

// Cite lists what backs a statement: a section of an RFC, entries of the page's sources, or neither.
func (c *Context) Cite(spec *content.SpecRef, sources []content.SourceRef) []Citation {
	var list []Citation
	if spec != nil {
		if s, ok := c.prose.refs.Spec(spec.RFC, spec.Section.S); ok {
			list = append(list, Citation{Label: s.Label, Title: s.Title, Href: s.URL, Spec: true})
		}
	}
	for _, ref := range sources {
		if n, title, ok := c.prose.cite(ref.S); ok {
			number := strconv.Itoa(n)
			list = append(list, Citation{Label: number, Title: title, Href: "#source-" + number})
		}
	}
	return list
}

// Sources lists the same without a section.
func (c *Context) Sources(sources []content.SourceRef) []Citation { return c.Cite(nil, sources) }

// Number is a code that a page refers to.
type Number struct {
	Code string
	Name string
	Href string // empty if it has no page, or is the page itself
}

// Number looks a referenced code up.
func (c *Context) Number(ref content.CodeRef) Number {
	n := Number{Code: strconv.Itoa(ref.Code)}
	if code, ok := c.prose.refs.Code(ref.Code); ok {
		n.Name = code.Name
		if code.Path != "" && code.Path != c.prose.self {
			n.Href = c.Href(code.Path)
		}
	}
	return n
}

// FieldHref is the link to the page of a header field; empty if there is none.
func (c *Context) FieldHref(name string) string {
	if l, ok := c.prose.refs.Field(name); ok && l.Path != c.prose.self {
		return c.Href(l.Path)
	}
	return ""
}

// Section is the link and label of a section of an RFC.
func (c *Context) Section(ref content.SpecRef) site.Spec {
	s, _ := c.prose.refs.Spec(ref.RFC, ref.Section.S)
	return s
}

// RFC is the link to a document that may be obsolete by now.
func (c *Context) RFC(number int) string { return site.RFCURL(number) }

// EditURL is where the page's content file can be changed; empty if the site has no repository.
func (c *Context) EditURL() string {
	if c.Frame.Repository == "" || c.Frame.Page.Source == "" {
		return ""
	}
	return c.Frame.Repository + "/edit/main/content/" + c.Frame.Page.Source
}

// Exchange pairs an exchange with what links its fields.
type Exchange struct {
	*Context
	site.Wire
	Main bool
}

// Exchange prepares an exchange for the template that shows one; main marks the one at the top of a page.
func (c *Context) Exchange(w site.Wire, main bool) Exchange { return Exchange{c, w, main} }

// Message pairs a message with what links its fields.
type Message struct {
	*Context
	site.Message
	Mark string
}

// Message prepares a request (">") or response ("<") for the template that shows one.
func (c *Context) Message(m site.Message, mark string) Message { return Message{c, m, mark} }

// Tabs prepares snippets for the template that shows them; key names what the reader's choice is remembered as.
type Tabs struct {
	*Context
	Key  string
	List []site.Tab
}

// Tabs groups snippets.
func (c *Context) Tabs(key string, list []site.Tab) Tabs { return Tabs{c, key, list} }

// Claims prepares a list of statements.
type Claims struct {
	*Context
	List []content.Claim
	Mark string
}

// Claims groups statements; mark is the class of their list.
func (c *Context) Claims(list []content.Claim, mark string) Claims { return Claims{c, list, mark} }

// CitedSource is a cited document with its number on the page.
type CitedSource struct {
	Number int
	Title  string
	URL    string
}

// Cited lists the page's sources in the order in which the page cites them. It has to be called after everything
// that cites has been converted, which is why sources stand at the end of a page.
func (c *Context) Cited() []CitedSource {
	list := make([]CitedSource, len(c.prose.cited))
	for i, s := range c.prose.cited {
		list[i] = CitedSource{i + 1, s.Title.S, s.URL.S}
	}
	return list
}
