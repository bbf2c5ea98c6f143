package content

import (
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// scalar decodes a node that has to be plain text, a word, a number or a date.
func (d *decoder) scalar(n *yaml.Node, s *shape, f *field, v reflect.Value) {
	want := "text"
	if s.kind == numberKind || s.kind == codeKind {
		want = "a number"
	}
	if n.Kind != yaml.ScalarNode {
		d.wrongType(n, f, want)
		return
	}
	if strings.TrimSpace(n.Value) == "" {
		d.report(place(n), fillIn, "%q is empty", f.name)
		return
	}
	switch s.kind {
	case numberKind:
		if number, ok := d.number(n, f); ok {
			v.SetInt(int64(number))
		}
	case codeKind:
		if number, ok := d.number(n, &field{name: f.name, low: 100, high: 999}); ok {
			ref := v.Addr().Interface().(*CodeRef)
			*ref = CodeRef{number, place(n)}
			d.refs = append(d.refs, reference{ref, d.zone})
		}
	case wordKind:
		if d.word(n, f) {
			v.SetString(n.Value)
		}
	case dateKind:
		if _, err := time.Parse(time.DateOnly, n.Value); err != nil {
			d.report(place(n), "write year, month and day like 2026-11-22", "%q is not a date", shorten(n.Value))
			return
		}
		v.Addr().Interface().(*Date).Plain = Plain{n.Value, place(n)}
	case textKind:
		d.fill(n, f, v.Addr().Interface())
	}
}

// fill sets one of the text types.
func (d *decoder) fill(n *yaml.Node, f *field, target any) {
	plain := Plain{n.Value, place(n)}
	switch t := target.(type) {
	case *Text:
		*t = Text{strings.TrimSpace(n.Value), plain.Pos}
		d.addProse(n, f, t.S)
		if strings.Contains(t.S, "\n\n") {
			d.report(place(n), "join them, or cut one", "%q has several paragraphs, one fits", f.name)
		}
	case *Markdown:
		*t = Markdown{strings.TrimRight(n.Value, " \n"), plain.Pos}
		d.addProse(n, f, t.S)
	case *Plain:
		*t = plain
		d.cut(n, f, false)
		d.length(n, f)
		if f.uri {
			d.uri(n, f)
		}
	case *FieldRef:
		t.Plain = plain
	case *FrameworkRef:
		t.Plain = plain
	case *ClientRef:
		t.Plain = plain
	case *SignalRef:
		t.Plain = plain
	case *FindingRef:
		t.Plain = plain
	case *SourceRef:
		t.Plain = plain
	}
	switch target.(type) {
	case *Text, *Markdown, *Plain:
	default:
		d.refs = append(d.refs, reference{target, d.zone})
	}
}

func (d *decoder) addProse(n *yaml.Node, f *field, s string) {
	d.prose = append(d.prose, prose{d.zone, s, place(n)})
	d.cut(n, f, true)
	d.length(n, f)
}

func (d *decoder) length(n *yaml.Node, f *field) {
	if f.max == 0 {
		return
	}
	if length := utf8.RuneCountInString(strings.TrimSpace(n.Value)); length > f.max {
		d.report(place(n), "say it shorter; details belong into the prose", "%q has %d characters, at most %d fit", f.name, length, f.max)
	}
}

// cut reports plain text that ends because " #" begins a comment. In prose that is never meant; elsewhere
// it is where no space follows the "#".
func (d *decoder) cut(n *yaml.Node, f *field, inProse bool) {
	if n.Style != 0 {
		return
	}
	end := d.plainEnd(n)
	rest, _, _ := strings.Cut(d.text[end:], "\n")
	comment := strings.TrimLeft(rest, " \t")
	if len(comment) == len(rest) || !strings.HasPrefix(comment, "#") || !inProse && strings.HasPrefix(comment, "# ") {
		return
	}
	d.report(d.pos(end+len(rest)-len(comment)), "put the text in quotes, or move the comment to a line of its own",
		`" #" inside plain text begins a comment and ends %q here`, f.name)
}

// plainEnd returns the offset at which an unquoted scalar ends.
func (d *decoder) plainEnd(n *yaml.Node) int {
	start := d.offset(place(n))
	if end := match(d.text, n.Value, start); end > 0 {
		return end
	}
	return start
}

// number reads a number as people write it: digits, without quotes, sign or leading zero.
func (d *decoder) number(n *yaml.Node, f *field) (int, bool) {
	value, err := strconv.Atoi(n.Value)
	switch {
	case err == nil && n.Style != 0 && strconv.Itoa(value) == n.Value:
		d.report(place(n), "remove the quotes", "wrong type for %q: found %s, want a number", f.name, describe(n))
	case err != nil || n.Style != 0 || strconv.Itoa(value) != n.Value:
		d.report(place(n), "write decimal digits only", "wrong type for %q: found %s, want a number", f.name, describe(n))
	case f.high > 0 && (value < f.low || value > f.high):
		d.report(place(n), "", "%q is %d, want a number from %d to %d", f.name, value, f.low, f.high)
	default:
		return value, true
	}
	return 0, false
}

func (d *decoder) word(n *yaml.Node, f *field) bool {
	if f.enum == nil || slices.Contains(f.enum, n.Value) {
		return true
	}
	hint := "allowed: " + strings.Join(f.enum, ", ")
	switch strings.ToLower(n.Value) {
	case "yes", "no", "on", "off", "true", "false", "y", "n":
		d.report(place(n), hint, "%q is not a yes-or-no field: found %s", f.name, describe(n))
	default:
		d.report(place(n), hint, "unknown value %q for %q%s", shorten(n.Value), f.name, didYouMean(n.Value, f.enum))
	}
	return false
}

func (d *decoder) uri(n *yaml.Node, f *field) {
	u, err := url.Parse(n.Value)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.ContainsAny(n.Value, " \t\n\"<>\\^`{|}") {
		d.report(place(n), "write a complete address like https://example.org/page", "%q is not a URL: %q", f.name, shorten(n.Value))
	}
}

// id reads the key of a keyed element.
func (d *decoder) id(key *yaml.Node, elem reflect.Type, v reflect.Value, f *field) bool {
	if v.Kind() == reflect.Int {
		number, ok := d.number(key, &field{name: f.name, low: 1, high: 99999})
		v.SetInt(int64(number))
		return ok
	}
	valid, example := isID, "small letters, digits and hyphens, like rfc-editor"
	if elem == reflect.TypeFor[Section]() {
		valid, example = isSection, "a section number like 15.5.4, or an appendix like B.3"
	}
	if !valid(key.Value) {
		d.report(place(key), "write "+example, "%q cannot be an id in %q", shorten(key.Value), f.name)
		return false
	}
	v.SetString(key.Value)
	return true
}

// The patterns say the same as isID and isSection, for the schema.
const (
	idPattern      = `^[a-z0-9][a-z0-9-]*$`
	sectionPattern = `^([0-9]+|[A-Z])(\.[0-9]+)*$`
)

func isID(s string) bool {
	for i := range len(s) {
		if c := s[i]; !isDigit(c) && (c < 'a' || c > 'z') && (c != '-' || i == 0) {
			return false
		}
	}
	return s != ""
}

func isSection(s string) bool {
	for i, part := range strings.Split(s, ".") {
		if i == 0 && len(part) == 1 && 'A' <= part[0] && part[0] <= 'Z' {
			continue
		}
		if part == "" || strings.Trim(part, "0123456789") != "" {
			return false
		}
	}
	return true
}
