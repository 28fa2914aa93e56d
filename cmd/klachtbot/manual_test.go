package main

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/artra/klachtbot/internal/testclock"
	"github.com/artra/klachtbot/slacksim/browsertest"
)

// pictures is where TestManual_pictures writes: scripts/handleiding names the manual's
// folder. Without it they are among the test's artifacts, as they come.
var pictures = flag.String("pictures", "", "write the manual's pictures into this folder")

// manualBegins is when the manual's complaint comes in, whenever the tests take place:
// three weeks before a quarter ends.
const manualBegins = "2026-06-09T10:00"

// manual walks through the demo on a phone, as the manual tells it, and takes its
// pictures.
type manual struct {
	t    *testing.T
	page string
	tabs browsertest.Browser
}

// TestManual_pictures does what the manual says, task by task, in the real program's
// demo: from a complaint at the telephone to the directors' quarter. What the manual
// shows can be done, and its pictures can be made again.
func TestManual_pictures(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, part := range []struct {
		name string
		days int
		walk func(manual)
	}{
		{"a complaint", 0, manual.complaint},
		{"the next quarter", 22, manual.quarter},
	} {
		t.Run(part.name, func(t *testing.T) {
			offset, err := testclock.OffsetFrom(manualBegins, part.days)
			if err != nil {
				t.Fatal(err)
			}
			page := startDemo(t, "--data", dir, "--clock-offset="+offset.String(), "--reminder-hours", "00:00-24:00")
			part.walk(manual{t, page, browsertest.New(t)})
		})
	}
}

// complaint is filed by staff, and handled by the officer.
func (m manual) complaint() {
	staff := m.opens(demoStaff, demoOpen)
	staff.Eval(`(() => { const menu = document.querySelector("article [data-menu]"); menu.open = true; return true })()`)
	m.shoots(staff, "bericht", "article [data-menu]")
	staff = m.opens(demoStaff, demoOpen)
	m.files(staff, "De zaal was koud en de trainer kwam een half uur te laat.", "Timemanagement", 0)
	m.shoots(staff, "vastgelegd", "#modal[open]")
	m.closes(staff)
	m.files(staff, "De koffie was op.", "Lassen voor beginners", -4)
	m.closes(staff)
	staff.Say("#composer-text", "/klacht lijst")
	m.awaitsForm(staff, "list")
	m.shoots(staff, "lijst", "#modal[open]")

	m.tabs = browsertest.New(m.t) // each has a minute
	officer := m.opens(demoOfficer, demoCases)
	officer.Await(`document.querySelectorAll('article [data-action-id="acknowledge"]').length === 2`)
	m.shoots(officer, "klacht", "article:has([data-action-id=acknowledge])")
	m.presses(officer, "acknowledge")
	m.shoots(officer, "ontvangst", "#modal[open]")
	officer.Click("#view-submit")
	officer.Await(`document.querySelectorAll('article [data-action-id="acknowledge"]').length === 1`)
	m.decides(officer)
	home := m.opens(demoOfficer, "home")
	home.Await(`document.querySelector("#home h3")`)
	m.shoots(home, "home", "#home")
	m.reminded()
}

// decides tells the outcome of the first complaint and confirms it.
func (m manual) decides(officer browsertest.Tab) {
	m.presses(officer, "resolve")
	for name, text := range map[string]string{
		"verdict": "upheld", "cause": "planning", "outcome": "De zaal was te koud en we begonnen te laat. Dat had niet gemogen.",
		"lesson": "Zet de verwarming een dag eerder aan.", "contact_reaction": "Blij met de uitleg.",
	} {
		officer.Choose(name, text)
	}
	m.shoots(officer, "uitkomst", "#modal[open]")
	officer.Click("#view-submit")
	m.awaitsForm(officer, "confirm")
	m.shoots(officer, "bevestiging", "#modal[open]")
	officer.Click("#view-submit")
	officer.Await(`!document.querySelector("#modal[open]")`)
}

// reminded shows the reminder of the complaint that came in four days ago.
func (m manual) reminded() {
	officer := m.opens(demoOfficer, demoCases)
	officer.Await(`document.querySelectorAll("article [data-thread-link]").length === 2`)
	officer.Eval(`(() => { [...document.querySelectorAll("article [data-thread-link]")].pop().click(); return true })()`)
	officer.Await(`document.querySelector('aside.thread [data-action-id="snooze"]') && /De koffie was op/.test(document.querySelector("aside.thread").textContent)`)
	m.shoots(officer, "herinnering", `aside.thread article:has([data-action-id="snooze"])`)
}

// quarter is dealt with by the director, who also reads what is late.
func (m manual) quarter() {
	messages := m.opens(demoDirector, "dm")
	messages.Await(`document.querySelector("article")`)
	m.shoots(messages, "te-laat", "article")
	director := m.opens(demoDirector, demoDirectors)
	director.Await(`document.querySelector('article [data-action-id="recommendation"]')`)
	m.shoots(director, "kwartaal", `article:has([data-action-id="recommendation"])`)
	m.presses(director, "recommendation")
	for name, value := range map[string]string{"recommendation": "Kies zalen waarvan we zelf de verwarming kunnen aanzetten.", "owner": demoStaff} {
		director.Choose(name, value)
	}
	m.shoots(director, "aanbeveling", "#modal[open]")
	director.Click("#view-submit")
	director.Await(`/Vastgelegd bij kwartaal/.test(document.querySelector("#modal").textContent)`)
}

// opens shows somebody a place on a phone.
func (m manual) opens(who, place string) browsertest.Tab {
	tab := m.tabs.Open(m.page + "?as=" + who + "&in=" + place)
	tab.Do(chromedp.EmulateViewport(390, 780, chromedp.EmulateScale(2)))
	tab.Await(`innerWidth === 390`)
	return tab
}

// day is so many days from when the manual begins.
func (m manual) day(days int) string {
	m.t.Helper()
	at, err := time.Parse("2006-01-02T15:04", manualBegins)
	if err != nil {
		m.t.Fatal(err)
	}
	return at.AddDate(0, 0, days).Format(time.DateOnly)
}

// files files a complaint that came in so many days from now, and takes a picture of
// the form of one that came today.
func (m manual) files(staff browsertest.Tab, story, offering string, days int) {
	staff.Say("#composer-text", "/klacht")
	m.awaitsForm(staff, "log_complaint")
	for name, text := range map[string]string{
		"description": story, "complainant_name": "Noor Voorbeeld", "email": "noor@example.org", "offering_name": offering,
		"complainant_kind": "participant", "offering_kind": "training", "category": "location", "received_date": m.day(days),
	} {
		staff.Choose(name, text)
	}
	if days == 0 {
		m.shoots(staff, "formulier", `[data-block-id="description"]`)
	}
	staff.Click("#view-submit")
	staff.Await(`/Vastgelegd als K-/.test(document.querySelector("#modal").textContent)`)
}

func (m manual) closes(tab browsertest.Tab) {
	tab.Click("#view-close")
	tab.Await(`!document.querySelector("#modal[open]")`)
}

// presses presses the first such button, and waits for its form.
func (m manual) presses(tab browsertest.Tab, action string) {
	tab.Follow(fmt.Sprintf(`article [data-action-id=%q]`, action))
	m.awaitsForm(tab, action)
}

func (m manual) awaitsForm(tab browsertest.Tab, callback string) {
	tab.Await(fmt.Sprintf(`document.querySelector('#modal[open] [data-callback-id=%q]')`, callback))
}

// shoots takes a picture of the phone with something at its top. Hours and days of
// messages are the machine's own, and left out; the browser's days are written as
// Dutch ones are.
func (m manual) shoots(tab browsertest.Tab, name, selector string) {
	m.t.Helper()
	tab.Eval(fmt.Sprintf(`(() => {
		document.styleSheets[0].insertRule(".day, time, .replies small { display: none !important }")
		for (const e of document.querySelectorAll("input[type=date]")) {
			e.dataset.day = e.value
			e.type = "text"
			e.value = e.value.split("-").reverse().join("-")
		}
		document.activeElement.blur()
		document.querySelector(%q).scrollIntoView()
		return true })()`, selector))
	if *pictures == "" {
		tab.Shoot(name)
	} else if err := keep(tab, filepath.Join(*pictures, name+".png")); err != nil {
		m.t.Fatal(err)
	}
	tab.Eval(`(() => {
		for (const e of document.querySelectorAll("input[data-day]")) {
			e.type = "date"
			e.value = e.dataset.day
		}
		return true })()`)
}

// keep writes what a tab shows into the manual's folder.
func keep(tab browsertest.Tab, file string) error {
	shown, err := tab.Picture()
	if err != nil {
		return err
	}
	small, err := fewColours(shown)
	if err != nil {
		return err
	}
	return os.WriteFile(file, small, 0o600)
}

// fewColours is a picture in its 64 commonest colours: a third of its bytes, and
// nobody sees it in text on a plain ground.
func fewColours(shown []byte) ([]byte, error) {
	picture, err := png.Decode(bytes.NewReader(shown))
	if err != nil {
		return nil, err
	}
	bounds := picture.Bounds()
	times := map[color.Color]int{}
	for y := range bounds.Dy() {
		for x := range bounds.Dx() {
			times[picture.At(x, y)]++
		}
	}
	common := slices.SortedFunc(maps.Keys(times), func(a, b color.Color) int {
		return cmp.Or(times[b]-times[a], cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)))
	})
	palette := color.Palette(common[:min(len(common), 64)])
	nearest := map[color.Color]uint8{}
	for c := range times {
		nearest[c] = uint8(palette.Index(c))
	}
	few := image.NewPaletted(image.Rect(0, 0, bounds.Dx(), bounds.Dy()), palette)
	for y := range bounds.Dy() {
		for x := range bounds.Dx() {
			few.SetColorIndex(x, y, nearest[picture.At(x, y)])
		}
	}
	var b bytes.Buffer
	err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, few)
	return b.Bytes(), err
}
