package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// patience is how long posts may take to arrive after the last answer.
const patience = 10 * time.Minute

// stage is a contestant with its workspace and database.
type stage struct {
	*simulation
	b     *bench
	c     contestant
	db    *database
	env   []string
	p     *process
	filed int
}

// stage sets a contestant up; it does not run yet.
func (b *bench) stage(ctx context.Context, c contestant, people int) (*stage, error) {
	dir, err := b.folder()
	if err != nil {
		return nil, err
	}
	db, err := b.database(c.engine, dir)
	if err != nil {
		return nil, err
	}
	s, err := simulate(ctx, people)
	if err != nil {
		return nil, errors.Join(err, db.close())
	}
	return &stage{simulation: s, b: b, c: c, db: db, env: b.environment(c, s.APIURL(), db.url, dir)}, nil
}

// run starts the contestant; set are further settings, NAME=value.
func (s *stage) run(ctx context.Context, command []string, set ...string) (err error) {
	s.p, err = s.start(ctx, command, append(slices.Clone(s.env), set...))
	return err
}

// halt stops the contestant.
func (s *stage) halt(ctx context.Context) error {
	p := s.p
	s.p = nil
	return s.stop(ctx, p)
}

// close takes everything down, whatever is still running.
func (s *stage) close() error {
	if s.p != nil {
		_ = s.p.kill()
	}
	return errors.Join(s.end(), s.db.close())
}

// round has one contestant start, do nothing, do the job, and stand two crowds.
func (b *bench) round(ctx context.Context, c contestant) (err error) {
	s, err := b.stage(ctx, c, max(b.people, b.atOnce, 1))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	if err := s.run(ctx, c.command); err != nil { // makes the tables
		return err
	}
	if err := s.halt(ctx); err != nil {
		return err
	}
	for _, part := range []func(context.Context) error{s.begin, s.job, s.together, s.arrive} {
		if err := part(ctx); err != nil {
			return fmt.Errorf("%w\n%s", err, tail(s.p))
		}
	}
	return s.halt(ctx)
}

// tail is the last that a program said.
func tail(p *process) string {
	if p == nil {
		return ""
	}
	said := p.output.String()
	return said[max(0, len(said)-2000):]
}

// begin starts the contestant on tables that are there, and looks at it idle.
func (s *stage) begin(ctx context.Context) error {
	if err := s.run(ctx, s.c.command); err != nil {
		return err
	}
	if err := pause(ctx, s.b.settle); err != nil {
		return err
	}
	idle, err := memory(s.p.cmd.Process.Pid, "VmRSS")
	if err != nil {
		return err
	}
	size, err := s.c.size()
	s.add("start to connected, ms", milliseconds(s.p.took))
	s.add("idle memory, MiB", idle)
	s.add("to install, MiB", float64(size)/(1<<20))
	return err
}

func (s *stage) add(figure string, value float64) { s.b.table.add(figure, s.c.name, value) }

// job is the measured part: every person files one case after another.
func (s *stage) job(ctx context.Context) error {
	people := s.b.people
	if _, err := s.fileAll(ctx, people, people); err != nil { // each once, to be warm
		return err
	}
	before, err := s.used(ctx)
	if err != nil {
		return err
	}
	began := time.Now()
	filed, err := s.fileAll(ctx, people, s.b.cases)
	if err != nil {
		return err
	}
	took := time.Since(began)
	after, err := s.used(ctx)
	if err != nil {
		return err
	}
	peak, err := memory(s.p.cmd.Process.Pid, "VmHWM")
	n := float64(s.b.cases)
	s.add("CPU a case, ms", (after.own-before.own)*1000/n)
	if s.c.engine == postgres {
		s.add("CPU of PostgreSQL a case, ms", (after.server-before.server)*1000/n)
	}
	s.add("cases a second, posted", n/took.Seconds())
	waited, again := make([]time.Duration, len(filed)), 0
	for i, f := range filed {
		waited[i], again = f.took, again+f.presses-1
	}
	s.latencies("answer", waited)
	s.add("pressed again", float64(again))
	s.add("peak memory, MiB", peak)
	return err
}

// usage is CPU so far, in seconds.
type usage struct{ own, server float64 }

func (s *stage) used(ctx context.Context) (usage, error) {
	own, err := cpu(s.p.cmd.Process.Pid)
	if err != nil {
		return usage{}, err
	}
	server, err := s.db.cpu(ctx)
	return usage{own.Seconds(), server}, err
}

// fileAll has the first people file n cases in all, and waits until every one
// stands in the channel. It returns how each was filed.
func (s *stage) fileAll(ctx context.Context, people, n int) ([]filing, error) {
	filed, err := s.file(ctx, people, n)
	if err != nil {
		return nil, err
	}
	return filed, s.posted(ctx)
}

// file has the first people file n cases in all.
func (s *stage) file(ctx context.Context, people, n int) ([]filing, error) {
	filed := make([]filing, n)
	errs := make([]error, people)
	var next atomic.Int64
	var all sync.WaitGroup
	for i, u := range s.people[:people] {
		all.Go(func() {
			for errs[i] == nil {
				at := int(next.Add(1)) - 1
				if at >= n {
					return
				}
				filed[at], errs[i] = file(ctx, u)
			}
		})
	}
	all.Wait()
	s.filed += n
	return filed, errors.Join(errs...)
}

// posted waits until everything that was filed so far stands in the channel.
func (s *stage) posted(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	n, err := s.awaitPosted(ctx, s.filed)
	if err != nil {
		err = fmt.Errorf("%d of %d cases were posted with their story: %w", n, s.filed, err)
	}
	return err
}

// latencies adds the middle, the worst in a hundred and the worst.
func (s *stage) latencies(what string, waited []time.Duration) {
	if len(waited) == 0 {
		return
	}
	slices.Sort(waited)
	last := len(waited) - 1
	s.add(what+" p50, ms", milliseconds(waited[last/2]))
	s.add(what+" p99, ms", milliseconds(waited[last*99/100]))
	s.add(what+" max, ms", milliseconds(waited[last]))
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// saveForm has klachtbot open its form and keeps it for the others.
func (b *bench) saveForm(ctx context.Context, c contestant) (err error) {
	s, err := b.stage(ctx, c, 1)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	if err := s.run(ctx, c.command); err != nil {
		return err
	}
	view, err := open(ctx, s.people[0])
	if err != nil {
		return err
	}
	form, err := formOf(view)
	if err != nil {
		return err
	}
	b.form = b.dir + "/form.json"
	return errors.Join(os.WriteFile(b.form, form, 0o600), s.halt(ctx))
}
