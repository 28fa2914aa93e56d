package storagetest

import (
	"fmt"
	"os"
	"strconv"
	"testing"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
)

// fillStep is how many cases are written in one statement, so that a million
// fit in memory.
const fillStep = 50_000

// bulk copies the case $1 to cases $2 to $3 of an earlier year. One in five is
// open, and none is due for the sweep; of the open ones a quarter waits, half
// is overdue, and half is due today. The others were closed over 300 days.
const bulk = `INSERT INTO complaints (id, number, series, year, ordinal, version, state,
		received, incident, received_via, complainant_kind, offering_kind, offering_name, category, preferred,
		language, sealed, logged_by, logged_at, owner, late_logged, out_of_time, verdict, cause, lesson, decided_on,
		closed_at, waiting_since, waited_days, last_action, last_by, last_at, next_at, lines, tail, head, due, offering_key)
	WITH RECURSIVE numbers (n) AS (SELECT $2 + 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < $3 + 0)
	SELECT 'bulk' || n, 'K-2025-' || n, series, 2025, n, version,
		CASE WHEN n % 5 > 0 THEN 'closed' WHEN n % 20 = 0 THEN 'waiting' ELSE state END,
		received, incident, received_via, complainant_kind, offering_kind, offering_name, category, preferred,
		language, sealed, 'U0BULK', logged_at, owner, late_logged, out_of_time, verdict, cause, lesson, decided_on,
		CASE WHEN n % 5 > 0 THEN d.at END, waiting_since, waited_days, last_action, last_by, last_at,
		CASE WHEN n % 5 = 0 THEN next_at END, lines, tail, head,
		CASE WHEN n % 5 > 0 THEN '' WHEN n % 2 = 0 THEN '2026-02-20' ELSE '2026-03-02' END, offering_key
	FROM complaints, numbers JOIN bulk_days d ON d.day = n % 300 WHERE id = $1`

// Fill puts n cases into the register, each with promises, a key, and an
// address of its own.
func (reg *Register) Fill(n int) {
	reg.Helper()
	model := reg.File("model")
	reg.Copy(model.ID, n)
	reg.Exec(`INSERT INTO case_keys (complaint, wrapped)
		SELECT c.id, k.wrapped FROM complaints c, case_keys k WHERE k.complaint = $1 AND c.id <> $1`, model.ID)
	reg.Exec(`INSERT INTO contacts (complaint, kind, hash) SELECT c.id, 'email', thousands.b || ones.b
		FROM complaints c
		JOIN bulk_bytes thousands ON thousands.n = c.ordinal / 1000
		JOIN bulk_bytes ones ON ones.n = c.ordinal % 1000
		WHERE c.id <> $1`, model.ID)
	reg.File("related") // of the model's complainant
	reg.Exec(`ANALYZE`)
}

// Copy copies a case n times, as bulk says, to cases bulk1, bulk2 and so on.
func (reg *Register) Copy(id workflow.CaseID, n int) {
	reg.Helper()
	reg.addHelpers()
	for from := 1; from <= n; from += fillStep {
		reg.Exec(bulk, id, from, min(n, from+fillStep-1))
	}
	reg.Exec(`INSERT INTO promises (complaint, ordinal, kind, made, due, kept_on, entered, kept_by, kept_at, way, later)
		SELECT c.id, p.ordinal, p.kind, p.made, p.due, p.kept_on, p.entered, p.kept_by, p.kept_at, p.way, p.later
		FROM complaints c, promises p WHERE p.complaint = $1 AND c.id LIKE 'bulk%'`, id)
	reg.guard(n)
}

var insertGuards = engine.NewInsert("bulk_guards (id, guard)", 2, "")

