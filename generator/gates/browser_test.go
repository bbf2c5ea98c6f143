package gates

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browserOf starts Chromium and returns a context for its first tab.
func browserOf(t testing.TB) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(tool(t, "chromium", "chromium-browser", "google-chrome")),
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.Flag("headless", "new"),
		chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
	)
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(func() { cancel(); stop() })
	if err := chromedp.Run(ctx); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// tab opens a further tab and collects what goes wrong in it.
func tab(t testing.TB, browser context.Context, origin string) (context.Context, *trouble) {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	tr := &trouble{origin: origin}
	chromedp.ListenTarget(ctx, tr.listen)
	if err := chromedp.Run(ctx, network.Enable(), cdplog.Enable(), runtime.Enable(), page.Enable(),
		page.BringToFront(), emulation.SetFocusEmulationEnabled(true)); err != nil {
		t.Fatal(err)
	}
	return ctx, tr
}

// trouble is what no page may cause: console messages, exceptions, blocked or foreign requests.
type trouble struct {
	origin   string
	mu       sync.Mutex
	found    []string
	requests int
}

func (tr *trouble) add(format string, args ...any) {
	tr.found = append(tr.found, fmt.Sprintf(format, args...))
}

func (tr *trouble) listen(event any) {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		for _, a := range e.Args {
			tr.add("console %s: %s", e.Type, a.Value)
		}
	case *runtime.EventExceptionThrown:
		tr.add("exception: %s", e.ExceptionDetails.Error())
	case *cdplog.EventEntryAdded:
		tr.add("log: %s %s", e.Entry.Text, e.Entry.URL)
	case *network.EventRequestWillBeSent:
		tr.requests++
		u, err := url.Parse(e.Request.URL)
		if err != nil || u.Scheme != "data" && !strings.HasPrefix(e.Request.URL, tr.origin) {
			tr.add("request to another origin: %s", e.Request.URL)
		}
	}
}

// take returns what was found since the last call.
func (tr *trouble) take() []string {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	found := tr.found
	tr.found, tr.requests = nil, 0
	return found
}

// within runs actions with a deadline; a tab's first run must have none.
func within(ctx context.Context, limit time.Duration, actions ...chromedp.Action) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	return chromedp.Run(ctx, actions...)
}

func view(width int64, scheme string) chromedp.Action {
	return chromedp.Tasks{
		emulation.SetDeviceMetricsOverride(width, 900, 1, false),
		// Without reduced motion a change of scheme would be looked at in the middle of a transition.
		emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}),
	}
}
