package queue

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
)

const (
	// settleLane renews the lease and moves the lane's next post: $5 later, and
	// not before $4.
	settleLane = `
UPDATE lanes SET leased_until = $3,
    next_send_at = CASE WHEN next_send_at + $5 < $4 THEN $4 ELSE next_send_at + $5 END
WHERE lane = $1 AND token = $2 RETURNING next_send_at`

	// A row that went to another lane meanwhile, because its case did (relocation.go),
	// is none of this sender's any more.
	retryRow = `
UPDATE outbox SET due_at = $3, fault = $4 WHERE id = $1 AND lane = $2`

	againRow = `
UPDATE outbox SET edit = $3, attempts = 0, first_try = 0, fault = '' WHERE id = $1 AND lane = $2`
)

var (
	// removeRows ends what was asked for up to a version; againRow starts anew
	// with what was asked for since.
	removeRows = engine.NewMany(`
DELETE FROM outbox WHERE lane = $1 AND (`, 1, "(id = ? AND wanted <= ?)", " OR ", ") RETURNING id")

	showViews = engine.NewInsert("views (complaint, surface, channel, ts, shown, reposted)", 6, `
ON CONFLICT (complaint, surface) DO UPDATE SET channel = excluded.channel, ts = excluded.ts, shown = excluded.shown,
    reposted = excluded.reposted`)

	showPersonal = engine.NewInsert("personal_views (surface, channel, ts, shown)", 4, `
ON CONFLICT (surface) DO UPDATE SET channel = excluded.channel, ts = excluded.ts, shown = excluded.shown`)

	rememberMessages = engine.NewInsert("messages (complaint, channel, ts, surface, version, ordinal, payload)", 7, `
ON CONFLICT (complaint, channel, ts) DO NOTHING`)
)

// settle records what became of attempts, renews the lease and returns when the
// lane may post next. It fails with ErrLeaseLost, and records nothing, when
// somebody else has the lane.
//
// A posted event is done. A posted view shows Posted.Version and stays due
// when a newer one is wanted by now. A post (not an edit) moves the lane's
// next one: a burst without gaps, then one each pace.
func (q *Queue) settle(ctx context.Context, tx engine.Tx, l outbox.Lease, all []outbox.Settled, now time.Time) (nextSend int64, err error) {
	if nextSend, err = q.moveLane(ctx, tx, l, all, now); err != nil {
		return 0, err
	}
	var merely []outbox.Settled
	for _, s := range all {
		if plain(s) {
			merely = append(merely, s)
			continue
		}
		if err := q.settleOne(ctx, tx, s.Delivery, s.Settlement, now); err != nil {
			return 0, fmt.Errorf("settle: %w", err)
		}
	}
	if err := posted(ctx, tx, l.Lane, merely); err != nil {
		return 0, fmt.Errorf("settle: %w", err)
	}
	if err := errors.Join(q.announced(ctx, tx, all), deleteReplaced(ctx, tx, all, now)); err != nil {
		return 0, fmt.Errorf("settle: %w", err)
	}
	return nextSend, nil
}

// announced notes of which cases it stands in Slack that they are going to be
// erased.
func (q *Queue) announced(ctx context.Context, tx engine.Tx, all []outbox.Settled) error {
	for _, s := range all {
		if s.Posted == nil || len(s.Posted.Announced) == 0 {
			continue
		}
		for _, a := range s.Posted.Announced {
			err := q.journal.BindAnew(ctx, tx, a.Case, journal.ActionAnnounced, func() (bool, error) {
				return cases.Announce(ctx, tx, a.Case, q.Today(), a.Until)
			})
			if err != nil {
				return err
			}
		}
		if err := cases.Reach(ctx, tx, string(s.Delivery.Recipient())); err != nil {
			return err
		}
	}
	return nil
}

