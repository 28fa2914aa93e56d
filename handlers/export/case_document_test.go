package export_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/export"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// pressPDF presses the button in the modal on the screen, which leaves the
// rest for after the ack.
func pressPDF(t *testing.T, d *handlerstest.Fixture, who roster.PersonID) core.Ack {
	t.Helper()
	return d.ClickView(t, who, d.Screen.LastModal(t), string(export.DossierPDF))
}

// openedDossier is a case whose dossier the officer has in front of them.
func openedDossier(t *testing.T) (*handlerstest.Fixture, workflow.Complaint) {
	t.Helper()
	d := handlerstest.New(t)
	c := d.Filed(t, handlerstest.PlainFiling())
	d.Click(t, handlerstest.Officer, &c, workflow.ActionDossier)
	return d, c
}

func TestCaseDocument_opensWithItsPassphrase(t *testing.T) {
	d, c := openedDossier(t)
	ack := pressPDF(t, d, handlerstest.Officer)
	making := handlerstest.TextOf(t, d.Screen.LastModal(t))
	if ack.Then == nil || !strings.Contains(making, c.Number) || handlerstest.PassphraseForm.MatchString(making) {
		t.Fatalf("first the person reads that it is being made, not %s", making)
	}
	ack.Then(t.Context())
	shown := handlerstest.TextOf(t, d.Screen.LastModal(t))
	passphrase := handlerstest.PassphraseForm.FindString(shown)
	if passphrase == "" || !strings.Contains(shown, "dossier-"+c.Number+".pdf") {
		t.Fatalf("no passphrase on the screen, or no word of the file: %s", shown)
	}
	waiting := d.Outgoing(t)
	if len(waiting) != 1 {
		t.Fatalf("%d documents wait, want 1", len(waiting))
	}
	m, _, err := d.Render(t.Context(), waiting[0])
	if err != nil {
		t.Fatal(err)
	}
	handlerstest.CheckDocument(t, d, m.Document, passphrase)
	if strings.Contains(d.Written.String(), passphrase) {
		t.Error("the passphrase stands in the log")
	}
}

// TestCaseDocument_leavesALineFirst: when the journal can't be written, nothing
// is made.
func TestCaseDocument_leavesALineFirst(t *testing.T) {
	d, _ := openedDossier(t)
	view := d.Screen.LastModal(t)
	d.Use(func(c *handlers.Config) { c.Cases = handlerstest.LostRegister{} })
	if ack := d.ClickView(t, handlerstest.Officer, view, string(export.DossierPDF)); ack.Then != nil {
		t.Error("goes on without a line in the journal")
	}
	if text := handlerstest.TextOf(t, d.Screen.LastModal(t)); handlerstest.PassphraseForm.MatchString(text) {
		t.Error("shows a passphrase")
	}
}

// TestCaseDocument_redeliveryMakesNoSecond: a click that comes twice makes one
// document, and does not take the passphrase from the screen.
func TestCaseDocument_redeliveryMakesNoSecond(t *testing.T) {
	d, c := openedDossier(t)
	view := d.Screen.LastModal(t)
	first := d.ClickView(t, handlerstest.Officer, view, string(export.DossierPDF))
	first.Then(t.Context())
	shown := len(d.Screen.Modals)
	d.Presses-- // Slack sends the same click again
	if again := d.ClickView(t, handlerstest.Officer, view, string(export.DossierPDF)); again.Then != nil {
		t.Error("the second delivery of a click makes another document")
	}
	if len(d.Screen.Modals) != shown {
		t.Error("the modal with the passphrase was replaced")
	}
	if len(d.Screen.Direct) != 1 || !strings.Contains(d.Screen.Direct[0], c.Number) {
		t.Errorf("direct messages %q", d.Screen.Direct)
	}
	if n := len(d.Outgoing(t)); n != 1 {
		t.Errorf("%d documents, want 1", n)
	}
}

// TestCaseDocument_newClickMakesAnother: who presses anew gets another document
// with a passphrase of its own.
func TestCaseDocument_newClickMakesAnother(t *testing.T) {
	d, c := openedDossier(t)
	seen := map[string]bool{}
	for range 2 {
		d.Click(t, handlerstest.Officer, &c, workflow.ActionDossier)
		pressPDF(t, d, handlerstest.Officer).Then(t.Context())
		seen[handlerstest.PassphraseForm.FindString(handlerstest.TextOf(t, d.Screen.LastModal(t)))] = true
	}
	if n := len(d.Outgoing(t)); n != 2 || len(seen) != 2 {
		t.Errorf("%d documents, %d passphrases, want 2 of each", n, len(seen))
	}
}

// TestCaseDocument_isForOfficers: others are refused, whatever they press, and
// so is who presses outside of a modal.
func TestCaseDocument_isForOfficers(t *testing.T) {
	d, c := openedDossier(t)
	view := d.Screen.LastModal(t)
	for _, who := range []roster.PersonID{handlerstest.Staff, handlerstest.Director, handlerstest.Guest} {
		if ack := d.ClickView(t, who, view, string(export.DossierPDF)); ack.Then != nil {
			t.Errorf("%s may go on", who)
		}
	}
	d.Click(t, handlerstest.Officer, &c, export.DossierPDF)
	if n := len(d.Outgoing(t)); n != 0 {
		t.Errorf("%d documents", n)
	}
}

