package main

import (
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/artra/klachtbot/slacksim/browsertest"
)

// TestDemo_consultOnAPhone: on a narrow screen an officer asks a colleague something, is
// warned of the name in it and sends it without; the colleague finds it on Home, answers,
// and nothing of it is left.
func TestDemo_consultOnAPhone(t *testing.T) {
	t.Parallel()
	chromium := browsertest.New(t)
	page := startDemo(t)
	staff := chromium.Open(page + "?as=" + demoStaff + "&in=C0ALGEMEEN")
	logInBrowser(staff)
	staff.Await(`/Vastgelegd als K-\d{4}-0001/.test(document.querySelector("#modal").textContent)`)
	staff.Click("#view-close")
	staff.Await(`!document.querySelector("#modal[open]")`)
	officer := chromium.Open(page + "?as=" + demoOfficer + "&in=" + demoCases)
	officer.Await(`document.querySelector('article [data-action-id="more"]')`)
	officer.Do(chromedp.EmulateViewport(390, 844))
	officer.Eval(`(() => { const s = document.querySelector('article [data-action-id="more"]'); s.value = "consult"; s.dispatchEvent(new Event("change", {bubbles: true})); return true })()`)
	officer.Await(`document.querySelector('#modal[open] [data-callback-id="consult"]')`)
	officer.Shoot("consult")
	officer.Choose("person", demoStaff)
	officer.Choose("question", "Wat weet je van Noor Voorbeeld?")
	officer.Click("#view-submit")
	officer.Await(`/Er is nog niets verstuurd/.test(document.querySelector("#modal[open]").textContent)`)
	officer.Await(`document.querySelector('#view-form [name="question"]').value === "Wat weet je van Noor Voorbeeld?"`)
	officer.Await(`document.querySelector('#view-form [name="person"]').value === "` + demoStaff + `"`)
	officer.Shoot("consult-found")
	officer.Choose("question", "Stond de zaal dubbel in het rooster?")
	officer.Click("#view-submit")
	officer.Await(`!document.querySelector("#modal[open]")`)
	officer.Shoot("consult-asked")

	colleague := chromium.Open(page + "?as=" + demoStaff + "&in=home")
	colleague.Do(chromedp.EmulateViewport(390, 844))
	colleague.Await(`document.querySelector('#home [data-action-id="consult_answer"]') ||
		fetch("/page/home?as=` + demoStaff + `", {method: "POST"}) && false`)
	colleague.Shoot("home")
	messages := chromium.Open(page + "?as=" + demoStaff)
	messages.Follow("nav [data-dm]")
	messages.Do(chromedp.EmulateViewport(390, 844))
	messages.Await(`document.querySelector('article [data-action-id="consult_answer"]')`)
	messages.Shoot("asked")
	messages.Click(`article [data-action-id="consult_answer"]`)
	messages.Await(`document.querySelector('#modal[open] [data-callback-id="consult_answer"]')`)
	messages.Choose("answer", "Ja, door een fout van de locatie.")
	messages.Shoot("answer")
	messages.Click("#view-submit")
	messages.Await(`/je hebt op .* geantwoord/.test(document.querySelector("article").textContent)`)
	messages.Shoot("answered")
	officer.Await(`/Antwoord van een collega/.test(document.querySelector("article").textContent)`)
	officer.Shoot("case-answered")
}
