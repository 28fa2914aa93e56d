package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/slacksim"
)

// TestConflict_guardedCase logs a complaint about the officer: the deputy
// handles it in direct messages, and for the officer it does not exist.
func TestConflict_guardedCase(t *testing.T) {
	t.Parallel()
	o := newProgramTest(t, "sqlite")
	o.start()
	ordinary := o.as(demoStaff).log(form())
	number := o.as("U0EMMA").log(form(func(v slacksim.Values) { v["concerns_user"] = demoOfficer }))
	if !strings.HasPrefix(number, "V-") || !strings.HasSuffix(number, "-0001") {
		t.Errorf("number %s, want the first of the V series", number)
	}
	deputy := o.as(demoDeputy)
	root := o.caseMessage(deputy.DM(), number, offers("acknowledge"))
	deputy.act(o, root.Channel, root.TS, "acknowledge", nil)
	o.caseMessage(deputy.DM(), number, lacks("acknowledge"))
	o.caseMessage(demoCases, ordinary, offers("acknowledge"))
	for _, m := range o.sim.Messages(demoCases) {
		if strings.Contains(m.Text+string(m.Blocks), number) {
			t.Error("the guarded case stands in the case channel")
		}
	}
	officer := o.as(demoOfficer)
	missing := officer.ask("/klacht", "V-2099-9999")
	if got := officer.ask("/klacht", number); got == "" || strings.ReplaceAll(got, number, "") != strings.ReplaceAll(missing, "V-2099-9999", "") {
		t.Errorf("the officer reads %q of the case, and %q of one that does not exist", got, missing)
	}
	if err := officer.Click(patience(t), root.Channel, root.TS, "dossier", ""); err == nil {
		t.Error("the officer can click in the deputy's direct messages")
	}
}

// ask types a command and returns the text of its answer.
func (p person) ask(command, text string) string {
	p.t.Helper()
	answer, err := p.Slash(patience(p.t), "C0ALGEMEEN", command, text)
	if err != nil {
		p.t.Fatal(err)
	}
	return answer.Text
}

// TestReminders_once moves the clock to day 4: one reminder, also
// after two restarts, and none once the complaint was acknowledged.
func TestReminders_once(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.start()
			number, other := o.as(demoStaff).log(form()), o.as(demoStaff).log(form())
			root := o.caseMessage(demoCases, number, offers("acknowledge"))
			settled := o.caseMessage(demoCases, other, offers("acknowledge"))
			o.as(demoOfficer).act(o, demoCases, settled.TS, "acknowledge", nil)
			o.checkThread(root.TS, 1)
			o.checkThread(settled.TS, 2)
			o.stop()
			o.clock(4)
			for range 2 {
				o.start()
				o.awaitReminder(root.TS)
				o.stop()
			}
			o.start()
			late := o.as(demoStaff).log(form())
			o.caseMessage(demoCases, late, offers("acknowledge")) // the sweep has been by
			o.checkThread(root.TS, 2)
			o.checkThread(settled.TS, 2)
			o.stop()
		})
	}
}

// awaitReminder waits for a reply that mentions the owner and holds the
// button that settles the promise.
func (o *programTest) awaitReminder(ts string) {
	o.t.Helper()
	_, err := o.sim.AwaitMessage(patience(o.t), demoCases, func(m slacksim.Message) bool {
		return m.ThreadTS == ts && m.TS != ts && strings.Contains(string(m.Blocks), "@"+demoOfficer) &&
			strings.Contains(string(m.Blocks), `"acknowledge"`)
	})
	if err != nil {
		o.t.Fatalf("no reminder: %v\n%s", err, o.output)
	}
}

