package queue

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

const (
	anyDue = `SELECT count(*) FROM (` + due + `) due`

	// overduePage is cut from the index complaints_due_first, behind a place in
	// it ($3 to $6). $2 is the hash of who reads it, for whom a case that concerns
	// them does not exist.
	overduePage = `SELECT ` + cases.Columns + `, ` + cases.PromiseColumns + `, c.due AS case_due FROM (
			SELECT c.* FROM complaints c WHERE (c.due, c.year, c.series, c.ordinal) > ($3, $4, $5, $6)
			AND c.due <> '' AND c.due < $1
			AND NOT EXISTS (SELECT 1 FROM concerns g WHERE g.complaint = c.id AND g.person = $2)
			AND ` + cases.ConcernStands + `
			ORDER BY c.due, c.year, c.series, c.ordinal LIMIT $7) c
		JOIN promises p ON p.complaint = c.id ORDER BY c.due, c.year, c.series, c.ordinal, p.ordinal`

	// countOverdue reads the index alone, but for the cases about the reader, and
	// those of which the rows don't say any more whom they concern.
	countOverdue = `SELECT (SELECT count(*) FROM complaints WHERE due <> '' AND due < $1)
		- (SELECT count(*) FROM concerns g JOIN complaints c ON c.id = g.complaint
			WHERE g.person = $2 AND c.due <> '' AND c.due < $1)
		- (SELECT count(*) FROM complaints c WHERE c.concerned > 0 AND NOT ` + cases.ConcernStands + ` AND c.due <> '' AND c.due < $1)`

	lastWeekly   = `SELECT weekly FROM people WHERE person = $1`
	forgetWeekly = `DELETE FROM outbox WHERE complaint = '' AND version = 0 AND ordinal = 0 AND surface = 'weekly' AND person = $1`
	markWeekly   = `UPDATE people SET weekly = $2 WHERE person = $1`
)

const (
	overdueCases = 25 // of a page
	weeklyTime   = 10 * time.Millisecond
)

// Weekly queues the directors' digest of overdue promises, once a week: on its
// first working day, or on the first on which the bot is there. What a
// director is told of for the first time on that day is not in it, so it waits
// until every case that is due was looked at. What takes longer than weeklyTime
// goes on at the next sweep, and a director's reminders wait for it (Release): a
// morning brings a director one message.
func (g *Digests) Weekly(ctx context.Context, now time.Time) error {
	g.looking.Store(false)
	week := g.Policy.Calendar.Today(now).Week()
	if !g.Policy.Calendar.InWindow(now) || g.week.Load() == week.String() {
		return nil
	}
	var waits int
	if err := g.Read.Get(ctx, &waits, anyDue, now); err != nil || waits > 0 {
		return engine.Explain(ctx, err)
	}
	directors, err := g.RemainingDirectors(ctx, g.Read, now)
	if err != nil {
		return engine.Explain(ctx, err)
	}
	until := g.Wall().Add(weeklyTime)
	for i, who := range directors {
		if i > 0 && !g.Wall().Before(until) {
			g.looking.Store(true)
			return nil
		}
		over, err := g.weeklyFor(ctx, who, now, until)
		if err != nil {
			return engine.Explain(ctx, fmt.Errorf("weekly digest: %w", err))
		}
		if !over {
			g.looking.Store(true)
			return nil
		}
	}
	g.week.Store(week.String())
	return nil
}

// weeklyFor looks outside the transaction whether there is anything to tell; over
// is false when it could not look at everything in time.
func (g *Digests) weeklyFor(ctx context.Context, who roster.PersonID, now, until time.Time) (over bool, err error) {
	today := g.Policy.Calendar.Today(now)
	var last calendar.Date
	err = g.Read.Get(ctx, &last, lastWeekly, who)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return false, err
	}
	if !last.Before(today.Week()) {
		return true, nil
	}
	found, over, err := g.anyOverdue(ctx, who, today, until)
	if err != nil || !over {
		return false, err
	}
	err = g.Change(ctx, func(tx engine.Tx) error { return g.queueWeekly(ctx, tx, who, today.Week(), found) })
	g.writer.Wake()
	return err == nil, err
}

