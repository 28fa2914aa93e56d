package notices_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/handlers/notices"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/reminder"
	"github.com/artra/klachtbot/workflow/roster"
)

// morning is a caseRegister with something of each kind, on Monday 30 November:
// received on the 20th (five days late), the 25th (today), the 26th and 27th
// (soon), one with a question of a week ago, and one that was settled since.
func morning(t *testing.T, o *handlerstest.Fixture) *caseRegister {
	t.Helper()
	r := &caseRegister{cases: map[workflow.CaseID]workflow.Complaint{}}
	acknowledged := handlerstest.Step{By: handlerstest.Officer, After: time.Hour, Action: workflow.Acknowledge{Sent: handlerstest.SentOn(calendar.NewDate(2026, 11, 23), workflow.WayEmail)}}
	asked := handlerstest.Step{By: handlerstest.Officer, After: 2 * time.Hour, Action: workflow.Question{Sent: handlerstest.SentOn(calendar.NewDate(2026, 11, 23), workflow.WayPhone)}}
	r.add(t, o.Policy, []workflow.WatchKind{ack}, handlerstest.Received(7))
	r.add(t, o.Policy, []workflow.WatchKind{workflow.WatchWaiting}, handlerstest.Received(0), acknowledged, asked)
	r.add(t, o.Policy, []workflow.WatchKind{ack}, handlerstest.Received(5))
	r.add(t, o.Policy, []workflow.WatchKind{ack, outcome}, handlerstest.Received(0))
	r.add(t, o.Policy, []workflow.WatchKind{ack}, handlerstest.Received(6))
	r.add(t, o.Policy, []workflow.WatchKind{ack}, handlerstest.Received(0), acknowledged)
	r.items = append(r.items, outbox.DigestItem{Case: "gone", Watch: ack})
	return r
}

func digest(t *testing.T, o *handlerstest.Fixture, r *caseRegister, to roster.PersonID) (core.Message, error) {
	t.Helper()
	o.From(r)
	o.Use(func(c *handlers.Config) { c.Rounds = r })
	m, version, err := o.Render(t.Context(), outbox.Delivery{Payload: outbox.Digest{To: to}, Version: 7})
	if version != 7 {
		t.Errorf("shows round %d", version)
	}
	return m, err
}

func TestDigest_golden(t *testing.T) {
	for _, lang := range workflow.Languages() {
		o := handlerstest.NewLost(t).At(30, 9)
		o.Language = lang
		r := morning(t, o)
		r.outage = workflow.Outage{From: o.Now().Add(-40 * time.Hour), Until: o.Now().Add(time.Minute)}
		for name, to := range map[string]roster.PersonID{"digest": handlerstest.Officer, "digest-director": handlerstest.Director} {
			m, err := digest(t, o, r, to)
			if err != nil {
				t.Fatal(err)
			}
			handlerstest.Golden(t, name+"."+lang, m)
			if to == handlerstest.Officer { // who may read what each row is about
				handlerstest.Confidential(t, name, m, "Timemanagement", "Locatie")
				handlerstest.Confidential(t, name, core.Message{Text: m.Text})
				continue
			}
			handlerstest.Confidential(t, name, m, readable(to)...)
		}
	}
}

// TestDigest_tellsOfRepeats: below the reminders stands on which offerings several
// complaints came, with nobody's words in force; by itself that is no message, and it fits
// in a full one.
func TestDigest_tellsOfRepeats(t *testing.T) {
	o := handlerstest.NewLost(t).At(30, 9)
	r := morning(t, o)
	r.repeats = map[workflow.CaseID]workflow.Repeats{"many": {Offering: "Excel <!channel>", Count: 3}}
	alone := &caseRegister{repeats: r.repeats, items: []outbox.DigestItem{{Case: "many", Watch: outbox.ItemRepeats}}}
	if _, err := digest(t, o, alone, handlerstest.Officer); !errors.Is(err, core.ErrMoot) {
		t.Errorf("by itself: %v", err)
	}
	r.items = append([]outbox.DigestItem{{Case: "many", Watch: outbox.ItemRepeats}, {Case: "few", Watch: outbox.ItemRepeats}}, r.items...)
	m, err := digest(t, o, r, handlerstest.Officer)
	if err != nil {
		t.Fatal(err)
	}
	if text := handlerstest.JSONOf(t, m); strings.Count(text, "klachten binnen in 90 dagen") != 1 || strings.Contains(text, "<!channel>") || strings.Contains(m.Text, "Excel") {
		t.Errorf("says %s", text)
	}
	for range 60 {
		r.add(t, o.Policy, []workflow.WatchKind{ack}, handlerstest.Received(5))
	}
	r.outage = workflow.Outage{From: o.Now().Add(-72 * time.Hour), Until: o.Now().Add(time.Minute)}
	if m, err = digest(t, o, r, handlerstest.Officer); err != nil || len(m.Blocks) > 50 {
		t.Errorf("%d blocks, %v", len(m.Blocks), err)
	}
	w := handlerstest.NewWorkspace(t)
	w.Posted(t, handlerstest.Officer, m)
}

