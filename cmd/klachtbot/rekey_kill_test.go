package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/lists"
)

// oldKeys is how many cases have to be made ready for search: several steps.
const oldKeys = 600

// oldOffering had its letters in small for a key by the rule before.
const oldOffering = "Smørrebrød: e-mail"

// rekeyTest is a programTest of which the test looks into the register too.
type rekeyTest struct {
	*programTest
	register *sql.DB
}

// TestRekey_throughKills kills the program again and again while it makes anew
// what the cases of an old register are searched by. Afterwards each case is
// found by its own address and number, spelled in another way than was typed, and
// no case, hash or line of the journal is lost or there twice.
func TestRekey_throughKills(t *testing.T) {
	if testing.Short() {
		t.Skip("kills the program many times")
	}
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := &rekeyTest{programTest: newProgramTest(t, engine)}
			o.fileOldKeys()
			o.register = o.raw()
			o.ageKeys()
			lines := o.countRows("journal")
			t.Logf("%d kills on the way", o.killRekeying())
			o.start()
			o.awaitRekeyed()
			for table, want := range map[string]int{"complaints": oldKeys, "case_keys": oldKeys, "contacts": 2 * oldKeys, "journal": lines} {
				if got := o.countRows(table); got != want {
					t.Errorf("%d rows in %s, want %d", got, table, want)
				}
			}
			if n := o.countRows("complaints WHERE offering_key = $1", cases.OfferingKey(oldOffering)); n != oldKeys {
				t.Errorf("%d offerings have a key of today, want %d", n, oldKeys)
			}
			officer := o.as(demoOfficer)
			for _, i := range []int{0, oldKeys / 2, oldKeys - 1} {
				if found := officer.asked("zoek "+typedPhone(i), "search"); !strings.Contains(found, numberOf(i)) {
					t.Errorf("the officer does not find the case with %s", numberOf(i))
				}
			}
			o.stop()
			o.mustVerify()
			o.checkAllFound()
		})
	}
}

// fileOldKeys files complaints whose means of contact have another key by the
// rule before.
func (o *rekeyTest) fileOldKeys() {
	o.t.Helper()
	o.prepare(func(db *storage.DB, today calendar.Date) {
		for i := range oldKeys {
			log := filed(oldOffering, today)
			log.Particulars.Name = "Søren Kok"
			log.Particulars.Email = workflow.Confidential(fmt.Sprintf("Klager%d@bücher.example", i))
			log.Particulars.Phone = workflow.Confidential(fmt.Sprintf("6 8765%04d", i))
			if _, err := db.Apply(o.t.Context(), workflow.Command{Action: log, By: demoOfficer}); err != nil {
				o.t.Fatal(err)
			}
		}
	})
}

// numberOf is the end of a case's number.
func numberOf(i int) string { return fmt.Sprintf("-%04d", i+1) }

func typedEmail(i int) string { return fmt.Sprintf("klager%d@xn--bcher-kva.example", i) }
func typedPhone(i int) string { return fmt.Sprintf("+31 (0)6 8765 %04d", i) }