// queueWeekly takes the place of last week's digest, should that still wait.
func (g *Digests) queueWeekly(ctx context.Context, tx engine.Tx, who roster.PersonID, week calendar.Date, found bool) error {
	state, err := core.LockPerson(ctx, tx, who)
	if err != nil || !state.Weekly.Before(week) {
		return err
	}
	if _, err := tx.Exec(ctx, forgetWeekly, who); err != nil {
		return fmt.Errorf("last week's: %w", err)
	}
	if found {
		if err := g.writer.QueueAlone(ctx, tx, "", outbox.WeeklyDigest{To: who, Week: week}, 1); err != nil {
			return err
		}
	}
	_, err = tx.Exec(ctx, markWeekly, who, week)
	return err
}

// search is how far this process has looked for something overdue on a day.
type search struct {
	day calendar.Date
	at  place
}

// anyOverdue looks from the oldest overdue case on until it finds something that
// a director reads of. When the time is up before that, over is false, and the
// next call of that day goes on where this one stopped.
func (g *Digests) anyOverdue(ctx context.Context, director roster.PersonID, today calendar.Date, until time.Time) (found, over bool, err error) {
	s := search{day: today}
	if last, ok := g.searched.Load(director); ok && last.(search).day == today {
		s = last.(search)
	}
	for {
		items, last, err := g.overduePage(ctx, director, today, &s.at)
		if err != nil {
			return false, false, err
		}
		if last || len(items) > 0 {
			g.searched.Delete(director)
			return len(items) > 0, true, nil
		}
		g.searched.Store(director, s)
		if !g.Wall().Before(until) {
			return false, false, nil
		}
	}
}

// place is one in the order of what is due: behind a case, or before all.
type place struct {
	due string
	cases.CaseNumber
}

// overdueRow is a row of overduePage.
type overdueRow struct {
	cases.JoinedRow
	CaseDue string `db:"case_due"`
}

// overduePage reads the next overdue cases behind a place, and moves that on.
// The items are what a director reads of them in the weekly digest.
func (g *Digests) overduePage(ctx context.Context, director roster.PersonID, today calendar.Date, at *place) (items []outbox.DigestItem, last bool, err error) {
	var rows []overdueRow
	err = g.Read.All(ctx, &rows, overduePage, today, g.PersonHash(director), at.due, at.Year, at.Series, at.Ordinal, overdueCases)
	if err != nil {
		return nil, false, fmt.Errorf("overdue promises: %w", err)
	}
	joined := make([]cases.JoinedRow, len(rows))
	for i, r := range rows {
		joined[i], *at = r.JoinedRow, place{r.CaseDue, r.CaseNumber}
	}
	kept, err := cases.New(g.Core).AllKept(ctx, joined)
	if err != nil {
		return nil, false, err
	}
	page := cases.Join(joined)
	for _, c := range page {
		if !kept[c.ID] {
			continue
		}
		for _, w := range g.Policy.Overdue(&c, director, today) {
			items = append(items, outbox.DigestItem{Case: c.ID, Watch: w.Kind})
		}
	}
	return items, len(page) < overdueCases, nil
}

// overdue yields the overdue promises that a director reads of in the weekly
// digest, what has waited longest first.
func (g *Digests) overdue(ctx context.Context, director roster.PersonID) iter.Seq2[outbox.DigestItem, error] {
	return func(yield func(outbox.DigestItem, error) bool) {
		today, at := g.Today(), place{}
		for last := false; !last; {
			items, end, err := g.overduePage(ctx, director, today, &at)
			if err != nil {
				yield(outbox.DigestItem{}, engine.Explain(ctx, err))
				return
			}
			for _, item := range items {
				if !yield(item, nil) {
					return
				}
			}
			last = end
		}
	}
}

// DigestItems yields what a digest or a weekly digest tells of, what presses most
// first, as it is to be looked at once more when it leaves. It reads no further
// than it is asked for, a page at a time.
func (g *Digests) DigestItems(ctx context.Context, d outbox.Delivery) iter.Seq2[outbox.DigestItem, error] {
	if d.Kind() == outbox.KindWeeklyDigest {
		return g.overdue(ctx, d.Recipient())
	}
	return g.items(ctx, d)
}

