package main

import (
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/slacksim"
)

// settled takes a complaint to its end and returns its number.
func (o *programTest) settled() (number string, root slacksim.Message) {
	o.t.Helper()
	return o.settledOf(form())
}

// settledOf is settled, of a form that was filled in so.
func (o *programTest) settledOf(values slacksim.Values) (number string, root slacksim.Message) {
	o.t.Helper()
	number = o.as(demoStaff).log(values)
	officer := o.as(demoOfficer)
	root = o.caseMessage(demoCases, number, offers("acknowledge"))
	officer.act(o, demoCases, root.TS, "acknowledge", nil)
	officer.act(o, demoCases, root.TS, "resolve", slacksim.Values{
		"verdict": "upheld", "outcome": "De klacht is gegrond.", "remedy": "Een nieuwe datum.",
		"cause": "planning", "lesson": "Reistijd inplannen.", "contact_reaction": "Tevreden.",
	})
	officer.confirms(o, number)
	o.awaitReplies(root.TS, 4) // of a case that came in long ago the reminders stand there too
	return number, root
}

// TestRetention_afterTwoYears (R10): the officer is told, and later nothing of
// the case is left in Slack, though the program is killed on the way and Slack
// slows it down; its number reads as erased, and the register verifies.
func TestRetention_afterTwoYears(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.start()
			number, root := o.settled()
			o.stop()

			o.clock(2*365 - 20)
			o.start()
			preview := o.preview(number)
			o.stop()
			o.announced()

			o.clock(2*365 + 60)
			o.sim.Faults().LoseAnswer("chat.delete", 1)
			o.sim.Faults().RateLimit("chat.delete", time.Second, 1)
			o.start()
			o.kill()
			o.start()
			o.awaitEmpty(demoCases)
			o.awaitEmpty(preview.Channel)
			if left := o.sim.Thread(demoCases, root.TS); len(left) > 0 {
				t.Errorf("%d replies are left in the case channel", len(left))
			}
			for _, who := range []string{demoOfficer, demoStaff} {
				if got := o.as(who).ask("/klacht", number); !strings.Contains(got, "gewist") {
					t.Errorf("of its number %s reads %q", who, got)
				}
			}
			next := o.as(demoStaff).log(form())
			if strings.TrimPrefix(next, "K-") == strings.TrimPrefix(number, "K-") {
				t.Errorf("the number %s was given out again", number)
			}
			o.checkNothingLeaked()
			o.stop()
			if out, code := o.command("verify"); code != 0 {
				t.Errorf("verify: %d\n%s", code, out)
			}
		})
	}
}

// preview waits for the word to the officer that the case is going to be
// erased, with the button that keeps it.
func (o *programTest) preview(number string) slacksim.Message {
	o.t.Helper()
	channel := o.directChannel(demoOfficer)
	m, err := o.sim.AwaitMessage(patience(o.t), channel, func(m slacksim.Message) bool {
		return strings.Contains(string(m.Blocks), number) && strings.Contains(string(m.Blocks), "gewist") && offers("hold")(m)
	})
	if err != nil {
		o.t.Fatalf("the officer got no preview: %v\n%s", err, o.output)
	}
	return m
}
