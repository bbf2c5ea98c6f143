package render

import (
	"testing"

	"httpstatus/generator/content"
	"httpstatus/generator/site"
)

// TestInline converts texts as they stand in the content: references, field names, and words that would begin a block elsewhere.
func TestInline(t *testing.T) {
	s := realSite(t)
	r := newRenderer(t, Options{})
	var page *site.Page
	var sources []content.Source
	for i := range s.Codes {
		if s.Codes[i].Code.Code == 403 {
			page, sources = &s.Codes[i].Page, s.Codes[i].Code.Sources
		}
	}
	c := r.context(s, page, sources)
	first := sources[0].ID
	for _, test := range []struct{ text, want string }{
		{"303. Because the number comes first.", "303. Because the number comes first."},
		{"- no list, # no heading, > no quotation", "- no list, # no heading, &gt; no quotation"},
		{"    no code", "no code"},
		{"See [404].", `See <a href="../404/" title="Not Found">404</a>.`},
		{"Here is [403].", "Here is 403."},
		{"The registry has [506], which has no page.", "The registry has 506, which has no page."},
		{"Read [RFC 9110 15.5.4].", `Read <a href="https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.4" title="403 Forbidden">RFC 9110 §15.5.4</a>.`},
		{"Said so.[^" + first + "]", `Said so.<a href="#source-1" title="` + sources[0].Title.S + `" class="cite">1</a>`},
		{"`Retry-After` and `retry`", `<a href="../headers/retry-after/"><code>Retry-After</code></a> and <code>retry</code>`},
		{"`Retry-After: 5`", `<code>Retry-After: 5</code>`},
		{"[404](https://example.org/)", `<a href="https://example.org/">404</a>`},
		{"[unknown] and [^unknown] and [999999]", "[unknown] and [^unknown] and [999999]"},
		{"<b>raw</b> & `<b>`", "<!-- raw HTML omitted -->raw<!-- raw HTML omitted --> &amp; <code>&lt;b&gt;</code>"},
		{"**bold** and *soft*", "<strong>bold</strong> and <em>soft</em>"},
	} {
		got, err := c.Inline(content.Text{S: test.text})
		if err != nil || string(got) != test.want {
			t.Errorf("%q became %q, not %q (%v)", test.text, got, test.want, err)
		}
	}
}
