package exchange

import "strings"

// readRequestLine reads a request line strictly (RFC 9112 section 3): one space between method, target and
// version.
func readRequestLine(l line, rep *report) Request {
	r := Request{Line: l.num}
	s := l.text
	if strings.HasPrefix(s, "HTTP/") {
		rep.at(l, 0, "this is a status line, not a request line", "begin with method, target and version, such as GET / HTTP/1.1")
		return r
	}
	last := strings.LastIndexByte(s, ' ')
	first := strings.IndexByte(s, ' ')
	if first < 0 {
		rep.at(l, 0, "request line has no target and no version", "write it as GET / HTTP/1.1")
		r.Method = s
		return r
	}
	r.Method = s[:first]
	if i := notTchar(r.Method); i >= 0 || r.Method == "" {
		rep.at(l, max(i, 0), "method is not a token", "a method has letters, digits and !#$%&'*+-.^_`|~ only (RFC 9110 section 5.6.2)")
	}
	at := first + 1
	target := s[at:]
	if v := s[last+1:]; last > first && strings.HasPrefix(strings.ToUpper(v), "HTTP") {
		r.Version, target = v, s[at:last]
		if !isVersion(v) {
			rep.at(l, last+1, "version "+quoted(v)+" is malformed", "write HTTP/1.1: capital letters, a slash, one digit, a dot, one digit (RFC 9112 section 2.3)")
		}
	} else {
		rep.at(l, len(s), "request line has no version", "end it with HTTP/1.1")
	}
	r.Target = strings.Trim(target, " \t")
	checkTarget(l, at, r.Method, target, rep)
	return r
}

// checkTarget reports what is wrong with the request target that begins at offset at of the line
// (RFC 9112 section 3.2).
func checkTarget(l line, at int, method, target string, rep *report) {
	if i := strings.IndexAny(target, " \t"); i >= 0 {
		if strings.Trim(target, " \t") == "" {
			rep.at(l, at, "request line has no target", "write it as GET / HTTP/1.1")
			return
		}
		hint := "write a space in a target as %20"
		if i == 0 || i == len(target)-1 {
			hint = "put exactly one space between method, target and version"
		}
		rep.at(l, at+i, "target has a space", hint)
		return
	}
	if i := strings.IndexByte(target, '#'); i >= 0 {
		rep.at(l, at+i, "target has a fragment", "leave out # and what follows; it is never sent (RFC 9110 section 7.1)")
		return
	}
	if i := badURI(target); i >= 0 {
		if target[i] == '%' {
			rep.at(l, at+i, "% in target is not followed by two hexadecimal digits", "write a literal percent sign as %25")
			return
		}
		rep.at(l, at+i, "target has a character that no URI may have", "percent-encode it, such as %22 for a quotation mark (RFC 3986 section 2.1)")
		return
	}
	switch {
	case method == "CONNECT":
		if i := strings.LastIndexByte(target, ':'); i <= 0 || !isAuthority(target) || !isDigits(target[i+1:]) {
			rep.at(l, at, "target of CONNECT is not host:port", "write it as CONNECT example.com:443 HTTP/1.1 (RFC 9112 section 3.2.3)")
		}
	case target == "*":
		if method != "OPTIONS" {
			rep.at(l, at, "target * is for OPTIONS only", "write a path such as / (RFC 9112 section 3.2.4)")
		}
	case target == "":
		rep.at(l, at, "request line has no target", "write it as GET / HTTP/1.1")
	case target[0] != '/' && !isAbsolute(target):
		rep.at(l, at, "target begins neither with a slash nor with a scheme", "write the path, and the host in the Host field (RFC 9112 section 3.2.1)")
	}
}

// isAbsolute reports whether a target is in absolute-form (RFC 9112 section 3.2.2).
func isAbsolute(target string) bool {
	i := strings.Index(target, "://")
	if i <= 0 {
		return false
	}
	for j := 0; j < i; j++ {
		c := lower(target[j])
		if (c < 'a' || c > 'z') && (j == 0 || c != '+' && c != '-' && c != '.' && (c < '0' || c > '9')) {
			return false
		}
	}
	return true
}

