package main

import (
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/internal/testclock"
	"github.com/artra/klachtbot/slacksim"
)

// TestAbsence_deputyTakesOver: the officer enters it from Home; a new complaint is the
// deputy's, and so are the reminders about an older one, after a restart too; then
// the officer is back and reminded.
func TestAbsence_deputyTakesOver(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.start()
			number := o.as(demoStaff).log(form())
			root := o.caseMessage(demoCases, number, mentions(demoOfficer))
			officer := o.as(demoOfficer)
			if err := officer.OpenHome(patience(t)); err != nil {
				t.Fatal(err)
			}
			officer.awaitHome(o, `"absence"`)
			if err := officer.clickHome("absence"); err != nil {
				t.Fatal(err)
			}
			view, err := officer.AwaitModal(patience(t), "absence")
			if err != nil {
				t.Fatal(err)
			}
			until := testclock.Now().AddDate(0, 0, 6).Format(time.DateOnly)
			if got, err := officer.Submit(patience(t), view.ID, slacksim.Values{"until": until}); err != nil || !got.Closed {
				t.Fatalf("%+v, %v\n%s", got, err, o.output)
			}
			officer.awaitHome(o, "vervangt je")
			later := o.as(demoStaff).log(form())
			o.caseMessage(demoCases, later, mentions(demoDeputy))
			o.stop()
			o.clock(4)
			o.start()
			o.awaitNudge(root.TS, demoDeputy)
			if o.reminders(root.TS, demoOfficer) > 0 {
				t.Error("the officer is nudged while away")
			}
			if err := officer.OpenHome(patience(t)); err != nil {
				t.Fatal(err)
			}
			home := officer.awaitHome(o, "absence_end")
			if err := officer.clickHome("absence_end"); err != nil {
				t.Fatalf("%v\n%s", err, home)
			}
			o.stop()
			o.clock(5)
			o.start()
			o.awaitNudge(root.TS, demoOfficer)
			o.stop()
		})
	}
}

// TestAbsence_deactivatedOfficer: the account is deactivated; the open case gets another
// owner with a message, and nothing is lost at a restart.
func TestAbsence_deactivatedOfficer(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.start()
			number := o.as(demoStaff).log(form())
			root := o.caseMessage(demoCases, number, mentions(demoOfficer))
			o.stop()
			if err := o.sim.Deactivate(demoOfficer); err != nil {
				t.Fatal(err)
			}
			o.start() // the check at the start finds it
			o.caseMessage(demoCases, number, mentions(demoDeputy))
			o.awaitNudge(root.TS, demoDeputy)
			later := o.as(demoStaff).log(form())
			o.caseMessage(demoCases, later, mentions(demoDeputy))
			o.as(demoDeputy).act(o, demoCases, root.TS, "acknowledge", nil)
			o.stop()
			if out, code := o.command("verify"); code != 0 {
				t.Errorf("verify: %d\n%s", code, out)
			}
		})
	}
}

// awaitHome waits until the Home tab says that.
func (p person) awaitHome(o *programTest, text string) string {
	p.t.Helper()
	changes, unsubscribe := o.sim.Subscribe()
	defer unsubscribe()
	for ctx := patience(p.t); ; {
		if view, ok := p.Home(); ok && strings.Contains(string(view.Raw), text) {
			return string(view.Raw)
		}
		select {
		case <-changes:
		case <-ctx.Done():
			p.t.Fatalf("Home does not say %q\n%s", text, o.output)
		}
	}
}

// clickHome presses a button on the Home tab.
func (p person) clickHome(action string) error {
	p.t.Helper()
	view, ok := p.Home()
	if !ok {
		p.t.Fatal("there is no Home")
	}
	return p.ClickView(patience(p.t), view.ID, action, "")
}

// reminders counts the replies in a thread that mention somebody.
func (o *programTest) reminders(ts, who string) (n int) {
	for _, m := range o.sim.Messages(demoCases) {
		if m.ThreadTS == ts && m.TS != ts && mentions(who)(m) {
			n++
		}
	}
	return n
}

func (o *programTest) awaitNudge(ts, who string) {
	o.t.Helper()
	_, err := o.sim.AwaitMessage(patience(o.t), demoCases, func(m slacksim.Message) bool {
		return m.ThreadTS == ts && m.TS != ts && mentions(who)(m)
	})
	if err != nil {
		o.t.Fatalf("%s is not mentioned in the thread: %v\n%s", who, err, o.output)
	}
}
