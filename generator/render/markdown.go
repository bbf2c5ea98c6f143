package render

import (
	"bufio"
	"bytes"
	"html/template"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"httpstatus/generator/content"
	"httpstatus/generator/site"
)

// prose is what the references in a page's texts are resolved against. It numbers sources as they are cited, so it
// belongs to one page and one goroutine.
type prose struct {
	refs    site.Refs
	links   linker
	self    string // rooted path of the page, which does not link to itself
	sources []content.Source
	cited   []content.Source
	buf     bytes.Buffer
	out     *bufio.Writer // writes to buf; goldmark makes one for every text that is handed anything else
}

func newProse(refs site.Refs, links linker, self string, sources []content.Source) *prose {
	p := &prose{refs: refs, links: links, self: self, sources: sources}
	p.out = bufio.NewWriter(&p.buf)
	return p
}

// cite is the number of a source, in the order of first citation from 1, and its title.
func (p *prose) cite(id string) (number int, title string, ok bool) {
	for i, s := range p.cited {
		if s.ID == id {
			return i + 1, s.Title.S, true
		}
	}
	for _, s := range p.sources {
		if s.ID == id {
			p.cited = append(p.cited, s)
			return len(p.cited), s.Title.S, true
		}
	}
	return 0, "", false
}

// markdown converts prose with the site's references. It is safe for use by several goroutines.
type markdown struct {
	key    proseKey
	blocks goldmark.Markdown
	lines  goldmark.Markdown // knows paragraphs only, so that "303. Because ..." is no list
}

// proseKey carries the page's prose through a conversion.
type proseKey struct{ key parser.ContextKey }

func newMarkdown(code *highlighter) *markdown {
	key := proseKey{parser.NewContextKey()}
	own := []parser.Option{
		parser.WithInlineParsers(util.Prioritized(referenceParser{key}, 150)),
		parser.WithASTTransformers(util.Prioritized(fieldLinker{key}, 500)),
	}
	return &markdown{
		key: key,
		blocks: goldmark.New(
			goldmark.WithExtensions(extension.Table),
			goldmark.WithParserOptions(own...),
			goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(codeBlocks{code}, 100))),
		),
		lines: goldmark.New(goldmark.WithParser(parser.NewParser(append(own,
			parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 1000)),
			parser.WithInlineParsers(parser.DefaultInlineParsers()...))...))),
	}
}

// block converts Markdown with its paragraphs.
func (m *markdown) block(s string, p *prose) (template.HTML, error) {
	return m.convert(m.blocks, s, p)
}

// inline converts one paragraph and drops the element around it. Most texts have no markup and need no conversion.
func (m *markdown) inline(s string, p *prose) (template.HTML, error) {
	if !strings.ContainsAny(s, "`*_[]<>&\"\\\n!") {
		return template.HTML(strings.TrimSpace(s)), nil
	}
	out, err := m.convert(m.lines, strings.TrimSpace(s), p)
	return template.HTML(strings.TrimSuffix(strings.TrimPrefix(string(out), "<p>"), "</p>\n")), err
}

func (m *markdown) convert(md goldmark.Markdown, s string, p *prose) (template.HTML, error) {
	pc := parser.NewContext()
	pc.Set(m.key.key, p)
	p.buf.Reset()
	if err := md.Convert([]byte(s), p.out, parser.WithContext(pc)); err != nil {
		return "", err
	}
	if err := p.out.Flush(); err != nil {
		return "", err
	}
	return template.HTML(p.buf.String()), nil
}

// referenceParser reads [403], [RFC 9110 15.5.4] and [^id]. Whatever else stands in brackets is left to goldmark.
type referenceParser struct{ key proseKey }

func (referenceParser) Trigger() []byte { return []byte{'['} }

func (r referenceParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	p, ok := pc.Get(r.key.key).(*prose)
	if !ok {
		return nil
	}
	line, _ := block.PeekLine()
	end := bytes.IndexByte(line, ']')
	if end < 2 || end+1 < len(line) && line[end+1] == '(' {
		return nil
	}
	node := p.reference(string(line[1:end]))
	if node != nil {
		block.Advance(end + 1)
	}
	return node
}

func (p *prose) reference(inner string) ast.Node {
	if id, ok := strings.CutPrefix(inner, "^"); ok {
		n, title, ok := p.cite(id)
		if !ok {
			return nil
		}
		link := newLink("#source-"+strconv.Itoa(n), title, strconv.Itoa(n))
		link.SetAttributeString("class", []byte("cite"))
		return link
	}
	if code, err := strconv.Atoi(inner); err == nil {
		ref, ok := p.refs.Code(code)
		if !ok {
			return nil
		}
		if ref.Path == "" || ref.Path == p.self {
			return ast.NewString([]byte(inner))
		}
		return newLink(p.links.href(ref.Path), ref.Name, inner)
	}
	rfc, section, ok := content.ParseSpecMention(inner)
	if !ok {
		return nil
	}
	spec, ok := p.refs.Spec(rfc, section)
	if !ok {
		return nil
	}
	return newLink(spec.URL, spec.Title, spec.Label)
}

func newLink(href, title, label string) *ast.Link {
	link := ast.NewLink()
	link.Destination = []byte(href)
	link.Title = []byte(title)
	link.AppendChild(link, ast.NewString([]byte(label)))
	return link
}

// fieldLinker links code spans that consist of the name of a header field with a page.
type fieldLinker struct{ key proseKey }

func (f fieldLinker) Transform(doc *ast.Document, reader text.Reader, pc parser.Context) {
	p, ok := pc.Get(f.key.key).(*prose)
	if !ok {
		return
	}
	var spans []*ast.CodeSpan
	var targets []string
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		if n.Kind() == ast.KindLink {
			return ast.WalkSkipChildren, nil
		}
		span, ok := n.(*ast.CodeSpan)
		if !ok {
			return ast.WalkContinue, nil
		}
		name := codeText(span, reader.Source())
		if field, ok := p.refs.Field(name); ok && field.Path != p.self && name == field.Title {
			spans = append(spans, span)
			targets = append(targets, field.Path)
		}
		return ast.WalkSkipChildren, nil
	})
	for i, span := range spans {
		link := ast.NewLink()
		link.Destination = []byte(p.links.href(targets[i]))
		parent := span.Parent()
		parent.ReplaceChild(parent, span, link)
		link.AppendChild(link, span)
	}
}

// codeText is what stands between the backticks.
func codeText(span *ast.CodeSpan, source []byte) string {
	var text []byte
	for n := span.FirstChild(); n != nil; n = n.NextSibling() {
		if t, ok := n.(*ast.Text); ok {
			text = append(text, t.Segment.Value(source)...)
		}
	}
	return string(text)
}

// codeBlocks renders fenced code with the site's highlighting.
type codeBlocks struct{ code *highlighter }

func (c codeBlocks) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindFencedCodeBlock, c.render)
	reg.Register(ast.KindCodeBlock, c.render)
}

func (c codeBlocks) render(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	var code strings.Builder
	for i := 0; i < n.Lines().Len(); i++ {
		line := n.Lines().At(i)
		code.Write(line.Value(source))
	}
	language := ""
	if fenced, ok := n.(*ast.FencedCodeBlock); ok {
		language = string(fenced.Language(source))
	}
	h, err := c.code.highlight(language, code.String())
	if err != nil {
		return ast.WalkStop, err
	}
	_, _ = w.WriteString(`<pre tabindex="0">`)
	_, _ = w.WriteString(string(h))
	_, _ = w.WriteString("</pre>\n")
	return ast.WalkSkipChildren, nil
}
