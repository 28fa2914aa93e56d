package search_test

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestList_byViewer: who sees which cases in a list.
func TestList_byViewer(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		reg.File("view:1")
		closed := reg.File("view:2")
		reg.Do(closed.ID, storagetest.Officer, "click:1", storagetest.Resolved())
		reg.Do(closed.ID, storagetest.Officer, "click:2", workflow.Confirm{Sent: storagetest.Sent(2, "Klaar")})
		reg.FileAbout("view:3", storagetest.Deputy, storagetest.Officer)
		reg.Options.Policy.Roster.Officers = []roster.PersonID{storagetest.Officer}
		reg.FileAbout("view:4", storagetest.Staff, storagetest.Officer) // all officers: a director handles it
		reg.Options.Policy.Roster.Officers = []roster.PersonID{storagetest.Officer, storagetest.Deputy}
		for _, c := range []struct {
			query lists.Query
			want  []string
		}{
			{lists.Query{Viewer: storagetest.Officer}, []string{"K-2026-0001"}},
			{lists.Query{Viewer: storagetest.Deputy}, []string{"K-2026-0001", "V-2026-0001", "V-2026-0002"}},
			{lists.Query{Viewer: storagetest.Deputy, Filter: lists.FilterLogged}, []string{"V-2026-0001"}},
			{lists.Query{Viewer: storagetest.Deputy, Filter: lists.FilterHandled}, []string{"V-2026-0001"}},
			{lists.Query{Viewer: storagetest.Director}, []string{"K-2026-0001", "V-2026-0001", "V-2026-0002"}},
			{lists.Query{Viewer: storagetest.Director, Filter: lists.FilterLogged}, nil},
			{lists.Query{Viewer: storagetest.Director, Filter: lists.FilterHandled}, []string{"V-2026-0002"}},
			{lists.Query{Viewer: storagetest.Staff}, []string{"V-2026-0002", "K-2026-0002", "K-2026-0001"}},
			{lists.Query{Viewer: storagetest.Staff, Filter: lists.FilterLogged}, []string{"V-2026-0002", "K-2026-0002", "K-2026-0001"}},
			{lists.Query{Viewer: "U0NOBODY"}, nil},
			{lists.Query{}, nil},
		} {
			storagetest.Equal(t, fmt.Sprintf("list for %+v", c.query), reg.Listed(c.query), c.want)
		}
	})
}

// TestList_pages walks a list page by page: every case once, in the order of the
// numbers, also past 9999, and with its own promises.
func TestList_pages(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		reg.File("view:0")
		reg.Exec(`UPDATE register_head SET numbers = '{"K-2026":9997}'`)
		for i := range 6 {
			reg.File(fmt.Sprint("view:", i+1))
		}
		var numbers []string
		q := lists.Query{Viewer: storagetest.Officer, Limit: 2}
		for pages := 1; ; pages++ {
			p, err := reg.Search().List(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range p.Cases {
				numbers = append(numbers, c.Number)
				if len(c.Promises) != 2 || c.Promises[0].Kind != workflow.PromiseAcknowledgement {
					t.Errorf("promises of %s: %+v", c.Number, c.Promises)
				}
				storagetest.Equal(t, "particulars", c.Particulars, workflow.Particulars{})
			}
			if q.After = p.Next; p.Next == "" || pages > 9 {
				break
			}
		}
		storagetest.Equal(t, "numbers", numbers, []string{
			"K-2026-0001", "K-2026-9998", "K-2026-9999", "K-2026-10000", "K-2026-10001", "K-2026-10002", "K-2026-10003",
		})
		for _, limit := range []int{0, -1, 1000} {
			if n := len(reg.Listed(lists.Query{Viewer: storagetest.Officer, Limit: limit, After: "a forged cursor"})); n != 7 {
				t.Errorf("limit %d gives %d cases", limit, n)
			}
		}
	})
}

