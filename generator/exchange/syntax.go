package exchange

import "strings"

// tchar reports whether c may stand in a token (RFC 9110 section 5.6.2).
func tchar(c byte) bool {
	switch {
	case c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
		return true
	}
	return strings.IndexByte("!#$%&'*+-.^_`|~", c) >= 0
}

// notTchar returns the offset of the first byte that may not stand in a token, or -1.
func notTchar(s string) int {
	for i := 0; i < len(s); i++ {
		if !tchar(s[i]) {
			return i
		}
	}
	return -1
}

func isToken(s string) bool {
	return s != "" && notTchar(s) < 0
}

// control returns the offset of the first byte that may not stand in a field value or reason phrase
// (RFC 9110 section 5.5, RFC 9112 section 4), or -1.
func control(s string) int {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' && c != '\t' || c == 0x7f {
			return i
		}
	}
	return -1
}

func isDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

// isVersion accepts HTTP/1.1 and the like (RFC 9112 section 2.3), and the names of the versions that
// have no minor number, HTTP/2 and HTTP/3, as tools print them.
func isVersion(s string) bool {
	v, ok := strings.CutPrefix(s, "HTTP/")
	if !ok || v == "" || v[0] < '0' || v[0] > '9' {
		return false
	}
	if len(v) == 1 {
		return v[0] >= '2'
	}
	return len(v) == 3 && v[1] == '.' && v[2] >= '0' && v[2] <= '9'
}

// equalFold compares names without regard to ASCII case.
func equalFold(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := 0; i < len(a); i++ {
		if a[i] != b[i] && lower(a[i]) != lower(b[i]) {
			return false
		}
	}
	return true
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// trimOWS takes away the optional white space around a value (RFC 9110 section 5.6.3).
func trimOWS(s string) string {
	return strings.Trim(s, " \t")
}

// uriByte reports whether c may stand in a URI, percent signs included (RFC 3986 section 2).
func uriByte(c byte) bool {
	switch {
	case c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
		return true
	}
	return strings.IndexByte("-._~:/?#[]@!$&'()*+,;=%", c) >= 0
}

// badURI returns the offset of the first byte that makes s no URI reference, or -1.
func badURI(s string) int {
	for i := 0; i < len(s); i++ {
		if !uriByte(s[i]) {
			return i
		}
		if s[i] == '%' && (i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2])) {
			return i
		}
	}
	return -1
}

// isAuthority accepts a host with an optional port (RFC 9110 section 7.2); the empty host is allowed.
func isAuthority(s string) bool {
	host := s
	if strings.HasPrefix(s, "[") {
		end := strings.IndexByte(s, ']')
		if end < 0 {
			return false
		}
		host = s[1:end]
		for i := 0; i < len(host); i++ {
			if !isHex(host[i]) && host[i] != ':' && host[i] != '.' {
				return false
			}
		}
		s = s[end+1:]
		if s == "" {
			return host != ""
		}
		return host != "" && s[0] == ':' && (s == ":" || isDigits(s[1:]))
	}
	if i := strings.IndexByte(s, ':'); i >= 0 {
		if port := s[i+1:]; port != "" && !isDigits(port) {
			return false
		}
		host = s[:i]
	}
	return badURI(host) < 0 && !strings.ContainsAny(host, ":/?#[]@")
}

// splitURL splits an absolute http or https URL into scheme, authority and the rest, which is at least "/"
// and has no fragment.
func splitURL(s string) (scheme, authority, rest string, ok bool) {
	i := strings.Index(s, "://")
	if i <= 0 {
		return "", "", "", false
	}
	scheme, rest = strings.ToLower(s[:i]), s[i+3:]
	if scheme != "http" && scheme != "https" && scheme != "ws" && scheme != "wss" {
		return "", "", "", false
	}
	if i := strings.IndexByte(rest, '#'); i >= 0 {
		rest = rest[:i]
	}
	authority = rest
	if i := strings.IndexAny(rest, "/?"); i >= 0 {
		authority, rest = rest[:i], rest[i:]
	} else {
		rest = ""
	}
	if i := strings.LastIndexByte(authority, '@'); i >= 0 {
		authority = authority[i+1:]
	}
	if !strings.HasPrefix(rest, "/") {
		rest = "/" + rest
	}
	return scheme, authority, rest, authority != ""
}