// TestDigest_ofADayToCome: what was asked for on a later day, by a clock that stood ahead,
// waits; what was asked for by today leaves without it.
func TestDigest_ofADayToCome(t *testing.T) {
	o := handlerstest.NewLost(t).At(30, 9)
	r := &caseRegister{cases: map[workflow.CaseID]workflow.Complaint{}}
	r.add(t, o.Policy, []workflow.WatchKind{ack}, handlerstest.Received(7))
	for id, c := range r.cases {
		c.Promises[0].Reminders = reminder.History(string(handlerstest.Officer) + " 3 2026-11-30;" + string(handlerstest.Officer) + " 3 2026-12-01")
		r.cases[id] = c
	}
	var later *core.Later
	if _, err := digest(t, o, r, handlerstest.Officer); !errors.As(err, &later) || o.Policy.Calendar.Today(later.At) != calendar.NewDate(2026, 12, 1) {
		t.Errorf("alone: %v", err)
	}
	r.add(t, o.Policy, []workflow.WatchKind{ack}, handlerstest.Received(7))
	if m, err := digest(t, o, r, handlerstest.Officer); err != nil || !strings.HasPrefix(m.Text, "1 klacht ") {
		t.Errorf("beside another: %q, %v", m.Text, err)
	}
}

// TestDigest_fitsAMessage: 50 blocks, and a word about the rest.
func TestDigest_fitsAMessage(t *testing.T) {
	o := handlerstest.NewLost(t).At(30, 9)
	r := &caseRegister{cases: map[workflow.CaseID]workflow.Complaint{}}
	for i := range 60 {
		r.add(t, o.Policy, []workflow.WatchKind{ack}, handlerstest.Received([]int{0, 5, 7}[i%3]))
	}
	r.outage = workflow.Outage{From: o.Now().Add(-72 * time.Hour), Until: o.Now().Add(time.Minute)}
	m, err := digest(t, o, r, handlerstest.Officer)
	if err != nil {
		t.Fatal(err)
	}
	if r.read > notices.MaxDigest+1 {
		t.Errorf("reads %d items", r.read)
	}
	text := handlerstest.JSONOf(t, m)
	if len(m.Blocks) > 50 || !strings.Contains(text, "en nog 17 klachten") || strings.Count(text, "De bot lag stil") != 1 {
		t.Errorf("%d blocks, the rest mentioned: %v", len(m.Blocks), strings.Contains(text, "en nog 17"))
	}
	w := handlerstest.NewWorkspace(t)
	w.Posted(t, handlerstest.Officer, m)
}

// TestDigest_readsPastWhatWasSettled: what stands in front and was settled since
// takes nobody's place, and is not counted.
func TestDigest_readsPastWhatWasSettled(t *testing.T) {
	o := handlerstest.NewLost(t).At(30, 9)
	r := &caseRegister{cases: map[workflow.CaseID]workflow.Complaint{}}
	for i := range 90 {
		r.items = append(r.items, outbox.DigestItem{Case: workflow.CaseID(fmt.Sprint("gone", i)), Watch: ack})
	}
	for range 50 {
		r.add(t, o.Policy, []workflow.WatchKind{ack}, handlerstest.Received(5))
	}
	m, err := digest(t, o, r, handlerstest.Officer)
	if err != nil {
		t.Fatal(err)
	}
	text := handlerstest.JSONOf(t, m)
	if strings.Count(text, "K-2026-") < notices.MaxDigest || !strings.Contains(m.Text, "50 klachten") || !strings.Contains(text, "en nog 7 klachten") {
		t.Errorf("%d cases, %q", strings.Count(text, "K-2026-"), m.Text)
	}
}

