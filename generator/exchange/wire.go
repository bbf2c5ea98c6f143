package exchange

import (
	"strconv"
	"strings"
)

// Wire returns the request as HTTP/1.1 text with CRLF. A body is written in chunked transfer coding if the
// fields say so, and only then are trailer fields written. Without a method there is no start line. CR, LF
// and NUL in the start line or a field become a space (RFC 9110 section 5.5), so that no value can forge
// another line.
func (r Request) Wire() string {
	var b strings.Builder
	if r.Method != "" {
		b.WriteString(oneLine(r.Method))
		b.WriteByte(' ')
		b.WriteString(oneLine(defaultTo(r.Target, "/")))
		b.WriteByte(' ')
		b.WriteString(oneLine(defaultTo(r.Version, "HTTP/1.1")))
		b.WriteString("\r\n")
	}
	writeFields(&b, r.Fields)
	b.WriteString("\r\n")
	writeBody(&b, r.Fields, r.Body, r.Trailers)
	return b.String()
}

// Wire returns the response as HTTP/1.1 text with CRLF, by the rules of [Request.Wire]. Without a status
// there is no start line. A response whose status allows no content is written without transfer coding.
func (r Response) Wire() string {
	return r.wire(bodiless(r.Status))
}

// wire leaves out an empty chunked body where noContent says that none can be on the wire.
func (r Response) wire(noContent bool) string {
	var b strings.Builder
	if r.Status != 0 {
		b.WriteString(oneLine(defaultTo(r.Version, "HTTP/1.1")))
		b.WriteByte(' ')
		b.WriteString(strconv.Itoa(r.Status))
		b.WriteByte(' ') // also without a reason (RFC 9112 section 4)
		b.WriteString(oneLine(r.Reason))
		b.WriteString("\r\n")
	}
	writeFields(&b, r.Fields)
	b.WriteString("\r\n")
	if !noContent || r.Body != "" || r.Trailers != nil {
		writeBody(&b, r.Fields, r.Body, r.Trailers)
	}
	return b.String()
}

// Wire returns all messages of the exchange in their order, by the rules of [Request.Wire]. It is what both
// sides sent, not one stream: a body without a length runs on until the next start line.
func (e Exchange) Wire() string {
	var b strings.Builder
	head := false
	if e.Request != nil {
		head = e.Request.Method == "HEAD"
		b.WriteString(e.Request.Wire())
	}
	for _, r := range e.Interim {
		b.WriteString(r.Wire())
	}
	if e.Response != nil {
		b.WriteString(e.Response.wire(head || bodiless(e.Response.Status)))
	}
	return b.String()
}

func writeFields(b *strings.Builder, fields Fields) {
	for _, f := range fields {
		b.WriteString(oneLine(f.Name))
		b.WriteString(": ")
		b.WriteString(oneLine(f.Value))
		b.WriteString("\r\n")
	}
}

func writeBody(b *strings.Builder, fields Fields, body string, trailers Fields) {
	if isChunked(fields) {
		encodeChunked(b, body, trailers)
		return
	}
	b.WriteString(body)
}

// oneLine replaces what would end a line or cut it short.
func oneLine(s string) string {
	if strings.IndexByte(s, '\r') < 0 && strings.IndexByte(s, '\n') < 0 && strings.IndexByte(s, 0) < 0 {
		return s
	}
	b := []byte(s)
	for i, c := range b {
		if c == '\r' || c == '\n' || c == 0 {
			b[i] = ' '
		}
	}
	return string(b)
}

func defaultTo(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}
