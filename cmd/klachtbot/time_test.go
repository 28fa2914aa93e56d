package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/artra/klachtbot/slacksim"
)

// reminded counts, by what they say, the messages to the officer about a case: its
// thread, but for the lines of what was done, and direct messages.
func (o *programTest) reminded(number string) map[string]int {
	all, messages := map[string]int{}, o.as(demoOfficer).DMs()
	for _, root := range o.sim.Messages(demoCases) {
		messages = append(messages, o.sim.Thread(demoCases, root.TS)...)
	}
	for _, m := range messages {
		blocks := strings.ReplaceAll(string(m.Blocks), `\u003c`, "<")
		if strings.Contains(blocks, number) && strings.Contains(blocks, "<@"+demoOfficer) && !isRoot(m) {
			all[blocks]++
		}
	}
	return all
}

// TestTime_stoodStillOverTheAnnouncements (R10): a case past its term that was not
// announced is announced first, to be kept for seven days on which the bot is at
// work; then it goes.
func TestTime_stoodStillOverTheAnnouncements(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			ids := o.finished(2)
			o.start()
			o.awaitNothingWaits()
			o.stop()
			for n := range 8 {
				o.clock(2*365 + 60 + 3*n) // the bot stands still in between
				o.start()
				if n == 0 {
					m, err := o.sim.AwaitMessage(patience(t), o.directChannel(demoOfficer), func(m slacksim.Message) bool {
						return strings.Contains(string(m.Blocks), "bewaartermijn voorbij") && offers("hold")(m)
					})
					if err != nil || strings.Count(string(m.Blocks), "K-") < 2 {
						t.Fatalf("announced as %s, %v", m.Blocks, err)
					}
				}
				if n == 7 {
					o.awaitEmpty(demoCases)
				}
				o.awaitNothingWaits()
				o.stop()
				if gone := o.erased(ids); gone > 0 && n < 7 || gone < len(ids) && n == 7 {
					t.Fatalf("after the announcement and %d days of work %d cases are erased", n, gone)
				}
			}
			o.mustVerify()
		})
	}
}

// TestTime_anotherClockForOneStart: a start with a clock that is far off erases
// nothing unannounced, loses nothing that was acked and parks nothing; whoever was
// reminded at a step is not reminded at it again.
func TestTime_anotherClockForOneStart(t *testing.T) {
	for _, engine := range engines() {
		for _, days := range []int{10, 800, 3653, -3000} {
			t.Run(fmt.Sprint(engine, " ", days), func(t *testing.T) {
				t.Parallel()
				o := newProgramTest(t, engine)
				ids := o.finished(1)
				o.start()
				open := o.as(demoStaff).log(form())
				o.awaitNothingWaits()
				o.stop()
				o.clock(1)
				o.start() // a day of work
				o.awaitNothingWaits()
				before := o.reminded(open)
				o.stop()
				o.clock(1 + days)
				o.start()
				away := open
				if days > 0 { // else it is years late afterwards, and its reminders make digests of all
					away = o.as(demoStaff).log(form(on("Lassen"))) // three on one training would make a digest
				}
				o.awaitNothingWaits()
				o.stop()
				o.clock(1)
				o.start()
				back := o.as(demoStaff).log(form(on("Timmeren")))
				for _, number := range []string{away, back} {
					o.caseMessage(demoCases, number, offers("acknowledge"))
				}
				o.awaitNothingWaits()
				o.stop()
				if n := o.erased(ids); n > 0 {
					t.Errorf("%d cases are erased", n)
				}
				for _, after := range []int{2, 4, 5} { // R+2, R+4, R+5
					had := len(o.reminded(open))
					o.clock(after)
					o.start()
					if _, err := o.sim.AwaitMessage(patience(t), demoCases, func(slacksim.Message) bool { return len(o.reminded(open)) > had }); err != nil {
						t.Fatalf("not reminded on day %d: %v\n%s", after, err, tail(o.output.String()))
					}
					o.awaitNothingWaits()
					o.stop()
				}
				now := o.reminded(open)
				for what, n := range now {
					if n > 1 {
						t.Errorf("%d times: %s", n, what)
					}
				}
				if len(now) < len(before)+3 {
					t.Errorf("%d reminders before, %d after: those of the days that came are missing", len(before), len(now))
				}
				o.mustVerify()
			})
		}
	}
}

// jumping is the program with a machine's clock that tests can move.
var jumping = sync.OnceValues(func() (string, error) {
	path := filepath.Join(filepath.Dir(binary), "klachtbot-jumping")
	build := exec.Command("go", "build", "-tags", "wallclockfile", "-o", path, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := build.CombinedOutput()
	if err != nil {
		err = fmt.Errorf("%w: %s", err, out)
	}
	return path, err
})

// TestTime_machineClockJumps: while the program runs its machine's clock jumps
// ahead and comes back. Complaints are taken and shown all the while, nothing is
// erased though it was announced long ago, and the officer and doctor say so.
func TestTime_machineClockJumps(t *testing.T) {
	path, err := jumping()
	if err != nil {
		t.Fatal(err)
	}
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			file := filepath.Join(o.dir, "clock")
			o.env = append(o.env, "KLACHTBOT_WALLCLOCK_FILE="+file)
			o.program = path
			jump := func(by time.Duration) {
				if err := os.WriteFile(file, []byte(by.String()), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			jump(0)
			ids := o.finished(1)
			o.announced()
			o.start()
			o.awaitNothingWaits()
			officer := o.as(demoOfficer)
			for _, by := range []time.Duration{800 * 24 * time.Hour, 0, 3653 * 24 * time.Hour, 0, -3000 * 24 * time.Hour, 0} {
				before := len(officer.DMs())
				jump(by)
				number := o.as(demoStaff).log(form())
				o.caseMessage(demoCases, number, offers("acknowledge"))
				if by == 0 {
					continue
				}
				out, code := o.command("doctor")
				if code != 1 || !strings.Contains(out, "seconden met die van Slack") {
					t.Errorf("%v: doctor: %d\n%s", by, code, out)
				}
				if before == 0 {
					o.awaitMore(officer, before, "Let op, er klopt iets niet")
				}
			}
			o.awaitNothingWaits()
			o.stop()
			if n := o.erased(ids); n > 0 {
				t.Errorf("%d cases are erased", n)
			}
			roots := map[string]int{}
			for _, m := range o.sim.Messages(demoCases) {
				if isRoot(m) {
					roots[caseNumber.FindString(m.Text)]++
				}
			}
			for number, n := range roots {
				if n != 1 {
					t.Errorf("%s stands %d times in the channel", number, n)
				}
			}
			o.mustVerify()
		})
	}
}
