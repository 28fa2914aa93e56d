package queue

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// Views knows where open cases show, and has the bot look whether that still
// stands.
type Views struct{ *Queue }

// Views are those of what q sends.
func (q *Queue) Views() *Views { return &Views{q} }

// The names in the table meta.
const (
	metaChannel = "case_channel"  // in which the register last posted cases
	metaViews   = "views_checked" // the day of the last daily look
)

const (
	shownIn = `
SELECT DISTINCT v.channel FROM complaints c JOIN views v ON v.complaint = c.id AND v.surface = 'case'
WHERE c.state <> 'erased' AND c.state <> 'closed' ORDER BY v.channel`

	openRoots = `
WHERE c.state <> 'erased' AND c.state <> 'closed' AND v.channel = $1 AND v.ts < $2 ORDER BY v.ts DESC LIMIT $3`

	rootOf = `
WHERE c.id = $1 AND c.state <> 'erased'`

	// straysOf are case messages of open cases in another channel than that of the
	// cases.
	straysOf = `
SELECT v.complaint, v.ts FROM complaints c JOIN views v ON v.complaint = c.id AND v.surface = 'case'
WHERE c.state <> 'erased' AND c.state <> 'closed' AND c.series = 'K' AND v.channel <> $1
ORDER BY c.year, c.series, c.ordinal LIMIT $2`

	// firstThatDay counts for one of all replicas.
	firstThatDay = `INSERT INTO meta (name, value) VALUES ($1, $2)
ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE meta.value <> excluded.value`
)

// roots are case messages with how many replies the register has of each.
func roots(where string) string {
	below := `(SELECT count(*) FROM messages m WHERE m.complaint = v.complaint AND m.channel = v.channel AND m.ts > v.ts AND m.surface `
	return `
SELECT v.complaint, c.series, c.owner, v.channel, v.ts,
    ` + below + `IN (` + kindsThat(outbox.Kind.Reposts) + `)) AS replies,
    ` + below + `= '') AS unnamed
FROM complaints c JOIN views v ON v.complaint = c.id AND v.surface = 'case'` + where
}

// newest is above every timestamp of Slack's.
const newest = "9999999999.999999"

// ShownIn lists the conversations in which case messages of open cases stand.
func (v *Views) ShownIn(ctx context.Context) (all []string, err error) {
	if err := v.Read.All(ctx, &all, shownIn); err != nil {
		return nil, engine.Explain(ctx, fmt.Errorf("where cases show: %w", err))
	}
	return all, nil
}

// Roots lists case messages of open cases in a conversation, the newest first: at
// most limit of those before a timestamp, "" for no bound.
func (v *Views) Roots(ctx context.Context, channel, before string, limit int) ([]outbox.Root, error) {
	if before == "" {
		before = newest
	}
	return v.roots(ctx, roots(openRoots), channel, before, limit)
}

// Root returns the case message of a case, closed or not, with the replies that are
// on record below it; ok is false when the register has none.
func (v *Views) Root(ctx context.Context, id workflow.CaseID) (r outbox.Root, ok bool, err error) {
	all, err := v.roots(ctx, roots(rootOf), string(id))
	if err != nil || len(all) == 0 {
		return r, false, err
	}
	r = all[0]
	if err := v.Read.All(ctx, &r.Known, knownBelow, string(id), r.Channel, r.TS); err != nil {
		return r, false, engine.Explain(ctx, fmt.Errorf("replies: %w", err))
	}
	return r, true, nil
}

const knownBelow = `
SELECT ts FROM messages WHERE complaint = $1 AND channel = $2 AND ts > $3`

func (v *Views) roots(ctx context.Context, query string, args ...any) ([]outbox.Root, error) {
	var rows []struct {
		ID      workflow.CaseID `db:"complaint"`
		Series  workflow.Series `db:"series"`
		Owner   roster.PersonID `db:"owner"`
		Channel string          `db:"channel"`
		TS      string          `db:"ts"`
		Replies int             `db:"replies"`
		Unnamed int             `db:"unnamed"`
	}
	if err := v.Read.All(ctx, &rows, query, args...); err != nil {
		return nil, engine.Explain(ctx, fmt.Errorf("case messages: %w", err))
	}
	all := make([]outbox.Root, len(rows))
	for i, r := range rows {
		lane := outbox.CaseLane(&workflow.Complaint{Series: r.Series, Owner: r.Owner})
		all[i] = outbox.Root{Case: r.ID, Lane: lane, Channel: r.Channel, TS: r.TS, Replies: r.Replies, Unnamed: r.Unnamed}
	}
	return all, nil
}

// Renew is RenewCaseMessage; one that is being sent need not be renewed.
func (v *Views) Renew(ctx context.Context, id workflow.CaseID) error {
	if err := v.RenewCaseMessage(ctx, id); !errors.Is(err, ErrUnsettled) {
		return err
	}
	return nil
}

