package bot

import (
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/workflow/roster"
)

func TestBot_newRefusesWhatCantWork(t *testing.T) {
	t.Parallel()
	l := newBotTest(t)
	for name, spoil := range map[string]func(*Config){
		"no outbox":        func(c *Config) { c.Register.Outbox = nil },
		"no register":      func(c *Config) { c.Sweeper = nil },
		"no policy":        func(c *Config) { c.Policy = nil },
		"no texts":         func(c *Config) { c.Texts = nil },
		"no handler":       func(c *Config) { c.Handler = nil },
		"eleven sockets":   func(c *Config) { c.Sockets = 11 },
		"negative sockets": func(c *Config) { c.Sockets = -1 },
	} {
		c := l.config
		spoil(&c)
		if _, err := New(c); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if c, err := l.config.complete(); err != nil || c.Now == nil || c.Sockets != 1 {
		t.Errorf("defaults: %v", err)
	}
	twice := l.config
	twice.Metrics = prometheus.NewRegistry()
	if _, err := New(twice); err != nil {
		t.Fatal(err)
	}
	if _, err := New(twice); err == nil {
		t.Error("two bots in one registry: no error")
	}
}

func TestBot_metrics(t *testing.T) {
	t.Parallel()
	registry := prometheus.NewRegistry()
	l := newBotTest(t, func(l *botTest, _ *slacksim.Config) { l.config.Metrics = registry })
	l.run()
	_, err := l.Sim.As(anna).Slash(l.Ctx, lobby, "/klacht", confided)
	l.Must(err)
	l.file("g")
	l.AwaitIdle(l.db)
	if got := value(t, registry, "klachtbot_sockets_connected"); got != 1 {
		t.Errorf("%v sockets", got)
	}
	l.stop()
	l.Must(l.end())
	for name, want := range map[string]float64{
		"klachtbot_sockets_connected": 0, "klachtbot_ack_seconds": 1,
		"klachtbot_deliveries_total": 3, "klachtbot_panics_total": 0, // one is the daily look
	} {
		if got := value(t, registry, name); got != want {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
	}
}

// value adds up a figure over its labels, and checks that no label tells who
// or what.
func value(t *testing.T, r *prometheus.Registry, name string) (sum float64) {
	t.Helper()
	families, err := r.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		for _, m := range f.GetMetric() {
			for _, label := range m.GetLabel() {
				if strings.Contains(label.GetValue(), anna) || strings.Contains(label.GetValue(), confided) {
					t.Errorf("%s has a label %q", f.GetName(), label.GetValue())
				}
			}
			if f.GetName() == name {
				sum += m.GetGauge().GetValue() + m.GetCounter().GetValue() + float64(m.GetHistogram().GetSampleCount())
			}
		}
	}
	return sum
}

// TestBot_worksWithoutASocket: the outbox and the sweep go on while Slack gives
// no connection.
func TestBot_worksWithoutASocket(t *testing.T) {
	t.Parallel()
	l := newBotTest(t)
	l.Sim.Faults().Error("apps.connections.open", "internal_error", 1000)
	l.launch()
	l.file("g")
	l.AwaitIdle(l.db)
	l.Only(cases)
	if l.bot.Connected() > 0 {
		t.Error("ready without a socket")
	}
}

func TestBot_workspaceThatListsNobodyIsServed(t *testing.T) {
	t.Parallel()
	l := newBotTest(t)
	l.Sim.Faults().Error("users.list", "missing_scope", 1)
	l.run()
	_, err := l.Sim.As(anna).Slash(l.Ctx, lobby, "/klacht", "")
	l.Must(err)
}

// TestBot_listsPeopleAgain: who became a guest while no socket was open is known
// as one when the bot hears again.
func TestBot_listsPeopleAgain(t *testing.T) {
	t.Parallel()
	l := newBotTest(t)
	l.run()
	l.AwaitCalls("users.list", 1)
	_, err := l.handler.people.Person(l.Ctx, anna)
	l.Must(err)
	l.Sim.Faults().Error("apps.connections.open", "internal_error", 1) // so that it stays deaf for a while
	opened := l.Calls("apps.connections.open")
	l.Sim.Faults().CutSockets()
	l.AwaitCalls("apps.connections.open", opened+1)
	l.Must(l.Sim.MakeGuest(anna)) // nobody hears of it
	l.AwaitCalls("users.list", 2)
	for p, err := l.handler.people.Person(l.Ctx, anna); p.Standing != roster.StandingGuest; p, err = l.handler.people.Person(l.Ctx, anna) {
		l.Must(err)
		if !slackapi.Pause(l.Ctx, time.Millisecond) {
			t.Fatalf("anna is %q", p.Standing)
		}
	}
	if n := l.Calls("users.list"); n != 2 {
		t.Errorf("people were listed %d times: once at the start is enough", n)
	}
}
