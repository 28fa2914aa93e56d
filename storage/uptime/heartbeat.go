// Package uptime keeps when the bot was at work: the heartbeat that all replicas
// share, the days on which there was one, and what has to be computed anew after
// the clock stood ahead for a while.
package uptime

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

const (
	beatEvery = time.Minute
	// OutageAfter is how long no replica gave a heartbeat when that is an outage,
	// and how far ahead of the clock the last one is when the clock was put back.
	OutageAfter = 15 * time.Minute
)

// The names in the table meta.
const (
	metaBeat   = "beat"   // when a replica was last at work
	metaOutage = "outage" // from when to when none was, the last time
)

// lockBeat is taken by writing, so that of several replicas one finds the gap.
const lockBeat = `INSERT INTO meta (name, value) VALUES ($1, $2)
	ON CONFLICT (name) DO UPDATE SET value = meta.value RETURNING value`

// Heartbeat tells when a replica was at work.
type Heartbeat struct {
	*core.Core
	highest   *Highest
	recompute func(context.Context) error
	try       func(context.Context) error
	beaten    atomic.Int64 // the last one of this process, in ms
	noted     atomic.Value // the noted day that this process wrote last
	repaired  atomic.Int64 // when this process repaired last, by the runtime's own clock
	started   time.Time
	looked    atomic.Bool  // for what a process before this one left ahead
	freed     atomic.Int64 // the highest time for which the lanes were freed
}

// noted is a day of work as it stands in the register.
type noted struct {
	day    calendar.Date
	agreed bool
}

// New returns the heartbeat of a register whose machine's clock highest watches.
// Recompute has every case looked at again that would be looked at some day. Try goes
// with each beat: whoever sweeps hears of a fault before somebody files.
func New(c *core.Core, highest *Highest, recompute, try func(context.Context) error) *Heartbeat {
	return &Heartbeat{Core: c, highest: highest, recompute: recompute, try: try, started: time.Now()}
}

// Beat writes the register's heartbeat, which all replicas share, at most once
// a minute of the procedure's clock and when a day begins. A gap between two is
// kept as the last outage. When the last one is ahead of the clock, and a second
// clock agrees with this one, the clock stood ahead for a while: what was derived
// from it is computed anew. Without that agreement this clock may be the wrong
// one, and nothing is written. A rehearsal's clock, with which none can agree, has
// stood ahead when the bot was at work before the day that it shows; else it was
// set back.
func (h *Heartbeat) Beat(ctx context.Context, now time.Time) error {
	check := h.Checked()
	today := noted{h.Policy.Calendar.Today(now), check.Believed()}
	since := now.Sub(engine.FromMillis(h.beaten.Load()))
	wentBack, err := h.wentBack(ctx, check)
	if err != nil {
		return fmt.Errorf("heartbeat: %w", err)
	}
	if since >= 0 && since < beatEvery && h.noted.Load() == any(today) && !wentBack {
		return nil
	}
	ahead, returned, err := h.beat(ctx, now, today, check)
	if err == nil && (returned || wentBack) {
		err = h.turnBack(ctx, now, today, wentBack || since < -OutageAfter)
	}
	if err != nil {
		return fmt.Errorf("heartbeat: %w", err)
	}
	if !ahead || check != core.ClockUnchecked { // else it is tried again as soon as there is something to compare with
		h.beaten.Store(engine.Millis(now))
	}
	return h.try(ctx)
}

const workedBefore = `SELECT count(*) FROM run_days WHERE day <= $1`

// beat writes the heartbeat and the day, unless the last one is ahead; returned
// says that it was ahead because the clock stood ahead.
func (h *Heartbeat) beat(ctx context.Context, now time.Time, today noted, check core.ClockCheck) (ahead, returned bool, err error) {
	var uptime *workflow.Uptime
	err = h.Change(ctx, func(tx engine.Tx) error {
		ahead, returned, uptime = false, check == core.ClockAgrees, nil
		var value []byte
		if err := tx.Get(ctx, &value, lockBeat, metaBeat, instants(now)); err != nil {
			return err
		}
		last := instantsOf(value)[0]
		gap := now.Sub(last)
		if ahead = gap < -OutageAfter; ahead {
			return h.cameBack(ctx, tx, today, check, &returned)
		}
		if gap > OutageAfter {
			if _, err := tx.Exec(ctx, core.WriteMeta, metaOutage, instants(last, now)); err != nil {
				return err
			}
		}
		if uptime, err = h.noteDay(ctx, tx, now, today); err != nil || gap < 0 { // another replica's clock is ahead
			return err
		}
		_, err := tx.Exec(ctx, core.WriteMeta, metaBeat, instants(now))
		return err
	})
	if err != nil {
		return ahead, false, err
	}
	h.know(uptime, today)
	if ahead && check == core.ClockDiffers {
		h.Log.WarnContext(ctx, "the register was at work later than this clock says, and Slack's clock does not agree with it")
	}
	return ahead, ahead && returned, nil
}

// cameBack sets returned for a rehearsal's clock.
func (h *Heartbeat) cameBack(ctx context.Context, tx engine.Tx, today noted, check core.ClockCheck, returned *bool) error {
	if check != core.ClockRehearsed {
		return nil
	}
	var days int
	err := tx.Get(ctx, &days, workedBefore, today.day)
	*returned = days > 0
	return err
}

// noteDay writes a day once a process; nil when it did before.
func (h *Heartbeat) noteDay(ctx context.Context, tx engine.Tx, now time.Time, today noted) (*workflow.Uptime, error) {
	if h.noted.Load() == any(today) {
		return nil, nil
	}
	u, err := h.NoteDay(ctx, tx, now, today.agreed)
	return &u, err
}

// know remembers what was committed.
func (h *Heartbeat) know(u *workflow.Uptime, today noted) {
	if u != nil {
		h.SetUptime(*u)
		h.noted.Store(today)
	}
}

// Outage returns the last time in which no replica was at work for more than
// 15 minutes; zero when none is known.
func (h *Heartbeat) Outage(ctx context.Context) (workflow.Outage, error) {
	from, until, err := h.outage(ctx, h.Read)
	if err != nil {
		return workflow.Outage{}, engine.Explain(ctx, fmt.Errorf("last outage: %w", err))
	}
	return workflow.Outage{From: from, Until: until}, nil
}

func (h *Heartbeat) outage(ctx context.Context, q engine.Runner) (from, until time.Time, err error) {
	var value []byte
	err = q.Get(ctx, &value, core.ReadMeta, metaOutage)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, time.Time{}, nil
	}
	at := instantsOf(value)
	return at[0], at[1], err
}

// instants are seconds since 1970 as meta keeps them: "1764061200 1764064800".
func instants(all ...time.Time) []byte {
	parts := make([]string, len(all))
	for i, t := range all {
		parts[i] = strconv.FormatInt(t.Unix(), 10)
	}
	return []byte(strings.Join(parts, " "))
}

// instantsOf reads at most two; what is missing is zero.
func instantsOf(value []byte) (at [2]time.Time) {
	for i, part := range strings.Fields(string(value)) {
		if seconds, err := strconv.ParseInt(part, 10, 64); err == nil && i < len(at) {
			at[i] = time.Unix(seconds, 0).UTC()
		}
	}
	return at
}
