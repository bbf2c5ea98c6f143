package content

import (
	"fmt"
	"reflect"
	"strings"

	"gopkg.in/yaml.v3"
)

// file is one content file on its way from text to checked value.
type file struct {
	source
	path     string // in the content folder
	kind     *fileKind
	id       string // its name without folder and extension
	root     *yaml.Node
	value    any // pointer to the type of its kind; nil if the file could not be read
	problems Problems

	prose    []prose
	refs     []reference
	sources  []*Source
	passages []passage
}

func (f *file) report(p Pos, hint, format string, args ...any) {
	f.problems = append(f.problems, f.problem(p, fmt.Sprintf(format, args...), hint))
}

// prose is a Text or Markdown with the top-level field that it stands under.
type prose struct {
	zone string
	s    string
	pos  Pos
}

// reference is a name that must stand somewhere else.
type reference struct {
	to   any // *CodeRef, *FieldRef, *SpecRef, ...
	zone string
}

// decoder fills a value from the nodes of one file and collects what later checks need.
type decoder struct {
	*file
	zone     string
	depth    int
	expected map[missed]bool
}

// missed is a field of a mapping that is there under a misspelled name, and therefore not missing.
type missed struct {
	parent *yaml.Node
	name   string
}

func (d *decoder) expect(parent *yaml.Node, name string) {
	if d.expected == nil {
		d.expected = map[missed]bool{}
	}
	d.expected[missed{parent, name}] = true
}

func (d *decoder) excused(parent *yaml.Node, name string) bool {
	return d.expected[missed{parent, name}]
}

func place(n *yaml.Node) Pos {
	return Pos{n.Line, n.Column}
}

const fillIn = "fill it in, or leave the field out if it is not needed"

// value decodes n, the value of field f or of one of its entries, into v.
func (d *decoder) value(n *yaml.Node, s *shape, f *field, v reflect.Value) {
	if !d.plainYAML(n, f.name) {
		return
	}
	if n.Tag == "!!null" {
		hint := fillIn
		if strings.Contains(d.line(n.Line), " #") {
			hint = `" #" begins a comment; text that begins with # needs quotes`
		}
		d.report(place(n), hint, "%q is empty", f.name)
		return
	}
	switch s.kind {
	case objectKind:
		d.object(n, s, f, v)
	case listKind:
		d.list(n, s, f, v)
	case keyedKind:
		d.keyed(n, s, f, v)
	default:
		d.scalar(n, s, f, v)
	}
}

// plainYAML reports the parts of YAML that content does without: anchors, aliases and tags.
func (d *decoder) plainYAML(n *yaml.Node, name string) bool {
	what, sign := "", ""
	switch {
	case n.Kind == yaml.AliasNode:
		what, sign = "aliases (*name)", "*"
	case n.Anchor != "":
		what, sign = "anchors (&name)", "&"
	case n.Style&yaml.TaggedStyle != 0:
		what, sign = "tags (!name)", "!"
	default:
		return true
	}
	d.report(place(n), "text that begins with "+sign+" needs quotes", "%s are not allowed in %q", what, name)
	return false
}

