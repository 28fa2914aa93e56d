package casework_test

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestModal_takesTwoPresses carries every side road out as it opens, with no
// more than a reason where nobody can know it beforehand.
func TestModal_takesTwoPresses(t *testing.T) {
	for _, test := range []struct {
		stage string
		name  workflow.ActionName
		typed map[string]string
		done  func(was, is workflow.Complaint) bool
	}{
		{"received", workflow.ActionProgress, nil, func(_, is workflow.Complaint) bool {
			p, ok := is.Promise(workflow.PromiseProgress)
			return ok && p.Open() && p.Due.After(calendar.NewDate(2026, 12, 20))
		}},
		{"received", workflow.ActionAssign, nil, func(_, is workflow.Complaint) bool { return is.Owner == handlerstest.Deputy }},
		{"closed", workflow.ActionReopen, map[string]string{"reason": "Nieuw."}, func(_, is workflow.Complaint) bool { return is.State == workflow.StateInProgress }},
		{"received", workflow.ActionHold, map[string]string{"reason": "Rechter."}, func(_, is workflow.Complaint) bool { return !is.HoldReview.IsZero() }},
		{"closed", workflow.ActionDispute, nil, func(_, is workflow.Complaint) bool { return is.State == workflow.StateDisputed }},
		{"received", workflow.ActionCorrect, map[string]string{"reason": "Nagekeken."}, func(was, is workflow.Complaint) bool {
			return is.Particulars.Story == was.Particulars.Story && is.Facts == was.Facts && is.Number == was.Number
		}},
	} {
		d := handlerstest.New(t)
		was := d.Carried(t, handlerstest.Stages()[test.stage]...)
		d.Click(t, handlerstest.Officer, &was, test.name)
		for range 2 { // the second is a redelivery
			if ack := d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), test.typed); ack.Payload != nil && test.name != workflow.ActionDispute { // that goes on to the dossier
				t.Errorf("%s does not close: %s", test.name, handlerstest.JSONOf(t, ack.Payload))
			}
		}
		if is := d.Current(t, was.ID); is.Version != was.Version+1 || !test.done(was, is) {
			t.Errorf("%s: version %d after %d, state %s", test.name, is.Version, was.Version, is.State)
		}
	}
}

// TestWithdraw_goesOnToItsConfirmation: the letter says that it was withdrawn,
// and nothing of an outcome that was taken back.
func TestWithdraw_goesOnToItsConfirmation(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Carried(t, append(handlerstest.Stages()["closed"], handlerstest.Moment{By: handlerstest.Officer, After: 5 * 3600e9, Action: workflow.Reopen{Reason: "Toch niet."}})...)
	d.Click(t, handlerstest.Officer, &c, workflow.ActionWithdraw)
	confirm := handlerstest.Updated(t, d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), nil))
	shown := handlerstest.JSONOf(t, confirm)
	if confirm.CallbackID != "confirm" || !strings.Contains(shown, "ingetrokken") || strings.Contains(shown, "te koud") {
		t.Errorf("goes on to %s", confirm.CallbackID)
	}
	c = d.Current(t, c.ID)
	d.Click(t, handlerstest.Officer, &c, workflow.ActionConfirm) // later is the same
	if again := handlerstest.JSONOf(t, d.Screen.LastModal(t)); strings.Contains(again, "te koud") {
		t.Error("the letter tells an outcome that was taken back")
	}
	handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), nil))
	if c = d.Current(t, c.ID); c.State != workflow.StateClosed || c.Decision.Verdict != workflow.VerdictWithdrawn {
		t.Errorf("%s, %s", c.State, c.Decision.Verdict)
	}
}

