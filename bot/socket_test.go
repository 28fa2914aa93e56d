package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/slacksim"
)

func twoSockets(l *lab, _ *slacksim.Config) { l.config.Sockets = 2 }

func TestCommandIsAnswered(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	if l.bot.Ready() {
		t.Error("ready before it runs")
	}
	l.run()
	answer, err := l.sim.As(anna).Slash(l.ctx, lobby, "/klacht", "help")
	l.must(err)
	if answer.Text != "echo help" {
		t.Errorf("answer %q", answer.Text)
	}
	if !l.bot.Ready() || l.bot.Connected() != 1 {
		t.Errorf("ready %v, %d sockets", l.bot.Ready(), l.bot.Connected())
	}
	l.stop()
	l.must(l.end())
	if l.bot.Ready() {
		t.Error("ready after the stop")
	}
}

func TestDuplicatedEnvelopesAreEachAcknowledged(t *testing.T) {
	t.Parallel()
	l := newLab(t, twoSockets)
	served := make(chan struct{}, 4)
	l.front.command = func(context.Context, slack.SlashCommand) handlers.Ack {
		served <- struct{}{}
		return handlers.Ack{}
	}
	l.run()
	l.sim.Faults().DuplicateEnvelopes(1)
	_, err := l.sim.As(anna).Slash(l.ctx, lobby, "/klacht", "")
	l.must(err)
	<-served
	<-served // both copies: the gesture's identity makes that harmless
	l.stop()
	l.must(l.end())
	if c := l.sim.Complaints(); len(c) > 0 {
		t.Errorf("Slack complains: %q", c)
	}
}

// TestSocketsComeBack has Slack refresh and cut the sockets. With two of them
// no gesture is lost to a refresh: people go on working meanwhile.
func TestSocketsComeBack(t *testing.T) {
	t.Parallel()
	l := newLab(t, twoSockets)
	l.run()
	opened := connections(l)
	for range 2 {
		l.sim.Faults().Refresh("refresh_requested")
		for i := range 20 {
			if _, err := l.sim.As(anna).Slash(l.ctx, lobby, "/klacht", "x"); err != nil {
				t.Fatalf("gesture %d during a refresh: %v", i, err)
			}
		}
		opened++
		awaitCalls(l, "apps.connections.open", opened)
	}
	l.sim.Faults().Refresh("warning")
	awaitCalls(l, "apps.connections.open", opened+1)
	l.must(l.sim.AwaitConnections(l.ctx, 2))
	l.sim.Faults().CutSockets()
	awaitCalls(l, "apps.connections.open", opened+3)
	l.must(l.sim.AwaitConnections(l.ctx, 2))
	_, err := l.sim.As(anna).Slash(l.ctx, lobby, "/klacht", "x")
	l.must(err)
}

func connections(l *lab) int { return calls(l, "apps.connections.open") }

func calls(l *lab, method string) (n int) {
	for _, c := range l.sim.Calls() {
		if c.Method == method {
			n++
		}
	}
	return n
}

// awaitCalls waits until a method was called n times. A call is recorded after
// its change was told, so that waiting for changes could miss the last one.
func awaitCalls(l *lab, method string, n int) {
	l.Helper()
	for calls(l, method) < n {
		if !pause(l.ctx, time.Millisecond) {
			l.Fatalf("%s: %d calls, want %d", method, calls(l, method), n)
		}
	}
}

// TestStopFlushesAcks stops the bot while 40 gestures are in hand: each is
// finished and its ack reaches Slack. (Cancelling right after slack-go's Ack
// lost 18 of 40.)
func TestStopFlushesAcks(t *testing.T) {
	t.Parallel()
	const gestures = 40
	l := newLab(t, func(_ *lab, world *slacksim.Config) {
		for i := range gestures {
			id := fmt.Sprintf("U0P%02d", i)
			world.People = append(world.People, slacksim.Person{ID: id, Name: strings.ToLower(id)})
			world.Channels[1].Members = append(world.Channels[1].Members, id)
		}
	})
	arrived, release := make(chan struct{}, gestures), make(chan struct{})
	l.front.command = func(context.Context, slack.SlashCommand) handlers.Ack {
		arrived <- struct{}{}
		<-release
		return handlers.Ack{Payload: map[string]string{"text": "saved"}}
	}
	l.run()
	answers := make(chan error, gestures)
	for i := range gestures {
		go func() {
			answer, err := l.sim.As(fmt.Sprintf("U0P%02d", i)).Slash(l.ctx, lobby, "/klacht", "")
			if err == nil && answer.Text != "saved" {
				err = errors.New("empty answer")
			}
			answers <- err
		}()
	}
	for range deskWorkers {
		<-arrived
	}
	awaitQueue(l, gestures)
	l.stop()
	close(release)
	l.must(l.end())
	lost := 0
	for range gestures {
		if err := <-answers; err != nil {
			lost++
		}
	}
	if lost > 0 {
		t.Errorf("%d of %d acks were lost", lost, gestures)
	}
}

// awaitQueue waits until the desk holds n gestures.
func awaitQueue(l *lab, n int) {
	l.Helper()
	d := l.bot.reception.desk
	for {
		d.mu.Lock()
		held := deskRoom - d.room
		d.mu.Unlock()
		if held == n {
			return
		}
		if !pause(l.ctx, time.Millisecond) {
			l.Fatalf("the desk holds %d gestures, want %d", held, n)
		}
	}
}

func TestRevokedTokenEndsTheBot(t *testing.T) {
	t.Parallel()
	for name, when := range map[string]func(*lab){
		"while it runs": func(l *lab) { l.run(); l.sim.RevokeToken() },
		"at the start":  func(l *lab) { l.sim.RevokeToken(); l.launch() },
		"app token only": func(l *lab) {
			l.sim.Faults().Error("apps.connections.open", "invalid_auth", 1)
			l.launch()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLab(t)
			when(l)
			err := l.end()
			var refused *TokenError
			if !errors.As(err, &refused) {
				t.Fatalf("Run returned %v, want a TokenError", err)
			}
			if !strings.Contains(err.Error(), refused.Setting) || strings.Contains(err.Error(), "xoxb") {
				t.Errorf("sentence %q", err)
			}
		})
	}
}
