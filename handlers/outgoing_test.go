package handlers

import (
	"errors"
	"strings"
	"testing"

	"github.com/artra/klachtbot/workflow"
)

// waiting is a document that waits for the officer, and a lane's delivery of
// it.
func waiting(t *testing.T) (*desk, workflow.Delivery) {
	t.Helper()
	d, _ := exporting(t)
	d.pressPDF(t, officer).Then(t.Context())
	all := d.outgoing(t)
	if len(all) != 1 {
		t.Fatalf("%d documents", len(all))
	}
	return d, all[0]
}

func TestOutgoingMessage(t *testing.T) {
	d, delivery := waiting(t)
	m, version, err := d.Render(t.Context(), delivery)
	if err != nil || version != delivery.Version {
		t.Fatalf("version %d, %v", version, err)
	}
	if m.Document.Name != "dossier-K-2026-0001.pdf" || len(m.Document.Content) == 0 {
		t.Errorf("document %q of %d bytes", m.Document.Name, len(m.Document.Content))
	}
	for _, text := range []string{m.Text, m.Document.Comment, textOf(t, m.Blocks)} {
		if text == "" || strings.Contains(text, "Klaas") || passphraseForm.MatchString(text) {
			t.Errorf("beside the file stands %q", text)
		}
	}
}

// TestOutgoingForSomebodyWithoutRights: the roster changed since the document
// was made.
func TestOutgoingForSomebodyWithoutRights(t *testing.T) {
	d, delivery := waiting(t)
	d.Policy.Roster.Officers = []workflow.PersonID{deputy}
	if _, _, err := d.Render(t.Context(), delivery); !errors.Is(err, ErrMoot) {
		t.Errorf("got %v, want ErrMoot", err)
	}
	delivery.Attempts = 2 // the first may have brought it
	m, _, err := d.Render(t.Context(), delivery)
	if err != nil || m.Document == nil || !m.Document.Withheld || m.Document.Content != nil {
		t.Errorf("after an attempt: %+v, %v", m.Document, err)
	}
}

func TestOutgoingThatIsGone(t *testing.T) {
	d, delivery := waiting(t)
	delivery.What = "another"
	if _, _, err := d.Render(t.Context(), delivery); !errors.Is(err, ErrMoot) {
		t.Errorf("got %v, want ErrMoot", err)
	}
}

// TestOutgoingThatIsTakenBack: Slack's file, whoever has which rights by now.
func TestOutgoingThatIsTakenBack(t *testing.T) {
	d, delivery := waiting(t)
	lease, ok, err := d.db.Lease(t.Context())
	if ok || err != nil {
		t.Fatal(lease, err)
	}
	d.Policy.Roster.Officers = []workflow.PersonID{deputy}
	delivery.Surface = workflow.SurfaceRecall
	m, _, err := d.Render(t.Context(), delivery)
	if err != nil || !strings.Contains(m.Text, m.Document.Name) {
		t.Errorf("got %q, %v", m.Text, err)
	}
}