// DigestCases counts the cases that a digest tells of; of a weekly digest those
// that are overdue, whatever of them the director reads of.
func (g *Digests) DigestCases(ctx context.Context, d outbox.Delivery) (n int, err error) {
	if d.Kind() == outbox.KindWeeklyDigest {
		err = g.Read.Get(ctx, &n, countOverdue, g.Today(), g.PersonHash(d.Recipient()))
	} else {
		err = g.Read.Get(ctx, &n, countItems, d.Recipient(), d.Version)
	}
	if err != nil {
		return 0, engine.Explain(ctx, fmt.Errorf("count cases of a digest: %w", err))
	}
	return n, nil
}

// itemPage is how many items are read at once.
const itemPage = 50

func (g *Digests) items(ctx context.Context, d outbox.Delivery) iter.Seq2[outbox.DigestItem, error] {
	return func(yield func(outbox.DigestItem, error) bool) {
		var at itemRow
		for {
			var rows []itemRow
			err := g.Read.All(ctx, &rows, firstItems, d.Recipient(), d.Version, at.Presses, at.Case, at.Watch, itemPage)
			if err != nil {
				yield(outbox.DigestItem{}, engine.Explain(ctx, fmt.Errorf("digest items: %w", err)))
				return
			}
			for _, at = range rows {
				if !yield(outbox.DigestItem{Case: at.Case, Watch: at.Watch}, nil) {
					return
				}
			}
			if len(rows) < itemPage {
				return
			}
		}
	}
}

// itemRow is a row of digest_items.
type itemRow struct {
	Case    workflow.CaseID    `db:"complaint"`
	Watch   workflow.WatchKind `db:"watch"`
	Presses string             `db:"presses"`
}

// pendingDigest is the digest of somebody that was not sent yet; Round 0 for none.
type pendingDigest struct {
	Round   int    `db:"wanted"`
	Payload string `db:"payload"`
}

// weekly reports whether it holds the weekly digest too. One that can't be read
// fails by itself.
func (d pendingDigest) weekly() bool {
	p, err := outbox.Decode(outbox.KindDigest, d.Payload)
	digest, ok := p.(outbox.Digest)
	return err == nil && ok && digest.Weekly
}

// maxRepeats is how many offerings a digest names on which several complaints came.
const maxRepeats = 10

// addRepeats has the digest of this morning tell of the offerings on which one of a
// handler's new cases is at least the third. It returns how many wait to be told; they
// are no reason for a message by themselves.
func (g *Digests) addRepeats(ctx context.Context, tx engine.Tx, who roster.PersonID, seen int64, now time.Time) (waiting int, err error) {
	since := now.AddDate(0, 0, -workflow.RepeatDays)
	if last := engine.FromMillis(seen); last.After(since) {
		since = last
	}
	found, err := cases.New(g.Core).NewRepeats(ctx, tx, who, since, maxRepeats)
	if err != nil {
		return 0, err
	}
	rows := make([][]any, len(found))
	for i, id := range found {
		rows[i] = []any{who, id, outbox.ItemRepeats, 1, "", "", id} // before all others, in whichever digest comes next
	}
	if _, err := insertItems.Write(ctx, tx, nil, rows); err != nil {
		return 0, fmt.Errorf("items: %w", err)
	}
	if _, err := tx.Exec(ctx, markRepeats, who, engine.Millis(now)); err != nil {
		return 0, err
	}
	err = tx.Get(ctx, &waiting, countRepeats, who)
	return waiting, err
}

// Repeats is what a digest tells its reader of a case that is one of several on the
// same offering; zero when that is nothing any more.
func (g *Digests) Repeats(ctx context.Context, id workflow.CaseID, who roster.PersonID) (workflow.Repeats, error) {
	n, err := cases.New(g.Core).Repeats(ctx, g.Read, id, who)
	return n, engine.Explain(ctx, err)
}
