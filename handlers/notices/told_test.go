package notices_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// untold is a decision of which nobody could be told, on Monday 23 November.
func untold() []handlerstest.Step {
	failed := handlerstest.Decision()
	failed.Way, failed.Reaction = workflow.WayNotPossible, "Drie keer gebeld."
	return append(handlerstest.Stages()["received"], handlerstest.Step{By: handlerstest.Officer, After: 3 * time.Hour, Action: failed})
}

// TestTold_messageKeepsThemApart: when it was decided and when the complainant was told
// stand in lines of their own, and who can't be told reads so.
func TestTold_messageKeepsThemApart(t *testing.T) {
	o := handlerstest.NewLost(t)
	day := calendar.NewDate(2026, 11, 24)
	later := handlerstest.Decision()
	later.Decided, later.Contact = calendar.NewDate(2026, 11, 21), calendar.NewDate(2026, 11, 22)
	nobody := handlerstest.Step{By: handlerstest.Officer, After: 27 * time.Hour, Action: workflow.Confirm{Sent: handlerstest.SentOn(day, workflow.WayNotPossible)}}
	withdrawn := handlerstest.Step{By: handlerstest.Officer, After: time.Hour, Action: workflow.Withdraw{Reason: "Laat maar."}}
	for _, test := range []struct {
		name  string
		steps []handlerstest.Step
		says  []string
	}{
		{"told", append(handlerstest.Stages()["received"], handlerstest.Step{By: handlerstest.Officer, After: time.Hour, Action: later}),
			[]string{"Besloten op: |za 21 november 2026", "Uitkomst verteld: |zo 22 november 2026 · Telefoon", "achteraf vastgelegd"}},
		{"untold", untold(), []string{"Besloten op: |ma 23 november 2026", "Uitkomst vertellen uiterlijk: |zo 20 december 2026", "confirm"}},
		{"nobody", append(untold(), nobody), []string{"Uitkomst: |niet te bereiken, di 24 november 2026"}},
		{"withdrawn", append(handlerstest.Stages()["received"], withdrawn), []string{"Uitkomst: |ingetrokken, ma 23 november 2026"}},
	} {
		c := handlerstest.Life(t, o.Policy, test.steps...)
		o.From(handlerstest.OneCase{Complaint: c})
		said := handlerstest.JSONOf(t, o.Rendered(t, outbox.Delivery{Case: "case", Payload: outbox.Case{}}))
		for _, want := range test.says {
			for _, part := range strings.Split(want, "|") {
				if !strings.Contains(said, part) {
					t.Errorf("%s: does not say %q", test.name, part)
				}
			}
		}
	}
}

// TestTold_reminderAsksToTell: of a decision that nobody told the reminder asks to tell
// it, offers the letter, and never a notice of progress.
func TestTold_reminderAsksToTell(t *testing.T) {
	o := handlerstest.NewLost(t)
	c := handlerstest.Life(t, o.Policy, untold()...)
	o.From(handlerstest.OneCase{Complaint: c})
	o.Now = func() time.Time { return handlerstest.Monday.AddDate(0, 0, 21) } // six days before it is due
	d := outbox.Delivery{Case: "case", Payload: outbox.Reminder{To: handlerstest.Officer, Watch: handlerstest.Outcome}}
	said := handlerstest.JSONOf(t, o.Rendered(t, d))
	for text, want := range map[string]bool{"vertel de klager de uitkomst": true, `"confirm"`: true, `"resolve"`: false, `"progress"`: false, "haalbaar": false} {
		if strings.Contains(said, text) != want {
			t.Errorf("%q in it: %v, want %v", text, !want, want)
		}
	}
}

// TestRepeatedNotice_saysNumberAndDate to a director, and nothing to one whom the case
// concerns by now.
func TestRepeatedNotice_saysNumberAndDate(t *testing.T) {
	o := handlerstest.NewLost(t)
	steps := handlerstest.Stages()["received"]
	for n := 1; n <= 3; n++ {
		steps = append(steps, handlerstest.Step{By: handlerstest.Officer, After: time.Duration(n) * time.Hour, Action: workflow.Progress{
			Sent: handlerstest.SentOn(calendar.NewDate(2026, 11, 23), workflow.WayEmail), Reason: "Ziek.", Expected: calendar.NewDate(2027, 1, 10+n),
		}})
	}
	c := handlerstest.Life(t, o.Policy, steps...)
	d := outbox.Delivery{Case: "case", Payload: outbox.RepeatedNotice{To: handlerstest.Director, Count: 3}, Lane: outbox.DirectLane(handlerstest.Director)}
	o.From(handlerstest.OneCase{Complaint: c})
	m := o.Rendered(t, d)
	handlerstest.Confidential(t, "notices", m)
	said := handlerstest.JSONOf(t, m)
	for _, want := range []string{c.Number, "3 voortgangsberichten", "wo 13 januari 2027"} {
		if !strings.Contains(said, want) {
			t.Errorf("does not say %q in %s", want, said)
		}
	}
	c.Particulars.Concerns = handlerstest.Director
	o.From(handlerstest.OneCase{Complaint: c})
	if _, _, err := o.Render(t.Context(), d); !errors.Is(err, core.ErrMoot) {
		t.Errorf("to a director whom it concerns: %v", err)
	}
}
