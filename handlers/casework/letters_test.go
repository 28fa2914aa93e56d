package casework_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/letters"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// bodyOf is what a letter's form proposes.
func bodyOf(t *testing.T, view slack.ModalViewRequest) string {
	t.Helper()
	for _, b := range view.Blocks.BlockSet {
		if in, ok := b.(*slack.InputBlock); ok && in.BlockID == "body" {
			return in.Element.(*slack.PlainTextInputBlockElement).InitialValue
		}
	}
	t.Fatal("no body to edit")
	return ""
}

// letterIn is the text of the last letter of a case.
func letterIn(t *testing.T, d *handlerstest.Fixture, c *workflow.Complaint) string {
	t.Helper()
	records, err := d.DB.Records().Dossier(t.Context(), c.ID)
	if err != nil || len(records) == 0 {
		t.Fatalf("%d entries, %v", len(records), err)
	}
	return records[len(records)-1].Texts["letter"].Reveal()
}

// TestAcknowledge_opensWithAValidDefault: an acknowledgement goes as it is proposed,
// says what is plain of the complaint and never what was told, and asks the officer
// for words of their own.
func TestAcknowledge_opensWithAValidDefault(t *testing.T) {
	for who, hint := range map[roster.PersonID]string{handlerstest.Officer: "in je eigen woorden", handlerstest.English: "in your own words"} {
		for wish, says := range map[workflow.Confidential]string{
			"Geld terug.": "Wat je graag wilt, hebben we genoteerd.", "": "We weten nog niet wat je graag wilt.",
		} {
			d := handlerstest.New(t)
			filing := handlerstest.Filing()
			filing.Particulars.Wish, filing.Facts.Category = wish, "conduct"
			c := d.Filed(t, filing)
			d.Click(t, who, &c, workflow.ActionAcknowledge)
			view := d.Screen.LastModal(t)
			if !strings.Contains(handlerstest.JSONOf(t, view), hint) {
				t.Error("the form does not ask for words of one's own")
			}
			handlerstest.Closes(t, d.Submit(t, who, view, nil))
			got := letterIn(t, d, &c)
			if strings.Contains(got, "koud") || strings.Contains(got, "Geld terug") || strings.Contains(got, "[") ||
				!strings.Contains(got, "dat je klacht gaat over hoe je bent behandeld. "+says) {
				t.Errorf("the letter is\n%s", got)
			}
		}
	}
}

// askingLetters are a firm's own, whose acknowledgement asks the officer for words.
func askingLetters(t *testing.T, d *handlerstest.Fixture) *letters.Letters {
	t.Helper()
	dir := t.TempDir()
	own := `{{define "subject"}}Je klacht {{.Number}}{{end}}{{define "before"}}Beste {{.Name}},{{end}}{{define "after"}}Dag!{{end}}
{{define "body"}}Je klacht gaat over {{placeholder "vul in: waarover"}}{{end}}`
	if err := os.WriteFile(filepath.Join(dir, "acknowledgement.nl.tmpl"), []byte(own), 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := letters.Load(d.Texts, dir)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestAcknowledge_placeholderCantBeSent: what a firm's own body asks the officer to
// write is refused at its field, in their language, with every other mistake.
func TestAcknowledge_placeholderCantBeSent(t *testing.T) {
	for who, says := range map[roster.PersonID]string{handlerstest.Officer: "blokhaken", handlerstest.English: "square brackets"} {
		d := handlerstest.New(t)
		own := askingLetters(t, d)
		d.Use(func(c *handlers.Config) { c.Letters = own })
		c := d.Filed(t, handlerstest.Filing())
		d.Click(t, who, &c, workflow.ActionAcknowledge)
		view := d.Screen.LastModal(t)
		if proposed := bodyOf(t, view); proposed != "Je klacht gaat over [vul in: waarover]" {
			t.Errorf("proposes %q", proposed)
		}
		for _, typed := range []map[string]string{nil, {"way": "phone"}, {"date": "2026-11-24"}} {
			errs := handlerstest.FieldErrors(d.Submit(t, who, view, typed))
			if !strings.Contains(errs["body"], says) || (errs["date"] != "") != (typed["date"] != "") {
				t.Errorf("%s reads %v", who, errs)
			}
		}
		if after := d.Current(t, c.ID); after.Version != c.Version {
			t.Error("something was committed")
		}
		handlerstest.Recorded(t, d.Submit(t, who, view, map[string]string{"body": "Je vond de zaal [lokaal 3] te koud, en wilt je geld terug."}))
		if got := letterIn(t, d, &c); !strings.Contains(got, "Je vond de zaal [lokaal 3] te koud") || strings.Contains(got, "vul in") {
			t.Errorf("the letter is\n%s", got)
		}
	}
}

// TestAcknowledge_nobodyToWriteTo: to somebody who can't be reached nothing is sent,
// so nothing has to be written.
func TestAcknowledge_nobodyToWriteTo(t *testing.T) {
	d := handlerstest.New(t)
	own := askingLetters(t, d)
	d.Use(func(c *handlers.Config) { c.Letters = own })
	filing := handlerstest.Filing()
	filing.Facts.Preferred, filing.Particulars.Name = workflow.ContactNone, "anoniem"
	c := d.Filed(t, filing)
	d.Click(t, handlerstest.Officer, &c, workflow.ActionAcknowledge)
	handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), nil))
}