// fillLists fills a register on Friday 6 March: 0001 was due on the 4th, 0002 is
// due on Saturday the 7th, 0003 waits for the complainant and is due later,
// 0004 was closed today, 0005 is as 0002.
func fillLists(reg *storagetest.Register) {
	reg.Helper()
	friday := calendar.NewDate(2026, time.March, 6)
	reg.Clock.Set(storagetest.Monday.AddDate(0, 0, 4))
	for i, day := range []int{-7, -4, -2, -1, -4} {
		reg.Do("", storagetest.Staff, fmt.Sprint("view:", i), storagetest.SampleOn(friday.AddDays(day)))
	}
	asked := byNumber(reg, "K-2026-0003")
	reg.Do(asked, storagetest.Officer, "click:1", workflow.Acknowledge{Sent: storagetest.Sent(6, "Ontvangen")})
	reg.Do(asked, storagetest.Officer, "click:2", workflow.Question{Sent: storagetest.Sent(6, "Wanneer was dat?")})
	closeNumber(reg, "K-2026-0004", 6)
}

func byNumber(reg *storagetest.Register, number string) workflow.CaseID {
	reg.Helper()
	c, _, err := reg.FindNumber(number, storagetest.Deputy)
	if err != nil {
		reg.Fatal(err)
	}
	return c.ID
}

func closeNumber(reg *storagetest.Register, number string, day int) {
	reg.Helper()
	id := byNumber(reg, number)
	decision := storagetest.Resolved()
	decision.Contact = calendar.NewDate(2026, time.March, day)
	reg.Do(id, storagetest.Deputy, "resolve:"+number, decision)
	reg.Do(id, storagetest.Deputy, "confirm:"+number, workflow.Confirm{Sent: storagetest.Sent(day, "Klaar")})
}

// TestList_filters: what stands in each list, page by page, and what its
// count says.
func TestList_filters(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		fillLists(reg)
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
				q := lists.Query{Viewer: storagetest.Officer, Filter: filter, Month: calendar.NewDate(2026, time.March, 31), Limit: limit}
				storagetest.Equal(t, fmt.Sprint(filter, " by ", limit), strings.Join(walk(reg, q), " "), want)
			}
		}
		counts, err := reg.Search().Counts(t.Context(), storagetest.Officer)
		if err != nil {
			t.Fatal(err)
		}
		storagetest.Equal(t, "counts", counts, lists.Counts{
			lists.FilterOpen: 4, lists.FilterOverdue: 1, lists.FilterToday: 2, lists.FilterWaiting: 1,
		})
		april := lists.Query{Viewer: storagetest.Officer, Filter: lists.FilterClosed, Month: calendar.NewDate(2026, time.April, 1)}
		if got := walk(reg, april); len(got) > 0 {
			t.Errorf("closed in another month: %v", got)
		}
	})
}

// walk leafs through a list and returns the last digits of the numbers.
func walk(reg *storagetest.Register, q lists.Query) (numbers []string) {
	reg.Helper()
	for pages := 0; pages < 20; pages++ {
		p, err := reg.Search().List(reg.Context(), q)
		if err != nil {
			reg.Fatal(err)
		}
		for _, c := range p.Cases {
			numbers = append(numbers, strings.TrimLeft(c.Number[len(c.Number)-4:], "0"))
		}
		if q.After = p.Next; p.Next == "" {
			return numbers
		}
	}
	reg.Fatalf("a list without end: %v", numbers)
	return nil
}

// TestList_orderOfDue: the earliest date first, and a number only once, over pages.
func TestList_orderOfDue(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		reg.Clock.Set(storagetest.Monday.AddDate(0, 0, 4))
		for i, day := range []int{20, 10, 20, 5, 10, 10} {
			reg.Do("", storagetest.Staff, fmt.Sprint("view:", i), storagetest.SampleOn(calendar.NewDate(2026, time.February, day)))
		}
		for limit := range 5 {
			got := walk(reg, lists.Query{Viewer: storagetest.Officer, Filter: lists.FilterOverdue, Limit: limit})
			storagetest.Equal(t, "overdue", strings.Join(got, " "), "4 2 5 6 1 3")
		}
	})
}

