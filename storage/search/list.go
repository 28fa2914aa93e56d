package search

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/roster"
)

// Reader finds cases for somebody, and shows of each what they may see.
type Reader struct {
	*core.Core
	journal *journal.Journal
	cases   *cases.Reader
	rekeyed *atomic.Bool // every case is searched by the present rule
}

// New returns the reader of a register.
func New(c *core.Core, j *journal.Journal, r *cases.Reader, rekeyed *atomic.Bool) *Reader {
	return &Reader{c, j, r, rekeyed}
}

// MaxPage is the most cases that a page holds.
const MaxPage = 100

// List returns a page of cases as the viewer may see them; the empty filter is
// the first of workflow.Roster.Filters, and one that is not among them is
// refused with workflow.CodeForbidden. Due lists come in the order of their
// dates, closed ones in that of their closing, what was found and what the
// viewer logged newest first, all others oldest first. A cursor that List did
// not make starts at the beginning.
//
// A search is refused for who is no officer, but for one among what they logged
// themselves; search says how each kind finds its cases.
func (r *Reader) List(ctx context.Context, q lists.Query) (lists.Page, error) {
	limit := MaxPage
	if q.Limit > 0 && q.Limit < MaxPage {
		limit = q.Limit
	}
	q.Limit = limit
	if q.Search.Kind != "" {
		page, err := r.search(ctx, q)
		return page, engine.Explain(ctx, err)
	}
	roster := r.Policy.Roster
	q.Filter = cmp.Or(q.Filter, lists.Filters(roster, q.Viewer)[0])
	if !lists.MayList(roster, q.Viewer, q.Filter) {
		return lists.Page{}, workflow.Refusals{{Code: workflow.CodeForbidden}}
	}
	page, err := r.page(ctx, q, r.queryOf(q))
	return page, engine.Explain(ctx, err)
}

// pageQuery is a statement with what it needs beside viewer and limit, and what
// its order goes by before the number.
type pageQuery struct {
	query string
	args  []any
	key   func(*workflow.Complaint, *cases.JoinedRow) string // nil when there is nothing
}

func (r *Reader) queryOf(q lists.Query) pageQuery {
	at := parseCursor(q.After)
	today := r.Policy.Calendar.Today(r.Instant())
	switch q.Filter {
	case lists.FilterOverdue:
		return dueQuery(at, calendar.Date{}, today)
	case lists.FilterToday:
		from, until := r.Policy.Calendar.DueSoon(today)
		return dueQuery(at, from, until)
	case lists.FilterWaiting:
		return pageQuery{query: waitingPage, args: at.Args()}
	case lists.FilterLater:
		_, until := r.Policy.Calendar.DueSoon(today)
		return pageQuery{query: laterPage, args: append(at.Args(), until)}
	case lists.FilterHandled:
		return pageQuery{query: handledPage, args: append(at.Args(), q.Viewer)}
	case lists.FilterLogged:
		return pageQuery{query: loggedPage, args: append(at.OrLast().Args(), q.Viewer)}
	case lists.FilterClosed:
		from, until := r.Policy.Calendar.Month(q.Month)
		return closedQuery(at, from, until)
	}
	return pageQuery{query: openPage, args: at.Args()}
}

// dueQuery begins at from, also after a cursor that lies before it.
func dueQuery(at cursor, from, until calendar.Date) pageQuery {
	if at.Key < from.String() {
		at = cursor{Key: from.String()}
	}
	return pageQuery{
		query: duePage, args: append(append([]any{at.Key}, at.Args()...), until),
		key: func(c *workflow.Complaint, _ *cases.JoinedRow) string { return c.NextDue().String() },
	}
}

func closedQuery(at cursor, from, until time.Time) pageQuery {
	since, err := time.Parse(time.RFC3339, at.Key)
	if err != nil || since.Before(from) {
		since, at = from, cursor{}
	}
	return pageQuery{
		query: closedPage, args: append(append([]any{since.UTC()}, at.Args()...), until),
		key: func(c *workflow.Complaint, _ *cases.JoinedRow) string { return c.ClosedAt.Format(time.RFC3339) },
	}
}

// page reads one page, and one case more, which only shows that there is a
// next one.
func (r *Reader) page(ctx context.Context, q lists.Query, s pageQuery) (lists.Page, error) {
	var rows []cases.JoinedRow
	args := append([]any{r.PersonHash(q.Viewer), q.Limit + 1}, s.args...)
	if err := r.Read.All(ctx, &rows, s.query, args...); err != nil {
		return lists.Page{}, fmt.Errorf("list cases: %w", err)
	}
	var p lists.Page
	found := cases.Join(rows)
	if len(found) > q.Limit {
		found = found[:q.Limit]
		p.Next = s.next(&found[q.Limit-1], rows)
	}
	kept, err := r.cases.AllKept(ctx, rows)
	if err != nil {
		return lists.Page{}, err
	}
	for _, c := range found {
		if kept[c.ID] && r.open(q, &c) {
			p.Cases = append(p.Cases, cases.Limited(c, c.Access(r.Policy.Roster, q.Viewer)))
		}
	}
	return p, nil
}

// open reports whether a query may go by what a case says: a search of contents finds
// nothing that is past its term, whoever asks (R10).
func (r *Reader) open(q lists.Query, c *workflow.Complaint) bool {
	return !q.Search.Kind.OfContents() || !r.Policy.PastTerm(c, r.Today())
}

// next is the cursor behind a case.
func (s pageQuery) next(c *workflow.Complaint, rows []cases.JoinedRow) string {
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
func (r *Reader) Counts(ctx context.Context, viewer roster.PersonID) (lists.Counts, error) {
	counts := lists.Counts{}
	if !lists.MayList(r.Policy.Roster, viewer, lists.FilterOpen) {
		return counts, nil
	}
	var n struct {
		Open    int `db:"open_cases"`
		Waiting int `db:"waiting"`
		Overdue int `db:"overdue"`
		Today   int `db:"today"`
	}
	from, until := r.Policy.Calendar.DueSoon(r.Policy.Calendar.Today(r.Instant()))
	if err := r.Read.Get(ctx, &n, countsAll, r.PersonHash(viewer), lists.MaxCount, from, until); err != nil {
		return nil, engine.Explain(ctx, fmt.Errorf("count cases: %w", err))
	}
	for filter, count := range map[lists.Filter]int{
		lists.FilterOpen: n.Open, lists.FilterWaiting: n.Waiting,
		lists.FilterOverdue: n.Overdue, lists.FilterToday: n.Today,
	} {
		if lists.MayList(r.Policy.Roster, viewer, filter) {
			counts[filter] = count
		}
	}
	return counts, nil
}
