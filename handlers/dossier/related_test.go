package dossier_test

import (
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers"
	hdossier "github.com/artra/klachtbot/handlers/dossier"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

func concerning(who roster.PersonID) func(*workflow.File) {
	return func(l *workflow.File) { l.Particulars.Concerns = who }
}

// dossierOf opens a dossier and returns what it shows.
func dossierOf(t *testing.T, d *handlerstest.Fixture, who roster.PersonID, c workflow.Complaint) slack.ModalViewRequest {
	t.Helper()
	d.Click(t, who, &c, workflow.ActionDossier)
	return d.Screen.LastModal(t)
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

// pressBeside presses a button that stands beside a sentence of a modal.
func pressBeside(t *testing.T, d *handlerstest.Fixture, who roster.PersonID, view slack.ModalViewRequest, action workflow.ActionName, value string) slack.ModalViewRequest {
	t.Helper()
	d.Send(t, who, map[string]any{
		"type": "block_actions", "view": map[string]any{"id": "V0TEST", "type": "modal", "private_metadata": view.PrivateMetadata},
		"container": map[string]any{"type": "view", "view_id": "V0TEST"},
		"actions":   []any{map[string]any{"type": "button", "action_id": string(action), "block_id": "xYz", "value": value}},
	})
	return d.Screen.LastModal(t)
}

// linkEntries counts the entries about links.
func linkEntries(t *testing.T, d *handlerstest.Fixture, c workflow.Complaint) (n int) {
	t.Helper()
	records, err := d.DB.Records().Dossier(t.Context(), c.ID)
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

// TestRelated_linksTheSameComplainant walks from the sentence in the dossier to
// the link and on to the other dossier; clicks that come twice change nothing.
func TestRelated_linksTheSameComplainant(t *testing.T) {
	d := handlerstest.New(t)
	first, c := d.Another(t, "g1"), d.Another(t, "g2", func(l *workflow.File) {
		l.Particulars.Email, l.Particulars.Phone = "JAN@Klant.example", "+31 6 12 34 56 78"
	})
	w := recorded(d)
	view := dossierOf(t, d, handlerstest.Officer, c)
	if got := handlerstest.JSONOf(t, view); !strings.Contains(got, "mogelijk dezelfde klager als "+first.Number) {
		t.Fatalf("the dossier does not say so: %s", got)
	}
	link := beside(view, workflow.ActionLink, first.Number)
	if strings.Contains(link.Value, "@") || strings.Contains(link.Value, "K-") {
		t.Errorf("the button holds %q", link.Value)
	}
	linked := pressBeside(t, d, handlerstest.Officer, view, workflow.ActionLink, link.Value)
	d.Presses-- // Slack sends the same click again
	pressBeside(t, d, handlerstest.Officer, view, workflow.ActionLink, link.Value)
	pressBeside(t, d, handlerstest.Deputy, view, workflow.ActionLink, link.Value) // another officer saw the sentence too
	if n := linkEntries(t, d, c); n != 1 {
		t.Errorf("%d entries", n)
	}
	if text := handlerstest.JSONOf(t, linked); strings.Contains(text, "mogelijk") || !strings.Contains(text, "Gekoppeld aan een andere klacht") {
		t.Errorf("after the link: %s", text)
	}
	handlerstest.CheckFits(t, linked)
	open := beside(linked, workflow.ActionDossier, first.Number)
	if open == nil {
		t.Fatal("no way to the other dossier")
	}
	w.seen = nil
	other := pressBeside(t, d, handlerstest.Officer, linked, workflow.ActionDossier, open.Value)
	if got := strings.Join(w.seen, ", "); got != "commit dossier, update dossier" {
		t.Errorf("opening the other: %s", got)
	}
	if !strings.Contains(other.Title.Text, first.Number) || beside(other, workflow.ActionDossier, c.Number) == nil {
		t.Error("the other dossier does not lead back")
	}
}

// TestRelated_inEnglish: who reads English reads it in English.
func TestRelated_inEnglish(t *testing.T) {
	d := handlerstest.New(t)
	first, c := d.Another(t, "g1"), d.Another(t, "g2")
	if got := handlerstest.JSONOf(t, dossierOf(t, d, handlerstest.English, c)); !strings.Contains(got, "possibly the same complainant as "+first.Number) {
		t.Error("no sentence in English")
	}
}

// TestRelated_forgedPairLinksNothing: what no dossier offered links nothing,
// and the officer reads why not; of a case that is kept from them the same as
// of one that never was.
func TestRelated_forgedPairLinksNothing(t *testing.T) {
	d := handlerstest.New(t)
	c, guarded := d.Another(t, "g1"), d.Another(t, "g2", concerning(handlerstest.Officer))
	plain := d.Another(t, "g3")
	view := dossierOf(t, d, handlerstest.Officer, c)
	if strings.Contains(handlerstest.JSONOf(t, view), "V-") {
		t.Error("the dossier shows a case that concerns the officer")
	}
	press := func(who roster.PersonID, this, other workflow.CaseID) string {
		return handlerstest.TextsOf(t, pressBeside(t, d, who, view, workflow.ActionLink, string(this)+".1/"+string(other)).Blocks.BlockSet[0])
	}
	missing := press(handlerstest.Officer, c.ID, "NEVERMADE")
	if missing == "" || press(handlerstest.Officer, c.ID, guarded.ID) != missing || press(handlerstest.Officer, guarded.ID, c.ID) != missing {
		t.Error("a guarded case reads as another than none")
	}
	for _, who := range []roster.PersonID{handlerstest.Staff, handlerstest.Director, handlerstest.Guest} {
		press(who, c.ID, plain.ID)
	}
	press(handlerstest.Officer, c.ID, c.ID)
	for _, value := range []string{"", "/", "x", "a.1", "a.1/", "/b", "a.x/b"} {
		if got := pressBeside(t, d, handlerstest.Officer, view, workflow.ActionLink, value); got.CallbackID != "notice" {
			t.Errorf("%q shows %s", value, got.CallbackID)
		}
	}
	if n := linkEntries(t, d, c) + linkEntries(t, d, guarded); n != 0 {
		t.Errorf("%d links were made", n)
	}
}

// TestRelated_hidesAGuardedCase: whom a case concerns sees no sentence, number or
// entry about it in the dossier of a linked one, also when that shows only
// later.
func TestRelated_hidesAGuardedCase(t *testing.T) {
	d := handlerstest.New(t)
	c, second := d.Another(t, "g1"), d.Another(t, "g2")
	guarded := d.Another(t, "g3", concerning(handlerstest.Officer))
	d.Apply(t, c.ID, handlerstest.Deputy, "link:1", workflow.Link{Other: guarded.ID})
	d.Apply(t, c.ID, handlerstest.Officer, "link:2", workflow.Link{Other: second.ID})
	if got := handlerstest.JSONOf(t, dossierOf(t, d, handlerstest.Officer, c)); !strings.Contains(got, "De andere klacht") || !strings.Contains(got, second.Number) {
		t.Error("the link with an ordinary case is not in the dossier")
	}
	filing := handlerstest.Filing()
	concerning(handlerstest.Officer)(&filing)
	moved := d.Apply(t, second.ID, handlerstest.Deputy, "correct", workflow.Correct{File: filing, Reason: "Het ging over Omar."})

	forOfficer := handlerstest.JSONOf(t, dossierOf(t, d, handlerstest.Officer, c))
	for _, hint := range []string{"V-", second.Number, "ekoppeld", "andere klacht", "elfde klager", string(guarded.ID), string(second.ID)} {
		if strings.Contains(forOfficer, hint) {
			t.Errorf("the dossier shows %q to whom it concerns", hint)
		}
	}
	forDeputy := handlerstest.JSONOf(t, dossierOf(t, d, handlerstest.Deputy, c))
	for _, number := range []string{guarded.Number, moved.Number} {
		if strings.Count(forDeputy, number) != 2 {
			t.Errorf("the sentence or entry about %s is not in the handler's dossier", number)
		}
	}
}

func TestRelated_saysThatTheRegisterIsLost(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Another(t, "g1")
	view := dossierOf(t, d, handlerstest.Officer, c)
	d.Use(func(c *handlers.Config) { c.Cases = handlerstest.LostRegister{} })
	if got := pressBeside(t, d, handlerstest.Officer, view, workflow.ActionLink, kit.RefTo(&c).String()+"/other"); got.CallbackID != "notice" {
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
