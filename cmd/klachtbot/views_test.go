package main

import (
	"context"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/slacksim"
)

const rebuildPatience = 60 * time.Second // after a kill a lane is leased

// standing are the case messages of a number in a channel, without tombstones.
func (o *programTest) standing(channel, number string) (all []slacksim.Message) {
	for _, m := range o.sim.Messages(channel) {
		if isRoot(m) && strings.HasPrefix(m.Text, number+": ") {
			all = append(all, m)
		}
	}
	return all
}

// thread are the texts below a message, but for those of reminders.
func (o *programTest) thread(channel, ts string) (all []string) {
	for _, m := range o.sim.Thread(channel, ts) {
		all = append(all, m.Text)
	}
	return all
}

// awaitWhole waits until one case message of that number stands, with just that
// thread, and returns it.
func (o *programTest) awaitWhole(channel, number string, thread []string) slacksim.Message {
	o.t.Helper()
	changes, unsubscribe := o.sim.Subscribe()
	defer unsubscribe()
	timer := time.NewTimer(rebuildPatience)
	defer timer.Stop()
	for {
		roots := o.standing(channel, number)
		if len(roots) == 1 && slices.Equal(o.thread(channel, roots[0].TS), thread) {
			return roots[0]
		}
		select {
		case <-changes:
		case <-timer.C:
			for _, r := range roots {
				o.t.Logf("%s: %q", r.TS, o.thread(channel, r.TS))
			}
			o.t.Fatalf("%s does not stand once, with %q below it\n%s", number, thread, tail(o.output.String()))
		}
	}
}

// TestRebuild_throughKills: of three cases one lost its case message under its
// replies, one its whole thread without a trace, and one all that stood below it.
// klachtbot rebuild, beside the running bot, has it put back what is gone, and
// nothing twice, however often it is killed meanwhile and Slack's answers get lost.
func TestRebuild_throughKills(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.start()
			numbers, roots, threads := o.noted(3)
			o.must(o.sim.DeleteAsAdmin(demoCases, roots[numbers[0]]))
			for _, m := range o.sim.Thread(demoCases, roots[numbers[1]]) {
				o.must(o.sim.DeleteMessage(demoCases, m.TS))
			}
			o.must(o.sim.DeleteMessage(demoCases, roots[numbers[1]]))
			for _, m := range o.sim.Thread(demoCases, roots[numbers[2]]) {
				o.must(o.sim.DeleteAsAdmin(demoCases, m.TS))
			}
			for range 4 {
				out, code := o.command("rebuild")
				if code != 0 || !strings.Contains(out, "genoteerd") {
					t.Fatalf("rebuild: %d %s", code, out)
				}
				o.spoilPosts()
				o.killWithin(150 * time.Millisecond)
				o.start()
			}
			o.sim.Faults().Clear()
			for _, number := range numbers {
				m := o.awaitWhole(demoCases, number, threads[number])
				if strings.Contains(string(m.Blocks), `\u003c@`) != (number == numbers[2]) {
					t.Errorf("%s: a mention in what was posted anew, or none in what stands: %s", number, m.Blocks)
				}
			}
			if o.standing(demoCases, numbers[2])[0].TS != roots[numbers[2]] {
				t.Error("a case message that stood was posted anew")
			}
			o.awaitNothingWaits()
			for _, number := range numbers {
				o.awaitWhole(demoCases, number, threads[number])
			}
			o.stop()
			if complaints := o.sim.Complaints(); len(complaints) > 0 {
				t.Errorf("Slack would have refused: %q", complaints)
			}
		})
	}
}

