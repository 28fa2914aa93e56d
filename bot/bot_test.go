package bot

import (
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/artra/klachtbot/slacksim"
)

func TestNewRefusesWhatCantWork(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	for name, spoil := range map[string]func(*Config){
		"no outbox":        func(c *Config) { c.Outbox = nil },
		"no register":      func(c *Config) { c.Register = nil },
		"no policy":        func(c *Config) { c.Policy = nil },
		"no texts":         func(c *Config) { c.Texts = nil },
		"no front":         func(c *Config) { c.Handler = nil },
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

func TestMetrics(t *testing.T) {
	t.Parallel()
	registry := prometheus.NewRegistry()
	l := newLab(t, func(l *lab, _ *slacksim.Config) { l.config.Metrics = registry })
	l.run()
	_, err := l.sim.As(anna).Slash(l.ctx, lobby, "/klacht", confided)
	l.must(err)
	l.outbox.put(root("c1"))
	l.outbox.awaitDone(t, 1)
	if got := value(t, registry, "klachtbot_sockets_connected"); got != 1 {
		t.Errorf("%v sockets", got)
	}
	l.stop()
	l.must(l.end())
	for name, want := range map[string]float64{
		"klachtbot_sockets_connected": 0, "klachtbot_ack_seconds": 1,
		"klachtbot_deliveries_total": 1, "klachtbot_panics_total": 0,
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

// TestWorksWithoutASocket: the outbox and the sweep go on while Slack gives
// no connection.
func TestWorksWithoutASocket(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.sim.Faults().Error("apps.connections.open", "internal_error", 1000)
	l.launch()
	l.outbox.put(root("c1"))
	l.outbox.awaitDone(t, 1)
	l.only(cases)
	if l.bot.Ready() {
		t.Error("ready without a socket")
	}
}

// TestCheckIsNotAskedForTooOften: a hundred messages that a broken channel
// refuses are one reason to look.
func TestCheckIsNotAskedForTooOften(t *testing.T) {
	t.Parallel()
	asked := 0
	s := &sender{check: func() { asked++ }}
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	for range 100 {
		s.outOfOrder(now)
	}
	s.outOfOrder(now.Add(checkEvery))
	if asked != 2 {
		t.Errorf("asked %d times, want once a minute", asked)
	}
}
