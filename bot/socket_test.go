package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/handlers/incoming"
	"github.com/artra/klachtbot/slacksim"
)

func twoSockets(l *botTest, _ *slacksim.Config) { l.config.Sockets = 2 }

func TestSocket_commandIsAnswered(t *testing.T) {
	t.Parallel()
	l := newBotTest(t)
	if l.bot.Connected() > 0 {
		t.Error("ready before it runs")
	}
	l.run()
	answer, err := l.Sim.As(anna).Slash(l.Ctx, lobby, "/klacht", "help")
	l.Must(err)
	if answer.Text != "echo help" {
		t.Errorf("answer %q", answer.Text)
	}
	if n := l.bot.Connected(); n != 1 {
		t.Errorf("%d sockets", n)
	}
	l.stop()
	l.Must(l.end())
	if l.bot.Connected() > 0 {
		t.Error("ready after the stop")
	}
}

func TestSocket_duplicatedEnvelopesAreEachAcknowledged(t *testing.T) {
	t.Parallel()
	l := newBotTest(t, twoSockets)
	served := make(chan struct{}, 4)
	l.handler.command = func(context.Context, incoming.Command) handlers.Ack {
		served <- struct{}{}
		return handlers.Ack{}
	}
	l.run()
	l.Sim.Faults().DuplicateEnvelopes(1)
	_, err := l.Sim.As(anna).Slash(l.Ctx, lobby, "/klacht", "")
	l.Must(err)
	<-served
	<-served // both copies: the gesture's identity makes that harmless
	l.stop()
	l.Must(l.end())
	if c := l.Sim.Complaints(); len(c) > 0 {
		t.Errorf("Slack complains: %q", c)
	}
}

// TestSocket_comesBack has Slack refresh and cut the sockets. With two of them
// no gesture is lost to a refresh: people go on working meanwhile.
func TestSocket_comesBack(t *testing.T) {
	t.Parallel()
	l := newBotTest(t, twoSockets)
	l.run()
	opened := connections(l)
	for range 2 {
		l.Sim.Faults().Refresh("refresh_requested")
		for i := range 20 {
			if _, err := l.Sim.As(anna).Slash(l.Ctx, lobby, "/klacht", "x"); err != nil {
				t.Fatalf("gesture %d during a refresh: %v", i, err)
			}
		}
		opened++
		l.AwaitCalls("apps.connections.open", opened)
	}
	l.Sim.Faults().Refresh("warning")
	l.AwaitCalls("apps.connections.open", opened+1)
	l.Must(l.Sim.AwaitConnections(l.Ctx, 3)) // the warned one is read until Slack ends it
	l.Sim.Faults().CutSockets()
	l.AwaitCalls("apps.connections.open", opened+3)
	l.Must(l.Sim.AwaitConnections(l.Ctx, 2))
	_, err := l.Sim.As(anna).Slash(l.Ctx, lobby, "/klacht", "x")
	l.Must(err)
}

func connections(l *botTest) int { return l.Calls("apps.connections.open") }

// TestSocket_stopFlushesAcks stops the bot while 40 gestures are in hand: each is
// finished and its ack reaches Slack. (Cancelling right after slack-go's Ack
// lost 18 of 40.)
func TestSocket_stopFlushesAcks(t *testing.T) {
	t.Parallel()
	const gestures = 40
	l := newBotTest(t, func(_ *botTest, world *slacksim.Config) {
		for i := range gestures {
			id := fmt.Sprintf("U0P%02d", i)
			world.People = append(world.People, slacksim.Person{ID: id, Name: strings.ToLower(id)})
			world.Channels[1].Members = append(world.Channels[1].Members, id)
		}
	})
	arrived, release := make(chan struct{}, gestures), make(chan struct{})
	l.handler.command = func(context.Context, incoming.Command) handlers.Ack {
		arrived <- struct{}{}
		<-release
		return handlers.Ack{Payload: map[string]string{"text": "saved"}}
	}
	l.run()
	answers := make(chan error, gestures)
	for i := range gestures {
		go func() {
			answer, err := l.Sim.As(fmt.Sprintf("U0P%02d", i)).Slash(l.Ctx, lobby, "/klacht", "")
			if err == nil && answer.Text != "saved" {
				err = errors.New("empty answer")
			}
			answers <- err
		}()
	}
	for range queueWorkers {
		<-arrived
	}
	awaitQueue(l, gestures)
	l.stop()
	close(release)
	l.Must(l.end())
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

// awaitQueue waits until the queue holds n gestures.
func awaitQueue(l *botTest, n int) {
	l.Helper()
	q := l.bot.queue
	for {
		q.mu.Lock()
		held := queuePlaces - q.free
		q.mu.Unlock()
		if held == n {
			return
		}
		if !slackapi.Pause(l.Ctx, time.Millisecond) {
			l.Fatalf("the queue holds %d gestures, want %d", held, n)
		}
	}
}

func TestSocket_revokedTokenEndsTheBot(t *testing.T) {
	t.Parallel()
	for name, when := range map[string]func(*botTest){
		"while it runs": func(l *botTest) { l.run(); l.Sim.RevokeToken() },
		"at the start":  func(l *botTest) { l.Sim.RevokeToken(); l.launch() },
		"app token only": func(l *botTest) {
			l.Sim.Faults().Error("apps.connections.open", "invalid_auth", 1)
			l.launch()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newBotTest(t)
			when(l)
			err := l.end()
			var refused *slackapi.TokenError
			if !errors.As(err, &refused) {
				t.Fatalf("Run returned %v, want a slackapi.TokenError", err)
			}
			if !strings.Contains(err.Error(), refused.Setting) || strings.Contains(err.Error(), "xoxb") {
				t.Errorf("sentence %q", err)
			}
		})
	}
}
