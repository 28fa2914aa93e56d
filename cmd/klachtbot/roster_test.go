package main

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/slacksim"
)

// TestRoster_handlerWhoLeft: when the settings name other officers, an open case goes
// to whom they give it; a guarded one is posted where its new handler reads
// it.
func TestRoster_handlerWhoLeft(t *testing.T) {
	t.Parallel()
	o := newProgramTest(t, "sqlite")
	o.start()
	plain := o.as(demoStaff).log(form())
	o.caseMessage(demoCases, plain, mentions(demoOfficer))
	guarded := o.as(demoStaff).log(form(func(v slacksim.Values) { v["concerns_user"] = demoDirector }))
	before := o.directly(demoOfficer, guarded)
	o.stop()
	o.env = append(o.env, "KLACHTBOT_OFFICERS="+demoDeputy)
	o.start()
	o.caseMessage(demoCases, plain, mentions(demoDeputy))
	root := o.directly(demoDeputy, guarded)
	o.as(demoDeputy).act(o, root.Channel, root.TS, "acknowledge", nil)
	o.caseMessage(root.Channel, guarded, lacks("acknowledge"))
	replies := map[string]bool{} // the story and the acknowledgement
	_, err := o.sim.AwaitMessage(patience(t), root.Channel, func(m slacksim.Message) bool {
		if m.ThreadTS == root.TS && m.TS != root.TS {
			replies[m.TS] = true
		}
		return len(replies) == 2
	})
	if err != nil {
		t.Errorf("%d replies: %v\n%s", len(replies), err, o.output)
	}
	o.stop()
	roots := 0
	for _, m := range o.sim.Messages(root.Channel) {
		if strings.Contains(m.Text, guarded) {
			roots++
		}
	}
	if roots != 1 {
		t.Errorf("%d case messages in the direct messages, want 1", roots)
	}
	if m, ok := o.sim.Message(before.Channel, before.TS); !ok || m.Edited {
		t.Error("the former handler's message goes on telling of the case")
	}
	if n := len(o.sim.Messages(demoCases)); n != 1 {
		t.Errorf("%d messages in the case channel, want 1", n)
	}
}

func mentions(who string) func(slacksim.Message) bool {
	return func(m slacksim.Message) bool { return strings.Contains(string(m.Blocks), "@"+who) }
}

// directly waits for a case message in the direct messages with somebody.
func (o *programTest) directly(who, number string) slacksim.Message {
	o.t.Helper()
	return o.caseMessage(o.directChannel(who), number, mentions(who))
}

// directChannel waits for the direct messages with somebody to be opened.
func (o *programTest) directChannel(who string) string {
	o.t.Helper()
	changes, unsubscribe := o.sim.Subscribe()
	defer unsubscribe()
	for ctx := patience(o.t); ; {
		if all := o.sim.As(who).DMs(); len(all) > 0 {
			return all[0].Channel
		}
		select {
		case <-changes:
		case <-ctx.Done():
			o.t.Fatalf("nothing was sent to %s directly\n%s", who, o.output)
		}
	}
}
