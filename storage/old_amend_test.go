package storage_test

import (
	"testing"

	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
)

// TestOldRegister_amends: whatever step of a register from before can be taken back
// or amended, or is refused for a reason; the register is whole before and after.
func TestOldRegister_amends(t *testing.T) {
	onOldRegister(t, func(t *testing.T, db *storage.DB) {
		whole := func(when string) {
			err := db.Verify(t.Context(), func(f journal.Finding) { t.Errorf("%s verify finds %+v", when, f) })
			storagetest.MustBe(t, err, nil)
		}
		whole("before")
		var ids []workflow.CaseID
		storagetest.MustBe(t, db.Core().Read.All(t.Context(), &ids, `SELECT DISTINCT r.complaint FROM records r JOIN complaints c ON c.id = r.complaint
				WHERE c.state <> 'erased' ORDER BY r.complaint`), nil)
		done := map[workflow.RecordKind]int{}
		for _, id := range ids {
			amendAll(t, db, id, done)
		}
		for _, kind := range []workflow.RecordKind{workflow.RecordAcknowledgement, workflow.RecordDecision, workflow.RecordConfirmation} {
			if done[kind] == 0 {
				t.Errorf("no %s was put right", kind)
			}
		}
		whole("after")
	})
}

// amendAll puts the way of each step of a case right.
func amendAll(t *testing.T, db *storage.DB, id workflow.CaseID, done map[workflow.RecordKind]int) {
	t.Helper()
	c, err := db.Case(t.Context(), id)
	storagetest.MustBe(t, err, nil)
	records, err := db.Records().Dossier(t.Context(), id)
	storagetest.MustBe(t, err, nil)
	for _, e := range oldPolicy(t).Entries(records, "") {
		a := workflow.Amend{Entry: e.ID, Way: workflow.WayInPerson, Reason: "Aan de balie."}
		if e.Way == "" {
			a.Way, a.Date = "", e.Date.AddDays(-1)
		}
		r, err := db.Apply(t.Context(), workflow.Command{Case: id, Action: a, By: c.Owner, Gesture: "amend " + string(id) + e.ID})
		refused := workflow.Refused(err)
		switch {
		case err == nil:
			if done[e.Kind]++; (r.Complaint.State == workflow.StateClosed) != (c.State == workflow.StateClosed) {
				t.Errorf("%s: %s became %s", e.Kind, c.State, r.Complaint.State)
			}
		case refused == nil, refused.Has(workflow.CodeAmendOld):
			t.Errorf("%s of %s: %v", e.Kind, c.State, err)
		}
	}
}

// TestOldRegister_asksAColleague about the open cases of before, which stay bound.
func TestOldRegister_asksAColleague(t *testing.T) {
	onOldRegister(t, func(t *testing.T, db *storage.DB) {
		var ids []workflow.CaseID
		storagetest.MustBe(t, db.Core().Read.All(t.Context(), &ids, `SELECT id FROM complaints WHERE state NOT IN ('closed', 'erased') AND owner <> '' ORDER BY id`), nil)
		asked := 0
		for _, id := range ids {
			c, err := db.Case(t.Context(), id)
			storagetest.MustBe(t, err, nil)
			a := asking("U0COLLEGA")
			a.AnswerBy = db.Core().Today().AddDays(7)
			_, err = db.Apply(t.Context(), workflow.Command{Case: id, Action: a, By: c.Owner, Gesture: "ask " + string(id)})
			storagetest.MustBe(t, err, nil)
			asked++
		}
		all, err := db.Records().Asked(t.Context(), "U0COLLEGA")
		if err != nil || asked == 0 || len(all) != min(asked, 20) {
			t.Errorf("%d were asked, Home lists %d: %v", asked, len(all), err)
		}
		err = db.Verify(t.Context(), func(f journal.Finding) { t.Errorf("verify finds %+v", f) })
		storagetest.MustBe(t, err, nil)
	})
}
