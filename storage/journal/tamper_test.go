package journal_test

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
)

// caseTables are the tables that a case consists of, each with which row of the
// case is tampered with.
var caseTables = []struct{ name, row string }{
	{"complaints", "id = $1"},
	{"case_keys", "complaint = $1"},
	{"promises", "complaint = $1 AND ordinal = 0"},
	{"concerns", "complaint = $1"},
	{"contacts", "complaint = $1 AND kind = 'email'"},
	{"records", "complaint = $1 AND line = 2"},
	{"attachments", "complaint = $1 AND ordinal = 1"},
	{"announcements", "complaint = $1"},
	{"links", "complaint = $1"},
	{"journal", "complaint = $1 AND line = 2"},
	{"register_chain", "complaint = $1 AND action = 'created'"},
	{"void_numbers", "1 = 1"},
	{"register_head", "id = 1"},
}

// tamperTest is a register with a case that has a row in every table, and another
// one beside it.
type tamperTest struct {
	*storagetest.Register
	id, other, third workflow.CaseID
}

func newTamperTest(reg *storagetest.Register) *tamperTest {
	reg.Helper()
	reg.File("view:-1")
	reg.File("view:0")
	l := storagetest.SampleWithFiles("a", "b")
	l.Particulars.Concerns = storagetest.Staff
	one := reg.Do("", storagetest.Officer, "view:1", l)
	l.Particulars.Concerns, l.Attachments = storagetest.Director, storagetest.Files("c")
	l.Particulars.Email, l.Particulars.Phone = "iemand@anders.example", "020 555 0100"
	other := reg.Do("", storagetest.Staff, "view:2", l)
	reg.Do(one.ID, storagetest.Officer, "click:1", workflow.Acknowledge{Sent: storagetest.Sent(2, "Ontvangen")})
	reg.Do(other.ID, storagetest.Officer, "click:2", workflow.Acknowledge{Sent: storagetest.Sent(2, "Ontvangen, ook")})
	reg.Do(one.ID, storagetest.Officer, "click:3", workflow.Link{Other: other.ID})
	for _, id := range []workflow.CaseID{one.ID, other.ID} {
		storagetest.MustBe(reg, reg.Records().TakeAttachment(reg.Context(), id, 1, []byte("foto van "+id)), nil)
	}
	moved := reg.File("view:3")
	corrected := storagetest.Sample()
	corrected.Particulars.Concerns = storagetest.Deputy
	reg.Do(moved.ID, storagetest.Officer, "click:4", workflow.Correct{File: corrected, Reason: "Gaat over een collega"})
	if n := reg.Count(`SELECT count(*) FROM void_numbers`); n != 1 {
		reg.Fatalf("%d void numbers", n)
	}
	for i, id := range []workflow.CaseID{one.ID, other.ID} {
		reg.Do(id, storagetest.Officer, fmt.Sprint("resolve:", i), storagetest.Resolved())
		reg.Do(id, storagetest.Officer, fmt.Sprint("confirm:", i), workflow.Confirm{Sent: storagetest.Sent(2, "Klaar")})
	}
	reg.Announced()
	reg.MustVerify()
	return &tamperTest{reg, one.ID, other.ID, moved.ID}
}

// tampered returns what is found after a statement, and undoes it.
func (x *tamperTest) tampered(query string, args ...any) (found []journal.Finding) {
	x.Helper()
	errUndo := errors.New("undo")
	err := x.Core().Change(x.Context(), func(tx engine.Tx) error {
		found = nil
		n, err := tx.Exec(x.Context(), query, args...)
		if err != nil && strings.Contains(strings.ToLower(err.Error()), "unique") && strings.Contains(query, "SET complaint") {
			found = []journal.Finding{{Kind: journal.FindingStray, Case: x.other}} // the engine refuses: the other case has such a row
			return errUndo
		}
		if err != nil || n == 0 {
			return fmt.Errorf("%s touched %d rows: %w", query, n, err)
		}
		err = journal.New(x.Core()).Verify(x.Context(), tx, 2, func(f journal.Finding) { found = append(found, f) })
		return cmp.Or(err, errUndo)
	})
	storagetest.MustBe(x, err, errUndo)
	return found
}