// guard writes down that the copies concern nobody, which takes a key.
func (reg *Register) guard(n int) {
	reg.Helper()
	reg.Exec(`CREATE TABLE bulk_guards (id TEXT PRIMARY KEY, guard BYTEA NOT NULL)`)
	rows := make([][]any, n)
	for i := range rows {
		id := "bulk" + strconv.Itoa(i+1)
		rows[i] = []any{id, cases.NewGuard(reg.Core().Keys, workflow.CaseID(id), nil).Digest}
	}
	err := reg.Core().Change(reg.Context(), func(tx engine.Tx) error {
		_, err := insertGuards.Write(reg.Context(), tx, nil, rows)
		return err
	})
	if err != nil {
		reg.Fatal(err)
	}
	reg.Exec(`UPDATE complaints SET guard = (SELECT g.guard FROM bulk_guards g WHERE g.id = complaints.id)
		WHERE id IN (SELECT id FROM bulk_guards)`)
	reg.Exec(`DROP TABLE bulk_guards`)
}

// MakeOverdue makes the tenth part of the cases that Copy made overdue since
// February: the director was told of it on 9 March, and the officer's reminders of
// today are parked. Nothing is due for the clock. It returns how many these are.
func (reg *Register) MakeOverdue() (n int) {
	reg.Helper()
	reg.Exec(`UPDATE complaints SET next_at = NULL`)
	reg.Exec(`UPDATE complaints SET due = '' WHERE due <> '' AND due <> '2026-02-20'`)
	reg.Exec(`UPDATE promises SET due = '2026-02-20', marks = $1 WHERE kind = 'acknowledgement'
		AND complaint IN (SELECT id FROM complaints WHERE due = '2026-02-20')`, string(Director)+` 0 2026-03-09`)
	reg.ParkReminders(`SELECT id, ordinal FROM complaints WHERE due = '2026-02-20'`)
	reg.Exec(`ANALYZE`)
	return reg.Count(`SELECT count(*) FROM complaints WHERE due = '2026-02-20'`)
}

// ParkReminders parks a reminder of the acknowledgement to the officer for each of
// the cases that a query names, by id and ordinal.
func (reg *Register) ParkReminders(cases string) {
	reg.Helper()
	reg.Exec(`INSERT INTO outbox (id, lane, complaint, version, ordinal, surface, person, slot, payload, wanted,
			threaded, edit, queued_at, due_at, attempts, first_try, fault)
		SELECT c.ordinal, 'cases', c.id, 0, 0, 'nudge', $1, 'acknowledgement', $2, 2, FALSE, FALSE, 1, `+strconv.Itoa(ParkedAt)+`, 0, 0, ''
		FROM (`+cases+`) c`, string(Officer), `{"to":"`+string(Officer)+`","watch":"acknowledgement"}`)
}

// addHelpers adds tables to make days and bytes of, which the two engines
// compute in ways of their own.
func (reg *Register) addHelpers() {
	reg.Helper()
	reg.Exec(`CREATE TABLE bulk_days (day BIGINT PRIMARY KEY, at TIMESTAMP NOT NULL)`)
	for day := range 300 {
		reg.Exec(`INSERT INTO bulk_days (day, at) VALUES ($1, $2)`, day, Monday.AddDate(0, 0, -day))
	}
	reg.Exec(`CREATE TABLE bulk_bytes (n BIGINT PRIMARY KEY, b BYTEA NOT NULL)`)
	for n := range 1001 {
		reg.Exec(`INSERT INTO bulk_bytes (n, b) VALUES ($1, $2)`, n, []byte(fmt.Sprintf("%04d", n)))
	}
}

// BenchCases is how large a register a benchmark measures: as large as
// KLACHTBOT_BENCH_CASES says, or as it does without.
func BenchCases(b *testing.B, without int) int {
	b.Helper()
	set := os.Getenv("KLACHTBOT_BENCH_CASES")
	if set == "" {
		return without
	}
	n, err := strconv.Atoi(set)
	if err != nil || n < 1 {
		b.Fatalf("KLACHTBOT_BENCH_CASES is %q", set)
	}
	return n
}