// noted files so many complaints and puts a note below each. It returns their numbers
// in order, and by number where each stands and what its thread says.
func (o *programTest) noted(n int) (numbers []string, roots map[string]string, threads map[string][]string) {
	o.t.Helper()
	roots, threads = map[string]string{}, map[string][]string{}
	for range n {
		number := o.as(demoStaff).log(form())
		root := o.caseMessage(demoCases, number, offers("acknowledge"))
		o.as(demoOfficer).note(o, root.TS, "Gebeld.")
		numbers, roots[number] = append(numbers, number), root.TS
	}
	o.awaitNothingWaits()
	for number, ts := range roots {
		threads[number] = o.thread(demoCases, ts)
		if len(threads[number]) != 2 {
			o.t.Fatalf("%s: %q", number, threads[number])
		}
	}
	return numbers, roots, threads
}

// spoilPosts has the next calls fail on the way there or back.
func (o *programTest) spoilPosts() {
	f := o.sim.Faults()
	f.Clear()
	switch rand.N(5) {
	case 0, 1:
		f.LoseAnswer("chat.postMessage", 2)
	case 2:
		f.CutBefore("chat.postMessage", 1)
	case 3:
		f.Status("chat.update", http.StatusBadGateway, 1)
	case 4:
		f.LoseAnswer("chat.delete", 1)
	}
}

// newChannel is another private channel of the firm's.
const newChannel = "C0NIEUW"

// TestRebuild_newChannel: with another case channel in the settings every open case
// stands there after a start, once and whole, through kills and lost answers, and its
// old messages are gone; a guarded one stays where it is. Then somebody deletes one
// there, and an officer has it put back from the dossier.
func TestRebuild_newChannel(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.start()
			officer := o.as(demoOfficer)
			numbers, _, threads := o.noted(3)
			guarded := o.as(demoStaff).log(form(func(v slacksim.Values) { v["concerns_user"] = demoOfficer }))
			kept := o.caseMessage(o.as(demoDeputy).DM(), guarded, offers("acknowledge"))
			o.awaitNothingWaits()
			o.stop()
			o.must(o.sim.AddChannel(slacksim.Channel{ID: newChannel, Name: "klachten-nieuw", Private: true, Members: []string{demoOfficer, demoDeputy, o.sim.BotUserID()}}))
			o.env = append(o.env, "KLACHTBOT_CASE_CHANNEL="+newChannel)
			o.start()
			for range 3 {
				o.spoilPosts()
				o.killWithin(150 * time.Millisecond)
				o.start()
			}
			o.sim.Faults().Clear()
			for _, number := range numbers {
				m := o.awaitWhole(newChannel, number, threads[number])
				if strings.Contains(string(m.Blocks), `\u003c@`) {
					t.Errorf("%s mentions somebody: %s", number, m.Blocks)
				}
			}
			o.awaitNothingWaits()
			for _, number := range numbers {
				o.awaitWhole(newChannel, number, threads[number])
				if left := o.standing(demoCases, number); len(left) > 0 {
					t.Errorf("%s still stands in the old channel: %+v", number, left)
				}
			}
			if again := o.standing(o.as(demoDeputy).DM(), guarded); len(again) != 1 || again[0].TS != kept.TS {
				t.Errorf("the guarded case: %+v", again)
			}

			was := o.standing(newChannel, numbers[0])[0]
			view := officer.opens(o, newChannel, "dossier", func(ctx context.Context) error { return officer.Click(ctx, newChannel, was.TS, "dossier", "") })
			o.must(o.sim.DeleteAsAdmin(newChannel, was.TS))
			o.must(officer.ClickView(patience(t), view.ID, "repost", ""))
			if view, err := officer.AwaitModal(patience(t), "repost"); err != nil || !strings.Contains(string(view.Raw), "zetten we terug") {
				t.Errorf("nothing is said: %s, %v", view.Raw, err)
			}
			if now := o.awaitWhole(newChannel, numbers[0], threads[numbers[0]]); now.TS == was.TS {
				t.Error("not posted anew")
			}
			o.stop()
			if complaints := o.sim.Complaints(); len(complaints) > 0 {
				t.Errorf("Slack would have refused: %q", complaints)
			}
		})
	}
}