func TestRoles_whoMayNot(t *testing.T) {
	t.Parallel()
	o := newProgramTest(t, "sqlite")
	o.start()
	o.join("U0GUEST", demoCases)
	number := o.as(demoStaff).log(form())
	root := o.caseMessage(demoCases, number, offers("acknowledge"))
	guest := o.as("U0GUEST")
	if got := guest.ask("/klacht", ""); got == "" {
		t.Error("a guest's /klacht is not answered")
	}
	if _, ok := guest.Modal(); ok {
		t.Error("a guest got a modal")
	}
	o.join(demoStaff, demoCases)
	for _, id := range []string{"U0GUEST", demoStaff} {
		intruder := o.as(id)
		if view, ok := intruder.Modal(); ok {
			_ = intruder.CloseView(patience(t), view.ID)
		}
		for _, action := range []string{"acknowledge", "identity", "dossier"} {
			if err := intruder.Click(patience(t), demoCases, root.TS, action, ""); err != nil {
				t.Fatal(err)
			}
			_, err := intruder.AwaitEphemeral(patience(t), demoCases, func(slacksim.Message) bool { return true })
			if err != nil {
				t.Errorf("%s: %s is not answered: %v", id, action, err)
			}
			if _, ok := intruder.Modal(); ok {
				t.Errorf("%s got the modal of %s", id, action)
			}
		}
	}
	o.checkNothingLeaked()
}

func TestCasework_twoOfficersAtOnce(t *testing.T) {
	t.Parallel()
	o := newProgramTest(t, "sqlite")
	o.start()
	number := o.as(demoStaff).log(form())
	root := o.caseMessage(demoCases, number, offers("acknowledge"))
	var views []slacksim.View
	officers := []person{o.as(demoOfficer), o.as(demoDeputy)}
	for _, officer := range officers {
		if err := officer.Click(patience(t), demoCases, root.TS, "acknowledge", ""); err != nil {
			t.Fatal(err)
		}
		view, err := officer.AwaitModal(patience(t), "acknowledge")
		if err != nil {
			t.Fatal(err)
		}
		views = append(views, view)
	}
	if got, err := officers[0].Submit(patience(t), views[0].ID, understood(nil)); err != nil || len(got.Errors) > 0 {
		t.Fatalf("the first: %+v, %v", got, err)
	}
	got, err := officers[1].Submit(patience(t), views[1].ID, understood(nil))
	if err != nil {
		t.Fatal(err)
	}
	said := ""
	for _, sentence := range got.Errors {
		said += sentence
	}
	if !strings.Contains(said, "Omar Jansen") {
		t.Errorf("the second does not read who was first: %+v", got)
	}
	o.checkThread(root.TS, 2)
}

// TestDelivery_slackIsAway loses the register's place in Slack in several ways;
// the case is shown all the same.
func TestDelivery_slackIsAway(t *testing.T) {
	t.Parallel()
	o := newProgramTest(t, "sqlite")
	o.start()
	o.sim.Faults().RateLimit("chat.postMessage", time.Second, 1)
	o.sim.Faults().DuplicateEnvelopes(2)
	number := o.as(demoStaff).log(form())
	root := o.caseMessage(demoCases, number, offers("acknowledge"))
	o.checkThread(root.TS, 1)
	if err := o.sim.DeleteMessage(demoCases, root.TS); err != nil {
		t.Fatal(err)
	}
	o.sim.Faults().CutSockets()
	if err := o.sim.AwaitConnections(patience(t), 1); err != nil {
		t.Fatal(err)
	}
	for ctx := patience(t); ; { // until a socket is open again
		_, err := o.as(demoOfficer).Slash(ctx, "C0ALGEMEEN", "/klacht", number)
		if err == nil {
			break
		}
		if ctx.Err() != nil {
			t.Fatal(err)
		}
	}
	dossier, err := o.as(demoOfficer).AwaitModal(patience(t), "dossier")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(dossier.Raw), "kwam te laat") {
		t.Error("the dossier does not tell the story")
	}
}

