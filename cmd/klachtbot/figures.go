package main

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/artra/klachtbot/storage"
)

// outboxFigures tells, at each scrape, how much still has to leave the house.
type outboxFigures struct{ db *storage.DB }

var (
	outboxDue = prometheus.NewDesc("klachtbot_outbox_due",
		"Deliveries whose time has come.", nil, nil)
	outboxFailing = prometheus.NewDesc("klachtbot_outbox_failing",
		"Deliveries whose last attempt failed.", nil, nil)
	outboxWaiting = prometheus.NewDesc("klachtbot_outbox_oldest_seconds",
		"How long the oldest delivery has been waiting.", nil, nil)
)

// scrapeTime bounds what a scrape may cost the register.
const scrapeTime = 2 * time.Second

// Describe implements prometheus.Collector.
func (outboxFigures) Describe(ch chan<- *prometheus.Desc) {
	ch <- outboxDue
	ch <- outboxFailing
	ch <- outboxWaiting
}

// Collect implements prometheus.Collector. When the register does not answer
// the figures are missing, which an alert can notice.
func (f outboxFigures) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), scrapeTime)
	defer cancel()
	b, err := f.db.Backlog(ctx)
	if err != nil {
		ch <- prometheus.NewInvalidMetric(outboxDue, err)
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
