package cleanup_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
)

// fileBytes are all bytes that SQLite keeps.
func fileBytes(reg *storagetest.Register) []byte {
	reg.Helper()
	files, err := filepath.Glob(strings.TrimPrefix(reg.Options.URL, "sqlite:") + "*")
	if err != nil || len(files) < 3 {
		reg.Fatalf("files %v, %v", files, err)
	}
	var content []byte
	for _, file := range files {
		text, err := os.ReadFile(filepath.Clean(file))
		if err != nil {
			reg.Fatal(err)
		}
		content = append(content, text...)
	}
	return content
}

// sealedBytes are what is sealed of a case, and its key.
func sealedBytes(reg *storagetest.Register, id workflow.CaseID) (all [][]byte) {
	reg.Helper()
	for _, query := range []string{
		`SELECT sealed FROM complaints WHERE id = $1`, `SELECT sealed FROM records WHERE complaint = $1`,
		`SELECT wrapped FROM case_keys WHERE complaint = $1`, `SELECT content FROM attachments WHERE complaint = $1`,
		`SELECT name FROM attachments WHERE complaint = $1`, `SELECT hash FROM contacts WHERE complaint = $1`,
		`SELECT person FROM concerns WHERE complaint = $1`, `SELECT sealed FROM outgoing_files WHERE complaint = $1`,
	} {
		var values [][]byte
		if err := reg.Core().Read.All(reg.Context(), &values, query, id); err != nil {
			reg.Fatal(err)
		}
		all = append(all, values...)
	}
	return all
}

// fileOther logs another complaint, of somebody else about something else.
func fileOther(reg *storagetest.Register, i int) workflow.Complaint {
	reg.Helper()
	l := storagetest.Sample()
	l.Facts.OfferingName = "Lassen"
	l.Particulars = workflow.Particulars{Name: "Noor", Email: workflow.Confidential(fmt.Sprintf("noor%d@example.org", i)), Story: "Het was koud."}
	return reg.Do("", storagetest.Staff, fmt.Sprint("neighbour:", i), l)
}

// TestPurge_filesForget: among other cases, so that pages were split and moved,
// nothing of what was sealed is left in database, log or shared memory after
// the purge, and no name either. The neighbours are whole.
func TestPurge_filesForget(t *testing.T) {
	reg := storagetest.New(t, storagetest.Address(t, "sqlite"))
	c, words := fileEverything(reg)
	var gone [][]byte
	var kept []workflow.Complaint
	gone = append(gone, sealedBytes(reg, c.ID)...)
	for i := range 60 {
		next := fileOther(reg, i)
		reg.Do(next.ID, storagetest.Officer, fmt.Sprint("note:", i), workflow.Note{Text: workflow.Confidential(strings.Repeat("lang verhaal ", 1+i*3))})
		if i%3 == 0 {
			kept = append(kept, next)
			continue
		}
		next = reg.CloseCase(next)
		gone = append(gone, sealedBytes(reg, next.ID)...)
	}
	head := func(sealed []byte) []byte { return sealed[:min(len(sealed), 40)] } // the rest may lie on another page
	if before := fileBytes(reg); !bytes.Contains(before, head(gone[0])) || !bytes.Contains(before, []byte("Timmeren")) {
		t.Fatal("nothing is found before the purge: this test looks in the wrong place")
	}
	reg.Announced()
	reg.Clock.Set(storagetest.AfterRetention)
	reg.SweepAll()
	after := fileBytes(reg)
	for i, sealed := range gone {
		if bytes.Contains(after, head(sealed)) {
			t.Errorf("sealed value %d of %d is still in the files", i, len(gone))
		}
	}
	for i, word := range words {
		if bytes.Contains(bytes.ToLower(after), bytes.ToLower([]byte(word))) {
			t.Errorf("word %d is still in the files", i)
		}
	}
	for _, one := range kept {
		if got, _, err := reg.FindNumber(one.Number, storagetest.Officer); err != nil || got.Particulars != one.Particulars {
			t.Errorf("%s: %v", one.Number, err)
		}
	}
	reg.MustVerify()
}

// TestPurge_restoredBackup: what a restored copy brings back goes at its first
// sweep, and its chains are whole.
func TestPurge_restoredBackup(t *testing.T) {
	reg := storagetest.New(t, storagetest.Address(t, "sqlite"))
	c := reg.CloseCase(reg.File("view:1"))
	reg.Announced()
	reg.Clock.Set(storagetest.AfterRetention.AddDate(0, 0, -3))
	reg.SweepAll()
	backup := filepath.Join(t.TempDir(), "backup.db")
	reg.Exec(`VACUUM INTO '` + backup + `'`)
	reg.Clock.Set(storagetest.AfterRetention)
	reg.SweepAll()
	reg.Clock.Set(storagetest.AfterRetention.AddDate(0, 1, 0))
	reg.Options.URL = "sqlite:" + backup
	reg.Reopen(nil)
	if _, _, err := reg.FindNumber(c.Number, storagetest.Officer); err != nil {
		t.Fatalf("the backup has it not: %v", err)
	}
	storagetest.Equal(t, "ticked", reg.SweepAll(), 1)
	_, _, err := reg.FindNumber(c.Number, storagetest.Officer)
	storagetest.MustRefuse(t, err, workflow.CodeErased)
	reg.MustVerify()
}
