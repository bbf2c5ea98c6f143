package content

import (
	"bytes"
	"encoding/json"
	"path"
	"reflect"
	"strings"
)

// SchemaFile is a JSON Schema for one kind of file.
type SchemaFile struct {
	Name string // code.json
	JSON []byte
}

// Schemas returns a JSON Schema (2020-12) for every kind of YAML file, made of the same types and rules as
// Load uses. What needs other files, the order of a file, or its prose, only Load checks. The same program
// always returns the same bytes.
func Schemas() []SchemaFile {
	var files []SchemaFile
	all := shapes{}
	for _, k := range kinds() {
		name, ok := strings.CutSuffix(path.Base(k.path), ".yaml")
		if !ok {
			continue
		}
		if name == "*" {
			name = k.noun
		}
		w := schemaWriter{defs: map[string]*schema{}}
		root := w.object(all.of(reflect.TypeOf(k.make()).Elem()))
		root.Dialect = "https://json-schema.org/draft/2020-12/schema"
		root.Title = "content/" + k.path
		root.Defs = w.defs
		files = append(files, SchemaFile{name + ".json", append(bytes.TrimSpace(encode(root, "  ")), '\n')})
	}
	return files
}

// schema is the part of JSON Schema that is needed here.
type schema struct {
	Dialect       string             `json:"$schema,omitempty"`
	Ref           string             `json:"$ref,omitempty"`
	Title         string             `json:"title,omitempty"`
	Description   string             `json:"description,omitempty"`
	Type          any                `json:"type,omitempty"`
	Enum          []any              `json:"enum,omitempty"`
	Pattern       string             `json:"pattern,omitempty"`
	Format        string             `json:"format,omitempty"`
	MaxLength     int                `json:"maxLength,omitempty"`
	Minimum       int                `json:"minimum,omitempty"`
	Maximum       int                `json:"maximum,omitempty"`
	Items         *schema            `json:"items,omitempty"`
	MinItems      int                `json:"minItems,omitempty"`
	Properties    properties         `json:"properties,omitempty"`
	PropertyNames *schema            `json:"propertyNames,omitempty"`
	MinProperties int                `json:"minProperties,omitempty"`
	Additional    any                `json:"additionalProperties,omitempty"`
	Required      []string           `json:"required,omitempty"`
	AnyOf         []*schema          `json:"anyOf,omitempty"`
	Not           *schema            `json:"not,omitempty"`
	If            *schema            `json:"if,omitempty"`
	Then          *schema            `json:"then,omitempty"`
	AllOf         []*schema          `json:"allOf,omitempty"`
	Defs          map[string]*schema `json:"$defs,omitempty"`
}

// properties keep the order of the Go type, in which editors offer them.
type properties []property

type property struct {
	name   string
	schema *schema
}

// MarshalJSON writes the properties as an object.
func (ps properties) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, p := range ps {
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(encode(p.name, ""))
		b.WriteByte(':')
		b.Write(encode(p.schema, ""))
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// encode writes JSON without escaping <, > and &.
func encode(v any, indent string) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	if err := e.Encode(v); err != nil {
		panic(err) // nothing in a schema can fail to encode
	}
	return b.Bytes()
}

// schemaWriter turns shapes into schemas; every struct type becomes a definition.
type schemaWriter struct{ defs map[string]*schema }

func (w schemaWriter) object(s *shape) *schema {
	out := &schema{Type: "object", Additional: false}
	for i := range s.fields {
		f := &s.fields[i]
		p := w.value(f.shape, f)
		p.Description = f.doc
		out.Properties = append(out.Properties, property{f.name, p})
		if f.need {
			out.Required = append(out.Required, f.name)
		}
	}
	for _, r := range s.rules {
		out.AllOf = append(out.AllOf, r.schema())
	}
	return out
}

