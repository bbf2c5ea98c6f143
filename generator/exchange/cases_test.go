package exchange

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what the package says into the cases in testdata")

// A file in testdata holds cases. Each begins with "=== name", then comes the input, a line "---", and what
// is wanted. The input has ␍ for CR, ␛ for ESC and ends in a line feed, unless its last character is ␃.
type testCase struct {
	name, input, want string
}

func readCases(t testing.TB, file string) []testCase {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	var cases []testCase
	for _, part := range strings.Split("\n"+string(data), "\n=== ")[1:] {
		name, rest, _ := strings.Cut(part, "\n")
		input, want, ok := strings.Cut("\n"+rest, "\n---\n")
		if !ok {
			t.Fatalf("%s: case %q has no line ---", file, name)
		}
		cases = append(cases, testCase{name, strings.TrimPrefix(input, "\n") + "\n", strings.TrimRight(want, "\n")})
	}
	return cases
}

func (c testCase) text() string {
	return strings.NewReplacer("␍", "\r", "␛", "\x1b", "␃\n", "", "␀", "\x00").Replace(c.input)
}

// runCases compares what show says about each input with what the file wants.
func runCases(t *testing.T, file string, show func(input string) string) {
	cases := readCases(t, file)
	if len(cases) == 0 {
		t.Fatalf("%s: no cases", file)
	}
	var b strings.Builder
	for _, c := range cases {
		got := strings.TrimRight(show(c.text()), "\n")
		fmt.Fprintf(&b, "=== %s\n%s---\n%s\n\n", c.name, c.input, got)
		t.Run(c.name, func(t *testing.T) {
			if got != c.want && !*update {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
	if *update {
		if err := os.WriteFile(filepath.Join("testdata", file), []byte(strings.TrimRight(b.String(), "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestParseRequest(t *testing.T) {
	runCases(t, "request.txt", func(input string) string {
		r, issues := ParseRequest(input)
		return showRequest(r) + showIssues(issues)
	})
}

func TestParseResponses(t *testing.T) {
	runCases(t, "response.txt", func(input string) string {
		rs, issues := ParseResponses(input)
		var b strings.Builder
		for i := range rs {
			b.WriteString(showResponse("response", &rs[i]))
		}
		return b.String() + showIssues(issues)
	})
}

func TestParse(t *testing.T) {
	files, err := filepath.Glob("testdata/parse-*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, file := range files {
		name := filepath.Base(file)
		t.Run(strings.TrimSuffix(name, ".txt"), func(t *testing.T) {
			runCases(t, name, func(input string) string {
				es, issues := Parse(input)
				var b strings.Builder
				for _, e := range es {
					b.WriteString("exchange\n" + showRequest(e.Request))
					for i := range e.Interim {
						b.WriteString(showResponse("interim", &e.Interim[i]))
					}
					b.WriteString(showResponse("response", e.Response))
				}
				return b.String() + showIssues(issues)
			})
		})
	}
}

func TestCommands(t *testing.T) {
	runCases(t, "commands.txt", func(input string) string {
		r, issues := ParseRequest(input)
		if r == nil {
			return showIssues(issues)
		}
		return Curl(*r, "https") + "\n\n" + FetchCall(*r, "https") + "\n\n" + HTTPie(*r, "https")
	})
}

func showRequest(r *Request) string {
	if r == nil {
		return ""
	}
	return fmt.Sprintf("  request %d: %s\n", r.Line, strings.Join([]string{r.Method, r.Target, r.Version}, " ")) +
		showFields("", r.Fields) + showBody(r.Body, 0) + showFields("trailer ", r.Trailers)
}

func showResponse(kind string, r *Response) string {
	if r == nil {
		return ""
	}
	return fmt.Sprintf("  %s %d: %s %d %s\n", kind, r.Line, r.Version, r.Status, r.Reason) +
		showFields("", r.Fields) + showBody(r.Body, r.BodyLine) + showFields("trailer ", r.Trailers)
}

func showFields(prefix string, fields Fields) string {
	var b strings.Builder
	for _, f := range fields {
		fmt.Fprintf(&b, "    %s%d:%d %s: %s\n", prefix, f.Line, f.Column, f.Name, f.Value)
	}
	return b.String()
}

func showBody(body string, line int) string {
	switch {
	case body == "":
		return ""
	case line > 0:
		return fmt.Sprintf("    body %d %q\n", line, body)
	}
	return fmt.Sprintf("    body %q\n", body)
}

func showIssues(issues []Issue) string {
	var b strings.Builder
	for _, is := range issues {
		fmt.Fprintf(&b, "issue %d:%d %s\n", is.Line, is.Column, is.Message)
		if is.Hint != "" {
			fmt.Fprintf(&b, "  hint: %s\n", is.Hint)
		}
	}
	return b.String()
}
