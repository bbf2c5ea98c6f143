package content_test

import (
	"bytes"
	"encoding/json"
	"path"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"

	"httpstatus/generator/content"
)

// What a case of testdata/problems says about the schemas. A schema sees one file and no order in it, so it
// cannot know about other files, names of files, keys that come twice, comments, prose and exchanges.
const (
	refused = "The schema refuses it too."
	unknown = "The schema cannot know."
	unread  = "No YAML tool can read it."
)

func TestSchemaAgreesAboutProblems(t *testing.T) {
	base := baseTree(t)
	validate := validators(t)
	cases(t, "problems", func(t *testing.T, _ string, a *txtar.Archive) {
		tree, err := change(base, a.Files[:len(a.Files)-1])
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for name, file := range tree {
			if path.Ext(name) != ".yaml" || base[name] != nil && bytes.Equal(base[name].Data, file.Data) {
				continue
			}
			value, err := decode(file.Data)
			seen[unread] = seen[unread] || err != nil
			seen[refused] = seen[refused] || err == nil && validate(name, value) != nil
		}
		said := unknown
		switch {
		case seen[unread]:
			said = unread
		case seen[refused]:
			said = refused
		}
		if !strings.Contains(string(a.Comment), said) {
			t.Errorf("the case does not say %q", said)
		}
	})
}

// Each case of testdata/good changes the tree of testdata/base into one that is fine as well.
func TestGood(t *testing.T) {
	base := baseTree(t)
	validate := validators(t)
	cases(t, "good", func(t *testing.T, _ string, a *txtar.Archive) {
		tree, err := change(base, a.Files)
		if err != nil {
			t.Fatal(err)
		}
		agree(t, tree, validate)
	})
}

func TestSchemaAcceptsBaseTree(t *testing.T) {
	agree(t, baseTree(t), validators(t))
}

// agree checks that neither Load nor the schemas find fault with a tree.
func agree(t *testing.T, tree fstest.MapFS, validate func(string, any) error) {
	t.Helper()
	if _, problems := content.Load(tree, "content"); len(problems) > 0 {
		t.Error(problems)
	}
	for name, file := range tree {
		if path.Ext(name) != ".yaml" {
			continue
		}
		value, err := decode(file.Data)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := validate(name, value); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Every part of a good file is taken away or replaced, one at a time; then either both the schema and the
// decoder refuse the file, or neither does.
func TestSchemaAgreesAboutEveryField(t *testing.T) {
	validate := validators(t)
	replacements := []*yaml.Node{
		{Kind: yaml.ScalarNode, Tag: "!!null", Value: "null"},
		{Kind: yaml.ScalarNode, Tag: "!!str", Value: "", Style: yaml.DoubleQuotedStyle},
		{Kind: yaml.ScalarNode, Tag: "!!str", Value: "words"},
		{Kind: yaml.ScalarNode, Tag: "!!int", Value: "7"},
		{Kind: yaml.ScalarNode, Tag: "!!int", Value: "301"},
		{Kind: yaml.SequenceNode, Style: yaml.FlowStyle},
		{Kind: yaml.MappingNode, Style: yaml.FlowStyle},
	}
	for name, file := range baseTree(t) {
		if path.Ext(name) != ".yaml" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var doc yaml.Node
			if err := yaml.Unmarshal(file.Data, &doc); err != nil {
				t.Fatal(err)
			}
			compare := func(what string) {
				data, err := yaml.Marshal(&doc)
				if err != nil {
					t.Fatal(err)
				}
				value, err := decode(data)
				if err != nil {
					t.Fatal(err)
				}
				refusal, problems := validate(name, value), content.Decode(name, data)
				if (refusal != nil) != (len(problems) > 0) {
					t.Errorf("%s: the schema says %v, the decoder %v", what, refusal, problems)
				}
			}
			mutate(doc.Content[0], "", replacements, compare)
		})
	}
}

// mutate changes one thing below n at a time, calls compare and puts it back.
func mutate(n *yaml.Node, where string, replacements []*yaml.Node, compare func(what string)) {
	step := 1
	if n.Kind == yaml.MappingNode {
		step = 2
	}
	whole := n.Content
	for i := 0; i < len(whole); i += step {
		at := i + step - 1
		here := where + "/" + whole[i].Value
		if step == 1 {
			here = where + "[]"
		}
		n.Content = append(append([]*yaml.Node{}, whole[:i]...), whole[i+step:]...)
		compare("without " + here)
		n.Content = whole
		old := whole[at]
		for _, r := range replacements {
			whole[at] = r
			compare(here + " = " + r.Value)
		}
		whole[at] = old
		mutate(old, here, replacements, compare)
		if step == 1 {
			break // the entries of a list are alike
		}
	}
}

func TestSchemasAreTheSameEachTime(t *testing.T) {
	first, second := content.Schemas(), content.Schemas()
	if len(first) != 9 {
		t.Errorf("%d schemas, want 9", len(first))
	}
	for i, s := range first {
		if s.Name != second[i].Name || !bytes.Equal(s.JSON, second[i].JSON) {
			t.Errorf("%s differs between two calls", s.Name)
		}
	}
}

// validators compiles the schemas and returns a function that checks a file by its place.
func validators(t *testing.T) func(name string, value any) error {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	compiled := map[string]*jsonschema.Schema{}
	for _, s := range content.Schemas() {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(s.JSON))
		if err != nil {
			t.Fatal(err)
		}
		if err := c.AddResource(s.Name, doc); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range content.Schemas() {
		schema, err := c.Compile(s.Name)
		if err != nil {
			t.Fatal(err)
		}
		compiled[s.Name] = schema
	}
	singular := map[string]string{"codes": "code", "classes": "class", "headers": "header", "frameworks": "framework", "clients": "client"}
	return func(name string, value any) error {
		key := strings.TrimSuffix(name, ".yaml")
		if dir := path.Dir(name); dir != "." {
			key = singular[dir]
		}
		if compiled[key+".json"] == nil {
			return nil
		}
		return compiled[key+".json"].Validate(value)
	}
}

// decode reads YAML as an editor does, by the core schema of YAML 1.2.
func decode(data []byte) (any, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil, err
	}
	if len(doc.Content) == 0 {
		return nil, nil
	}
	return toJSON(doc.Content[0]), nil
}

var (
	integer = regexp.MustCompile(`^[-+]?[0-9]+$`)
	float   = regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)
)

func toJSON(n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		out := map[string]any{}
		for i := 0; i < len(n.Content); i += 2 {
			out[n.Content[i].Value] = toJSON(n.Content[i+1])
		}
		return out
	case yaml.SequenceNode:
		out := []any{}
		for _, e := range n.Content {
			out = append(out, toJSON(e))
		}
		return out
	case yaml.AliasNode:
		return toJSON(n.Alias)
	}
	if n.Style&^yaml.TaggedStyle != 0 {
		return n.Value
	}
	switch n.Value {
	case "", "~", "null", "Null", "NULL":
		return nil
	case "true", "True", "TRUE":
		return true
	case "false", "False", "FALSE":
		return false
	}
	if integer.MatchString(n.Value) {
		sign := strings.HasPrefix(n.Value, "-")
		digits := strings.TrimLeft(n.Value, "+-0")
		if digits == "" {
			digits = "0"
		}
		if sign {
			digits = "-" + digits
		}
		return json.Number(digits)
	}
	if float.MatchString(n.Value) {
		return json.Number(strings.TrimLeft(strings.TrimSuffix(n.Value, "."), "+"))
	}
	return n.Value
}
