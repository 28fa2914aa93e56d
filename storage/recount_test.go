package storage_test

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/pgtest"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
	"github.com/artra/klachtbot/workflow/roster"
)

// beforePromises holds, for each engine, a register of the program that counted an
// outcome on the day of the decision. Its README tells how they were made.
const beforePromises = "testdata/before-promises"

// registerBefore is a copy of that register, opened on the day on which it was left.
type registerBefore struct {
	*storage.DB
	*testing.T
	numbers map[string]string // by what a case is there for
	today   calendar.Date
}

func openBefore(t *testing.T, engine string) registerBefore {
	t.Helper()
	from, to := filepath.Join(beforePromises, engine), t.TempDir()
	var told struct {
		Today calendar.Date
		Cases []struct{ Name, Number string }
	}
	if err := json.Unmarshal(readOld(t, beforePromises, "cases.json"), &told); err != nil {
		t.Fatal(err)
	}
	r := registerBefore{T: t, numbers: map[string]string{}, today: told.Today}
	for _, c := range told.Cases {
		r.numbers[c.Name] = c.Number
	}
	for _, name := range []string{"register.keys", "register.state"} {
		writeOld(t, to, name, readOld(t, from, name))
	}
	keys, err := vault.OpenKeyFile(filepath.Join(to, "register.keys"))
	storagetest.MustBe(t, err, nil)
	policy := oldPolicy(t)
	policy.Terms.RetentionMonths, policy.Calendar.EveryDay = 24, false
	policy.Roster.Directors = []roster.PersonID{"U0DIRK"}
	now := told.Today.Midnight().Add(12 * time.Hour)
	o := storage.Options{
		Keys: keys, State: filepath.Join(to, "register.state"), Policy: policy, Now: func() time.Time { return now },
		Check: func() storage.ClockCheck { return storage.ClockAgrees },
	}
	if engine == "postgres" {
		o.URL = pgtest.Filled(t, "beforepromises", restoreOld(readOld(t, from, "register.sql")))
	} else {
		writeOld(t, to, "register.db", readOld(t, from, "register.sqlite"))
		o.URL = "sqlite:" + filepath.Join(to, "register.db")
	}
	r.DB, err = storage.Open(t.Context(), o)
	storagetest.MustBe(t, err, nil)
	t.Cleanup(func() { storagetest.MustBe(t, r.Close(), nil) })
	return r
}

// named is the case that is there for that, as it is now.
func (r registerBefore) named(name string) workflow.Complaint {
	r.Helper()
	var id workflow.CaseID
	storagetest.MustBe(r, r.Core().Read.Get(r.Context(), &id, `SELECT id FROM complaints WHERE number = $1`, r.numbers[name]), nil)
	c, err := r.Case(r.Context(), id)
	storagetest.MustBe(r, err, nil)
	return c
}

func (r registerBefore) whole() {
	r.Helper()
	storagetest.MustBe(r, r.Verify(r.Context(), func(f journal.Finding) { r.Errorf("verify finds %+v", f) }), nil)
}

func (r registerBefore) count(query string) (n int) {
	r.Helper()
	storagetest.MustBe(r, r.Core().Read.Get(r.Context(), &n, query), nil)
	return n
}

func (r registerBefore) sweepAll() {
	r.Helper()
	for i := 0; i == 0 || i < 100 && r.count(`SELECT count(*) FROM complaints WHERE counting = ''`) > 0; i++ {
		if _, err := r.Sweep(r.Context(), 10); err != nil {
			r.Fatal(err)
		}
	}
}

// counted is how the outcome of a case of before counts.
type counted struct {
	class, old workflow.Class
	on         string // when it was kept, or ended
	ended      workflow.Ending
	reacted    workflow.Class
}

// outcomesBefore are the cases of the register of before, as the old rule counted them
// and as that of today does.
func outcomesBefore() map[string]counted {
	const inTime, late, open, none = workflow.ClassInTime, workflow.ClassLate, workflow.ClassOpen, workflow.ClassUnreachable
	return map[string]counted{
		"told":      {class: inTime, old: late, on: "2026-06-17", reacted: inTime},
		"untold":    {class: late, old: inTime, on: "2026-06-22", reacted: late},
		"open":      {class: late, old: inTime, reacted: late},
		"withdrawn": {class: inTime, old: inTime, on: "2026-06-17", ended: workflow.EndWithdrawn, reacted: inTime},
		"anonymous": {class: none, old: inTime, on: "2026-06-22", ended: workflow.EndUnreachable, reacted: none},
		"disputed":  {class: late, old: late, reacted: late},
		"ruled":     {class: late, old: late, on: "2026-06-09", reacted: late},
		"noticed":   {class: workflow.ClassNoticed, old: workflow.ClassNoticed, on: "2026-06-21", reacted: inTime},
		"reopened":  {class: inTime, old: inTime, on: "2026-06-21", reacted: inTime},
		"posted":    {class: inTime, old: inTime, on: "2026-06-17", reacted: inTime},
		"waiting":   {class: open, old: open, reacted: inTime},
		"guarded":   {class: inTime, old: inTime, on: "2026-06-17", reacted: inTime},
	}
}

