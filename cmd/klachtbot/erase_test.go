package main

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/lib/pq"

	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/storage/pgtest"
)

const eraseWhy = "Noor Voorbeeld vraagt om vergeten te worden."

// database is what the program keeps its register in.
func (o *programTest) database() string {
	o.t.Helper()
	for i := len(o.env) - 1; ; i-- {
		if address, ok := strings.CutPrefix(o.env[i], "DATABASE_URL="); ok {
			return address
		}
	}
}

// backup copies the register of a program that has stopped.
func (o *programTest) backup() (address string) {
	o.t.Helper()
	path, ok := strings.CutPrefix(o.database(), "sqlite:")
	if !ok {
		return pgtest.Copy(o.t, o.database())
	}
	copied := filepath.Join(o.t.TempDir(), "backup.db")
	for _, suffix := range []string{"", "-wal"} {
		content, err := os.ReadFile(filepath.Clean(path + suffix))
		if errors.Is(err, os.ErrNotExist) && suffix != "" {
			continue
		}
		if err == nil {
			err = os.WriteFile(copied+suffix, content, 0o600)
		}
		if err != nil {
			o.t.Fatal(err)
		}
	}
	return "sqlite:" + copied
}

// restore has the program work on another copy of the register.
func (o *programTest) restore(address string) { o.env = append(o.env, "DATABASE_URL="+address) }

// requestErasure asks for it from the dossier, and waits until the second
// person was told.
func (o *programTest) requestErasure(number string, root slacksim.Message) (ask slacksim.Message) {
	o.t.Helper()
	officer := o.as(demoOfficer)
	view := officer.opensCase(o, root.TS)
	err := officer.ClickView(patience(o.t), view.ID, "erase", "")
	if err == nil {
		view, err = officer.AwaitModal(patience(o.t), "erase")
	}
	if err != nil {
		o.t.Fatalf("ask: %v\n%s", err, o.output)
	}
	sent, err := officer.Submit(patience(o.t), view.ID, slacksim.Values{"reason": eraseWhy})
	if err != nil || !sent.Updated {
		o.t.Fatalf("ask: %+v, %v\n%s", sent, err, o.output)
	}
	ask, err = o.sim.AwaitMessage(patience(o.t), o.directChannel(demoDeputy), func(m slacksim.Message) bool {
		return strings.Contains(m.Text, number) && offers("erase_confirm")(m)
	})
	if err != nil {
		o.t.Fatalf("the second person is not asked: %v\n%s", err, o.output)
	}
	if strings.Contains(ask.Text+string(ask.Blocks), "vergeten") {
		o.t.Error("the message tells the reason")
	}
	return ask
}

// openConfirm shows the second person what they are to confirm.
func (o *programTest) openConfirm(number string, ask slacksim.Message) slacksim.View {
	o.t.Helper()
	deputy := o.as(demoDeputy)
	if err := deputy.Click(patience(o.t), ask.Channel, ask.TS, "erase_confirm", ""); err != nil {
		o.t.Fatal(err)
	}
	view, err := deputy.AwaitModal(patience(o.t), "erase_confirm")
	if err != nil {
		o.t.Fatalf("%v\n%s", err, o.output)
	}
	if shown := string(view.Raw); !strings.Contains(shown, eraseWhy) || !strings.Contains(shown, number) {
		o.t.Error("the second person does not read number and reason")
	}
	return view
}

// mustBeErased expects that whoever asks for the number reads that it is gone.
func (o *programTest) mustBeErased(number string) {
	o.t.Helper()
	for _, who := range []string{demoOfficer, demoDeputy, demoStaff} {
		if got := o.as(who).ask("/klacht", number); !strings.Contains(got, "gewist") {
			o.t.Errorf("of its number %s reads %q\n%s", who, got, tail(o.output.String()))
		}
	}
}

