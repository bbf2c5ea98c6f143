package exchange

import "strings"

// noHost stands in where a request does not say its host.
const noHost = "example.com"

// address returns what a command needs: the URL of the request in the given scheme. The authority is that of
// Host, or else of an absolute target.
func address(r Request, scheme string) string {
	if scheme != "http" {
		scheme = "https"
	}
	authority, path := "", r.Target
	if _, a, rest, ok := splitURL(r.Target); ok {
		authority, path = a, rest
	}
	if r.Method == "CONNECT" && isAuthority(r.Target) {
		authority, path = r.Target, "/"
	}
	if host, ok := r.Fields.Get("Host"); ok && isAuthority(host) && host != "" {
		authority = host
	}
	if path == "*" || !strings.HasPrefix(path, "/") {
		path = "/" + strings.TrimPrefix(path, "*")
	}
	return scheme + "://" + defaultTo(authority, noHost) + escapeURI(path)
}

// sendable returns the fields that a client has to be told: those it does not derive from address and body.
func sendable(r Request) Fields {
	var out Fields
	for _, f := range r.Fields {
		if equalFold(f.Name, "Host") || !isToken(f.Name) || control(f.Value) >= 0 {
			continue
		}
		if n, ok := contentLength(r.Fields); ok && n == len(r.Body) && equalFold(f.Name, "Content-Length") {
			continue
		}
		out = append(out, f)
	}
	return out
}

// escapeURI percent-encodes what may not stand in a URL, so that a sloppy target still gives a command.
func escapeURI(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if c := s[i]; uriByte(c) && c != '#' {
			b.WriteByte(c)
		} else {
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	return b.String()
}

// Curl returns the request as a curl command for a POSIX shell, one field on each line. The scheme is http or
// https; the authority comes from Host, or is example.com where there is none. Fields that curl adds by itself
// (User-Agent, Accept) are left to it, and trailer fields, which it cannot send, are left out.
func Curl(r Request, scheme string) string {
	url := address(r, scheme)
	fields := sendable(r)
	args := []string{"curl"}
	switch {
	case r.Method == "HEAD" && r.Body == "":
		args[0] += " -I"
	case r.Method == "" || r.Method == "GET" && r.Body == "" || r.Method == "POST" && r.Body != "":
		args[0] += " -i"
	default:
		args[0] += " -i -X " + shellQuote(r.Method)
	}
	switch r.Version {
	case "HTTP/1.0":
		args[0] += " --http1.0"
	case "HTTP/2":
		args[0] += " --http2"
	case "HTTP/3":
		args[0] += " --http3"
	}
	if r.Target == "*" || r.Method == "CONNECT" {
		args[0] += " --request-target " + shellQuote(r.Target)
	}
	if strings.Contains(url, "/.") {
		args[0] += " --path-as-is"
	}
	if strings.ContainsAny(url, "[]{}") {
		args[0] += " --globoff"
	}
	args[0] += " " + shellQuote(url)
	for _, f := range fields {
		if f.Value == "" {
			args = append(args, "-H "+shellQuote(f.Name+";"))
			continue
		}
		args = append(args, "-H "+shellQuote(f.Name+": "+f.Value))
	}
	if fields.Has("Accept-Encoding") {
		args = append(args, "--compressed")
	}
	if r.Body == "" {
		return strings.Join(args, " \\\n  ")
	}
	if !fields.Has("Content-Type") {
		args = append(args, "-H Content-Type:") // or curl says that it is a form
	}
	if printable(r.Body) {
		args = append(args, "--data-raw "+shellQuote(r.Body))
		return strings.Join(args, " \\\n  ")
	}
	args = append(args, "--data-binary @-")
	return printfBytes(r.Body) + " |\n  " + strings.Join(args, " \\\n  ")
}
