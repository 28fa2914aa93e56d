package main

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/artra/klachtbot/slacksim/browsertest"
)

// TestDemo_inABrowser does what the README promises, with the real program
// and a real browser: a colleague logs a complaint, the officer handles it.
func TestDemo_inABrowser(t *testing.T) {
	t.Parallel()
	chromium := browsertest.New(t)
	page := startDemo(t)
	staff := chromium.Open(page + "?as=" + demoStaff + "&in=C0ALGEMEEN")
	officer := chromium.Open(page + "?as=" + demoOfficer + "&in=" + demoCases)
	logInBrowser(staff)
	staff.Await(`/Vastgelegd als K-\d{4}-0001/.test(document.querySelector("#modal").textContent)`)
	staff.Shoot("logged")
	officer.Await(`document.querySelector('article [data-action-id="acknowledge"]')`)
	officer.Await(`document.querySelector("article [data-thread-link]")`)
	officer.Follow("article [data-thread-link]")
	officer.Await(`document.body.textContent.includes("[naam]")`)
	officer.Shoot("case")
	if !officer.Holds(`!document.body.textContent.includes("Noor")`) {
		t.Error("the channel shows the complainant's name")
	}
	officer.Click(`article [data-action-id="acknowledge"]`)
	officer.Await(`document.querySelector('#modal[open] [data-callback-id="acknowledge"]')`)
	officer.Shoot("acknowledge")
	shootOnAPhone(officer, "acknowledge")
	officer.Click("#view-submit") // as it was proposed
	officer.Await(`!document.querySelector('article [data-action-id="acknowledge"]')`)
	officer.Await(`/Ontvangst bevestigd/.test(document.body.textContent)`)
	officer.Shoot("acknowledged")
	officer.Click(`article [data-action-id="dossier"]`)
	officer.Await(`/te laat/.test(document.querySelector("#modal[open]").textContent)`)
	officer.Shoot("dossier")
	officer.Click(`#modal[open] [data-action-id="dossier_pdf"]`)
	officer.Await(`/^([A-Z0-9]{3}-){5}[A-Z0-9]{3}$/.test(document.querySelector("#modal[open] pre").textContent.trim())`)
	officer.Shoot("passphrase")
	messages := chromium.Open(page + "?as=" + demoOfficer)
	messages.Follow("nav [data-dm]")
	messages.Await(`/dossier-K-\d{4}-0001\.pdf/.test(document.querySelector("article").textContent)`)
	messages.Shoot("document")
}

// shootOnAPhone takes a picture of an open form on a narrow screen, light and dark, at
// its text and at its end.
func shootOnAPhone(tab browsertest.Tab, name string) {
	tab.Do(chromedp.EmulateViewport(390, 844))
	for _, scheme := range []string{"dark", "light"} {
		tab.Do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
			_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
				Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
			})
			return err
		}))
		tab.Eval(`document.querySelector('[data-error-for="body"]').parentElement.scrollIntoView({block: "end"}), true`)
		tab.Shoot(name + "-" + scheme)
		tab.Eval(`document.querySelector("#modal[open]").scrollTo(0, 1e6), [...document.querySelectorAll("#modal[open] *")].forEach(e => e.scrollTo(0, 1e6)), true`)
		tab.Shoot(name + "-" + scheme + "-end")
	}
	tab.Do(chromedp.EmulateViewport(1280, 800))
	tab.Await(`innerWidth === 1280`) // a click before goes to where its button was
}

func logInBrowser(staff browsertest.Tab) {
	staff.Say("#composer-text", "/klacht")
	staff.Await(`document.querySelector('#modal[open] [data-callback-id="log_complaint"]')`)
	staff.Shoot("log")
	staff.Click("#view-submit") // too early: what is missing is said at its field
	staff.Await(`document.querySelector('[data-error-for="complainant_name"]').textContent === "Vul dit veld in."`)
	for name, text := range map[string]string{
		"complainant_name": "Noor Voorbeeld", "email": "noor@example.org", "offering_name": "Gesprekstechniek",
		"description": "De trainer kwam te laat, zegt Noor Voorbeeld.", "desired_outcome": "Een excuus.",
	} {
		staff.Choose(name, text)
	}
	for name, value := range map[string]string{
		"complainant_kind": "participant", "offering_kind": "training", "category": "trainer",
	} {
		staff.Choose(name, value)
	}
	staff.Shoot("filled")
	staff.Click("#view-submit")
}

var address = regexp.MustCompile(`http://127\.0\.0\.1:\d+/`)

// startDemo runs the demo and returns the one address that it prints; at the
// end the demo must stop orderly.
func startDemo(t *testing.T, args ...string) string {
	t.Helper()
	demo := exec.Command(binary, append([]string{"demo", "--addr", "127.0.0.1:0"}, args...)...)
	demo.Env = append(os.Environ(), clockAfter(0))
	demo.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	errors := &output{}
	demo.Stderr = errors
	out, err := demo.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := demo.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := demo.Process.Signal(syscall.SIGINT); err != nil {
			t.Error(err)
		}
		if err := demo.Wait(); err != nil {
			t.Errorf("demo: %v\n%s", err, errors)
		}
	})
	var said strings.Builder
	for lines := bufio.NewScanner(out); lines.Scan(); {
		said.WriteString(lines.Text())
		if found := address.FindString(lines.Text()); found != "" {
			return found
		}
	}
	t.Fatalf("the demo printed no address: %s\n%s", said.String(), errors)
	return ""
}

// TestDemo_languageOnAPhone: on a narrow screen, somebody chooses English at the end
// of Home, reads Home and the form in it, and goes back to Dutch.
func TestDemo_languageOnAPhone(t *testing.T) {
	t.Parallel()
	phone := browsertest.New(t).Open(startDemo(t) + "?as=" + demoOfficer + "&in=home")
	phone.Do(chromedp.EmulateViewport(390, 844))
	pick := func(language string) {
		t.Helper()
		phone.Eval(`(() => { const s = document.querySelector('#home [data-action-id="home_language"]'); s.value = "` + language + `"; s.dispatchEvent(new Event("change", {bubbles: true})); return true })()`)
	}
	phone.Await(`document.querySelector("#home h3")?.textContent === "Dag Omar Jansen" ||
		fetch("/page/home?as=` + demoOfficer + `", {method: "POST"}) && false`) // the bot may not be there yet
	phone.Shoot("home-nl")
	phone.Eval(`document.querySelector('#home [data-action-id="home_language"]').scrollIntoView({block: "center"}), true`)
	phone.Shoot("home-nl-end")
	for _, c := range [][3]string{{"en", "Hello Omar Jansen", "Log a complaint"}, {"nl", "Dag Omar Jansen", "Klacht vastleggen"}} {
		pick(c[0])
		phone.Await(`document.querySelector("#home h3")?.textContent === "` + c[1] + `"`)
		phone.Shoot("home-" + c[0] + "-chosen")
		phone.Click(`#home [data-action-id="log_complaint"]`)
		phone.Await(`document.querySelector('#modal[open] [data-callback-id="log_complaint"]')?.textContent.includes("` + c[2] + `")`)
		phone.Shoot("form-" + c[0])
		phone.Click("#view-close")
		phone.Await(`!document.querySelector("#modal[open]")`)
	}
}
