package storage

import (
	"testing"
	"time"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestRoundTrip takes a case through the whole procedure; after each step the
// register gives back exactly what the rule book made.
func TestRoundTrip(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		made := h.log("view:1")
		if made.Number != "K-2026-0001" || made.Version != 1 {
			t.Fatalf("made %s version %d", made.Number, made.Version)
		}
		h.same(made)
		for i, step := range []struct {
			day    int
			action workflow.Action
		}{
			{3, workflow.Acknowledge{Sent: sent(3, "We hebben je klacht ontvangen.")}},
			{4, workflow.Question{Sent: sent(4, "Welke zaagmachine?")}},
			{6, workflow.Answer{Date: calendar.NewDate(2026, time.March, 5), Way: workflow.WayPhone, Text: "Die blauwe"}},
			{7, workflow.Note{Text: "Teruggevonden in de kelder"}},
			{9, resolved()},
			{9, workflow.Confirm{Sent: sent(9, "Zoals besproken.")}},
		} {
			h.clock.set(monday.AddDate(0, 0, step.day-2).Add(time.Duration(i) * time.Minute))
			changed := h.do(made.ID, officer, string(step.action.Name()), step.action)
			if changed.Version != i+2 {
				t.Errorf("%s: version %d, want %d", step.action.Name(), changed.Version, i+2)
			}
			h.same(changed)
			deed, err := h.Performed(t.Context(), made.ID, changed.Version)
			if err != nil {
				t.Fatal(err)
			}
			equal(t, "deed", deed, workflow.Performed{Action: step.action.Name(), By: officer, At: h.clock.Now().UTC()})
		}
		equal(t, "dossier", h.dossier(made.ID), wantDossier())
	})
}

// same compares a case with what the register says of it.
func (h *house) same(want workflow.Complaint) {
	h.Helper()
	got, err := h.Case(h.Context(), want.ID)
	if err != nil {
		h.Fatal(err)
	}
	if reveal(got) != reveal(want) {
		h.Error("particulars differ")
	}
	got.Particulars, want.Particulars = workflow.Particulars{}, workflow.Particulars{}
	equal(h, "case "+string(want.State), got, want)
}

// reveal puts the sealed texts in a row, to compare and never to print.
func reveal(c workflow.Complaint) (all string) {
	p := c.Particulars
	for _, text := range []workflow.Confidential{p.Name, p.Email, p.Phone, p.Address, p.Story, p.Wish} {
		all += text.Reveal() + "\x00"
	}
	return all + string(p.Concerns)
}

// entry is a Record in the clear.
type entry struct {
	Kind  workflow.RecordKind
	At    time.Time
	By    roster.PersonID
	Date  string
	Way   workflow.Way
	Texts map[string]string
}

func (h *house) dossier(id workflow.CaseID) (entries []entry) {
	h.Helper()
	records, err := h.Records().Dossier(h.Context(), id)
	if err != nil {
		h.Fatal(err)
	}
	for _, r := range records {
		e := entry{r.Kind, r.At, r.By, r.Date.String(), r.Way, map[string]string{}}
		for field, text := range r.Texts {
			e.Texts[field] = text.Reveal()
		}
		entries = append(entries, e)
	}
	return entries
}

func wantDossier() []entry {
	at := func(day, minute int) time.Time { return time.Date(2026, time.March, day, 9, minute, 0, 0, time.UTC) }
	letter := func(body string) map[string]string {
		return map[string]string{"body": body, "letter": "Beste Jozefien, " + body}
	}
	return []entry{
		{workflow.RecordAcknowledgement, at(3, 0), officer, "2026-03-03", workflow.WayEmail, letter("We hebben je klacht ontvangen.")},
		{workflow.RecordQuestion, at(4, 1), officer, "2026-03-04", workflow.WayEmail, letter("Welke zaagmachine?")},
		{workflow.RecordAnswer, at(6, 2), officer, "2026-03-05", workflow.WayPhone, map[string]string{"answer": "Die blauwe"}},
		{workflow.RecordNote, at(7, 3), officer, "2026-03-07", "", map[string]string{"note": "Teruggevonden in de kelder"}},
		{workflow.RecordDecision, at(9, 4), officer, "2026-03-02", workflow.WayPhone, map[string]string{
			"outcome": "Je krijgt een nieuwe dag.", "remedy": "Gratis herkansing", "verdict": "partly_upheld", "contact_reaction": "Tevreden",
		}},
		{workflow.RecordConfirmation, at(9, 5), officer, "2026-03-09", workflow.WayEmail, letter("Zoals besproken.")},
	}
}

// TestReopened closes the register and opens it again: everything is there.
func TestReopened(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		made := h.log("view:1")
		want := h.do(made.ID, officer, "click:1", workflow.Acknowledge{Sent: sent(2, "Ontvangen")})
		if err := h.Close(); err != nil {
			t.Fatal(err)
		}
		h.open()
		h.same(want)
	})
}

// TestResealed: when a step changes who complains or whom it concerns, the
// sealed part and the keyed hashes follow, and the guard with them.
func TestResealed(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		made := h.log("view:1")
		was, err := h.cases.Load(t.Context(), h.core.Read, cases.ByID, made.ID)
		if err != nil {
			t.Fatal(err)
		}
		corrected := workflow.Change{Complaint: made, Journal: true}
		corrected.Complaint.Version++
		corrected.Complaint.Particulars.Phone = "+49 30 1234567"
		corrected.Complaint.Particulars.Concerns = deputy
		cmd := workflow.Command{Case: made.ID, Action: workflow.Note{}, By: officer, Gesture: "click:1"}
		if err := h.core.Change(t.Context(), func(tx engine.Tx) error {
			return applying{h.DB, tx, cmd, monday}.store(t.Context(), was, &corrected)
		}); err != nil {
			t.Fatal(err)
		}
		h.same(corrected.Complaint)
		_, _, err = h.find(made.Number, deputy)
		mustRefuse(t, err, workflow.CodeNoSuchCase)
		if listed := h.listed(lists.Query{Viewer: deputy}); len(listed) != 0 {
			t.Errorf("listed %v", listed)
		}
		const found = `SELECT count(*) FROM contacts WHERE hash = $1`
		if h.count(found, h.core.Search.Hash(cases.HashPhone, "49301234567")) != 1 || h.count(found, h.core.Search.Hash(cases.HashPhone, "31263337572")) != 0 {
			t.Error("the number is not found by its new value only")
		}
		h.clean()
	})
}
