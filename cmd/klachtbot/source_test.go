package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/slacksim"
)

// openChannel is where everybody in the workspace reads.
const openChannel = "C0ALGEMEEN"

// logsFrom logs a complaint from a message with the message shortcut, and returns
// its number, the form as it opened, and what the person reads afterwards.
func (p person) logsFrom(o *programTest, channel, ts string, values slacksim.Values) (number string, filled, told slacksim.View) {
	p.t.Helper()
	filled = p.opens(o, channel, "log_complaint", func(ctx context.Context) error {
		return p.MessageShortcut(ctx, "log_complaint_from_message", channel, ts)
	})
	got, err := p.Submit(patience(p.t), filled.ID, values)
	if err != nil || !got.Updated {
		p.t.Fatalf("submit: %+v, %v", got, err)
	}
	told, _ = p.Modal()
	return p.number(), filled, told
}

// fromMessage is what is filled in beside the story.
func fromMessage() slacksim.Values {
	v := form()
	delete(v, "description")
	return v
}

// reminders are the direct messages that a message of that case still stands.
func (o *programTest) sourceReminders(who, number string) (all []slacksim.Message) {
	for _, m := range o.as(who).DMs() {
		if strings.Contains(m.Text, number) && strings.Contains(m.Text, "staat er nog") {
			all = append(all, m)
		}
	}
	return all
}

// TestSource_toldAndRemindedOnce: of a complaint that was logged from a message in
// an open channel, whoever logged it reads at once where name and story stand, and
// once more the day after, through kills and lost answers. Of a message that was
// deleted meanwhile nobody hears again, nor of one in a closed channel.
func TestSource_toldAndRemindedOnce(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.start()
			staff := o.as(demoStaff)
			post := func(who, channel, text string) string {
				ts, err := o.as(who).Post(patience(t), channel, "", text)
				if err != nil {
					t.Fatal(err)
				}
				return ts
			}
			gone := post(demoStaff, openChannel, "Noor is boos over de zaal.")
			stays := post(demoStaff, openChannel, "Piet is boos over de koffie.")
			closed := post(demoOfficer, demoCases, "Kees is boos over de stoelen.")
			lost, _, told := staff.logsFrom(o, openChannel, gone, fromMessage())
			if raw := string(told.Raw); !strings.Contains(raw, "staat nog in") || !strings.Contains(raw, "/archives/"+openChannel+"/p") {
				t.Errorf("nothing says that the message stands, with a link: %s", raw)
			}
			number, filled, _ := staff.logsFrom(o, openChannel, stays, fromMessage())
			if !strings.Contains(string(filled.Raw), "Piet is boos over de koffie.") {
				t.Errorf("the story is not filled in: %s", filled.Raw)
			}
			inside, _, told := o.as(demoOfficer).logsFrom(o, demoCases, closed, fromMessage())
			if strings.Contains(string(told.Raw), "staat nog in") {
				t.Error("a message in a closed channel is told of")
			}
			if err := staff.Delete(patience(t), openChannel, gone); err != nil {
				t.Fatal(err)
			}
			o.kill()
			o.env = append(o.env, clockAfter(1))
			o.sim.Faults().LoseAnswer("chat.postMessage", 1)
			o.start()
			ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second) // after a kill a lane is leased
			defer cancel()
			if _, err := o.sim.AwaitMessage(ctx, staff.DM(), func(m slacksim.Message) bool {
				return strings.Contains(m.Text, number) && strings.Contains(m.Text, "staat er nog")
			}); err != nil {
				t.Fatalf("no reminder: %v\n%s", err, tail(o.output.String()))
			}
			o.kill()
			o.start()
			o.stop()
			if n := len(o.sourceReminders(demoStaff, number)); n != 1 {
				t.Errorf("reminded %d times", n)
			}
			if len(o.sourceReminders(demoStaff, lost)) != 0 || len(o.sourceReminders(demoOfficer, inside)) != 0 {
				t.Error("somebody was reminded of what does not stand in the open")
			}
			if complaints := o.sim.Complaints(); len(complaints) > 0 {
				t.Errorf("Slack would have refused: %q", complaints)
			}
		})
	}
}

// TestStory_fromAMail: an e-mail that was forwarded into a channel fills in the
// form, and its files come along into the register.
func TestStory_fromAMail(t *testing.T) {
	o := newProgramTest(t, "sqlite")
	o.start()
	ts, err := o.sim.ReceiveMail(openChannel, slacksim.Mail{
		FromName: "Noor Voorbeeld", From: "noor@example.org", Subject: "Klacht over de cursus", Date: "Mon, 30 Nov 2026 10:00:00 +0100",
		Text: "De zaal was koud.\r\nGroet, Noor", Parts: []slacksim.MailPart{{Name: "zaal.pdf", Body: scan("zaal.pdf").Body}},
	})
	if err != nil {
		t.Fatal(err)
	}
	staff := o.as(demoStaff)
	number, filled, _ := staff.logsFrom(o, openChannel, ts, fromMessage())
	for _, want := range []string{`Van: Noor Voorbeeld`, `noor@example.org`, `Onderwerp: Klacht over de cursus`, `De zaal was koud.\nGroet, Noor`, `zaal.pdf`} {
		if !strings.Contains(string(filled.Raw), want) {
			t.Errorf("the form lacks %q: %s", want, filled.Raw)
		}
	}
	o.awaitRequest(demoStaff, number)
	o.checkFiles(number, []string{"zaal.pdf"})
	o.stop()
	for _, secret := range []string{"zaal", "Noor"} {
		if strings.Contains(o.output.String(), secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
}
