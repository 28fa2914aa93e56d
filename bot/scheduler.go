package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-co-op/gocron/v2"

	"github.com/artra/klachtbot/workflow/calendar"
)

const (
	sweepInterval = 2 * time.Second
	sweepBatch    = 100
	jobsStop      = 5 * time.Second
)

// scheduler runs the jobs. It keeps nothing: what is due stands in the register,
// and a run that is missed is made up for by the next.
type scheduler struct {
	zone  *time.Location
	jobs  []job
	asked chan string // names of jobs to run at once
	log   *slog.Logger
}

// job is one line of the table of jobs. A job gets a context and returns
// when it ends. None has a time of day, which a clock that jumps would move by
// days.
type job struct {
	name string
	when gocron.JobDefinition
	do   func(context.Context) error
	// atStart runs it as soon as the bot runs; every job runs again whenever a
	// socket connects.
	atStart bool
	// busy says what becomes of a run that is due while the job still runs: left out
	// (LimitModeReschedule) when the next one comes soon, else made up for
	// afterwards (LimitModeWait).
	busy gocron.LimitMode
	// asked gives a value when the job is to run at once; nil for never.
	asked <-chan struct{}
}

// newScheduler returns a scheduler in the calendar's time zone; run starts it.
func newScheduler(zone *time.Location, log *slog.Logger, jobs ...job) *scheduler {
	return &scheduler{zone: zone, jobs: jobs, asked: make(chan string, 8), log: log}
}

// plan makes gocron's scheduler with all jobs, by name.
func (s *scheduler) plan() (gocron.Scheduler, map[string]gocron.Job, error) {
	plan, err := gocron.NewScheduler(gocron.WithLocation(s.zone), gocron.WithStopTimeout(jobsStop))
	if err != nil {
		return nil, nil, fmt.Errorf("make scheduler: %w", err)
	}
	jobs := map[string]gocron.Job{}
	for _, j := range s.jobs {
		options := []gocron.JobOption{gocron.WithName(j.name), gocron.WithSingletonMode(j.busy)}
		if j.atStart {
			options = append(options, gocron.WithStartAt(gocron.WithStartImmediately()))
		}
		if jobs[j.name], err = plan.NewJob(j.when, gocron.NewTask(s.task(j)), options...); err != nil {
			return nil, nil, errors.Join(fmt.Errorf("plan %s: %w", j.name, err), plan.Shutdown())
		}
	}
	return plan, jobs, nil
}

// task runs a job; one that fails is tried again at its next time.
func (s *scheduler) task(j job) func(context.Context) {
	return func(ctx context.Context) {
		if err := j.do(ctx); err != nil && ctx.Err() == nil {
			s.log.ErrorContext(ctx, "job failed", "job", j.name, "error", err)
		}
	}
}

// now asks that these jobs run at once, beside their schedule. It never
// blocks: a job that has been asked for often enough will run anyway.
func (s *scheduler) now(names ...string) {
	for _, name := range names {
		select {
		case s.asked <- name:
		default:
		}
	}
}

// run goes on until ctx ends; then it cancels running jobs and waits for them.
// An error means that it never began.
func (s *scheduler) run(ctx context.Context) error {
	plan, jobs, err := s.plan()
	if err != nil {
		return err
	}
	plan.Start()
	var asking sync.WaitGroup
	defer asking.Wait()
	for _, j := range s.jobs {
		asking.Go(func() { s.listen(ctx, j) })
	}
	for {
		select {
		case <-ctx.Done():
			if err := plan.Shutdown(); err != nil {
				s.log.WarnContext(ctx, "jobs did not stop", "error", err)
			}
			return nil
		case name := <-s.asked:
			if err := jobs[name].RunNow(); err != nil {
				s.log.WarnContext(ctx, "job not run", "job", name, "error", err)
			}
		}
	}
}

// listen has a job run whenever somebody asks for it.
func (s *scheduler) listen(ctx context.Context, j job) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-j.asked:
			s.now(j.name)
		}
	}
}

// Sweeper is what the clock needs of the register.
type Sweeper interface {
	// Sweep applies the clock to at most limit cases that are due, and returns
	// how many there were.
	Sweep(ctx context.Context, limit int) (int, error)
}

// sweep applies the clock to everything that is due, a batch at a time.
func sweep(register Sweeper) func(context.Context) error {
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

// ViewChecks is where the daily look is asked for at what open cases show in Slack.
type ViewChecks interface {
	// CheckDaily asks for it, unless somebody did on that day.
	CheckDaily(context.Context, calendar.Date) error
}

// checkViews asks for the daily look, once a day. Runs of a job don't overlap.
func checkViews(c Config) func(context.Context) error {
	var asked calendar.Date
	return func(ctx context.Context) error {
		today := c.Policy.Calendar.Today(c.Now())
		if asked == today {
			return nil
		}
		err := c.Views.CheckDaily(ctx, today)
		if err == nil {
			asked = today
		}
		return err
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
