package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"
)

// broken is an error of a database.
type broken struct {
	word    string
	lasting bool
}

func (b broken) Error() string { return b.word }

func (b broken) DatabaseFault() (string, bool) { return b.word, b.lasting }

// alarms are what the monitor was asked to tell.
type alarms struct {
	said    []string
	unknown bool // nobody can be reached
	fails   error
}

func (a *alarms) DatabaseOut(_ context.Context, fault string) bool {
	a.said = append(a.said, fault)
	return !a.unknown
}

func (a *alarms) DatabaseBack(context.Context) error {
	a.said = append(a.said, "over")
	return a.fails
}

// outageStep is a sweep with what came of it.
type outageStep struct {
	after time.Duration
	err   error
	want  []string
}

func (a *alarms) play(t *testing.T, steps ...outageStep) {
	t.Helper()
	now := time.Unix(0, 0)
	o := newOutage(a, slog.New(slog.DiscardHandler), func() time.Time { return now })
	var result error
	job := o.watched(func(context.Context) error { return result })
	for i, step := range steps {
		now, result, a.said = now.Add(step.after), step.err, nil
		if got := job(t.Context()); !errors.Is(got, result) {
			t.Errorf("%v became %v", result, got)
		}
		if !slices.Equal(a.said, step.want) {
			t.Errorf("step %d, after %v: said %q, want %q", i, step.after, a.said, step.want)
		}
	}
}

// TestOutage_toldOnceAndCalledOff: a fault that lasts is told at once, one that
// passes after a minute, and its end once. A process that has just begun looks once
// whether one before it left an alarm open.
func TestOutage_toldOnceAndCalledOff(t *testing.T) {
	var a alarms
	a.play(t,
		outageStep{0, nil, nil},
		outageStep{59 * time.Second, nil, nil},
		outageStep{time.Second, nil, []string{"over"}}, // of a process before
		outageStep{time.Second, nil, nil},
		outageStep{time.Second, broken{"away", false}, nil},
		outageStep{50 * time.Second, broken{"away", false}, nil},
		outageStep{time.Second, nil, nil}, // it was restarted: nobody need know
		outageStep{time.Second, broken{"silent", false}, nil},
		outageStep{time.Minute, broken{"silent", false}, []string{"silent"}},
		outageStep{time.Minute, broken{"silent", false}, nil},
		outageStep{time.Second, errors.New("something else"), nil},
		outageStep{time.Hour, nil, []string{"over"}},
		outageStep{time.Second, nil, nil},
		outageStep{time.Second, fmt.Errorf("sweep: %w", broken{"full", true}), []string{"full"}},
		outageStep{time.Second, broken{"full", true}, nil},
		outageStep{time.Hour, broken{"full", true}, []string{"full"}}, // the monitor tells it once a day
		outageStep{time.Hour, nil, []string{"over"}},
	)
}

// TestOutage_triedAgain: an alarm that reached nobody is tried every minute, and so is
// its end.
func TestOutage_triedAgain(t *testing.T) {
	a := alarms{unknown: true, fails: errors.New("Slack is away")}
	a.play(t,
		outageStep{0, broken{"full", true}, []string{"full"}},
		outageStep{time.Second, broken{"full", true}, nil},
		outageStep{time.Minute, broken{"full", true}, []string{"full"}},
		outageStep{time.Minute, nil, []string{"over"}},
		outageStep{time.Second, nil, nil},
		outageStep{time.Minute, nil, []string{"over"}},
	)
}
