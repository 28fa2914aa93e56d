package handlers

import (
	"strings"
	"testing"

	"github.com/slack-go/slack"

	hdossier "github.com/artra/klachtbot/handlers/dossier"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// another registers a complaint beside the first one; edits change it.
func (d *desk) another(t testing.TB, gesture string, edits ...func(*workflow.File)) workflow.Complaint {
	t.Helper()
	log := complaintOf()
	for _, edit := range edits {
		edit(&log)
	}
	return d.do(t, "", staff, gesture, log)
}

func (d *desk) do(t testing.TB, id workflow.CaseID, by roster.PersonID, gesture string, a workflow.Action) workflow.Complaint {
	t.Helper()
	done, err := d.db.Apply(t.Context(), workflow.Command{Case: id, Action: a, By: by, Gesture: gesture})
	if err != nil {
		t.Fatal(err)
	}
	return done.Complaint
}

func about(who roster.PersonID) func(*workflow.File) {
	return func(l *workflow.File) { l.Particulars.Concerns = who }
}

// dossierOf opens a dossier and returns what it shows.
func (d *desk) dossierOf(t *testing.T, who roster.PersonID, c workflow.Complaint) slack.ModalViewRequest {
	t.Helper()
	d.click(t, who, &c, workflow.ActionDossier)
	return d.screen.lastModal(t)
}

// beside returns the button beside the sentence that names a case; nil for
// none.
func beside(view slack.ModalViewRequest, action workflow.ActionName, number string) *slack.ButtonBlockElement {
	for _, b := range view.Blocks.BlockSet {
		s, ok := b.(*slack.SectionBlock)
		if !ok || s.Accessory == nil || !strings.Contains(s.Text.Text, number) {
			continue
		}
		if e := s.Accessory.ButtonElement; e != nil && e.ActionID == string(action) {
			return e
		}
	}
	return nil
}

// press presses a button that stands beside a sentence of a modal.
func (d *desk) pressBeside(t *testing.T, who roster.PersonID, view slack.ModalViewRequest, action workflow.ActionName, value string) slack.ModalViewRequest {
	t.Helper()
	d.send(t, who, map[string]any{
		"type": "block_actions", "view": map[string]any{"id": "V0TEST", "type": "modal", "private_metadata": view.PrivateMetadata},
		"container": map[string]any{"type": "view", "view_id": "V0TEST"},
		"actions":   []any{map[string]any{"type": "button", "action_id": string(action), "block_id": "xYz", "value": value}},
	})
	return d.screen.lastModal(t)
}

// entries counts those about links.
func (d *desk) entries(t *testing.T, c workflow.Complaint) (n int) {
	t.Helper()
	records, err := d.db.Records().Dossier(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records {
		if r.Kind == workflow.RecordLink {
			n++
		}
	}
	return n
}

// TestSameComplainant walks from the sentence in the dossier to the link and
// on to the other dossier; clicks that come twice change nothing.
func TestSameComplainant(t *testing.T) {
	d := newDesk(t)
	first, c := d.another(t, "g1"), d.another(t, "g2", func(l *workflow.File) {
		l.Particulars.Email, l.Particulars.Phone = "JAN@Klant.example", "+31 6 12 34 56 78"
	})
	w := d.watched()
	view := d.dossierOf(t, officer, c)
	if got := jsonOf(t, view); !strings.Contains(got, "mogelijk dezelfde klager als "+first.Number) {
		t.Fatalf("the dossier does not tell: %s", got)
	}
	link := beside(view, workflow.ActionLink, first.Number)
	if strings.Contains(link.Value, "@") || strings.Contains(link.Value, "K-") {
		t.Errorf("the button tells %q", link.Value)
	}
	linked := d.pressBeside(t, officer, view, workflow.ActionLink, link.Value)
	d.clicks-- // Slack sends the same click again
	d.pressBeside(t, officer, view, workflow.ActionLink, link.Value)
	d.pressBeside(t, deputy, view, workflow.ActionLink, link.Value) // another officer saw the sentence too
	if n := d.entries(t, c); n != 1 {
		t.Errorf("%d entries", n)
	}
	if text := jsonOf(t, linked); strings.Contains(text, "mogelijk") || !strings.Contains(text, "Gekoppeld aan een andere klacht") {
		t.Errorf("after the link: %s", text)
	}
	checkFits(t, linked)
	open := beside(linked, workflow.ActionDossier, first.Number)
	if open == nil {
		t.Fatal("no way to the other dossier")
	}
	w.seen = nil
	other := d.pressBeside(t, officer, linked, workflow.ActionDossier, open.Value)
	if got := strings.Join(w.seen, ", "); got != "commit dossier, update dossier" {
		t.Errorf("the look at the other: %s", got)
	}
	if !strings.Contains(other.Title.Text, first.Number) || beside(other, workflow.ActionDossier, c.Number) == nil {
		t.Error("the other dossier does not lead back")
	}
}

// TestKinInEnglish: who reads English reads it in English.
func TestKinInEnglish(t *testing.T) {
	d := newDesk(t)
	first, c := d.another(t, "g1"), d.another(t, "g2")
	if got := jsonOf(t, d.dossierOf(t, english, c)); !strings.Contains(got, "possibly the same complainant as "+first.Number) {
		t.Error("no sentence in English")
	}
}

// TestForgedPair: what no dossier offered links nothing, and the officer reads
// why not; of a case that is kept from them the same as of one that never was.
func TestForgedPair(t *testing.T) {
	d := newDesk(t)
	c, guarded := d.another(t, "g1"), d.another(t, "g2", about(officer))
	plain := d.another(t, "g3")
	view := d.dossierOf(t, officer, c)
	if strings.Contains(jsonOf(t, view), "V-") {
		t.Error("the dossier shows a case that concerns the officer")
	}
	press := func(who roster.PersonID, this, other workflow.CaseID) string {
		return textsOf(t, d.pressBeside(t, who, view, workflow.ActionLink, string(this)+".1/"+string(other)).Blocks.BlockSet[0])
	}
	missing := press(officer, c.ID, "NEVERMADE")
	if missing == "" || press(officer, c.ID, guarded.ID) != missing || press(officer, guarded.ID, c.ID) != missing {
		t.Error("a guarded case reads as another than none")
	}
	for _, who := range []roster.PersonID{staff, director, guest} {
		press(who, c.ID, plain.ID)
	}
	press(officer, c.ID, c.ID)
	for _, value := range []string{"", "/", "x", "a.1", "a.1/", "/b", "a.x/b"} {
		if got := d.pressBeside(t, officer, view, workflow.ActionLink, value); got.CallbackID != "notice" {
			t.Errorf("%q shows %s", value, got.CallbackID)
		}
	}
	if n := d.entries(t, c) + d.entries(t, guarded); n != 0 {
		t.Errorf("%d links were made", n)
	}
}

// TestALinkWithAGuardedCase: whom a case concerns sees no sentence, number or
// entry about it in the dossier of a linked one, also when that shows only
// later.
func TestALinkWithAGuardedCase(t *testing.T) {
	d := newDesk(t)
	c, second := d.another(t, "g1"), d.another(t, "g2")
	guarded := d.another(t, "g3", about(officer))
	d.do(t, c.ID, deputy, "link:1", workflow.Link{Other: guarded.ID})
	d.do(t, c.ID, officer, "link:2", workflow.Link{Other: second.ID})
	if got := jsonOf(t, d.dossierOf(t, officer, c)); !strings.Contains(got, "De andere klacht") || !strings.Contains(got, second.Number) {
		t.Error("the link with an ordinary case is not in the dossier")
	}
	log := complaintOf()
	about(officer)(&log)
	moved := d.do(t, second.ID, deputy, "correct", workflow.Correct{File: log, Reason: "Het ging over Omar."})

	forOfficer := jsonOf(t, d.dossierOf(t, officer, c))
	for _, hint := range []string{"V-", second.Number, "ekoppeld", "andere klacht", "elfde klager", string(guarded.ID), string(second.ID)} {
		if strings.Contains(forOfficer, hint) {
			t.Errorf("the dossier shows %q to whom it concerns", hint)
		}
	}
	forDeputy := jsonOf(t, d.dossierOf(t, deputy, c))
	for _, number := range []string{guarded.Number, moved.Number} {
		if strings.Count(forDeputy, number) != 2 {
			t.Errorf("the sentence or entry about %s is not in the handler's dossier", number)
		}
	}
}

func TestKinCantBeRead(t *testing.T) {
	d := newDesk(t)
	c := d.another(t, "g1")
	view := d.dossierOf(t, officer, c)
	d.Forms.Register = noRegister{}
	if got := d.pressBeside(t, officer, view, workflow.ActionLink, kit.RefTo(&c).String()+"/other"); got.CallbackID != "notice" {
		t.Errorf("shown: %s", got.CallbackID)
	}
}

func FuzzPair(f *testing.F) {
	for _, s := range []string{"a.1/b", "a.1/b/c", "/", "a.-1/b", "a.1/"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, ok := hdossier.ParsePair(s)
		if again, same := hdossier.ParsePair(p.String()); ok && (!same || again != p) {
			t.Errorf("%q does not survive", s)
		}
	})
}