// TestAcknowledge_toWhomIsCalled: the form says why to write all the same, the letter
// asks where, and one that goes in writing counts for the committee.
func TestAcknowledge_toWhomIsCalled(t *testing.T) {
	const asks = "naar welk e-mailadres of postadres"
	for way, test := range map[string]struct {
		asks bool
		says string
	}{
		"phone": {true, "een e-mail aan ons is genoeg"}, "email": {false, "vanaf 21 december 2026"},
	} {
		d := handlerstest.New(t)
		d.Firm.Committee = []string{"Geschillencommissie Algemeen"}
		filing := handlerstest.Filing()
		filing.Facts.Preferred = workflow.ContactPhone
		c := d.Filed(t, filing)
		d.Click(t, handlerstest.Officer, &c, workflow.ActionAcknowledge)
		view := d.Screen.LastModal(t)
		if shown := handlerstest.JSONOf(t, view); !strings.Contains(shown, "liefst gebeld") || !strings.Contains(shown, asks) {
			t.Error("the form does not say what somebody who is called needs")
		}
		handlerstest.Recorded(t, d.Submit(t, handlerstest.Officer, view, map[string]string{"way": way}))
		if got := letterIn(t, d, &c); strings.Contains(got, asks) != test.asks || !strings.Contains(got, test.says) {
			t.Errorf("by %s the letter is\n%s", way, got)
		}
	}
}

// TestLetter_lateOwnsUp: what came after its date says so, by the day on which it went;
// what was in time does not, even when it is typed later.
func TestLetter_lateOwnsUp(t *testing.T) {
	notice := workflow.Progress{
		Sent: handlerstest.SentOn(calendar.NewDate(2026, 12, 1), workflow.WayEmail), Reason: "Ziek.", Expected: calendar.NewDate(2027, 1, 15),
	}
	for name, test := range map[string]struct {
		now    calendar.Date
		steps  []handlerstest.Step
		action workflow.ActionName
		typed  map[string]string
		late   bool
	}{
		"acknowledgement in time":      {calendar.NewDate(2026, 11, 25), nil, workflow.ActionAcknowledge, nil, false},
		"acknowledgement late":         {calendar.NewDate(2026, 11, 26), nil, workflow.ActionAcknowledge, nil, true},
		"acknowledgement typed late":   {calendar.NewDate(2026, 11, 26), nil, workflow.ActionAcknowledge, map[string]string{"date": "2026-11-25"}, false},
		"notice in time":               {calendar.NewDate(2026, 12, 20), nil, workflow.ActionProgress, nil, false},
		"notice late":                  {calendar.NewDate(2026, 12, 21), nil, workflow.ActionProgress, nil, true},
		"notice before the date named": {calendar.NewDate(2027, 1, 15), []handlerstest.Step{{By: handlerstest.Officer, After: 8 * 24 * time.Hour, Action: notice}}, workflow.ActionProgress, nil, false},
		"notice after the date named":  {calendar.NewDate(2027, 1, 16), []handlerstest.Step{{By: handlerstest.Officer, After: 8 * 24 * time.Hour, Action: notice}}, workflow.ActionProgress, nil, true},
		"question, which has no term":  {calendar.NewDate(2027, 1, 16), nil, workflow.ActionQuestion, nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			d := handlerstest.New(t)
			c := d.Carried(t, append(handlerstest.Stages()["received"], test.steps...)...)
			d.Clock = test.now.Midnight().Add(11 * time.Hour)
			d.Click(t, handlerstest.Officer, &c, test.action)
			handlerstest.Recorded(t, d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), test.typed))
			if got := letterIn(t, d, &c); strings.Contains(got, "Onze excuses") != test.late {
				t.Errorf("the letter is\n%s", got)
			}
		})
	}
}

// TestConfirm_lateOwnsUp: an outcome after the date that was named last says so.
func TestConfirm_lateOwnsUp(t *testing.T) {
	for day, late := range map[calendar.Date]bool{calendar.NewDate(2026, 12, 20): false, calendar.NewDate(2026, 12, 21): true} {
		d := handlerstest.New(t)
		c := d.Carried(t, handlerstest.Stages()["received"]...)
		d.Clock = day.Midnight().Add(11 * time.Hour)
		d.Click(t, handlerstest.Officer, &c, workflow.ActionResolve)
		confirm := handlerstest.Updated(t, d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), handlerstest.DecidedValues()))
		handlerstest.Recorded(t, d.Submit(t, handlerstest.Officer, confirm, nil))
		got := letterIn(t, d, &c)
		if strings.Contains(got, "De uitkomst had je eerder van ons moeten krijgen.") != late {
			t.Errorf("%s: the letter is\n%s", day, got)
		}
		if !strings.Contains(got, "gerechtvaardigd belang") {
			t.Error("the first letter says nothing of privacy")
		}
	}
}

