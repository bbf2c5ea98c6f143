package site

import (
	"strconv"

	"httpstatus/generator/content"
)

// CodePage is the page of one number.
type CodePage struct {
	Page
	Code       *content.Code
	Class      *ClassRef // nil outside 1xx to 5xx
	KindLabel  string
	Since      string
	Facts      []Fact
	Wire       Wire
	Owners     []Owner
	Examples   []Example
	Respond    []Tab
	Handle     []Tab
	Frameworks []FrameworkNote
	TOC        []Entry
	Previous   *CodeLink
	Next       *CodeLink
}

// ClassRef names a class and leads to its page.
type ClassRef struct {
	Name string
	Path string
}

// Fact is one cell of the row of facts.
type Fact struct {
	Label string
	Value string
	Note  content.Text
}

// Owner is one vendor's use of the number.
type Owner struct {
	*content.Owner
	Where string // where the number is seen, in words
	Wire  *Wire
}

// Example is a situation with its exchanges.
type Example struct {
	Title string
	Text  content.Text
	Wires []Wire
}

// Steps is the number of exchanges if there are several, and otherwise 0.
func (e Example) Steps() int {
	if len(e.Wires) > 1 {
		return len(e.Wires)
	}
	return 0
}

// Tab is one snippet.
type Tab struct {
	ID     string // unique on the page
	Key    string // what the reader's choice is remembered by
	Name   string
	Syntax string // highlighting lexer
	Code   string
	Note   content.Text
	Docs   string
}

// FrameworkNote says what a framework does by itself.
type FrameworkNote struct {
	Name   string
	Docs   string
	Text   content.Text
	Source []content.SourceRef
}

func (b *builder) codes() {
	for i, c := range b.m.Codes {
		class := classOf(c.Code)
		p := CodePage{
			Page: Page{
				Path:        codePath(c.Code),
				Title:       strconv.Itoa(c.Code) + " " + c.Name.S,
				Description: plainText(c.Summary.S),
				Hue:         hueOf(class),
				Section:     "/codes/",
				Source:      c.File,
				Ruler:       b.ruler(class, c.Code),
				Modified:    c.Verified.S,
				Alternates: []Alternate{
					{Type: "application/json", Label: "JSON", Path: "/" + strconv.Itoa(c.Code) + ".json"},
					{Type: "text/markdown", Label: "Markdown", Path: "/" + strconv.Itoa(c.Code) + ".md"},
				},
			},
			Code:      c,
			KindLabel: kindLabel(c.Kind),
			Facts:     facts(c),
			Wire:      newWire(c.Exchange),
		}
		if cl := b.m.ClassByID(class); cl != nil {
			p.Class = &ClassRef{Name: cl.Name.S, Path: "/" + class + "/"}
		}
		if s := c.Facts.Since; s != nil {
			p.Since = strconv.Itoa(s.Year)
			if s.RFC != 0 {
				p.Since = "RFC " + strconv.Itoa(s.RFC) + " (" + p.Since + ")"
			}
		}
		for j := range c.Owners {
			o := Owner{Owner: &c.Owners[j], Where: seenLabel(c.Owners[j].Seen)}
			if e := c.Owners[j].Exchange; e != nil {
				w := newWire(*e)
				o.Wire = &w
			}
			p.Owners = append(p.Owners, o)
		}
		for _, e := range c.Examples {
			ex := Example{Title: e.Title.S, Text: e.Text}
			for _, x := range e.Exchanges {
				ex.Wires = append(ex.Wires, newWire(x))
			}
			p.Examples = append(p.Examples, ex)
		}
		for _, r := range c.Snippets.Respond {
			if f := b.m.Framework(r.Framework.S); f != nil {
				p.Respond = append(p.Respond, Tab{ID: "return-" + f.ID, Key: f.ID, Name: f.Name.S, Syntax: f.Syntax.S, Code: r.Code.S, Note: r.Note, Docs: f.Docs.S})
			}
		}
		for _, h := range c.Snippets.Handle {
			if cl := b.m.Client(h.Client.S); cl != nil {
				p.Handle = append(p.Handle, Tab{ID: "handle-" + cl.ID, Key: cl.ID, Name: cl.Name.S + " (" + cl.Language.S + ")", Syntax: cl.Syntax.S, Code: h.Code.S, Note: h.Note, Docs: cl.Docs.S})
			}
		}
		for _, n := range c.Frameworks {
			if f := b.m.Framework(n.Framework.S); f != nil {
				p.Frameworks = append(p.Frameworks, FrameworkNote{Name: f.Name.S, Docs: f.Docs.S, Text: n.ByItself, Source: n.Source})
			}
		}
		if i > 0 {
			p.Previous = &b.all[i-1]
		}
		if i+1 < len(b.all) {
			p.Next = &b.all[i+1]
		}
		p.TOC = toc(&p)
		b.site.Codes = append(b.site.Codes, p)
	}
}

