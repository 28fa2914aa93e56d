package handlers

import (
	"bytes"
	"context"
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/export"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

var passphraseForm = regexp.MustCompile(`[A-Z0-9]{3}(-[A-Z0-9]{3}){5}`)

// pressPDF presses the button in the modal on the screen, which leaves the
// rest for after the ack.
func (d *desk) pressPDF(t *testing.T, who roster.PersonID) core.Ack {
	t.Helper()
	return d.clickView(t, who, d.screen.lastModal(t), string(export.DossierPDF))
}

// outgoing are the documents that wait to be sent.
func (d *desk) outgoing(t *testing.T) (all []outbox.Delivery) {
	t.Helper()
	for {
		lease, ok, err := d.db.Lease(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			return all
		}
		for {
			next, ok, err := d.db.Next(t.Context(), lease)
			if err != nil {
				t.Fatal(err)
			}
			if !ok {
				break
			}
			if next.Kind() == outbox.KindDocument {
				all = append(all, next)
			}
			posted := &outbox.Posted{Channel: "C0CASES", TS: "1.1", Version: next.Version}
			settled := outbox.Settlement{Posted: posted}
			if next.Kind() == outbox.KindDocument {
				settled = outbox.Settlement{Retry: monday.AddDate(1, 0, 0), Fault: "test"}
			}
			if err := d.db.Settle(t.Context(), lease, next, settled); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// exporting is a case whose dossier the officer has in front of them.
func exporting(t *testing.T) (*desk, workflow.Complaint) {
	t.Helper()
	d := newDesk(t)
	c := d.logged(t, aLog())
	d.click(t, officer, &c, workflow.ActionDossier)
	return d, c
}

func TestExport(t *testing.T) {
	d, c := exporting(t)
	ack := d.pressPDF(t, officer)
	making := textOf(t, d.screen.lastModal(t))
	if ack.Then == nil || !strings.Contains(making, c.Number) || passphraseForm.MatchString(making) {
		t.Fatalf("first the person reads that it is being made, not %s", making)
	}
	ack.Then(t.Context())
	shown := textOf(t, d.screen.lastModal(t))
	passphrase := passphraseForm.FindString(shown)
	if passphrase == "" || !strings.Contains(shown, "dossier-"+c.Number+".pdf") {
		t.Fatalf("no passphrase on the screen, or no word of the file: %s", shown)
	}
	waiting := d.outgoing(t)
	if len(waiting) != 1 {
		t.Fatalf("%d documents wait, want 1", len(waiting))
	}
	m, _, err := d.Render(t.Context(), waiting[0])
	if err != nil {
		t.Fatal(err)
	}
	d.checkDocument(t, m.Document, passphrase)
	if strings.Contains(d.log.String(), passphrase) {
		t.Error("the passphrase stands in the log")
	}
}

// checkDocument opens the document with its passphrase, and with no other.
func (d *desk) checkDocument(t *testing.T, doc *core.Document, passphrase string) {
	t.Helper()
	for word, opens := range map[string]bool{passphrase: true, "AAA-AAA-AAA-AAA-AAA-AAA": false, "": false} {
		var plain bytes.Buffer
		err := api.Decrypt(bytes.NewReader(doc.Content), &plain, model.NewAESConfiguration(word, "", 256))
		if (err == nil) != opens {
			t.Errorf("opens with the passphrase: %v (%d characters)", err == nil, len(word))
		}
	}
	for _, secret := range []string{passphrase, "K-2026", "trainer kwam niet"} {
		if bytes.Contains(doc.Content, []byte(secret)) {
			t.Errorf("%d characters stand in the document as they are", len(secret))
		}
	}
}

// TestExportLeavesALineFirst: when the journal can't be written, nothing is
// made.
func TestExportLeavesALineFirst(t *testing.T) {
	d, _ := exporting(t)
	view := d.screen.lastModal(t)
	d.Forms.Register = noRegister{}
	if ack := d.clickView(t, officer, view, string(export.DossierPDF)); ack.Then != nil {
		t.Error("goes on without a line in the journal")
	}
	if text := textOf(t, d.screen.lastModal(t)); passphraseForm.MatchString(text) {
		t.Error("shows a passphrase")
	}
}

// TestExportOfOneClick: a click that comes twice makes one document, and does
// not take the passphrase from the screen.
func TestExportOfOneClick(t *testing.T) {
	d, c := exporting(t)
	view := d.screen.lastModal(t)
	first := d.clickView(t, officer, view, string(export.DossierPDF))
	first.Then(t.Context())
	shown := len(d.screen.modals)
	d.clicks-- // Slack sends the same click again
	if again := d.clickView(t, officer, view, string(export.DossierPDF)); again.Then != nil {
		t.Error("the second delivery of a click makes another document")
	}
	if len(d.screen.modals) != shown {
		t.Error("the modal with the passphrase was replaced")
	}
	if len(d.screen.direct) != 1 || !strings.Contains(d.screen.direct[0], c.Number) {
		t.Errorf("told %q", d.screen.direct)
	}
	if n := len(d.outgoing(t)); n != 1 {
		t.Errorf("%d documents, want 1", n)
	}
}

// TestExportAgain: who presses anew gets another document with a passphrase of
// its own.
func TestExportAgain(t *testing.T) {
	d, c := exporting(t)
	seen := map[string]bool{}
	for range 2 {
		d.click(t, officer, &c, workflow.ActionDossier)
		d.pressPDF(t, officer).Then(t.Context())
		seen[passphraseForm.FindString(textOf(t, d.screen.lastModal(t)))] = true
	}
	if n := len(d.outgoing(t)); n != 2 || len(seen) != 2 {
		t.Errorf("%d documents, %d passphrases, want 2 of each", n, len(seen))
	}
}

// TestExportIsForOfficers: others are refused, whatever they press, and so is
// who presses outside of a modal.
func TestExportIsForOfficers(t *testing.T) {
	d, c := exporting(t)
	view := d.screen.lastModal(t)
	for _, who := range []roster.PersonID{staff, director, guest} {
		if ack := d.clickView(t, who, view, string(export.DossierPDF)); ack.Then != nil {
			t.Errorf("%s may go on", who)
		}
	}
	d.click(t, officer, &c, export.DossierPDF)
	if n := len(d.outgoing(t)); n != 0 {
		t.Errorf("%d documents", n)
	}
}

// closing is a Slack in which the person closes the modal after some updates.
type closing struct {
	*screenSlack
	after int
}

func (c *closing) UpdateView(ctx context.Context, id string, v slack.ModalViewRequest) error {
	if c.after--; c.after < 0 {
		return errors.New("not_found")
	}
	return c.screenSlack.UpdateView(ctx, id, v)
}

// TestExportThatNobodySaw: without the passphrase the document is worth
// nothing, and is not sent.
func TestExportThatNobodySaw(t *testing.T) {
	d, c := exporting(t)
	d.Slack = &closing{screenSlack: d.screen, after: 1}
	d.pressPDF(t, officer).Then(t.Context())
	if len(d.screen.direct) != 1 || !strings.Contains(d.screen.direct[0], c.Number) {
		t.Errorf("told %q", d.screen.direct)
	}
	if n := len(d.outgoing(t)); n != 0 {
		t.Errorf("%d documents are sent of which nobody has the passphrase", n)
	}
}

// TestDisputeOffersTheDossier: after the dispute was recorded, not after its
// ruling.
func TestDisputeOffersTheDossier(t *testing.T) {
	d := newDesk(t)
	c := d.logged(t, aLog())
	d.now = d.now.AddDate(0, 0, 40) // from any state, once four weeks have passed
	dispute := func(typed map[string]string) core.Ack {
		d.click(t, officer, &c, workflow.ActionDispute)
		return d.submit(t, officer, d.screen.lastModal(t), typed)
	}
	offer := updated(t, dispute(map[string]string{"reference": "GC-12"}))
	d.clickView(t, officer, offer, string(export.DossierPDF)).Then(t.Context())
	if n := len(d.outgoing(t)); n != 1 {
		t.Errorf("%d documents, want 1", n)
	}
	closes(t, dispute(map[string]string{"ruling": "Ongegrond."}))
}

// TestExportHoldsTheFiles: what came with the complaint, not what came with a
// note; what the register lacks is listed.
func TestExportHoldsTheFiles(t *testing.T) {
	d := newDesk(t)
	a := aLog()
	a.Attachments = []workflow.Attachment{{File: "F1", Name: "mail.txt"}, {File: "F2", Name: "foto.jpg"}}
	c := d.logged(t, a)
	d.now = d.now.Add(time.Minute)
	note := workflow.Note{Text: "Zie bijlage.", Attachments: []workflow.Attachment{{File: "F3", Name: "intern.txt"}}}
	if _, err := d.db.Apply(t.Context(), workflow.Command{Case: c.ID, Action: note, By: officer, Gesture: "note"}); err != nil {
		t.Fatal(err)
	}
	for _, ordinal := range []int{1, 3} {
		if err := d.db.Records().TakeAttachment(t.Context(), c.ID, ordinal, []byte("inhoud")); err != nil {
			t.Fatal(err)
		}
	}
	records, err := d.db.Records().Dossier(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	files, err := d.Enclosures(t.Context(), c.ID, records)
	if err != nil || len(files) != 2 {
		t.Fatalf("%d files, %v; want the two of the complaint", len(files), err)
	}
	if files[0].Name != "mail.txt" || string(files[0].Bytes) != "inhoud" || files[1].Name != "foto.jpg" || files[1].Bytes != nil {
		t.Errorf("files of %d and %d bytes", len(files[0].Bytes), len(files[1].Bytes))
	}
}

// TestWhoStandsInReadsAndExports: a director has an officer's rights while
// every officer is away, also on what is sent later; not once one is back.
func TestWhoStandsInReadsAndExports(t *testing.T) {
	d := newDesk(t)
	c := d.logged(t, aLog())
	today := d.Today()
	for _, who := range d.Policy.Roster.Officers {
		if err := d.db.SetAbsence(t.Context(), who, roster.Period{From: today, Until: today}); err != nil {
			t.Fatal(err)
		}
	}
	d.click(t, director, &c, workflow.ActionIdentity)
	if shown := textOf(t, d.screen.lastModal(t)); !strings.Contains(shown, c.Particulars.Name.Reveal()) {
		t.Errorf("the director who stands in reads %s", shown)
	}
	d.click(t, director, &c, workflow.ActionDossier)
	ack := d.pressPDF(t, director)
	if ack.Then == nil {
		t.Fatal("the director who stands in gets no document")
	}
	ack.Then(t.Context())
	waiting := d.outgoing(t)
	if len(waiting) != 1 {
		t.Fatalf("%d documents wait", len(waiting))
	}
	if _, _, err := d.Render(t.Context(), waiting[0]); err != nil {
		t.Errorf("on its way: %v", err)
	}
	if err := d.db.EndAbsence(t.Context(), officer, today); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Render(t.Context(), waiting[0]); !errors.Is(err, core.ErrMoot) {
		t.Errorf("with the officer back: %v", err)
	}
}
