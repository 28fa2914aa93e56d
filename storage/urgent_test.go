package storage_test

import (
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
	"github.com/artra/klachtbot/workflow/urgency"
)

// urgent is the sample complaint, which can't wait.
func urgent(kinds ...string) workflow.File {
	l := storagetest.Sample()
	l.Facts.Urgent = urgency.NewSet(kinds...)
	return l
}

// waitsFor are the lanes in which a message about something urgent waits.
const waitsFor = `SELECT count(*) FROM outbox WHERE surface = 'urgent' AND lane = $1 AND slot = $2 AND due_at <= $3`

func mustWait(reg *storagetest.Register, slot string, who ...roster.PersonID) {
	reg.Helper()
	now := reg.Core().Wall().UnixMilli()
	for _, one := range who {
		if n := reg.Count(waitsFor, string(outbox.DirectLane(one)), slot, now); n != 1 {
			reg.Errorf("%d messages wait for %s", n, one)
		}
	}
	if n := reg.Count(`SELECT count(*) FROM outbox WHERE surface = 'urgent' AND slot = $1`, slot); n != len(who) {
		reg.Errorf("%d messages of call %s wait, want %d", n, slot, len(who))
	}
}

// TestUrgent_isKeptAndWaitsForNobody: what is urgent is read back as it was, on both
// engines and through another start; its messages are due at once, and the journal
// binds who was told and who saw it.
func TestUrgent_isKeptAndWaitsForNobody(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		reg.Clock.Set(storagetest.Monday.AddDate(0, 0, 5).Add(14 * time.Hour)) // on a Saturday night
		c := reg.Do("", storagetest.Staff, "view:1", urgent("safety", "conduct"))
		reg.MustHold(c)
		mustWait(reg, "1", storagetest.Officer, storagetest.Deputy)
		reg.Reopen(nil)
		reg.MustHold(c)
		reg.MustVerify()
		reg.SweepAll()
		if n := reg.Count(`SELECT count(*) FROM outbox WHERE surface = 'urgent' AND slot <> '1'`); n != 0 {
			t.Errorf("%d others are told before the hour is over", n)
		}
		reg.Clock.Set(reg.Clock.Now().Add(time.Hour))
		reg.SweepAll()
		mustWait(reg, "2", storagetest.Deputy, storagetest.Director)
		reg.MustVerify()
		seen := reg.Do(c.ID, storagetest.Director, "click:1", workflow.SeeUrgent{})
		reg.MustHold(seen)
		again, err := reg.Apply(t.Context(), workflow.Command{Case: c.ID, Action: workflow.SeeUrgent{}, By: storagetest.Director, Gesture: "click:1"})
		if err != nil || !again.Repeated {
			t.Errorf("a press that came twice: %v", err)
		}
		_, err = reg.Apply(t.Context(), workflow.Command{Case: c.ID, Action: workflow.SeeUrgent{}, By: storagetest.Staff, Gesture: "click:2"})
		if !workflow.Refused(err).Has(workflow.CodeForbidden) {
			t.Errorf("who logged it says that they saw it: %v", err)
		}
		reg.MustVerify()
		for _, column := range []string{"urgent", "urgent_calls"} {
			reg.Exec(`UPDATE complaints SET `+column+` = '' WHERE id = $1`, c.ID)
			if len(reg.Findings()) == 0 {
				t.Errorf("nobody finds that %s was changed", column)
			}
			reg.Exec(`UPDATE complaints SET urgent = $2, urgent_calls = $3 WHERE id = $1`, c.ID, string(seen.Facts.Urgent), string(seen.Calls))
			reg.MustVerify()
		}
	})
}

// TestUrgent_filedTwiceTellsOnce: a filing that came twice tells once.
func TestUrgent_filedTwiceTellsOnce(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		first := reg.Do("", storagetest.Staff, "view:1", urgent("safety"))
		again, err := reg.Apply(t.Context(), workflow.Command{Action: urgent("safety"), By: storagetest.Staff, Gesture: "view:1"})
		if err != nil || !again.Repeated || again.Complaint.ID != first.ID {
			t.Fatalf("%+v, %v", again.Repeated, err)
		}
		mustWait(reg, "1", storagetest.Officer, storagetest.Deputy)
	})
}

// TestUrgent_turnsOutToConcernWhoWasTold: what waits for that person stays theirs, and
// whoever handles the case then is told.
func TestUrgent_turnsOutToConcernWhoWasTold(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c := reg.Do("", storagetest.Staff, "view:1", urgent("safety"))
		correct := workflow.Correct{File: urgent("safety"), Reason: "Het ging over haar."}
		correct.Particulars.Concerns = storagetest.Officer
		moved := reg.Do(c.ID, storagetest.Deputy, "correct", correct)
		if moved.Owner != storagetest.Deputy || !moved.Guarded() {
			t.Fatalf("handled by %s", moved.Owner)
		}
		mustWait(reg, "2", storagetest.Deputy)
		reg.MustHold(moved)
		reg.MustVerify()
	})
}

// TestOldRegister_hasNothingUrgent: a register from before opens as it was, its cases
// read as before, and one that is urgent can be filed.
func TestOldRegister_hasNothingUrgent(t *testing.T) {
	onOldRegister(t, func(t *testing.T, db *storage.DB) {
		var ids []workflow.CaseID
		storagetest.MustBe(t, db.Core().Read.All(t.Context(), &ids, `SELECT id FROM complaints WHERE state <> 'erased'`), nil)
		for _, id := range ids {
			c, err := db.Case(t.Context(), id)
			storagetest.MustBe(t, err, nil)
			if c.Facts.Urgent != "" || c.Calls != "" || c.Particulars.OnBehalfOf != "" || c.Facts.Category == "" || c.Particulars.Name == "" {
				t.Errorf("%s reads otherwise", c.Number)
			}
		}
		file := urgent("conduct")
		file.Facts.Received = db.Core().Today()
		file.Facts.Incident = file.Facts.Received
		r, err := db.Apply(t.Context(), workflow.Command{Action: file, By: "U0LOTTE", Gesture: "urgent"})
		storagetest.MustBe(t, err, nil)
		c, err := db.Case(t.Context(), r.Complaint.ID)
		storagetest.MustBe(t, err, nil)
		if len(ids) == 0 || c.Facts.Urgent != "conduct" || c.Calls != r.Complaint.Calls {
			t.Errorf("%d old cases, and %q", len(ids), c.Facts.Urgent)
		}
		storagetest.MustBe(t, db.Verify(t.Context(), func(f journal.Finding) { t.Errorf("verify finds %+v", f) }), nil)
	})
}