// TestChannel_public makes the case channel public: nothing is shown there, a
// complaint is registered all the same, and the officers are alarmed.
func TestChannel_public(t *testing.T) {
	t.Parallel()
	o := newProgramTest(t, "sqlite")
	if err := o.sim.MakePublic(demoCases); err != nil {
		t.Fatal(err)
	}
	o.start()
	number := o.as(demoStaff).log(form())
	for _, id := range []string{demoOfficer, demoDeputy} {
		_, err := o.sim.AwaitMessage(patience(t), o.as(id).DM(), func(m slacksim.Message) bool {
			return strings.Contains(m.Text, demoCases)
		})
		if err != nil {
			t.Errorf("%s is not alarmed: %v\n%s", id, err, o.output)
		}
	}
	if _, code := o.command("doctor"); code != exitFailure {
		t.Errorf("doctor is content: %d", code)
	}
	if shown := o.sim.Messages(demoCases); len(shown) > 0 {
		t.Errorf("%d messages of a case stand in a public channel", len(shown))
	}
	if answer := o.as(demoOfficer).ask("/klacht", number); answer != "" {
		t.Errorf("the officer can't open the dossier: %s", answer)
	}
}

func TestHTTP_health(t *testing.T) {
	t.Parallel()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := free.Addr().String()
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	o := newProgramTest(t, "sqlite", "KLACHTBOT_HTTP_ADDR="+addr)
	o.start()
	o.as(demoStaff).log(form())
	for path, want := range map[string]string{"/healthz": "ok", "/readyz": "ok", "/metrics": "klachtbot_outbox_failing 0"} {
		response, err := http.Get("http://" + addr + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		_ = response.Body.Close()
		if err != nil || response.StatusCode != http.StatusOK || !strings.Contains(string(body), want) {
			t.Errorf("%s: %d %v", path, response.StatusCode, err)
		}
		for _, secret := range sensitive {
			if strings.Contains(string(body), secret) {
				t.Errorf("%s holds something confidential", path)
			}
		}
	}
}

func TestDoctor_findsWhatIsWrong(t *testing.T) {
	t.Parallel()
	o := newProgramTest(t, "sqlite")
	if out, code := o.command("doctor"); code != 0 {
		t.Errorf("doctor before the first start: %d\n%s", code, out)
	}
	o.start()
	o.as(demoStaff).log(form())
	if out, code := o.command("doctor"); code != 0 {
		t.Errorf("doctor of a healthy firm: %d\n%s", code, out)
	}
	if err := o.sim.MakePublic(demoCases); err != nil {
		t.Fatal(err)
	}
	if out, code := o.command("doctor"); code != exitFailure {
		t.Errorf("doctor of a firm with a public case channel: %d\n%s", code, out)
	}
}

// TestCasework_replyBecomesANote turns what somebody wrote in a case's thread
// into a note; elsewhere the shortcut explains itself.
func TestCasework_replyBecomesANote(t *testing.T) {
	t.Parallel()
	o := newProgramTest(t, "sqlite")
	o.start()
	number := o.as(demoStaff).log(form())
	root := o.caseMessage(demoCases, number, offers("acknowledge"))
	o.checkThread(root.TS, 1)
	officer := o.as(demoOfficer)
	reply, err := officer.Post(patience(t), demoCases, root.TS, "Trainer gesproken, hij belt terug.")
	if err != nil {
		t.Fatal(err)
	}
	view := officer.opens(o, demoCases, "note", func(ctx context.Context) error {
		return officer.MessageShortcut(ctx, "note_from_message", demoCases, reply)
	})
	if got, err := officer.Submit(patience(t), view.ID, nil); err != nil || !got.Closed {
		t.Fatalf("%+v, %v", got, err)
	}
	if dossier := officer.opensCase(o, root.TS); !strings.Contains(string(dossier.Raw), "hij belt terug") {
		t.Error("the reply is not in the dossier")
	}
	elsewhere, err := officer.Post(patience(t), "C0ALGEMEEN", "", "Zomaar iets.")
	if err != nil {
		t.Fatal(err)
	}
	officer.pressing(o, "C0ALGEMEEN", func(ctx context.Context) error {
		return officer.MessageShortcut(ctx, "note_from_message", "C0ALGEMEEN", elsewhere)
	}, func() bool { // it explains itself
		return slices.ContainsFunc(officer.Ephemerals("C0ALGEMEEN"), func(m slacksim.Message) bool { return strings.Contains(m.Text, "thread") })
	})
}
