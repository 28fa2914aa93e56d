package storage

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// march is the absence from one day of March 2026 to another.
func march(from, until int) roster.Period {
	return roster.Period{From: calendar.NewDate(2026, time.March, from), Until: calendar.NewDate(2026, time.March, until)}
}

func (h *house) absent(who roster.PersonID, p roster.Period) {
	h.Helper()
	if err := h.SetAbsence(h.Context(), who, p); err != nil {
		h.Fatal(err)
	}
}

func (h *house) presence() roster.Presence {
	h.Helper()
	p, err := h.Presence(h.Context())
	if err != nil {
		h.Fatal(err)
	}
	return p
}

func (h *house) sweep() {
	h.Helper()
	if _, err := h.Sweep(h.Context(), 100); err != nil {
		h.Fatal(err)
	}
}

// nudged lists who is to be nudged.
func (h *house) nudged() []string {
	h.Helper()
	var people []string
	if err := h.core.Read.All(h.Context(), &people, `SELECT person FROM outbox WHERE surface = 'nudge' ORDER BY person`); err != nil {
		h.Fatal(err)
	}
	return people
}

// TestAbsence: a new case and the nudges about an open one go to the deputy
// while the officer is away, also when that is entered after the nudges were
// planned, and after a restart; then the officer is back.
func TestAbsence(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		open := h.log("view:1")
		h.absent(officer, march(3, 5))
		h.reopen(nil)
		h.clock.set(monday.AddDate(0, 0, 2)) // Wednesday: target(R+2)
		h.sweep()
		equal(t, "nudged", h.nudged(), []string{string(deputy)})
		if c := h.log("view:2"); c.Owner != deputy {
			t.Errorf("a new case goes to %s", c.Owner)
		}
		if c, err := h.Case(t.Context(), open.ID); err != nil || c.Owner != officer {
			t.Errorf("the open case moved to %s, %v", c.Owner, err)
		}
		h.clock.set(monday.AddDate(0, 0, 4)) // Friday
		h.sweep()
		equal(t, "nudged on Friday, about both", h.nudged(), []string{string(deputy), string(deputy), string(officer), string(officer)})
		if c := h.log("view:3"); c.Owner != officer {
			t.Errorf("afterwards a new case goes to %s", c.Owner)
		}
	})
}

func TestAbsencesAreKeptUntilTheyAreOver(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		for _, p := range []roster.Period{march(2, 3), march(9, 10), march(12, 13), march(11, 11), march(9, 10)} {
			h.absent(officer, p)
		}
		h.absent(deputy, march(20, 21))
		equal(t, "joined", sorted(h.presence().Away[officer]), []roster.Period{march(2, 3), march(9, 13)})
		for range 2 {
			if err := h.EndAbsence(t.Context(), officer, march(9, 9).From); err != nil {
				t.Fatal(err)
			}
		}
		equal(t, "ended", h.presence(), roster.Presence{
			Day:  march(2, 2).From,
			Away: map[roster.PersonID][]roster.Period{officer: {march(2, 3)}, deputy: {march(20, 21)}},
		})
		h.clock.set(monday.AddDate(0, 0, 2))
		equal(t, "over", h.presence().Away[officer], []roster.Period(nil))
		if _, err := h.SetDeactivated(t.Context(), director, false); err != nil {
			t.Fatal(err)
		}
		if n := h.count(`SELECT count(*) FROM absences`); n != 1 {
			t.Errorf("%d absences are kept, want the deputy's", n)
		}
	})
}

func sorted(periods []roster.Period) []roster.Period {
	return slices.SortedFunc(slices.Values(periods), func(a, b roster.Period) int { return a.From.Compare(b.From) })
}

func TestAnAbsenceIsRefused(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		mustRefuse(t, h.SetAbsence(t.Context(), officer, march(1, 1)), workflow.CodeDateEarly)
		mustRefuse(t, h.SetAbsence(t.Context(), staff, march(3, 4)), workflow.CodeForbidden)
		equal(t, "away", h.presence().Away, map[roster.PersonID][]roster.Period(nil))
	})
}

