package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/slacksim"
)

// choose picks an action from the select of a case message and submits its
// modal.
func (p person) choose(o *programTest, channel, ts, action string, values slacksim.Values) slacksim.Submission {
	p.t.Helper()
	if err := p.Click(patience(p.t), channel, ts, "more", action); err != nil {
		p.t.Fatalf("choose %s: %v\n%s", action, err, o.output)
	}
	view, err := p.AwaitModal(patience(p.t), action)
	if err != nil {
		p.t.Fatalf("modal of %s: %v\n%s", action, err, o.output)
	}
	got, err := p.Submit(patience(p.t), view.ID, values)
	if err != nil || len(got.Errors) > 0 {
		p.t.Fatalf("submit %s: %+v, %v", action, got, err)
	}
	return got
}

// awaitEmpty waits until nothing stands in a channel. After a kill on PostgreSQL
// that takes until the dead sender's lease has ended.
func (o *programTest) awaitEmpty(channel string) {
	o.t.Helper()
	changes, unsubscribe := o.sim.Subscribe()
	defer unsubscribe()
	ctx, cancel := context.WithTimeout(o.t.Context(), time.Minute)
	defer cancel()
	for len(o.sim.Messages(channel)) > 0 {
		select {
		case <-changes:
		case <-ctx.Done():
			o.t.Fatalf("%d messages are left in %s\n%s", len(o.sim.Messages(channel)), channel, o.output)
		}
	}
}

// TestConflict_foundLater corrects a complaint into one about the officer who
// handles it: it leaves the case channel, thread and all, and goes on with the
// deputy; for the officer it is nowhere.
func TestConflict_foundLater(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.start()
			number := o.as(demoStaff).log(form())
			root := o.caseMessage(demoCases, number, offers("acknowledge"))
			officer, deputy := o.as(demoOfficer), o.as(demoDeputy)
			officer.act(o, demoCases, root.TS, "acknowledge", nil)
			o.checkThread(root.TS, 2)
			got := deputy.choose(o, demoCases, root.TS, "correct", slacksim.Values{
				"reason": "Het ging over Omar.", "concerns_user": demoOfficer,
			})
			if !got.Updated {
				t.Errorf("the deputy does not read where the case went: %+v", got)
			}
			guarded := deputy.number()
			if !strings.HasPrefix(guarded, "V-") {
				t.Fatalf("number %s, want one of the V series", guarded)
			}
			moved := o.caseMessage(deputy.DM(), guarded, offers("question"))
			o.awaitEmpty(demoCases)
			if left := o.sim.Thread(demoCases, root.TS); len(left) > 0 {
				t.Errorf("%d replies are left in the case channel", len(left))
			}
			officer.findsNothing(o, number, guarded)
			deputy.act(o, deputy.DM(), moved.TS, "question", nil)
			o.caseMessage(deputy.DM(), guarded, offers("answer"))
			_, err := o.sim.AwaitMessage(patience(t), deputy.DM(), func(m slacksim.Message) bool {
				return m.ThreadTS == moved.TS && m.TS != moved.TS && strings.Contains(m.Text, "Vraag gesteld")
			})
			// A line whose answer was still under way when the case moved is there too.
			if n := len(o.sim.Thread(deputy.DM(), moved.TS)); err != nil || n < 2 || n > 3 {
				t.Errorf("%d replies with the deputy, want the story and a line: %v", n, err)
			}
			o.checkNothingLeaked()
			if complaints := o.sim.Complaints(); len(complaints) > 0 {
				t.Errorf("Slack would have refused: %q", complaints)
			}
			o.stop()
			for _, command := range []string{"verify", "doctor"} {
				if out, code := o.command(command); code != 0 {
					t.Errorf("%s: %d\n%s", command, code, out)
				}
			}
		})
	}
}

// findsNothing tries every road to a case that is not there for this person.
func (p person) findsNothing(o *programTest, old, number string) {
	p.t.Helper()
	missing := p.ask("/klacht", "V-2099-9999")
	if got := p.ask("/klacht", number); strings.ReplaceAll(got, number, "") != strings.ReplaceAll(missing, "V-2099-9999", "") {
		p.t.Errorf("of the new number one reads %q, of one that was never given %q", got, missing)
	}
	if got := p.ask("/klacht", old); !strings.Contains(got, "vervallen") {
		p.t.Errorf("of the old number one reads %q", got)
	}
	if got := p.ask("/klacht", "lijst"); got != "" {
		p.t.Fatalf("no list: %q", got)
	}
	list, err := p.AwaitModal(patience(p.t), "list")
	if err != nil {
		p.t.Fatal(err)
	}
	if err := p.OpenHome(patience(p.t)); err != nil {
		p.t.Fatal(err)
	}
	home, err := p.AwaitView(patience(p.t), func(v slacksim.View) bool { return v.Type == "home" })
	if err != nil {
		p.t.Fatal(err)
	}
	for _, n := range []string{old, number} {
		if strings.Contains(string(list.Raw)+string(home.Raw), n) {
			p.t.Errorf("%s stands in the list or on the Home tab", n)
		}
	}
	for _, m := range o.sim.Messages(p.DM()) {
		p.t.Errorf("a direct message: %q", m.Text)
	}
}

