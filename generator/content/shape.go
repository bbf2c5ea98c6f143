package content

import (
	"reflect"
	"strconv"
	"strings"
)

// kind is how a Go type is written in YAML.
type kind int

const (
	objectKind kind = iota // a struct: fields
	listKind               // a slice
	keyedKind              // a slice written as fields whose names are the elements' ids
	textKind               // Text, Markdown, Plain and the references by name
	dateKind               // Date
	wordKind               // string
	numberKind             // int
	codeKind               // CodeRef
)

// shape says how a Go type is written. Decoder and schema read the same shapes, so they cannot disagree.
type shape struct {
	kind   kind
	typ    reflect.Type
	elem   *shape // of a list
	fields []field
	short  *field // the field that a plain scalar stands for, or nil
	pos    int    // index of the field that takes the place, or -1
	id     int    // index of the field that takes the key of a keyed element
	rules  []rule
}

// field is a field of a struct with what its tags say.
type field struct {
	name    string
	doc     string
	index   int
	shape   *shape
	pointer bool
	need    bool
	enum    []string
	min     int // entries of a list
	max     int // characters of a text
	low     int
	high    int
	uri     bool
}

// names returns the names of the fields, in their order.
func (s *shape) names() []string {
	names := make([]string, len(s.fields))
	for i := range s.fields {
		names[i] = s.fields[i].name
	}
	return names
}

// index returns which field has that name, or -1.
func (s *shape) index(name string) int {
	for i := range s.fields {
		if s.fields[i].name == name {
			return i
		}
	}
	return -1
}

// shapes builds each type's shape once.
type shapes map[reflect.Type]*shape

func (all shapes) of(t reflect.Type) *shape {
	if s := all[t]; s != nil {
		return s
	}
	s := &shape{typ: t, pos: -1, id: -1}
	all[t] = s
	switch {
	case t == reflect.TypeFor[CodeRef]():
		s.kind = codeKind
	case t == reflect.TypeFor[Date]():
		s.kind = dateKind
	case isText(t):
		s.kind = textKind
	case t.Kind() == reflect.String:
		s.kind = wordKind
	case t.Kind() == reflect.Int:
		s.kind = numberKind
	case t.Kind() == reflect.Slice:
		s.kind, s.elem = listKind, all.of(t.Elem())
	case t.Kind() == reflect.Struct:
		all.object(s)
	default:
		panic("content: no YAML form for " + t.String()) // a type of this package, not content
	}
	return s
}

func isText(t reflect.Type) bool {
	switch reflect.New(t).Interface().(type) {
	case *Text, *Markdown, *Plain, *FieldRef, *FrameworkRef, *ClientRef, *SignalRef, *FindingRef, *SourceRef:
		return true
	}
	return false
}

func (all shapes) object(s *shape) {
	short := ""
	for i := range s.typ.NumField() {
		f := s.typ.Field(i)
		name := f.Tag.Get("yaml")
		if f.Type == reflect.TypeFor[Pos]() {
			s.pos = i
		}
		if name == "-" || name == "" {
			continue
		}
		if f.Tag.Get("scalar") != "" {
			short = name
		}
		s.fields = append(s.fields, all.field(name, i, f))
	}
	if short != "" {
		s.short = &s.fields[s.index(short)]
	}
	s.rules = rulesOf(s.typ)
}

func (all shapes) field(name string, index int, f reflect.StructField) field {
	t, pointer := f.Type, false
	if t.Kind() == reflect.Pointer {
		t, pointer = t.Elem(), true
	}
	out := field{
		name:    name,
		doc:     f.Tag.Get("doc"),
		index:   index,
		pointer: pointer,
		shape:   all.of(t),
		need:    f.Tag.Get("need") == "always",
		min:     number(f.Tag.Get("min")),
		max:     number(f.Tag.Get("max")),
		uri:     f.Tag.Get("format") == "uri",
	}
	if e := f.Tag.Get("enum"); e != "" {
		out.enum = strings.Split(e, ",")
	}
	if low, high, ok := strings.Cut(f.Tag.Get("range"), "-"); ok {
		out.low, out.high = number(low), number(high)
	}
	if key := f.Tag.Get("keyed"); key != "" {
		out.shape = keyed(out.shape, key)
	}
	if out.need && t.Kind() == reflect.Slice {
		out.min = max(1, out.min)
	}
	return out
}

// keyed turns the shape of a list into that of fields whose names fill the field called key of the elements.
func keyed(list *shape, key string) *shape {
	s := *list
	s.kind = keyedKind
	for i := range s.elem.typ.NumField() {
		if strings.EqualFold(s.elem.typ.Field(i).Name, key) {
			s.id = i
		}
	}
	return &s
}

// number reads the number in a tag; without one it is 0.
func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
