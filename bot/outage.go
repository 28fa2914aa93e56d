package bot

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/artra/klachtbot/handlers/core"
)

// outageTold is how long the database must have been out of order before the
// officers hear of it: a restart is over by then.
const outageTold = time.Minute

// How long until an alarm that reached nobody is tried again, and until one that did is
// looked at again: on another day it comes anew.
const (
	alarmAgain = time.Minute
	alarmStays = time.Hour
)

// databaseAlarm tells people that nothing can be recorded, and that it is over.
type databaseAlarm interface {
	DatabaseOut(ctx context.Context, fault string) (known bool)
	DatabaseBack(ctx context.Context) error
}

// outage follows whether the sweep can use the database, which only it asks
// all the time. The officers are told when it lasts, and when it is over.
type outage struct {
	alarm databaseAlarm
	log   *slog.Logger
	now   func() time.Time

	since time.Time // zero while it works
	next  time.Time // when the alarm is due again
	told  bool      // somebody may have been alarmed: by this process, or by one before
}

// newOutage follows from now on; what a process before this one told may be open.
func newOutage(alarm databaseAlarm, log *slog.Logger, now func() time.Time) *outage {
	return &outage{alarm: alarm, log: log, now: now, told: true, next: now().Add(outageTold)}
}

// watched is a job whose errors tell of the database. Its runs don't overlap.
func (o *outage) watched(job func(context.Context) error) func(context.Context) error {
	return func(ctx context.Context) error {
		err := job(ctx)
		if ctx.Err() == nil {
			o.follow(ctx, err)
		}
		return err
	}
}

func (o *outage) follow(ctx context.Context, err error) {
	var database core.DatabaseError
	switch {
	case err == nil:
		o.works(ctx)
	case errors.As(err, &database):
		o.fails(ctx, database)
	}
}

// works calls the alarm off, in a process that has just begun after a moment: it has
// better to do.
func (o *outage) works(ctx context.Context) {
	o.since = time.Time{}
	if !o.told || o.now().Before(o.next) {
		return
	}
	err := o.alarm.DatabaseBack(ctx)
	if err != nil {
		o.log.WarnContext(ctx, "alarm not called off", "error", err)
	}
	o.told, o.next = err != nil, o.now().Add(alarmAgain)
}

func (o *outage) fails(ctx context.Context, database core.DatabaseError) {
	if o.since.IsZero() {
		o.since, o.next = o.now(), o.now()
	}
	word, lasting := database.DatabaseFault()
	if o.now().Before(o.next) || !lasting && o.now().Sub(o.since) < outageTold {
		return
	}
	wait := alarmAgain
	if o.alarm.DatabaseOut(ctx, word) {
		o.told, wait = true, alarmStays
	}
	o.next = o.now().Add(wait)
}
