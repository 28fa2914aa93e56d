package main

import (
	"context"
	"testing"
	"time"

	"github.com/artra/klachtbot/internal/testclock"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
)

// TestQuarter_pictureThroughKills: in a workspace without charts the summary of
// a quarter stands once in the directors' channel, and its picture once below
// it, though the program is killed as soon as each has arrived.
func TestQuarter_pictureThroughKills(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine, "KLACHTBOT_DIRECTORS_CHANNEL="+demoDirectors)
			o.sim.Charts(false)
			o.start()
			o.as(demoStaff).log(form())
			o.awaitNothingWaits()
			o.stop()
			o.clock(untilReview())

			o.start()
			summary := o.arrives(func(m slacksim.Message) bool { return m.ThreadTS == "" })
			o.kill()
			o.sim.Faults().Clear()
			o.sim.Faults().LoseAnswer("files.completeUploadExternal", 1000)
			o.start()
			o.arrives(func(m slacksim.Message) bool { return m.ThreadTS == summary.TS && len(m.Files) == 1 })
			o.kill()
			o.sim.Faults().Clear()
			o.start()
			o.awaitNothingWaits()
			if n := len(o.sim.Messages(demoDirectors)); n != 1 {
				t.Errorf("%d messages in the directors' channel, want 1", n)
			}
			below := o.sim.Thread(demoDirectors, summary.TS)
			if len(below) != 1 || len(below[0].Files) != 1 || below[0].Files[0].Alt == "" {
				t.Errorf("%d replies below it, want the picture", len(below))
			}
			o.checkNothingLeaked()
		})
	}
}

// untilReview is how many days ahead this quarter is offered to the directors.
func untilReview() int {
	cal := calendar.Calendar{Location: testclock.Now().Location(), EveryDay: true}
	today := cal.Today(testclock.Now())
	return review.ReviewOn(cal, calendar.QuarterOf(today)).DaysSince(today)
}

// arrives waits for a message in the directors' channel, also as long as the
// lease of a program that was killed.
func (o *programTest) arrives(wanted func(slacksim.Message) bool) slacksim.Message {
	o.t.Helper()
	ctx, cancel := context.WithTimeout(o.t.Context(), time.Minute)
	defer cancel()
	m, err := o.sim.AwaitMessage(ctx, demoDirectors, wanted)
	if err != nil {
		o.t.Fatalf("%v\n%s", err, o.output)
	}
	return m
}