// TestManyEnterAbsencesAtOnce: none is lost, and cases can be worked on
// meanwhile.
func TestManyEnterAbsencesAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		made := h.log("view:1")
		for _, err := range together(t.Context(), 12, func(ctx context.Context, i int) error {
			if i%3 == 0 {
				_, err := h.Apply(ctx, workflow.Command{Case: made.ID, Action: workflow.Note{Text: "Gebeld."}, By: deputy, Gesture: fmt.Sprint("view:", i)})
				return err
			}
			return h.SetAbsence(ctx, []roster.PersonID{officer, deputy}[i%2], march(2*i+3, 2*i+3))
		}) {
			if err != nil {
				t.Error(err)
			}
		}
		away := h.presence().Away
		if n := len(away[officer]) + len(away[deputy]); n != 8 {
			t.Errorf("%d of 8 absences are kept", n)
		}
	})
}

// TestGone: an open case of who is deactivated gets another owner at the next
// sweep, one without a promise to watch too; that it is known already is no
// news.
func TestGone(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		open, disputed := h.log("view:1"), h.log("view:2")
		h.do(disputed.ID, officer, "click:1", workflow.Acknowledge{Sent: sent(2, "Ontvangen")})
		h.do(disputed.ID, officer, "click:2", resolved())
		h.do(disputed.ID, officer, "click:3", workflow.Dispute{Date: march(2, 2).From, Reference: "GC 12"})
		for i, want := range []bool{true, false} {
			if changed, err := h.SetDeactivated(t.Context(), officer, true); changed != want || err != nil {
				t.Errorf("time %d: changed %v, %v", i+1, changed, err)
			}
		}
		h.sweep()
		for _, c := range []workflow.Complaint{open, disputed} {
			if now, err := h.Case(t.Context(), c.ID); err != nil || now.Owner != deputy {
				t.Errorf("%s is with %s, %v", c.Number, now.Owner, err)
			}
		}
		for i, want := range []bool{true, false} {
			if changed, err := h.SetDeactivated(t.Context(), officer, false); changed != want || err != nil {
				t.Errorf("back, time %d: changed %v, %v", i+1, changed, err)
			}
		}
		if c := h.log("view:3"); c.Owner != officer {
			t.Errorf("back, and a new case goes to %s", c.Owner)
		}
	})
}

// TestADirectorStandsIn: with one officer, the director reads and does what has
// to be done while that officer is away, on that officer's cases only.
func TestADirectorStandsIn(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		policy := testPolicy(t)
		policy.Roster.Officers = []roster.PersonID{officer}
		h.reopen(policy)
		made := h.log("view:1")
		acknowledge := workflow.Command{
			Case: made.ID, Action: workflow.Acknowledge{Sent: sent(2, "Ontvangen")}, By: director, Gesture: "view:2",
		}
		_, err := h.Apply(t.Context(), acknowledge)
		mustRefuse(t, err, workflow.CodeForbidden)
		h.absent(officer, march(2, 6))
		c, access, err := h.find(made.Number, director)
		if err != nil || access != workflow.AccessFull || c.Particulars.Name == "" {
			t.Errorf("access %d, %v", access, err)
		}
		if _, err := h.Apply(t.Context(), acknowledge); err != nil {
			t.Error(err)
		}
		h.clock.set(monday.AddDate(0, 0, 5))
		if c, access, err = h.find(made.Number, director); err != nil || access != workflow.AccessOverview || c.Particulars.Name != "" {
			t.Errorf("afterwards: access %d, %v", access, err)
		}
	})
}

// TestAHeldCaseOfWhoLeft is asked about with the deputy.
func TestAHeldCaseOfWhoLeft(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		made := h.log("view:1")
		h.do(made.ID, officer, "click:1", resolved())
		h.do(made.ID, officer, "click:2", workflow.Confirm{Sent: sent(2, "Het spijt ons.")})
		h.do(made.ID, officer, "click:3", workflow.Hold{Reason: "Er loopt een zaak.", Review: calendar.NewDate(2026, time.March, 31)})
		if _, err := h.SetDeactivated(t.Context(), officer, true); err != nil {
			t.Fatal(err)
		}
		h.sweep()
		if c, err := h.Case(t.Context(), made.ID); err != nil || c.Owner != deputy {
			t.Errorf("the case is with %s, %v", c.Owner, err)
		}
	})
}
