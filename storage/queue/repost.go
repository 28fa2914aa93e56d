package queue

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// A case message that is gone, or stands in a channel that is not the cases' any
// more, is posted anew, with what the bot said below it: the story and the lines.
// Nobody is mentioned by it. Where the case message stands is forgotten in the
// transaction that asks for all this, so it is asked for once, however many see
// that it is gone; and the rows wait in the outbox as any delivery does.

const (
	// forgetRoot forgets where the case message stood, unless it was posted
	// anew since.
	forgetRoot = `
DELETE FROM views WHERE complaint = $1 AND surface = 'case' AND ts = $2 RETURNING channel, shown`

	// lockShown locks a case as cases.Lock does; an erased one shows nowhere.
	lockShown = `
UPDATE complaints SET lock = lock + 1 WHERE id = $1 AND state <> 'erased' RETURNING version, series, owner`

	// rootStands counts where the case message stands, and the attempts at it of
	// which it is not on record yet what became of them.
	rootStands = `
SELECT (SELECT count(*) FROM views v WHERE v.complaint = $1 AND v.surface = 'case') AS stands,
    (SELECT count(*) FROM outbox o WHERE o.complaint = $1 AND o.surface = 'case' AND o.attempts > 0) AS tried`

	postRoot = `
UPDATE outbox SET edit = FALSE, attempts = 0, first_try = 0, due_at = $2, reposted = TRUE
WHERE complaint = $1 AND version = 0 AND ordinal = 0 AND surface = 'case'`

	// pendReplaced has the old case message taken away, with the bot's replies below it.
	pendReplaced = `
INSERT INTO leftovers (complaint, lane, channel, ts, root, mark, since, after, moved, replaced)
VALUES ($1, '', $2, $3, TRUE, '', 0, 0, FALSE, TRUE)
ON CONFLICT (complaint, lane, channel, ts, mark) DO NOTHING`

	// mentionAgain: whoever gets the case is mentioned, wherever its message was posted
	// before.
	mentionAgain    = `UPDATE views SET reposted = FALSE WHERE complaint = $1 AND surface = 'case'`
	mentionAgainNew = `UPDATE outbox SET reposted = FALSE WHERE complaint = $1 AND surface = 'case'`

	unnamedMessages = `SELECT count(*) FROM messages WHERE complaint = $1 AND surface = ''`

	waitingLines = `SELECT version FROM outbox WHERE complaint = $1 AND surface = 'line'`

	// changesOf are the first line of each version: see storage.DB.Performed.
	changesOf = `
SELECT j.version, j.action FROM journal j WHERE j.complaint = $1
AND NOT EXISTS (SELECT 1 FROM journal e WHERE e.complaint = j.complaint AND e.version = j.version AND e.line < j.line)
ORDER BY j.version`
)

// repliesOf are what the bot said below the case message, wherever that stood.
func repliesOf() string {
	return `
SELECT surface, version, ordinal, payload, channel, ts FROM messages
WHERE complaint = $1 AND surface IN (` + kindsThat(outbox.Kind.Reposts) + `) ORDER BY version, ordinal`
}

// insertReposts leaves alone what waits to be said for the first time.
var insertReposts = engine.NewMany(`INSERT INTO outbox (id, lane, complaint, version, ordinal, surface, person, slot, wanted, threaded,
    queued_at, due_at, payload, attempts, first_try, fault, edit, reposted)
VALUES `, 0, "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, '', FALSE, TRUE)", ", ", `
ON CONFLICT (complaint, version, ordinal, surface, person, slot) DO NOTHING`)

// reply is something that the bot said below a case message.
type reply struct {
	Surface string `db:"surface"`
	Version int    `db:"version"`
	Ordinal int    `db:"ordinal"`
	Payload string `db:"payload"`
	Channel string `db:"channel"`
	TS      string `db:"ts"`
}

// message are the values of rememberMessages.
func message(d outbox.Delivery, p outbox.Posted) ([]any, error) {
	if !d.Kind().Reposts() {
		return []any{string(d.Case), p.Channel, p.TS, string(d.Kind()), 0, 0, ""}, nil
	}
	payload, err := outbox.Encode(d.Payload)
	return []any{string(d.Case), p.Channel, p.TS, string(d.Kind()), d.Version, d.Ordinal, payload}, err
}

