package site

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"httpstatus/generator/content"
)

// Site is everything that a build writes, before it is rendered.
type Site struct {
	Name       string
	BaseURL    string // absolute, ends in a slash
	Repository string // without a slash at the end; empty if there is none
	Refs       Refs

	Home      HomePage
	Codes     []CodePage
	Classes   []ClassPage
	Headers   []HeaderPage
	CodeList  CodeListPage
	FieldList FieldListPage
	About     AboutPage
	NotFound  NotFoundPage

	Files []File // JSON, Markdown, sitemap, robots.txt
}

// File is a finished file that is not a page.
type File struct {
	Path string // rooted
	Data []byte
}

// Page is what every page has.
type Page struct {
	Path        string // rooted; ends in a slash unless it is a file such as /404.html
	Title       string // for the title element, without the site's name
	Description string // plain text, for meta elements
	Hue         string // c1 to c5, or empty where no class is meant
	Section     string // path of the navigation entry that the page belongs to
	Source      string // content file, for "edit this page"; empty if there is none
	Alternates  []Alternate
	Ruler       []CodeLink // the codes of the class
	Finder      bool       // has a field of its own to find codes with, in place of the one in the bar
	Unlisted    bool       // not for search engines and the sitemap
	Modified    string     // day of the last verification, or empty
}

// Alternate is the same content in another media type.
type Alternate struct {
	Type  string // media type
	Label string
	Path  string
}

// Link is a titled reference to a page of the site.
type Link struct {
	Path  string
	Title string
}

// CodeLink is a code as it appears in lists.
type CodeLink struct {
	Code    int
	Name    string
	Path    string
	Line    string // one line of plain text
	Odd     bool   // not a standard code
	Current bool
	Search  string // lower-case words for filtering: aliases
}

// Entry is one line of a table of contents.
type Entry struct {
	ID    string
	Title string
}

// Build derives all pages from a model without problems. An empty baseURL means the one of content/site.yaml.
func Build(m *content.Model, baseURL string) (*Site, error) {
	if baseURL == "" {
		baseURL = m.Site.BaseURL.S
	}
	if !strings.HasSuffix(baseURL, "/") {
		baseURL += "/"
	}
	s := &Site{
		Name:       m.Site.Name.S,
		BaseURL:    baseURL,
		Repository: strings.TrimSuffix(m.Site.Repository.S, "/"),
		Refs:       newRefs(m),
	}
	b := builder{m: m, site: s, byClass: map[string][]CodeLink{}}
	b.links()
	b.codes()
	b.classes()
	b.headers()
	b.home()
	b.codeList()
	b.about()
	if err := b.data(); err != nil {
		return nil, err
	}
	return s, nil
}

type builder struct {
	m       *content.Model
	site    *Site
	all     []CodeLink
	byClass map[string][]CodeLink
}

func codePath(code int) string { return "/" + strconv.Itoa(code) + "/" }

func fieldPath(name string) string { return "/headers/" + strings.ToLower(name) + "/" }

func classOf(code int) string {
	if code < 100 || code > 599 {
		return ""
	}
	return strconv.Itoa(code/100) + "xx"
}

func hueOf(class string) string {
	if class == "" {
		return ""
	}
	return "c" + class[:1]
}

func (b *builder) links() {
	for _, c := range b.m.Codes {
		words := make([]string, 0, len(c.Aliases)+len(c.Owners))
		for _, a := range c.Aliases {
			words = append(words, strings.ToLower(a.S))
		}
		for _, o := range c.Owners {
			words = append(words, strings.ToLower(o.Owner.S), strings.ToLower(o.Name.S))
		}
		l := CodeLink{
			Code:   c.Code,
			Name:   c.Name.S,
			Path:   codePath(c.Code),
			Line:   firstSentence(plainText(c.Summary.S)),
			Odd:    c.Kind != content.Standard,
			Search: strings.Join(words, ", "),
		}
		b.all = append(b.all, l)
		class := classOf(c.Code)
		b.byClass[class] = append(b.byClass[class], l)
	}
}

// ruler is the list of the codes of a class with one of them marked as current (0 for none).
func (b *builder) ruler(class string, current int) []CodeLink {
	r := slices.Clone(b.byClass[class])
	for i := range r {
		r[i].Current = r[i].Code == current
	}
	return r
}

// plainText drops the inline markup of a Text; what stands in code spans is kept to the letter.
func plainText(s string) string {
	var out strings.Builder
	for len(s) > 0 {
		switch s[0] {
		case '`':
			n := codeSpan(s)
			out.WriteString(strings.Trim(s[:n], "`"))
			s = s[n:]
			continue
		case '*':
			s = s[1:]
			continue
		case '[':
			if end := strings.IndexByte(s, ']'); end >= 0 {
				if inner := s[1:end]; !strings.HasPrefix(inner, "^") {
					out.WriteString(inner)
				}
				s = s[end+1:]
				if closing := strings.IndexByte(s, ')'); strings.HasPrefix(s, "(") && closing >= 0 {
					s = s[closing+1:]
				}
				continue
			}
		}
		out.WriteByte(s[0])
		s = s[1:]
	}
	return strings.TrimSpace(out.String())
}

// codeSpan is the length of the code span that s begins with; that of its opening ticks if the end is missing.
func codeSpan(s string) int {
	ticks := 0
	for ticks < len(s) && s[ticks] == '`' {
		ticks++
	}
	fence := s[:ticks]
	if end := strings.Index(s[ticks:], fence); end >= 0 {
		return ticks + end + ticks
	}
	return ticks
}

// firstSentence cuts at the first full stop that is followed by a space and a capital letter.
func firstSentence(s string) string {
	for i := 0; i+2 < len(s); i++ {
		if s[i] == '.' && s[i+1] == ' ' && s[i+2] >= 'A' && s[i+2] <= 'Z' {
			return s[:i+1]
		}
	}
	return s
}

// sortedFields orders header pages by name without regard to case.
func sortedFields(hs []*content.Header) []*content.Header {
	hs = slices.Clone(hs)
	slices.SortFunc(hs, func(a, b *content.Header) int {
		return cmp.Compare(strings.ToLower(a.Field.S), strings.ToLower(b.Field.S))
	})
	return hs
}
