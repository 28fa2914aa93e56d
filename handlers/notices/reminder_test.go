package notices_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

func TestReminder_saysHowLongIsLeft(t *testing.T) {
	o := handlerstest.NewLost(t)
	c := handlerstest.Life(t, o.Policy, handlerstest.Stages()["received"]...)
	o.From(handlerstest.OneCase{Complaint: c})
	for _, test := range []struct {
		what  string
		kind  workflow.PromiseKind
		to    roster.PersonID
		now   time.Time
		says  string
		moot  bool
		later bool
	}{
		{what: "two days left", kind: workflow.PromiseAcknowledgement, to: handlerstest.Officer, now: handlerstest.Monday, says: "nog 2 dagen"},
		{what: "one day left", kind: workflow.PromiseAcknowledgement, to: handlerstest.Officer, now: handlerstest.Monday.AddDate(0, 0, 1), says: "nog 1 dag)"},
		{what: "last day", kind: workflow.PromiseAcknowledgement, to: handlerstest.Officer, now: handlerstest.Monday.AddDate(0, 0, 2), says: "vandaag is de laatste dag"},
		{what: "a day late", kind: workflow.PromiseAcknowledgement, to: handlerstest.Officer, now: handlerstest.Monday.AddDate(0, 0, 3), says: "1 dag te laat"},
		{what: "days late", kind: workflow.PromiseAcknowledgement, to: handlerstest.Officer, now: handlerstest.Monday.AddDate(0, 0, 4), says: "2 dagen te laat"},
		{what: "outcome", kind: workflow.PromiseOutcome, to: handlerstest.Officer, now: handlerstest.Monday, says: "leg de uitkomst vast"},
		{what: "not promised yet", kind: workflow.PromiseConfirmation, to: handlerstest.Officer, now: handlerstest.Monday, moot: true},
		{what: "neither owner nor deputy", kind: workflow.PromiseOutcome, to: handlerstest.Staff, now: handlerstest.Monday, moot: true},
		{what: "in the evening", kind: workflow.PromiseOutcome, to: handlerstest.Officer, now: handlerstest.Monday.Add(10 * time.Hour), later: true},
		{what: "on Saturday", kind: workflow.PromiseOutcome, to: handlerstest.Officer, now: handlerstest.Monday.AddDate(0, 0, 5), later: true},
	} {
		o.Now = func() time.Time { return test.now }
		m, version, err := o.Render(t.Context(), outbox.Delivery{Case: "case", Payload: outbox.Reminder{To: test.to, Watch: workflow.WatchKind(test.kind)}})
		var later *core.Later
		switch {
		case test.moot:
			if !errors.Is(err, core.ErrMoot) {
				t.Errorf("%s: %v, want ErrMoot", test.what, err)
			}
		case test.later:
			if !errors.As(err, &later) || !strings.HasPrefix(err.Error(), "not before 2026-") || !o.Policy.Calendar.InWindow(later.At) {
				t.Errorf("%s: %v, want a Later in a window", test.what, err)
			}
		case err != nil || version != c.Version:
			t.Errorf("%s: version %d, %v", test.what, version, err)
		case !strings.Contains(handlerstest.JSONOf(t, m), test.says) || !strings.Contains(handlerstest.JSONOf(t, m), "<@"+string(test.to)+">"):
			t.Errorf("%s: does not say %q to its person", test.what, test.says)
		}
	}
}

func TestReminder_golden(t *testing.T) {
	for _, lang := range workflow.Languages() {
		o := handlerstest.NewLost(t)
		o.Language = lang
		for name, scene := range reminderScenes(t, o) {
			o := o.At(scene.day, 9)
			r := &caseRegister{cases: map[workflow.CaseID]workflow.Complaint{"case": scene.c}, presence: scene.presence, outage: scene.outage}
			o.From(r)
			o.Use(func(c *handlers.Config) { c.Rounds = r })
			m := o.Rendered(t, outbox.Delivery{Payload: outbox.Reminder{To: scene.to, Watch: scene.kind}})
			handlerstest.Golden(t, "reminder-"+name+"."+lang, m)
			handlerstest.Confidential(t, name, m, readable(scene.to)...)
		}
	}
}

// scene is a reminder on a day of November.
type scene struct {
	c        workflow.Complaint
	kind     workflow.WatchKind
	to       roster.PersonID
	day      int
	presence roster.Presence
	outage   workflow.Outage
}

