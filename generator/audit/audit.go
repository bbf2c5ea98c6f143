// Package audit walks the finished files of a site and reports what a reader would stumble over: dead links and
// fragments, links that are not in their canonical form, repeated ids, slips of escaping, left-over template syntax.
//
// It sees bytes only, and knows nothing of content or templates; so it judges pages as a browser gets them.
package audit

import (
	"bytes"
	"cmp"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"httpstatus/generator/site"
)

// Finding is one thing that is wrong with a file.
type Finding struct {
	Path    string // rooted path of the file
	Message string
}

func (f Finding) String() string { return f.Path + ": " + f.Message }

// Options tell what is expected of the site.
type Options struct {
	// Base is the path below which rooted links lead into the site, such as "/" or "/status/".
	Base string
	// Index allows links to a folder's index.html.
	Index bool
}

// Files checks all pages among the files and the links between all of them.
func Files(files []site.File, o Options) []Finding {
	if o.Base == "" {
		o.Base = "/"
	}
	a := auditor{options: o, ids: map[string]map[string]bool{}, known: map[string]bool{}, linked: map[string]bool{}}
	for _, f := range files {
		a.known[f.Path] = true
	}
	var pages []*page
	for _, f := range files {
		if strings.HasSuffix(f.Path, ".html") {
			p := a.read(f)
			pages = append(pages, p)
			a.ids[f.Path] = p.ids
		}
	}
	for _, p := range pages {
		for _, l := range p.links {
			a.follow(p, l)
		}
	}
	for _, p := range pages {
		if p.file != "/index.html" && p.file != "/404.html" && !a.linked[p.file] {
			a.report(p.file, "no page links here")
		}
	}
	slices.SortFunc(a.findings, func(x, y Finding) int {
		return cmp.Or(cmp.Compare(x.Path, y.Path), cmp.Compare(x.Message, y.Message))
	})
	return slices.Compact(a.findings)
}

type auditor struct {
	options  Options
	known    map[string]bool
	ids      map[string]map[string]bool
	linked   map[string]bool
	findings []Finding
}

type page struct {
	file  string
	ids   map[string]bool
	links []string
}

func (a *auditor) report(file, format string, args ...any) {
	a.findings = append(a.findings, Finding{file, fmt.Sprintf(format, args...)})
}

// read parses a page and checks what can be seen without the others.
func (a *auditor) read(f site.File) *page {
	p := &page{file: f.Path, ids: map[string]bool{}}
	doc, err := html.Parse(bytes.NewReader(f.Data))
	if err != nil {
		a.report(f.Path, "cannot be parsed: %v", err)
		return p
	}
	h1, titles, mains := 0, 0, 0
	var walk func(n *html.Node, verbatim bool)
	walk = func(n *html.Node, verbatim bool) {
		switch n.Type {
		case html.TextNode:
			if !verbatim {
				a.text(f.Path, n.Data)
			}
		case html.ElementNode:
			switch n.DataAtom {
			case atom.H1:
				h1++
			case atom.Title:
				if n.Namespace == "" {
					titles++
				}
			case atom.Main:
				mains++
			case atom.Pre, atom.Code, atom.Script, atom.Style:
				verbatim = true
			case atom.Html:
				if attribute(n, "lang") == "" {
					a.report(f.Path, "html element without lang")
				}
			}
			a.element(p, n)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, verbatim)
		}
	}
	walk(doc, false)
	for _, c := range []struct {
		name  string
		count int
	}{{"h1", h1}, {"title", titles}, {"main", mains}} {
		if c.count != 1 {
			a.report(f.Path, "%d %s elements, not one", c.count, c.name)
		}
	}
	return p
}

func (a *auditor) element(p *page, n *html.Node) {
	for _, at := range n.Attr {
		switch at.Key {
		case "id":
			if at.Val == "" {
				a.report(p.file, "empty id on %s", n.Data)
			}
			if p.ids[at.Val] {
				a.report(p.file, "id %q stands twice", at.Val)
			}
			p.ids[at.Val] = true
		case "href", "src", "action":
			p.links = append(p.links, at.Val)
		case "style":
			a.report(p.file, "style attribute on %s, which the content security policy blocks", n.Data)
		default:
			if strings.HasPrefix(at.Key, "on") {
				a.report(p.file, "event attribute %s on %s, which the content security policy blocks", at.Key, n.Data)
			}
		}
		if residue := leftover(at.Val); residue != "" && at.Key != "data-copy" {
			a.report(p.file, "%q in attribute %s of %s", residue, at.Key, n.Data)
		}
	}
	if n.DataAtom == atom.Img && !has(n, "alt") {
		a.report(p.file, "img without alt")
	}
}

func (a *auditor) text(file, text string) {
	if residue := leftover(text); residue != "" {
		a.report(file, "%q in the text near %q", residue, excerpt(text, residue))
	}
	for _, slip := range []string{"&lt;", "&gt;", "&amp;", "&quot;", "&#", "**", "](", "[^", "[RFC "} {
		if strings.Contains(text, slip) {
			a.report(file, "%q in the text near %q", slip, excerpt(text, slip))
		}
	}
	if strings.Contains(text, "`") {
		a.report(file, "stray backtick in the text near %q", excerpt(text, "`"))
	}
}

// leftover finds what a template or a formatting verb left behind.
func leftover(s string) string {
	for _, residue := range []string{"{{", "}}", "<no value>", "ZgotmplZ", "%!", "<nil>"} {
		if strings.Contains(s, residue) {
			return residue
		}
	}
	return ""
}

func excerpt(text, part string) string {
	at := strings.Index(text, part)
	return strings.TrimSpace(text[max(0, at-20):min(len(text), at+30)])
}

// follow checks that a link of a page leads somewhere.
func (a *auditor) follow(p *page, link string) {
	u, err := url.Parse(link)
	if err != nil {
		a.report(p.file, "link %q is not a URL", link)
		return
	}
	if u.Scheme != "" || u.Host != "" {
		if u.Scheme != "https" && u.Scheme != "http" && u.Scheme != "data" && u.Scheme != "mailto" {
			a.report(p.file, "link %q has an unusual scheme", link)
		}
		return
	}
	target := p.file
	switch {
	case u.Path == "":
	case strings.HasPrefix(u.Path, "/"):
		rest, ok := strings.CutPrefix(u.Path, a.options.Base)
		if !ok {
			a.report(p.file, "link %q leaves the site's folder", link)
			return
		}
		target = "/" + rest
	default:
		target = path.Join(path.Dir(p.file), u.Path)
		if strings.HasSuffix(u.Path, "/") || u.Path == "." || strings.HasSuffix(u.Path, "..") {
			target = strings.TrimSuffix(target, "/") + "/"
		}
	}
	if strings.HasSuffix(target, "/") {
		target += "index.html"
	} else if strings.HasSuffix(u.Path, "index.html") && !a.options.Index {
		a.report(p.file, "link %q names index.html; end it with the folder's slash", link)
	}
	if !a.known[target] {
		hint := ""
		if a.known[target+"/index.html"] {
			hint = "; it lacks the slash at the end"
		}
		a.report(p.file, "link %q leads nowhere%s", link, hint)
		return
	}
	if target != p.file {
		a.linked[target] = true
	}
	if ids, ok := a.ids[target]; ok && u.Fragment != "" && !ids[u.Fragment] {
		a.report(p.file, "link %q: no element has the id %q there", link, u.Fragment)
	}
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}
