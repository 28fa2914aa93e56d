package notices_test

import (
	"errors"
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