// TestCaseDocument_unseenPassphraseSendsNothing: without the passphrase the
// document is worth nothing, and is not sent.
func TestCaseDocument_unseenPassphraseSendsNothing(t *testing.T) {
	d, c := openedDossier(t)
	d.Slack = &handlerstest.Closing{ScreenSlack: d.Screen, After: 1}
	pressPDF(t, d, handlerstest.Officer).Then(t.Context())
	if len(d.Screen.Direct) != 1 || !strings.Contains(d.Screen.Direct[0], c.Number) {
		t.Errorf("direct messages %q", d.Screen.Direct)
	}
	if n := len(d.Outgoing(t)); n != 0 {
		t.Errorf("%d documents are sent of which nobody has the passphrase", n)
	}
}

// TestCaseDocument_isOfferedAfterADispute: after the dispute was recorded, not
// after its ruling.
func TestCaseDocument_isOfferedAfterADispute(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Filed(t, handlerstest.PlainFiling())
	d.Clock = d.Clock.AddDate(0, 0, 40) // from any state, once four weeks have passed
	dispute := func(typed map[string]string) core.Ack {
		d.Click(t, handlerstest.Officer, &c, workflow.ActionDispute)
		return d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), typed)
	}
	offer := handlerstest.Updated(t, dispute(map[string]string{"reference": "GC-12"}))
	d.ClickView(t, handlerstest.Officer, offer, string(export.DossierPDF)).Then(t.Context())
	if n := len(d.Outgoing(t)); n != 1 {
		t.Errorf("%d documents, want 1", n)
	}
	handlerstest.Closes(t, dispute(map[string]string{"ruling": "Ongegrond."}))
}

// TestCaseDocument_holdsTheFilesOfTheComplaint: what came with the complaint,
// not what came with a note; what the register lacks is listed.
func TestCaseDocument_holdsTheFilesOfTheComplaint(t *testing.T) {
	d := handlerstest.New(t)
	a := handlerstest.PlainFiling()
	a.Attachments = []workflow.Attachment{{File: "F1", Name: "mail.txt"}, {File: "F2", Name: "foto.jpg"}}
	c := d.Filed(t, a)
	d.Clock = d.Clock.Add(time.Minute)
	note := workflow.Note{Text: "Zie bijlage.", Attachments: []workflow.Attachment{{File: "F3", Name: "intern.txt"}}}
	if _, err := d.DB.Apply(t.Context(), workflow.Command{Case: c.ID, Action: note, By: handlerstest.Officer, Gesture: "note"}); err != nil {
		t.Fatal(err)
	}
	for _, ordinal := range []int{1, 3} {
		if err := d.DB.Records().TakeAttachment(t.Context(), c.ID, ordinal, []byte("inhoud")); err != nil {
			t.Fatal(err)
		}
	}
	records, err := d.DB.Records().Dossier(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	files, err := handlerOf(d).Enclosures(t.Context(), c.ID, records)
	if err != nil || len(files) != 2 {
		t.Fatalf("%d files, %v; want the two of the complaint", len(files), err)
	}
	if files[0].Name != "mail.txt" || string(files[0].Bytes) != "inhoud" || files[1].Name != "foto.jpg" || files[1].Bytes != nil {
		t.Errorf("files of %d and %d bytes", len(files[0].Bytes), len(files[1].Bytes))
	}
}

// TestCaseDocument_isForWhoStandsIn: a director has an officer's rights while
// every officer is away, also on what is sent later; not once one is back.
func TestCaseDocument_isForWhoStandsIn(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Filed(t, handlerstest.PlainFiling())
	today := d.Today()
	for _, who := range d.Policy.Roster.Officers {
		if err := d.DB.SetAbsence(t.Context(), who, roster.Period{From: today, Until: today}); err != nil {
			t.Fatal(err)
		}
	}
	d.Click(t, handlerstest.Director, &c, workflow.ActionIdentity)
	if shown := handlerstest.TextOf(t, d.Screen.LastModal(t)); !strings.Contains(shown, c.Particulars.Name.Reveal()) {
		t.Errorf("the director who stands in reads %s", shown)
	}
	d.Click(t, handlerstest.Director, &c, workflow.ActionDossier)
	ack := pressPDF(t, d, handlerstest.Director)
	if ack.Then == nil {
		t.Fatal("the director who stands in gets no document")
	}
	ack.Then(t.Context())
	waiting := d.Outgoing(t)
	if len(waiting) != 1 {
		t.Fatalf("%d documents wait", len(waiting))
	}
	if _, _, err := d.Render(t.Context(), waiting[0]); err != nil {
		t.Errorf("on its way: %v", err)
	}
	if err := d.DB.EndAbsence(t.Context(), handlerstest.Officer, today); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Render(t.Context(), waiting[0]); !errors.Is(err, core.ErrMoot) {
		t.Errorf("with the officer back: %v", err)
	}
}

// handlerOf is the subject's own part of the fixture.
func handlerOf(f *handlerstest.Fixture) *export.Handler {
	return export.New(cases.NewForms(f.Env, f.Config.Cases), f.Config.Documents, f.Config.Contents, f.Config.Registers, nil)
}
