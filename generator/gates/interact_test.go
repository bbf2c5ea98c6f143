package gates

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const patience = 30 * time.Second

// TestReadableWithoutScripts turns scripts off and asks that all text is there, that all links work as links, and that nothing
// is offered that needs a script.
func TestReadableWithoutScripts(t *testing.T) {
	home := host(t)
	ctx, _ := tab(t, browserOf(t), home)
	if err := within(ctx, patience, emulation.SetScriptExecutionDisabled(true)); err != nil {
		t.Fatal(err)
	}
	for _, page := range types() {
		// Scripts of the page are off; the protocol may still ask questions.
		var hidden, dead, offered int
		err := within(ctx, patience,
			view(1280, "light"),
			chromedp.Navigate(home+page),
			chromedp.Evaluate(`[...document.querySelectorAll("main section, main .panel, main h2, main p:not([hidden])")].filter(e => !e.closest("details:not([open])") && e.getClientRects().length === 0).length`, &hidden),
			chromedp.Evaluate(`[...document.querySelectorAll("a")].filter(a => !a.href).length`, &dead),
			chromedp.Evaluate(`[...document.querySelectorAll(".needs-js")].filter(e => e.getClientRects().length > 0).length`, &offered),
		)
		if err != nil {
			t.Fatal(err)
		}
		if hidden+dead+offered > 0 {
			t.Errorf("/%s: %d parts hidden, %d links without a target, %d controls that do nothing", page, hidden, dead, offered)
		}
	}
}

// TestTabs walks the snippets with the keyboard and asks that the choice follows the reader to the next page.
func TestTabs(t *testing.T) {
	home := host(t)
	ctx, tr := tab(t, browserOf(t), home)
	var count int
	var first, second, shown, elsewhere string
	const selected = `document.querySelector(".tabs [aria-selected=true]").dataset.key`
	err := within(ctx, patience,
		view(1280, "light"),
		chromedp.Navigate(home+"403/"),
		chromedp.Evaluate(selected, &first),
		chromedp.Focus(".tabs [aria-selected=true]", chromedp.ByQuery),
		chromedp.KeyEvent(kb.ArrowRight),
		chromedp.Evaluate(selected, &second),
		chromedp.Evaluate(`document.activeElement.dataset.key`, &shown),
		chromedp.Evaluate(`[...document.querySelectorAll("[data-tabs=framework] .panel")].filter(p => p.getClientRects().length).length`, &count),
		chromedp.Navigate(home+"429/"),
		chromedp.Evaluate(selected, &elsewhere),
	)
	if err != nil {
		t.Fatal(err)
	}
	if first == second || shown != second || count != 1 || elsewhere != second {
		t.Errorf("selected %q, then %q with focus on %q and %d panels shown; on the next page %q", first, second, shown, count, elsewhere)
	}
	if problems := tr.take(); len(problems) > 0 {
		t.Error(problems)
	}
}

// TestTheme asks that the button changes the theme and that the choice is there before the next page is painted.
func TestTheme(t *testing.T) {
	home := host(t)
	ctx, _ := tab(t, browserOf(t), home)
	var before, after, label, later string
	const paper = `getComputedStyle(document.body).backgroundColor`
	err := within(ctx, patience,
		view(1280, "light"),
		chromedp.Navigate(home+"403/"),
		chromedp.Evaluate(paper, &before),
		chromedp.Focus(".theme", chromedp.ByQuery),
		chromedp.KeyEvent(kb.Enter),
		chromedp.KeyEvent(kb.Enter),
		chromedp.Evaluate(paper, &after),
		chromedp.Evaluate(`document.querySelector(".theme").getAttribute("aria-label")`, &label),
		chromedp.Navigate(home+"404/"),
		chromedp.Evaluate(`document.documentElement.dataset.theme`, &later),
	)
	if err != nil {
		t.Fatal(err)
	}
	if before == after || label != "Theme: dark" || later != "dark" {
		t.Errorf("paper %s, then %s; label %q; theme %q on the next page", before, after, label, later)
	}
}

