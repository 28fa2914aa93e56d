package storage_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// march is the absence from one day of March 2026 to another.
func march(from, until int) roster.Period {
	return roster.Period{From: calendar.NewDate(2026, time.March, from), Until: calendar.NewDate(2026, time.March, until)}
}

func setAbsence(reg *storagetest.Register, who roster.PersonID, p roster.Period) {
	reg.Helper()
	if err := reg.SetAbsence(reg.Context(), who, p); err != nil {
		reg.Fatal(err)
	}
}

func presence(reg *storagetest.Register) roster.Presence {
	reg.Helper()
	p, err := reg.Presence(reg.Context())
	if err != nil {
		reg.Fatal(err)
	}
	return p
}

func sweepOnce(reg *storagetest.Register) {
	reg.Helper()
	if _, err := reg.Sweep(reg.Context(), 100); err != nil {
		reg.Fatal(err)
	}
}

// reminded lists who is to be reminded.
func reminded(reg *storagetest.Register) []string {
	reg.Helper()
	var people []string
	if err := reg.Core().Read.All(reg.Context(), &people, `SELECT person FROM outbox WHERE surface = 'nudge' ORDER BY person`); err != nil {
		reg.Fatal(err)
	}
	return people
}

// TestAbsence_deputyStandsIn: a new case and the reminders about an open one go to the deputy
// while the officer is away, also when that is entered after the reminders were
// planned, and after a restart; then the officer is back.
func TestAbsence_deputyStandsIn(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		open := reg.File("view:1")
		setAbsence(reg, storagetest.Officer, march(3, 5))
		reg.Reopen(nil)
		reg.Clock.Set(storagetest.Monday.AddDate(0, 0, 2)) // Wednesday: target(R+2)
		sweepOnce(reg)
		storagetest.Equal(t, "reminded", reminded(reg), []string{string(storagetest.Deputy)})
		if c := reg.File("view:2"); c.Owner != storagetest.Deputy {
			t.Errorf("a new case goes to %s", c.Owner)
		}
		if c, err := reg.Case(t.Context(), open.ID); err != nil || c.Owner != storagetest.Officer {
			t.Errorf("the open case moved to %s, %v", c.Owner, err)
		}
		reg.Clock.Set(storagetest.Monday.AddDate(0, 0, 4)) // Friday
		sweepOnce(reg)
		storagetest.Equal(t, "reminded on Friday, about both", reminded(reg), []string{string(storagetest.Deputy), string(storagetest.Deputy), string(storagetest.Officer), string(storagetest.Officer)})
		if c := reg.File("view:3"); c.Owner != storagetest.Officer {
			t.Errorf("afterwards a new case goes to %s", c.Owner)
		}
	})
}

func TestAbsence_keptUntilOver(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		for _, p := range []roster.Period{march(2, 3), march(9, 10), march(12, 13), march(11, 11), march(9, 10)} {
			setAbsence(reg, storagetest.Officer, p)
		}
		setAbsence(reg, storagetest.Deputy, march(20, 21))
		storagetest.Equal(t, "joined", sorted(presence(reg).Away[storagetest.Officer]), []roster.Period{march(2, 3), march(9, 13)})
		for range 2 {
			if err := reg.EndAbsence(t.Context(), storagetest.Officer, march(9, 9).From); err != nil {
				t.Fatal(err)
			}
		}
		storagetest.Equal(t, "ended", presence(reg), roster.Presence{
			Day:  march(2, 2).From,
			Away: map[roster.PersonID][]roster.Period{storagetest.Officer: {march(2, 3)}, storagetest.Deputy: {march(20, 21)}},
		})
		reg.Clock.Set(storagetest.Monday.AddDate(0, 0, 2))
		storagetest.Equal(t, "over", presence(reg).Away[storagetest.Officer], []roster.Period(nil))
		if _, err := reg.SetDeactivated(t.Context(), storagetest.Director, false); err != nil {
			t.Fatal(err)
		}
		if n := reg.Count(`SELECT count(*) FROM absences`); n != 1 {
			t.Errorf("%d absences are kept, want the deputy's", n)
		}
	})
}

func sorted(periods []roster.Period) []roster.Period {
	return slices.SortedFunc(slices.Values(periods), func(a, b roster.Period) int { return a.From.Compare(b.From) })
}

func TestAbsence_refused(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		storagetest.MustRefuse(t, reg.SetAbsence(t.Context(), storagetest.Officer, march(1, 1)), workflow.CodeDateEarly)
		storagetest.MustRefuse(t, reg.SetAbsence(t.Context(), storagetest.Staff, march(3, 4)), workflow.CodeForbidden)
		storagetest.Equal(t, "away", presence(reg).Away, map[roster.PersonID][]roster.Period(nil))
	})
}

// TestAbsence_manyAtOnce: none is lost, and cases can be worked on
// meanwhile.
func TestAbsence_manyAtOnce(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		made := reg.File("view:1")
		for _, err := range storagetest.Together(t.Context(), 12, func(ctx context.Context, i int) error {
			if i%3 == 0 {
				_, err := reg.Apply(ctx, workflow.Command{Case: made.ID, Action: workflow.Note{Text: "Gebeld."}, By: storagetest.Deputy, Gesture: fmt.Sprint("view:", i)})
				return err
			}
			return reg.SetAbsence(ctx, []roster.PersonID{storagetest.Officer, storagetest.Deputy}[i%2], march(2*i+3, 2*i+3))
		}) {
			if err != nil {
				t.Error(err)
			}
		}
		away := presence(reg).Away
		if n := len(away[storagetest.Officer]) + len(away[storagetest.Deputy]); n != 8 {
			t.Errorf("%d of 8 absences are kept", n)
		}
	})
}

