package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/bot/monitor"
	"github.com/artra/klachtbot/slacksim"
)

// TestSlack_refusesPosts: Slack takes nothing in the case channel although the bot is
// a member of it. The complaint is registered, the officers read Slack's word in a
// direct message, and doctor has it too; who had restricted it lifts that, the
// program starts anew, and the officers read that it is over.
func TestSlack_refusesPosts(t *testing.T) {
	t.Parallel()
	const code = "restricted_action_thread_only_channel"
	o := newProgramTest(t, "sqlite")
	o.start()
	o.sim.Restrict(demoCases, code)
	o.as(demoStaff).log(form())
	officer := o.as(demoOfficer)
	alarm, err := o.sim.AwaitMessage(patience(t), officer.DM(), func(m slacksim.Message) bool { return strings.Contains(m.Text, code) })
	if err != nil {
		t.Fatalf("no alarm: %v\n%s", err, tail(o.output.String()))
	}
	if out, exit := o.command("doctor"); exit != 1 || !strings.Contains(out, code) {
		t.Errorf("doctor: exit %d\n%s", exit, out)
	}
	o.sim.Restrict(demoCases, "")
	o.stop()
	o.start()
	if _, err := o.sim.AwaitMessage(patience(t), officer.DM(), func(m slacksim.Message) bool {
		return m.TS > alarm.TS && strings.HasPrefix(m.Text, "Weer in orde")
	}); err != nil {
		t.Errorf("nobody reads that it is over: %v\n%s", err, tail(o.output.String()))
	}
	o.checkNothingLeaked()
}

// TestSlack_knowsAFileLater: a file that comes with a complaint is unknown to Slack for
// a moment, and taken over all the same, though the program is killed meanwhile.
func TestSlack_knowsAFileLater(t *testing.T) {
	t.Parallel()
	o := newProgramTest(t, "sqlite")
	o.sim.HoldFiles(slacksim.FileUnknown)
	o.start()
	o.as(demoStaff).log(form(func(v slacksim.Values) {
		v["attachments"] = []slacksim.Upload{{Name: "brief.txt", Type: "text/plain", Body: []byte("Beste school")}}
	}))
	asked := func() (n int) {
		for _, c := range o.sim.Calls() {
			if c.Method == "files.info" && c.Error == "file_not_found" {
				n++
			}
		}
		return n
	}
	awaitCalls(t, func() bool { return asked() > 0 })
	o.kill()
	before := asked()
	o.start()
	awaitCalls(t, func() bool { return asked() > before })
	o.sim.ReleaseFiles()
	if _, err := o.sim.AwaitMessage(patience(t), o.as(demoStaff).DM(), func(m slacksim.Message) bool {
		return strings.Contains(m.Text, "staat nu in het register")
	}); err != nil {
		t.Errorf("the file was not taken over: %v\n%s", err, tail(o.output.String()))
	}
}

// awaitCalls waits for calls of the program, which change nothing that could be
// waited for.
func awaitCalls(t *testing.T, happened func() bool) {
	t.Helper()
	look := time.NewTicker(10 * time.Millisecond)
	defer look.Stop()
	for ctx := patience(t); !happened(); {
		select {
		case <-look.C:
		case <-ctx.Done():
			t.Fatal("waited in vain for calls")
		}
	}
}

// TestSlack_scopesOfAnOlderInstallation: an app that was not installed again keeps the
// scopes of its last installation; doctor names each that is missing, at once.
func TestSlack_scopesOfAnOlderInstallation(t *testing.T) {
	t.Parallel()
	o := newProgramTest(t, "sqlite")
	without := func(scopes ...string) {
		o.sim.Reinstall(slices.DeleteFunc(monitor.Scopes(), func(s string) bool { return slices.Contains(scopes, s) })...)
	}
	without("files:read", "im:history")
	out, exit := o.command("doctor")
	if exit != 1 || !strings.Contains(out, "files:read, im:history") || !strings.Contains(out, "installeer de app opnieuw") {
		t.Errorf("exit %d\n%s", exit, out)
	}
	without()
	if out, exit := o.command("doctor"); exit != 0 || !strings.Contains(out, "alle scopes") {
		t.Errorf("exit %d\n%s", exit, out)
	}
}

// TestSlack_enterpriseGrid: in a workspace of an organisation Slack names another
// workspace, or the organisation, as a colleague's team. Members are served all the
// same, and who is of a sister workspace only is not.
func TestSlack_enterpriseGrid(t *testing.T) {
	t.Parallel()
	o := newProgramTest(t, "sqlite")
	o.sim.JoinGrid("E0ORG")
	for id, teams := range map[string][]string{demoStaff: {"T0SISTER", "T0TEST"}, demoOfficer: {"T0SISTER", "T0TEST"}, "U0EMMA": {"T0SISTER"}} {
		if err := o.sim.ChangePerson(id, func(p *slacksim.Person) { p.TeamID, p.Teams = "T0SISTER", teams }); err != nil {
			t.Fatal(err)
		}
	}
	o.start()
	number := o.as(demoStaff).log(form())
	root := o.caseMessage(demoCases, number, offers("acknowledge"))
	o.as(demoOfficer).opensCase(o, root.TS)
	answer, err := o.as("U0EMMA").Slash(patience(t), "C0ALGEMEEN", "/klacht", "")
	if _, opened := o.as("U0EMMA").Modal(); err != nil || opened || answer.Text == "" {
		t.Errorf("who is of a sister workspace: %+v, modal %t, %v", answer, opened, err)
	}
}
