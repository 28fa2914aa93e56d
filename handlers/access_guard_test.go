package handlers

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestAccessIsForOfficers: staff and guests are refused whatever they send; a
// director gets what they handle, which is nothing here.
func TestAccessIsForOfficers(t *testing.T) {
	d := newDesk(t)
	first, _, _, _ := d.jan(t)
	choice := d.asks(t, officer, "jan@vries.example", "")
	for _, who := range []roster.PersonID{staff, guest} {
		if said := answer(t, d.types(t, who, "inzage jan")); said == "" {
			t.Errorf("%s may ask", who)
		}
		if ack := d.ticks(t, who, choice, first); ack.Then != nil {
			t.Errorf("%s may go on", who)
		}
	}
	if got := textOf(t, d.asks(t, director, "jan@vries.example", "")); strings.Contains(got, first.Number) || strings.Contains(got, "antwoorden dat jullie niets bewaren") {
		t.Errorf("a director finds a case that is not theirs, or that there is none: %s", got)
	}
	if ack := d.ticks(t, director, choice, first); ack.Then != nil {
		t.Error("a director takes a case that is not theirs along")
	}
	if n := len(d.outgoing(t)); n != 0 {
		t.Errorf("%d documents", n)
	}
}

// TestAccessOfADirector: who handles a case gives access to it, and to no other.
func TestAccessOfADirector(t *testing.T) {
	d := newDesk(t)
	first, second, _, _ := d.jan(t)
	assign := workflow.Command{Case: first.ID, Action: workflow.Assign{Owner: director}, By: officer, Gesture: "assign"}
	if _, err := d.db.Apply(t.Context(), assign); err != nil {
		t.Fatal(err)
	}
	choice := d.asks(t, director, "de Vries", "")
	if got := textOf(t, choice); !strings.Contains(got, first.Number) || strings.Contains(got, second.Number) {
		t.Errorf("the director chooses from %s", got)
	}
	if ack := d.ticks(t, director, choice, first, second); ack.Then != nil {
		t.Error("takes a case that is not theirs along")
	}
	d.ticks(t, director, choice, first).Then(t.Context())
	d.opened(t, passphraseForm.FindString(textOf(t, d.screen.lastModal(t))))
}

// TestAccessIsWithdrawn: a case that turns out to concern who asked, while the
// document is made or before it was sent, keeps it from them.
func TestAccessIsWithdrawn(t *testing.T) {
	for _, late := range []bool{false, true} {
		d := newDesk(t)
		first, second, _, _ := d.jan(t)
		choice := d.asks(t, officer, "de Vries", "")
		ack := d.ticks(t, officer, choice, first, second)
		if late {
			ack.Then(t.Context())
		}
		l := aLog()
		l.Particulars.Concerns = officer
		correct := workflow.Command{Case: first.ID, Action: workflow.Correct{File: l, Reason: "Gaat over Omar."}, By: deputy, Gesture: "correct"}
		if _, err := d.db.Apply(t.Context(), correct); err != nil {
			t.Fatal(err)
		}
		if !late {
			ack.Then(t.Context())
			if passphraseForm.MatchString(textOf(t, d.screen.lastModal(t))) {
				t.Error("the passphrase is shown")
			}
		}
		for _, delivery := range d.outgoing(t) {
			if m, _, err := d.Render(t.Context(), delivery); err == nil && m.Document.Content != nil {
				t.Errorf("late %v: the document is sent", late)
			}
		}
	}
}

// TestAccessIsGuarded: the modals of an officer about whom there is a complaint
// read exactly like those of one about whom there is none.
func TestAccessIsGuarded(t *testing.T) {
	var seen []string
	for _, concerns := range []roster.PersonID{"", officer} {
		d := newDesk(t)
		d.complaintBy(t, "g1", workflow.Particulars{Name: "Jan de Vries", Email: "jan@vries.example"})
		if concerns != "" {
			d.complaintBy(t, "g2", workflow.Particulars{Name: "Jan de Vries", Email: "jan@vries.example", Concerns: concerns})
		}
		first, err := d.db.Search().List(t.Context(), lists.Query{Viewer: officer})
		if err != nil || len(first.Cases) != 1 {
			t.Fatal(len(first.Cases), err)
		}
		for _, by := range []string{"jan@vries.example", "niemand@nergens.example"} {
			shown := textOf(t, d.asks(t, officer, by, ""))
			seen = append(seen, strings.ReplaceAll(shown, string(first.Cases[0].ID), "case"))
		}
	}
	if seen[0] != seen[2] || seen[1] != seen[3] {
		t.Errorf("with and without a complaint about them:\n%s\n%s", seen[0], seen[2])
	}
	if !strings.Contains(seen[0], "Petra") {
		t.Errorf("nobody else is named who can look: %s", seen[0])
	}
}

// TestAccessOfOneSubmission: the second delivery makes nothing.
func TestAccessOfOneSubmission(t *testing.T) {
	d := newDesk(t)
	first, _, _, _ := d.jan(t)
	choice := d.asks(t, officer, "jan@vries.example", "")
	d.ticks(t, officer, choice, first).Then(t.Context())
	if again := d.ticks(t, officer, choice, first); again.Then != nil {
		t.Error("makes another one")
	}
	if n := len(d.outgoing(t)); n != 1 {
		t.Errorf("%d documents, want 1", n)
	}
}
