package notices_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
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
	"github.com/artra/klachtbot/workflow/roster"
)

// cabinet is a Source and Rounds with several cases: the register at the
// moment of sending.
type cabinet struct {
	handlerstest.LostRegister
	cases    map[workflow.CaseID]workflow.Complaint
	items    []outbox.DigestItem
	read     int // items that were asked for
	presence roster.Presence
	outage   workflow.Outage
}

func (k *cabinet) Case(_ context.Context, id workflow.CaseID) (workflow.Complaint, error) {
	c, ok := k.cases[id]
	if !ok {
		return c, workflow.Refusals{{Code: workflow.CodeNoSuchCase}}
	}
	return c, nil
}

func (k *cabinet) Presence(context.Context) (roster.Presence, error) { return k.presence, nil }

func (k *cabinet) Outage(context.Context) (workflow.Outage, error) { return k.outage, nil }

func (k *cabinet) DigestItems(context.Context, outbox.Delivery) iter.Seq2[outbox.DigestItem, error] {
	return func(yield func(outbox.DigestItem, error) bool) {
		for _, item := range k.items {
			if k.read++; !yield(item, nil) {
				return
			}
		}
	}
}

func (k *cabinet) DigestCases(context.Context, outbox.Delivery) (int, error) {
	cases := map[workflow.CaseID]bool{}
	for _, item := range k.items {
		cases[item.Case] = true
	}
	return len(cases), nil
}

// put files a case with what is watched on it.
func (k *cabinet) put(t *testing.T, p *workflow.Policy, kinds []workflow.WatchKind, moments ...handlerstest.Moment) {
	t.Helper()
	n := len(k.cases) + 1
	c := handlerstest.Life(t, p, moments...)
	c.ID, c.Number = workflow.CaseID(fmt.Sprintf("case%d", n)), fmt.Sprintf("%s-2026-%04d", c.Series, n)
	k.cases[c.ID] = c
	for _, kind := range kinds {
		k.items = append(k.items, outbox.DigestItem{Case: c.ID, Watch: kind})
	}
}

const (
	ack     = handlerstest.Acknowledging
	outcome = handlerstest.Outcome
)

// morning is a cabinet with something of each kind, on Monday 30 November:
// received on the 20th (five days late), the 25th (today), the 26th and 27th
// (soon), one with a question of a week ago, and one that was settled since.
func morning(t *testing.T, o *handlerstest.Fixture) *cabinet {
	t.Helper()
	k := &cabinet{cases: map[workflow.CaseID]workflow.Complaint{}}
	acknowledged := handlerstest.Moment{By: handlerstest.Officer, After: time.Hour, Action: workflow.Acknowledge{Sent: handlerstest.SentOn(calendar.NewDate(2026, 11, 23), workflow.WayEmail)}}
	asked := handlerstest.Moment{By: handlerstest.Officer, After: 2 * time.Hour, Action: workflow.Question{Sent: handlerstest.SentOn(calendar.NewDate(2026, 11, 23), workflow.WayPhone)}}
	k.put(t, o.Policy, []workflow.WatchKind{ack}, handlerstest.Received(7))
	k.put(t, o.Policy, []workflow.WatchKind{workflow.WatchWaiting}, handlerstest.Received(0), acknowledged, asked)
	k.put(t, o.Policy, []workflow.WatchKind{ack}, handlerstest.Received(5))
	k.put(t, o.Policy, []workflow.WatchKind{ack, outcome}, handlerstest.Received(0))
	k.put(t, o.Policy, []workflow.WatchKind{ack}, handlerstest.Received(6))
	k.put(t, o.Policy, []workflow.WatchKind{ack}, handlerstest.Received(0), acknowledged)
	k.items = append(k.items, outbox.DigestItem{Case: "gone", Watch: ack})
	return k
}

func digest(t *testing.T, o *handlerstest.Fixture, k *cabinet, to roster.PersonID) (core.Message, error) {
	t.Helper()
	o.From(k)
	o.Use(func(c *handlers.Config) { c.Rounds = k })
	m, version, err := o.Render(t.Context(), outbox.Delivery{Payload: outbox.Digest{To: to}, Version: 7})
	if version != 7 {
		t.Errorf("shows round %d", version)
	}
	return m, err
}

func TestDigestGolden(t *testing.T) {
	for _, lang := range workflow.Languages() {
		o := handlerstest.NewLost(t).At(30, 9)
		o.Language = lang
		k := morning(t, o)
		k.outage = workflow.Outage{From: o.Now().Add(-40 * time.Hour), Until: o.Now().Add(time.Minute)}
		for name, to := range map[string]roster.PersonID{"digest": handlerstest.Officer, "digest-director": handlerstest.Director} {
			m, err := digest(t, o, k, to)
			if err != nil {
				t.Fatal(err)
			}
			handlerstest.Golden(t, name+"."+lang, m)
			handlerstest.Confidential(t, name, m)
		}
	}
}

// TestDigestHasWhatASlackMessageTakes: 50 blocks, and a word about the rest.
func TestDigestHasWhatASlackMessageTakes(t *testing.T) {
	o := handlerstest.NewLost(t).At(30, 9)
	k := &cabinet{cases: map[workflow.CaseID]workflow.Complaint{}}
	for i := range 60 {
		k.put(t, o.Policy, []workflow.WatchKind{ack}, handlerstest.Received([]int{0, 5, 7}[i%3]))
	}
	k.outage = workflow.Outage{From: o.Now().Add(-72 * time.Hour), Until: o.Now().Add(time.Minute)}
	m, err := digest(t, o, k, handlerstest.Officer)
	if err != nil {
		t.Fatal(err)
	}
	if k.read > notices.MaxDigest+1 {
		t.Errorf("reads %d items", k.read)
	}
	text := handlerstest.JSONOf(t, m)
	if len(m.Blocks) > 50 || !strings.Contains(text, "en nog 16 klachten") || strings.Count(text, "De bot lag stil") != 1 {
		t.Errorf("%d blocks, the rest told: %v", len(m.Blocks), strings.Contains(text, "en nog 16"))
	}
	w := handlerstest.NewWorkspace(t)
	w.Posted(t, handlerstest.Officer, m)
}

