package storage

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/roster"
)

// MaxPage is the most cases that a page holds.
const MaxPage = 100

// List returns a page of cases as the viewer may see them; the empty filter is
// the first of workflow.Roster.Filters, and one that is not among them is
// refused with workflow.CodeForbidden. Due lists come in the order of their
// dates, closed ones in that of their closing, what was found and what the
// viewer logged newest first, all others oldest first. A cursor that List did
// not make starts at the beginning.
//
// A search is refused for who is no officer; lookFor says how each kind finds
// its cases.
func (db *DB) List(ctx context.Context, q lists.Query) (lists.Page, error) {
	limit := MaxPage
	if q.Limit > 0 && q.Limit < MaxPage {
		limit = q.Limit
	}
	q.Limit = limit
	if q.Search.Kind != "" {
		page, err := db.lookFor(ctx, q)
		return page, engine.Explain(ctx, err)
	}
	roster := db.policy.Roster
	q.Filter = cmp.Or(q.Filter, lists.Filters(roster, q.Viewer)[0])
	if !lists.MayList(roster, q.Viewer, q.Filter) {
		return lists.Page{}, workflow.Refusals{{Code: workflow.CodeForbidden}}
	}
	page, err := db.page(ctx, q, db.shelf(q))
	return page, engine.Explain(ctx, err)
}

// shelf is a statement with what it needs beside viewer and limit, and what
// its order goes by before the number.
type shelf struct {
	query string
	args  []any
	key   func(*workflow.Complaint, *cases.JoinedRow) string // nil when there is nothing
}

func (db *DB) shelf(q lists.Query) shelf {
	at := parseCursor(q.After)
	today := db.policy.Calendar.Today(db.instant())
	switch q.Filter {
	case lists.FilterOverdue:
		return dueShelf(at, calendar.Date{}, today)
	case lists.FilterToday:
		from, until := db.policy.Calendar.DueSoon(today)
		return dueShelf(at, from, until)
	case lists.FilterWaiting:
		return shelf{query: waitingPage, args: at.Args()}
	case lists.FilterHandled:
		return shelf{query: handledPage, args: append(at.Args(), q.Viewer)}
	case lists.FilterLogged:
		return shelf{query: loggedPage, args: append(at.OrLast().Args(), q.Viewer)}
	case lists.FilterClosed:
		from, until := db.policy.Calendar.Month(q.Month)
		return closedShelf(at, from, until)
	}
	return shelf{query: openPage, args: at.Args()}
}

// dueShelf begins at from, also after a cursor that lies before it.
func dueShelf(at cursor, from, until calendar.Date) shelf {
	if at.Key < from.String() {
		at = cursor{Key: from.String()}
	}
	return shelf{
		query: duePage, args: append(append([]any{at.Key}, at.Args()...), until),
		key: func(c *workflow.Complaint, _ *cases.JoinedRow) string { return c.NextDue().String() },
	}
}

func closedShelf(at cursor, from, until time.Time) shelf {
	since, err := time.Parse(time.RFC3339, at.Key)
	if err != nil || since.Before(from) {
		since, at = from, cursor{}
	}
	return shelf{
		query: closedPage, args: append(append([]any{since.UTC()}, at.Args()...), until),
		key: func(c *workflow.Complaint, _ *cases.JoinedRow) string { return c.ClosedAt.Format(time.RFC3339) },
	}
}

// page reads one page, and one case more, which only shows that there is a
// next one.
func (db *DB) page(ctx context.Context, q lists.Query, s shelf) (lists.Page, error) {
	var rows []cases.JoinedRow
	args := append([]any{db.personHash(q.Viewer), q.Limit + 1}, s.args...)
	if err := db.read.All(ctx, &rows, s.query, args...); err != nil {
		return lists.Page{}, fmt.Errorf("list cases: %w", err)
	}
	var p lists.Page
	found := cases.Join(rows)
	if len(found) > q.Limit {
		found = found[:q.Limit]
		p.Next = s.next(&found[q.Limit-1], rows)
	}
	for _, c := range found {
		p.Cases = append(p.Cases, cases.Limited(c, c.Access(db.policy.Roster, q.Viewer)))
	}
	return p, nil
}

// next is the cursor behind a case.
func (s shelf) next(c *workflow.Complaint, rows []cases.JoinedRow) string {
	at := cursor{}
	i := slices.IndexFunc(rows, func(r cases.JoinedRow) bool { return r.ID == c.ID })
	at.CaseNumber = rows[i].CaseNumber
	if s.key != nil {
		at.Key = s.key(c, &rows[i])
	}
	return at.String()
}

// Counts returns how many cases stand in the lists that officers and directors
// begin with, of those that the viewer may have; nothing for others.
func (db *DB) Counts(ctx context.Context, viewer roster.PersonID) (lists.Counts, error) {
	counts := lists.Counts{}
	if !lists.MayList(db.policy.Roster, viewer, lists.FilterOpen) {
		return counts, nil
	}
	var n struct {
		Open    int `db:"open_cases"`
		Waiting int `db:"waiting"`
		Overdue int `db:"overdue"`
		Today   int `db:"today"`
	}
	from, until := db.policy.Calendar.DueSoon(db.policy.Calendar.Today(db.instant()))
	if err := db.read.Get(ctx, &n, countsAll, db.personHash(viewer), lists.MaxCount, from, until); err != nil {
		return nil, engine.Explain(ctx, fmt.Errorf("count cases: %w", err))
	}
	for filter, count := range map[lists.Filter]int{
		lists.FilterOpen: n.Open, lists.FilterWaiting: n.Waiting,
		lists.FilterOverdue: n.Overdue, lists.FilterToday: n.Today,
	} {
		if lists.MayList(db.policy.Roster, viewer, filter) {
			counts[filter] = count
		}
	}
	return counts, nil
}
