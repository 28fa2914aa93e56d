package export_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// waitingDocument is a document that waits for the officer, and a lane's
// delivery of it.
func waitingDocument(t *testing.T) (*handlerstest.Fixture, outbox.Delivery) {
	t.Helper()
	d, _ := openedDossier(t)
	pressPDF(t, d, handlerstest.Officer).Then(t.Context())
	all := d.Outgoing(t)
	if len(all) != 1 {
		t.Fatalf("%d documents", len(all))
	}
	return d, all[0]
}

func TestDocument_saysNothingBesideTheFile(t *testing.T) {
	d, delivery := waitingDocument(t)
	m, version, err := d.Render(t.Context(), delivery)
	if err != nil || version != delivery.Version {
		t.Fatalf("version %d, %v", version, err)
	}
	if m.Document.Name != "dossier-K-2026-0001.pdf" || len(m.Document.Content) == 0 {
		t.Errorf("document %q of %d bytes", m.Document.Name, len(m.Document.Content))
	}
	for _, text := range []string{m.Text, m.Document.Comment, handlerstest.TextOf(t, m.Blocks)} {
		if text == "" || strings.Contains(text, "Klaas") || handlerstest.PassphraseForm.MatchString(text) {
			t.Errorf("beside the file stands %q", text)
		}
	}
}

// TestDocument_isWithheldFromWhoLostTheirRights: the roster changed since the
// document was made.
func TestDocument_isWithheldFromWhoLostTheirRights(t *testing.T) {
	d, delivery := waitingDocument(t)
	d.Policy.Roster.Officers = []roster.PersonID{handlerstest.Deputy}
	if _, _, err := d.Render(t.Context(), delivery); !errors.Is(err, core.ErrMoot) {
		t.Errorf("got %v, want ErrMoot", err)
	}
	delivery.Attempts = 2 // the first may have brought it
	m, _, err := d.Render(t.Context(), delivery)
	if err != nil || m.Document == nil || !m.Document.Withheld || m.Document.Content != nil {
		t.Errorf("after an attempt: %+v, %v", m.Document, err)
	}
}

func TestDocument_thatIsGoneIsMoot(t *testing.T) {
	d, delivery := waitingDocument(t)
	delivery.Payload = outbox.DocumentFile{To: handlerstest.Officer, ID: "another"}
	if _, _, err := d.Render(t.Context(), delivery); !errors.Is(err, core.ErrMoot) {
		t.Errorf("got %v, want ErrMoot", err)
	}
}

// TestDocument_isTakenBack: Slack's file, whoever has which rights by now.
func TestDocument_isTakenBack(t *testing.T) {
	d, delivery := waitingDocument(t)
	lease, ok, err := d.DB.Queue().Lease(t.Context())
	if ok || err != nil {
		t.Fatal(lease, err)
	}
	d.Policy.Roster.Officers = []roster.PersonID{handlerstest.Deputy}
	delivery.Payload = outbox.DocumentRecall{To: delivery.Recipient(), ID: outbox.DocumentOf(delivery.Payload)}
	m, _, err := d.Render(t.Context(), delivery)
	if err != nil || !strings.Contains(m.Text, m.Document.Name) {
		t.Errorf("got %q, %v", m.Text, err)
	}
}

// queuedDocument is the register on its way to somebody.
func queuedDocument(t *testing.T, d *handlerstest.Fixture, k outbox.DocumentKind, to roster.PersonID) outbox.Delivery {
	t.Helper()
	id, repeated, err := d.DB.Documents().RequestDocument(t.Context(), outbox.DocumentRequest{Kind: k, By: to, Gesture: "g " + string(to)})
	if err != nil || repeated {
		t.Fatalf("announce: repeated %v, %v", repeated, err)
	}
	o := outbox.Document{ID: id, Kind: k, To: to, Name: "klachtenregister.xlsx", Content: []byte("PK")}
	if err := d.DB.Documents().SendDocument(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	all := d.Outgoing(t)
	if len(all) != 1 {
		t.Fatalf("%d documents", len(all))
	}
	return all[0]
}

// TestDocument_ofNoCaseGoesByTheRole: the role is asked for again when it is
// sent, as far as the document needs it; one without identity has no passphrase
// to speak of.
func TestDocument_ofNoCaseGoesByTheRole(t *testing.T) {
	for k, director := range map[outbox.DocumentKind]bool{
		outbox.DocumentRegister: false, outbox.DocumentOverview: true, outbox.DocumentIdentity: false, outbox.DocumentPerson: true,
	} {
		d := handlerstest.New(t)
		delivery := queuedDocument(t, d, k, handlerstest.Officer)
		m, version, err := d.Render(t.Context(), delivery)
		if err != nil || version != delivery.Version || string(m.Document.Content) != "PK" {
			t.Fatalf("%s: version %d, %v", k, version, err)
		}
		if strings.Contains(m.Document.Comment, "wachtwoord") != k.Identifies() {
			t.Errorf("%s: beside it stands %q", k, m.Document.Comment)
		}
		d.Policy.Roster = roster.Roster{Officers: []roster.PersonID{handlerstest.Deputy}, Directors: []roster.PersonID{handlerstest.Officer}}
		if _, _, err := d.Render(t.Context(), delivery); errors.Is(err, core.ErrMoot) == director {
			t.Errorf("%s for a director: %v", k, err)
		}
		d.Policy.Roster.Directors = nil
		if _, _, err := d.Render(t.Context(), delivery); !errors.Is(err, core.ErrMoot) {
			t.Errorf("%s for somebody without a role: %v", k, err)
		}
	}
}

// TestDocument_thatWasWithdrawnIsNeverSent: its person reads that they may ask
// for it again, not why.
func TestDocument_thatWasWithdrawnIsNeverSent(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Filed(t, handlerstest.PlainFiling())
	delivery := queuedDocument(t, d, outbox.DocumentRegister, handlerstest.Officer)
	about := handlerstest.PlainFiling()
	about.Particulars.Concerns = handlerstest.Officer
	if _, err := d.DB.Apply(t.Context(), workflow.Command{
		Case: c.ID, By: handlerstest.Deputy, Gesture: "correct", Action: workflow.Correct{File: about, Reason: "Het gaat over haar."},
	}); err != nil {
		t.Fatal(err)
	}
	m, _, err := d.Render(t.Context(), delivery)
	if err != nil || m.Document.Content != nil || m.Document.Withheld {
		t.Fatalf("got %+v, %v", m.Document, err)
	}
	if !strings.Contains(m.Text, "klachtenregister.xlsx") || !strings.Contains(m.Text, "opnieuw") || strings.Contains(m.Text, c.Number) {
		t.Errorf("reads %q", m.Text)
	}
}
