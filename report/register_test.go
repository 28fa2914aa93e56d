package report

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/artra/klachtbot/workflow"
)

// each hands out these cases.
func each(cases []workflow.Complaint) Each {
	return func(f func(workflow.Complaint) error) error {
		for _, c := range cases {
			if err := f(c); err != nil {
				return err
			}
		}
		return nil
	}
}

// TestRegister_golden: the register in either format and language, with a name
// of an offering that would be a formula, and with nothing of who complained.
func TestRegister_golden(t *testing.T) {
	all := cases()[:4]
	all[0].Number, all[0].Facts.OfferingName = "K-2026-0001", `=HYPERLINK("http://example.org";"x")`
	all[0].Particulars = workflow.Particulars{Name: "Jozefien", Story: "De zaag", Concerns: "U0DIRK"}
	all[0].Owner, all[0].LoggedBy = "U0FATIMA", "U0SAM"
	all[1].Decision.Lesson = "-2 dagen; \"regel\"\nniet wachten"
	for _, lang := range workflow.Languages() {
		r := Register{Speaker: speaker(t, lang), Calendar: amsterdam(t), Today: november}
		var book, table bytes.Buffer
		if err := r.XLSX(&book, each(all)); err != nil {
			t.Fatal(err)
		}
		if err := r.CSV(&table, each(all)); err != nil {
			t.Fatal(err)
		}
		printed := sheets(t, book.Bytes())
		golden(t, "register."+lang+".xlsx.txt", printed)
		golden(t, "register."+lang+".csv", table.String())
		for _, secret := range []string{"Jozefien", "zaag", "U0"} {
			if strings.Contains(printed+table.String(), secret) {
				t.Errorf("the register tells %s", secret)
			}
		}
		readBack(t, table.String(), len(all))
	}
}

// readBack reads the CSV as a spreadsheet does: every row as long as the first,
// no cell a formula.
func readBack(t *testing.T, text string, cases int) {
	t.Helper()
	rest, ok := strings.CutPrefix(text, "\ufeff")
	if !ok {
		t.Error("there is no byte order mark")
	}
	in := csv.NewReader(strings.NewReader(rest))
	in.Comma = ';'
	rows, err := in.ReadAll()
	if err != nil || len(rows) != cases+1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r\n") {
				t.Errorf("%q is a formula", cell)
			}
		}
	}
}