// columns are those of a table with what stands in the row of the case.
func (x *tamperTest) columns(table, row string) (names []string, values []any) {
	x.Helper()
	rows, err := x.Core().Read.Rows(x.Context(), x.of(`SELECT * FROM `+table+` WHERE `+row))
	if err != nil {
		x.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	if names, err = rows.Columns(); err != nil || !rows.Next() {
		x.Fatalf("no row in %s, %v", table, err)
	}
	if values, err = rows.SliceScan(); err != nil {
		x.Fatal(err)
	}
	return names, values
}

// of puts the case into a statement.
func (x *tamperTest) of(query string) string {
	return strings.ReplaceAll(query, "$1", "'"+string(x.id)+"'")
}

// changed is another value for a column.
func (x *tamperTest) changed(column string, was any) any {
	switch column {
	case "complaint":
		return string(x.other)
	case "other":
		return string(x.third)
	case "series":
		return "V"
	case "state":
		return "lost"
	case "numbers":
		return `{"K-2026":1}`
	case "gesture", "content":
		return []byte{1, 2, 3}
	}
	switch v := was.(type) {
	case string:
		return v + "1"
	case []byte:
		return append([]byte{1}, v...)
	case int64:
		return v + 7
	case bool:
		return !v
	case time.Time:
		return v.AddDate(0, 0, -1)
	}
	return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
}

// TestVerify_everyColumn: whatever somebody changes in a row of a case, with SQL
// and without the keys, is found. A column that is not yet bound fails here.
func TestVerify_everyColumn(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		x := newTamperTest(reg)
		keep := map[string]string{
			"complaints.id":    "the engine refuses: other rows refer to it",
			"register_head.id": "the engine refuses: there is one row",
		}
		leftOut := cases.LeftOut()
		for _, table := range caseTables {
			names, values := x.columns(table.name, table.row)
			for i, name := range names {
				column := table.name + "." + name
				if keep[column] != "" {
					continue
				}
				found := x.tampered(`UPDATE `+table.name+` SET `+name+` = $1 WHERE `+x.of(table.row), x.changed(name, values[i]))
				switch {
				case leftOut[column] != "" && len(found) > 0:
					t.Errorf("%s is named as left out, and yet found: %v", column, found)
				case leftOut[column] == "" && len(found) == 0:
					t.Errorf("nobody finds that %s was changed", column)
				case leftOut[column] == "" && !x.named(table.name, found):
					t.Errorf("%s was changed, and what is named is %v", column, found)
				}
			}
		}
	})
}

// named reports whether a finding names a case, or is about the register itself.
func (x *tamperTest) named(table string, found []journal.Finding) bool {
	for _, f := range found {
		if f.Case != "" || strings.HasPrefix(table, "register_") || table == "void_numbers" {
			return strings.Contains(f.String(), " ")
		}
	}
	return false
}

// TestVerify_removedAndExchanged: a row that is gone, stands with another case, or
// was not there before, is found in every table.
func TestVerify_removedAndExchanged(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		x := newTamperTest(reg)
		for _, table := range caseTables {
			if table.name == "complaints" || table.name == "register_head" {
				continue // TestVerify_tampering
			}
			if len(x.tampered(x.of(`DELETE FROM `+table.name+` WHERE `+table.row))) == 0 {
				t.Errorf("nobody finds that a row of %s is gone", table.name)
			}
		}
		for _, statement := range x.exchanges() {
			if len(x.tampered(strings.ReplaceAll(x.of(statement), "$2", "'"+string(x.other)+"'"))) == 0 {
				t.Errorf("nobody finds what was done by %s", statement)
			}
		}
		x.MustVerify()
	})
}

