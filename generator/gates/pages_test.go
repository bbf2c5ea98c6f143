package gates

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// mode is a way to look at a page.
type mode struct {
	width  int64
	scheme string
}

// modesOf are all widths in both themes for one page of each type, and the two extremes for every other page.
func modesOf(page string) []mode {
	if slices.Contains(types(), page) {
		return []mode{{1280, "light"}, {1280, "dark"}, {768, "light"}, {768, "dark"}, {320, "light"}, {320, "dark"}}
	}
	return []mode{{1280, "light"}, {320, "dark"}}
}

// violation is what axe-core reports.
type violation struct {
	ID    string `json:"id"`
	Nodes []struct {
		HTML    string `json:"html"`
		Summary string `json:"failureSummary"`
	} `json:"nodes"`
}

// TestEveryPageInTheBrowser loads every page with its content security policy active: no console message, no foreign
// request, no layout shift, no sideways scrolling, no violation that axe-core can see.
func TestEveryPageInTheBrowser(t *testing.T) {
	home := host(t)
	axe, err := os.ReadFile(module(t, "axe-core/axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	b := browserOf(t)
	queue := make(chan string)
	var wg sync.WaitGroup
	for range 2 {
		ctx, tr := tab(t, b, home)
		wg.Add(1)
		go func() {
			defer wg.Done()
			for page := range queue {
				for _, problem := range look(ctx, tr, home+page, string(axe), modesOf(page)) {
					t.Errorf("/%s: %s", page, problem)
				}
			}
		}()
	}
	list := pages(t)
	for _, page := range list {
		queue <- page
	}
	close(queue)
	wg.Wait()
	t.Logf("%d pages", len(list))
}

func look(ctx context.Context, tr *trouble, url, axe string, modes []mode) []string {
	var problems []string
	tr.take()
	var shift float64
	err := within(ctx, 30*time.Second,
		view(412, "light"),
		chromedp.Navigate(url),
		chromedp.Evaluate(`new Promise(done => {
			let sum = 0;
			new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value; }).observe({type: "layout-shift", buffered: true});
			setTimeout(() => done(sum), 150);
		})`, &shift, awaited),
	)
	if err != nil {
		return []string{err.Error()}
	}
	if shift != 0 {
		problems = append(problems, fmt.Sprintf("layout shift of %.4f", shift))
	}
	tr.mu.Lock()
	if tr.requests > 5 { // page, style, script, icon
		problems = append(problems, fmt.Sprintf("%d requests", tr.requests))
	}
	tr.mu.Unlock()
	for i, m := range modes {
		var wide float64
		var raw string
		actions := []chromedp.Action{view(m.width, m.scheme)}
		if i == 0 {
			actions = append(actions, chromedp.Evaluate(axe+";0", nil))
		}
		actions = append(actions,
			chromedp.Evaluate(`document.documentElement.scrollWidth - innerWidth`, &wide),
			chromedp.Evaluate(`axe.run(document, {resultTypes: ["violations"]}).then(r => JSON.stringify(r.violations))`, &raw, awaited))
		if err := within(ctx, 60*time.Second, actions...); err != nil {
			return append(problems, fmt.Sprintf("%d %s: %v", m.width, m.scheme, err))
		}
		if wide > 0 {
			problems = append(problems, fmt.Sprintf("%d px: %v px wider than the window", m.width, wide))
		}
		var violations []violation
		if err := json.Unmarshal([]byte(raw), &violations); err != nil {
			return append(problems, err.Error())
		}
		for _, v := range violations {
			problems = append(problems, fmt.Sprintf("%d %s: axe %s on %d nodes: %s %s", m.width, m.scheme, v.ID, len(v.Nodes), v.Nodes[0].HTML, strings.ReplaceAll(v.Nodes[0].Summary, "\n", " ")))
		}
	}
	return append(problems, tr.take()...)
}

func awaited(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }
