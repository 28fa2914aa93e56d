package main

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/artra/klachtbot/internal/testclock"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/slacksim/browsertest"
	"github.com/artra/klachtbot/workflow/calendar"
)

// TestQuarter_withEverythingInIt: a director reads, on a phone, of a quarter with a
// remedy that is late, a ruling, an outcome that the complainant was not told and a
// complaint that nobody answered; and once it was dealt with the same message says by
// whom, in the language that they chose meanwhile.
func TestQuarter_withEverythingInIt(t *testing.T) {
	t.Parallel()
	chromium := browsertest.New(t)
	o := newProgramTest(t, "sqlite")
	o.start()
	officer := o.as(demoOfficer)
	o.promised(nil)
	number, root := o.settled()
	o.disputedToRuling(officer, number, root)
	untold := o.as(demoStaff).log(form(func(v slacksim.Values) { v["received_date"] = inDays(-10) }))
	decided := o.caseMessage(demoCases, untold, offers("acknowledge"))
	officer.act(o, demoCases, decided.TS, "acknowledge", nil)
	officer.act(o, demoCases, decided.TS, "resolve", slacksim.Values{
		"verdict": "partly_upheld", "outcome": "Deels gegrond.", "cause": "person", "contact_way": "not_possible", "contact_reaction": "Drie keer gebeld.",
	})
	o.as(demoStaff).log(form(func(v slacksim.Values) { v["received_date"] = inDays(-40) }))
	o.awaitNothingWaits()
	o.stop()
	o.clock(untilReview())
	o.start()
	director := o.as(demoDirector)
	m := o.awaitDirect(demoDirector, "Nog niet besproken", recommends)
	for _, says := range []string{"Toezeggingen: ", "Geschillencommissie", "Te laat: ", "allebei te laat"} {
		if !strings.Contains(string(m.Blocks), says) {
			t.Errorf("the summary does not say %q:\n%s", says, m.Blocks)
		}
	}
	page := strings.TrimSuffix(o.sim.APIURL(), "api/")
	tab := chromium.Open(page + "?as=" + demoDirector + "&in=" + m.Channel)
	tab.Await(`document.body.textContent.includes("Nog niet besproken")`)
	shootMessages(tab, "quarter-nl")
	if !tab.Holds(`document.documentElement.scrollWidth <= innerWidth`) {
		t.Error("the summary is wider than a phone")
	}
	home := director.homeThat(o, "Dag ")
	o.must(director.ClickView(patience(t), home.ID, "home_language", "en"))
	got := director.act(o, m.Channel, m.TS, "recommendation", slacksim.Values{
		"recommendation": "Plan reistijd in.", "owner": demoStaff, "due_date": inDays(untilReview() + 20),
	})
	if !got.Updated {
		t.Errorf("recorded: %+v", got)
	}
	o.awaitDirect(demoDirector, "Reviewed, with 1 recommendation", func(now slacksim.Message) bool { return now.TS == m.TS })
	shown, _ := director.Modal()
	o.must(director.CloseView(patience(t), shown.ID))
	tab.Await(`document.body.textContent.includes("Reviewed, with 1 recommendation") && !document.querySelector("#modal[open]")`)
	shootMessages(tab, "quarter-en")
	o.awaitNothingWaits()
	quarter := calendar.QuarterOf(calendar.Calendar{Location: testclock.Now().Location()}.Today(testclock.Now()))
	printed, code := o.command("report", "--quarter", quarter.String())
	for _, says := range []string{"allebei te laat", "\nartra\n", "Besproken, met 1 aanbeveling: Dirk Mulder", "Plan reistijd in.", "Sanne Bakker, uiterlijk ", ": loopt"} {
		if code != 0 || !strings.Contains(printed, says) {
			t.Errorf("report: %d, does not say %q:\n%s", code, says, printed)
		}
	}
	o.checkNothingLeaked()
}

// shootMessages takes pictures of the messages on a narrow screen, light and dark, from
// the first to the last.
func shootMessages(tab browsertest.Tab, name string) {
	tab.Do(chromedp.EmulateViewport(390, 3200))
	for _, scheme := range []string{"dark", "light"} {
		tab.Do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
			_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
				Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
			})
			return err
		}))
		tab.Shoot(name + "-" + scheme)
	}
}
