package health

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/artra/klachtbot/storage/queue"
)

// Backlog is how much still has to be delivered.
type Backlog interface {
	Backlog(ctx context.Context) (queue.Backlog, error)
}

// Outbox collects at each scrape how much still has to be delivered.
type Outbox struct{ Backlog }

var (
	outboxDue = prometheus.NewDesc("klachtbot_outbox_due",
		"Deliveries whose time has come.", nil, nil)
	outboxFailing = prometheus.NewDesc("klachtbot_outbox_failing",
		"Deliveries whose last attempt failed.", nil, nil)
	outboxWaiting = prometheus.NewDesc("klachtbot_outbox_oldest_seconds",
		"How long the oldest delivery has been waiting.", nil, nil)
)

// Describe names the figures.
func (Outbox) Describe(ch chan<- *prometheus.Desc) {
	ch <- outboxDue
	ch <- outboxFailing
	ch <- outboxWaiting
}

// Collect reads the figures from the register. When it does not answer within
// tryTime they are missing, which an alert can notice.
func (f Outbox) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), tryTime)
	defer cancel()
	b, err := f.Backlog.Backlog(ctx)
	if err != nil {
		return
	}
	waiting := 0.0
	if !b.Oldest.IsZero() {
		waiting = time.Since(b.Oldest).Seconds()
	}
	for desc, value := range map[*prometheus.Desc]float64{
		outboxDue: float64(b.Due), outboxFailing: float64(b.Failing), outboxWaiting: waiting,
	} {
		ch <- prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, value)
	}
}
