package content

import (
	"fmt"
	"slices"
	"strings"
)

// heuristic lists the codes that a cache may keep without explicit freshness: the twelve of RFC 9110 section 15.1,
// which leaves room for other documents to add theirs, and 451 (RFC 7725 section 3).
func heuristic(code int) bool {
	switch code {
	case 200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 451, 501:
		return true
	}
	return false
}

// bodiless lists the codes whose responses have no content: 1xx (RFC 9110 section 15.2), 204 (15.3.5),
// 205 (15.3.6) and 304 (15.4.5).
func bodiless(code int) bool {
	return code < 200 || code == 204 || code == 205 || code == 304
}

// requiredField is the response header field that an RFC demands with a code, with its section, or "".
func requiredField(code int) (name, spec string) {
	switch code {
	case 101:
		return "Upgrade", "RFC 9110 section 15.2.2"
	case 206:
		return "Content-Range", "RFC 9110 section 15.3.7.1"
	case 401:
		return "WWW-Authenticate", "RFC 9110 section 15.5.2"
	case 405:
		return "Allow", "RFC 9110 section 15.5.6"
	case 407:
		return "Proxy-Authenticate", "RFC 9110 section 15.5.8"
	case 426:
		return "Upgrade", "RFC 9110 section 15.5.22"
	}
	return "", ""
}

// redirection is what happens to the method when a client follows, with the section that says so.
func redirection(code int) (change, spec string) {
	switch code {
	case 301:
		return "post-to-get", "RFC 9110 section 15.4.2"
	case 302:
		return "post-to-get", "RFC 9110 section 15.4.3"
	case 303:
		return "to-get", "RFC 9110 section 15.4.4"
	case 307:
		return "keep", "RFC 9110 section 15.4.8"
	case 308:
		return "keep", "RFC 9110 section 15.4.9"
	}
	return "", ""
}

// againstRFCs reports facts of a standard code that an RFC contradicts.
func (f *file) againstRFCs(v *Code) {
	facts := v.Facts
	wrong := func(name, found, want, spec string) {
		f.report(f.at("facts."+name), "see "+spec, "%d: %s is %q, want %q", v.Code, name, found, want)
	}
	const freshness = "RFC 9110 section 15.1"
	switch found := facts.Cacheable; {
	case found == "":
	case heuristic(v.Code) && found != "heuristic":
		wrong("cacheable", found, "heuristic", freshness)
	case !heuristic(v.Code) && found == "heuristic":
		wrong("cacheable", found, "explicit", freshness)
	}
	const content = "RFC 9110 section 6.4.1"
	switch found := facts.Body; {
	case found == "":
	case bodiless(v.Code) && found != "forbidden":
		wrong("body", found, "forbidden", content)
	case !bodiless(v.Code) && found == "forbidden":
		wrong("body", found, "optional", content)
	}
	if change, spec := redirection(v.Code); change != "" && facts.Redirect != "" && facts.Redirect != change {
		wrong("redirect", facts.Redirect, change, spec)
	}
	name, spec := requiredField(v.Code)
	has := slices.ContainsFunc(facts.Fields.Required, func(r FieldRef) bool { return strings.EqualFold(r.S, name) })
	if at := f.at("facts.fields"); name != "" && !has && at != (Pos{}) {
		f.report(at, fmt.Sprintf("add it to required: [%s]; see %s", name, spec), "%d: required fields lack %q", v.Code, name)
	}
}
