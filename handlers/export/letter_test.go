package export_test

import (
	"context"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/internal/poppler"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

const letterPDF = string(cases.LetterPDF)

// openedLetter is a case with two letters, with its dossier in front of the officer.
func openedLetter(t *testing.T, address workflow.Confidential) (*handlerstest.Fixture, workflow.Complaint) {
	t.Helper()
	d := handlerstest.New(t)
	filing := handlerstest.PlainFiling()
	filing.Particulars.Address = address
	c := d.Filed(t, filing)
	sent := func(subject string) workflow.Sent {
		s := handlerstest.SentOn(calendar.NewDate(2026, 11, 23), workflow.WayLetter)
		s.Letter = workflow.Confidential(subject + " " + c.Number + "\n\nBeste Klaas Klager,\n\nZo zit het.\n")
		return s
	}
	d.Apply(t, c.ID, handlerstest.Officer, "one", workflow.Acknowledge{Sent: sent("Ontvangst van")})
	c = d.Apply(t, c.ID, handlerstest.Officer, "two", workflow.Question{Sent: sent("Een vraag over")})
	d.Click(t, handlerstest.Officer, &c, workflow.ActionDossier)
	return d, c
}

// pressedLetter presses the button of the first letter in the modal on the screen.
func pressedLetter(t *testing.T, d *handlerstest.Fixture, who roster.PersonID) core.Ack {
	t.Helper()
	return d.ClickView(t, who, d.Screen.LastModal(t), letterPDF)
}

// onPaper is what the only document that waits says on paper, opened with the
// passphrase that the modal shows.
func onPaper(t *testing.T, d *handlerstest.Fixture) (name, text string) {
	t.Helper()
	shown := handlerstest.TextOf(t, d.Screen.LastModal(t))
	passphrase := handlerstest.PassphraseForm.FindString(shown)
	waiting := d.Outgoing(t)
	if passphrase == "" || len(waiting) != 1 {
		t.Fatalf("%d documents wait, and the screen says %s", len(waiting), shown)
	}
	m, _, err := d.Render(t.Context(), waiting[0])
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(shown, m.Document.Name) || strings.Contains(d.Written.String(), passphrase) {
		t.Errorf("%s is not named, or the log holds the passphrase", m.Document.Name)
	}
	handlerstest.CheckDocument(t, d, m.Document, passphrase)
	return m.Document.Name, read(t, m.Document.Content, passphrase)
}

// read is the text of an encrypted document, as an independent reader sees it.
func read(t *testing.T, content []byte, passphrase string) string {
	t.Helper()
	out, err := poppler.Run(t, "pdftotext", content, []string{"-upw", passphrase}, "-")
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// exports counts the lines of the journal that say that something was handed out.
func exports(t *testing.T, d *handlerstest.Fixture) *int {
	t.Helper()
	n := new(int)
	d.Use(func(c *handlers.Config) { c.Cases = countingStore{c.Cases, n} })
	return n
}

// TestLetterPDF_ofEachLetter: each letter of the dossier has a button, which makes
// that letter.
func TestLetterPDF_ofEachLetter(t *testing.T) {
	d, c := openedLetter(t, "Dorpsstraat 1, 6811 AB Arnhem")
	dossier := d.Screen.LastModal(t)
	var buttons []string
	for _, b := range dossier.Blocks.BlockSet {
		row, ok := b.(*slack.ActionBlock)
		if !ok {
			continue
		}
		for _, e := range row.Elements.ElementSet {
			if button, ok := e.(*slack.ButtonBlockElement); ok && button.ActionID == letterPDF {
				buttons = append(buttons, cases.LetterKeyOf(button.Value))
			}
		}
	}
	if len(buttons) != 2 || buttons[0] == buttons[1] {
		t.Fatalf("buttons of %q", buttons)
	}
	n := exports(t, d)
	ack := pressedLetter(t, d, handlerstest.Officer)
	if making := handlerstest.TextOf(t, d.Screen.LastModal(t)); ack.Then == nil || !strings.Contains(making, c.Number) || strings.Contains(making, "Klager") || *n != 1 {
		t.Fatalf("%d lines in the journal before the person reads %s", *n, making)
	}
	ack.Then(t.Context())
	name, text := onPaper(t, d)
	if name != "brief-"+c.Number+"-2026-11-23.pdf" {
		t.Errorf("called %s", name)
	}
	for _, want := range []string{"Klaas Klager\nDorpsstraat 1\n6811 AB Arnhem", "Ontvangst van " + c.Number, "Zo zit het.", "23 november 2026", "Ons kenmerk", "artra"} {
		if !strings.Contains(text, want) {
			t.Errorf("does not say %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "Een vraag over") {
		t.Error("the other letter")
	}
}

// TestLetterPDF_asksForTheAddress: where there is none, or one that does not fit, it
// is asked for at its field; it is on the letter, and in the case for the next one.
func TestLetterPDF_asksForTheAddress(t *testing.T) {
	for _, had := range []workflow.Confidential{"", workflow.Confidential(strings.Repeat("Lange Dorpsstraat 1\n", 9))} {
		d, c := openedLetter(t, had)
		n := exports(t, d)
		if ack := pressedLetter(t, d, handlerstest.Officer); ack.Then != nil || *n != 0 {
			t.Error("a letter is made without an address")
		}
		form := d.Screen.LastModal(t)
		if form.CallbackID != letterPDF || strings.Contains(handlerstest.TextOf(t, form), "Klager") || strings.Contains(handlerstest.TextOf(t, form), "Lange") {
			t.Errorf("the form: %s", handlerstest.TextOf(t, form))
		}
		for typed, wants := range map[string]string{" ": "Vul dit", strings.Repeat("Straat 1\n", 9): "venster", strings.Repeat("x", 600): "venster"} {
			errs := handlerstest.FieldErrors(d.Submit(t, handlerstest.Officer, form, map[string]string{"address": typed}))
			if !strings.Contains(errs["address"], wants) {
				t.Errorf("%.10q: %v", typed, errs)
			}
		}
		ack := d.Submit(t, handlerstest.Officer, form, map[string]string{"address": "Kade 2\n1234 AB Dorp"})
		if making := handlerstest.Updated(t, ack); ack.Then == nil || !strings.Contains(handlerstest.TextOf(t, making), c.Number) || *n != 1 {
			t.Fatalf("%d lines in the journal, then %s", *n, handlerstest.TextOf(t, making))
		}
		ack.Then(t.Context())
		if _, text := onPaper(t, d); !strings.Contains(text, "Klaas Klager\nKade 2\n1234 AB Dorp") {
			t.Errorf("not to the address that was typed:\n%s", text)
		}
		if after := d.Current(t, c.ID); after.Particulars.Address != "Kade 2\n1234 AB Dorp" || after.State != c.State || after.Facts != c.Facts {
			t.Errorf("the case was not corrected, or more than that: %+v", after.Facts)
		}
		again := d.Submit(t, handlerstest.Officer, form, map[string]string{"address": "Kade 2\n1234 AB Dorp"})
		if again.Then != nil || len(d.Outgoing(t)) > 0 {
			t.Error("a form that came twice makes a second letter")
		}
	}
}

// TestLetterPDF_isForOfficers: others get none, nor does anybody outside of a modal,
// and the same click makes one.
func TestLetterPDF_isForOfficers(t *testing.T) {
	d, c := openedLetter(t, "Dorpsstraat 1, Arnhem")
	view := d.Screen.LastModal(t)
	for _, who := range []roster.PersonID{handlerstest.Staff, handlerstest.Director, handlerstest.Guest} {
		if ack := d.ClickView(t, who, view, letterPDF); ack.Then != nil {
			t.Errorf("%s may go on", who)
		}
		form := handlerstest.Submit(t, view, who, map[string]string{"address": "x"})
		form.View.CallbackID = letterPDF
		if ack := d.Interaction(t.Context(), form); ack.Then != nil {
			t.Errorf("%s may go on with a form", who)
		}
	}
	d.Click(t, handlerstest.Officer, &c, cases.LetterPDF)
	d.ClickView(t, handlerstest.Officer, view, letterPDF).Then(t.Context())
	d.Presses-- // Slack sends the same click again
	if again := d.ClickView(t, handlerstest.Officer, view, letterPDF); again.Then != nil {
		t.Error("the second delivery of a click makes another")
	}
	if n := len(d.Outgoing(t)); n != 1 || len(d.Screen.Direct) != 1 {
		t.Errorf("%d documents, direct messages %q", n, d.Screen.Direct)
	}
}

// TestLetterPDF_pastTheTerm hands nothing out any more (R10).
func TestLetterPDF_pastTheTerm(t *testing.T) {
	d, c := openedLetter(t, "Dorpsstraat 1, Arnhem")
	d.Apply(t, c.ID, handlerstest.Officer, "three", handlerstest.Decision())
	d.Apply(t, c.ID, handlerstest.Officer, "four", workflow.Confirm{Sent: handlerstest.SentOn(calendar.NewDate(2026, 11, 23), workflow.WayEmail)})
	view := d.Screen.LastModal(t)
	d.Clock = d.Clock.AddDate(2, 1, 0)
	if ack := d.ClickView(t, handlerstest.Officer, view, letterPDF); ack.Then != nil {
		t.Error("a letter is made of a case that is past its term")
	}
	if text := handlerstest.TextOf(t, d.Screen.LastModal(t)); !strings.Contains(text, "bewaartermijn") && !strings.Contains(text, "termijn") {
		t.Errorf("the officer reads %s", text)
	}
}

// TestLetterPDF_saysWhatIsMissing: of characters that can't be printed the officer
// reads before they send the letter.
func TestLetterPDF_saysWhatIsMissing(t *testing.T) {
	d := handlerstest.New(t)
	filing := handlerstest.PlainFiling()
	filing.Particulars.Name, filing.Particulars.Address = "李小龙", "Kade 2, 1234 AB Dorp"
	c := d.Filed(t, filing)
	c = d.Apply(t, c.ID, handlerstest.Officer, "one", workflow.Acknowledge{Sent: handlerstest.SentOn(calendar.NewDate(2026, 11, 23), workflow.WayLetter)})
	d.Click(t, handlerstest.Officer, &c, workflow.ActionDossier)
	pressedLetter(t, d, handlerstest.Officer).Then(t.Context())
	if shown := handlerstest.TextOf(t, d.Screen.LastModal(t)); !strings.Contains(shown, "KLACHTBOT_FONT_DIR") {
		t.Errorf("the officer reads %s", shown)
	}
}

// TestLetterPDF_lostRegister makes nothing, and says so.
func TestLetterPDF_lostRegister(t *testing.T) {
	d, _ := openedLetter(t, "Dorpsstraat 1, Arnhem")
	view := d.Screen.LastModal(t)
	d.Use(func(c *handlers.Config) { c.Cases = handlerstest.LostRegister{} })
	if ack := d.ClickView(t, handlerstest.Officer, view, letterPDF); ack.Then != nil {
		t.Error("goes on without a line in the journal")
	}
	if text := handlerstest.TextOf(t, d.Screen.LastModal(t)); handlerstest.PassphraseForm.MatchString(text) {
		t.Error("shows a passphrase")
	}
}

// TestLetterPDF_afterTheLetterWasRecorded: a letter that goes by post leads there in
// two presses.
func TestLetterPDF_afterTheLetterWasRecorded(t *testing.T) {
	d := handlerstest.New(t)
	filing := handlerstest.PlainFiling()
	filing.Particulars.Address, filing.Facts.Language = "Kade 2, 1234 AB Dorp", "en"
	c := d.Filed(t, filing)
	d.Click(t, handlerstest.Officer, &c, workflow.ActionAcknowledge)
	offer := handlerstest.Updated(t, d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), map[string]string{"way": "letter"}))
	d.ClickView(t, handlerstest.Officer, offer, letterPDF).Then(t.Context())
	if _, text := onPaper(t, d); !strings.Contains(text, "Our reference") || !strings.Contains(text, "Klaas Klager\nKade 2\n1234 AB Dorp") {
		t.Errorf("not the letter in the case's language:\n%s", text)
	}
}

// TestLetterPDF_unknownLetter is refused like any button that nothing stands behind.
func TestLetterPDF_unknownLetter(t *testing.T) {
	d, c := openedLetter(t, "Dorpsstraat 1, Arnhem")
	for _, value := range []string{"", "acknowledgement-1", string(c.ID) + ".1.decision-1"} {
		view := d.Screen.LastModal(t)
		view.Blocks.BlockSet = []slack.Block{slack.NewActionBlock("", slack.NewButtonBlockElement(letterPDF, value, nil))}
		if ack := d.ClickView(t, handlerstest.Officer, view, letterPDF); ack.Then != nil {
			ack.Then(t.Context())
		}
	}
	if n := len(d.Outgoing(t)); n != 0 {
		t.Errorf("%d documents", n)
	}
}

// countingStore counts what was handed out, as it is committed.
type countingStore struct {
	cases.CaseStore
	exports *int
}

func (s countingStore) Apply(ctx context.Context, cmd workflow.Command) (workflow.Result, error) {
	done, err := s.CaseStore.Apply(ctx, cmd)
	if _, export := cmd.Action.(workflow.Export); export && err == nil && !done.Repeated {
		*s.exports++
	}
	return done, err
}

// TestLetterPDF_anonymous: a letter to who stays anonymous begins with the address
// that the officer has, and no name.
func TestLetterPDF_anonymous(t *testing.T) {
	d := handlerstest.New(t)
	filing := handlerstest.PlainFiling()
	filing.Facts.Preferred, filing.Particulars.Name, filing.Particulars.Email = workflow.ContactNone, "anoniem", ""
	c := d.Filed(t, filing)
	c = d.Apply(t, c.ID, handlerstest.Officer, "one", workflow.Acknowledge{Sent: handlerstest.SentOn(calendar.NewDate(2026, 11, 23), workflow.WayLetter)})
	d.Click(t, handlerstest.Officer, &c, workflow.ActionDossier)
	pressedLetter(t, d, handlerstest.Officer)
	ack := d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), map[string]string{"address": "Postbus 12\n1234 AB Dorp"})
	if ack.Then == nil {
		t.Fatalf("the address is refused: %v", handlerstest.FieldErrors(ack))
	}
	ack.Then(t.Context())
	if _, text := onPaper(t, d); !strings.Contains(text, "Postbus 12\n1234 AB Dorp") || strings.Contains(text, "anoniem") {
		t.Errorf("the letter says:\n%s", text)
	}
}
