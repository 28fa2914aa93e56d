package notices_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestErasureMessages_golden compares the messages; none gives the reason or
// anything else that is confidential.
func TestErasureMessages_golden(t *testing.T) {
	for _, lang := range workflow.Languages() {
		o := handlerstest.NewLost(t).At(23, 14)
		o.Language = lang
		c := handlerstest.Life(t, o.Policy, handlerstest.ErasureRequest()...)
		one := *o.Policy
		one.Roster.Officers = []roster.PersonID{handlerstest.Officer}
		small := handlerstest.Life(t, &one, append(handlerstest.Stages()["closed"][:4], handlerstest.Step{By: handlerstest.Officer, After: 4 * time.Hour, Action: handlerstest.Stages()["closed"][4].Action}, handlerstest.ErasureRequest()[5])...)
		performed := func(by roster.PersonID, name workflow.ActionName) workflow.Performed {
			return workflow.Performed{Action: name, By: by, At: handlerstest.Monday.Add(6 * time.Hour)}
		}
		for name, scene := range map[string]struct {
			d         outbox.Delivery
			performed workflow.Performed
			policy    *workflow.Policy
			c         workflow.Complaint
		}{
			"erase-ask":          {d: outbox.Delivery{Payload: outbox.Reminder{To: handlerstest.Deputy, Watch: "erasure"}}, c: c},
			"erase-ask-director": {d: outbox.Delivery{Payload: outbox.Reminder{To: handlerstest.Director, Watch: "erasure"}}, c: small, policy: &one},
			"erase-declined":     {d: outbox.Delivery{Payload: outbox.ErasureOutcome{To: handlerstest.Officer, How: "declined"}}, performed: performed(handlerstest.Deputy, workflow.ActionEraseDecline), c: c},
			"erase-lapsed":       {d: outbox.Delivery{Payload: outbox.ErasureOutcome{To: handlerstest.Officer, How: "lapsed"}}, performed: performed(roster.Clock, workflow.ActionEraseLapse), c: c},
			"erase-lapsed-since": {d: outbox.Delivery{Payload: outbox.ErasureOutcome{To: handlerstest.Officer, How: "lapsed"}}, performed: performed(handlerstest.Deputy, workflow.ActionReopen), c: c},
			"erase-line":         {d: outbox.Delivery{Payload: outbox.Line{Action: "erase"}}, performed: performed(handlerstest.Officer, workflow.ActionErase), c: c},
		} {
			o := handlerstest.NewLost(t).At(23, 14)
			o.Language = lang
			if scene.policy != nil {
				o.Policy = scene.policy
			}
			o.From(handlerstest.OneCase{Complaint: scene.c, Done: scene.performed})
			o.Use(func(c *handlers.Config) { c.Rounds = &caseRegister{} })
			m := o.Rendered(t, scene.d)
			handlerstest.Golden(t, name+"."+lang, m)
			handlerstest.Confidential(t, name, m)
			if strings.Contains(handlerstest.JSONOf(t, m), "vergeten") {
				t.Errorf("%s gives the reason", name)
			}
		}
		gone, _, err := o.Render(t.Context(), outbox.Delivery{Payload: outbox.Erased{To: handlerstest.Officer, Number: "K-2026-0001"}, Version: 7})
		if err != nil {
			t.Fatal(err)
		}
		handlerstest.Golden(t, "erase-gone."+lang, gone)
	}
}

// TestErasureMessages_askIsCheckedWhenItLeaves: it goes neither to who asked,
// nor to anybody once the request is over.
func TestErasureMessages_askIsCheckedWhenItLeaves(t *testing.T) {
	o := handlerstest.NewLost(t).At(23, 14)
	o.Use(func(c *handlers.Config) { c.Rounds = &caseRegister{} })
	c := handlerstest.Life(t, o.Policy, handlerstest.ErasureRequest()...)
	over := handlerstest.Life(t, o.Policy, append(handlerstest.ErasureRequest(), handlerstest.Step{By: handlerstest.Deputy, After: 6 * time.Hour, Action: workflow.Reopen{Reason: "Nieuw."}})...)
	for name, test := range map[string]struct {
		c  workflow.Complaint
		to roster.PersonID
	}{"who asked": {c, handlerstest.Officer}, "a director": {c, handlerstest.Director}, "over": {over, handlerstest.Deputy}} {
		o.From(handlerstest.OneCase{Complaint: test.c})
		_, _, err := o.Render(t.Context(), outbox.Delivery{Case: "case", Payload: outbox.Reminder{To: test.to, Watch: "erasure"}})
		if !errors.Is(err, core.ErrMoot) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestErasureMessages_digestCarriesTheDecision: in a digest the line of a
// request has the button that decides on it, a director's too.
func TestErasureMessages_digestCarriesTheDecision(t *testing.T) {
	o := handlerstest.NewLost(t).At(24, 9)
	o.Policy.Roster.Officers = []roster.PersonID{handlerstest.Officer}
	r := &caseRegister{cases: map[workflow.CaseID]workflow.Complaint{}}
	o.From(r)
	o.Use(func(c *handlers.Config) { c.Rounds = r })
	asked := append(handlerstest.Stages()["closed"][:4], handlerstest.Step{By: handlerstest.Officer, After: 4 * time.Hour, Action: handlerstest.Stages()["closed"][4].Action}, handlerstest.ErasureRequest()[5])
	r.add(t, o.Policy, []workflow.WatchKind{workflow.WatchErasure}, asked...)
	m, _, err := o.Render(t.Context(), outbox.Delivery{Payload: outbox.Digest{To: handlerstest.Director}})
	if err != nil || !strings.Contains(handlerstest.JSONOf(t, m), `"erase_confirm"`) {
		t.Errorf("%s, %v", handlerstest.JSONOf(t, m), err)
	}
}
