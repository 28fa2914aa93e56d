package main

import (
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/artra/klachtbot/slacksim/browsertest"
)

// TestUrgent_inABrowser: on a phone, somebody at the telephone types where the form
// opens, ticks why it can't wait, and reads whom to ring; the officer presses once.
func TestUrgent_inABrowser(t *testing.T) {
	t.Parallel()
	chromium := browsertest.New(t)
	page := startDemo(t, "--confidant", "Anna Smit, 06 5550 0199")
	staff := chromium.Open(page + "?as=" + demoStaff + "&in=C0ALGEMEEN")
	staff.Say("#composer-text", "/klacht")
	staff.Await(`document.querySelector('#modal[open] [data-callback-id="log_complaint"]')`)
	staff.Await(`document.activeElement.name === "description"`)
	staff.Do(chromedp.EmulateViewport(390, 844))
	staff.Shoot("form-top")
	for name, text := range map[string]string{
		"description": "Een deelnemer wordt lastiggevallen.", "complainant_name": "Noor Voorbeeld", "on_behalf_of": "Sam Voorbeeld",
		"phone": "06 1234 5678", "offering_name": "Gesprekstechniek",
	} {
		staff.Choose(name, text)
	}
	staff.Eval(`document.querySelectorAll('#view-form [name="urgent"]').forEach(e => { if (e.value !== "running_course") e.click() }), true`)
	for name, field := range map[string]string{"form-who": "preferred_contact", "form-urgent": "description_more"} {
		staff.Eval(`document.querySelector('#view-form [name="` + field + `"]').scrollIntoView({block: "end"}), true`)
		staff.Shoot(name)
	}
	staff.Click("#view-submit")
	staff.Await(`/Vastgelegd als K-\d{4}-0001/.test(document.querySelector("#modal").textContent)`)
	staff.Await(`document.querySelector("#modal").textContent.includes("Omar Jansen (06 5550 0101) of Lotte Visser")`)
	staff.Await(`document.querySelector("#modal").textContent.includes("Anna Smit, 06 5550 0199")`)
	staff.Shoot("ring")

	officer := chromium.Open(page + "?as=" + demoOfficer)
	officer.Do(chromedp.EmulateViewport(390, 844))
	officer.Await(`document.querySelector("nav [data-dm]")`)
	officer.Eval(`document.querySelector("nav [data-dm]").click(), true`)
	officer.Await(`document.querySelector('article [data-action-id="urgent_seen"]')`)
	officer.Shoot("urgent")
	officer.Click(`article [data-action-id="urgent_seen"]`)
	officer.Await(`/gezien door Omar Jansen/.test(document.body.textContent)`)
	officer.Shoot("seen")
	cases := chromium.Open(page + "?as=" + demoOfficer + "&in=" + demoCases)
	cases.Do(chromedp.EmulateViewport(390, 844))
	cases.Await(`/iemand is niet veilig, ongewenst gedrag \(gezien\)/.test(document.body.textContent)`)
	cases.Shoot("case")
}