// TestDigestIsLookedAtAgain: what must not be said any more is left out, with
// who is there at the moment of sending.
func TestDigestIsLookedAtAgain(t *testing.T) {
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
		k := morning(t, o)
		k.presence = test.presence
		if test.only != nil {
			k.items = test.only
		}
		m, err := digest(t, o, k, test.to)
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

// TestDigestKeepsTheGuard: a case that turned out to concern somebody since it
// was gathered is not in their digest.
func TestDigestKeepsTheGuard(t *testing.T) {
	o := handlerstest.NewLost(t).At(30, 9)
	about := handlerstest.Filing()
	about.Particulars.Concerns = handlerstest.Officer
	k := morning(t, o)
	k.put(t, o.Policy, []workflow.WatchKind{ack}, handlerstest.Moment{By: handlerstest.Staff, After: 0, Action: about})
	for to, want := range map[roster.PersonID]bool{handlerstest.Officer: false, handlerstest.Deputy: true} {
		m, err := digest(t, o, k, to)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(handlerstest.JSONOf(t, m), "V-2026-"); got != want {
			t.Errorf("the digest of %s has the case: %v", to, got)
		}
	}
}

// TestDigestLosesNothingWithTheRegister: a register that is away is no reason
// to drop a digest.
func TestDigestLosesNothingWithTheRegister(t *testing.T) {
	o := handlerstest.NewLost(t).At(30, 9)
	_, _, err := o.Render(t.Context(), outbox.Delivery{Payload: outbox.Digest{To: handlerstest.Officer}})
	if !errors.Is(err, handlerstest.ErrLost) || errors.Is(err, core.ErrMoot) {
		t.Error(err)
	}
	k := morning(t, o)
	o.From(lostCases{cabinet: k})
	o.Use(func(c *handlers.Config) { c.Rounds = k })
	_, _, err = o.Render(t.Context(), outbox.Delivery{Payload: outbox.Digest{To: handlerstest.Officer}})
	if !errors.Is(err, handlerstest.ErrLost) || errors.Is(err, core.ErrMoot) {
		t.Error(err)
	}
}

// lostCases is a cabinet whose database goes away between two looks.
type lostCases struct{ *cabinet }

func (lostCases) Case(context.Context, workflow.CaseID) (workflow.Complaint, error) {
	return workflow.Complaint{}, handlerstest.ErrLost
}

// told brings the cases of a cabinet to the day after the directors' first
// notice.
func (k *cabinet) told(t *testing.T, p *workflow.Policy, day time.Time) {
	t.Helper()
	for id, c := range k.cases {
		change, err := p.Step(c, workflow.Tick{}, roster.Clock, day)
		if err != nil {
			t.Fatal(err)
		}
		k.cases[id] = change.Complaint
	}
}

func TestWeeklyGolden(t *testing.T) {
	for _, lang := range workflow.Languages() {
		o := handlerstest.NewLost(t).At(30, 9)
		o.Language = lang
		k := morning(t, o)
		k.told(t, o.Policy, o.Instant(26, 10))
		o.From(k)
		o.Use(func(c *handlers.Config) { c.Rounds = k })
		weekly := outbox.Delivery{Payload: outbox.WeeklyDigest{To: handlerstest.Director}, Version: 1}
		m, _, err := o.Render(t.Context(), weekly)
		if err != nil {
			t.Fatal(err)
		}
		handlerstest.Golden(t, "weekly."+lang, m)
		handlerstest.Confidential(t, "weekly", m)
		if text := handlerstest.JSONOf(t, m); strings.Contains(text, "button") || strings.Contains(text, "<@") {
			t.Error("a director gets more than number, promise and days")
		}
		k.presence.Gone = map[roster.PersonID]bool{handlerstest.Director: true}
		if _, _, err := o.Render(t.Context(), weekly); !errors.Is(err, core.ErrMoot) {
			t.Errorf("who left: %v", err)
		}
	}
}

func TestLongWeekly(t *testing.T) {
	o := handlerstest.NewLost(t).At(30, 9)
	k := &cabinet{cases: map[workflow.CaseID]workflow.Complaint{}}
	for range 170 {
		k.put(t, o.Policy, []workflow.WatchKind{ack}, handlerstest.Received(0))
	}
	k.told(t, o.Policy, o.Instant(26, 10))
	o.From(k)
	o.Use(func(c *handlers.Config) { c.Rounds = k })
	m, _, err := o.Render(t.Context(), outbox.Delivery{Payload: outbox.WeeklyDigest{To: handlerstest.Director}, Version: 1})
	if err != nil {
		t.Fatal(err)
	}
	if k.read > notices.MaxWeekly+1 {
		t.Errorf("reads %d items", k.read)
	}
	if text := handlerstest.JSONOf(t, m); strings.Count(text, "K-2026-") != notices.MaxWeekly || !strings.Contains(text, "Van 170 klachten") {
		t.Errorf("%d lines", strings.Count(text, "K-2026-"))
	}
	w := handlerstest.NewWorkspace(t)
	w.Posted(t, handlerstest.Officer, m)
}
