package storage

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
)

// A case that shows elsewhere from now on: what waits goes along, and what
// was posted before is left behind, to be taken away when the change says so.

const (
	// forgetPlace forgets where the case message stood, so that it is posted
	// anew before anything that belongs below it.
	forgetPlace = `
DELETE FROM views WHERE complaint = $1 AND surface = 'case'`

	// forgetStory: with another handler the story is asked for anew.
	forgetStory = `
DELETE FROM outbox WHERE complaint = $1 AND lane = $2 AND surface = 'story'`

	// nudgeLanes are the direct messages of whom a nudge is for.
	nudgeLanes = `
INSERT INTO lanes (lane, token, leased_until, next_send_at)
SELECT DISTINCT 'dm:' || person, '', 0, 0 FROM outbox WHERE complaint = $1 AND lane = $2 AND surface = 'nudge'
ON CONFLICT (lane) DO NOTHING`

	// relocateNudges: a reminder goes to whom it is for, which may be somebody else
	// than the handler, when it was to be sent.
	relocateNudges = `
UPDATE outbox SET lane = 'dm:' || person, threaded = ('dm:' || person = $3),
    attempts = 0, first_try = 0, fault = ''
WHERE complaint = $1 AND lane = $2 AND surface = 'nudge'`
	relocateBut = `
UPDATE outbox SET lane = $3, edit = FALSE, due_at = $4, attempts = 0, first_try = 0, fault = ''
WHERE complaint = $1 AND lane = $2 AND surface <> 'nudge' AND surface NOT IN (`
)

// relocateRows has what waits go along, but for reminders and for what stays with
// the person whom it was made for: nobody else has a document's passphrase.
func relocateRows() string { return relocateBut + kindsThat(outbox.Kind.Stays) + `)` }

// move carries out that a change shows the case elsewhere.
func (db *DB) move(ctx context.Context, tx engine.Runner, was *workflow.Complaint, change *workflow.Change) error {
	c := &change.Complaint
	from, to := outbox.CaseLane(was), outbox.CaseLane(c)
	if was.ID == "" {
		return nil
	}
	clear := slices.ContainsFunc(change.Effects, deletes)
	if clear {
		if err := db.leave(ctx, tx, c, from == to, true); err != nil {
			return err
		}
	}
	if from == to {
		return nil
	}
	return relocate(ctx, tx, c.ID, from, to, db.wall())
}

// relocate has what waits where the case was shown before, with its former
// handler or in the case channel, sent to where it is shown now.
func relocate(ctx context.Context, tx engine.Runner, id workflow.CaseID, from, to outbox.Lane, now time.Time) error {
	for _, s := range []struct {
		query string
		args  []any
	}{
		{forgetPlace, []any{id}},
		{forgetStory, []any{id, string(from)}},
		{nudgeLanes, []any{id, string(from)}},
		{relocateNudges, []any{id, string(from), string(to)}},
		{relocateRows(), []any{id, string(from), string(to), engine.Millis(now)}},
	} {
		if _, err := tx.Exec(ctx, s.query, s.args...); err != nil {
			return err
		}
	}
	return nil
}

const (
	// leaveMessages: what stands where the case stays ($2 is TRUE) is kept.
	leaveMessages = `
INSERT INTO leftovers (complaint, lane, channel, ts, root, mark, since, after, moved)
SELECT m.complaint, '', m.channel, m.ts, v.ts IS NOT NULL, '', 0, 0, $3
FROM messages m
LEFT JOIN views v ON v.complaint = m.complaint AND v.surface = 'case' AND v.channel = m.channel AND v.ts = m.ts
WHERE m.complaint = $1 AND NOT ($2 AND m.channel = coalesce(
    (SELECT v.channel FROM views v WHERE v.complaint = m.complaint AND v.surface = 'case'), ''))
ON CONFLICT (complaint, lane, channel, ts, mark) DO NOTHING`

	leaveAttempt = `
INSERT INTO leftovers (complaint, lane, channel, ts, root, mark, since, after, moved)
VALUES ($1, $2, '', coalesce((SELECT v.ts FROM views v WHERE v.complaint = $1 AND v.surface = 'case'), ''),
    FALSE, $3, $4, $5, $6)
ON CONFLICT (complaint, lane, channel, ts, mark) DO NOTHING`
)

// underWay are rows that were tried where the case shows no more: nobody knows
// whether their message stands there, or is about to.
func underWay() string {
	return `
SELECT ` + outboxColumns + `
FROM outbox WHERE complaint = $1 AND attempts > 0 AND surface IN (` + kindsThat(outbox.Kind.Keyed) + `)
AND NOT ($2 AND lane = $3)`
}

// leave writes down what of a case stands where it shows no more: everything,
// or, when it stays where it was, what was sent elsewhere. moved says that it is
// left because the case shows elsewhere.
func (db *DB) leave(ctx context.Context, tx engine.Runner, c *workflow.Complaint, stays, moved bool) error {
	if _, err := tx.Exec(ctx, leaveMessages, c.ID, stays, moved); err != nil {
		return fmt.Errorf("messages left behind: %w", err)
	}
	var rows []outboxRow
	if err := tx.All(ctx, &rows, underWay(), c.ID, stays, string(outbox.CaseLane(c))); err != nil {
		return fmt.Errorf("messages under way: %w", err)
	}
	after := engine.Millis(db.wall().Add(outbox.LeaseTime)) // by then every sender has lost its lease
	for _, r := range rows {
		_, err := tx.Exec(ctx, leaveAttempt, c.ID, r.Lane, deliveryKey(db.core.Keys, r), r.FirstTry, after, moved)
		if err != nil {
			return fmt.Errorf("message under way: %w", err)
		}
	}
	return nil
}

// deletes reports whether an effect takes away what was posted.
func deletes(e workflow.Effect) bool {
	switch e.(type) {
	case workflow.MovedAway, workflow.Purged:
		return true
	}
	return false
}
