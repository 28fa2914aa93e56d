package core

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
)

// ClockCheck is what a second clock says of the procedure's.
type ClockCheck int

// The results of a comparison.
const (
	ClockAgrees    ClockCheck = iota // within a day
	ClockRehearsed                   // the machine's does, and a rehearsal set the procedure's otherwise
	ClockUnchecked                   // there was nothing to compare it with yet
	ClockDiffers
)

// Believed reports whether what can't be taken back may be done.
func (c ClockCheck) Believed() bool { return c == ClockAgrees || c == ClockRehearsed }

// ErrClock means that something that can't be taken back was not done, because
// no second clock agrees with the procedure's.
var ErrClock = errors.New("no second clock agrees with this one")

// Checked is what the second clock says now; where there is none it agrees.
func (c *Core) Checked() ClockCheck {
	if c.Check == nil {
		return ClockAgrees
	}
	return c.Check()
}

const (
	noteDay = `INSERT INTO run_days (day, agreed) VALUES ($1, $2)
		ON CONFLICT (day) DO UPDATE SET agreed = (run_days.agreed OR excluded.agreed)`
	countDays = `SELECT count(*) AS days, count(CASE WHEN agreed THEN 1 END) AS agreed FROM run_days`
)

// NoteDay notes that a replica of the bot is at work on the day of that instant,
// and counts the days on which one was.
func (c *Core) NoteDay(ctx context.Context, tx engine.Tx, now time.Time, agreed bool) (workflow.Uptime, error) {
	var n struct {
		Days   int `db:"days"`
		Agreed int `db:"agreed"`
	}
	_, err := tx.Exec(ctx, noteDay, c.Policy.Calendar.Today(now), agreed)
	if err == nil {
		err = tx.Get(ctx, &n, countDays)
	}
	if err != nil {
		return workflow.Uptime{}, fmt.Errorf("days at work: %w", err)
	}
	return workflow.Uptime{Days: n.Days, Agreed: n.Agreed}, nil
}

// SetUptime has the policy know on how many days the bot was at work.
func (c *Core) SetUptime(u workflow.Uptime) { c.uptime.Store(&u) }

// Uptime is what SetUptime set last; zero before the first heartbeat.
func (c *Core) Uptime() workflow.Uptime {
	if u := c.uptime.Load(); u != nil {
		return *u
	}
	return workflow.Uptime{}
}
