package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/mail/mailtest"
	"github.com/artra/klachtbot/slacksim"
)

// newMailingTest is a programTest whose letters leave through a real mail server
// with TLS and a login.
func newMailingTest(t *testing.T, engine string, set ...string) (*programTest, *mailtest.Server) {
	t.Helper()
	server := mailtest.Start(t, mailtest.Options{Security: mailtest.StartTLS, User: "klachtbot", Password: "geheim-wachtwoord"})
	set = append(set, "KLACHTBOT_SMTP_URL="+server.URL(""), "KLACHTBOT_MAIL_FROM=artra <klachten@example.com>")
	o := newProgramTest(t, engine, set...)
	o.start()
	return o, server
}

// says waits for a line in the thread that holds the words.
func (o *programTest) says(root slacksim.Message, words string) slacksim.Message {
	o.t.Helper()
	m, err := o.sim.AwaitMessage(patience(o.t), root.Channel, func(m slacksim.Message) bool {
		return m.ThreadTS == root.TS && m.TS != root.TS && strings.Contains(string(m.Blocks), words)
	})
	if err != nil {
		o.t.Fatalf("nobody says %q: %v\n%s", words, err, o.output)
	}
	return m
}

// sentByHand presses the button of a letter that waits, once more when the bot was
// just trying it, until the thread says so.
func (p person) sentByHand(o *programTest, root, line slacksim.Message) {
	o.t.Helper()
	for ctx := patience(o.t); ; {
		if err := p.Click(ctx, demoCases, line.TS, "mail_self", ""); err != nil {
			o.t.Fatal(err)
		}
		soon, stop := context.WithTimeout(ctx, time.Second)
		_, err := o.sim.AwaitMessage(soon, root.Channel, func(m slacksim.Message) bool {
			return m.ThreadTS == root.TS && strings.Contains(string(m.Blocks), "Brief zelf verstuurd")
		})
		stop()
		if err == nil {
			return
		}
		if ctx.Err() != nil {
			o.t.Fatalf("the letter could not be sent by hand\n%s", o.output)
		}
	}
}

// awaitLetters waits until the server has that many.
func (o *programTest) awaitLetters(server *mailtest.Server, n int) []mailtest.Letter {
	o.t.Helper()
	for ctx := patience(o.t); ; {
		if all := server.Letters(); len(all) >= n {
			return all
		}
		if ctx.Err() != nil {
			o.t.Fatalf("%d letters, want %d\n%s", len(server.Letters()), n, o.output)
		}
	}
}

// TestLetters_sentFromSlack: two presses, and the letter is there, once,
// whole and to the complainant.
func TestLetters_sentFromSlack(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o, server := newMailingTest(t, engine)
			number := o.as(demoStaff).log(form())
			root := o.caseMessage(demoCases, number, offers("acknowledge"))
			o.as(demoOfficer).act(o, demoCases, root.TS, "acknowledge", nil)
			letter := o.awaitLetters(server, 1)[0]
			opened, err := letter.Open()
			if err != nil {
				t.Fatal(err)
			}
			if letter.To != "noor@example.org" || !strings.Contains(opened.Subject, number) || len(opened.Parts) != 2 ||
				!strings.HasPrefix(opened.Parts[0].Text, "Beste Noor Voorbeeld,") {
				t.Errorf("subject %q, %d parts", opened.Subject, len(opened.Parts))
			}
			o.caseMessage(demoCases, number, lacks("acknowledge"))
			o.checkThread(root.TS, 2)
			o.stop()
			o.start()
			o.as(demoOfficer).act(o, demoCases, root.TS, "question", slacksim.Values{"send": "already"})
			o.as(demoOfficer).act(o, demoCases, root.TS, "question", slacksim.Values{"way": "phone"})
			o.checkThread(root.TS, 4)
			if n := len(server.Letters()); n != 1 {
				t.Errorf("%d letters, want 1: two were not for the bot to send", n)
			}
			o.checkNothingLeaked()
			if strings.Contains(o.output.String(), "geheim-wachtwoord") || strings.Contains(o.output.String(), "noor@") {
				t.Error("the log holds the password or the address")
			}
			o.stop()
		})
	}
}

// TestLetters_refused: the officer reads so in the thread, without the
// address, and the promise is open again.
func TestLetters_refused(t *testing.T) {
	t.Parallel()
	o, server := newMailingTest(t, "sqlite")
	server.Refuse(mailtest.AtRecipient, 550)
	number := o.as(demoStaff).log(form())
	root := o.caseMessage(demoCases, number, offers("acknowledge"))
	officer := o.as(demoOfficer)
	officer.act(o, demoCases, root.TS, "acknowledge", nil)
	line := o.says(root, "kon niet worden bezorgd")
	if strings.Contains(string(line.Blocks), "noor@") || !strings.Contains(string(line.Blocks), `"acknowledge"`) {
		t.Error("the line holds the address, or no way on")
	}
	server.AcceptAll()
	officer.act(o, demoCases, line.TS, "acknowledge", nil)
	o.awaitLetters(server, 1)
	o.caseMessage(demoCases, number, lacks("acknowledge"))
	o.checkNothingLeaked()
}

