package site

import (
	"fmt"
	"strconv"
	"strings"

	"httpstatus/generator/content"
)

// resolve turns the references of a Text or Markdown into Markdown links with absolute URLs, for readers of the
// data files. Citations stay as the footnote marks they are if footnotes is true, and are dropped otherwise.
func (b *builder) resolve(s string, footnotes bool) string {
	var out strings.Builder
	written := 0
	for _, m := range content.Mentions(s) {
		out.WriteString(s[written:m.Start])
		written = m.End
		if m.Source == "" {
			out.WriteString(b.reference(m, s[m.Start:m.End]))
		} else if footnotes {
			out.WriteString(s[m.Start:m.End])
		}
	}
	out.WriteString(s[written:])
	return strings.TrimSpace(out.String())
}

// reference is the Markdown link for the mention of a code or an RFC; asWritten if the site knows nothing of it.
func (b *builder) reference(m content.Mention, asWritten string) string {
	if m.Code > 0 {
		ref, ok := b.site.Refs.Code(m.Code)
		switch code := strconv.Itoa(m.Code); {
		case !ok:
			return asWritten
		case ref.Path == "":
			return code + " " + ref.Name
		default:
			return fmt.Sprintf("[%s %s](%s)", code, ref.Name, b.url("/"+code+".md"))
		}
	}
	spec, ok := b.site.Refs.Spec(m.RFC, m.Section)
	if !ok {
		return asWritten
	}
	return fmt.Sprintf("[%s](%s)", spec.Label, spec.URL)
}

// markdown writes a code's page as one Markdown document.
func (b *builder) markdown(c *content.Code) []byte {
	w := &mdWriter{b: b}
	w.line("# " + strconv.Itoa(c.Code) + " " + c.Name.S)
	w.para(c.Summary.S)
	var defined []string
	for _, s := range c.Specs {
		if spec, ok := b.site.Refs.Spec(s.RFC, s.Section.S); ok {
			defined = append(defined, fmt.Sprintf("[%s](%s)", spec.Label, spec.URL))
		}
	}
	if len(defined) > 0 {
		w.line("Defined in " + strings.Join(defined, ", ") + ". " + kindLabel(c.Kind) + ".")
	} else {
		w.line(kindLabel(c.Kind) + ".")
	}
	for _, f := range facts(c) {
		w.item("**" + f.Label + "**: " + f.Value + " (" + b.resolve(f.Note.S, false) + ")")
	}
	w.exchange(c.Exchange)
	for _, o := range c.Owners {
		w.heading(o.Owner.S + ": " + o.Name.S)
		w.para(o.Text.S)
		w.labelled("Recognise it", o.Recognise.S)
		w.labelled("Fix", o.Fix.S)
	}
	w.heading("What it tells you")
	w.para(c.Meaning.Text.S)
	w.claims("Guaranteed", c.Meaning.Guarantees)
	w.claims("Not guaranteed", c.Meaning.NotGuaranteed)
	if r := c.Roles; r != nil {
		w.heading("What to do now")
		w.labelled("Visitor", r.Visitor.S)
		w.labelled("API caller", r.APICaller.S)
		w.labelled("Server owner", r.ServerOwner.S)
		w.labelled("Operator", r.Operator.S)
	}
	if len(c.Debugging) > 0 {
		w.heading("Debug it")
		for i, s := range c.Debugging {
			w.numbered(i+1, w.text(s.Do.S)+" "+w.text(s.How.S)+cites(s.Source))
		}
	}
	if len(c.Fingerprints) > 0 {
		w.heading("Who sent this")
		for _, f := range c.Fingerprints {
			w.item("**" + f.Who.S + "**: " + w.text(f.LooksLike.S) + " " + w.text(f.Because.S) + " " + w.text(f.Fix.S) + cites(f.Source))
		}
	}
	if len(c.UseWhen) > 0 {
		w.heading("Use it when")
		w.claims("", c.UseWhen)
		for _, u := range c.UseInstead {
			w.item("Not here: " + w.text(u.When.S) + " → " + strconv.Itoa(u.Code.Code))
		}
	}
	if len(c.Misuses) > 0 {
		w.heading("Common misuses")
		for _, m := range c.Misuses {
			w.item(w.text(m.What.S) + " → " + strconv.Itoa(m.InsteadOf.Code) + ". " + w.text(m.Breaks.S) + cites(m.Source))
		}
	}
	if len(c.Headers) > 0 {
		w.heading("Header fields that matter")
		for _, h := range c.Headers {
			w.item("`" + h.Field.S + "`: " + w.text(h.Why.S) + " Without it: " + w.text(h.Without.S) + cites(h.Source))
		}
	}
	if be := c.Behaviour; be != nil {
		w.heading("Who does what with it")
		w.claim("**Browsers**: ", be.Browsers)
		w.claim("**API clients**: ", be.APIClients)
		w.claim("**Crawlers**: ", be.Crawlers)
		w.claim("**Monitors**: ", be.Monitors)
		w.claim("**Proxies**: ", be.Proxies)
	}
	if len(c.Snippets.Respond) > 0 {
		w.heading("Return it")
		for _, s := range c.Snippets.Respond {
			if f := b.m.Framework(s.Framework.S); f != nil {
				w.snippet(f.Name.S, f.Syntax.S, s.Code.S, s.Note.S)
			}
		}
	}
	if len(c.Snippets.Handle) > 0 {
		w.heading("Handle it")
		for _, s := range c.Snippets.Handle {
			if cl := b.m.Client(s.Client.S); cl != nil {
				w.snippet(cl.Name.S, cl.Syntax.S, s.Code.S, s.Note.S)
			}
		}
	}
	if k := c.Contract; k != nil {
		w.heading("Contract for clients")
		w.claims("Can assume", k.CanAssume)
		w.claims("Must not assume", k.MustNotAssume)
		w.labelled("Retry", k.Retry.S)
		w.labelled("Monitoring", k.Monitoring.S)
	}
	if len(c.Examples) > 0 {
		w.heading("Examples")
		for _, e := range c.Examples {
			w.line("### " + e.Title.S)
			w.para(e.Text.S)
			for _, x := range e.Exchanges {
				w.exchange(x)
			}
		}
	}
	if c.DeepDive.S != "" {
		w.heading("In depth")
		w.para(c.DeepDive.S)
	}
	if len(c.FAQ) > 0 {
		w.heading("Questions")
		for _, q := range c.FAQ {
			w.line("### " + w.text(q.Q.S))
			w.para(q.A.S)
		}
	}
	if len(c.Related) > 0 {
		w.heading("Related codes")
		for _, r := range c.Related {
			w.item(w.text("["+strconv.Itoa(r.Code.Code)+"]") + ": " + w.text(r.Why.S))
		}
	}
	w.line("")
	for _, s := range c.Sources {
		fmt.Fprintf(&w.out, "[^%s]: [%s](%s)\n", s.ID, s.Title.S, s.URL.S)
	}
	fmt.Fprintf(&w.out, "\nLast verified %s. %s\n", c.Verified.S, b.url(codePath(c.Code)))
	return []byte(w.out.String())
}

