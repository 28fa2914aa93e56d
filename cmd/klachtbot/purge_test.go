package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/internal/testclock"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// finished fills the register with n closed cases, before the bot starts, and
// returns their ids.
func (o *programTest) finished(n int) (ids []workflow.CaseID) {
	o.t.Helper()
	o.prepare(func(db *storage.DB, today calendar.Date) {
		for i := range n {
			var id workflow.CaseID
			for _, a := range []workflow.Action{
				filed(fmt.Sprintf("Oude cursus %d", i), today),
				workflow.Resolve{
					Verdict: workflow.VerdictUpheld, Outcome: "De klacht is gegrond.", Remedy: "Een nieuwe datum.", Cause: "planning",
					Contact: today, Way: workflow.WayPhone, Reaction: "Tevreden.",
				},
				workflow.Confirm{Sent: workflow.Sent{Date: today, Way: workflow.WayEmail, Body: "Zo is het.", Letter: "Beste Noor, zo is het."}},
			} {
				done, err := db.Apply(o.t.Context(), workflow.Command{Case: id, Action: a, By: demoOfficer})
				if err != nil {
					o.t.Fatal(err)
				}
				id = done.Complaint.ID
			}
			ids = append(ids, id)
		}
	})
	return ids
}

// announced has somebody told, long ago, of the end of every case that is closed,
// while the program stands still.
func (o *programTest) announced() {
	o.t.Helper()
	keys, err := vault.OpenKeyFile(o.setting("KLACHTBOT_KEY_FILE"))
	if err != nil {
		o.t.Fatal(err)
	}
	o.withRegister(keys, func(db *storage.DB, _ calendar.Date) { (&storagetest.Register{TB: o.t, DB: db}).Announced() })
}

// erased counts the cases that are erased; every other one must be whole, with
// its dossier.
func (o *programTest) erased(ids []workflow.CaseID) (n int) {
	o.t.Helper()
	keys, err := vault.OpenKeyFile(o.setting("KLACHTBOT_KEY_FILE"))
	if err != nil {
		o.t.Fatal(err)
	}
	db, err := storage.Inspect(o.t.Context(), storage.Options{URL: o.setting("DATABASE_URL"), Keys: keys})
	if err != nil {
		o.t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for _, id := range ids {
		c, err := db.Case(o.t.Context(), id)
		if workflow.Refused(err).Has(workflow.CodeNoSuchCase) {
			n++
			continue
		}
		records, dossierErr := db.Records().Dossier(o.t.Context(), id)
		if err != nil || dossierErr != nil || c.Particulars.Name != "Noor Voorbeeld" || len(records) != 2 {
			o.t.Errorf("half a case is left of %s: %d records, %v, %v", id, len(records), err, dossierErr)
		}
	}
	return n
}

// TestRetention_purgeThroughKills kills the program at random moments of a
// purge of many cases: each case is whole or erased as a whole, the register
// verifies all the while, and in the end nothing of them is left in Slack.
func TestRetention_purgeThroughKills(t *testing.T) {
	if testing.Short() {
		t.Skip("kills the program for half a minute")
	}
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			ids := o.finished(80)
			o.start()
			o.awaitNothingWaits()
			o.stop()
			o.announced()
			if n := len(o.sim.Messages(demoCases)); n != len(ids) {
				t.Fatalf("%d case messages of %d cases", n, len(ids))
			}
			o.clock(2*365 + 60)
			o.killPurging(ids)
			o.start()
			o.awaitEmpty(demoCases)
			o.awaitNothingWaits()
			if n := o.erased(ids); n != len(ids) {
				t.Errorf("%d of %d cases are erased", n, len(ids))
			}
			o.checkNothingLeaked()
			o.stop()
			o.mustVerify()
		})
	}
}

// killPurging kills the program again and again, until every case is erased; a
// little later when the purge did not get on.
func (o *programTest) killPurging(ids []workflow.CaseID) {
	o.t.Helper()
	var gone []string
	within := 200 * time.Millisecond
	for n, before := 0, 0; n < len(ids) && len(gone) < 40; before = n {
		o.launch()
		pause := time.NewTimer(within/2 + rand.N(within/2))
		<-pause.C
		o.kill()
		if n = o.erased(ids); n == before {
			within += 50 * time.Millisecond
		}
		gone = append(gone, fmt.Sprintf("%d/%d", n, len(o.sim.Messages(demoCases))))
		o.mustVerify()
	}
	o.t.Logf("cases erased/messages left after each kill: %s", strings.Join(gone, " "))
}

func (o *programTest) mustVerify() {
	o.t.Helper()
	if out, code := o.command("verify"); code != 0 {
		o.t.Errorf("verify: %d\n%s", code, out)
	}
}