// Refill has what is gone below a case message said again: what Root knew of, before
// somebody looked, and is not among the bot's replies that stood there. A case message
// that stands elsewhere by now is left alone.
func (v *Views) Refill(ctx context.Context, r outbox.Root, standing []string) error {
	err := v.Change(ctx, func(tx engine.Tx) error {
		c, err := lockedCase(ctx, tx, r.Case)
		if c == nil || err != nil {
			return err
		}
		var n int
		if err := tx.Get(ctx, &n, stillStands, string(r.Case), r.Channel, r.TS); err != nil || n == 0 {
			return err
		}
		all, err := said(ctx, tx, r.Case)
		if err != nil {
			return err
		}
		gone, err := v.gone(ctx, tx, r, all, standing)
		if err != nil {
			return err
		}
		_, err = v.writer.sayAgain(ctx, tx, c, gone, v.Wall())
		return err
	})
	if err != nil {
		return engine.Explain(ctx, fmt.Errorf("refill thread: %w", err))
	}
	v.writer.Wake()
	return nil
}

const stillStands = `SELECT count(*) FROM views WHERE complaint = $1 AND surface = 'case' AND channel = $2 AND ts = $3`

// gone are those of all that stand nowhere in the thread any more: they are no
// messages of the case from now on, so that they are missed once. What was posted
// since somebody looked stands. Of a thread from before it is known only whether
// anything of it stands.
func (v *Views) gone(ctx context.Context, tx engine.Runner, r outbox.Root, all []reply, standing []string) (gone []reply, err error) {
	below := func(one reply) bool { return one.Channel == r.Channel && one.TS > r.TS }
	stands := func(one reply) bool {
		return below(one) && (slices.Contains(standing, one.TS) || !slices.Contains(r.Known, one.TS))
	}
	for _, one := range all {
		same := func(other reply) bool {
			return other.Version == one.Version && other.Ordinal == one.Ordinal && stands(other)
		}
		if slices.ContainsFunc(all, same) || one.TS == "" && len(standing) > 0 {
			continue
		}
		gone = append(gone, one)
		if !below(one) {
			continue
		}
		if _, err := tx.Exec(ctx, forgetMessage, string(r.Case), one.Channel, one.TS); err != nil {
			return nil, err
		}
	}
	return gone, nil
}

// CheckAll has the bot look whether what open cases show still stands.
func (v *Views) CheckAll(ctx context.Context) error {
	return v.check(ctx, "", outbox.ViewCheck{})
}

// CheckCase has it look at one case.
func (v *Views) CheckCase(ctx context.Context, id workflow.CaseID) error {
	return v.check(ctx, id, outbox.RootCheck{})
}

func (v *Views) check(ctx context.Context, id workflow.CaseID, p outbox.Payload) error {
	err := v.Change(ctx, func(tx engine.Tx) error { return v.ask(ctx, tx, id, p) })
	if err != nil {
		return engine.Explain(ctx, fmt.Errorf("ask for a look: %w", err))
	}
	v.writer.Wake()
	return nil
}

// ask queues a look; one that is under way is followed by another.
func (v *Views) ask(ctx context.Context, tx engine.Runner, id workflow.CaseID, p outbox.Payload) error {
	return v.writer.QueueAlone(ctx, tx, id, p, int(engine.Millis(v.Wall())))
}

// CheckDaily is CheckAll, once that day: of all replicas one asks for it.
func (v *Views) CheckDaily(ctx context.Context, day calendar.Date) error {
	asked := false
	err := v.Change(ctx, func(tx engine.Tx) error {
		n, err := tx.Exec(ctx, firstThatDay, metaViews, []byte(day.String()))
		if asked = n > 0; err != nil || !asked {
			return err
		}
		return v.ask(ctx, tx, "", outbox.ViewCheck{})
	})
	if err != nil {
		return engine.Explain(ctx, fmt.Errorf("ask for the daily look: %w", err))
	}
	if asked {
		v.writer.Wake()
	}
	return nil
}

// moveBatch is how many cases move in one transaction.
const moveBatch = 100

// Move has every open case posted anew that stands in another channel than the one
// of the cases, as fast as that channel takes them. Cut off, it goes on at the next
// start: the channel is noted last.
func (v *Views) Move(ctx context.Context) error {
	if v.channel == "" {
		return nil
	}
	from := v.Wall()
	for moved := moveBatch; moved == moveBatch; {
		err := v.Change(ctx, func(tx engine.Tx) (err error) {
			moved, from, err = v.moveSome(ctx, tx, from)
			return err
		})
		if err != nil {
			return fmt.Errorf("move cases: %w", err)
		}
	}
	if _, err := v.Write.Exec(ctx, core.WriteMeta, metaChannel, []byte(v.channel)); err != nil {
		return fmt.Errorf("move cases: %w", err)
	}
	return nil
}

// moveSome moves some cases, the first from an instant on and each when the channel
// has taken those before: what comes meanwhile need not wait for all of them.
func (v *Views) moveSome(ctx context.Context, tx engine.Runner, from time.Time) (moved int, then time.Time, err error) {
	var strays []struct {
		Complaint workflow.CaseID `db:"complaint"`
		TS        string          `db:"ts"`
	}
	if err := tx.All(ctx, &strays, straysOf, v.channel, moveBatch); err != nil {
		return 0, from, err
	}
	then = from
	for _, s := range strays {
		posts, err := v.writer.repost(ctx, tx, s.Complaint, s.TS, then)
		if err != nil {
			return 0, from, err
		}
		then = then.Add(time.Duration(posts) * v.pace)
	}
	return len(strays), then, nil
}