// toc lists the sections that the page has, in the order of the questions that people ask:
// is it this, what do I do, why, and then the details.
func toc(p *CodePage) []Entry {
	c := p.Code
	var list []Entry
	add := func(has bool, id, title string) {
		if has {
			list = append(list, Entry{ID: id, Title: title})
		}
	}
	add(len(p.Owners) > 0, "owners", "Whose code this is")
	add(true, "meaning", "What it tells you")
	add(c.Roles != nil, "now", "What to do now")
	add(len(c.Debugging) > 0, "debug", "Debug it")
	add(len(c.Fingerprints) > 0, "sender", "Who sent this")
	add(len(c.UseWhen)+len(c.UseInstead) > 0, "use", "Use it when")
	add(len(c.Misuses) > 0, "misuses", "Common misuses")
	add(len(c.Headers) > 0, "fields", "Header fields that matter")
	add(c.Behaviour != nil, "behaviour", "Who does what with it")
	add(len(p.Respond)+len(p.Frameworks) > 0, "return", "Return it")
	add(len(p.Handle) > 0, "handle", "Handle it")
	add(c.Contract != nil, "contract", "Contract for clients")
	add(len(p.Examples) > 0, "examples", "On the wire, for real")
	add(c.DeepDive.S != "", "depth", "In depth")
	add(len(c.FAQ) > 0, "questions", "Questions")
	add(len(c.History) > 0, "history", "History")
	add(len(c.Related) > 0, "related", "Related codes")
	add(len(c.Sources) > 0, "sources", "Sources")
	return list
}

func kindLabel(k content.Kind) string {
	switch k {
	case content.Standard:
		return "Standard"
	case content.Vendor:
		return "Vendor code"
	case content.Reserved:
		return "Reserved, not to be sent"
	case content.Temporary:
		return "Temporary registration"
	case content.Obsolete:
		return "Obsolete"
	}
	return string(k)
}

func seenLabel(s content.Seen) string {
	switch s {
	case "log":
		return "Only in logs, never on the wire"
	case "body":
		return "In the body, under another status"
	}
	return "On the wire"
}

func facts(c *content.Code) []Fact {
	f, n := c.Facts, c.Facts.Notes
	return []Fact{
		{"Whose move", actsLabel(f.Acts), n.Acts},
		{"Retry", retryLabel(f.Retry), n.Retry},
		{"Cacheable", cacheableLabel(f.Cacheable), n.Cacheable},
		{"Body", bodyLabel(f.Body), n.Body},
		{"Alert on", alertLabel(f.Alert), n.Alert},
	}
}

func actsLabel(v string) string {
	switch v {
	case "nobody":
		return "Nobody’s"
	case "client":
		return "Client"
	case "server":
		return "Server"
	case "operator":
		return "Operator"
	}
	return v
}

func retryLabel(v string) string {
	switch v {
	case "not-needed":
		return "Not needed"
	case "unchanged":
		return "As it is"
	case "after-delay":
		return "After a wait"
	case "changed":
		return "Not as it is"
	case "never":
		return "Never"
	}
	return v
}

func cacheableLabel(v string) string {
	switch v {
	case "heuristic":
		return "Yes, unless told not to"
	case "explicit":
		return "Only if told"
	case "never":
		return "No"
	}
	return v
}

func bodyLabel(v string) string {
	switch v {
	case "expected":
		return "Expected"
	case "optional":
		return "Optional"
	case "forbidden":
		return "None allowed"
	}
	return v
}

func alertLabel(v string) string {
	switch v {
	case "never":
		return "Nothing"
	case "rate":
		return "Spikes"
	case "each":
		return "Every one"
	}
	return v
}
