package site

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"strconv"
	"strings"

	"httpstatus/generator/content"
)

// Record is a code in codes.json. Field names are part of the site's promise of stable data.
type Record struct {
	Code    int         `json:"code"`
	Name    string      `json:"name"`
	Class   string      `json:"class,omitempty"`
	Kind    string      `json:"kind"`
	Summary string      `json:"summary"`
	URL     string      `json:"url"`
	Specs   []SpecData  `json:"specs"`
	Facts   FactData    `json:"facts"`
	Aliases []string    `json:"aliases"`
	Owners  []OwnerData `json:"owners,omitempty"`
}

// SpecData is a section that defines a code.
type SpecData struct {
	RFC     int    `json:"rfc"`
	Section string `json:"section,omitempty"`
	URL     string `json:"url"`
}

// FactData are the facts of a code, with the values of the content's schema.
type FactData struct {
	Acts      string     `json:"acts"`
	Retry     string     `json:"retry"`
	Cacheable string     `json:"cacheable"`
	Body      string     `json:"body"`
	Alert     string     `json:"alert"`
	Seen      string     `json:"seen"`
	Redirect  string     `json:"redirect,omitempty"`
	Fields    FieldsData `json:"fields"`
	Since     *SinceData `json:"since,omitempty"`
}

// FieldsData lists field names by need.
type FieldsData struct {
	Required []string `json:"required"`
	Expected []string `json:"expected"`
	Optional []string `json:"optional"`
}

// SinceData is the first definition of a code.
type SinceData struct {
	RFC  int `json:"rfc,omitempty"`
	Year int `json:"year"`
}

// OwnerData is one vendor's use of a number.
type OwnerData struct {
	Owner string `json:"owner"`
	Name  string `json:"name"`
	State string `json:"state"`
	Seen  string `json:"seen"`
}

// Document is /403.json: the record with what the page adds to it. Texts are Markdown.
type Document struct {
	Record
	Exchange      ExchangeData  `json:"exchange"`
	Meaning       string        `json:"meaning"`
	Guarantees    []string      `json:"guarantees"`
	NotGuaranteed []string      `json:"not_guaranteed"`
	UseWhen       []string      `json:"use_when"`
	UseInstead    []CodeText    `json:"use_instead"`
	Misuses       []MisuseData  `json:"misuses"`
	Debugging     []StepData    `json:"debugging"`
	Fingerprints  []SenderData  `json:"fingerprints,omitempty"`
	FAQ           []QuestionAnd `json:"faq"`
	Contract      *ContractData `json:"contract,omitempty"`
	Related       []CodeText    `json:"related"`
	Sources       []SourceData  `json:"sources"`
	Verified      string        `json:"verified"`
}

// ExchangeData is raw HTTP/1.1 text.
type ExchangeData struct {
	Request  string `json:"request"`
	Response string `json:"response,omitempty"`
	Log      string `json:"log,omitempty"`
}

// CodeText is a code with a remark.
type CodeText struct {
	Code int    `json:"code"`
	Text string `json:"text"`
}

// MisuseData is a wrong use with the code that belongs there.
type MisuseData struct {
	What      string `json:"what"`
	InsteadOf int    `json:"instead_of"`
	Breaks    string `json:"breaks"`
}

// StepData is a step of debugging.
type StepData struct {
	Do  string `json:"do"`
	How string `json:"how"`
}

// SenderData is the fingerprint of a sender.
type SenderData struct {
	Who       string `json:"who"`
	LooksLike string `json:"looks_like"`
	Because   string `json:"because"`
	Fix       string `json:"fix"`
}

// QuestionAnd is a question and its answer.
type QuestionAnd struct {
	Question string `json:"question"`
	Answer   string `json:"answer"`
}

// ContractData is what a client may rely on.
type ContractData struct {
	CanAssume     []string `json:"can_assume"`
	MustNotAssume []string `json:"must_not_assume"`
	Retry         string   `json:"retry"`
	Monitoring    string   `json:"monitoring"`
}

// SourceData is a cited document.
type SourceData struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	URL   string `json:"url"`
}

func (b *builder) data() error {
	records := make([]Record, 0, len(b.m.Codes))
	for _, c := range b.m.Codes {
		r := b.record(c)
		records = append(records, r)
		data, err := encode(b.document(c, r))
		if err != nil {
			return err
		}
		stem := "/" + strconv.Itoa(c.Code)
		b.site.Files = append(b.site.Files,
			File{Path: stem + ".json", Data: data},
			File{Path: stem + ".md", Data: b.markdown(c)})
	}
	data, err := encode(records)
	if err != nil {
		return err
	}
	sitemap, err := b.sitemap()
	if err != nil {
		return err
	}
	b.site.Files = append(b.site.Files,
		File{Path: "/codes.json", Data: data},
		File{Path: "/sitemap.xml", Data: sitemap},
		File{Path: "/robots.txt", Data: []byte("User-agent: *\nAllow: /\n\nSitemap: " + b.site.BaseURL + "sitemap.xml\n")})
	return nil
}

