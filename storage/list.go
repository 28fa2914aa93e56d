package storage

import (
	"context"
	"fmt"
	"strings"

	"github.com/artra/klachtbot/workflow"
)

// MaxPage is the most cases that a page holds.
const MaxPage = 100

// A page is cut from an index by the place after which it starts; $4 is the
// concerned person's hash, for whom a case does not exist, $5 the limit. The
// promises come beside it.
const (
	pageHead = `SELECT ` + complaintColumns + `, ` + promiseColumns + ` FROM (
		SELECT c.* FROM complaints c
		WHERE (c.year, c.series, c.ordinal) > ($1, $2, $3)
		AND NOT EXISTS (SELECT 1 FROM concerns g WHERE g.complaint = c.id AND g.person = $4) `
	pageTail = ` ORDER BY c.year, c.series, c.ordinal LIMIT $5) c
		JOIN promises p ON p.complaint = c.id
		ORDER BY c.year, c.series, c.ordinal, p.ordinal`

	openPage   = pageHead + `AND c.state <> 'closed'` + pageTail
	loggedPage = pageHead + `AND c.logged_by = $6` + pageTail
)

// List returns a page of cases as the viewer may see them, in the order of
// their numbers: all open ones for officers and directors, and what they logged
// themselves for everybody else, and with Mine. A cursor that List did not make starts at the beginning.
func (db *DB) List(ctx context.Context, q workflow.Query) (workflow.Page, error) {
	limit := MaxPage
	if q.Limit > 0 && q.Limit < MaxPage {
		limit = q.Limit
	}
	from := parsePlace(q.After)
	query, args := openPage, []any{from.Year, from.Series, from.Ordinal, db.personHash(q.Viewer), limit + 1}
	if roster := db.policy.Roster; q.Mine || !roster.IsOfficer(q.Viewer) && !roster.IsDirector(q.Viewer) {
		query, args = loggedPage, append(args, q.Viewer)
	}
	var rows []joinedRow
	if err := db.read.all(ctx, &rows, query, args...); err != nil {
		return workflow.Page{}, explain(ctx, fmt.Errorf("list cases: %w", err))
	}
	return db.page(gather(rows), limit, q.Viewer), nil
}

// gather makes complaints of rows in which each stands beside its promises.
func gather(rows []joinedRow) []workflow.Complaint {
	var cases []workflow.Complaint
	for i := range rows {
		r := &rows[i]
		if len(cases) == 0 || cases[len(cases)-1].ID != r.ID {
			cases = append(cases, r.complaint())
		}
		c := &cases[len(cases)-1]
		c.Promises = append(c.Promises, r.promise())
	}
	return cases
}

// page cuts off the case that only shows that there is more, and limits each
// to what the viewer may see of it.
func (db *DB) page(cases []workflow.Complaint, limit int, viewer workflow.PersonID) workflow.Page {
	var p workflow.Page
	if len(cases) > limit {
		cases = cases[:limit]
		p.Next = cases[limit-1].Number
	}
	for _, c := range cases {
		p.Cases = append(p.Cases, limited(c, db.policy.Roster.Access(&c, viewer)))
	}
	return p
}

// parsePlace reads a number; the zero place, before all others, when it is
// none.
func parsePlace(number string) place {
	var p place
	parts := strings.Split(number, "-")
	if len(parts) != 3 {
		return place{}
	}
	if _, err := fmt.Sscanf(parts[1]+" "+parts[2], "%d %d", &p.Year, &p.Ordinal); err != nil {
		return place{}
	}
	p.Series = workflow.Series(parts[0])
	return p
}
