package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/artra/klachtbot/storage"
)

// health answers /healthz, /readyz and /metrics with counts and durations, never
// with anything of a complaint.
type health struct {
	ready   func(context.Context) bool
	metrics prometheus.Gatherer
}

func (h health) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { answer(w, true) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) { answer(w, h.ready(r.Context())) })
	mux.Handle("GET /metrics", promhttp.HandlerFor(h.metrics, promhttp.HandlerOpts{}))
	return mux
}

func answer(w http.ResponseWriter, ok bool) {
	if !ok {
		http.Error(w, "not ready", http.StatusServiceUnavailable)
		return
	}
	_, _ = fmt.Fprintln(w, "ok")
}

// serveHealth serves on addr until the returned function is called; with an
// empty addr it serves nothing.
func serveHealth(ctx context.Context, addr string, h health) (stop func() error, err error) {
	if addr == "" {
		return func() error { return nil }, nil
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("KLACHTBOT_HTTP_ADDR: %w", err)
	}
	server := &http.Server{Handler: h.handler(), ReadHeaderTimeout: 5 * time.Second}
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	return func() error {
		err := server.Close()
		if served := <-done; !errors.Is(served, http.ErrServerClosed) {
			err = errors.Join(err, served)
		}
		return err
	}, nil
}

// outboxFigures collects at each scrape how much still has to be delivered.
type outboxFigures struct{ db *storage.DB }

var (
	outboxDue = prometheus.NewDesc("klachtbot_outbox_due",
		"Deliveries whose time has come.", nil, nil)
	outboxFailing = prometheus.NewDesc("klachtbot_outbox_failing",
		"Deliveries whose last attempt failed.", nil, nil)
	outboxWaiting = prometheus.NewDesc("klachtbot_outbox_oldest_seconds",
		"How long the oldest delivery has been waiting.", nil, nil)
)

// scrapeTime bounds how long a scrape may wait for the register.
const scrapeTime = 2 * time.Second

func (outboxFigures) Describe(ch chan<- *prometheus.Desc) {
	ch <- outboxDue
	ch <- outboxFailing
	ch <- outboxWaiting
}

// Collect reads the figures from the register. When it does not answer within
// scrapeTime the figures are missing, which an alert can notice.
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
