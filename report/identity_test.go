package report

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// complained are cases with who complained.
func complained() []workflow.Complaint {
	all := cases()[:3]
	for i := range all {
		all[i].Number = []string{"K-2026-0001", "K-2026-0002", "V-2026-0001"}[i]
		all[i].Owner, all[i].LoggedBy = "U0FATIMA", "U0SAM"
	}
	all[0].Facts.Preferred = workflow.ContactLetter
	all[0].Particulars = workflow.Particulars{
		Name: `=HYPERLINK("http://example.org";"Jozefien")`, Email: "jozefien@example.org", Phone: "+31 6 12345678",
		Address: "Dorpsstraat 1\n1234 AB Ons Dorp", Story: "De zaag was bot", Wish: "Een andere zaag", Concerns: "U0DIRK",
	}
	return all
}

const passphrase workflow.Confidential = "AAA-CCC-DDD-EEE-FFF-HHH"

// TestRegister_withIdentity: who complained and how to reach them, in a workbook
// that opens with its passphrase only; never the story, nor who of the firm.
func TestRegister_withIdentity(t *testing.T) {
	for _, lang := range workflow.Languages() {
		r := Register{Speaker: speaker(t, lang), Calendar: amsterdam(t), Today: november, View: ViewIdentity, Passphrase: passphrase}
		var book bytes.Buffer
		if err := r.XLSX(&book, each(complained())); err != nil {
			t.Fatal(err)
		}
		for _, plain := range []string{"PK\x03\x04", "Jozefien", "sheet1", "K-2026"} {
			if bytes.Contains(book.Bytes(), []byte(plain)) {
				t.Errorf("%q stands in the file as it is", plain)
			}
		}
		for _, wrong := range []string{"", "AAA-CCC-DDD-EEE-FFF-HHJ"} {
			if _, err := excelize.OpenReader(bytes.NewReader(book.Bytes()), excelize.Options{Password: wrong}); err == nil {
				t.Errorf("opens with %q", wrong)
			}
		}
		printed := sheets(t, book.Bytes(), excelize.Options{Password: passphrase.Reveal()})
		golden(t, "register_identity."+lang+".xlsx.txt", printed)
		for _, secret := range []string{"zaag", "U0"} {
			if strings.Contains(printed, secret) {
				t.Errorf("the register tells %s", secret)
			}
		}
		if dir := os.Getenv("KLACHTBOT_PICTURES"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, "register."+lang+".xlsx"), book.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestRegister_unprotected: who complained is never written where it opens
// without a passphrase.
func TestRegister_unprotected(t *testing.T) {
	r := Register{Speaker: speaker(t, "nl"), Calendar: amsterdam(t), Today: november, View: ViewIdentity}
	var out bytes.Buffer
	if err := r.XLSX(&out, each(complained())); !errors.Is(err, ErrUnprotected) || out.Len() > 0 {
		t.Errorf("xlsx without a passphrase: %d bytes, %v", out.Len(), err)
	}
	r.Passphrase = passphrase
	if err := r.CSV(&out, each(complained())); !errors.Is(err, ErrUnprotected) || out.Len() > 0 {
		t.Errorf("csv: %d bytes, %v", out.Len(), err)
	}
}

// TestRegister_forDirectors has of a single case what design section 4 shows
// them: no date but those of promises, no state, nobody.
func TestRegister_forDirectors(t *testing.T) {
	r := Register{Speaker: speaker(t, "nl"), Calendar: amsterdam(t), Today: november, View: ViewOverview}
	all := complained()
	all[1].Facts.Incident = calendar.NewDate(2026, 1, 7)
	var book, table bytes.Buffer
	for _, err := range []error{r.XLSX(&book, each(all)), r.CSV(&table, each(all))} {
		if err != nil {
			t.Fatal(err)
		}
	}
	printed := sheets(t, book.Bytes())
	golden(t, "register_overview.nl.xlsx.txt", printed)
	golden(t, "register_overview.nl.csv", table.String())
	for _, secret := range []string{"Jozefien", "zaag", "U0", "2026-01-07"} {
		if strings.Contains(printed+table.String(), secret) {
			t.Errorf("directors read %s", secret)
		}
	}
	readBack(t, table.String(), len(all))
}

// TestRegister_staysOffTheDisk: longer than what the library holds in memory by
// itself, and yet no file is made, where it would lie unencrypted.
func TestRegister_staysOffTheDisk(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	seen := 0
	long := func(f func(workflow.Complaint) error) error {
		c := complained()[0]
		c.Particulars.Address = workflow.Confidential(strings.Repeat("a", 3000))
		for range 6000 {
			if err := f(c); err != nil {
				return err
			}
		}
		files, err := os.ReadDir(os.TempDir())
		seen = len(files)
		return err
	}
	r := Register{Speaker: speaker(t, "nl"), Calendar: amsterdam(t), Today: november, View: ViewIdentity, Passphrase: passphrase}
	var book bytes.Buffer
	if err := r.XLSX(&book, long); err != nil || seen != 0 {
		t.Fatalf("%d files on the disk, %v", seen, err)
	}
	if _, err := excelize.Decrypt(book.Bytes(), &excelize.Options{Password: passphrase.Reveal()}); err != nil {
		t.Error(err)
	}
	r.View, r.Passphrase = ViewPlain, "" // the shell, which may have a million cases, does use the disk
	wide := func(f func(workflow.Complaint) error) error {
		return long(func(c workflow.Complaint) error {
			c.Decision.Lesson = strings.Repeat("a", 3000)
			return f(c)
		})
	}
	if err := r.XLSX(&book, wide); err != nil || seen == 0 {
		t.Errorf("%d files on the disk of a long register without identity, %v", seen, err)
	}
}
