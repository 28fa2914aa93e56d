package main

import (
	"context"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/artra/klachtbot/internal/testclock"
	"github.com/artra/klachtbot/slacksim"
)

// clockAfter is the setting that puts the procedure's clock so many days after the
// instant at which the tests take place.
func clockAfter(days int) string { return "KLACHTBOT_CLOCK_OFFSET=" + testclock.Offset(days).String() }

// clock sets the procedure's clock of the next start.
func (o *programTest) clock(days int) { o.env = append(o.env, clockAfter(days)) }

// logMany logs n complaints and waits until all stand in the case channel, each
// with its story.
func (o *programTest) logMany(n int) (numbers, roots []string) {
	o.t.Helper()
	for range n {
		number := o.as(demoStaff).log(form())
		root := o.caseMessage(demoCases, number, offers("acknowledge"))
		o.checkThread(root.TS, 1)
		numbers, roots = append(numbers, number), append(roots, root.TS)
	}
	return numbers, roots
}

// digests are the digests that somebody got of n complaints.
func (o *programTest) digests(who string, n int) []slacksim.Message {
	return slices.DeleteFunc(o.as(who).DMs(), func(m slacksim.Message) bool {
		return !strings.Contains(m.Text, fmt.Sprintf("%d klachten vragen", n))
	})
}

// afterKills is how long a message may take on PostgreSQL: until the lease of a
// sender that was killed has ended.
const afterKills = 40 * time.Second

// awaitShown waits for the case message of that number.
func (o *programTest) awaitShown(number string) {
	o.t.Helper()
	ctx, cancel := context.WithTimeout(o.t.Context(), afterKills)
	defer cancel()
	_, err := o.sim.AwaitMessage(ctx, demoCases, func(m slacksim.Message) bool { return isRoot(m) && strings.Contains(m.Text, number) })
	if err != nil {
		o.t.Fatalf("case message: %v\n%s", err, tail(o.output.String()))
	}
}

// awaitDigests waits until somebody has so many digests of n complaints.
func (o *programTest) awaitDigests(who string, n, want int) {
	o.t.Helper()
	if want == 0 {
		return // nothing to wait for
	}
	ctx, cancel := context.WithTimeout(o.t.Context(), afterKills)
	defer cancel()
	seen := map[string]bool{}
	_, err := o.sim.AwaitMessage(ctx, o.as(who).DM(), func(m slacksim.Message) bool {
		if strings.Contains(m.Text, fmt.Sprintf("%d klachten vragen", n)) {
			seen[m.TS] = true
		}
		return len(seen) >= want
	})
	if err != nil {
		o.t.Fatalf("%s has %d digests, want %d: %v\n%s", who, len(seen), want, err, tail(o.output.String()))
	}
}

// TestReminders_digestThroughKills kills the program morning after morning while it
// ticks, gathers and sends: each morning brings one digest of everything, and
// nothing in the threads.
func TestReminders_digestThroughKills(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			const cases, first, mornings = 5, 4, 3 // the fifth day is the last, the sixth is late
			o := newProgramTest(t, engine)
			o.start()
			numbers, roots := o.logMany(cases)
			o.stop()
			for morning := range mornings {
				o.clock(first + morning)
				for range 2 {
					o.start()
					o.killWithin(40 * time.Millisecond)
				}
				o.start()
				o.awaitDigests(demoOfficer, cases, morning+1)
				o.awaitDigests(demoDeputy, cases, morning) // from the last day on
				o.stop()
			}
			o.start()
			o.awaitDigests(demoDirector, cases, 1)
			o.awaitShown(o.as(demoStaff).log(form())) // the sweep and the sender have been by
			for who, want := range map[string]int{demoOfficer: mornings, demoDeputy: mornings - 1, demoDirector: 1} {
				got := o.digests(who, cases)
				if len(got) != want {
					t.Errorf("%s has %d digests, want %d", who, len(got), want)
				}
				for _, m := range got {
					o.checkDigest(m, numbers, who != demoDirector)
				}
			}
			for _, root := range roots {
				o.checkThread(root, 1)
			}
			o.checkNothingLeaked()
			if complaints := o.sim.Complaints(); len(complaints) > 0 {
				t.Errorf("Slack would have refused: %q", complaints)
			}
			o.stop()
		})
	}
}

// checkDigest holds a digest to its contract: every number once, with a button
// to the dossier for who has an officer's rights.
func (o *programTest) checkDigest(m slacksim.Message, numbers []string, button bool) {
	o.t.Helper()
	text := string(m.Blocks)
	for _, number := range numbers {
		if strings.Count(text, number) != 1 {
			o.t.Errorf("%s stands %d times in a digest", number, strings.Count(text, number))
		}
	}
	if offers("dossier")(m) != button {
		o.t.Errorf("a button to the dossier: %v, want %v", !button, button)
	}
	if n := strings.Count(text, "De bot lag stil"); n > 1 {
		o.t.Errorf("tells of an outage %d times", n)
	}
}