// TestCopy presses the copy button of the exchange and reads the clipboard.
func TestCopy(t *testing.T) {
	home := host(t)
	ctx, _ := tab(t, browserOf(t), home)
	var text, said string
	err := within(ctx, patience,
		browser.SetPermission(&browser.PermissionDescriptor{Name: "clipboard-read"}, browser.PermissionSettingGranted),
		browser.SetPermission(&browser.PermissionDescriptor{Name: "clipboard-write"}, browser.PermissionSettingGranted),
		view(1280, "light"),
		chromedp.Navigate(home+"403/"),
		chromedp.Focus(".hero .copy", chromedp.ByQuery),
		chromedp.KeyEvent(kb.Enter),
		chromedp.Poll(`document.querySelector(".said").textContent`, &said, chromedp.WithPollingTimeout(5*time.Second)),
		chromedp.Evaluate(`navigator.clipboard.readText()`, &text, awaited),
	)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(text, "curl ") || !strings.Contains(text, "https://api.example.com/projects/42") || said != "Copied" {
		t.Errorf("clipboard %q, announced %q", text, said)
	}
}

// press is a key as a keyboard sends it: what its event prevents is not typed.
func press(key string) chromedp.Action {
	return chromedp.Tasks{
		input.DispatchKeyEvent(input.KeyDown).WithKey(key).WithText(key),
		input.DispatchKeyEvent(input.KeyUp).WithKey(key),
	}
}

// TestFilter types into the field of the home page and follows the first match with Enter.
func TestFilter(t *testing.T) {
	home := host(t)
	ctx, _ := tab(t, browserOf(t), home)
	for _, c := range []struct{ query, want string }{{"403", "403/"}, {"too many", "429/"}, {"not mod", "304/"}, {"access denied", "403/"}} {
		var at string
		err := within(ctx, patience,
			view(1280, "light"),
			chromedp.Navigate(home),
			press("/"),
			chromedp.KeyEvent(c.query),
			chromedp.KeyEvent(kb.Enter),
			chromedp.WaitVisible(".hero", chromedp.ByQuery),
			chromedp.Location(&at),
		)
		if err != nil {
			t.Errorf("%q: %v", c.query, err)
		} else if at != home+c.want {
			t.Errorf("%q led to %s, not to %s", c.query, at, home+c.want)
		}
	}
}

// TestTableOfContents follows every entry and asks that its section is on the screen.
func TestTableOfContents(t *testing.T) {
	home := host(t)
	ctx, _ := tab(t, browserOf(t), home)
	var off []string
	err := within(ctx, patience,
		view(1280, "light"),
		chromedp.Navigate(home+"403/"),
		chromedp.Evaluate(`(async () => {
			const off = [];
			for (const a of document.querySelectorAll(".toc a")) {
				a.click();
				await new Promise(done => setTimeout(done, 60));
				const top = document.getElementById(a.hash.slice(1)).getBoundingClientRect().top;
				if (top < 40 || top > innerHeight) off.push(a.textContent + " at " + top);
			}
			return off;
		})()`, &off, awaited),
	)
	if err != nil {
		t.Fatal(err)
	}
	if len(off) > 0 {
		t.Errorf("not on the screen, or below the bar: %q", off)
	}
}

// TestMissingPage asks for paths that do not exist, at any depth, and expects the codes that the path means.
func TestMissingPage(t *testing.T) {
	home := host(t)
	ctx, _ := tab(t, browserOf(t), home)
	for _, c := range []struct{ path, digits string }{{"40", "40"}, {"a/b/40", "40"}, {"5", "5"}, {"403-forbidden", "403"}, {"444", "4"}} {
		want := codesFrom(t, c.digits)
		var shown, style string
		err := within(ctx, patience,
			view(1280, "light"),
			chromedp.Navigate(home+c.path),
			chromedp.Evaluate(`[...document.querySelectorAll(".grid li")].filter(l => l.getClientRects().length).map(l => l.querySelector("b").textContent).join(" ")`, &shown),
			chromedp.Evaluate(`getComputedStyle(document.body).margin`, &style),
		)
		if err != nil {
			t.Fatal(err)
		}
		if shown != want || style != "0px" {
			t.Errorf("%s offers %q, not %q; body margin %s", c.path, shown, want, style)
		}
	}
}

