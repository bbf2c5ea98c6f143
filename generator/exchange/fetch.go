package exchange

import (
	"strconv"
	"strings"
)

// FetchCall returns the request as a JavaScript call of fetch. The address is made as for [Curl]. What a page
// may not set (Fetch standard, forbidden request-header names and methods) stands in a comment, not in the
// call; a Cookie field becomes credentials.
func FetchCall(r Request, scheme string) string {
	var allowed Fields
	var forbidden []string
	cookie := false
	for _, f := range sendable(r) {
		switch {
		case equalFold(f.Name, "Cookie"):
			cookie = true
			forbidden = append(forbidden, f.Name)
		case forbiddenInFetch(f.Name):
			forbidden = append(forbidden, f.Name)
		default:
			allowed = append(allowed, f)
		}
	}
	method := defaultTo(r.Method, "GET")
	body := r.Body
	var notes, options []string
	switch method {
	case "CONNECT", "TRACE", "TRACK":
		notes = append(notes, "// fetch refuses the method "+method)
	case "GET", "HEAD":
		if body != "" {
			notes = append(notes, "// fetch sends no body with "+method)
			body = ""
		}
	}
	if len(forbidden) > 0 {
		notes = append(notes, "// left to the browser: "+strings.Join(forbidden, ", "))
	}
	if method != "GET" {
		options = append(options, "  method: "+jsString(method, false)+",")
	}
	if cookie {
		options = append(options, `  credentials: "include",`)
	}
	if len(allowed) > 0 {
		options = append(options, jsHeaders(allowed))
	}
	if body != "" {
		options = append(options, "  body: "+jsBody(body, allowed.Has("Content-Type"))+",")
	}
	call := "const response = await fetch(" + jsString(address(r, scheme), false)
	if len(options) > 0 {
		call += ", {\n" + strings.Join(options, "\n") + "\n}"
	}
	return strings.Join(append(notes, call+");"), "\n")
}

// jsHeaders writes an object, or pairs where a name comes more than once.
func jsHeaders(fields Fields) string {
	pairs := false
	for i, f := range fields {
		pairs = pairs || fields[:i].Has(f.Name)
	}
	var b strings.Builder
	open, between, end := "  headers: {\n", ": ", ",\n"
	if pairs {
		open, between, end = "  headers: [\n", ", ", "],\n"
	}
	b.WriteString(open)
	for _, f := range fields {
		b.WriteString("    ")
		if pairs {
			b.WriteByte('[')
		}
		b.WriteString(jsString(f.Name, true) + between + jsString(f.Value, true) + end)
	}
	if pairs {
		b.WriteString("  ],")
	} else {
		b.WriteString("  },")
	}
	return b.String()
}

// jsBody writes the body so that fetch adds no Content-Type where the request has none.
func jsBody(body string, typed bool) string {
	if !printable(strings.ReplaceAll(body, "\r", "")) {
		var b strings.Builder
		b.WriteString("new Uint8Array([")
		for i := 0; i < len(body); i++ {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(strconv.Itoa(int(body[i])))
		}
		b.WriteString("])")
		return b.String()
	}
	text := jsString(body, false)
	if strings.Contains(body, "\n") {
		text = jsTemplate(body)
	}
	if !typed {
		return "new TextEncoder().encode(" + text + ")"
	}
	return text
}

// forbiddenInFetch reports whether a page cannot set this field (Fetch standard, forbidden request-header).
func forbiddenInFetch(name string) bool {
	name = strings.ToLower(name)
	switch name {
	case "accept-charset", "accept-encoding", "access-control-request-headers", "access-control-request-method",
		"access-control-request-private-network", "connection", "content-length", "cookie", "cookie2", "date",
		"dnt", "expect", "host", "keep-alive", "origin", "referer", "set-cookie", "te", "trailer",
		"transfer-encoding", "upgrade", "via":
		return true
	}
	return strings.HasPrefix(name, "proxy-") || strings.HasPrefix(name, "sec-")
}