// rootGone has the case message posted anew that d edits, or below which it goes.
// A process that goes by another channel than the register leaves that to those
// that don't.
func (q *Queue) rootGone(ctx context.Context, tx engine.Runner, d outbox.Delivery, now time.Time) error {
	at := d.Root
	if d.Kind() == outbox.KindCase {
		at = d.TS
	}
	if at == "" {
		return nil
	}
	if current, err := q.current(ctx, tx); err != nil || !current {
		return err
	}
	_, err := q.writer.repost(ctx, tx, d.Case, at, now)
	return err
}

// current reports whether this process posts cases in the channel that the register
// goes by.
func (q *Queue) current(ctx context.Context, tx engine.Runner) (bool, error) {
	if q.channel == "" {
		return true, nil
	}
	var channel []byte
	err := tx.Get(ctx, &channel, core.ReadMeta, metaChannel)
	if errors.Is(err, sql.ErrNoRows) {
		return true, nil
	}
	return string(channel) == q.channel, err
}

// lockedCase is a case as far as it matters where it shows; nil for one that shows
// nowhere.
func lockedCase(ctx context.Context, tx engine.Runner, id workflow.CaseID) (*workflow.Complaint, error) {
	var c struct {
		Version int             `db:"version"`
		Series  workflow.Series `db:"series"`
		Owner   roster.PersonID `db:"owner"`
	}
	err := tx.Get(ctx, &c, lockShown, string(id))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("lock case: %w", err)
	}
	return &workflow.Complaint{ID: id, Version: c.Version, Series: c.Series, Owner: c.Owner}, nil
}

// repost has the case message that stood at that timestamp posted anew from an
// instant on, with its thread, and returns how many messages that are; none when it
// was asked for before.
func (w *Writer) repost(ctx context.Context, tx engine.Runner, id workflow.CaseID, ts string, from time.Time) (posts int, err error) {
	c, err := lockedCase(ctx, tx, id)
	if c == nil || err != nil {
		return 0, err
	}
	var stood struct {
		Channel string `db:"channel"`
		Shown   int    `db:"shown"`
	}
	err = tx.Get(ctx, &stood, forgetRoot, string(id), ts)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	if err == nil {
		_, err = tx.Exec(ctx, pendReplaced, string(id), stood.Channel, ts)
	}
	if err != nil {
		return 0, err
	}
	row := rowOf(outbox.Item{Payload: outbox.Case{}, Lane: outbox.CaseLane(c)}, id, stood.Shown)
	if err := put(ctx, tx, row, outbox.Case{}, from); err != nil {
		return 0, err
	}
	if _, err := tx.Exec(ctx, postRoot, string(id), engine.Millis(from)); err != nil {
		return 0, err
	}
	said, err := said(ctx, tx, id)
	if err != nil {
		return 0, err
	}
	n, err := w.sayAgain(ctx, tx, c, said, from)
	return n + 1, err
}

// said is what the bot said below a case message, wherever that stood. Of a thread
// from before messages were named the journal knows the lines, but for what they said
// of a letter.
func said(ctx context.Context, tx engine.Runner, id workflow.CaseID) (all []reply, err error) {
	if err := tx.All(ctx, &all, repliesOf(), string(id)); err != nil {
		return nil, fmt.Errorf("replies: %w", err)
	}
	if slices.ContainsFunc(all, func(r reply) bool { return r.Surface == string(outbox.KindStory) }) {
		return all, nil
	}
	var unnamed int
	if err := tx.Get(ctx, &unnamed, unnamedMessages, string(id)); err != nil || unnamed == 0 {
		return all, err
	}
	return saidBefore(ctx, tx, id, all)
}

// saidBefore adds what stood in a thread from before to what is known of it.
func saidBefore(ctx context.Context, tx engine.Runner, id workflow.CaseID, known []reply) ([]reply, error) {
	var lines []int
	if err := tx.All(ctx, &lines, waitingLines, string(id)); err != nil {
		return nil, fmt.Errorf("lines that wait: %w", err)
	}
	for _, r := range known {
		lines = append(lines, r.Version)
	}
	var changes []struct {
		Version int                 `db:"version"`
		Action  workflow.ActionName `db:"action"`
	}
	if err := tx.All(ctx, &changes, changesOf, string(id)); err != nil {
		return nil, fmt.Errorf("changes: %w", err)
	}
	for _, c := range changes {
		var p outbox.Payload
		switch {
		case c.Action == workflow.ActionFile:
			p = outbox.Story{}
		case !c.Action.HasLine() || slices.Contains(lines, c.Version):
			continue
		default:
			p = outbox.Line{Action: c.Action}
		}
		payload, err := outbox.Encode(p)
		if err != nil {
			return nil, err
		}
		known = append(known, reply{Surface: string(p.Kind()), Version: c.Version, Ordinal: 1, Payload: payload})
	}
	return known, nil
}

