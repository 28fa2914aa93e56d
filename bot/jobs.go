package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/go-co-op/gocron/v2"
)

const (
	sweepEvery = 2 * time.Second
	sweepBatch = 100
	jobsStop   = 5 * time.Second
)

// metronome beats the time. It keeps nothing: what is due stands in the
// register, and a beat that is missed is made up by the next.
type metronome struct {
	zone  *time.Location
	beats []beat
	asked chan string // names of jobs to run at once
	log   *slog.Logger
}

// beat is one line of the table of jobs. A job gets a context and returns
// when it ends. None is planned between 02:00 and 03:00, an hour that some
// days lack and others have twice.
type beat struct {
	name string
	when gocron.JobDefinition
	do   func(context.Context) error
	// atStart runs it as soon as the bot runs; every job runs again whenever a
	// socket connects.
	atStart bool
	// busy says what becomes of a beat while the job still runs: left out
	// (LimitModeReschedule) when the next one comes soon, else made up for
	// afterwards (LimitModeWait).
	busy gocron.LimitMode
}

// newMetronome returns a metronome in the calendar's time zone; run starts it.
func newMetronome(zone *time.Location, log *slog.Logger, beats ...beat) *metronome {
	return &metronome{zone: zone, beats: beats, asked: make(chan string, 8), log: log}
}

// plan makes gocron's scheduler with all jobs, by name.
func (m *metronome) plan() (gocron.Scheduler, map[string]gocron.Job, error) {
	scheduler, err := gocron.NewScheduler(gocron.WithLocation(m.zone), gocron.WithStopTimeout(jobsStop))
	if err != nil {
		return nil, nil, fmt.Errorf("make scheduler: %w", err)
	}
	jobs := map[string]gocron.Job{}
	for _, b := range m.beats {
		options := []gocron.JobOption{gocron.WithName(b.name), gocron.WithSingletonMode(b.busy)}
		if b.atStart {
			options = append(options, gocron.WithStartAt(gocron.WithStartImmediately()))
		}
		if jobs[b.name], err = scheduler.NewJob(b.when, gocron.NewTask(m.task(b)), options...); err != nil {
			return nil, nil, errors.Join(fmt.Errorf("plan %s: %w", b.name, err), scheduler.Shutdown())
		}
	}
	return scheduler, jobs, nil
}

// task runs a job; one that fails is tried again at its next beat.
func (m *metronome) task(b beat) func(context.Context) {
	return func(ctx context.Context) {
		if err := b.do(ctx); err != nil && ctx.Err() == nil {
			m.log.ErrorContext(ctx, "job failed", "job", b.name, "error", err)
		}
	}
}

// now asks that these jobs run at once, beside their schedule. It never
// blocks: a job that has been asked for often enough will run anyway.
func (m *metronome) now(names ...string) {
	for _, name := range names {
		select {
		case m.asked <- name:
		default:
		}
	}
}

// run beats until ctx ends; then it cancels running jobs and waits for them.
// An error means that it never began.
func (m *metronome) run(ctx context.Context) error {
	scheduler, jobs, err := m.plan()
	if err != nil {
		return err
	}
	scheduler.Start()
	for {
		select {
		case <-ctx.Done():
			if err := scheduler.Shutdown(); err != nil {
				m.log.WarnContext(ctx, "jobs did not stop", "error", err)
			}
			return nil
		case name := <-m.asked:
			if err := jobs[name].RunNow(); err != nil {
				m.log.WarnContext(ctx, "job not run", "job", name, "error", err)
			}
		}
	}
}

// sweep applies the clock to everything that is due, a batch at a time.
func sweep(register Register) func(context.Context) error {
	return func(ctx context.Context) error {
		for ctx.Err() == nil {
			n, err := register.Sweep(ctx, sweepBatch)
			if err != nil {
				return fmt.Errorf("sweep: %w", err)
			}
			if n < sweepBatch {
				return nil
			}
		}
		return nil
	}
}

// after is a job before which something is done, once. When that fails the job
// is done all the same, and it is tried again the next time.
func after(first, job func(context.Context) error) func(context.Context) error {
	var done atomic.Bool
	return func(ctx context.Context) error {
		var err error
		if !done.Load() {
			err = first(ctx)
			done.Store(err == nil)
		}
		return errors.Join(err, job(ctx))
	}
}

// dailyAt is every day at that time.
func dailyAt(hour, minute uint) gocron.JobDefinition {
	return gocron.DailyJob(1, gocron.NewAtTimes(gocron.NewAtTime(hour, minute, 0)))
}
