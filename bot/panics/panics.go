// Package panics logs and counts panics that were recovered, without what they
// said: that may quote a payload.
package panics

import (
	"context"
	"log/slog"
	"runtime"

	"github.com/prometheus/client_golang/prometheus"
)

// Log is where recovered panics are logged and counted.
type Log struct {
	log   *slog.Logger
	count prometheus.Counter
}

// NewLog returns one.
func NewLog(log *slog.Logger, count prometheus.Counter) *Log { return &Log{log, count} }

// Recovered takes down a panic, by its place. It is called by the deferred
// function that recovered it.
func (l *Log) Recovered(ctx context.Context, what string, attributes ...any) {
	pc := make([]uintptr, 16)
	frames := runtime.CallersFrames(pc[:runtime.Callers(4, pc)])
	l.count.Inc()
	l.log.ErrorContext(ctx, what, append(attributes, "at", functions(frames))...)
}

// functions names those on a stack, the innermost first.
func functions(frames *runtime.Frames) []string {
	var names []string
	for {
		f, more := frames.Next()
		names = append(names, f.Function)
		if !more || len(names) == 8 {
			return names
		}
	}
}