// ageKeys brings the keys back to the rule before, which knew no A-labels, no
// number without its zero, and no letters without their strokes.
func (o *rekeyTest) ageKeys() {
	o.t.Helper()
	keys, err := vault.OpenKeyFile(o.setting("KLACHTBOT_KEY_FILE"))
	if err != nil {
		o.t.Fatal(err)
	}
	var wrapped []byte
	if err := o.register.QueryRowContext(o.t.Context(), core.ReadMeta, core.MetaSearch).Scan(&wrapped); err != nil {
		o.t.Fatal(err)
	}
	search, err := keys.UnwrapSearchKey(wrapped)
	if err != nil {
		o.t.Fatal(err)
	}
	tx, err := o.register.BeginTx(o.t.Context(), nil)
	if err != nil {
		o.t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	o.exec(tx, `DELETE FROM meta WHERE name = 'contact_rule'`)
	o.exec(tx, `UPDATE complaints SET offering_key = $1`, []byte(strings.ToLower(oldOffering)))
	for i := range oldKeys {
		for kind, value := range map[string]string{
			cases.HashEmail: fmt.Sprintf("klager%d@bücher.example", i), cases.HashPhone: fmt.Sprintf("68765%04d", i),
		} {
			o.exec(tx, `UPDATE contacts SET hash = $1 WHERE kind = $2 AND complaint =
				(SELECT id FROM complaints WHERE series = 'K' AND ordinal = $3)`, search.Hash(kind, value), kind, i+1)
		}
	}
	if err := tx.Commit(); err != nil {
		o.t.Fatal(err)
	}
}

func (o *rekeyTest) exec(tx *sql.Tx, query string, args ...any) {
	o.t.Helper()
	if _, err := tx.ExecContext(o.t.Context(), query, args...); err != nil {
		o.t.Fatal(err)
	}
}

// killRekeying kills the program just after a step that shows in the register,
// until that was often enough before the last one. On a machine that takes all
// steps before the kill, the keys are aged again.
func (o *rekeyTest) killRekeying() (onTheWay int) {
	o.t.Helper()
	const enough, most = 4, 20
	for range most {
		before := o.mark()
		o.launch()
		o.awaitStep(before)
		pause := time.NewTimer(rand.N(10 * time.Millisecond))
		<-pause.C
		o.kill()
		o.mustVerify()
		if o.mark() == cases.Rule() {
			o.ageKeys()
			continue
		}
		if onTheWay++; onTheWay == enough {
			return onTheWay
		}
	}
	o.t.Fatalf("%d of %d kills came before the last step", onTheWay, most)
	return onTheWay
}

// awaitStep waits until cases were looked at since the register's mark was that.
func (o *rekeyTest) awaitStep(before string) {
	o.t.Helper()
	look := time.NewTicker(time.Millisecond)
	defer look.Stop()
	for ctx := patience(o.t); ; {
		if mark := o.mark(); mark != before && mark != cases.Rule()+" " {
			return
		}
		select {
		case <-look.C:
		case <-ctx.Done():
			o.t.Fatalf("no step after %q\n%s", before, tail(o.output.String()))
		}
	}
}

// mark is how far the register is, "" before the first step. A program that
// starts may have the file for itself for a moment.
func (o *rekeyTest) mark() (mark string) {
	o.t.Helper()
	ctx, cancel := context.WithTimeout(o.t.Context(), 10*time.Second)
	defer cancel()
	look := time.NewTicker(time.Millisecond)
	defer look.Stop()
	for {
		err := o.register.QueryRowContext(ctx, core.ReadMeta, "contact_rule").Scan(&mark)
		if err == nil || errors.Is(err, sql.ErrNoRows) {
			return mark
		}
		select {
		case <-look.C:
		case <-ctx.Done():
			o.t.Fatal(err)
		}
	}
}

func (o *rekeyTest) awaitRekeyed() {
	o.t.Helper()
	for mark := o.mark(); mark != cases.Rule(); mark = o.mark() {
		o.awaitStep(mark)
	}
}

func (o *rekeyTest) countRows(from string, args ...any) (n int) {
	o.t.Helper()
	if err := o.register.QueryRowContext(o.t.Context(), `SELECT count(*) FROM `+from, args...).Scan(&n); err != nil {
		o.t.Fatal(err)
	}
	return n
}

// checkAllFound searches for every case, by address and by number.
func (o *rekeyTest) checkAllFound() {
	o.t.Helper()
	keys, err := vault.OpenKeyFile(o.setting("KLACHTBOT_KEY_FILE"))
	if err != nil {
		o.t.Fatal(err)
	}
	o.withRegister(keys, func(db *storage.DB, _ calendar.Date) {
		for i := range oldKeys {
			for _, typed := range []string{typedEmail(i), typedPhone(i)} {
				found, err := db.Search().List(o.t.Context(), lists.Query{
					Viewer: demoOfficer, Limit: 2, Search: lists.Search{Kind: lists.SearchContact, Text: workflow.Confidential(typed)},
				})
				if err != nil || len(found.Cases) != 1 || !strings.HasSuffix(found.Cases[0].Number, numberOf(i)) {
					o.t.Errorf("the case with %s is found %d times, %v", numberOf(i), len(found.Cases), err)
				}
			}
		}
	})
}