// TestLetter_firstHasPrivacy: what happens to the data is told once in writing.
func TestLetter_firstHasPrivacy(t *testing.T) {
	const told = "gerechtvaardigd belang"
	for way, again := range map[string]bool{"email": false, "letter": false, "phone": true} {
		d := handlerstest.New(t)
		c := d.Filed(t, handlerstest.Filing())
		d.Click(t, handlerstest.Officer, &c, workflow.ActionAcknowledge)
		handlerstest.Recorded(t, d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), map[string]string{"way": way}))
		if !strings.Contains(letterIn(t, d, &c), told) {
			t.Errorf("by %s: not told at first", way)
		}
		c = d.Current(t, c.ID)
		d.Click(t, handlerstest.Officer, &c, workflow.ActionQuestion)
		handlerstest.Recorded(t, d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), nil))
		if strings.Contains(letterIn(t, d, &c), told) != again {
			t.Errorf("by %s: told again: %t", way, !again)
		}
	}
}

// TestLetter_namesTheDatePromisedLast: after a notice no letter names the date that
// it replaced.
func TestLetter_namesTheDatePromisedLast(t *testing.T) {
	d := handlerstest.New(t)
	notice := workflow.Progress{
		Sent: handlerstest.SentOn(calendar.NewDate(2026, 12, 1), workflow.WayEmail), Reason: "Ziek.", Expected: calendar.NewDate(2027, 1, 15),
	}
	c := d.Carried(t, append(handlerstest.Stages()["received"], handlerstest.Step{By: handlerstest.Officer, After: 8 * 24 * time.Hour, Action: notice})...)
	for _, name := range []workflow.ActionName{workflow.ActionQuestion, workflow.ActionProgress} {
		c = d.Current(t, c.ID)
		d.Clock = calendar.NewDate(2026, 12, 2).Midnight().Add(11 * time.Hour)
		d.Click(t, handlerstest.Officer, &c, name)
		handlerstest.Recorded(t, d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), nil))
		if got := letterIn(t, d, &c); !strings.Contains(got, "15 januari 2027") || strings.Contains(got, "20 december 2026") {
			t.Errorf("%s: the letter is\n%s", name, got)
		}
	}
}

// TestLetter_toAClient asks a client whether they booked as a private person; the
// law's committee is for those.
func TestLetter_toAClient(t *testing.T) {
	for _, kind := range workflow.ComplainantKinds() {
		d := handlerstest.New(t)
		d.Firm.Committee = []string{"Geschillencommissie Algemeen"}
		filing := handlerstest.Filing()
		filing.Facts.ComplainantKind = kind
		c := d.Filed(t, filing)
		d.Click(t, handlerstest.Officer, &c, workflow.ActionAcknowledge)
		asked := strings.Contains(handlerstest.JSONOf(t, d.Screen.LastModal(t)), "Heb je als particulier geboekt")
		if asked != strings.HasSuffix(kind, "customer") {
			t.Errorf("%s: asked %t", kind, asked)
		}
	}
}

// TestAcknowledge_goesWhereTheComplainantAsked: the form proposes the way that they
// named, and how the complaint came where they named none.
func TestAcknowledge_goesWhereTheComplainantAsked(t *testing.T) {
	for preferred, want := range map[workflow.Contact]workflow.Way{
		workflow.ContactEmail: workflow.WayEmail, workflow.ContactPhone: workflow.WayPhone, workflow.ContactLetter: workflow.WayLetter,
	} {
		d := handlerstest.New(t)
		filing := handlerstest.Filing()
		filing.Facts.Preferred = preferred
		c := d.Filed(t, filing)
		d.Click(t, handlerstest.Officer, &c, workflow.ActionAcknowledge)
		handlerstest.Recorded(t, d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), nil))
		c = d.Current(t, c.ID)
		if p, _ := c.Promise(workflow.PromiseAcknowledgement); p.Kept.Way != want {
			t.Errorf("%s: went by %s", preferred, p.Kept.Way)
		}
	}
}

// TestLetter_nobodyKnowsTheHandlersName: a letter whose handler can't be looked up
// reads as one without a name, and leaves no mark in its place.
func TestLetter_nobodyKnowsTheHandlersName(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Filed(t, handlerstest.Filing())
	people := handlerstest.People()
	delete(people, c.Owner)
	d.People = people
	d.Click(t, handlerstest.Deputy, &c, workflow.ActionAcknowledge)
	handlerstest.Recorded(t, d.Submit(t, handlerstest.Deputy, d.Screen.LastModal(t), nil))
	got := letterIn(t, d, &c)
	if !strings.Contains(got, "\n\nDe klachtverantwoordelijke behandelt je klacht. ") || !strings.HasSuffix(got, "Met vriendelijke groet,\n\nartra\n") {
		t.Errorf("the letter is\n%s", got)
	}
}
