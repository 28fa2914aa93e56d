package bot

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow/roster"
)

// outageTold is how long the database must have been out of order before the
// officers hear of it: a restart is over by then.
const outageTold = time.Minute

// outage follows whether the sweep can use the database, which only it asks
// all the time. The officers are told directly, since the outbox lies in that
// database: once when it lasts, and once when it is over.
type outage struct {
	roster  roster.Roster
	readers texts.Readers
	send    func(ctx context.Context, who roster.PersonID, text string) error
	log     *slog.Logger
	now     func() time.Time

	since time.Time // zero while it works
	told  string    // the fault that they were told of
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
	if !errors.As(err, &database) {
		if err == nil && o.told != "" {
			o.tell(ctx, "database.over", "")
		}
		if err == nil {
			o.since, o.told = time.Time{}, ""
		}
		return
	}
	if o.since.IsZero() {
		o.since = o.now()
	}
	word, lasting := database.DatabaseFault()
	if o.told == "" && (lasting || o.now().Sub(o.since) >= outageTold) {
		o.told = word
		o.tell(ctx, "database.alarm", word)
	}
}

func (o *outage) tell(ctx context.Context, key, word string) {
	for _, who := range o.roster.Officers {
		sp := o.readers.To(who)
		args := texts.Args{}
		if word != "" {
			args["Fault"] = sp.Say("database." + word)
		}
		if err := o.send(ctx, who, sp.Say(key, args)); err != nil {
			o.log.WarnContext(ctx, "alarm not delivered", "error", err)
		}
	}
}
