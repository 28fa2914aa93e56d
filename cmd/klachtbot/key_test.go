package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/internal/testclock"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// setting returns what the program reads from the environment.
func (o *programTest) setting(name string) (value string) {
	for _, set := range o.env {
		if v, ok := strings.CutPrefix(set, name+"="); ok {
			value = v
		}
	}
	return value
}

// fill logs n complaints before the bot starts, without Slack.
func (o *programTest) fill(n int) {
	o.t.Helper()
	o.prepare(func(db *storage.DB, today calendar.Date) {
		for i := range n {
			log := filed(fmt.Sprintf("Oude cursus %d", i), today)
			if _, err := db.Apply(o.t.Context(), workflow.Command{Action: log, By: demoOfficer}); err != nil {
				o.t.Fatal(err)
			}
		}
	})
}

// prepare opens a new register for a test to put something in.
func (o *programTest) prepare(put func(db *storage.DB, today calendar.Date)) {
	o.t.Helper()
	keys, err := vault.CreateKeyFile(o.setting("KLACHTBOT_KEY_FILE"))
	if err != nil {
		o.t.Fatal(err)
	}
	o.withRegister(keys, put)
}

// withRegister opens the register while the program stands still.
func (o *programTest) withRegister(keys *vault.Ring, do func(db *storage.DB, today calendar.Date)) {
	o.t.Helper()
	amsterdam, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		o.t.Fatal(err)
	}
	policy := &workflow.Policy{
		Terms:    workflow.DefaultTerms(),
		Calendar: calendar.Calendar{Location: amsterdam, EveryDay: true, Closes: 24 * 60},
		Roster: roster.Roster{
			Officers: []roster.PersonID{demoOfficer, demoDeputy}, Directors: []roster.PersonID{demoDirector},
		},
	}
	for _, setting := range o.env {
		if from, ok := strings.CutPrefix(setting, "KLACHTBOT_RETENTION_FROM="); ok {
			policy.Terms.RetentionFrom = workflow.RetentionFrom(from)
		}
	}
	db, err := storage.Open(o.t.Context(), storage.Options{URL: o.setting("DATABASE_URL"), Keys: keys, Policy: policy, Now: testclock.Now})
	if err != nil {
		o.t.Fatal(err)
	}
	do(db, policy.Calendar.Today(testclock.Now()))
	if err := db.Close(); err != nil {
		o.t.Fatal(err)
	}
}

func filed(course string, today calendar.Date) workflow.File {
	return workflow.File{
		Facts: workflow.Facts{
			Received: today, ReceivedVia: workflow.WayPhone, ComplainantKind: "participant", OfferingKind: "training",
			OfferingName: course, Category: "trainer", Preferred: workflow.ContactEmail, Language: "nl",
		},
		Particulars: workflow.Particulars{Name: "Noor Voorbeeld", Email: "noor@example.org", Story: "Te laat."},
	}
}

// TestKey_rotatedBesideTheBot rotates beside a running bot and kills the
// rotation at random moments until one comes to its end. The bot goes on all
// the while, with cases from before and after, and so does one that starts
// afterwards.
func TestKey_rotatedBesideTheBot(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.fill(400)
			o.start()
			officer := o.as(demoOfficer)
			first := officer.log(form())
			killed := o.rotateUntilDone(officer)
			t.Logf("%d rotations killed before one was done", killed)
			o.opensDossier(officer, first)
			second := officer.log(form())
			all := strings.TrimLeft(second[len("K-2026-"):], "0")
			if out, code := o.command("key", "rotate"); code != 0 || !strings.Contains(out, all+" klachten") || !strings.Contains(out, "kopie") {
				t.Errorf("the next rotation: %d\n%s", code, out)
			}
			o.opensDossier(officer, second)
			o.stop()
			o.start()
			o.opensDossier(officer, first)
			o.stop()
			if out, code := o.command("verify"); code != 0 {
				t.Errorf("verify: %d\n%s", code, out)
			}
			o.checkKeysKeptSecret()
		})
	}
}

// rotateUntilDone returns how often the rotation was killed. Each time it is
// given a little longer.
func (o *programTest) rotateUntilDone(officer person) (killed int) {
	o.t.Helper()
	for ; ; killed++ {
		rotate := exec.CommandContext(o.t.Context(), binary, "key", "rotate")
		rotate.Env, rotate.Stdout, rotate.Stderr = o.env, o.output, o.output
		if err := rotate.Start(); err != nil {
			o.t.Fatal(err)
		}
		patience, done := context.WithTimeout(o.t.Context(), time.Duration(killed)*5*time.Millisecond+rand.N(10*time.Millisecond))
		ended := context.AfterFunc(patience, func() { _ = rotate.Process.Kill() })
		err := rotate.Wait()
		ended()
		done()
		if err == nil {
			return killed
		}
		if killed%10 == 3 {
			officer.log(form())
			officer.closeModal()
		}
	}
}

// opensDossier opens the dossier of a case and expects that it tells who
// complains. A look has one second; on a busy machine that may be too little,
// and then the person is asked to try again.
func (o *programTest) opensDossier(p person, number string) {
	p.t.Helper()
	p.closeModal()
	ctx := patience(p.t)
	for {
		answer, err := p.Slash(ctx, "C0ALGEMEEN", "/klacht", number)
		if err == nil && answer.Text == "" {
			break
		}
		if err != nil || !strings.Contains(answer.Text, "nog een keer") {
			p.t.Fatalf("/klacht %s: %+v, %v\n%s", number, answer, err, tail(o.output.String()))
		}
	}
	if _, err := p.AwaitModal(patience(p.t), "dossier"); err != nil {
		p.t.Fatal(err)
	}
	if view, ok := p.Modal(); !ok || !bytes.Contains(view.Raw, []byte("Noor Voorbeeld")) {
		p.t.Errorf("the dossier of %s does not open", number)
	}
	p.closeModal()
}

func (p person) closeModal() {
	p.t.Helper()
	var view slacksim.View
	for ok := true; ok; {
		if view, ok = p.Modal(); ok {
			if err := p.CloseView(patience(p.t), view.ID); err != nil {
				p.t.Fatal(err)
			}
		}
	}
}

// checkKeysKeptSecret looks for the master keys in what the programs printed.
func (o *programTest) checkKeysKeptSecret() {
	o.t.Helper()
	text, err := os.ReadFile(o.setting("KLACHTBOT_KEY_FILE"))
	if err != nil {
		o.t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if words := strings.Fields(line); len(words) == 3 && words[0] == "key" && strings.Contains(o.output.String(), words[2]) {
			o.t.Error("a master key was printed")
		}
	}
}
