package exchange

import (
	"encoding/json"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzParse(f *testing.F) {
	for _, c := range seeds(f) {
		f.Add(c)
	}
	f.Fuzz(func(t *testing.T, text string) {
		es, issues := Parse(text)
		if len(es) == 0 && len(issues) == 0 {
			t.Error("neither an exchange nor an issue")
		}
		checkPlaces(t, text, issues)
		for _, e := range es {
			if e.Request == nil && e.Response == nil && len(e.Interim) == 0 {
				t.Error("empty exchange")
			}
			_ = e.Wire()
			if e.Request != nil {
				_, _, _ = Curl(*e.Request, "https"), FetchCall(*e.Request, "https"), HTTPie(*e.Request, "https")
			}
		}
	})
}

func FuzzParseStrict(f *testing.F) {
	for _, c := range seeds(f) {
		f.Add(c)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, issues := ParseRequest(text)
		checkPlaces(t, text, issues)
		if r != nil && len(issues) == 0 {
			again, issues := ParseRequest(r.Wire())
			if len(issues) > 0 || !reflect.DeepEqual(unplacedRequest(*again), unplacedRequest(*r)) && len(r.Fields.Values("Content-Length")) == 0 {
				t.Errorf("%q\nread  %#v\nagain %#v %v", text, r, again, issues)
			}
		}
		rs, issues := ParseResponses(text)
		checkPlaces(t, text, issues)
		if len(issues) > 0 || len(rs) == 0 {
			return
		}
		var wire strings.Builder
		for _, r := range rs {
			wire.WriteString(r.Wire())
		}
		again, issues := ParseResponses(wire.String())
		if len(issues) > 0 || len(again) != len(rs) {
			t.Fatalf("%q\nread  %#v\nagain %#v %v", text, rs, again, issues)
		}
		for i := range rs {
			if !reflect.DeepEqual(unplaced(again[i]), unplaced(rs[i])) && len(rs[i].Fields.Values("Content-Length")) == 0 {
				t.Errorf("%q\nread  %#v\nagain %#v", text, rs[i], again[i])
			}
		}
	})
}

func FuzzWireIsReadBack(f *testing.F) {
	f.Add(uint64(1), uint64(2))
	f.Fuzz(func(t *testing.T, a, b uint64) { checkReadBack(t, rand.New(rand.NewPCG(a, b))) })
}

// The JSON reader accepts what encoding/json accepts, and reads the same.
func FuzzJSON(f *testing.F) {
	for _, s := range []string{
		`{"a":[1,-0.5e+3,"x\u00e4\ud83d\ude00\n",true,false,null,{}],"b":""}`, `[]`, `01`, `-`, `1.`, `"\ud800x"`, `{"a":1,}`, `{"a" 1}`, "\"\x01\"", `tru`, ` 1 2`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var rep report
		v, ok := readJSON(s, 1, &rep)
		if valid := json.Valid([]byte(s)); ok != valid && !strings.Contains(showIssues(rep.issues), "too deeply") {
			t.Fatalf("ok = %v, valid = %v: %q %v", ok, valid, s, rep.issues)
		}
		if !ok {
			checkPlaces(t, s, rep.issues)
			return
		}
		var want any
		if err := json.Unmarshal([]byte(s), &want); err == nil && v.kind == '"' && utf8.ValidString(s) && v.text != want {
			t.Errorf("got %q, want %q", v.text, want)
		}
	})
}

// checkPlaces checks that issues are in order and within the text.
func checkPlaces(t *testing.T, text string, issues []Issue) {
	t.Helper()
	lines := strings.Count(text, "\n") + 1
	for i, is := range issues {
		if is.Line < 1 || is.Column < 1 || is.Line > lines || is.Message == "" || len(is.Message)+len(is.Hint) > 400 {
			t.Errorf("issue %+v in a text of %d lines", is, lines)
		}
		if i > 0 && (issues[i-1].Line > is.Line || issues[i-1].Line == is.Line && issues[i-1].Column > is.Column) {
			t.Errorf("issues are not sorted: %v", issues)
		}
	}
}

func seeds(f *testing.F) []string {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		f.Fatal("no cases", err)
	}
	var texts []string
	for _, file := range files {
		for _, c := range readCases(f, filepath.Base(file)) {
			texts = append(texts, c.text())
		}
	}
	return texts
}
