package main

import (
	"context"
	"errors"
	"regexp"
	"strconv"
	"time"
)

// counted is what one case costs, on average.
type counted struct {
	statements, commits float64 // that the server saw; 0 without a server
	allocated           float64 // bytes, 0 where no collection was traced
}

// smallHeap has Go collect often, so that the traces say much.
const smallHeap = "GOGC=25"

// count has a contestant do the job while the server logs every statement and
// the garbage collector is traced: slower, so nothing is timed.
func (b *bench) count(ctx context.Context, c contestant) (n counted, err error) {
	s, err := b.stage(ctx, c, b.people)
	if err != nil {
		return n, err
	}
	defer func() { err = errors.Join(err, s.db.unwatch(ctx), s.close()) }()
	if err := s.db.watch(ctx); err != nil {
		return n, err
	}
	command := c.command
	if c.traced != nil {
		command = c.traced
	}
	if err := s.run(ctx, command, "GODEBUG=gctrace=1", smallHeap); err != nil {
		return n, err
	}
	if _, err := s.fileAll(ctx, b.people, b.people); err != nil {
		return n, err
	}
	idle, err := s.idle(ctx)
	if err != nil {
		return n, err
	}
	said, before, began := len(s.p.output.String()), idle.end, time.Now()
	if _, err := s.fileAll(ctx, b.people, b.counted); err != nil {
		return n, err
	}
	n.allocated = allocated(s.p.output.String()[said:]) / float64(b.counted)
	took := time.Since(began).Seconds()
	if err := s.halt(ctx); err != nil { // what is still to be written about the last posts
		return n, err
	}
	after, err := s.sight(ctx)
	n.statements = (after.statements - before.statements - idle.statements*took) / float64(b.counted)
	n.commits = (after.commits - before.commits - idle.commits*took) / float64(b.counted)
	return n, err
}

// sight is what the server saw up to an instant.
type sight struct{ statements, commits float64 }

func (s *stage) sight(ctx context.Context) (sight, error) {
	statements, commits, err := s.db.seen(ctx)
	return sight{statements, commits}, err
}

// idleness is what an idle program does in a second, and where that left it.
type idleness struct {
	statements, commits float64
	end                 sight
}

// idle looks at it for the time to settle, or takes it to do nothing.
func (s *stage) idle(ctx context.Context) (idleness, error) {
	before, err := s.sight(ctx)
	if err != nil || s.b.settle == 0 {
		return idleness{end: before}, err
	}
	began := time.Now()
	if err := pause(ctx, s.b.settle); err != nil {
		return idleness{}, err
	}
	after, err := s.sight(ctx)
	seconds := time.Since(began).Seconds()
	return idleness{(after.statements - before.statements) / seconds, (after.commits - before.commits) / seconds, after}, err
}

// collections are lines of Go's and of Node's traces: the heap before and after
// a collection, in MiB.
var collections = regexp.MustCompile(`(?m)^gc \d+ .* (\d+)->(\d+)->(\d+) MB|^\[.*\] .*: (?:Scavenge|Mark-Compact)[^\d]*([\d.]+) \([\d.]+\) -> ([\d.]+)`)

// allocated is by how much the heap grew between the collections of a trace.
func allocated(trace string) float64 {
	sum, left := 0.0, -1.0
	for _, m := range collections.FindAllStringSubmatch(trace, -1) {
		before, after := m[2], m[3]
		if before == "" {
			before, after = m[4], m[5]
		}
		full, err := strconv.ParseFloat(before, 64)
		if err != nil {
			continue
		}
		if left >= 0 {
			sum += full - left
		}
		if left, err = strconv.ParseFloat(after, 64); err != nil {
			left = -1
		}
	}
	return sum * (1 << 20)
}
