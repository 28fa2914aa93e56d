package storage

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/roster"
)

// received is the sample, received on another day.
func received(d calendar.Date) workflow.File {
	l := sample()
	l.Facts.Received, l.Facts.Incident = d, calendar.Date{}
	return l
}

// shelved fills a register on Friday 6 March: 0001 was due on the 4th, 0002 is
// due on Saturday the 7th, 0003 waits for the complainant and is due later,
// 0004 was closed today, 0005 is as 0002.
func (h *house) shelved() {
	h.Helper()
	friday := calendar.NewDate(2026, time.March, 6)
	h.clock.set(monday.AddDate(0, 0, 4))
	for i, day := range []int{-7, -4, -2, -1, -4} {
		h.do("", staff, fmt.Sprint("view:", i), received(friday.AddDays(day)))
	}
	asked := h.byNumber("K-2026-0003")
	h.do(asked, officer, "click:1", workflow.Acknowledge{Sent: sent(6, "Ontvangen")})
	h.do(asked, officer, "click:2", workflow.Question{Sent: sent(6, "Wanneer was dat?")})
	h.close("K-2026-0004", 6)
}

func (h *house) byNumber(number string) workflow.CaseID {
	h.Helper()
	c, _, err := h.find(number, deputy)
	if err != nil {
		h.Fatal(err)
	}
	return c.ID
}

func (h *house) close(number string, day int) {
	h.Helper()
	id := h.byNumber(number)
	decision := resolved()
	decision.Contact = calendar.NewDate(2026, time.March, day)
	h.do(id, deputy, "resolve:"+number, decision)
	h.do(id, deputy, "confirm:"+number, workflow.Confirm{Sent: sent(day, "Klaar")})
}

// TestFilteredLists: what stands in each list, page by page, and what its
// count says.
func TestFilteredLists(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.shelved()
		for filter, want := range map[lists.Filter]string{
			lists.FilterOpen:    "1 2 3 5",
			lists.FilterOverdue: "1",
			lists.FilterToday:   "2 5", // Saturday is before the next working day
			lists.FilterWaiting: "3",
			lists.FilterHandled: "1 2 3 5",
			lists.FilterLogged:  "",
			lists.FilterClosed:  "4",
		} {
			for limit := range 4 {
				q := lists.Query{Viewer: officer, Filter: filter, Month: calendar.NewDate(2026, time.March, 31), Limit: limit}
				equal(t, fmt.Sprint(filter, " by ", limit), strings.Join(h.walk(q), " "), want)
			}
		}
		counts, err := h.Search().Counts(t.Context(), officer)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "counts", counts, lists.Counts{
			lists.FilterOpen: 4, lists.FilterOverdue: 1, lists.FilterToday: 2, lists.FilterWaiting: 1,
		})
		april := lists.Query{Viewer: officer, Filter: lists.FilterClosed, Month: calendar.NewDate(2026, time.April, 1)}
		if got := h.walk(april); len(got) > 0 {
			t.Errorf("closed in another month: %v", got)
		}
	})
}

// walk leafs through a list and returns the last digits of the numbers.
func (h *house) walk(q lists.Query) (numbers []string) {
	h.Helper()
	for pages := 0; pages < 20; pages++ {
		p, err := h.Search().List(h.Context(), q)
		if err != nil {
			h.Fatal(err)
		}
		for _, c := range p.Cases {
			numbers = append(numbers, strings.TrimLeft(c.Number[len(c.Number)-4:], "0"))
		}
		if q.After = p.Next; p.Next == "" {
			return numbers
		}
	}
	h.Fatalf("a list without end: %v", numbers)
	return nil
}

// TestOrderOfDue: the earliest date first, and a number only once, over pages.
func TestOrderOfDue(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.clock.set(monday.AddDate(0, 0, 4))
		for i, day := range []int{20, 10, 20, 5, 10, 10} {
			h.do("", staff, fmt.Sprint("view:", i), received(calendar.NewDate(2026, time.February, day)))
		}
		for limit := range 5 {
			got := h.walk(lists.Query{Viewer: officer, Filter: lists.FilterOverdue, Limit: limit})
			equal(t, "overdue", strings.Join(got, " "), "4 2 5 6 1 3")
		}
	})
}

// TestWhoMayList: a list that the roster does not give somebody is refused.
func TestWhoMayList(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.shelved()
		for who, may := range map[roster.PersonID][]lists.Filter{
			director: lists.Filters(h.options.Policy.Roster, director), staff: {lists.FilterLogged},
		} {
			for _, f := range lists.Filters(h.options.Policy.Roster, officer) {
				_, err := h.Search().List(t.Context(), lists.Query{Viewer: who, Filter: f})
				if slices.Contains(may, f) {
					equal(t, fmt.Sprint(who, f), err, nil)
				} else {
					mustRefuse(t, err, workflow.CodeForbidden)
				}
			}
		}
		for who, want := range map[roster.PersonID]lists.Counts{
			director: {lists.FilterOpen: 4, lists.FilterOverdue: 1}, staff: {}, "": {},
		} {
			got, err := h.Search().Counts(t.Context(), who)
			if err != nil {
				t.Fatal(err)
			}
			equal(t, "counts of "+string(who), got, want)
		}
	})
}

// TestCountsStop: counting ends at a hundred.
func TestCountsStop(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.fill(600)
		got, err := h.Search().Counts(t.Context(), officer)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "open", got[lists.FilterOpen], lists.MaxCount)
	})
}

// TestGuardedEverywhere: a case about an officer is in no list, count or search
// of that officer, and in all of those of its handler.
func TestGuardedEverywhere(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		h.clock.set(monday.AddDate(0, 0, 9)) // overdue
		made := h.logAbout("view:1", officer, officer)
		h.do(made.ID, deputy, "click:1", workflow.Question{Sent: sent(11, "Wanneer?")})
		for _, f := range lists.Filters(h.options.Policy.Roster, officer) {
			q := lists.Query{Filter: f, Month: calendar.NewDate(2026, time.March, 1)}
			h.sees(q, made.Number, f == lists.FilterOpen || f == lists.FilterOverdue || f == lists.FilterWaiting || f == lists.FilterHandled)
		}
		for _, s := range samplesOfSearch() {
			h.sees(lists.Query{Search: s}, made.Number, true)
		}
		for who, want := range map[roster.PersonID]lists.Counts{
			officer: {lists.FilterOpen: 0, lists.FilterOverdue: 0, lists.FilterToday: 0, lists.FilterWaiting: 0},
			deputy:  {lists.FilterOpen: 1, lists.FilterOverdue: 1, lists.FilterToday: 0, lists.FilterWaiting: 1},
		} {
			got, err := h.Search().Counts(t.Context(), who)
			if err != nil {
				t.Fatal(err)
			}
			equal(t, "counts of "+string(who), got, want)
		}
		h.close(made.Number, 11)
		h.sees(lists.Query{Filter: lists.FilterClosed, Month: calendar.NewDate(2026, time.March, 1)}, made.Number, true)
		h.sees(lists.Query{Search: lists.Search{Kind: lists.SearchName, Text: "jozefien"}}, made.Number, true)
	})
}

// sees expects a case in the deputy's answer when it should be there, and never
// in that of the officer whom it concerns.
func (h *house) sees(q lists.Query, number string, want bool) {
	h.Helper()
	for who, want := range map[roster.PersonID]bool{deputy: want, officer: false} {
		q.Viewer = who
		if got := slices.Contains(h.listed(q), number); got != want {
			h.Errorf("%s sees the case in %+v: %t", who, q, got)
		}
	}
}