// codesFrom lists the codes with a page whose number begins with some digits, as the pages list them.
func codesFrom(t *testing.T, digits string) string {
	t.Helper()
	var list []string
	for _, page := range pages(t) {
		if number := strings.TrimSuffix(page, "/"); strings.HasPrefix(number, digits) && strings.Trim(number, "0123456789") == "" {
			list = append(list, number)
		}
	}
	if len(list) == 0 {
		t.Fatalf("no code begins with %s", digits)
	}
	return strings.Join(list, " ")
}

// TestLiveReload runs the real serve command: a mistake in the content appears over the last good page, and its repair
// brings the new page.
func TestLiveReload(t *testing.T) {
	built(t)
	work := t.TempDir()
	for _, name := range []string{"content", "templates"} {
		if err := os.CopyFS(filepath.Join(work, name), os.DirFS(filepath.Join("..", "..", name))); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(program, "serve", "-addr", "127.0.0.1:0", "-cache", "off")
	cmd.Dir = work
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(stderr)
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		for lines.Scan() {
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("serve ended with %v after Ctrl-C", err)
		}
	})
	if !lines.Scan() {
		t.Fatal("serve says nothing")
	}
	home, _, _ := strings.Cut(lines.Text(), " ")
	file := filepath.Join(work, "content", "codes", "403.yaml")
	good, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	write := func(text string) chromedp.Action {
		return chromedp.ActionFunc(func(context.Context) error { return os.WriteFile(file, []byte(text), 0o600) })
	}
	ctx, tr := tab(t, browserOf(t), home)
	var problem, heading string
	err = within(ctx, patience,
		chromedp.Navigate(home+"403/"),
		write(strings.Replace(string(good), "\naliases:", "\naliasses:", 1)),
		chromedp.WaitVisible("dialog pre", chromedp.ByQuery),
		chromedp.Text("dialog pre", &problem, chromedp.ByQuery),
		chromedp.Text("h1", &heading, chromedp.ByQuery),
		write(strings.Replace(string(good), "name: Forbidden", "name: Forbidden\n# repaired", 1)),
		chromedp.WaitNotPresent("dialog", chromedp.ByQuery),
	)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(problem, `content/codes/403.yaml:5:1: unknown field "aliasses" (did you mean "aliases"?)`) || !strings.Contains(heading, "403") {
		t.Errorf("the page %q shows %q", heading, problem)
	}
	if problems := tr.take(); len(problems) > 0 {
		t.Error(problems)
	}
}

// TestFromDisk opens the site built with -host file without any server.
func TestFromDisk(t *testing.T) {
	built(t)
	out := filepath.Join(t.TempDir(), "disk")
	if text, err := run(program, "build", "-out", out, "-host", "file"); err != nil {
		t.Fatal(err, text)
	}
	if _, err := os.Stat(filepath.Join(out, "403", "index.html")); err != nil {
		t.Fatal(err)
	}
	ctx, tr := tab(t, browserOf(t), "file://"+out)
	var style, title string
	err := within(ctx, patience,
		view(1280, "light"),
		chromedp.Navigate("file://"+out+"/index.html"),
		chromedp.Click(`.grid a[href*="403"]`, chromedp.ByQuery),
		chromedp.WaitVisible(".facts", chromedp.ByQuery),
		chromedp.Evaluate(`getComputedStyle(document.querySelector(".facts")).display`, &style),
		chromedp.Title(&title),
	)
	if err != nil {
		t.Fatal(err)
	}
	if style != "grid" || !strings.HasPrefix(title, "403 ") {
		t.Errorf("display %s, title %q", style, title)
	}
	if problems := tr.take(); len(problems) > 0 {
		t.Error(problems)
	}
}