// TestRecount_registerOfBefore: every case of a register of before is counted by the
// day on which the complainant was told, once, with a line in its journal; the figures
// that were kept stay, and the register is whole before and after.
func TestRecount_registerOfBefore(t *testing.T) {
	for _, engine := range storagetest.Engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			r := openBefore(t, engine)
			r.whole()
			spring := calendar.Quarter{Year: 2026, Number: 2}
			kept, err := r.Reviews().Snapshot(t.Context(), spring, review.AudienceShared)
			if err != nil || len(kept) == 0 || strings.Contains(string(kept), "counted_by") {
				t.Fatalf("the kept figures: %d bytes, %v", len(kept), err)
			}
			for name, want := range outcomesBefore() {
				if c := r.named(name); c.Class(r.today) != want.old {
					t.Errorf("%s was %q, want %q", name, c.Class(r.today), want.old)
				}
			}
			r.sweepAll()
			r.whole()
			for name, want := range outcomesBefore() {
				c := r.named(name)
				p, _ := c.Promise(workflow.PromiseOutcome)
				on := p.Kept.On
				if p.Ended != "" {
					on = p.Lapsed
				}
				_, reacted := c.Reacted(r.today)
				if got := (counted{c.Class(r.today), want.old, on.String(), p.Ended, reacted}); got != want {
					t.Errorf("%s: %+v, want %+v", name, got, want)
				}
			}
			lines := r.count(`SELECT count(*) FROM journal WHERE action = 'migrated'`)
			if cases := r.count(`SELECT count(*) FROM complaints`); lines != cases {
				t.Errorf("%d lines of %d cases", lines, cases)
			}
			again, err := r.Reviews().Snapshot(t.Context(), spring, review.AudienceShared)
			storagetest.MustBe(t, err, nil)
			storagetest.Equal(t, "kept figures", string(again), string(kept))
			if c := r.named("open"); c.NextAt.IsZero() || !c.Untold() || c.NextDue().IsZero() {
				t.Errorf("nobody looks at the case that nobody told: %v", c.NextAt)
			}
			for range 3 {
				_, err := r.Sweep(t.Context(), 10)
				storagetest.MustBe(t, err, nil)
			}
			if now := r.count(`SELECT count(*) FROM journal WHERE action = 'migrated'`); now != lines {
				t.Errorf("counted again: %d lines, were %d", now, lines)
			}
		})
	}
}

// TestRecount_beforeAnythingElse: who acts on a case of before acts on it as it counts
// today, whether the sweep was there or not.
func TestRecount_beforeAnythingElse(t *testing.T) {
	for _, engine := range storagetest.Engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			r := openBefore(t, engine)
			c := r.named("open")
			sent := workflow.Sent{Date: r.today, Way: workflow.WayPhone, Body: "Gebeld.", Letter: "Gebeld."}
			done, err := r.Apply(t.Context(), workflow.Command{Case: c.ID, Action: workflow.Confirm{Sent: sent}, By: "U0OMAR", Gesture: "confirm"})
			storagetest.MustBe(t, err, nil)
			p, _ := done.Complaint.Promise(workflow.PromiseOutcome)
			if p.Kept.On != r.today || done.Complaint.Counting != workflow.CountTold || done.Complaint.Class(r.today) != workflow.ClassLate {
				t.Errorf("kept on %s, counted %q, %s", p.Kept.On, done.Complaint.Counting, done.Complaint.Class(r.today))
			}
			var actions []string
			storagetest.MustBe(t, r.Core().Read.All(t.Context(), &actions, `SELECT action FROM journal WHERE complaint = $1 ORDER BY line DESC LIMIT 2`, c.ID), nil)
			storagetest.Equal(t, "the journal", actions, []string{"confirm", "migrated"})
			r.whole()
			r.sweepAll()
			r.whole()
		})
	}
}
