package page_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/artra/klachtbot/slacksim/browsertest"
)

const dialogShown = `document.querySelector("#modal[open]")`

func TestBrowser_modal(t *testing.T) {
	sim, app := newPageSim(t)
	chromium := browsertest.New(t)
	note := filepath.Join(t.TempDir(), "notitie.txt")
	if err := os.WriteFile(note, []byte("Genoteerd aan de telefoon."), 0o600); err != nil {
		t.Fatal(err)
	}
	officer := chromium.Open(sim.URL() + "/?as=U0000000002&in=C0000000001")
	staff := chromium.Open(sim.URL() + "/?as=U0000000001&in=C0000000002")

	staff.Say("#composer-text", "/klacht")
	staff.Await(dialogShown)
	staff.Await(`document.activeElement.name === "name"`)
	staff.Shoot("modal")

	// An update by dispatch_action keeps what was typed.
	staff.Keys(`[name="name"]`, "Jan <Jansen>")
	staff.Choose("kind", "v-student")
	staff.Await(`document.querySelector('[data-block-id="added"]')`)
	staff.Await(`document.querySelector('[name="name"]').value === "Jan <Jansen>"`)

	fillEveryInput(staff, note)

	// A push and back keeps it too.
	staff.Click(`[data-action-id="deeper"]`)
	staff.Await(`document.querySelector('#view-form[data-callback-id="second"]')`)
	staff.Shoot("pushed")
	staff.Click("#view-close")
	staff.Await(`document.querySelector('#view-form[data-callback-id="every_input"]')`)
	staff.Await(`document.querySelector('[name="story"]').value === "De trainer kwam te laat."`)

	// The app's errors stand at their fields, and the first has the focus.
	staff.Click("#view-submit")
	staff.Await(`document.querySelector('[data-error-for="email"]').textContent === "Dit adres kennen we niet."`)
	staff.Await(`document.activeElement.name === "email" && document.activeElement.getAttribute("aria-invalid") === "true"`)
	staff.Await(`document.querySelector('[name="name"]').value === "Jan <Jansen>"`)
	staff.Shoot("errors")

	// An app that does not answer leaves everything as it was.
	staff.Click(`[data-action-id="silent"]`)
	staff.Await(`/klachtbot reageerde niet/.test(document.querySelector("#modal-notice").textContent)`)
	staff.Await(`document.querySelector('[name="story"]').value === "De trainer kwam te laat."`)
	staff.Shoot("noack")

	staff.Do(chromedp.SetValue(chromedp.CSS(`[name="email"]`), "jan@example.org"))
	staff.Click("#view-submit")
	staff.Await("!" + dialogShown)

	// The other tab sees the case without a reload.
	officer.Await(`document.querySelector('article [data-action-id="acknowledge"]')`)
	officer.Shoot("case")
	assertValues(t, app)
}

// fillEveryInput types and picks something in every kind of input.
func fillEveryInput(staff browsertest.Tab, note string) {
	staff.Keys(`[name="email"]`, "fout@example.org")
	staff.Keys(`[name="site"]`, "https://example.org/")
	staff.Keys(`[name="count"]`, "12")
	staff.Choose("date", "2026-03-09")
	staff.Choose("time", "09:30")
	staff.Keys(`[name="story"]`, "De trainer kwam te laat.")
	staff.Click(`input[name="via"][value="v-telefoon"]`)
	staff.Click(`input[name="topics"][value="v-factuur"]`)
	staff.Choose("about", "U0000000003")
	staff.Click(`input[name="informed"][value="U0000000002"]`)
	staff.Do(chromedp.SetUploadFiles(chromedp.CSS(`[name="files"]`), []string{note}))
}

// assertValues compares what the app was sent with what was filled in.
func assertValues(t *testing.T, app *pageApp) {
	t.Helper()
	sent := app.submissions("every_input")
	if len(sent) != 2 {
		t.Fatalf("%d submissions, want 2", len(sent))
	}
	values := sent[1].View.State.Values
	for block, want := range map[string]string{
		"name": `"Jan <Jansen>"`, "email": `"jan@example.org"`, "site": `"https://example.org/"`, "count": `"12"`,
		"date": `"2026-03-09"`, "time": `"09:30"`, "story": `"De trainer kwam te laat."`, "about": `"U0000000003"`, "informed": `["U0000000002"]`,
	} {
		var held map[string]json.RawMessage
		if err := json.Unmarshal(values[block]["value"], &held); err != nil {
			t.Errorf("%s: %v in %s", block, err, values[block])
			continue
		}
		found := false
		for _, v := range held {
			var a, b any
			found = found || (json.Unmarshal(v, &a) == nil && json.Unmarshal([]byte(want), &b) == nil && fmt.Sprint(a) == fmt.Sprint(b))
		}
		if !found {
			t.Errorf("%s: no %s in %s", block, want, values[block]["value"])
		}
	}
	var files struct{ Files []struct{ Name string } }
	if err := json.Unmarshal(values["files"]["value"], &files); err != nil || len(files.Files) != 1 || files.Files[0].Name != "notitie.txt" {
		t.Errorf("files: %s", values["files"]["value"])
	}
}

