package journal_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/storagetest"
)

// keysOf are the columns by which rows of a case's tables are told apart.
var keysOf = map[string]string{
	"complaints": "id", "case_keys": "complaint", "promises": "complaint, ordinal", "concerns": "complaint, person",
	"contacts": "complaint, kind", "records": "complaint, line, ordinal", "attachments": "complaint, ordinal",
	"announcements": "complaint", "links": "complaint, other", "journal": "complaint, line",
	"register_chain": "line", "void_numbers": "number", "register_head": "id",
}

// FuzzTampering changes, removes, exchanges or adds rows of the tables that cases
// consist of, whichever and whatever comes of a seed. Whatever says something else
// afterwards than before is found by verification, but for the columns that are named as
// left out.
func FuzzTampering(f *testing.F) {
	reg := storagetest.New(f, "sqlite:"+f.TempDir()+"/register.db")
	x := newTamperTest(reg)
	for seed := range uint64(60) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		y := &tamperRun{tamperTest: x, T: t, luck: rand.New(rand.NewPCG(seed, 33))}
		y.run()
	})
}

// tamperRun is what comes of one seed.
type tamperRun struct {
	*tamperTest
	*testing.T
	luck *rand.Rand
	did  []string
}

func (y *tamperRun) run() {
	errUndo := errors.New("undo")
	err := y.Core().Change(y.Context(), func(tx engine.Tx) error {
		y.did = nil
		before := y.dump(tx)
		for range 1 + y.luck.IntN(3) {
			if err := y.tamper(tx); err != nil {
				return errors.Join(errUndo, err) // the engine refuses it
			}
		}
		var found []journal.Finding
		if err := journal.New(y.Core()).Verify(y.Context(), tx, 2, func(f journal.Finding) { found = append(found, f) }); err != nil {
			return errors.Join(errUndo, err) // which a person sees too
		}
		if after := y.dump(tx); len(found) == 0 && !bytes.Equal(before, after) {
			y.Errorf("nobody finds what was done by %q", y.did)
		}
		return errUndo
	})
	if !errors.Is(err, errUndo) {
		y.Fatal(err)
	}
}

// columnsOf are those of a table, and its rows.
func (y *tamperRun) columnsOf(tx engine.Tx, table string) (names []string, rows [][]any) {
	y.Helper()
	var columns []struct {
		Name string `db:"name"`
	}
	if err := tx.All(y.Context(), &columns, `SELECT name FROM pragma_table_info($1)`, table); err != nil {
		y.Fatal(err)
	}
	for _, c := range columns {
		names = append(names, c.Name)
	}
	rows, err := tx.Raw(y.Context(), `SELECT `+strings.Join(names, ", ")+` FROM `+table+` ORDER BY `+keysOf[table])
	if err != nil {
		y.Fatal(err)
	}
	return names, rows
}

// dump is all that the tables say, but for what is left out.
func (y *tamperRun) dump(tx engine.Tx) []byte {
	y.Helper()
	leftOut := cases.LeftOut()
	var b bytes.Buffer
	for _, table := range caseTables {
		names, rows := y.columnsOf(tx, table.name)
		for _, row := range rows {
			for i, v := range row {
				if leftOut[table.name+"."+names[i]] == "" {
					fmt.Fprintf(&b, "%s.%s=%x ", table.name, names[i], cases.Plain(v))
				}
			}
			b.WriteByte('\n')
		}
	}
	return b.Bytes()
}

// tamper does one thing to one row.
func (y *tamperRun) tamper(tx engine.Tx) error {
	table := caseTables[y.luck.IntN(len(caseTables))].name
	names, rows := y.columnsOf(tx, table)
	if len(rows) == 0 {
		return nil
	}
	row, other, column := rows[y.luck.IntN(len(rows))], rows[y.luck.IntN(len(rows))], y.luck.IntN(len(names))
	switch y.luck.IntN(6) {
	case 0:
		return y.exec(tx, `DELETE FROM `+table+` WHERE `, names, row)
	case 1: // a copy with another value somewhere
		values := slices.Clone(row)
		for range 1 + y.luck.IntN(3) {
			i := y.luck.IntN(len(names))
			values[i] = y.another(values[i])
		}
		return y.insert(tx, table, names, values)
	case 2: // what two rows say, exchanged
		if err := y.set(tx, table, names, row, column, other[column]); err != nil {
			return err
		}
		return y.set(tx, table, names, other, column, row[column])
	case 3: // what another row says
		return y.set(tx, table, names, row, column, other[column])
	}
	return y.set(tx, table, names, row, column, y.another(row[column]))
}

// set gives a row another value.
func (y *tamperRun) set(tx engine.Tx, table string, names []string, row []any, column int, value any) error {
	return y.exec(tx, `UPDATE `+table+` SET `+names[column]+` = $1 WHERE `, names, row, value)
}

// exec runs a statement on the row that has these values.
func (y *tamperRun) exec(tx engine.Tx, statement string, names []string, row []any, args ...any) error {
	var where []string
	for i, v := range row {
		if v == nil {
			where = append(where, names[i]+" IS NULL")
			continue
		}
		args = append(args, v)
		where = append(where, fmt.Sprintf("%s = $%d", names[i], len(args)))
	}
	statement += strings.Join(where, " AND ")
	y.did = append(y.did, statement[:min(len(statement), 90)])
	_, err := tx.Exec(y.Context(), statement, args...)
	return err
}

func (y *tamperRun) insert(tx engine.Tx, table string, names []string, values []any) error {
	places := make([]string, len(names))
	for i := range places {
		places[i] = fmt.Sprintf("$%d", i+1)
	}
	statement := `INSERT INTO ` + table + ` (` + strings.Join(names, ", ") + `) VALUES (` + strings.Join(places, ", ") + `)`
	y.did = append(y.did, statement)
	_, err := tx.Exec(y.Context(), statement, values...)
	return err
}

// another is a value somewhat like one.
func (y *tamperRun) another(v any) any {
	switch v := v.(type) {
	case string:
		return y.anotherText(v)
	case []byte:
		return []byte(y.anotherText(string(v)))
	case int64:
		return []any{v + 1, v - 1, -v, int64(0), v + 1<<40, nil}[y.luck.IntN(6)]
	case bool:
		return !v
	case time.Time:
		return []any{v.Add(time.Second), v.Add(-24 * time.Hour), v.AddDate(2, 0, 0), nil}[y.luck.IntN(4)]
	}
	return []any{"", "x", int64(1), time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), []byte{0}}[y.luck.IntN(5)]
}

func (y *tamperRun) anotherText(s string) string {
	b := []byte(s)
	at := y.luck.IntN(len(b) + 1)
	switch y.luck.IntN(5) {
	case 0:
		return ""
	case 1:
		return s + "1"
	case 2:
		return s[:at]
	case 3:
		return s[:at] + " " + s[at:]
	}
	if len(b) == 0 {
		return "x"
	}
	b[at%len(b)] ^= 1 << y.luck.IntN(7)
	return string(b)
}
