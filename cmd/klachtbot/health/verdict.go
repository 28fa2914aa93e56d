package health

import (
	"context"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

const (
	// tryTime bounds a trial of the database: whoever asks has an answer by then.
	tryTime = 2 * time.Second
	// fresh is how long an answer counts, however many ask.
	fresh = time.Second
)

// verdict is what was last found out about the database.
type verdict struct {
	mu      sync.Mutex // held while the database is tried
	at      time.Time
	err     error
	damaged error // what reading every page found; it stays
}

// of tries the register, unless that was done a moment ago.
func (v *verdict) of(ctx context.Context, r Register) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.damaged != nil {
		return v.damaged
	}
	if time.Since(v.at) < fresh {
		return v.err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), tryTime)
	defer cancel()
	v.err = r.Try(ctx, false)
	v.at = time.Now()
	return v.err
}

func (v *verdict) keep(err error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.damaged = err
}

// usable is a figure: whether the database can be written.
type usable struct{ *Health }

var databaseUsable = prometheus.NewDesc("klachtbot_database_usable",
	"1 when a complaint could be written now, else 0.", nil, nil)

// Describe names the figure.
func (usable) Describe(ch chan<- *prometheus.Desc) { ch <- databaseUsable }

// Collect tries the database.
func (u usable) Collect(ch chan<- prometheus.Metric) {
	u.mu.Lock()
	r := u.register
	u.mu.Unlock()
	value := 0.0
	if r != nil && u.last.of(context.Background(), r) == nil {
		value = 1
	}
	ch <- prometheus.MustNewConstMetric(databaseUsable, prometheus.GaugeValue, value)
}