// Two people in two tabs talk; commands, menus, badges and questions work.
func TestBrowser_talk(t *testing.T) {
	sim, app := newPageSim(t)
	chromium := browsertest.New(t)
	officer := chromium.Open(sim.URL() + "/?as=U0000000002&in=C0000000001")
	staff := chromium.Open(sim.URL() + "/?as=U0000000001&in=C0000000002")
	ts := app.post("C0000000001", "K-2026-0001", caseBlocks())
	root := fmt.Sprintf(`article[data-ts="%s"]`, ts)
	officer.Await(fmt.Sprintf("document.querySelector('%s')", root))

	// A draft survives what others do; the app's mention of Sanne is a badge in her other channel.
	officer.Keys("#composer-text", "nog niet af")
	staff.Await(`document.querySelector('[data-channel="C0000000001"] [data-unread="1"]')`)
	staff.Say("#composer-text", "Wie kent <!channel>?")
	staff.Await(`document.querySelector("article").textContent.includes("<!channel>") && !document.querySelector("[data-ping]")`)
	if _, err := sim.As("U0000000003").Post(t.Context(), "C0000000001", ts, "I called them."); err != nil {
		t.Fatal(err)
	}
	officer.Await(fmt.Sprintf(`document.querySelector('%s [data-thread-link]').textContent.includes("1 antwoord")`, root))
	officer.Await(`document.querySelector("#composer-text").value === "nog niet af"`)

	// Commands: an answer only for the one who asked, and an unknown one is kept.
	staff.Say("#composer-text", "/klacht help")
	staff.Await(`document.querySelector("article[data-ephemeral]").textContent.includes("Alleen zichtbaar voor jou")`)
	staff.Say("#composer-text", "/bestaatniet")
	staff.Await(`/geen geldige opdracht/.test(document.querySelector("#notice").textContent)`)
	staff.Await(`document.querySelector("#composer-text").value.startsWith("/bestaatniet")`)
	staff.Shoot("ephemeral")

	// A question first, then the gesture.
	officer.Click(root + ` [data-action-id="withdraw"]`)
	officer.Await(`document.querySelector("#confirm[open]").textContent.includes("wordt ingetrokken")`)
	officer.Shoot("confirm")
	officer.Click(`#confirm [value="no"]`)
	officer.Await(`!document.querySelector("#confirm[open]")`)
	officer.Click(root + ` [data-action-id="resolve"]`)
	officer.Await(dialogShown)
	officer.Keys("#view-close", "\x1b")
	officer.Await("!" + dialogShown)

	readOnPhone(officer, root)
}

// readOnPhone reads the thread and the side bar on a small screen, and picks
// a shortcut from a message's menu.
func readOnPhone(officer browsertest.Tab, root string) {
	officer.Click(root + " [data-thread-link]")
	officer.Await(`document.body.dataset.live === "on" && document.querySelector("#thread-composer")`)
	officer.Say("#thread-text", "Dank je")
	officer.Await(`document.querySelector("[data-part=thread]").textContent.includes("Dank je")`)
	officer.Shoot("thread")
	officer.Do(chromedp.EmulateViewport(390, 844))
	officer.Shoot("phone-thread")
	officer.Click("#thread-close")
	officer.Await(`document.body.dataset.live === "on" && !document.querySelector(".thread")`)
	officer.Await(`document.querySelector("#composer-text").value === "nog niet af"`)
	officer.Shoot("phone")
	officer.Click("#menu-button")
	officer.Await(`document.activeElement.closest("#sidebar")`)
	officer.Click("#who summary")
	officer.Shoot("phone-menu")
	officer.Do(chromedp.KeyEvent("\x1b"))
	officer.Click(root + " [data-menu] summary")
	officer.Click(root + ` [data-message-shortcut="note_from_message"]`)
	officer.Await(dialogShown)
	officer.Shoot("phone-modal")
}

func TestBrowser_home(t *testing.T) {
	sim, app := newPageSim(t)
	chromium := browsertest.New(t)
	app.post("U0000000003", "Quarterly summary for <@U0000000003>", nil)
	director := chromium.Open(sim.URL() + "/?as=U0000000003&in=home")
	director.Await(`document.querySelector("#home h3").textContent === "Jouw klachten"`)
	director.Await(`document.querySelector("[data-dm] [data-unread]").textContent === "1"`)
	director.Await(`document.querySelectorAll("#home svg rect").length === 6`)
	director.Shoot("home")
	director.Do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}},
		})
		return err
	}))
	director.Shoot("home-dark")
	director.Click(`#home [data-action-id="resolve"]`)
	director.Await(dialogShown)
	director.Shoot("modal-dark")
	director.Click("#view-close")
	director.Await("!" + dialogShown)
	director.Click("[data-dm]")
	director.Await(`document.body.dataset.live === "on" && document.querySelector("article")`)
	director.Await(`!document.querySelector("[data-dm] [data-unread]")`)
	director.Shoot("dm-dark")
}