// TestErasure_onRequest: two officers, and it is gone, in Slack too; a register
// from before is put back, and it is gone again as soon as the program runs.
func TestErasure_onRequest(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.start()
			number, root := o.settled()
			o.stop()
			before := o.backup()
			o.start()
			ask := o.requestErasure(number, root)
			view := o.openConfirm(number, ask)
			if sent, err := o.as(demoDeputy).Submit(patience(t), view.ID, slacksim.Values{"agree": []string{"agree"}}); err != nil || !sent.Updated {
				t.Fatalf("confirm: %+v, %v\n%s", sent, err, o.output)
			}
			o.mustBeErased(number)
			o.awaitEmpty(demoCases)
			_, err := o.sim.AwaitMessage(patience(t), o.directChannel(demoOfficer), func(m slacksim.Message) bool {
				return strings.Contains(m.Text, number) && strings.Contains(m.Text, "gewist")
			})
			if err != nil {
				t.Errorf("who asked does not read it: %v", err)
			}
			o.stop()

			o.restore(before)
			if out, code := o.command("doctor"); code == 0 || !strings.Contains(out, "wislijst") {
				t.Errorf("doctor before the start: %d\n%s", code, out)
			}
			if out, code := o.command("verify"); code == 0 || !strings.Contains(out, "is here all the same") {
				t.Errorf("verify before the start: %d\n%s", code, out)
			}
			o.start()
			o.mustBeErased(number)
			o.checkNothingLeaked()
			for _, command := range []string{"doctor", "verify"} {
				if out, code := o.command(command); code != 0 {
					t.Errorf("%s: %d\n%s", command, code, out)
				}
			}
			if strings.Contains(o.output.String(), "vergeten") {
				t.Error("the log tells the reason")
			}
			o.stop()
		})
	}
}

// TestErasure_killedBetweenListAndRegister stops the program where its line is
// on disk and the register has not forgotten yet: at its own chain, which
// somebody else holds. The next start carries out what two people confirmed.
func TestErasure_killedBetweenListAndRegister(t *testing.T) {
	t.Parallel()
	o := newProgramTest(t, "postgres")
	o.start()
	number, root := o.settled()
	ask := o.requestErasure(number, root)
	view := o.openConfirm(number, ask)

	release := o.holdChain()
	pressed := make(chan struct{})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go func() {
		defer close(pressed)
		_, _ = o.as(demoDeputy).Submit(ctx, view.ID, slacksim.Values{"agree": []string{"agree"}}) // nobody answers any more
	}()
	o.awaitListed(number)
	o.kill()
	cancel()
	<-pressed
	release()

	if out, code := o.command("verify"); code == 0 || !strings.Contains(out, "is here all the same") {
		t.Errorf("verify after the kill: %d\n%s", code, out)
	}
	o.start()
	o.mustBeErased(number)
	o.awaitEmpty(demoCases)
	if out, code := o.command("verify"); code != 0 {
		t.Errorf("verify: %d\n%s", code, out)
	}
	o.stop()
}

// holdChain locks the head of the register's own chain until release.
func (o *programTest) holdChain() (release func()) {
	o.t.Helper()
	connector, err := pq.NewConnector(o.database())
	if err != nil {
		o.t.Fatal(err)
	}
	db := sql.OpenDB(connector)
	tx, err := db.BeginTx(context.WithoutCancel(o.t.Context()), nil)
	if err == nil {
		_, err = tx.Exec(`UPDATE register_head SET lines = lines WHERE id = 1`)
	}
	if err != nil {
		o.t.Fatal(err)
	}
	return func() {
		if err := errors.Join(tx.Rollback(), db.Close()); err != nil {
			o.t.Error(err)
		}
	}
}

// awaitListed waits until the erasure list has the number.
func (o *programTest) awaitListed(number string) {
	o.t.Helper()
	poll := time.NewTicker(5 * time.Millisecond)
	defer poll.Stop()
	for ctx := patience(o.t); ; {
		text, err := os.ReadFile(filepath.Join(o.dir, "klachtbot.state"))
		if err == nil && strings.Contains(string(text), number) {
			return
		}
		select {
		case <-poll.C:
		case <-ctx.Done():
			o.t.Fatalf("not listed: %v\n%s", err, o.output)
		}
	}
}