// sayAgain queues what the bot said below a case message, each thing once, and
// returns how many that are.
func (w *Writer) sayAgain(ctx context.Context, tx engine.Runner, c *workflow.Complaint, all []reply, from time.Time) (int, error) {
	lane := outbox.CaseLane(c)
	if err := ensureLanes(ctx, tx, []outbox.Lane{lane}); err != nil {
		return 0, err
	}
	var rows [][]any
	seen := map[[2]int]bool{}
	for _, r := range all {
		if seen[[2]int{r.Version, r.Ordinal}] {
			continue
		}
		seen[[2]int{r.Version, r.Ordinal}] = true
		p, err := outbox.Decode(outbox.Kind(r.Surface), r.Payload)
		if err != nil {
			continue // of a newer program; it would show as failing for ever
		}
		row := Row{
			Lane: string(lane), Complaint: string(c.ID), Version: r.Version, Ordinal: r.Ordinal, Surface: r.Surface,
			Slot: p.Slot(), Wanted: r.Version, Threaded: true,
		}
		values, err := row.values(p, from)
		if err != nil {
			return 0, err
		}
		rows = append(rows, values)
	}
	if _, err := insertReposts.Write(ctx, tx, nil, rows); err != nil {
		return 0, fmt.Errorf("replies to say again: %w", err)
	}
	return len(rows), nil
}

// deleteReplaced has case messages taken away that were posted anew and stand by
// now. Whatever was under way below the old one has arrived by then.
func deleteReplaced(ctx context.Context, tx engine.Runner, all []outbox.Settled, now time.Time) error {
	for _, s := range all {
		d := s.Delivery
		if s.Posted == nil || d.Kind() != outbox.KindCase || d.TS != "" || !d.Reposted {
			continue
		}
		at := now.Add(outbox.LeaseTime)
		row := rowOf(outbox.Alone(outbox.Deletion{}), d.Case, int(engine.Millis(now)))
		if err := put(ctx, tx, row, outbox.Deletion{}, at); err != nil {
			return fmt.Errorf("replaced case message: %w", err)
		}
	}
	return nil
}

// assigned has the case message mention its handler again.
func assigned(ctx context.Context, tx engine.Runner, id workflow.CaseID) error {
	for _, query := range []string{mentionAgain, mentionAgainNew} {
		if _, err := tx.Exec(ctx, query, string(id)); err != nil {
			return fmt.Errorf("mention the handler: %w", err)
		}
	}
	return nil
}

// ErrUnsettled means that the case message is being sent just now.
var ErrUnsettled = errors.New("the case message is being sent")

// RenewCaseMessage has the case message shown anew where it stands: an edit, which
// pings nobody. When it is gone from there, it is posted anew. It fails with
// ErrUnsettled while it is being sent; what that shows may be on the screen, or come
// later.
func (q *Queue) RenewCaseMessage(ctx context.Context, id workflow.CaseID) error {
	err := q.Change(ctx, func(tx engine.Tx) error {
		c, err := lockedCase(ctx, tx, id)
		if c == nil || err != nil {
			return err
		}
		var root struct {
			Stands int `db:"stands"`
			Tried  int `db:"tried"`
		}
		if err := tx.Get(ctx, &root, rootStands, string(id)); err != nil || root.Stands+root.Tried == 0 {
			return err
		}
		if root.Tried > 0 {
			return ErrUnsettled
		}
		return put(ctx, tx, rowOf(outbox.Item{Payload: outbox.Case{}, Lane: outbox.CaseLane(c)}, id, c.Version), outbox.Case{}, q.Wall())
	})
	if err != nil {
		return fmt.Errorf("renew case message: %w", err)
	}
	q.writer.Wake()
	return nil
}