// readStatusLine reads a status line strictly (RFC 9112 section 4), except that the space after the code
// may be missing where no reason phrase follows: editors cut it off.
func readStatusLine(l line, rep *report) Response {
	r := Response{Line: l.num}
	s := l.text
	version, rest, ok := strings.Cut(s, " ")
	if !strings.HasPrefix(strings.ToUpper(version), "HTTP") {
		rep.at(l, 0, "response does not begin with a status line", "write it as HTTP/1.1 403 Forbidden")
		return r
	}
	r.Version = version
	if !isVersion(version) {
		rep.at(l, 0, "version "+quoted(version)+" is malformed", "write HTTP/1.1: capital letters, a slash, one digit, a dot, one digit (RFC 9112 section 2.3)")
	}
	if !ok {
		rep.at(l, len(s), "status line has no status code", "write it as HTTP/1.1 403 Forbidden")
		return r
	}
	at := len(version) + 1
	if n := len(rest) - len(strings.TrimLeft(rest, " \t")); n > 0 {
		rep.at(l, at, "more than one space before the status code", "put exactly one space there")
		at, rest = at+n, rest[n:]
	}
	code, reason, _ := strings.Cut(rest, " ")
	r.Reason = trimOWS(reason)
	if len(code) == 3 && isDigits(code) && code[0] != '0' {
		r.Status = number(code)
	} else {
		rep.at(l, at, "status code "+quoted(code)+" is not three digits from 100 to 999", "write it as HTTP/1.1 403 Forbidden")
	}
	if reason != r.Reason {
		rep.at(l, at+len(code)+1, "reason phrase has white space around it", "put exactly one space between code and reason, and none after it")
	} else if i := control(reason); i >= 0 {
		rep.at(l, at+len(code)+1+i, "control character in the reason phrase", "take it out")
	}
	return r
}

// number reads decimal digits that are known to be few.
func number(digits string) int {
	n := 0
	for i := 0; i < len(digits); i++ {
		n = n*10 + int(digits[i]-'0')
	}
	return n
}

// asStatusLine recognises a status line tolerantly.
func asStatusLine(s string) (version string, status int, reason string, ok bool) {
	if !strings.HasPrefix(s, "HTTP/") {
		return "", 0, "", false
	}
	version, rest, _ := strings.Cut(s, " ")
	rest = trimOWS(rest)
	if !isVersion(version) || len(rest) < 3 || !isDigits(rest[:3]) || rest[0] == '0' ||
		len(rest) > 3 && rest[3] != ' ' {
		return "", 0, "", false
	}
	return shortVersion(version), number(rest[:3]), trimOWS(rest[3:]), true
}

// asRequestLine recognises a request line tolerantly; the target may have spaces.
func asRequestLine(s string) (method, target, version string, ok bool) {
	s = strings.TrimRight(s, " \t")
	first, last := strings.IndexByte(s, ' '), strings.LastIndexByte(s, ' ')
	if first <= 0 || last == first || !strings.HasPrefix(s[last+1:], "HTTP/") {
		return "", "", "", false
	}
	method, target, version = s[:first], trimOWS(s[first+1:last]), s[last+1:]
	for i := 0; i < len(method); i++ {
		if c := method[i]; (c < 'A' || c > 'Z') && (i == 0 || c != '-' && c != '_') {
			return "", "", "", false
		}
	}
	return method, target, shortVersion(version), target != "" && isVersion(version)
}

// shortVersion writes HTTP/2.0 and HTTP/3.0 as HTTP/2 and HTTP/3: these have no minor version.
func shortVersion(v string) string {
	if v == "HTTP/2.0" || v == "HTTP/3.0" {
		return v[:len("HTTP/2")]
	}
	return v
}
