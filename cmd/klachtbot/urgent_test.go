package main

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/internal/testclock"
	"github.com/artra/klachtbot/slacksim"
)

// shutNow is the setting by which nobody is reminded of anything at this hour.
func shutNow() string {
	hour := (testclock.Now().Hour() + 6) % 23
	return fmt.Sprintf("KLACHTBOT_REMINDER_HOURS=%02d:00-%02d:00", hour, hour+1)
}

// urgently is a complaint for these reasons.
func urgently(why ...string) slacksim.Values {
	return form(func(v slacksim.Values) { v["urgent"] = why })
}

// ofNumber are somebody's direct messages that name that number.
func (o *programTest) ofNumber(who, number string) (all []slacksim.Message) {
	for _, m := range o.as(who).DMs() {
		if strings.Contains(m.Text, number) {
			all = append(all, m)
		}
	}
	return all
}

// mustBeTold fails unless each of them has that many messages of a number, which tell
// nothing else of it.
func (o *programTest) mustBeTold(number string, want map[string]int) {
	o.t.Helper()
	for who, n := range want {
		all := o.ofNumber(who, number)
		if len(all) != n {
			o.t.Errorf("%s has %d messages of %s, want %d", who, len(all), number, n)
		}
		for _, m := range all {
			for _, secret := range []string{"Noor", "Gesprekstechniek", "veilig", "trainer"} {
				if strings.Contains(string(m.Blocks)+m.Text, secret) {
					o.t.Errorf("%s reads %q: %s", who, secret, m.Blocks)
				}
			}
		}
	}
}

// TestUrgent_safetyThroughKillsAndAnOutage: at an hour at which nobody is reminded,
// with Slack out of order, answers lost and the program killed again and again, owner
// and deputy are told once; an hour later the deputy and the director, once; and one
// press changes what all of them read.
func TestUrgent_safetyThroughKillsAndAnOutage(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine, shutNow(), "KLACHTBOT_CONFIDANT=Anna Smit, 06 5550 0199")
			o.start()
			o.sim.Faults().Status("chat.postMessage", 503, 1000)
			staff := o.as(demoStaff)
			number := staff.log(urgently("safety", "conduct"))
			view, _ := staff.Modal()
			for _, want := range []string{"Omar Jansen (06 5550 0101)", "Lotte Visser (06 5550 0102)", "Anna Smit, 06 5550 0199", "112"} {
				if !strings.Contains(string(view.Raw), want) {
					t.Errorf("who logs it does not read %q: %s", want, view.Raw)
				}
			}
			o.kill()
			o.sim.Faults().Clear()
			o.sim.Faults().LoseAnswer("chat.postMessage", 2)
			o.start()
			o.readsDirectly(demoOfficer, "urgent_seen")
			o.kill()
			o.start()
			o.readsDirectly(demoDeputy, "urgent_seen")
			o.awaitNothingWaits()
			o.mustBeTold(number, map[string]int{demoOfficer: 1, demoDeputy: 1, demoDirector: 0, demoStaff: 0})
			o.stop()

			o.env = append(o.env, "KLACHTBOT_CLOCK_OFFSET="+(testclock.Offset(0)+61*time.Minute).String())
			o.sim.Faults().LoseAnswer("chat.postMessage", 1)
			o.start()
			o.readsDirectly(demoDirector, "urgent_seen")
			o.kill()
			o.start()
			o.readsDirectly(demoDeputy, "nog niemand")
			o.awaitNothingWaits()
			o.mustBeTold(number, map[string]int{demoOfficer: 1, demoDeputy: 2, demoDirector: 1, demoStaff: 0})

			deputy := o.as(demoDeputy)
			message := o.ofNumber(demoDeputy, number)[0]
			deputy.pressing(o, message.Channel, func(ctx context.Context) error {
				return deputy.Click(ctx, message.Channel, message.TS, "urgent_seen", "")
			}, func() bool { return strings.Contains(o.ofNumber(demoDeputy, number)[0].Text, "gezien door Lotte") })
			for _, who := range []string{demoOfficer, demoDirector} {
				o.readsDirectly(who, "gezien door Lotte")
			}
			o.caseMessage(demoCases, number, func(m slacksim.Message) bool { return strings.Contains(string(m.Blocks), "(gezien)") })
			o.awaitNothingWaits()
			o.mustBeTold(number, map[string]int{demoOfficer: 1, demoDeputy: 2, demoDirector: 1, demoStaff: 0})
			o.endsWell("Anna Smit")
			o.mustVerify()
		})
	}
}

// TestUrgent_theRestWaitsForTheWindow, through a kill, and is told once then.
func TestUrgent_theRestWaitsForTheWindow(t *testing.T) {
	t.Parallel()
	o := newProgramTest(t, "sqlite", shutNow())
	o.start()
	number := o.as(demoStaff).log(urgently("running_course"))
	o.caseMessage(demoCases, number, offers("acknowledge"))
	o.awaitNothingWaits()
	o.mustBeTold(number, map[string]int{demoOfficer: 0, demoDeputy: 0})
	o.kill()
	o.env = append(o.env, "KLACHTBOT_REMINDER_HOURS=00:00-24:00")
	o.start()
	o.readsDirectly(demoOfficer, "vandaag nog")
	o.readsDirectly(demoDeputy, "vandaag nog")
	o.awaitNothingWaits()
	o.mustBeTold(number, map[string]int{demoOfficer: 1, demoDeputy: 1, demoDirector: 0})
	o.endsWell()
}