// awaitRefused waits until the server said "later" to that many letters.
func (o *programTest) awaitRefused(server *mailtest.Server, n int) {
	o.t.Helper()
	poll := time.NewTicker(5 * time.Millisecond)
	defer poll.Stop()
	for ctx := patience(o.t); ; <-poll.C {
		refused := 0
		for _, command := range server.Commands() {
			if command == "rcpt" {
				refused++
			}
		}
		if refused >= n {
			return
		}
		if ctx.Err() != nil {
			o.t.Fatalf("%d tries, want %d\n%s", refused, n, o.output)
		}
	}
}

// lettersWaited makes what waits for the mail server have waited that long; the
// bot stands still.
func (o *programTest) lettersWaited(long time.Duration) {
	o.t.Helper()
	_, err := o.raw().Exec(`UPDATE outbox SET first_try = first_try - $1, due_at = 0 WHERE surface = 'mail' AND first_try > 0`, long.Milliseconds())
	if err != nil {
		o.t.Fatal(err)
	}
}

// TestLetters_greylisted: a server that says "later" is asked again after a
// restart. After half an hour the officer reads so; one letter leaves then, and
// the thread says so, the other one the officer sends by hand, and it never
// leaves.
func TestLetters_greylisted(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o, server := newMailingTest(t, engine)
			server.Refuse(mailtest.AtRecipient, 450)
			officer := o.as(demoOfficer)
			var roots []slacksim.Message
			for n := range 2 {
				roots = append(roots, o.caseMessage(demoCases, o.as(demoStaff).log(form()), offers("acknowledge")))
				officer.act(o, demoCases, roots[n].TS, "acknowledge", nil)
				o.checkThread(roots[n].TS, 2)
			}
			o.awaitRefused(server, 2)
			o.stop()
			o.lettersWaited(31 * time.Minute)
			o.start()
			o.says(roots[0], "nog niet verstuurd")
			line := o.says(roots[1], "nog niet verstuurd")
			officer.sentByHand(o, roots[1], line)
			if err := officer.Click(patience(t), demoCases, line.TS, "mail_self", ""); err != nil {
				t.Fatal(err)
			}
			o.stop()
			server.AcceptAll()
			o.lettersWaited(time.Hour)
			o.start()
			o.says(roots[0], "alsnog verstuurd")
			o.awaitLetters(server, 1)
			o.checkThread(roots[0].TS, 4)
			o.checkThread(roots[1].TS, 4)
			if all := server.Letters(); len(all) != 1 {
				t.Errorf("%d letters, want the one that was not sent by hand", len(all))
			}
			o.checkNothingLeaked()
			o.stop()
			if out, code := o.command("verify"); code != 0 {
				t.Errorf("verify: %d\n%s", code, out)
			}
		})
	}
}

// TestLetters_inDoubt: the server took it and its answer was lost.
// Nothing is sent twice; the officer may ask for it, and the letter is the
// same one then.
func TestLetters_inDoubt(t *testing.T) {
	t.Parallel()
	o, server := newMailingTest(t, "sqlite")
	server.Abort(mailtest.AtLetter)
	number := o.as(demoStaff).log(form())
	root := o.caseMessage(demoCases, number, offers("acknowledge"))
	officer := o.as(demoOfficer)
	officer.act(o, demoCases, root.TS, "acknowledge", nil)
	line := o.says(root, "Onzeker of de brief is verstuurd")
	server.AcceptAll()
	if err := officer.Click(patience(t), demoCases, line.TS, "mail_again", ""); err != nil {
		t.Fatal(err)
	}
	letters := o.awaitLetters(server, 2)
	var ids []string
	for _, l := range letters {
		opened, err := l.Open()
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, opened.Header.Get("Message-ID"))
	}
	if len(letters) != 2 || ids[0] != ids[1] || ids[0] == "" {
		t.Errorf("%d letters, with ids %q", len(letters), ids)
	}
	if err := officer.Click(patience(t), demoCases, line.TS, "mail_again", ""); err != nil {
		t.Fatal(err)
	}
	o.awaitLetters(server, 3) // a second press is a second wish
}

// TestLetters_killedWhileOneLeaves: the row's mark says to the next process that nobody
// knows, and it asks instead of sending.
func TestLetters_killedWhileOneLeaves(t *testing.T) {
	t.Parallel()
	o, server := newMailingTest(t, "sqlite")
	there := server.Hang(mailtest.AtLetter)
	number := o.as(demoStaff).log(form())
	root := o.caseMessage(demoCases, number, offers("acknowledge"))
	o.as(demoOfficer).act(o, demoCases, root.TS, "acknowledge", nil)
	select {
	case <-there:
	case <-patience(t).Done():
		t.Fatal("the letter never left")
	}
	o.kill()
	server.AcceptAll()
	o.start()
	o.says(root, "Onzeker of de brief is verstuurd")
	if n := len(server.Letters()); n != 1 {
		t.Errorf("%d letters, want the one that was leaving", n)
	}
}