type mdWriter struct {
	b   *builder
	out strings.Builder
}

func (w *mdWriter) text(s string) string     { return w.b.resolve(s, true) }
func (w *mdWriter) line(s string)            { w.out.WriteString(s + "\n\n") }
func (w *mdWriter) para(s string)            { w.line(w.text(s)) }
func (w *mdWriter) heading(s string)         { w.out.WriteString("\n## " + s + "\n\n") }
func (w *mdWriter) item(s string)            { w.out.WriteString("- " + s + "\n") }
func (w *mdWriter) numbered(n int, s string) { w.out.WriteString(strconv.Itoa(n) + ". " + s + "\n") }
func (w *mdWriter) labelled(label, s string) { w.item("**" + label + "**: " + w.text(s)) }

func (w *mdWriter) claim(prefix string, c content.Claim) {
	s := prefix + w.text(c.Text.S)
	if c.Spec != nil {
		if spec, ok := w.b.site.Refs.Spec(c.Spec.RFC, c.Spec.Section.S); ok {
			s += fmt.Sprintf(" ([%s](%s))", spec.Label, spec.URL)
		}
	}
	w.item(s + cites(c.Source))
}

func (w *mdWriter) claims(title string, list []content.Claim) {
	if len(list) == 0 {
		return
	}
	if title != "" {
		w.out.WriteString("\n" + title + ":\n\n")
	}
	for _, c := range list {
		w.claim("", c)
	}
}

func (w *mdWriter) exchange(e content.Exchange) {
	w.out.WriteString("\n")
	if e.Note.S != "" {
		w.para(e.Note.S)
	}
	w.line("```http\n" + strings.TrimRight(e.Request.S, "\n") + "\n```")
	if e.Response.S != "" {
		w.line("```http\n" + strings.TrimRight(e.Response.S, "\n") + "\n```")
	}
	if e.Log.S != "" {
		w.line("```\n" + strings.TrimRight(e.Log.S, "\n") + "\n```")
	}
}

func (w *mdWriter) snippet(name, syntax, code, note string) {
	w.line("### " + name)
	w.line("```" + syntax + "\n" + strings.TrimRight(code, "\n") + "\n```")
	if note != "" {
		w.para(note)
	}
}

func cites(refs []content.SourceRef) string {
	var out strings.Builder
	for _, r := range refs {
		out.WriteString("[^" + r.S + "]")
	}
	return out.String()
}