// TestConflict_throughKillsAndLimits kills the program between taking one
// message away and the next, and limits the rate; nothing remains.
func TestConflict_throughKillsAndLimits(t *testing.T) {
	t.Parallel()
	o := newProgramTest(t, "sqlite")
	o.start()
	number := o.as(demoStaff).log(form())
	root := o.caseMessage(demoCases, number, offers("acknowledge"))
	deputy := o.as(demoDeputy)
	deputy.act(o, demoCases, root.TS, "acknowledge", nil)
	o.checkThread(root.TS, 2)
	o.sim.Faults().LoseAnswer("chat.delete", 1)
	o.sim.Faults().RateLimit("chat.delete", time.Second, 1)
	deputy.choose(o, demoCases, root.TS, "correct", slacksim.Values{"reason": "Omar.", "concerns_user": demoOfficer})
	o.caseMessage(deputy.DM(), deputy.number(), offers("question"))
	o.kill()
	o.start()
	o.awaitEmpty(demoCases)
}

// TestConflict_repliesAreReported: a bot can't take away what people wrote in the
// thread of a case that moved. Who may know of the case gets Slack's link to it
// at once, doctor counts it, and another check says when it is gone. The
// officer whom it concerns makes no note of it, and reads nothing of it.
func TestConflict_repliesAreReported(t *testing.T) {
	t.Parallel()
	o := newProgramTest(t, "sqlite")
	o.start()
	number := o.as(demoStaff).log(form())
	root := o.caseMessage(demoCases, number, offers("acknowledge"))
	o.checkThread(root.TS, 1)
	deputy, officer := o.as(demoDeputy), o.as(demoOfficer)
	reply, err := deputy.Post(patience(t), demoCases, root.TS, "Omar weet hiervan.")
	if err != nil {
		t.Fatal(err)
	}
	deputy.choose(o, demoCases, root.TS, "correct", slacksim.Values{"reason": "Omar.", "concerns_user": demoOfficer})
	number = deputy.number()
	o.caseMessage(deputy.DM(), number, offers("acknowledge"))
	o.awaitReported("Reacties van anderen: 1;")
	list := o.awaitTold(deputy.DM(), "Er staat nog 1 ding in Slack")
	link := "p" + strings.ReplaceAll(reply, ".", "")
	if blocks := string(list.Blocks); !strings.Contains(blocks, link) || !strings.Contains(blocks, number) {
		t.Errorf("the list names not %s of %s: %s", link, number, blocks)
	}
	if err := officer.MessageShortcut(patience(t), "note_from_message", demoCases, reply); err != nil {
		t.Fatal(err)
	}
	if _, err := officer.AwaitEphemeral(patience(t), demoCases, func(slacksim.Message) bool { return true }); err != nil {
		t.Errorf("the shortcut does not explain itself: %v", err)
	}
	if _, ok := officer.Modal(); ok {
		t.Error("the officer whom it concerns may write a note")
	}
	if err := deputy.Delete(patience(t), demoCases, reply); err != nil {
		t.Fatal(err)
	}
	if err := deputy.Click(patience(t), deputy.DM(), list.TS, "remnants_look", ""); err != nil {
		t.Fatal(err)
	}
	o.awaitTold(deputy.DM(), "Alles is weg")
	o.awaitEmpty(demoCases)
	o.mustKnowNothing(officer, number)
}

// awaitTold waits for a direct message that begins so.
func (o *programTest) awaitTold(channel, begin string) slacksim.Message {
	o.t.Helper()
	m, err := o.sim.AwaitMessage(patience(o.t), channel, func(m slacksim.Message) bool { return strings.HasPrefix(m.Text, begin) })
	if err != nil {
		o.t.Fatalf("nobody reads %q: %v\n%s", begin, err, tail(o.output.String()))
	}
	return m
}

// mustKnowNothing fails when the officer whom a case concerns read of it.
func (o *programTest) mustKnowNothing(p person, number string) {
	o.t.Helper()
	for _, m := range p.DMs() {
		if strings.Contains(m.Text+string(m.Blocks), number) || strings.Contains(m.Text, "in Slack") {
			o.t.Errorf("%s read %q", p.ID(), m.Text)
		}
	}
}

// awaitReported waits until doctor tells of a fault.
func (o *programTest) awaitReported(fault string) {
	o.t.Helper()
	for ctx := patience(o.t); ; {
		out, code := o.command("doctor")
		if code == exitFailure && strings.Contains(out, fault) {
			return
		}
		if ctx.Err() != nil {
			o.t.Fatalf("doctor does not tell of %s:\n%s\n%s", fault, out, o.output)
		}
	}
}