// TestAbsence_deactivated: an open case of who is deactivated gets another owner at the next
// sweep, one without a promise to watch too; that it is known already is no
// news.
func TestAbsence_deactivated(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		open, disputed := reg.File("view:1"), reg.File("view:2")
		reg.Do(disputed.ID, storagetest.Officer, "click:1", workflow.Acknowledge{Sent: storagetest.Sent(2, "Ontvangen")})
		reg.Do(disputed.ID, storagetest.Officer, "click:2", storagetest.Resolved())
		reg.Do(disputed.ID, storagetest.Officer, "click:3", workflow.Dispute{Date: march(2, 2).From, Reference: "GC 12"})
		for i, want := range []bool{true, false} {
			if changed, err := reg.SetDeactivated(t.Context(), storagetest.Officer, true); changed != want || err != nil {
				t.Errorf("time %d: changed %v, %v", i+1, changed, err)
			}
		}
		sweepOnce(reg)
		for _, c := range []workflow.Complaint{open, disputed} {
			if now, err := reg.Case(t.Context(), c.ID); err != nil || now.Owner != storagetest.Deputy {
				t.Errorf("%s is with %s, %v", c.Number, now.Owner, err)
			}
		}
		for i, want := range []bool{true, false} {
			if changed, err := reg.SetDeactivated(t.Context(), storagetest.Officer, false); changed != want || err != nil {
				t.Errorf("back, time %d: changed %v, %v", i+1, changed, err)
			}
		}
		if c := reg.File("view:3"); c.Owner != storagetest.Officer {
			t.Errorf("back, and a new case goes to %s", c.Owner)
		}
	})
}

// TestAbsence_directorStandsIn: with one officer, the director reads and does what has
// to be done while that officer is away, on that officer's cases only.
func TestAbsence_directorStandsIn(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		policy := storagetest.Policy(t)
		policy.Roster.Officers = []roster.PersonID{storagetest.Officer}
		reg.Reopen(policy)
		made := reg.File("view:1")
		acknowledge := workflow.Command{
			Case: made.ID, Action: workflow.Acknowledge{Sent: storagetest.Sent(2, "Ontvangen")}, By: storagetest.Director, Gesture: "view:2",
		}
		_, err := reg.Apply(t.Context(), acknowledge)
		storagetest.MustRefuse(t, err, workflow.CodeForbidden)
		setAbsence(reg, storagetest.Officer, march(2, 6))
		c, access, err := reg.FindNumber(made.Number, storagetest.Director)
		if err != nil || access != workflow.AccessFull || c.Particulars.Name == "" {
			t.Errorf("access %d, %v", access, err)
		}
		if _, err := reg.Apply(t.Context(), acknowledge); err != nil {
			t.Error(err)
		}
		reg.Clock.Set(storagetest.Monday.AddDate(0, 0, 5))
		if c, access, err = reg.FindNumber(made.Number, storagetest.Director); err != nil || access != workflow.AccessOverview || c.Particulars.Name != "" {
			t.Errorf("afterwards: access %d, %v", access, err)
		}
	})
}

// TestAbsence_heldCaseOfWhoLeft is asked about with the deputy.
func TestAbsence_heldCaseOfWhoLeft(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		made := reg.File("view:1")
		reg.Do(made.ID, storagetest.Officer, "click:1", storagetest.Resolved())
		reg.Do(made.ID, storagetest.Officer, "click:2", workflow.Confirm{Sent: storagetest.Sent(2, "Het spijt ons.")})
		reg.Do(made.ID, storagetest.Officer, "click:3", workflow.Hold{Reason: "Er loopt een zaak.", Review: calendar.NewDate(2026, time.March, 31)})
		if _, err := reg.SetDeactivated(t.Context(), storagetest.Officer, true); err != nil {
			t.Fatal(err)
		}
		sweepOnce(reg)
		if c, err := reg.Case(t.Context(), made.ID); err != nil || c.Owner != storagetest.Deputy {
			t.Errorf("the case is with %s, %v", c.Owner, err)
		}
	})
}

// TestAbsence_heldCasesHaveAnIndex: waking what is on hold costs what is held.
func TestAbsence_heldCasesHaveAnIndex(t *testing.T) {
	reg := storagetest.New(t, storagetest.Address(t, "sqlite"))
	var plan []struct {
		ID      int    `db:"id"`
		Parent  int    `db:"parent"`
		Notused int    `db:"notused"`
		Detail  string `db:"detail"`
	}
	err := reg.Core().Read.All(t.Context(), &plan, "EXPLAIN QUERY PLAN "+storage.WakeHeld, storagetest.Monday)
	if err != nil || len(plan) != 1 || !strings.Contains(plan[0].Detail, "complaints_held") {
		t.Errorf("plan %+v, %v", plan, err)
	}
}
