package storage

import (
	"testing"
	"time"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/roster"
)

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