// moveLane renews the lease and moves the lane's next post. After a long silence
// the lane has a burst to spend; each post costs a pace of it. A rest that Slack
// asked for lasts until it is over.
func (q *Queue) moveLane(ctx context.Context, tx engine.Tx, l outbox.Lease, all []outbox.Settled, now time.Time) (nextSend int64, err error) {
	var posts int
	var pause time.Time
	for _, s := range all {
		if s.Posted != nil && !s.Posted.Edit {
			posts++
		}
		if s.Pause && s.Retry.After(pause) {
			pause = s.Retry
		}
	}
	burst := engine.Millis(now.Add(-time.Duration(q.burst-1) * q.pace))
	until := engine.Millis(now.Add(l.Lane.LeaseTime()))
	err = tx.Get(ctx, &nextSend, settleLane, string(l.Lane), l.Token, until, burst, int64(posts)*q.pace.Milliseconds())
	if err == nil && !pause.IsZero() {
		err = tx.Get(ctx, &nextSend, settleLane, string(l.Lane), l.Token, until, engine.Millis(pause), 0)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return 0, ErrLeaseLost
	}
	if err != nil {
		return 0, fmt.Errorf("lane: %w", err)
	}
	return nextSend, nil
}

// settleOne settles what is not merely posted.
func (q *Queue) settleOne(ctx context.Context, tx engine.Tx, d outbox.Delivery, s outbox.Settlement, now time.Time) (err error) {
	if s.RootGone {
		if err := q.rootGone(ctx, tx, d, now); err != nil {
			return fmt.Errorf("case message: %w", err)
		}
	}
	switch {
	case s.Untried:
		_, err = giveBack.Write(ctx, tx, []any{string(d.Lane)}, [][]any{{d.ID}})
		return err
	case d.Kind() == outbox.KindDocument, d.Kind() == outbox.KindDocumentRecall:
		err = q.documents.settle(ctx, tx, d, s, now)
	case d.Kind() == outbox.KindUndeletableCheck:
		err = q.settleCheck(ctx, tx, d, s)
	case s.Posted != nil:
		err = errors.Join(posted(ctx, tx, d.Lane, []outbox.Settled{{Delivery: d, Settlement: s}}), queuePicture(ctx, tx, d, *s.Posted, now))
	case s.Drop, s.Done:
		err = errors.Join(done(ctx, tx, d, d.Version, d.TS != ""), settleItems(ctx, tx, d))
	case s.FanOut:
		err = q.fanOut(ctx, tx, d, s, now)
	default:
		err = retry(ctx, tx, d, s)
	}
	if err == nil && s.Retry.IsZero() {
		err = q.finishErasure(ctx, tx, d)
	}
	return err
}

// plain reports whether all that became of an attempt is that its message stands
// in Slack.
func plain(s outbox.Settled) bool {
	switch s.Delivery.Kind() {
	case outbox.KindDocument, outbox.KindDocumentRecall, outbox.KindUndeletableCheck:
		return false
	}
	return s.Posted != nil && !s.Posted.ChartRefused && !s.Delivery.Kind().Cleans()
}

// posted records where messages stand. What was posted where its case shows no
// more does not show the case: it is a pending deletion.
func posted(ctx context.Context, tx engine.Runner, lane outbox.Lane, all []outbox.Settled) error {
	var messages, rows [][]any
	for _, s := range all {
		d, p := s.Delivery, s.Posted
		if d.Case != "" && (p.Channel != d.Channel || p.TS != d.TS) {
			message, err := message(d, *p)
			if err != nil {
				return fmt.Errorf("messages: %w", err)
			}
			messages = append(messages, message)
		}
		rows = append(rows, []any{d.ID, shownBy(s)})
	}
	if _, err := rememberMessages.Write(ctx, tx, nil, messages); err != nil {
		return fmt.Errorf("messages: %w", err)
	}
	removed := map[int64]bool{}
	for query, args := range removeRows.Chunks([]any{string(lane)}, rows) {
		var ids []int64
		if err := tx.All(ctx, &ids, query, args...); err != nil {
			return fmt.Errorf("outbox rows: %w", err)
		}
		for _, id := range ids {
			removed[id] = true
		}
	}
	return showAll(ctx, tx, all, removed)
}

// shownBy is the version up to which a row is settled by what was posted. A
// message that is not edited was posted for the version that was wanted, whatever
// it shows.
func shownBy(s outbox.Settled) int {
	if s.Delivery.Kind().Edits() {
		return s.Posted.Version
	}
	return max(s.Posted.Version, s.Delivery.Version)
}

