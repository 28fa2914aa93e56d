package bot

import (
	"errors"
	"fmt"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// metrics are figures about the bot's work. Labels are kinds of gestures and
// outcomes, never who or what.
type metrics struct {
	acks       *prometheus.HistogramVec // seconds from envelope to ack
	settled    *prometheus.CounterVec
	panics     prometheus.Counter
	turnedAway prometheus.Counter
}

// newMetrics makes the figures; register shows them.
func newMetrics() *metrics {
	return &metrics{
		acks: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "klachtbot_ack_seconds", Help: "Time from a gesture's arrival until its ack was queued; Slack gives up after 3 s.",
			Buckets: []float64{.005, .01, .025, .05, .1, .25, .5, 1, 2, 3},
		}, []string{"kind"}),
		settled: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "klachtbot_deliveries_total", Help: "Attempts to deliver, by what became of them.",
		}, []string{"outcome"}),
		panics: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "klachtbot_panics_total", Help: "Panics that were recovered.",
		}),
		turnedAway: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "klachtbot_turned_away_total", Help: "Gestures that were refused because too many were waiting.",
		}),
	}
}

// register shows the figures; a nil registerer keeps them private. sockets is
// asked how many are connected.
func (m *metrics) register(r prometheus.Registerer, sockets func() int) error {
	connected := prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "klachtbot_sockets_connected", Help: "Open Socket Mode connections of this process.",
	}, func() float64 { return float64(sockets()) })
	if r == nil {
		return nil
	}
	var errs error
	for _, c := range []prometheus.Collector{m.acks, m.settled, m.panics, m.turnedAway, connected} {
		errs = errors.Join(errs, r.Register(c))
	}
	if errs != nil {
		return fmt.Errorf("register metrics: %w", errs)
	}
	return nil
}

func (m *metrics) ack(kind string, took time.Duration) {
	m.acks.WithLabelValues(kind).Observe(took.Seconds())
}
