package search

import (
	"github.com/artra/klachtbot/storage/cases"
)

// The statements of lists. A page is cut from an index by the place after which
// it starts; the promises come beside it. In all of them $1 is the viewer's
// hash and $2 the limit; the place follows.

// visible is the one rule of lists, searches and counts about what must not be
// seen: for the person whom a case concerns it does not exist. Who may have
// which list at all, workflow.Roster says. What was erased shows in none. A case
// of which the rows don't say any more whom it concerns is hidden from everybody;
// where a page is read, cases.Reader.AllKept looks again with the keys.
const visible = `c.state <> 'erased' AND NOT EXISTS (SELECT 1 FROM concerns g WHERE g.complaint = c.id AND g.person = $1)
		AND ` + cases.ConcernStands

const (
	pageHead = `SELECT ` + cases.Columns + `, ` + cases.PromiseColumns + ` FROM (
		SELECT c.* FROM complaints c WHERE ` + visible + ` AND `
	pageJoin = `) c JOIN promises p ON p.complaint = c.id `

	after  = `(c.year, c.series, c.ordinal) > ($3, $4, $5)`
	before = `(c.year, c.series, c.ordinal) < ($3, $4, $5)`

	oldestFirst = ` ORDER BY c.year, c.series, c.ordinal LIMIT $2` +
		pageJoin + `ORDER BY c.year, c.series, c.ordinal, p.ordinal`
	newestFirst = ` ORDER BY c.year DESC, c.series DESC, c.ordinal DESC LIMIT $2` +
		pageJoin + `ORDER BY c.year DESC, c.series DESC, c.ordinal DESC, p.ordinal`
	byDue = ` ORDER BY c.due, c.year, c.series, c.ordinal LIMIT $2` +
		pageJoin + `ORDER BY c.due, c.year, c.series, c.ordinal, p.ordinal`
	byClosing = ` ORDER BY c.closed_at, c.year, c.series, c.ordinal LIMIT $2` +
		pageJoin + `ORDER BY c.closed_at, c.year, c.series, c.ordinal, p.ordinal`
	byOffering = ` ORDER BY c.offering_key, c.year, c.series, c.ordinal LIMIT $2` +
		pageJoin + `ORDER BY c.offering_key, c.year, c.series, c.ordinal, p.ordinal`
)

// The lists. Where an order has a key, the cursor stands for the lower bound
// too, so that one comparison finds the place in the index.
const (
	openPage    = pageHead + after + ` AND c.state <> 'closed'` + oldestFirst
	laterPage   = pageHead + after + ` AND c.state <> 'closed' AND c.state <> 'waiting' AND (c.due = '' OR c.due >= $6)` + oldestFirst
	waitingPage = pageHead + after + ` AND c.state = 'waiting'` + oldestFirst
	handledPage = pageHead + after + ` AND c.state <> 'closed' AND c.owner = $6` + oldestFirst
	loggedPage  = pageHead + before + ` AND c.logged_by = $6` + newestFirst
	duePage     = pageHead + `(c.due, c.year, c.series, c.ordinal) > ($3, $4, $5, $6)
		AND c.due <> '' AND c.due < $7` + byDue
	closedPage = pageHead + `(c.closed_at, c.year, c.series, c.ordinal) > ($3, $4, $5, $6)
		AND c.state = 'closed' AND c.closed_at < $7` + byClosing
)

// The searches.
const (
	categoryPage = pageHead + before + ` AND c.category = $6` + newestFirst
	ownerPage    = pageHead + before + ` AND c.owner = $6` + newestFirst
	contactPage  = pageHead + before + ` AND c.id IN (SELECT k.complaint FROM contacts k WHERE k.hash IN ($6, $7))` + newestFirst
	offeringPage = pageHead + `(c.offering_key, c.year, c.series, c.ordinal) > ($3, $4, $5, $6)
		AND c.offering_key < $7` + byOffering

	newestNames = `SELECT c.id, c.year, c.series, c.ordinal, c.offering_name FROM complaints c
		WHERE ` + visible + ` ORDER BY c.year DESC, c.series DESC, c.ordinal DESC LIMIT $2`
	loggedNames = `SELECT c.id, c.year, c.series, c.ordinal, c.offering_name FROM complaints c
		WHERE ` + visible + ` AND c.logged_by = $3 ORDER BY c.year DESC, c.series DESC, c.ordinal DESC LIMIT $2`
	openSealed = `SELECT c.id, c.year, c.series, c.ordinal, c.closed_at, c.sealed, k.wrapped
		FROM complaints c JOIN case_keys k ON k.complaint = c.id
		WHERE ` + visible + ` AND ` + before + ` AND c.state <> 'closed'
		ORDER BY c.year DESC, c.series DESC, c.ordinal DESC LIMIT $2`
	closedSealed = `SELECT c.id, c.year, c.series, c.ordinal, c.closed_at, c.sealed, k.wrapped
		FROM complaints c JOIN case_keys k ON k.complaint = c.id
		WHERE ` + visible + ` AND (c.closed_at, c.year, c.series, c.ordinal) < ($3, $4, $5, $6)
		AND c.state = 'closed' AND c.closed_at >= $7
		ORDER BY c.closed_at DESC, c.year DESC, c.series DESC, c.ordinal DESC LIMIT $2`

	// A case that a search found by looking at many.
	oneListed = `SELECT ` + cases.Columns + `, ` + cases.PromiseColumns + ` FROM complaints c
		JOIN promises p ON p.complaint = c.id WHERE ` + visible + ` AND c.id = $2 ORDER BY p.ordinal`
)

// Counting stops at a limit, $2, so that it costs no more than a page. The
// order keeps an engine from reading the whole table in the hope of finding
// enough soon.
const (
	countOf   = `(SELECT count(*) FROM (SELECT 1 FROM complaints c WHERE ` + visible + ` AND `
	countsAll = `SELECT
		` + countOf + `c.state <> 'closed' ORDER BY c.year, c.series, c.ordinal LIMIT $2) n) AS open_cases,
		` + countOf + `c.state = 'waiting' ORDER BY c.year, c.series, c.ordinal LIMIT $2) n) AS waiting,
		` + countOf + `c.due <> '' AND c.due < $3 ORDER BY c.due, c.year, c.series, c.ordinal LIMIT $2) n) AS overdue,
		` + countOf + `c.due <> '' AND c.due >= $3 AND c.due < $4 ORDER BY c.due, c.year, c.series, c.ordinal LIMIT $2) n) AS today`
)

// Statements are those that are asked for often.
func Statements() []string {
	return []string{
		openPage, laterPage, waitingPage, handledPage, loggedPage, duePage, closedPage, countsAll,
		categoryPage, ownerPage, contactPage, offeringPage, newestNames, loggedNames, oneListed, sameContact, linkedCases,
	}
}