// showAll records which version views show by now. A row that was not removed
// waits again, since something newer is wanted, or has gone to another lane.
func showAll(ctx context.Context, tx engine.Runner, all []outbox.Settled, removed map[int64]bool) error {
	var views, personal [][]any
	for _, s := range all {
		d, p := s.Delivery, *s.Posted
		if !removed[d.ID] {
			n, err := tx.Exec(ctx, againRow, d.ID, string(d.Lane), d.Kind().Edits())
			if err != nil {
				return fmt.Errorf("outbox row: %w", err)
			}
			if n == 0 {
				if err := strayed(ctx, tx, d, p); err != nil {
					return err
				}
				continue
			}
		}
		switch {
		case d.Kind().Edits() && d.Case == "":
			personal = append(personal, []any{placeOf(d), p.Channel, p.TS, p.Version})
			continue
		case d.Kind().Edits():
			views = append(views, []any{string(d.Case), placeOf(d), p.Channel, p.TS, p.Version, d.Reposted})
			continue
		}
		if err := settleItems(ctx, tx, d); err != nil {
			return err
		}
	}
	if _, err := showViews.Write(ctx, tx, nil, views); err != nil {
		return fmt.Errorf("views: %w", err)
	}
	if _, err := showPersonal.Write(ctx, tx, nil, personal); err != nil {
		return fmt.Errorf("views: %w", err)
	}
	return nil
}

// done ends a row as far as version; what a newer one asks is an edit or a
// post.
func done(ctx context.Context, tx engine.Runner, d outbox.Delivery, version int, edit bool) error {
	n, err := removeRows.Write(ctx, tx, []any{string(d.Lane)}, [][]any{{d.ID, version}})
	if err == nil && n == 0 {
		_, err = tx.Exec(ctx, againRow, d.ID, string(d.Lane), edit)
	}
	if err != nil {
		return fmt.Errorf("outbox row: %w", err)
	}
	return nil
}

func retry(ctx context.Context, tx engine.Runner, d outbox.Delivery, s outbox.Settlement) error {
	due := engine.Millis(s.Retry)
	switch d.Kind() {
	case outbox.KindReminder, outbox.KindDigest, outbox.KindSource:
		if s.OutOfHours {
			due = parkedAt
		}
	}
	_, err := tx.Exec(ctx, retryRow, d.ID, string(d.Lane), due, s.Fault)
	return err
}

// queuePicture queues the picture of a chart that Slack did not take, in the
// transaction that records where the message stands: killed at any moment, the
// picture comes, and once.
func queuePicture(ctx context.Context, tx engine.Runner, d outbox.Delivery, p outbox.Posted, now time.Time) error {
	if !p.ChartRefused {
		return nil
	}
	picture := outbox.Picture{Below: d.Payload, Channel: p.Channel, TS: p.TS}
	row := rowOf(outbox.Item{Payload: picture, Lane: d.Lane}, d.Case, d.Version)
	if err := put(ctx, tx, row, picture, now); err != nil {
		return fmt.Errorf("picture: %w", err)
	}
	return nil
}

// fanOut queues for each director directly what their channel did not take, and
// ends the row for the channel. It waits on when no director can be reached.
func (q *Queue) fanOut(ctx context.Context, tx engine.Tx, d outbox.Delivery, s outbox.Settlement, now time.Time) error {
	p, ok := d.Payload.(outbox.ForDirectors)
	if !ok {
		return retry(ctx, tx, d, s)
	}
	directors, err := q.RemainingDirectors(ctx, tx, q.Instant())
	if err != nil {
		return err
	}
	if len(directors) == 0 {
		return retry(ctx, tx, d, s)
	}
	for _, who := range directors {
		if err := q.writer.QueueAlone(ctx, tx, "", p.InsteadTo(who), d.Version); err != nil {
			return err
		}
	}
	q.writer.Wake() // a second later at the latest, should this come before the commit
	return done(ctx, tx, d, d.Version, false)
}