// TestReminders_oneDigestOfTwoReplicas lets two programs meet the same morning.
func TestReminders_oneDigestOfTwoReplicas(t *testing.T) {
	t.Parallel()
	const cases = 8
	o := newProgramTest(t, "postgres")
	o.start()
	numbers, roots := o.logMany(cases)
	o.stop()
	o.clock(4)
	stop := o.startAnother()
	o.start()
	o.awaitDigests(demoOfficer, cases, 1)
	o.logMany(1)
	stop()
	o.logMany(1) // through the one that is left
	got := o.digests(demoOfficer, cases)
	if len(got) != 1 {
		t.Fatalf("%d digests", len(got))
	}
	o.checkDigest(got[0], numbers, true)
	for _, root := range roots {
		o.checkThread(root, 1)
	}
	o.stop()
}

// startAnother runs a second program on the same register.
func (o *programTest) startAnother() (stop func()) {
	o.t.Helper()
	other := exec.Command(binary, "serve")
	other.Env, other.Stdout, other.Stderr = o.env, o.output, o.output
	other.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := other.Start(); err != nil {
		o.t.Fatal(err)
	}
	o.t.Cleanup(func() { _ = other.Process.Kill() })
	return func() {
		o.t.Helper()
		if err := other.Process.Signal(syscall.SIGTERM); err != nil {
			o.t.Fatal(err)
		}
		if err := other.Wait(); err != nil {
			o.t.Errorf("the other stopped with %v", err)
		}
	}
}

// TestReminders_afterDaysDown: a bot that comes back after days sends one message a case
// and person, with the highest step, and says that it was away; below a case
// message that somebody deleted meanwhile it posts that anew first, with the story.
func TestReminders_afterDaysDown(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.start()
			numbers, roots := o.logMany(2)
			o.stop()
			if err := o.sim.DeleteMessage(demoCases, roots[1]); err != nil {
				t.Fatal(err)
			}
			o.clock(5) // days 2 and 4 passed unseen; this is the last
			o.start()
			kept := o.awaitReminders(roots[0])
			again := o.caseMessage(demoCases, numbers[1], func(m slacksim.Message) bool { return m.TS != roots[1] })
			kept = append(kept, o.awaitReminders(again.TS)...)
			o.logMany(1)
			o.checkThread(roots[0], 3)
			o.checkThread(again.TS, 3)
			for _, m := range kept {
				text := string(m.Blocks)
				if !strings.Contains(text, "vandaag is de laatste dag") || strings.Count(text, "De bot lag stil van") != 1 {
					t.Errorf("a reminder without the highest step, or without the outage")
				}
			}
			dms := slices.DeleteFunc(o.as(demoDirector).DMs(), recommends) // a quarter may have ended meanwhile
			if len(dms) != 0 {
				t.Errorf("the director got %d messages of what is not late", len(dms))
			}
			o.stop()
		})
	}
}

// awaitReminders waits for the reminders to officer and deputy below a case message.
func (o *programTest) awaitReminders(root string) []slacksim.Message {
	o.t.Helper()
	reminders := map[string]slacksim.Message{}
	_, err := o.sim.AwaitMessage(patience(o.t), demoCases, func(m slacksim.Message) bool {
		for _, who := range []string{demoOfficer, demoDeputy} {
			if m.ThreadTS == root && m.TS != root && strings.Contains(string(m.Blocks), "@"+who) {
				reminders[who] = m
			}
		}
		return len(reminders) == 2
	})
	if err != nil {
		o.t.Fatalf("%d reminders: %v\n%s", len(reminders), err, tail(o.output.String()))
	}
	return []slacksim.Message{reminders[demoOfficer], reminders[demoDeputy]}
}

// TestReminders_putOff presses a reminder's own buttons: put off, and then settled.
func TestReminders_putOff(t *testing.T) {
	t.Parallel()
	o := newProgramTest(t, "sqlite")
	o.start()
	number, roots := o.logMany(1)
	o.stop()
	o.clock(2)
	o.start()
	reminder, err := o.sim.AwaitMessage(patience(t), demoCases, func(m slacksim.Message) bool {
		return m.ThreadTS == roots[0] && offers("snooze")(m)
	})
	if err != nil {
		t.Fatalf("%v\n%s", err, tail(o.output.String()))
	}
	officer := o.as(demoOfficer)
	if got := officer.act(o, demoCases, reminder.TS, "snooze", slacksim.Values{"reason": "De trainer is er morgen."}); !got.Closed {
		t.Fatalf("snooze: %+v", got)
	}
	o.checkThread(roots[0], 3)
	officer.act(o, demoCases, reminder.TS, "acknowledge", nil)
	o.caseMessage(demoCases, number[0], lacks("acknowledge"))
	o.stop()
	o.clock(4)
	o.start()
	o.logMany(1)
	o.checkThread(roots[0], 4)
	o.stop()
}
