package casework_test

import (
	"testing"

	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// TestDispute_formOpenedBefore: two officers have the form open at once; who submits
// last changes what they changed, and nothing that the other did.
func TestDispute_formOpenedBefore(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Carried(t, append(handlerstest.Stages()["closed"], handlerstest.Step{
		By: handlerstest.Officer, After: 6 * 3600e9, Action: workflow.Dispute{
			Date: calendar.NewDate(2026, 11, 23), Dates: workflow.DisputeDates{Defence: calendar.NewDate(2026, 12, 14), Hearing: calendar.NewDate(2027, 2, 9)},
		},
	})...)
	d.Click(t, handlerstest.Officer, &c, workflow.ActionDispute)
	first := d.Screen.LastModal(t)
	d.Click(t, handlerstest.Deputy, &c, workflow.ActionDispute)
	second := d.Screen.LastModal(t)
	handlerstest.Closes(t, d.Submit(t, handlerstest.Deputy, second, map[string]string{"hearing_date": "2027-03-02"}))
	handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, first, map[string]string{"defence_sent": "2026-11-23"}))
	c = d.Current(t, c.ID)
	want := workflow.DisputeDates{
		Defence: calendar.NewDate(2026, 12, 14), Sent: calendar.NewDate(2026, 11, 23), Hearing: calendar.NewDate(2027, 3, 2),
	}
	if got := c.DisputeDates(); got != want {
		t.Errorf("%v, want %v", got, want)
	}
}

// TestDispute_returnsTheCase: a whole ruling closes the form and the dispute; so does
// another end, and half a ruling does neither.
func TestDispute_returnsTheCase(t *testing.T) {
	for name, test := range map[string]struct {
		typed  map[string]string
		wrong  string
		ruling workflow.RulingVerdict
		ended  workflow.Ending
	}{
		"a ruling":       {map[string]string{"ruling": "Terecht.", "ruling_verdict": "upheld", "ruling_due": "2026-12-31"}, "", workflow.RulingUpheld, ""},
		"fee not paid":   {map[string]string{"ended": "fee_not_paid"}, "", "", workflow.EndFeeNotPaid},
		"only a verdict": {map[string]string{"ruling_verdict": "upheld"}, "ruling", "", ""},
		"only a text":    {map[string]string{"ruling": "Terecht."}, "ruling_verdict", "", ""},
		"nothing":        {nil, "ruling_verdict", "", ""},
	} {
		d := handlerstest.New(t)
		c := d.Carried(t, append(handlerstest.Stages()["closed"], handlerstest.Step{
			By: handlerstest.Officer, After: 6 * 3600e9, Action: workflow.Dispute{Date: calendar.NewDate(2026, 11, 23)},
		})...)
		d.Click(t, handlerstest.Officer, &c, workflow.ActionDispute)
		ack := d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), test.typed)
		errs := handlerstest.FieldErrors(ack)
		is := d.Current(t, c.ID)
		if test.wrong != "" {
			if errs[test.wrong] == "" || len(errs) != 1 || is.State != workflow.StateDisputed {
				t.Errorf("%s: %v, %s", name, errs, is.State)
			}
			continue
		}
		if len(errs) > 0 || is.State != workflow.StateClosed || is.Dispute.Ruling != test.ruling || is.Dispute.Ended != test.ended {
			t.Errorf("%s: %v, %s, %+v", name, errs, is.State, is.Dispute)
		}
	}
}
