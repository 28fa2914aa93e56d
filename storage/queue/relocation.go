package queue

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
)

// A case that shows elsewhere from now on is relocated: what waits goes along,
// and what was posted before is to be deleted, when the change says so.

const (
	// forgetRootView forgets where the case message stood, so that it is posted
	// anew before anything that belongs below it.
	forgetRootView = `
DELETE FROM views WHERE complaint = $1 AND surface = 'case'`

	// forgetStory: with another handler the story is asked for anew.
	forgetStory = `
DELETE FROM outbox WHERE complaint = $1 AND lane = $2 AND surface = 'story'`

	// reminderLanes are the direct messages of whom a reminder is for.
	reminderLanes = `
INSERT INTO lanes (lane, token, leased_until, next_send_at)
SELECT DISTINCT 'dm:' || person, '', 0, 0 FROM outbox WHERE complaint = $1 AND lane = $2 AND surface = 'nudge'
ON CONFLICT (lane) DO NOTHING`

	// relocateReminders: a reminder goes to whom it is for, which may be somebody else
	// than the handler, when it was to be sent.
	relocateReminders = `
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

// Relocate carries out that a change shows the case elsewhere.
func (w *Writer) Relocate(ctx context.Context, tx engine.Runner, was *workflow.Complaint, change *workflow.Change) error {
	c := &change.Complaint
	from, to := outbox.CaseLane(was), outbox.CaseLane(c)
	if was.ID == "" {
		return nil
	}
	if was.Owner != c.Owner {
		if err := assigned(ctx, tx, c.ID); err != nil {
			return err
		}
	}
	clean := slices.ContainsFunc(change.Effects, deletes)
	if clean {
		if err := w.DeleteLater(ctx, tx, c, from == to, true); err != nil {
			return err
		}
	}
	if from == to {
		return nil
	}
	return relocate(ctx, tx, c.ID, from, to, w.Wall())
}

// relocate has what waits where the case was shown before, with its former
// handler or in the case channel, sent to where it is shown now.
func relocate(ctx context.Context, tx engine.Runner, id workflow.CaseID, from, to outbox.Lane, now time.Time) error {
	for _, s := range []struct {
		query string
		args  []any
	}{
		{forgetRootView, []any{id}},
		{forgetStory, []any{id, string(from)}},
		{reminderLanes, []any{id, string(from)}},
		{relocateReminders, []any{id, string(from), string(to)}},
		{relocateRows(), []any{id, string(from), string(to), engine.Millis(now)}},
	} {
		if _, err := tx.Exec(ctx, s.query, s.args...); err != nil {
			return err
		}
	}
	return nil
}

const (
	// pendMessages: what stands where the case stays ($2 is TRUE) is kept.
	pendMessages = `
INSERT INTO leftovers (complaint, lane, channel, ts, root, mark, since, after, moved)
SELECT m.complaint, '', m.channel, m.ts, v.ts IS NOT NULL, '', 0, 0, $3
FROM messages m
LEFT JOIN views v ON v.complaint = m.complaint AND v.surface = 'case' AND v.channel = m.channel AND v.ts = m.ts
WHERE m.complaint = $1 AND NOT ($2 AND m.channel = coalesce(
    (SELECT v.channel FROM views v WHERE v.complaint = m.complaint AND v.surface = 'case'), ''))
ON CONFLICT (complaint, lane, channel, ts, mark) DO UPDATE SET
    moved = CASE WHEN leftovers.replaced THEN excluded.moved ELSE leftovers.moved END, replaced = FALSE`

	// forgetOtherViews: what somebody was shown elsewhere is shown anew, if at all.
	forgetOtherViews = `
DELETE FROM views WHERE complaint = $1 AND surface <> 'case'`

	pendAttempt = `
INSERT INTO leftovers (complaint, lane, channel, ts, root, mark, since, after, moved)
VALUES ($1, $2, '', coalesce((SELECT v.ts FROM views v WHERE v.complaint = $1 AND v.surface = 'case'), ''),
    FALSE, $3, $4, $5, $6)
ON CONFLICT (complaint, lane, channel, ts, mark) DO NOTHING`
)

// underWay are rows that were tried where the case shows no more: nobody knows
// whether their message stands there, or is about to.
func underWay() string {
	return `
SELECT ` + columns + `
FROM outbox WHERE complaint = $1 AND attempts > 0 AND surface IN (` + kindsThat(outbox.Kind.Keyed) + `)
AND NOT ($2 AND lane = $3)`
}

// DeleteLater writes down what of a case stands where it shows no more, to be
// taken away: everything, or, when it stays where it was, what was sent elsewhere. moved says that it is because the case shows elsewhere.
func (w *Writer) DeleteLater(ctx context.Context, tx engine.Runner, c *workflow.Complaint, stays, moved bool) error {
	if _, err := tx.Exec(ctx, pendMessages, c.ID, stays, moved); err != nil {
		return fmt.Errorf("messages to delete: %w", err)
	}
	var rows []Row
	if err := tx.All(ctx, &rows, underWay(), c.ID, stays, string(outbox.CaseLane(c))); err != nil {
		return fmt.Errorf("messages under way: %w", err)
	}
	if _, err := tx.Exec(ctx, forgetOtherViews, c.ID); err != nil {
		return fmt.Errorf("views to delete: %w", err)
	}
	after := engine.Millis(w.Wall().Add(outbox.LeaseTime)) // by then every sender has lost its lease
	for _, r := range rows {
		_, err := tx.Exec(ctx, pendAttempt, c.ID, r.Lane, Key(w.Keys, r), r.FirstTry, after, moved)
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

const (
	// ofLetter is the condition of the rows of the letter that a version of the
	// case recorded: the first one, and what was asked to be sent once more.
	ofLetter = ` WHERE complaint = $1 AND surface = 'mail' AND (version = $2 OR slot = $3)`

	endLetter     = `DELETE FROM outbox` + ofLetter + ` AND fault NOT IN ($4, $5, $6)`
	letterLeaving = `SELECT count(*) FROM outbox` + ofLetter
)

// EndLetter takes a letter out of the outbox, because somebody sent it
// themselves. Whoever has it in hand finds the row gone before anything leaves.
// Refused is a letter that is leaving at this moment, and one that waits no more.
func (w *Writer) EndLetter(ctx context.Context, tx engine.Runner, id workflow.CaseID, version int) error {
	slot := strconv.Itoa(version)
	n, err := tx.Exec(ctx, endLetter, string(id), version, slot, outbox.FaultSending, outbox.FaultReporting, outbox.FaultLeft)
	if err != nil {
		return fmt.Errorf("end letter: %w", err)
	}
	var leaving int
	if err := tx.Get(ctx, &leaving, letterLeaving, string(id), version, slot); err != nil {
		return fmt.Errorf("letter that is leaving: %w", err)
	}
	switch {
	case leaving > 0:
		return workflow.Refusals{{Code: workflow.CodeMailLeaving}}
	case n == 0:
		return workflow.Refusals{{Code: workflow.CodeMailNotWaits}}
	}
	return nil
}

const (
	// pendingDeletions lists replies before the case message above them, and what may
	// be there last. A replaced case message that is found to stand after all stays.
	pendingDeletions = `
SELECT lane, channel, ts, root, mark, since, after, replaced
FROM leftovers l WHERE complaint = $1 AND NOT (replaced AND EXISTS (
    SELECT 1 FROM views v WHERE v.complaint = l.complaint AND v.surface = 'case' AND v.channel = l.channel AND v.ts = l.ts))
ORDER BY mark, root, ts, channel, lane`

	forgetPending = `
DELETE FROM leftovers WHERE complaint = $1 AND lane = $2 AND channel = $3 AND ts = $4 AND mark = $5`

	// pendStray: a message that was looked for is known now.
	pendStray = `
INSERT INTO leftovers (complaint, lane, channel, ts, root, mark, since, after, moved)
SELECT complaint, '', $3, $4, $5 = 'case', '', 0, 0, moved FROM leftovers WHERE complaint = $1 AND mark = $2
ON CONFLICT (complaint, lane, channel, ts, mark) DO NOTHING`

	forgetMessage = `
DELETE FROM messages WHERE complaint = $1 AND channel = $2 AND ts = $3`
)

// PendingDeletions lists what of a case is to be taken away, in that order.
func (q *Queue) PendingDeletions(ctx context.Context, id workflow.CaseID) ([]outbox.PendingDeletion, error) {
	var rows []struct {
		Lane     string `db:"lane"`
		Channel  string `db:"channel"`
		TS       string `db:"ts"`
		Root     bool   `db:"root"`
		Mark     string `db:"mark"`
		Since    int64  `db:"since"`
		After    int64  `db:"after"`
		Replaced bool   `db:"replaced"`
	}
	if err := q.Read.All(ctx, &rows, pendingDeletions, id); err != nil {
		return nil, engine.Explain(ctx, fmt.Errorf("pending deletions: %w", err))
	}
	all := make([]outbox.PendingDeletion, len(rows))
	for i, r := range rows {
		all[i] = outbox.PendingDeletion{
			Lane: outbox.Lane(r.Lane), Channel: r.Channel, TS: r.TS, Root: r.Root, Replaced: r.Replaced,
			Key: r.Mark, Since: engine.FromMillis(r.Since), After: engine.FromMillis(r.After),
		}
	}
	return all, nil
}

// Deleted records that one of them stands nowhere any more.
func (q *Queue) Deleted(ctx context.Context, id workflow.CaseID, l outbox.PendingDeletion) error {
	return q.Change(ctx, func(tx engine.Tx) error {
		if _, err := tx.Exec(ctx, forgetPending, id, string(l.Lane), l.Channel, l.TS, l.Key); err != nil {
			return fmt.Errorf("pending deletion: %w", err)
		}
		if l.Replaced { // a purge tries again, and says what Slack won't delete
			return nil
		}
		if _, err := tx.Exec(ctx, forgetMessage, id, l.Channel, l.TS); err != nil {
			return fmt.Errorf("message: %w", err)
		}
		return nil
	})
}

// strayed records a message that was posted where its case shows no more: with
// its thread, when it is a case message.
func strayed(ctx context.Context, tx engine.Runner, d outbox.Delivery, p outbox.Posted) error {
	if _, err := tx.Exec(ctx, pendStray, string(d.Case), d.Key, p.Channel, p.TS, string(d.Kind())); err != nil {
		return fmt.Errorf("stray message: %w", err)
	}
	return nil
}
