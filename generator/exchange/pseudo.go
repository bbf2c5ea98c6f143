package exchange

import "strings"

// pseudo holds the pseudo-header fields of HTTP/2 and HTTP/3 (RFC 9113 section 8.3).
type pseudo struct {
	method, path, scheme, authority, status Field
}

func (p *pseudo) set(f Field) {
	switch f.Name {
	case ":method":
		p.method = f
	case ":path":
		p.path = f
	case ":scheme":
		p.scheme = f
	case ":authority":
		p.authority = f
	case ":status":
		p.status = f
	}
}

func (p *pseudo) isRequest() bool {
	return p.method.Name != "" || p.path.Name != "" || p.authority.Name != "" || p.scheme.Name != ""
}

func (p *pseudo) isResponse() bool {
	return p.status.Name != ""
}

// otherSide reports whether a pseudo-header field begins the other side's message.
func (p *pseudo) otherSide(line string) bool {
	if strings.HasPrefix(line, ":status") {
		return p.isRequest()
	}
	return p.isResponse()
}

// applyRequest fills what the request does not have yet. Host goes in front of the other fields.
func (p *pseudo) applyRequest(r *Request) {
	if !p.isRequest() {
		return
	}
	r.Version = defaultTo(r.Version, "HTTP/2")
	r.Method = defaultTo(r.Method, p.method.Value)
	r.Target = defaultTo(r.Target, p.path.Value)
	if r.Method == "CONNECT" && p.path.Name == "" {
		r.Target = defaultTo(r.Target, p.authority.Value)
	}
	if host := p.authority; host.Name != "" && !r.Fields.Has("Host") {
		host.Name = "Host"
		r.Fields = append(Fields{host}, r.Fields...)
	}
}

func (p *pseudo) applyResponse(r *Response) {
	if !p.isResponse() {
		return
	}
	r.Version = defaultTo(r.Version, "HTTP/2")
	if status, reason, ok := asShortStatus(p.status.Value); ok && r.Status == 0 {
		r.Status, r.Reason = status, reason
	}
}

// requestLike reports whether fields without a start line are those of a request.
func requestLike(fields Fields) bool {
	score := 0
	for _, f := range fields {
		name := strings.ToLower(f.Name)
		switch name {
		case "host", "user-agent", "accept", "accept-language", "accept-encoding", "accept-charset", "cookie",
			"authorization", "proxy-authorization", "referer", "origin", "range", "te", "expect", "from", "dnt",
			"max-forwards", "upgrade-insecure-requests", "priority", "x-requested-with", "forwarded", "x-csrf-token":
			score++
		case "server", "set-cookie", "location", "etag", "last-modified", "age", "vary", "retry-after", "allow",
			"www-authenticate", "proxy-authenticate", "accept-ranges", "expires", "alt-svc", "x-powered-by",
			"strict-transport-security", "content-security-policy", "x-cache", "cf-ray", "date":
			score--
		default:
			switch {
			case strings.HasPrefix(name, "if-"), strings.HasPrefix(name, "sec-"),
				strings.HasPrefix(name, "access-control-request-"), strings.HasPrefix(name, "x-forwarded-"):
				score++
			case strings.HasPrefix(name, "access-control-"):
				score--
			}
		}
	}
	return score > 0
}