// TestDigest_isCheckedWhenItLeaves: what must not be said any more is left out,
// with who is there at the moment of sending.
func TestDigest_isCheckedWhenItLeaves(t *testing.T) {
	o := handlerstest.NewLost(t)
	away := roster.Presence{
		Day:  calendar.NewDate(2026, 11, 30),
		Away: map[roster.PersonID][]roster.Period{handlerstest.Officer: {{From: calendar.NewDate(2026, 11, 30), Until: calendar.NewDate(2026, 12, 4)}}},
	}
	for _, test := range []struct {
		name     string
		day      int
		hour     int
		presence roster.Presence
		only     []outbox.DigestItem
		to       roster.PersonID
		says     string
		later    bool
	}{
		{name: "in the evening", day: 30, hour: 18, to: handlerstest.Officer, later: true},
		{name: "on Saturday", day: 28, hour: 10, to: handlerstest.Officer, later: true},
		{name: "settled", day: 30, hour: 9, only: []outbox.DigestItem{{Case: "case6", Watch: ack}, {Case: "gone", Watch: ack}}, to: handlerstest.Officer},
		{name: "nothing of theirs", day: 30, hour: 9, to: handlerstest.Staff},
		{name: "the owner is away since", day: 30, hour: 9, presence: away, to: handlerstest.Officer},
		{name: "who stands in", day: 30, hour: 9, presence: away, to: handlerstest.Deputy, says: "K-2026-0001"},
		{name: "the owner", day: 30, hour: 9, to: handlerstest.Officer, says: "K-2026-0001"},
	} {
		o := o.At(test.day, test.hour)
		r := morning(t, o)
		r.presence = test.presence
		if test.only != nil {
			r.items = test.only
		}
		m, err := digest(t, o, r, test.to)
		var later *core.Later
		switch {
		case test.later:
			if !errors.As(err, &later) || !o.Policy.Calendar.InWindow(later.At) {
				t.Errorf("%s: %v, want a Later in a window", test.name, err)
			}
		case test.says == "":
			if !errors.Is(err, core.ErrMoot) {
				t.Errorf("%s: %v, want ErrMoot", test.name, err)
			}
		case err != nil || !strings.Contains(handlerstest.JSONOf(t, m), test.says):
			t.Errorf("%s: %v, does not say %s", test.name, err, test.says)
		}
	}
}

// TestDigest_leavesOutAGuardedCase: a case that turned out to concern somebody
// since it was queued is not in their digest.
func TestDigest_leavesOutAGuardedCase(t *testing.T) {
	o := handlerstest.NewLost(t).At(30, 9)
	about := handlerstest.Filing()
	about.Particulars.Concerns = handlerstest.Officer
	r := morning(t, o)
	r.add(t, o.Policy, []workflow.WatchKind{ack}, handlerstest.Step{By: handlerstest.Staff, After: 0, Action: about})
	for to, want := range map[roster.PersonID]bool{handlerstest.Officer: false, handlerstest.Deputy: true} {
		m, err := digest(t, o, r, to)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(handlerstest.JSONOf(t, m), "V-2026-"); got != want {
			t.Errorf("the digest of %s has the case: %v", to, got)
		}
	}
}

// TestDigest_outlastsALostRegister: a register that is away is no reason
// to drop a digest.
func TestDigest_outlastsALostRegister(t *testing.T) {
	o := handlerstest.NewLost(t).At(30, 9)
	_, _, err := o.Render(t.Context(), outbox.Delivery{Payload: outbox.Digest{To: handlerstest.Officer}})
	if !errors.Is(err, handlerstest.ErrLost) || errors.Is(err, core.ErrMoot) {
		t.Error(err)
	}
	r := morning(t, o)
	o.From(lostCases{caseRegister: r})
	o.Use(func(c *handlers.Config) { c.Rounds = r })
	_, _, err = o.Render(t.Context(), outbox.Delivery{Payload: outbox.Digest{To: handlerstest.Officer}})
	if !errors.Is(err, handlerstest.ErrLost) || errors.Is(err, core.ErrMoot) {
		t.Error(err)
	}
}
