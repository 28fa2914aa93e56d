package bot

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/go-co-op/gocron/v2"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/internal/bottest"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/storage"
)

// backlog is a register with that many cases due.
type backlog struct {
	due   int
	calls int
	err   error
}

func (b *backlog) Sweep(_ context.Context, limit int) (int, error) {
	b.calls++
	n := min(b.due, limit)
	b.due -= n
	return n, b.err
}

func TestScheduler_sweepWorksThroughTheBacklog(t *testing.T) {
	t.Parallel()
	b := &backlog{due: 2*sweepBatch + 7}
	if err := sweep(b)(t.Context()); err != nil || b.due != 0 || b.calls != 3 {
		t.Errorf("%d left after %d calls, %v", b.due, b.calls, err)
	}
	b = &backlog{due: 10, err: errors.New("register is away")}
	if err := sweep(b)(t.Context()); err == nil || b.calls != 1 {
		t.Errorf("error %v after %d calls", err, b.calls)
	}
	stopped, cancel := context.WithCancel(t.Context())
	cancel()
	b = &backlog{due: sweepBatch * 10}
	if err := sweep(b)(stopped); err != nil || b.calls != 0 {
		t.Errorf("went on after the stop: %d calls, %v", b.calls, err)
	}
}

// TestScheduler_sweepComesAfter what is to be done first, once it succeeded;
// the sweep waits for no success.
func TestScheduler_sweepComesAfter(t *testing.T) {
	t.Parallel()
	b := &backlog{due: 7}
	firsts, sweptBefore := 0, 0
	work := after(func(context.Context) error {
		firsts++
		if sweptBefore = b.calls; firsts == 1 {
			return errors.New("register is away")
		}
		return nil
	}, sweep(b))
	if err := work(t.Context()); err == nil || b.due != 0 || sweptBefore != 0 {
		t.Errorf("%d left, swept %d times before, %v", b.due, sweptBefore, err)
	}
	for range 2 {
		if err := work(t.Context()); err != nil {
			t.Error(err)
		}
	}
	if firsts != 2 || b.calls != 3 {
		t.Errorf("done first %d times, swept %d", firsts, b.calls)
	}
}

// diary notes when a job ran.
type diary struct {
	mu   sync.Mutex
	runs []time.Time
}

func (d *diary) note(context.Context) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.runs = append(d.runs, time.Now())
	return nil
}

func (d *diary) len() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.runs)
}

// TestScheduler_twoDays lets two days pass: a frequent job runs at once and at
// its beat, a daily one on the minute in the calendar's zone, and again when
// asked for.
func TestScheduler_twoDays(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		zone := time.FixedZone("CET", 3600)
		const often = 10 * time.Minute
		var frequent, daily diary
		m := newScheduler(zone, slog.New(slog.DiscardHandler),
			job{"sweep", gocron.DurationJob(often), frequent.note, true, gocron.LimitModeReschedule, nil},
			job{"daily", gocron.DailyJob(1, gocron.NewAtTimes(gocron.NewAtTime(8, 30, 0))), daily.note, false, gocron.LimitModeWait, nil})
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			if err := m.run(ctx); err != nil {
				t.Error(err)
			}
		}()
		time.Sleep(10*often + often/2)
		synctest.Wait()
		if frequent.len() != 11 || daily.len() != 0 {
			t.Errorf("%d frequent and %d daily runs in the first 105 minutes", frequent.len(), daily.len())
		}
		m.now("daily")
		synctest.Wait()
		if daily.len() != 1 {
			t.Errorf("%d daily runs when asked for", daily.len())
		}
		time.Sleep(48 * time.Hour)
		stop()
		<-ended
		if daily.len() != 3 {
			t.Fatalf("%d daily runs, want the one asked for and two days", daily.len())
		}
		for _, at := range daily.runs[1:] {
			if at.In(zone).Format("15:04:05") != "08:30:00" {
				t.Errorf("daily run at %v", at)
			}
		}
	})
}

// TestScheduler_askedWhileItRuns: what happened after the running check had
// read it is checked as well.
func TestScheduler_askedWhileItRuns(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var runs diary
		slow := func(ctx context.Context) error { slackapi.Pause(ctx, time.Minute); return runs.note(ctx) }
		m := newScheduler(time.UTC, slog.New(slog.DiscardHandler), job{"check", gocron.DurationJob(time.Hour), slow, true, gocron.LimitModeWait, nil})
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- m.run(ctx) }()
		time.Sleep(time.Second)
		m.now("check")
		time.Sleep(5 * time.Minute)
		stop()
		err := <-ended
		if err != nil || runs.len() != 2 {
			t.Errorf("%d runs, %v", runs.len(), err)
		}
	})
}

// TestScheduler_stop: a running job gets its context cancelled and is waited
// for; a job that fails is logged by its name and beats on.
func TestScheduler_stop(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		log := &bottest.Log{}
		var runs diary
		var cancelled atomic.Bool
		long := func(ctx context.Context) error {
			<-ctx.Done()
			cancelled.Store(true)
			return ctx.Err()
		}
		failing := func(ctx context.Context) error { _ = runs.note(ctx); return errors.New("no luck") }
		m := newScheduler(time.UTC, slog.New(slog.NewTextHandler(log, nil)),
			job{"long", gocron.DurationJob(time.Hour), long, true, gocron.LimitModeReschedule, nil},
			job{"failing", gocron.DurationJob(time.Second), failing, false, gocron.LimitModeReschedule, nil})
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			if err := m.run(ctx); err != nil {
				t.Error(err)
			}
		}()
		time.Sleep(3500 * time.Millisecond)
		began := time.Now()
		stop()
		<-ended
		if !cancelled.Load() || time.Since(began) > time.Second {
			t.Errorf("cancelled %v, after %v", cancelled.Load(), time.Since(began))
		}
		if runs.len() != 3 || strings.Count(log.String(), "job=failing") != 3 || strings.Contains(log.String(), "job=long") {
			t.Errorf("%d runs; log:\n%s", runs.len(), log.String())
		}
	})
}

func TestScheduler_thatCantBePlanned(t *testing.T) {
	t.Parallel()
	m := newScheduler(time.UTC, slog.New(slog.DiscardHandler), job{"never", gocron.DurationJob(0), nil, false, gocron.LimitModeWait, nil})
	if err := m.run(t.Context()); err == nil {
		t.Error("no error")
	}
}

// sweeps counts those of a register.
type sweeps struct {
	db *storage.DB
	n  atomic.Int64
}

func (s *sweeps) Sweep(ctx context.Context, limit int) (int, error) {
	s.n.Add(1)
	return s.db.Sweep(ctx, limit)
}

// TestScheduler_jobsRunWhenASocketConnects: whatever came due while the bot was
// away is looked at as soon as it is back.
func TestScheduler_jobsRunWhenASocketConnects(t *testing.T) {
	t.Parallel()
	var swept sweeps
	l := newBotTest(t, func(l *botTest, _ *slacksim.Config) { swept.db, l.config.Sweeper = l.db, &swept })
	l.Must(l.Sim.Join(anna, cases)) // something for the daily check to find
	l.run()
	l.AwaitCalls(slackapi.MethodPost, 2) // to both officers, long before 08:30
	if swept.n.Load() == 0 {
		t.Error("nothing was swept")
	}
}