// reminderScenes are the reminders that are compared. The complaint came in on 20
// November: the acknowledgement is due on the 25th, the outcome on 20 December.
func reminderScenes(t *testing.T, o *handlerstest.Fixture) map[string]scene {
	t.Helper()
	fresh := handlerstest.Life(t, o.Policy, handlerstest.Stages()["received"]...)
	waiting := handlerstest.Life(t, o.Policy, handlerstest.Stages()["waiting"]...)
	held := handlerstest.Life(t, o.Policy, append(handlerstest.Stages()["decided"], handlerstest.Step{By: handlerstest.Officer, After: 5 * time.Hour, Action: workflow.Hold{
		Reason: "De rechter", Review: calendar.NewDate(2026, 11, 30),
	}})...)
	done := handlerstest.Life(t, o.Policy, handlerstest.Stages()["closed"]...)
	disputed := handlerstest.Life(t, o.Policy, append(handlerstest.Stages()["closed"], handlerstest.Step{By: handlerstest.Officer, After: 24 * time.Hour, Action: workflow.Dispute{
		Date: calendar.NewDate(2026, 11, 24), Dates: workflow.DisputeDates{Defence: calendar.NewDate(2026, 12, 7)},
	}})...)
	on := func(day int) calendar.Date { return calendar.NewDate(2026, 11, day) }
	night := workflow.Outage{
		From:  time.Date(2026, 11, 24, 21, 10, 0, 0, o.Policy.Calendar.Location),
		Until: time.Date(2026, 11, 25, 9, 0, 1, 0, o.Policy.Calendar.Location),
	}
	away := roster.Presence{Day: on(25), Away: map[roster.PersonID][]roster.Period{handlerstest.Officer: {{From: on(23), Until: on(27)}}}}
	return map[string]scene{
		"acknowledgement": {c: fresh, kind: ack, to: handlerstest.Officer, day: 23},
		"outcome":         {c: fresh, kind: outcome, to: handlerstest.Officer, day: 23},
		"feasible":        {c: fresh, kind: outcome, to: handlerstest.Officer, day: 41}, // 13 December is a Sunday: on the 11th
		"last_day":        {c: fresh, kind: ack, to: handlerstest.Officer, day: 25, outage: night},
		"overdue":         {c: fresh, kind: ack, to: handlerstest.Officer, day: 27},
		"deputy":          {c: fresh, kind: ack, to: handlerstest.Deputy, day: 25},
		"for_absent":      {c: fresh, kind: ack, to: handlerstest.Deputy, day: 25, presence: away},
		"director":        {c: fresh, kind: ack, to: handlerstest.Director, day: 26, outage: night},
		"late_logged":     {c: handlerstest.Life(t, o.Policy, handlerstest.Step{By: handlerstest.Staff, After: 7 * 24 * time.Hour, Action: handlerstest.Filing()}), kind: ack, to: handlerstest.Officer, day: 30},
		"waiting":         {c: waiting, kind: workflow.WatchWaiting, to: handlerstest.Officer, day: 30},
		"hold":            {c: held, kind: workflow.WatchHold, to: handlerstest.Officer, day: 30},
		"retention":       {c: done, kind: workflow.WatchRetention, to: handlerstest.Officer, day: 725}, // 25 October 2028
		"confirmation":    {c: held, kind: workflow.WatchKind(workflow.PromiseConfirmation), to: handlerstest.Officer, day: 24},
		"defence":         {c: disputed, kind: workflow.WatchKind(workflow.PromiseDefence), to: handlerstest.Officer, day: 30},
	}
}

// TestReminder_carriesWhatSettlesIt: each reminder carries what settles it, that of an
// erasure also the way to what there is to decide on; it
// can be put off while there is time, and a director gets no button.
func TestReminder_carriesWhatSettlesIt(t *testing.T) {
	o := handlerstest.NewLost(t)
	want := map[string]string{
		"acknowledgement": "acknowledge snooze", "outcome": "resolve progress snooze", "feasible": "resolve progress snooze",
		"last_day": "acknowledge", "overdue": "acknowledge", "deputy": "acknowledge", "for_absent": "acknowledge", "director": "",
		"late_logged": "acknowledge", "waiting": "answer", "hold": "hold", "retention": "hold dossier", "confirmation": "confirm snooze", "defence": "dispute snooze",
	}
	for name, scene := range reminderScenes(t, o) {
		o := o.At(scene.day, 9)
		r := &caseRegister{cases: map[workflow.CaseID]workflow.Complaint{"case": scene.c}, presence: scene.presence}
		o.From(r)
		o.Use(func(c *handlers.Config) { c.Rounds = r })
		m := o.Rendered(t, outbox.Delivery{Payload: outbox.Reminder{To: scene.to, Watch: scene.kind}})
		var ids []string
		for _, b := range m.Blocks {
			if row, ok := b.(*slack.ActionBlock); ok {
				for _, e := range row.Elements.ElementSet {
					ids = append(ids, e.(*slack.ButtonBlockElement).ActionID)
				}
			}
		}
		if got := strings.Join(ids, " "); got != want[name] {
			t.Errorf("%s: %s, want %s", name, got, want[name])
		}
	}
}

// TestReminder_goesByWhoIsThere: an absence that was entered since the reminder
// was asked for counts when it leaves.
func TestReminder_goesByWhoIsThere(t *testing.T) {
	o := handlerstest.NewLost(t).At(25, 9)
	r := &caseRegister{cases: map[workflow.CaseID]workflow.Complaint{"case": handlerstest.Life(t, o.Policy, handlerstest.Stages()["received"]...)}}
	o.From(r)
	o.Use(func(c *handlers.Config) { c.Rounds = r })
	send := func(to roster.PersonID) error {
		_, _, err := o.Render(t.Context(), outbox.Delivery{Case: "case", Payload: outbox.Reminder{To: to, Watch: ack}})
		return err
	}
	today := calendar.NewDate(2026, 11, 25)
	if err := send(handlerstest.Officer); err != nil {
		t.Fatal(err)
	}
	r.presence = roster.Presence{Day: today, Away: map[roster.PersonID][]roster.Period{handlerstest.Officer: {{From: today, Until: today}}}}
	if err := send(handlerstest.Officer); !errors.Is(err, core.ErrMoot) {
		t.Errorf("the owner is away: %v", err)
	}
	r.presence.Away[handlerstest.Deputy] = r.presence.Away[handlerstest.Officer]
	if err := send(handlerstest.Director); err != nil {
		t.Errorf("a director stands in for both: %v", err)
	}
	if err := send(handlerstest.Deputy); !errors.Is(err, core.ErrMoot) {
		t.Errorf("the deputy is away: %v", err)
	}
}
