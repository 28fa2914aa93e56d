package queue

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/engine"
)

const (
	claimed = `
UPDATE outbox SET attempts = attempts + 1, first_try = CASE WHEN attempts = 0 THEN $2 ELSE first_try END
WHERE due_at <= $2 AND id IN (`

	firstDue = ` AND o.due_at <= $2 AND ` + free + `
        ORDER BY o.due_at, o.version, o.ordinal LIMIT `

	// claimFirst takes the first edits and the first posts that may be sent, and
	// counts the attempts before they are made.
	claimFirst = claimed + `
    SELECT id FROM (SELECT o.id FROM outbox o WHERE o.lane = $1 AND o.edit = TRUE` + firstDue + `$3) edits
    UNION ALL
    SELECT id FROM (SELECT o.id FROM outbox o WHERE o.lane = $1 AND o.edit = FALSE` + firstDue + `$4) posts)
RETURNING ` + columns + `, due_at, edit`

	// postsWait reports whether a lane's pace is all that something waits for.
	postsWait = `
SELECT count(*) FROM (SELECT 1 FROM outbox o WHERE o.lane = $1 AND o.edit = FALSE AND o.due_at <= $2 AND ` + free + ` LIMIT 1) waits`
)

var (
	// claimNext takes of cases whose first post is in hand what comes after it:
	// each may be sent once those before it were.
	claimNext = engine.NewMany(claimed+`
    SELECT o.id FROM outbox o WHERE o.lane = $1 AND o.edit = FALSE AND o.version > 0 AND o.due_at <= $2
    AND NOT (`+free+`)
    AND NOT EXISTS (SELECT 1 FROM outbox e WHERE e.complaint = o.complaint AND e.lane = o.lane
        AND e.version > 0 AND (e.version, e.ordinal) < (o.version, o.ordinal) AND e.due_at > $2)
    AND (`, 3, "o.complaint = ?", " OR ", `)
    ORDER BY o.version, o.ordinal LIMIT $3)
RETURNING `+columns+`, due_at, edit`)

	// giveBack undoes a claim of what was not tried.
	giveBack = engine.NewMany(`
UPDATE outbox SET attempts = attempts - 1, first_try = CASE WHEN attempts = 1 THEN 0 ELSE first_try END
WHERE lane = $1 AND (`, 1, "id = ?", " OR ", ")")

	standing = engine.NewMany(`
SELECT complaint, surface, channel, ts, reposted FROM views WHERE (`, 0, "(complaint = ? AND surface = ?)", " OR ", ")")
)

// personalStanding is standing of what has no case.
const personalStanding = `SELECT channel, ts FROM personal_views WHERE surface = $1`

// holdTime is how far ahead of its pace a lane's posts are taken: their sender
// waits for the moment of each.
const holdTime = 250 * time.Millisecond

// claim is a row that was taken to be sent.
type claim struct {
	Row
	Due  int64 `db:"due_at"`
	Edit bool  `db:"edit"`
}

// Next records what became of attempts, takes at most so many deliveries to send
// next in the leased lane, and renews the lease. The attempts at them are on
// record when it returns. With most 0 it only records; else, when there is
// nothing to be sent now, the lane is given back. It fails with ErrLeaseLost, and
// then records nothing.
//
// The deliveries are to be attempted in their order. Those of a case that come
// after one that did not arrive are to be given back untried.
func (q *Queue) Next(ctx context.Context, l outbox.Lease, settled []outbox.Settled, most int) (b outbox.Batch, err error) {
	err = q.Change(ctx, func(tx engine.Tx) (err error) {
		b = outbox.Batch{}
		now := q.Wall()
		nextSend, err := q.settle(ctx, tx, l, settled, now)
		if err != nil || most == 0 {
			return err
		}
		if b.Deliveries, err = q.claim(ctx, tx, l, most, nextSend, now); err != nil {
			return err
		}
		if len(b.Deliveries) == 0 {
			b.Released = true
			b.Again, err = q.rest(ctx, tx, l, nextSend, now)
		}
		return err
	})
	if err != nil {
		return outbox.Batch{}, err
	}
	return b, nil
}

// claim takes deliveries. What takes long goes alone, since the others would
// outlive their lease.
func (q *Queue) claim(ctx context.Context, tx engine.Tx, l outbox.Lease, most int, nextSend int64, now time.Time) ([]outbox.Delivery, error) {
	posts := min(most, q.mayPost(nextSend, now))
	var rows []claim
	err := tx.All(ctx, &rows, claimFirst, string(l.Lane), engine.Millis(now), most, posts)
	if err != nil {
		return nil, fmt.Errorf("next delivery: %w", err)
	}
	slices.SortFunc(rows, inOrder)
	next, err := q.claimNext(ctx, tx, l, rows, min(posts, most), now)
	if err != nil {
		return nil, err
	}
	if rows, err = keep(ctx, tx, l, append(rows, next...), most); err != nil {
		return nil, err
	}
	if len(rows) > 0 && rows[0].kind().Slow() {
		if _, err := tx.Exec(ctx, leaseSlow, string(l.Lane), l.Token, engine.Millis(now.Add(outbox.SlowLeaseTime))); err != nil {
			return nil, fmt.Errorf("renew lease: %w", err)
		}
	}
	all, err := q.deliveries(ctx, tx, rows)
	if err != nil {
		return nil, err
	}
	at := nextSend
	for i := range rows {
		if !rows[i].Edit {
			all[i].NotBefore = engine.FromMillis(at)
			at += q.pace.Milliseconds()
		}
	}
	return all, nil
}

