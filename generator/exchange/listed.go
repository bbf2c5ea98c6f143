package exchange

import "strings"

// exchange makes an exchange of what a network panel showed; false if it showed nothing.
func (s *source) exchange(cur *listing) (Exchange, bool) {
	e := Exchange{Request: cur.makeRequest(), Response: s.makeResponse(cur)}
	if cur.early != nil {
		early := Response{Status: 103, Reason: "Early Hints", Fields: cur.early.fields, Line: cur.early.line.num}
		cur.early.pseudo.applyResponse(&early)
		if e.Response != nil {
			early.Version = defaultTo(early.Version, e.Response.Version)
		}
		e.Interim = []Response{early}
	}
	return e, e.Request != nil || e.Response != nil || e.Interim != nil
}

func (cur *listing) makeRequest() *Request {
	if cur.request == nil && cur.url == "" {
		return nil
	}
	r := &Request{Line: cur.urlLine.num}
	if b := cur.request; b != nil {
		r.Line = b.line.num
		r.Fields = b.fields
		if method, target, version, ok := asRequestLine(b.start.text); ok {
			r.Method, r.Target, r.Version = method, target, version
		}
		b.pseudo.applyRequest(r)
	}
	if _, authority, target, ok := splitURL(cur.url); ok {
		r.Target = defaultTo(r.Target, target)
		if !r.Fields.Has("Host") {
			r.Fields = append(Fields{{Name: "Host", Value: authority, Line: cur.urlLine.num, Column: cur.urlLine.column(0)}}, r.Fields...)
		}
	}
	r.Method = defaultTo(r.Method, cur.method)
	if r.Method == "" && cur.url != "" {
		r.Method = "GET"
	}
	return r
}

func (s *source) makeResponse(cur *listing) *Response {
	if cur.answer == nil && cur.status == "" {
		return nil
	}
	r := &Response{Line: cur.urlLine.num}
	if b := cur.answer; b != nil {
		r.Line = b.line.num
		r.Fields = b.fields
		if version, status, reason, ok := asStatusLine(b.start.text); ok {
			r.Version, r.Status, r.Reason = version, status, reason
		}
		b.pseudo.applyResponse(r)
	}
	if r.Status == 0 && cur.status != "" {
		status, reason, ok := panelStatus(cur.status)
		if !ok {
			s.rep.at(cur.urlLine, 0, "could not read the status "+short(cur.status), "expected a number such as 403")
			if cur.answer == nil {
				return nil
			}
		}
		r.Status, r.Reason = status, reason
	}
	if r.Status == 0 && cur.status == "" {
		s.rep.at(cur.answer.line, 0, "no status line", "copy the line with the status code as well")
	}
	return r
}

// panelStatus reads a status as panels show it: with a coloured dot in front, or "(from disk cache)" behind.
func panelStatus(s string) (status int, reason string, ok bool) {
	if i := strings.IndexAny(s, "0123456789"); i > 0 {
		s = s[i:]
	}
	s, _, _ = strings.Cut(s, "(from ")
	return asShortStatus(s)
}