// TestRetention_fromReceipt: with that setting a case goes as long after it came
// in, though it was closed just now; without it, it stays.
func TestRetention_fromReceipt(t *testing.T) {
	t.Parallel()
	long := testclock.Now().AddDate(0, -23, 0).Format(time.DateOnly)
	for from, want := range map[string]bool{"received": true, "closed": false} {
		t.Run(from, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, "sqlite", "KLACHTBOT_RETENTION_FROM="+from)
			o.start()
			number, root := o.settledOf(form(func(v slacksim.Values) { v["received_date"] = long }))
			o.stop()
			o.announced()
			o.clock(60)
			o.start()
			if want {
				o.awaitEmpty(demoCases)
			}
			answer := o.as(demoStaff).ask("/klacht", number)
			if erased := strings.Contains(answer, "gewist"); erased != want {
				t.Errorf("of %s staff read %q", number, answer)
			}
			if left := len(o.sim.Thread(demoCases, root.TS)); left > 0 == want {
				t.Errorf("%d replies are left", left)
			}
		})
	}
}

// TestErasure_restoredBackup: the files of before the purge are put back.
// At its first sweep the case goes again; that its messages were deleted already
// is no trouble, and what somebody wrote is on the list again.
func TestErasure_restoredBackup(t *testing.T) {
	t.Parallel()
	o := newProgramTest(t, "sqlite")
	o.start()
	number, root := o.settled()
	officer := o.as(demoOfficer)
	reply, err := officer.Post(patience(t), demoCases, root.TS, "Noor belde nog.")
	if err != nil {
		t.Fatal(err)
	}
	o.stop()
	o.announced()
	files := o.registerFiles()
	o.clock(2*365 + 60)
	for range 2 {
		before := len(officer.DMs())
		o.start()
		o.awaitReported("Reacties van anderen: 1;")
		o.awaitMore(officer, before, "Er staat nog 1 ding in Slack")
		if got := officer.ask("/klacht", number); !strings.Contains(got, "gewist") {
			t.Errorf("of %s the officer reads %q", number, got)
		}
		if left := o.sim.Thread(demoCases, root.TS); len(left) != 1 || left[0].TS != reply {
			t.Errorf("%d replies are left", len(left))
		}
		o.stop()
		o.mustVerify()
		o.putBack(files)
	}
	o.start()
	if err := officer.Delete(patience(t), demoCases, reply); err != nil {
		t.Fatal(err)
	}
	o.awaitEmpty(demoCases)
	o.awaitNothingWaits()
	if out, code := o.command("doctor"); code != 0 {
		t.Errorf("doctor: %d\n%s", code, out)
	}
}

// registerFiles reads the files of a register that is closed.
func (o *programTest) registerFiles() map[string][]byte {
	o.t.Helper()
	names, err := filepath.Glob(filepath.Join(o.dir, "register.db*"))
	if err != nil || len(names) == 0 {
		o.t.Fatal(names, err)
	}
	files := map[string][]byte{}
	for _, name := range names {
		if files[name], err = os.ReadFile(filepath.Clean(name)); err != nil {
			o.t.Fatal(err)
		}
	}
	return files
}

// putBack puts files of before in the place of what is there.
func (o *programTest) putBack(files map[string][]byte) {
	o.t.Helper()
	for name := range o.registerFiles() {
		if err := os.Remove(name); err != nil {
			o.t.Fatal(err)
		}
	}
	for name, content := range files {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			o.t.Fatal(err)
		}
	}
}

// awaitMore waits for a direct message that begins so, beyond those that were
// there before.
func (o *programTest) awaitMore(p person, before int, begin string) slacksim.Message {
	o.t.Helper()
	changes, unsubscribe := o.sim.Subscribe()
	defer unsubscribe()
	ctx, cancel := context.WithTimeout(o.t.Context(), 30*time.Second)
	defer cancel()
	for {
		all := p.DMs()
		for _, m := range all[min(before, len(all)):] {
			if strings.HasPrefix(m.Text, begin) {
				return m
			}
		}
		select {
		case <-changes:
		case <-ctx.Done():
			o.t.Fatalf("nobody reads %q\n%s", begin, tail(o.output.String()))
		}
	}
}

// TestRetention_archivedChannel: what Slack refuses to delete stands on the list,
// with what to do about it; out of the archive the button ends it.
func TestRetention_archivedChannel(t *testing.T) {
	t.Parallel()
	o := newProgramTest(t, "sqlite")
	o.start()
	number, _ := o.settled()
	officer := o.as(demoOfficer)
	o.stop()
	o.announced()
	if err := o.sim.Archive(demoCases); err != nil {
		t.Fatal(err)
	}
	o.clock(2*365 + 60)
	before := len(officer.DMs())
	o.start()
	list := o.awaitMore(officer, before, "Er staan nog 5 dingen in Slack")
	if blocks := string(list.Blocks); !strings.Contains(blocks, "gearchiveerd") || strings.Count(blocks, number) != 5 {
		t.Errorf("the list says %s", blocks)
	}
	o.checkNothingLeaked()
	if err := o.sim.Unarchive(demoCases); err != nil {
		t.Fatal(err)
	}
	before = len(officer.DMs())
	if err := officer.Click(patience(t), officer.DM(), list.TS, "remnants_look", ""); err != nil {
		t.Fatal(err)
	}
	o.awaitEmpty(demoCases)
	o.awaitMore(officer, before, "Alles is weg")
	if out, _ := o.command("doctor"); !strings.Contains(out, "staat niets meer in Slack") {
		t.Errorf("doctor says\n%s", out)
	}
}