// TestList_forbidden: a list that the roster does not give somebody is refused.
func TestList_forbidden(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		fillLists(reg)
		for who, may := range map[roster.PersonID][]lists.Filter{
			storagetest.Director: lists.Filters(reg.Options.Policy.Roster, storagetest.Director), storagetest.Staff: {lists.FilterLogged},
		} {
			for _, f := range lists.Filters(reg.Options.Policy.Roster, storagetest.Officer) {
				_, err := reg.Search().List(t.Context(), lists.Query{Viewer: who, Filter: f})
				if slices.Contains(may, f) {
					storagetest.Equal(t, fmt.Sprint(who, f), err, nil)
				} else {
					storagetest.MustRefuse(t, err, workflow.CodeForbidden)
				}
			}
		}
		for who, want := range map[roster.PersonID]lists.Counts{
			storagetest.Director: {lists.FilterOpen: 4, lists.FilterOverdue: 1}, storagetest.Staff: {}, "": {},
		} {
			got, err := reg.Search().Counts(t.Context(), who)
			if err != nil {
				t.Fatal(err)
			}
			storagetest.Equal(t, "counts of "+string(who), got, want)
		}
	})
}

// TestCounts_stopAtAHundred: counting ends at a hundred.
func TestCounts_stopAtAHundred(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		reg.Fill(600)
		got, err := reg.Search().Counts(t.Context(), storagetest.Officer)
		if err != nil {
			t.Fatal(err)
		}
		storagetest.Equal(t, "open", got[lists.FilterOpen], lists.MaxCount)
	})
}

// TestList_guardedEverywhere: a case about an officer is in no list, count or search
// of that officer, and in all of those of its handler.
func TestList_guardedEverywhere(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		reg.Clock.Set(storagetest.Monday.AddDate(0, 0, 9)) // overdue
		made := reg.FileAbout("view:1", storagetest.Officer, storagetest.Officer)
		reg.Do(made.ID, storagetest.Deputy, "click:1", workflow.Question{Sent: storagetest.Sent(11, "Wanneer?")})
		for _, f := range lists.Filters(reg.Options.Policy.Roster, storagetest.Officer) {
			q := lists.Query{Filter: f, Month: calendar.NewDate(2026, time.March, 1)}
			sees(reg, q, made.Number, f == lists.FilterOpen || f == lists.FilterOverdue || f == lists.FilterWaiting || f == lists.FilterHandled)
		}
		for _, s := range samplesOfSearch() {
			sees(reg, lists.Query{Search: s}, made.Number, true)
		}
		for who, want := range map[roster.PersonID]lists.Counts{
			storagetest.Officer: {lists.FilterOpen: 0, lists.FilterOverdue: 0, lists.FilterToday: 0, lists.FilterWaiting: 0},
			storagetest.Deputy:  {lists.FilterOpen: 1, lists.FilterOverdue: 1, lists.FilterToday: 0, lists.FilterWaiting: 1},
		} {
			got, err := reg.Search().Counts(t.Context(), who)
			if err != nil {
				t.Fatal(err)
			}
			storagetest.Equal(t, "counts of "+string(who), got, want)
		}
		closeNumber(reg, made.Number, 11)
		sees(reg, lists.Query{Filter: lists.FilterClosed, Month: calendar.NewDate(2026, time.March, 1)}, made.Number, true)
		sees(reg, lists.Query{Search: lists.Search{Kind: lists.SearchName, Text: "jozefien"}}, made.Number, true)
	})
}