// value is the schema for the value of a field, or for an entry of its list.
func (w schemaWriter) value(s *shape, f *field) *schema {
	switch s.kind {
	case objectKind:
		return w.reference(s)
	case listKind:
		entries := *f
		entries.min = 0
		list := &schema{Type: "array", Items: w.value(s.elem, &entries), MinItems: f.min}
		if s.elem.typ == reflect.TypeFor[SourceRef]() {
			return &schema{AnyOf: []*schema{list.Items, list}}
		}
		return list
	case keyedKind:
		return &schema{Type: "object", Additional: w.value(s.elem, f), PropertyNames: &schema{Pattern: keyPattern(s)}, MinProperties: f.min}
	case numberKind:
		return &schema{Type: "integer", Minimum: f.low, Maximum: f.high}
	case codeKind:
		return &schema{Type: "integer", Minimum: 100, Maximum: 999}
	case dateKind:
		return &schema{Type: "string", Format: "date", Pattern: `^[0-9]{4}-[0-9]{2}-[0-9]{2}$`}
	}
	if f.enum != nil {
		out := &schema{}
		for _, e := range f.enum {
			out.Enum = append(out.Enum, e)
		}
		return out
	}
	if f.uri {
		return &schema{Type: "string", Format: "uri", Pattern: `^https?://[^\s]+$`}
	}
	// Load reads scalars by their text, so that 15.10 is a section and not a number.
	w.defs["text"] = &schema{Type: []string{"string", "number", "boolean"}, Pattern: `\S`}
	return &schema{Ref: "#/$defs/text", MaxLength: f.max}
}

func (w schemaWriter) reference(s *shape) *schema {
	name := s.typ.Name()
	if _, ok := w.defs[name]; !ok {
		w.defs[name] = nil // until it is complete
		w.defs[name] = w.object(s)
	}
	ref := &schema{Ref: "#/$defs/" + name}
	if s.short != nil {
		return &schema{AnyOf: []*schema{w.value(s.short.shape, s.short), ref}}
	}
	return ref
}

func keyPattern(s *shape) string {
	switch {
	case s.elem.typ.Field(s.id).Type.Kind() == reflect.Int:
		return `^[1-9][0-9]{0,4}$`
	case s.elem.typ == reflect.TypeFor[Section]():
		return sectionPattern
	}
	return idPattern
}

// schema says a rule as if and then.
func (r rule) schema() *schema {
	out := &schema{If: &schema{}, Then: &schema{}}
	for _, c := range r.when {
		out.If.AllOf = append(out.If.AllOf, c.schema())
	}
	for _, path := range r.need {
		out.Then.AllOf = append(out.Then.AllOf, within(path, &schema{Required: []string{last(path)}}, false))
	}
	for _, path := range r.forbid {
		out.Then.AllOf = append(out.Then.AllOf, within(path, &schema{Not: &schema{Required: []string{last(path)}}}, false))
	}
	if len(r.either) > 0 {
		any := &schema{}
		for _, path := range r.either {
			any.AnyOf = append(any.AnyOf, &schema{Required: []string{last(path)}})
		}
		out.Then.AllOf = append(out.Then.AllOf, within(r.either[0], any, false))
	}
	return out
}

func (c condition) schema() *schema {
	value := &schema{Minimum: c.low, Maximum: c.high}
	for _, v := range c.values {
		if n := number(v); n > 0 {
			value.Enum = append(value.Enum, n)
		} else {
			value.Enum = append(value.Enum, v)
		}
	}
	name := last(c.path)
	out := within(c.path, &schema{Properties: properties{{name, value}}, Required: []string{name}}, true)
	if c.not {
		return &schema{Not: out}
	}
	return out
}

// within puts the schema of the mapping that holds the last field of a path where that mapping is.
func within(path string, inner *schema, required bool) *schema {
	step, rest, more := strings.Cut(path, ".")
	if !more {
		return inner
	}
	inner = within(rest, inner, required)
	name, each := strings.CutSuffix(step, "[]")
	if each {
		inner = &schema{Items: inner}
	}
	out := &schema{Properties: properties{{name, inner}}}
	if required {
		out.Required = []string{name}
	}
	return out
}