func (d *decoder) object(n *yaml.Node, s *shape, f *field, v reflect.Value) {
	if n.Kind == yaml.ScalarNode && s.short != nil {
		inner := *s.short
		inner.name = f.name
		d.value(n, inner.shape, &inner, v.Field(inner.index))
		return
	}
	if n.Kind != yaml.MappingNode {
		want := "fields"
		if s.short != nil {
			want = "text"
		}
		d.wrongType(n, f, want)
		return
	}
	if s.pos >= 0 {
		v.Field(s.pos).Set(reflect.ValueOf(place(n)))
	}
	lines := make([]int, len(s.fields))
	split := false // whether a comma was reported already
	d.depth++
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, val := n.Content[i], n.Content[i+1]
		if !d.key(key) {
			continue
		}
		at := s.index(key.Value)
		if at < 0 {
			if !split || !isSplit(n, key, val) {
				d.unknown(n, key, val, s)
			}
			split = split || isSplit(n, key, val)
			continue
		}
		inner := &s.fields[at]
		if lines[at] > 0 {
			d.report(place(key), fmt.Sprintf("the first one is on line %d; keep one", lines[at]), "field %q appears twice", key.Value)
			continue
		}
		lines[at] = key.Line
		if d.depth == 1 {
			d.zone = key.Value
		}
		target := v.Field(inner.index)
		if inner.pointer {
			target.Set(reflect.New(target.Type().Elem()))
			target = target.Elem()
		}
		d.value(val, inner.shape, inner, target)
	}
	d.depth--
	for i := range s.fields {
		if inner := &s.fields[i]; inner.need && lines[i] == 0 && !d.excused(n, inner.name) {
			d.missing(n, inner.name, "", inner.doc)
		}
	}
	for _, r := range s.rules {
		d.apply(r, n, s)
	}
	d.collect(v.Addr().Interface())
}

// key reports field names that are none.
func (d *decoder) key(key *yaml.Node) bool {
	switch {
	case key.Tag == "!!merge":
		d.report(place(key), "write the fields out", "merge keys (<<) are not allowed")
	case key.Kind != yaml.ScalarNode:
		d.report(place(key), "a field begins with its name: name: value", "wrong type for a field name: found %s, want a plain word", describe(key))
	default:
		return d.plainYAML(key, "field")
	}
	return false
}

// isSplit reports whether a key is the rest of a text that a comma inside { } cut off.
func isSplit(n, key, val *yaml.Node) bool {
	if n.Style&yaml.FlowStyle == 0 {
		return false
	}
	return val.Tag == "!!null" && val.Value == "" || strings.ContainsAny(key.Value, " `")
}

func (d *decoder) unknown(n, key, val *yaml.Node, s *shape) {
	names := s.names()
	if word, rest, _ := strings.Cut(key.Value, " "); val.Value == "" && s.index(word) >= 0 {
		d.report(place(key), fmt.Sprintf("write %s: %s", word, shorten(rest)), "no colon after %q", word)
		return
	}
	if key != n.Content[0] && isSplit(n, key, val) {
		before := d.text[:d.offset(place(key))]
		if at := strings.LastIndexByte(before, ','); at >= 0 {
			d.report(d.pos(at), "put the text in quotes, or write each field on a line of its own",
				"the comma inside { } ends the text here, and %q becomes a field", shorten(key.Value))
			return
		}
	}
	if strings.ContainsAny(key.Value, " `") {
		d.report(place(key), `put the whole text in quotes, or write it in a block below ">-"`,
			`": " inside plain text makes a field of %q`, shorten(key.Value))
		if s.short != nil {
			d.expect(n, s.short.name)
		}
		return
	}
	hint := ""
	suggestion := nearest(key.Value, names)
	if suggestion == "" {
		hint = "fields here: " + strings.Join(names, ", ")
	} else {
		d.expect(n, suggestion)
	}
	d.report(place(key), hint, "unknown field %q%s", key.Value, didYouMean(key.Value, names))
}

func (d *decoder) missing(parent *yaml.Node, name, who, doc string) {
	hint := ""
	if doc != "" {
		hint = name + ": " + uncapitalise(doc)
	}
	if who != "" {
		who = ", which " + who + " needs"
	}
	d.report(place(parent), hint, "missing field %q%s", name, who)
}

// uncapitalise lowers the first letter, unless the word is an abbreviation.
func uncapitalise(s string) string {
	if len(s) > 1 && 'A' <= s[0] && s[0] <= 'Z' && !('A' <= s[1] && s[1] <= 'Z') {
		return strings.ToLower(s[:1]) + s[1:]
	}
	return s
}

