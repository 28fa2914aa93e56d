package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/artra/klachtbot/internal/testclock"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
)

// TestQuarter_dealtWith (R11) lives from a complaint to the quarter after the
// next: the summary comes on the first working day, a recommendation is
// recorded in two minutes and stops the reminder, who sees to it hears of it and
// is asked on its date, and the next summary says what its figure did since.
func TestQuarter_dealtWith(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			cal := calendar.Calendar{Location: testclock.Now().Location()}
			today := cal.Today(testclock.Now())
			quarter := calendar.QuarterOf(today)
			first, next := review.ReviewOn(cal, quarter), review.ReviewOn(cal, quarter.Next())
			due := first.AddDays(20)
			o.start()
			o.settled()
			o.stop()

			o.clock(first.DaysSince(today))
			o.start()
			m := o.awaitDirect(demoDirector, quarterIn(quarter), recommends)
			if !strings.Contains(string(m.Blocks), "Nog niet besproken") {
				t.Errorf("the summary does not ask for a review:\n%s", m.Blocks)
			}
			if strings.Contains(m.Text, "1") && strings.Contains(m.Text, "klacht ontvangen") {
				t.Errorf("the notification tells %q", m.Text)
			}
			got := o.as(demoDirector).act(o, m.Channel, m.TS, "recommendation", slacksim.Values{
				"recommendation": "Plan reistijd in.", "owner": demoStaff, "due_date": due.String(), "linked": "category:trainer",
			})
			if !got.Updated {
				t.Errorf("recorded: %+v", got)
			}
			o.awaitDirect(demoStaff, "Plan reistijd in.", asks("De directie vraagt je"))
			o.awaitDirect(demoDirector, "Besproken, met 1 aanbeveling", func(now slacksim.Message) bool {
				return now.TS == m.TS && !strings.Contains(string(now.Blocks), "Nog niet besproken") && strings.Contains(string(now.Blocks), "Plan reistijd in.")
			})
			o.stop()

			o.clock(cal.NextWorkingDay(due.AddDays(-1)).DaysSince(today))
			o.start()
			asked := o.awaitDirect(demoStaff, "Plan reistijd in.", asks("Is deze aanbeveling"))
			if err := o.as(demoStaff).Click(patience(t), asked.Channel, asked.TS, "recommendation_done", ""); err != nil {
				t.Fatal(err)
			}
			if _, err := o.as(demoStaff).AwaitEphemeral(patience(t), asked.Channel, func(m slacksim.Message) bool {
				return strings.Contains(m.Text, "gedaan")
			}); err != nil {
				t.Error(err)
			}
			o.stop()

			o.clock(next.DaysSince(today))
			o.start()
			o.awaitDirect(demoDirector, quarterIn(quarter.Next()), func(m slacksim.Message) bool {
				return strings.Contains(string(m.Blocks), "Plan reistijd in.") && strings.Contains(string(m.Blocks), "1 → 0")
			})
			for _, m := range o.as(demoDirector).DMs() {
				if strings.Contains(m.Text, "wacht nog") {
					t.Errorf("the director was reminded of what was dealt with")
				}
			}
			o.stop()
			if out, code := o.command("verify"); code != 0 {
				t.Errorf("verify: %d\n%s", code, out)
			}
			o.checkNothingLeaked()
		})
	}
}

func quarterIn(q calendar.Quarter) string { return fmt.Sprintf("kwartaal %d van %d", q.Number, q.Year) }

func recommends(m slacksim.Message) bool {
	return offers("recommendation")(m) && offers("no_recommendations")(m) && offers("register_export")(m)
}

// asks matches a message about a recommendation that begins like that.
func asks(begins string) func(slacksim.Message) bool {
	return func(m slacksim.Message) bool {
		return strings.HasPrefix(m.Text, begins) && offers("recommendation_done")(m) && offers("recommendation_date")(m)
	}
}

// awaitDirect waits for a direct message to somebody.
func (o *programTest) awaitDirect(who, says string, match func(slacksim.Message) bool) slacksim.Message {
	o.t.Helper()
	m, err := o.sim.AwaitMessage(patience(o.t), o.directChannel(who), func(m slacksim.Message) bool {
		return strings.Contains(string(m.Blocks), says) && match(m)
	})
	if err != nil {
		o.t.Fatalf("%s does not read %q: %v\n%s", who, says, err, o.output)
	}
	return m
}