// TestModal_mistakeStandsAtItsField stand at their fields, and nothing is committed.
func TestModal_mistakeStandsAtItsField(t *testing.T) {
	for _, test := range []struct {
		stage string
		name  workflow.ActionName
		typed map[string]string
		field string
	}{
		{"received", workflow.ActionProgress, map[string]string{"reason": " "}, "reason"},
		{"received", workflow.ActionProgress, map[string]string{"expected_date": "2026-12-20"}, "expected_date"},
		{"received", workflow.ActionProgress, map[string]string{"expected_date": "2027-01-24"}, "expected_date"},
		{"received", workflow.ActionAssign, map[string]string{"owner": string(handlerstest.Staff)}, "owner"},
		{"received", workflow.ActionWithdraw, map[string]string{"reason": strings.Repeat("x", 3001)}, "reason"},
		{"closed", workflow.ActionReopen, nil, "reason"},
		{"received", workflow.ActionHold, map[string]string{"reason": "x", "review_date": "2027-05-24"}, "review_date"},
		{"closed", workflow.ActionDispute, map[string]string{"date": "2026-11-24"}, "date"},
		{"received", workflow.ActionCorrect, nil, "reason"},
		{"received", workflow.ActionCorrect, map[string]string{"reason": "x", "email": "jan"}, "email"},
		{"received", workflow.ActionCorrect, map[string]string{"reason": "x", "concerns_user": string(handlerstest.Guest)}, "concerns_user"},
	} {
		d := handlerstest.New(t)
		c := d.Carried(t, handlerstest.Stages()[test.stage]...)
		d.Click(t, handlerstest.Officer, &c, test.name)
		errs := handlerstest.FieldErrors(d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), test.typed))
		if errs[test.field] == "" || len(errs) != 1 {
			t.Errorf("%s %v: errors %v, want one at %s", test.name, test.typed, errs, test.field)
		}
		if after := d.Current(t, c.ID); after.Version != c.Version {
			t.Errorf("%s: something was committed", test.name)
		}
	}
}

// TestCorrect_hidesTheCaseFromWhomItConcerns: an officer who corrects a case into one about
// themselves reads no more of it, nor does a redelivery.
func TestCorrect_hidesTheCaseFromWhomItConcerns(t *testing.T) {
	for _, who := range []roster.PersonID{handlerstest.Officer, handlerstest.Deputy} {
		d := handlerstest.New(t)
		c := d.Logged(t, handlerstest.Filing())
		d.Click(t, who, &c, workflow.ActionCorrect)
		form := d.Screen.LastModal(t)
		for delivery := range 2 {
			ack := d.Submit(t, who, form, map[string]string{"reason": "x", "concerns_user": string(handlerstest.Officer)})
			shown := handlerstest.JSONOf(t, ack.Payload)
			if told := strings.Contains(shown, "V-2026-0001"); told != (who != handlerstest.Officer && delivery == 0) {
				t.Errorf("%s reads the new number: %v", who, told)
			}
			for _, secret := range []string{"Jan van der Berg", "Petra", "te koud"} {
				if who == handlerstest.Officer && strings.Contains(shown, secret) {
					t.Errorf("whom it concerns reads %q", secret)
				}
			}
		}
	}
}

// TestCorrect_keepsALongStoryWhole: a story that the form can't show is not shortened by
// a correction of something else.
func TestCorrect_keepsALongStoryWhole(t *testing.T) {
	d := handlerstest.New(t)
	log := handlerstest.Filing()
	log.Particulars.Story = workflow.Confidential(strings.Repeat("😀", 3000) + "\n" + strings.Repeat("😀", 3000))
	c := d.Logged(t, log)
	d.Click(t, handlerstest.Officer, &c, workflow.ActionCorrect)
	view := d.Screen.LastModal(t)
	if !strings.Contains(handlerstest.JSONOf(t, view), "langer dan de twee velden") {
		t.Error("does not say that the story is longer")
	}
	handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, view, map[string]string{"reason": "x", "category": "trainer"}))
	if is := d.Current(t, c.ID); is.Particulars.Story != c.Particulars.Story || is.Facts.Category != "trainer" {
		t.Error("the story did not stay whole")
	}
}