func (d *decoder) list(n *yaml.Node, s *shape, f *field, v reflect.Value) {
	entries := n.Content
	if n.Kind == yaml.ScalarNode && s.elem.typ == reflect.TypeFor[SourceRef]() {
		entries = []*yaml.Node{n}
	} else if n.Kind != yaml.SequenceNode {
		d.wrongType(n, f, "a list")
		return
	}
	d.count(n, len(entries), f)
	v.Set(reflect.MakeSlice(s.typ, len(entries), len(entries)))
	for i, e := range entries {
		d.value(e, s.elem, f, v.Index(i))
	}
}

func (d *decoder) count(n *yaml.Node, entries int, f *field) {
	switch {
	case entries == 0 && f.min > 0:
		d.report(place(n), "", "%q is empty, needs at least %s", f.name, entriesOf(f.min))
	case entries < f.min:
		d.report(place(n), "", "%q has %s, needs at least %d", f.name, entriesOf(entries), f.min)
	}
}

func entriesOf(n int) string {
	return count(n, "entry")
}

func (d *decoder) keyed(n *yaml.Node, s *shape, f *field, v reflect.Value) {
	if n.Kind != yaml.MappingNode {
		d.wrongType(n, f, "fields with ids as names")
		return
	}
	d.count(n, len(n.Content)/2, f)
	list := reflect.MakeSlice(s.typ, 0, len(n.Content)/2)
	lines := make(map[string]int, len(n.Content)/2)
	inner := *f
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, val := n.Content[i], n.Content[i+1]
		if !d.key(key) {
			continue
		}
		if first := lines[key.Value]; first > 0 {
			d.report(place(key), fmt.Sprintf("the first one is on line %d; keep one, or choose another id", first), "%q appears twice in %q", key.Value, f.name)
			continue
		}
		lines[key.Value] = key.Line
		list = reflect.Append(list, reflect.Zero(s.elem.typ))
		e := list.Index(list.Len() - 1)
		valid := d.id(key, s.elem.typ, e.Field(s.id), f)
		inner.name = key.Value
		d.value(val, s.elem, &inner, e)
		if valid && s.elem.pos >= 0 {
			e.Field(s.elem.pos).Set(reflect.ValueOf(place(key)))
		}
	}
	v.Set(list)
	if sources, ok := list.Interface().([]Source); ok {
		for i := range sources {
			if sources[i].ID != "" {
				d.sources = append(d.sources, &sources[i])
			}
		}
	}
}

// collect keeps what later checks look at.
func (d *decoder) collect(v any) {
	if ref, ok := v.(*SpecRef); ok {
		d.refs = append(d.refs, reference{ref, d.zone})
	}
}

func (d *decoder) wrongType(n *yaml.Node, f *field, want string) {
	hint := ""
	switch {
	case n.Kind == yaml.MappingNode && want == "text" && n.Style&yaml.FlowStyle != 0:
		hint = "text that begins with { needs quotes"
	case n.Kind == yaml.MappingNode && want == "text":
		hint = `": " makes fields; put text that has it in quotes`
	case n.Kind == yaml.SequenceNode && want == "text" && n.Style&yaml.FlowStyle != 0:
		hint = "text that begins with [ needs quotes"
	case n.Kind == yaml.ScalarNode && want == "a list":
		hint = fmt.Sprintf("write %s: [%s], or one entry a line with %q before it", f.name, shorten(n.Value), "- ")
	case n.Kind == yaml.ScalarNode && want != "a number":
		hint = "write them below, one a line, indented: name: value"
	}
	d.report(place(n), hint, "wrong type for %q: found %s, want %s", f.name, describe(n), want)
}

// describe says what a node is, in the words of somebody who does not know YAML.
func describe(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "fields"
	case yaml.SequenceNode:
		return "a list"
	case yaml.ScalarNode:
		if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
			return fmt.Sprintf("the text %q in quotes", shorten(n.Value))
		}
		return fmt.Sprintf("%q", shorten(n.Value))
	}
	return "something else"
}

// shorten cuts text for a message.
func shorten(s string) string {
	const most = 30
	s, _, _ = strings.Cut(s, "\n")
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}
