package content

import (
	"reflect"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// rule demands or forbids fields that only some files need. Loader and schema read the same rules.
// Paths are field names with dots; "examples[].exchanges[]" means each entry.
type rule struct {
	when   []condition // all of them hold
	who    string      // what the conditions say, for the message
	need   []string
	either []string // at least one of them
	forbid []string
}

// condition holds if the scalar at path is one of values, or a number from low to high; not turns it round.
type condition struct {
	path      string
	values    []string
	low, high int
	not       bool
}

// rulesOf returns the rules of a type.
func rulesOf(t reflect.Type) []rule {
	switch t {
	case reflect.TypeFor[Code]():
		return codeRules()
	case reflect.TypeFor[Owner]():
		logged := condition{path: "seen", values: []string{"log"}}
		return exchangeRules(logged, "exchange")
	}
	return nil
}

func codeRules() []rule {
	standard := condition{path: "kind", values: []string{"standard"}}
	vendor := condition{path: "kind", values: []string{"vendor"}}
	failure := condition{path: "code", low: 400, high: 599}
	redirect := condition{path: "code", values: []string{"301", "302", "303", "307", "308"}}
	other := redirect
	other.not = true
	logged := condition{path: "facts.seen", values: []string{"log"}}
	rules := []rule{
		{when: []condition{standard}, who: "a standard code", need: []string{
			"specs", "facts.since", "meaning.guarantees", "meaning.not_guaranteed", "use_when", "use_instead", "misuses",
			"headers", "behaviour", "inspector", "deep_dive", "examples", "frameworks", "debugging", "history", "faq",
			"contract", "related",
		}},
		{when: []condition{vendor}, who: "a vendor code", need: []string{
			"owners", "examples", "debugging", "faq", "related", "sources",
		}},
		{when: []condition{standard, failure}, who: "a standard 4xx or 5xx code", need: []string{"roles", "fingerprints"}},
		{when: []condition{redirect}, who: "a redirect", need: []string{"facts.redirect"}},
		{when: []condition{other}, who: "a code that is no redirect", forbid: []string{"facts.redirect"}},
	}
	rules = append(rules, exchangeRules(logged, "exchange")...)
	return append(rules, exchangeRules(logged, "examples[].exchanges[]")...)
}

// exchangeRules demand a response, or log lines in its place where the number is only logged.
func exchangeRules(logged condition, path string) []rule {
	onWire := logged
	onWire.not = true
	return []rule{
		{when: []condition{logged}, who: "a code that is only logged", either: []string{path + ".log", path + ".response"}},
		{when: []condition{onWire}, who: "a code that is not only logged", need: []string{path + ".response"}},
	}
}

// apply reports what a rule finds in a mapping.
func (d *decoder) apply(r rule, n *yaml.Node, s *shape) {
	for _, c := range r.when {
		if !c.holds(n) {
			return
		}
	}
	for _, path := range r.need {
		for _, parent := range parents(n, path) {
			if name := last(path); get(parent, name) == nil && !d.excused(parent, name) {
				d.missing(parent, name, r.who, docOf(s, path))
			}
		}
	}
	for _, path := range r.forbid {
		for _, parent := range parents(n, path) {
			if v := get(parent, last(path)); v != nil {
				d.report(place(v), `delete it`, "field %q does not belong to %s", last(path), r.who)
			}
		}
	}
	if len(r.either) == 0 {
		return
	}
	for _, parent := range parents(n, r.either[0]) {
		if !slices.ContainsFunc(r.either, func(path string) bool { return get(parent, last(path)) != nil }) {
			d.missing(parent, last(r.either[0]), r.who, docOf(s, r.either[0]))
		}
	}
}

func (c condition) holds(n *yaml.Node) bool {
	return c.matches(n) != c.not
}

func (c condition) matches(n *yaml.Node) bool {
	v := lookFor(n, c.path)
	switch {
	case v == nil || v.Kind != yaml.ScalarNode:
		return false
	case c.values != nil:
		return slices.Contains(c.values, v.Value)
	}
	code := number(v.Value)
	return c.low <= code && code <= c.high
}

// lookFor returns the first value at a path, or nil.
func lookFor(n *yaml.Node, path string) *yaml.Node {
	for _, parent := range parents(n, path) {
		if v := get(parent, last(path)); v != nil {
			return v
		}
	}
	return nil
}

func last(path string) string {
	return path[strings.LastIndexByte(path, '.')+1:]
}

// parents returns the mappings that hold the last field of a path.
func parents(n *yaml.Node, path string) []*yaml.Node {
	step, rest, more := strings.Cut(path, ".")
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	if !more {
		return []*yaml.Node{n}
	}
	name, each := strings.CutSuffix(step, "[]")
	v := get(n, name)
	if !each {
		return parents(v, rest)
	}
	var out []*yaml.Node
	if v != nil && v.Kind == yaml.SequenceNode {
		for _, e := range v.Content {
			out = append(out, parents(e, rest)...)
		}
	}
	return out
}

// get returns the value of a field, or nil.
func get(n *yaml.Node, name string) *yaml.Node {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return n.Content[i+1]
		}
	}
	return nil
}

// docOf returns the documentation of the field at a path.
func docOf(s *shape, path string) string {
	for {
		step, rest, more := strings.Cut(path, ".")
		name, each := strings.CutSuffix(step, "[]")
		f := &s.fields[s.index(name)]
		if !more {
			return f.doc
		}
		s, path = f.shape, rest
		if each {
			s = s.elem
		}
	}
}
