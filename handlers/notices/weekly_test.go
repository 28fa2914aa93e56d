package notices_test

import (
	"context"
	"errors"
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
	"github.com/artra/klachtbot/workflow/roster"
)

// afterFirstNotice brings the cases of a caseRegister to the day after the
// directors' first notice.
func (r *caseRegister) afterFirstNotice(t *testing.T, p *workflow.Policy, day time.Time) {
	t.Helper()
	for id, c := range r.cases {
		change, err := p.Step(c, workflow.Tick{}, roster.Clock, day)
		if err != nil {
			t.Fatal(err)
		}
		r.cases[id] = change.Complaint
	}
}

func TestWeekly_golden(t *testing.T) {
	for _, lang := range workflow.Languages() {
		o := handlerstest.NewLost(t).At(30, 9)
		o.Language = lang
		r := morning(t, o)
		r.afterFirstNotice(t, o.Policy, o.Instant(26, 10))
		o.From(r)
		o.Use(func(c *handlers.Config) { c.Rounds = r })
		weekly := outbox.Delivery{Payload: outbox.WeeklyDigest{To: handlerstest.Director}, Version: 1}
		m, _, err := o.Render(t.Context(), weekly)
		if err != nil {
			t.Fatal(err)
		}
		handlerstest.Golden(t, "weekly."+lang, m)
		handlerstest.Confidential(t, "weekly", m, readable(handlerstest.Director)...)
		if text := handlerstest.JSONOf(t, m); strings.Contains(text, "button") || strings.Contains(text, "<@") {
			t.Error("a director gets more than number, promise and days")
		}
		r.presence.Gone = map[roster.PersonID]bool{handlerstest.Director: true}
		if _, _, err := o.Render(t.Context(), weekly); !errors.Is(err, core.ErrMoot) {
			t.Errorf("who left: %v", err)
		}
	}
}

func TestWeekly_fitsAMessage(t *testing.T) {
	o := handlerstest.NewLost(t).At(30, 9)
	r := &caseRegister{cases: map[workflow.CaseID]workflow.Complaint{}}
	for range 170 {
		r.add(t, o.Policy, []workflow.WatchKind{ack}, handlerstest.Received(0))
	}
	r.afterFirstNotice(t, o.Policy, o.Instant(26, 10))
	o.From(r)
	o.Use(func(c *handlers.Config) { c.Rounds = r })
	m, _, err := o.Render(t.Context(), outbox.Delivery{Payload: outbox.WeeklyDigest{To: handlerstest.Director}, Version: 1})
	if err != nil {
		t.Fatal(err)
	}
	if r.read > notices.MaxWeekly+1 {
		t.Errorf("reads %d items", r.read)
	}
	if text := handlerstest.JSONOf(t, m); strings.Count(text, "K-2026-") != notices.MaxWeekly || !strings.Contains(text, "Van 170 klachten") {
		t.Errorf("%d lines", strings.Count(text, "K-2026-"))
	}
	w := handlerstest.NewWorkspace(t)
	w.Posted(t, handlerstest.Officer, m)
}

// TestWeekly_inTheMorningsDigest: first notices stand on top, each on a line of its own;
// what was late before follows, and nothing is said twice. It says what is expected, and
// of a guarded case whom not to ask.
func TestWeekly_inTheMorningsDigest(t *testing.T) {
	o := handlerstest.NewLost(t).At(30, 9)
	r := &caseRegister{cases: map[workflow.CaseID]workflow.Complaint{}}
	for range 2 {
		r.add(t, o.Policy, []workflow.WatchKind{ack}, handlerstest.Received(0))
	}
	r.afterFirstNotice(t, o.Policy, o.Instant(26, 10))
	known := len(r.items)
	r.add(t, o.Policy, []workflow.WatchKind{ack}, handlerstest.Received(0))
	o.From(r)
	render := func() string {
		t.Helper()
		o.Use(func(c *handlers.Config) { c.Rounds = splitRounds{r, known} })
		m, _, err := o.Render(t.Context(), outbox.Delivery{Payload: outbox.Digest{To: handlerstest.Director, Weekly: true}, Version: 1, Lane: outbox.DirectLane(handlerstest.Director)})
		if err != nil {
			t.Fatal(err)
		}
		w := handlerstest.NewWorkspace(t)
		w.Posted(t, handlerstest.Director, m)
		return handlerstest.JSONOf(t, m)
	}
	text := render()
	first, earlier, expected := strings.Index(text, "Nieuw te laat"), strings.Index(text, "Al langer te laat"), strings.Index(text, "Wat we van je vragen")
	if first < 0 || earlier < first || expected < earlier {
		t.Errorf("first notices at %d, those before at %d, what is expected at %d:\n%s", first, earlier, expected, text)
	}
	for _, number := range []string{"K-2026-0001", "K-2026-0002", "K-2026-0003"} {
		if n := strings.Count(text, number); n != 1 {
			t.Errorf("%s is named %d times", number, n)
		}
	}
	if strings.Contains(text, "V-nummer") {
		t.Error("it speaks of guarded cases where there is none")
	}
	for id, c := range r.cases {
		if c.Number == "K-2026-0003" {
			c.Series, c.Number = "V", "V-2026-0001"
			r.cases[id] = c
		}
	}
	if text := render(); !strings.Contains(text, "alleen met wie die behandelt") {
		t.Errorf("of a guarded case it does not say whom to ask:\n%s", text)
	}
}

// splitRounds tells of the last items in a digest, and of the others in the weekly one.
type splitRounds struct {
	*caseRegister
	known int
}

func (s splitRounds) DigestItems(_ context.Context, d outbox.Delivery) iter.Seq2[outbox.DigestItem, error] {
	items := s.items[s.known:]
	if d.Kind() == outbox.KindWeeklyDigest {
		items = s.items
	}
	return func(yield func(outbox.DigestItem, error) bool) {
		for _, item := range items {
			if !yield(item, nil) {
				return
			}
		}
	}
}
