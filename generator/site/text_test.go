package site

import "testing"

func TestPlainText(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"A condition (`If-None-Match: *`) is **not** true.", "A condition (If-None-Match: *) is not true."},
		{"See [404] and [RFC 9110 15.5.5].[^source]", "See 404 and RFC 9110 15.5.5."},
		{"Read [this](https://example.org/a_b) now", "Read this now"},
		{"An open [ bracket and an open ` tick", "An open [ bracket and an open  tick"},
		{"`a[0]` is kept", "a[0] is kept"},
		{"", ""},
	} {
		if got := plainText(c.text); got != c.want {
			t.Errorf("%q became %q, not %q", c.text, got, c.want)
		}
	}
}

func TestFirstSentence(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"It worked. Nothing to read.", "It worked."},
		{"HTTP/1.1 is meant. Go on.", "HTTP/1.1 is meant."},
		{"One sentence, e.g. this", "One sentence, e.g. this"},
	} {
		if got := firstSentence(c.text); got != c.want {
			t.Errorf("%q became %q, not %q", c.text, got, c.want)
		}
	}
}