// keep gives rows back: those above most, and those beside one that takes long.
func keep(ctx context.Context, tx engine.Tx, l outbox.Lease, rows []claim, most int) ([]claim, error) {
	n := min(len(rows), most)
	if at := slices.IndexFunc(rows[:n], func(r claim) bool { return r.kind().Slow() }); at >= 0 {
		n = max(at, 1)
	}
	var ids [][]any
	for _, r := range rows[n:] {
		ids = append(ids, []any{r.ID})
	}
	if _, err := giveBack.Write(ctx, tx, []any{string(l.Lane)}, ids); err != nil {
		return nil, fmt.Errorf("give back: %w", err)
	}
	return rows[:n], nil
}

// inOrder puts edits before posts, and each in the order in which they are due.
func inOrder(a, b claim) int {
	switch {
	case a.Edit && !b.Edit:
		return -1
	case b.Edit && !a.Edit:
		return 1
	}
	return cmp.Or(cmp.Compare(a.Due, b.Due), byVersion(a, b))
}

func byVersion(a, b claim) int {
	return cmp.Or(cmp.Compare(a.Version, b.Version), cmp.Compare(a.Ordinal, b.Ordinal))
}

// mayPost is how many posts the lane's pace allows by the end of holdTime.
func (q *Queue) mayPost(nextSend int64, now time.Time) int {
	until := engine.Millis(now.Add(holdTime)) - nextSend
	switch pace := q.pace.Milliseconds(); {
	case until < 0 || pace == 0 && nextSend > engine.Millis(now):
		return 0
	case pace > 0:
		return int(min(1+until/pace, math.MaxInt32))
	}
	return math.MaxInt32
}

// claimNext takes what comes after rows, as far as the pace allows.
func (q *Queue) claimNext(ctx context.Context, tx engine.Tx, l outbox.Lease, rows []claim, posts int, now time.Time) (next []claim, err error) {
	var of [][]any
	for _, r := range rows {
		if r.Edit {
			continue
		}
		posts--
		if r.Version > 0 || r.kind() == outbox.KindCase {
			of = append(of, []any{r.Complaint})
		}
	}
	for query, args := range claimNext.Chunks([]any{string(l.Lane), engine.Millis(now), 0}, of) {
		if posts <= 0 {
			break
		}
		args[2] = posts
		var some []claim
		if err := tx.All(ctx, &some, query, args...); err != nil {
			return nil, fmt.Errorf("next deliveries: %w", err)
		}
		next, posts = append(next, some...), posts-len(some)
	}
	slices.SortFunc(next, byVersion)
	return next, nil
}

const leaseSlow = `UPDATE lanes SET leased_until = $3 WHERE lane = $1 AND token = $2`

// below names the view that a row goes below, or that it edits; ok is false for
// what stands by itself.
func (r Row) below() (place string, ok bool) {
	if r.Threaded {
		return string(outbox.KindCase), true
	}
	return r.place(), r.kind().Edits()
}

// deliveries are rows as the sender gets them, each with where the message stands
// that it goes below, or that it edits.
func (q *Queue) deliveries(ctx context.Context, tx engine.Tx, rows []claim) ([]outbox.Delivery, error) {
	var of [][]any
	for _, r := range rows {
		place, ok := r.below()
		at := []any{r.Complaint, place}
		if ok && r.Complaint != "" && !slices.ContainsFunc(of, func(o []any) bool { return slices.Equal(o, at) }) {
			of = append(of, at)
		}
	}
	stands := map[[2]string]reference{}
	for query, args := range standing.Chunks(nil, of) {
		var some []struct {
			Complaint string `db:"complaint"`
			Surface   string `db:"surface"`
			reference
		}
		if err := tx.All(ctx, &some, query, args...); err != nil {
			return nil, fmt.Errorf("where views stand: %w", err)
		}
		for _, r := range some {
			stands[[2]string{r.Complaint, r.Surface}] = r.reference
		}
	}
	all := make([]outbox.Delivery, len(rows))
	for i, r := range rows {
		place, _ := r.below()
		at := stands[[2]string{r.Complaint, place}]
		if r.Complaint == "" && r.kind().Edits() {
			err := tx.Get(ctx, &at, personalStanding, place)
			if err != nil && !errors.Is(err, sql.ErrNoRows) {
				return nil, fmt.Errorf("where a view stands: %w", err)
			}
		}
		all[i] = delivery(q.Keys, r.Row, at)
		all[i].Due = engine.FromMillis(r.Due)
	}
	return all, nil
}

// rest gives a lane back in which nothing may be sent now, and says when its pace
// allows what waits for that alone; zero when nothing does.
func (q *Queue) rest(ctx context.Context, tx engine.Tx, l outbox.Lease, nextSend int64, now time.Time) (again time.Time, err error) {
	if nextSend > engine.Millis(now) {
		var n int
		if err := tx.Get(ctx, &n, postsWait, string(l.Lane), engine.Millis(now)); err != nil {
			return again, fmt.Errorf("posts that wait: %w", err)
		}
		if n > 0 {
			again = engine.FromMillis(nextSend)
		}
	}
	return again, release(ctx, tx, l)
}