func encode(v any) ([]byte, error) {
	var buf bytes.Buffer
	e := json.NewEncoder(&buf)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

func (b *builder) url(path string) string { return b.site.BaseURL + strings.TrimPrefix(path, "/") }

func (b *builder) record(c *content.Code) Record {
	f := c.Facts
	r := Record{
		Code:    c.Code,
		Name:    c.Name.S,
		Class:   classOf(c.Code),
		Kind:    string(c.Kind),
		Summary: plainText(c.Summary.S),
		URL:     b.url(codePath(c.Code)),
		Specs:   []SpecData{},
		Aliases: []string{},
		Facts: FactData{
			Acts: f.Acts, Retry: f.Retry, Cacheable: f.Cacheable, Body: f.Body, Alert: f.Alert, Redirect: f.Redirect,
			Seen:   string(f.Seen),
			Fields: FieldsData{Required: fieldNames(f.Fields.Required), Expected: fieldNames(f.Fields.Expected), Optional: fieldNames(f.Fields.Optional)},
		},
	}
	if r.Facts.Seen == "" {
		r.Facts.Seen = "wire"
	}
	if f.Since != nil {
		r.Facts.Since = &SinceData{RFC: f.Since.RFC, Year: f.Since.Year}
	}
	for _, s := range c.Specs {
		spec, _ := b.site.Refs.Spec(s.RFC, s.Section.S)
		r.Specs = append(r.Specs, SpecData{RFC: s.RFC, Section: s.Section.S, URL: spec.URL})
	}
	for _, a := range c.Aliases {
		r.Aliases = append(r.Aliases, a.S)
	}
	for _, o := range c.Owners {
		r.Owners = append(r.Owners, OwnerData{Owner: o.Owner.S, Name: o.Name.S, State: o.State, Seen: string(o.Seen)})
	}
	return r
}

func fieldNames(refs []content.FieldRef) []string {
	names := make([]string, 0, len(refs))
	for _, f := range refs {
		names = append(names, f.S)
	}
	return names
}

func (b *builder) document(c *content.Code, r Record) Document {
	md := func(s string) string { return b.resolve(s, false) }
	claims := func(list []content.Claim) []string {
		out := make([]string, 0, len(list))
		for _, cl := range list {
			out = append(out, md(cl.Text.S))
		}
		return out
	}
	d := Document{
		Record:        r,
		Exchange:      ExchangeData{Request: c.Exchange.Request.S, Response: c.Exchange.Response.S, Log: c.Exchange.Log.S},
		Meaning:       md(c.Meaning.Text.S),
		Guarantees:    claims(c.Meaning.Guarantees),
		NotGuaranteed: claims(c.Meaning.NotGuaranteed),
		UseWhen:       claims(c.UseWhen),
		UseInstead:    []CodeText{},
		Misuses:       []MisuseData{},
		Debugging:     []StepData{},
		FAQ:           []QuestionAnd{},
		Related:       []CodeText{},
		Sources:       []SourceData{},
		Verified:      c.Verified.S,
	}
	for _, u := range c.UseInstead {
		d.UseInstead = append(d.UseInstead, CodeText{u.Code.Code, md(u.When.S)})
	}
	for _, m := range c.Misuses {
		d.Misuses = append(d.Misuses, MisuseData{md(m.What.S), m.InsteadOf.Code, md(m.Breaks.S)})
	}
	for _, s := range c.Debugging {
		d.Debugging = append(d.Debugging, StepData{md(s.Do.S), md(s.How.S)})
	}
	for _, f := range c.Fingerprints {
		d.Fingerprints = append(d.Fingerprints, SenderData{f.Who.S, md(f.LooksLike.S), md(f.Because.S), md(f.Fix.S)})
	}
	for _, q := range c.FAQ {
		d.FAQ = append(d.FAQ, QuestionAnd{md(q.Q.S), md(q.A.S)})
	}
	if k := c.Contract; k != nil {
		d.Contract = &ContractData{claims(k.CanAssume), claims(k.MustNotAssume), md(k.Retry.S), md(k.Monitoring.S)}
	}
	for _, x := range c.Related {
		d.Related = append(d.Related, CodeText{x.Code.Code, md(x.Why.S)})
	}
	for _, s := range c.Sources {
		d.Sources = append(d.Sources, SourceData{s.ID, s.Title.S, s.URL.S})
	}
	return d
}

type urlset struct {
	XMLName xml.Name   `xml:"urlset"`
	NS      string     `xml:"xmlns,attr"`
	URLs    []location `xml:"url"`
}

type location struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

func (b *builder) sitemap() ([]byte, error) {
	set := urlset{NS: "http://www.sitemaps.org/schemas/sitemap/0.9"}
	for _, p := range b.site.Pages() {
		if !p.Unlisted {
			set.URLs = append(set.URLs, location{Loc: b.url(p.Path), LastMod: p.Modified})
		}
	}
	data, err := xml.MarshalIndent(set, "", " ")
	if err != nil {
		return nil, err
	}
	return append([]byte(xml.Header), append(data, '\n')...), nil
}

// Pages lists what all pages have in common, home first.
func (s *Site) Pages() []Page {
	pages := []Page{s.Home.Page, s.CodeList.Page, s.FieldList.Page, s.About.Page, s.NotFound.Page}
	for i := range s.Classes {
		pages = append(pages, s.Classes[i].Page)
	}
	for i := range s.Codes {
		pages = append(pages, s.Codes[i].Page)
	}
	for i := range s.Headers {
		pages = append(pages, s.Headers[i].Page)
	}
	return pages
}