// TestList_guardTamperedWith: who takes a case's row out of the conflict guard, or
// puts somebody else there, hides the case from everybody; nobody whom it concerns
// sees it.
func TestList_guardTamperedWith(t *testing.T) {
	tamperings := map[string][]string{
		"removed":             {`DELETE FROM concerns WHERE complaint = $1`},
		"removed and counted": {`DELETE FROM concerns WHERE complaint = $1`, `UPDATE complaints SET concerned = 0 WHERE id = $1`},
		"removed as before":   {`DELETE FROM concerns WHERE complaint = $1`, `UPDATE complaints SET concerned = 0, guard = '' WHERE id = $1`},
		"exchanged":           {`UPDATE concerns SET person = (SELECT g.person FROM concerns g WHERE g.complaint <> $1) WHERE complaint = $1`},
	}
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		reg.Clock.Set(storagetest.Monday.AddDate(0, 0, 9))
		reg.FileAbout("view:0", storagetest.Staff, storagetest.Staff)
		for name, statements := range tamperings {
			made := reg.FileAbout("view:"+name, storagetest.Officer, storagetest.Officer)
			before, err := reg.Search().Counts(t.Context(), storagetest.Officer)
			storagetest.MustBe(t, err, nil)
			for _, statement := range statements {
				reg.Exec(statement, string(made.ID))
			}
			for _, who := range []roster.PersonID{storagetest.Officer, storagetest.Deputy, storagetest.Director} {
				for _, f := range lists.Filters(reg.Options.Policy.Roster, who) {
					if slices.Contains(reg.Listed(lists.Query{Viewer: who, Filter: f}), made.Number) {
						t.Errorf("%s: %s sees the case in %s", name, who, f)
					}
				}
			}
			for _, s := range samplesOfSearch() {
				if slices.Contains(reg.Listed(lists.Query{Viewer: storagetest.Officer, Search: s}), made.Number) {
					t.Errorf("%s: the officer finds the case by %s", name, s.Kind)
				}
			}
			after, err := reg.Search().Counts(t.Context(), storagetest.Officer)
			storagetest.MustBe(t, err, nil)
			if name == "removed" {
				storagetest.Equal(t, "counts of the officer", after, before)
			}
			if _, _, err := reg.FindNumber(made.Number, storagetest.Officer); len(workflow.Refused(err)) == 0 {
				t.Errorf("%s: the officer finds the number, %v", name, err)
			}
			if len(reg.Findings()) == 0 {
				t.Errorf("%s: nobody finds it", name)
			}
		}
	})
}

// sees expects a case in the deputy's answer when it should be there, and never
// in that of the officer whom it concerns.
func sees(reg *storagetest.Register, q lists.Query, number string, want bool) {
	reg.Helper()
	for who, want := range map[roster.PersonID]bool{storagetest.Deputy: want, storagetest.Officer: false} {
		q.Viewer = who
		if got := slices.Contains(reg.Listed(q), number); got != want {
			reg.Errorf("%s sees the case in %+v: %t", who, q, got)
		}
	}
}

// TestSearch_cursorOfAnEarlierRule: a cursor from before the rule begins anew, also one
// that the text of a name could be taken for.
func TestSearch_cursorOfAnEarlierRule(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		for i := range 3 {
			reg.File(fmt.Sprint("g", i))
		}
		q := lists.Query{Viewer: storagetest.Officer, Limit: 1, Search: lists.Search{Kind: lists.SearchOffering, Text: "timmeren"}}
		first := reg.Listed(q)
		for _, key := range []string{"timmeren voor beginners", "timmeren: voor", "1", "1 timmeren"} {
			q.After = base64.RawURLEncoding.EncodeToString([]byte(key)) + ".K-2026-0002"
			storagetest.Equal(t, "page after "+key, reg.Listed(q), first)
		}
		q.After = ""
		storagetest.Equal(t, "all pages", strings.Join(walk(reg, q), " "), "1 2 3")
	})
}
