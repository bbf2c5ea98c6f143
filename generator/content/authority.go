package content

import (
	"bytes"
	"strings"
)

// obsolete says which document replaces an RFC that people still cite, or "" if it is in force.
func obsolete(rfc int) string {
	switch rfc {
	case 2068, 2616: // HTTP/1.1 of 1997 and 1999
		return "RFC 9110, 9111 and 9112 replace it"
	case 7230: // messages and routing; the message syntax went to 9112, the rest to 9110
		return "RFC 9110 and 9112 replace it"
	case 7231, 7232, 7233, 7235: // semantics, conditional requests, ranges, authentication: one document since 2022
		return "RFC 9110 replaces it"
	case 7234: // caching
		return "RFC 9111 replaces it"
	case 7238, 7538: // status code 308, now RFC 9110 section 15.4.9
		return "RFC 9110 replaces it"
	case 2818: // HTTP over TLS, now RFC 9110 section 4.2.2
		return "RFC 9110 replaces it"
	case 7615, 7694: // Authentication-Info; Accept-Encoding in responses
		return "RFC 9110 replaces it"
	case 2617: // Basic and Digest
		return "RFC 7616 and 7617 replace it"
	case 7540, 8740: // HTTP/2, and its use of TLS 1.3
		return "RFC 9113 replaces it"
	case 7807: // problem details
		return "RFC 9457 replaces it"
	case 8941: // structured fields, without dates and display strings
		return "RFC 9651 replaces it"
	case 2518: // WebDAV of 1999
		return "RFC 4918 replaces it"
	case 3230: // instance digests
		return "RFC 9530 replaces it"
	case 2109, 2965: // cookies
		return "RFC 6265 replaces it"
	case 5988: // web linking
		return "RFC 8288 replaces it"
	case 5987: // field parameters in other character sets
		return "RFC 8187 replaces it"
	case 5785: // well-known URIs
		return "RFC 8615 replaces it"
	case 4627, 7159: // JSON
		return "RFC 8259 replaces it"
	case 2396: // URIs
		return "RFC 3986 replaces it"
	}
	return ""
}

// formerName is a reason phrase that RFC 9110 or an earlier revision replaced.
type formerName struct{ old, now string }

func formerNames() []formerName {
	return []formerName{
		{"payload too large", "Content Too Large"},
		{"request entity too large", "Content Too Large"},
		{"request-uri too long", "URI Too Long"},
		{"request-uri too large", "URI Too Long"},
		{"requested range not satisfiable", "Range Not Satisfiable"},
		{"unprocessable entity", "Unprocessable Content"},
	}
}

// authority reports obsolete documents and former names that prose uses as if they were in force.
func (c *checker) authority(f *file, p prose, r reading) {
	if p.zone != "history" {
		c.bareRFCs(f, p, r.words)
	}
	switch p.zone {
	case "history", "aliases", "owners", "fingerprints", "frameworks", "snippets":
		return
	}
	lower := string(bytes.ToLower(r.words))
	if len(lower) != len(p.s) {
		return // letters whose cases differ in length: no English, and no offsets to report
	}
	for _, name := range formerNames() {
		if word, _, _ := strings.Cut(name.old, " "); !strings.Contains(lower, word) {
			continue
		}
		for i := 0; ; {
			start, end := find(lower, name.old, i)
			if start < 0 {
				break
			}
			f.report(f.locate(p.pos, p.s, start, end), "former names belong into the history and the aliases; in backticks they are text that somebody sends",
				"%q is called %q since RFC 9110", p.s[start:end], name.now)
			i = end
		}
	}
}

// bareRFCs reports obsolete RFCs that stand in the text without brackets.
func (c *checker) bareRFCs(f *file, p prose, words []byte) {
	for i := 0; i < len(words); {
		n := bytes.Index(words[i:], []byte("RFC"))
		if n < 0 {
			return
		}
		start := i + n
		at := start + len("RFC")
		if at < len(words) && words[at] == 's' {
			at++
		}
		for at < len(words) && (isSpace(words[at]) || words[at] == '-') {
			at++
		}
		end := at
		for end < len(words) && isDigit(words[end]) {
			end++
		}
		if by := c.successor(number(string(words[at:end]))); by != "" {
			f.report(f.locate(p.pos, p.s, start, end), "name the document in force; only the history names obsolete ones",
				"%s is obsolete: %s", strings.Join(strings.Fields(p.s[start:end]), " "), by)
		}
		i = max(end, start+1)
	}
}
