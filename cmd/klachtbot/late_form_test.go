package main

import (
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/slacksim/faults"
)

// TestForm_openedWithoutAnAnswer: Slack opened the form, and its answer came late,
// was lost, or was a page of a proxy's. Nobody is told that it failed, and what is
// filled in is filed once. What Slack did not open at first, is opened by the second
// try; the person reads of it only when there is no form.
func TestForm_openedWithoutAnAnswer(t *testing.T) {
	t.Parallel()
	o := newProgramTest(t, "sqlite")
	o.start()
	staff := o.as(demoStaff)
	for _, c := range []struct {
		name  string
		order func(*faults.Faults)
		told  bool
	}{
		{"in time", func(*faults.Faults) {}, false},
		{"late", func(f *faults.Faults) { f.Late("views.open", 3*time.Second, 1) }, false},
		{"later than any patience", func(f *faults.Faults) { f.Late("views.open", 20*time.Second, 1) }, false},
		{"lost", func(f *faults.Faults) { f.LoseAnswer("views.open", 1) }, false},
		{"a page of HTML", func(f *faults.Faults) { f.PageAfter("views.open", 502, 1) }, false},
		{"not opened, then opened", func(f *faults.Faults) { f.Status("views.open", 503, 1) }, false},
		{"not opened", func(f *faults.Faults) { f.Status("views.open", 503, 2) }, true},
	} {
		before := len(staff.DMs()) + len(staff.Ephemerals("C0ALGEMEEN"))
		c.order(o.sim.Faults())
		if answer, err := staff.Slash(patience(t), "C0ALGEMEEN", "/klacht", ""); err != nil || answer.Text != "" {
			t.Fatalf("%s: %+v, %v", c.name, answer, err)
		}
		if c.told {
			if _, err := staff.AwaitEphemeral(patience(t), "C0ALGEMEEN", func(m slacksim.Message) bool {
				return strings.Contains(m.Text, "Dat lukte niet")
			}); err != nil {
				t.Errorf("%s: nobody is told: %v\n%v\n%v", c.name, err, tail(o.output.String()), staff.DMs())
			}
			if _, open := staff.Modal(); open {
				t.Errorf("%s: a form is open", c.name)
			}
			continue
		}
		view, err := staff.AwaitModal(patience(t), "log_complaint")
		if err != nil {
			t.Fatalf("%s: %v\n%s", c.name, err, tail(o.output.String()))
		}
		if got, err := staff.Submit(patience(t), view.ID, form()); err != nil || !got.Updated {
			t.Errorf("%s: %+v, %v", c.name, got, err)
		}
		if view, ok := staff.Modal(); ok {
			if err := staff.CloseView(patience(t), view.ID); err != nil {
				t.Error(err)
			}
		}
		if told := len(staff.DMs()) + len(staff.Ephemerals("C0ALGEMEEN")); told != before {
			t.Errorf("%s: %d messages that something went wrong", c.name, told-before)
		}
	}
	o.stop()
}