// exchanges put what another case has ($2) in the place of what the case has, or
// add a row.
func (x *tamperTest) exchanges() (all []string) {
	for table, columns := range map[string][]string{
		"complaints": {"sealed", "guard"}, "case_keys": {"wrapped"}, "concerns": {"person"}, "contacts": {"hash"},
		"records": {"sealed"}, "attachments": {"content", "name", "digest"}, "journal": {"held", "brought", "actor", "person"},
	} {
		key := "complaint"
		if table == "complaints" {
			key = "id"
		}
		for _, column := range columns {
			all = append(all, fmt.Sprintf(`UPDATE %[1]s SET %[2]s = (SELECT o.%[2]s FROM %[1]s o WHERE o.%[3]s = $2 AND o.%[2]s IS NOT NULL ORDER BY o.%[2]s DESC LIMIT 1) WHERE %[3]s = $1`, table, column, key))
		}
	}
	return append(all,
		`INSERT INTO promises (complaint, ordinal, kind, made, due, lapsed, snoozed, marks, kept_on, entered, kept_by, kept_at, way, later)
			SELECT complaint, 7, kind, made, due, lapsed, snoozed, marks, kept_on, entered, kept_by, kept_at, way, later
			FROM promises WHERE complaint = $1 AND ordinal = 0`,
		`INSERT INTO concerns (complaint, person) SELECT $1, person FROM concerns WHERE complaint = $2`,
		`INSERT INTO contacts (complaint, kind, hash) SELECT $1, 'fax', hash FROM contacts WHERE complaint = $2 AND kind = 'email'`,
		`INSERT INTO records (complaint, line, ordinal, kind, at, author, date, way, sealed)
			SELECT complaint, line, 7, kind, at, author, date, way, sealed FROM records WHERE complaint = $1 AND line = 2 AND ordinal = 0`,
		`INSERT INTO records (complaint, line, ordinal, kind, at, author, date, way, sealed)
			SELECT complaint, 70, 0, kind, at, author, date, way, sealed FROM records WHERE complaint = $1 AND line = 2 AND ordinal = 0`,
		`INSERT INTO attachments (complaint, ordinal, line, file, uploader, at, name, state, fault, size, digest)
			SELECT complaint, 7, line, file, uploader, at, name, state, fault, size, digest FROM attachments WHERE complaint = $1 AND ordinal = 2`,
		`INSERT INTO journal (complaint, line, version, action, at, actor, person, held, brought, seal)
			SELECT complaint, 70, version, action, at, actor, person, held, brought, seal FROM journal WHERE complaint = $1 AND line = 2`,
		`INSERT INTO announcements (complaint, told_on, days, until, sought) SELECT c.id, '2026-01-02', 1, '2028-03-02', 0
			FROM complaints c WHERE c.id <> $1 AND c.id <> $2 AND c.state <> 'closed'`,
		`INSERT INTO links (complaint, other) SELECT c.id, $1 FROM complaints c WHERE c.id <> $1 AND c.id <> $2`,
		`INSERT INTO register_chain (line, action, at, complaint, number, actor, person, seal)
			SELECT 700, action, at, complaint, number, actor, person, seal FROM register_chain WHERE line = 1`,
		`INSERT INTO void_numbers (number, series, year, ordinal, complaint) VALUES ('K-2026-0700', 'K', 2026, 700, $1)`,
	)
}

// TestVerify_endsWhateverIsThere: a number that is far too high is found, and does not
// keep verification from its end.
func TestVerify_endsWhateverIsThere(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		x := newTamperTest(reg)
		for _, statement := range []string{
			`UPDATE journal SET line = 1099511627776 WHERE complaint = $1 AND line = 2`,
			`INSERT INTO journal (complaint, line, version, action, at, actor, person, held, brought, seal)
				SELECT complaint, 1099511627776, version, action, at, actor, person, held, brought, seal FROM journal WHERE complaint = $1 AND line = 2`,
			`UPDATE register_head SET numbers = '{"K-2026":1099511627776}' WHERE $1 = $1`,
			`UPDATE register_head SET lines = 1099511627776 WHERE $1 = $1`,
		} {
			if found := x.tampered(x.of(statement)); len(found) == 0 || len(found) > 500 {
				t.Errorf("%d findings of %s", len(found), statement)
			}
		}
	})
}

// TestVerify_notBoundAnew: what somebody changed stays found after people went on
// with the case.
func TestVerify_notBoundAnew(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		x := newTamperTest(reg)
		x.Exec(`UPDATE complaints SET offering_name = 'Iets anders' WHERE id = $1`, string(x.id))
		x.Exec(`UPDATE promises SET kept_by = 'U0DIRK' WHERE complaint = $1 AND ordinal = 0`, string(x.id))
		for i := range 3 {
			x.Do(x.id, storagetest.Officer, fmt.Sprint("again:", i), workflow.Note{Text: "En verder"})
		}
		tables := map[string]bool{}
		for _, f := range x.Findings() {
			if f.Case == x.id && f.Kind == journal.FindingHeld {
				tables[f.Table] = true
			}
		}
		storagetest.Equal(t, "tables", tables, map[string]bool{"complaints": true, "promises": true})
	})
}
