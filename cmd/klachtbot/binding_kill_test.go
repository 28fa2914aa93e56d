package main

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// unboundCases is how many cases of before have to be bound: several sweeps.
const unboundCases = 400

// TestBinding_throughKills kills the program again and again while it binds the
// cases of a register from before. Afterwards each is bound once, the journal is
// whole, and what somebody then changes is found.
func TestBinding_throughKills(t *testing.T) {
	if testing.Short() {
		t.Skip("kills the program many times")
	}
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := &rekeyTest{programTest: newProgramTest(t, engine)}
			o.prepare(func(db *storage.DB, today calendar.Date) {
				for range unboundCases {
					if _, err := db.Apply(t.Context(), workflow.Command{Action: filed("Timmeren", today), By: demoOfficer}); err != nil {
						t.Fatal(err)
					}
				}
			})
			o.register = o.raw()
			o.unbind()
			o.mustVerify()
			const migrated = `journal WHERE action = 'migrated'`
			kills := 0
			for bound := 0; bound < unboundCases && kills < 4; kills++ {
				o.launch()
				bound = o.awaitMore(migrated, bound)
				o.kill()
				o.mustVerify()
			}
			t.Logf("%d kills on the way, %d cases bound", kills, o.countRows(migrated))
			o.start()
			for n := o.countRows(migrated); n < unboundCases; {
				n = o.awaitMore(migrated, n)
			}
			o.stop()
			o.mustVerify()
			if n := o.countRows(migrated); n != unboundCases || o.countRows("complaints WHERE lines <> 2 OR length(guard) = 0") != 0 {
				t.Errorf("%d lines, want %d, one a case", n, unboundCases)
			}
			if _, err := o.register.ExecContext(t.Context(), `UPDATE complaints SET category = 'x' WHERE ordinal = 200`); err != nil {
				t.Fatal(err)
			}
			if out, code := o.command("verify"); code != 1 || !strings.Contains(out, "in complaints are not as its journal binds them") ||
				!strings.Contains(out, "400 cases of an older version were bound as they were found") {
				t.Errorf("verify ends with %d when a case was changed\n%s", code, out)
			}
		})
	}
}

// unbind brings the cases back to what a program before this one wrote: journals of
// one line that binds nothing.
func (o *rekeyTest) unbind() {
	o.t.Helper()
	keys, err := vault.OpenKeyFile(o.setting("KLACHTBOT_KEY_FILE"))
	if err != nil {
		o.t.Fatal(err)
	}
	rows, err := o.register.QueryContext(o.t.Context(), `SELECT complaint, version, action, at, gesture, actor, person FROM journal WHERE line = 1`)
	if err != nil {
		o.t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	seals := map[string][]byte{}
	for rows.Next() {
		var id, action string
		var version int
		var at time.Time
		var gesture, actor, person []byte
		if err := rows.Scan(&id, &version, &action, &at, &gesture, &actor, &person); err != nil {
			o.t.Fatal(err)
		}
		seals[id] = keys.JournalMAC([]byte("line"), []byte(id), []byte("1"), []byte(strconv.Itoa(version)), []byte(action),
			[]byte(at.UTC().Format(time.RFC3339)), gesture, actor, person, nil)
	}
	if err := rows.Err(); err != nil {
		o.t.Fatal(err)
	}
	tx, err := o.register.BeginTx(o.t.Context(), nil)
	if err != nil {
		o.t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	for id, seal := range seals {
		head := keys.JournalMAC([]byte("head"), []byte(id), []byte("1"), seal)
		o.exec(tx, `UPDATE journal SET held = $2, brought = $2, seal = $3 WHERE complaint = $1`, id, []byte{}, seal)
		o.exec(tx, `UPDATE complaints SET tail = $2, head = $3, guard = $4 WHERE id = $1`, id, seal, head, []byte{})
	}
	if err := tx.Commit(); err != nil {
		o.t.Fatal(err)
	}
}

// awaitMore waits until there are more of those rows than before, and a moment
// more.
func (o *rekeyTest) awaitMore(from string, before int) (now int) {
	o.t.Helper()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for ctx := patience(o.t); ; {
		err := o.register.QueryRowContext(o.t.Context(), `SELECT count(*) FROM `+from).Scan(&now)
		if err == nil && now > before {
			break
		}
		select {
		case <-look.C:
		case <-ctx.Done():
			o.t.Fatalf("no more than %d rows, %v\n%s", before, err, tail(o.output.String()))
		}
	}
	pause := time.NewTimer(rand.N(10 * time.Millisecond))
	<-pause.C
	return now
}
