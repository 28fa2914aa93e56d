// Package browsertest drives the simulator's page in a real browser, for
// tests: a private, headless Chromium, as Debian packages it. The selectors of
// the page stand in the comment of package page.
package browsertest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// Browser is a private Chromium.
type Browser struct {
	t   *testing.T
	ctx context.Context
}

// Tab is one browser tab that shows the page.
type Tab struct {
	t   *testing.T
	ctx context.Context
}

// New starts a private Chromium, which ends with the test. A machine without
// one skips the test; with CI=true it fails.
func New(t *testing.T) Browser {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("chromium is needed with CI=true")
		}
		t.Skip("no chromium on this machine")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.UserDataDir(t.TempDir()), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.WindowSize(1280, 800), chromedp.Flag("disable-component-update", true))
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	ctx, stop := chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(stop)
	ctx, closeBrowser := chromedp.NewContext(ctx)
	t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil {
			t.Logf("browser: %v", err)
		}
		closeBrowser()
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	return Browser{t, ctx}
}

// Open shows a place to a person and waits until live updates flow.
func (b Browser) Open(address string) Tab {
	b.t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx)
	b.t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil { // the tab lives as long as this context, not as a step's
		b.t.Fatal(err)
	}
	shown := Tab{b.t, ctx}
	shown.Do(chromedp.EmulateViewport(1280, 800), chromedp.Navigate(address))
	shown.Await(`document.body.dataset.live === "on"`)
	return shown
}

// Do takes steps, within 20 s; when one fails it leaves a picture.
func (b Tab) Do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 20*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.Shoot("failed")
		b.t.Fatal(err)
	}
}

// Await waits until a JavaScript expression is true, in this document or in
// the one that a link leads to.
func (b Tab) Await(expression string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 15*time.Second)
	defer cancel()
	poll := chromedp.Poll[bool]("(() => { try { return Boolean("+expression+") } catch { return false } })()",
		chromedp.WithPollingInterval(20*time.Millisecond))
	for {
		_, err := chromedp.Run(ctx, poll)
		if err == nil {
			return
		}
		if ctx.Err() != nil {
			b.Shoot("failed")
			b.t.Fatalf("waiting for %s: %v", expression, err)
		}
	}
}

// Click clicks on an element.
func (b Tab) Click(selector string) {
	b.t.Helper()
	b.Do(chromedp.Click(chromedp.CSS(selector)))
}

// Follow clicks on a link in one step of the page's own, so that it can't be
// drawn anew between finding it and clicking.
func (b Tab) Follow(selector string) {
	b.t.Helper()
	b.Eval(fmt.Sprintf("(() => { document.querySelector(%q).click(); return true })()", selector))
}

// Keys types into an element.
func (b Tab) Keys(selector, text string) {
	b.t.Helper()
	b.Do(chromedp.SendKeys(chromedp.CSS(selector), text))
}

// Say types into an empty composer and sends. What was sent before leaves the
// composer only when it has been answered: typed earlier, the new text would
// run on behind it.
func (b Tab) Say(selector, text string) {
	b.t.Helper()
	b.Await(fmt.Sprintf(`(() => { const field = document.querySelector(%q);
		return field.value === "" && !field.form.querySelector(".send").matches("[aria-disabled]") })()`, selector))
	b.Keys(selector, text+"\r")
}

// Choose sets a field as a person does, its events included.
func (b Tab) Choose(name, value string) {
	b.t.Helper()
	b.Eval(fmt.Sprintf(`(() => { const el = document.querySelector('#view-form [name=%q]'); el.value = %q;
		el.dispatchEvent(new Event("input", {bubbles: true})); el.dispatchEvent(new Event("change", {bubbles: true})); return true })()`, name, value))
}

// Eval evaluates a JavaScript expression for its effect.
func (b Tab) Eval(expression string) {
	b.t.Helper()
	b.Holds(expression)
}

// Holds reports whether a JavaScript expression is true now.
func (b Tab) Holds(expression string) bool {
	b.t.Helper()
	holds, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](expression))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return holds
}

// Picture is what the tab shows, as a PNG.
func (b Tab) Picture() ([]byte, error) { return chromedp.Run(b.ctx, chromedp.CaptureScreenshot()) }

// Shoot saves a picture to look at: go test -artifacts keeps it.
func (b Tab) Shoot(name string) {
	b.t.Helper()
	picture, err := b.Picture()
	if err == nil {
		err = os.WriteFile(filepath.Join(b.t.ArtifactDir(), name+".png"), picture, 0o600)
	}
	if err != nil {
		b.t.Logf("screenshot %s: %v", name, err)
	}
}
