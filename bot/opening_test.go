package bot

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/handlers/incoming"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/slacksim/faults"
)

// TestOpening_settles: what becomes known of a modal after an answer that never
// came, and how often it is on the screen.
func TestOpening_settles(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		order  func(*faults.Faults)
		opened bool
		err    error
	}{
		"lost":                        {func(f *faults.Faults) { f.LoseAnswer("views.open", 1) }, true, nil},
		"late, and found by its name": {func(f *faults.Faults) { f.Late("views.open", time.Minute, 1) }, true, nil},
		"open, under an id that nobody tells": {func(f *faults.Faults) {
			f.PageAfter("views.open", 504, 1)
			f.Status("views.update", 503, 1)
		}, true, nil},
		"nobody knows": {func(f *faults.Faults) {
			f.Status("views.open", 503, 2)
			f.Status("views.update", 503, 1)
		}, false, handlers.ErrMayBeOpen},
		"not open": {func(f *faults.Faults) { f.Status("views.open", 503, 2) }, false, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var passed atomic.Int64 // seconds, for Slack
			l := newBotTest(t, func(_ *botTest, world *slacksim.Config) {
				world.Now = func() time.Time { return time.Now().Add(time.Duration(passed.Load()) * time.Second) }
			})
			settled := make(chan error, 1)
			l.handler.command = func(ctx context.Context, cmd incoming.Command) handlers.Ack {
				ctx, cancel := context.WithTimeout(ctx, 200*time.Millisecond)
				defer cancel()
				c.order(l.Sim.Faults())
				_, err := l.handler.slack.OpenView(ctx, cmd.TriggerID, form())
				var u *handlers.Unanswered
				if !errors.As(err, &u) {
					settled <- errors.Join(errors.New("no doubt"), err)
					return handlers.Ack{}
				}
				if strings.HasSuffix(name, "by its name") {
					passed.Store(4) // the trigger has expired
				}
				return handlers.Ack{Then: func(ctx context.Context) {
					_, err := u.Settle(ctx)
					settled <- err
				}}
			}
			l.run()
			_, err := l.Sim.As(anna).Slash(l.Ctx, "C0LOBBY", "/klacht", "")
			l.Must(err)
			err = <-settled
			if c.err != nil && !errors.Is(err, c.err) || c.err == nil && (err == nil) != c.opened {
				t.Errorf("settled as %v", err)
			}
			if n := len(l.Sim.As(anna).Modals()); n != map[bool]int{true: 1, false: 0}[c.opened] {
				t.Errorf("%d modals are on the screen", n)
			}
		})
	}
}
