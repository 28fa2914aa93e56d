package storage

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/artra/klachtbot/workflow"
)

// fileBytes are all bytes that SQLite keeps.
func (h *house) fileBytes() []byte {
	h.Helper()
	files, err := filepath.Glob(strings.TrimPrefix(h.options.URL, "sqlite:") + "*")
	if err != nil || len(files) < 3 {
		h.Fatalf("files %v, %v", files, err)
	}
	var content []byte
	for _, file := range files {
		text, err := os.ReadFile(filepath.Clean(file))
		if err != nil {
			h.Fatal(err)
		}
		content = append(content, text...)
	}
	return content
}

// sealedBytes are what is sealed of a case, and its key.
func (h *house) sealedBytes(id workflow.CaseID) (all [][]byte) {
	h.Helper()
	for _, query := range []string{
		`SELECT sealed FROM complaints WHERE id = $1`, `SELECT sealed FROM records WHERE complaint = $1`,
		`SELECT wrapped FROM case_keys WHERE complaint = $1`, `SELECT content FROM attachments WHERE complaint = $1`,
		`SELECT name FROM attachments WHERE complaint = $1`, `SELECT hash FROM contacts WHERE complaint = $1`,
		`SELECT person FROM concerns WHERE complaint = $1`, `SELECT sealed FROM outgoing_files WHERE complaint = $1`,
	} {
		var values [][]byte
		if err := h.core.Read.All(h.Context(), &values, query, id); err != nil {
			h.Fatal(err)
		}
		all = append(all, values...)
	}
	return all
}

// neighbour logs another complaint, of somebody else about something else.
func (h *house) neighbour(i int) workflow.Complaint {
	h.Helper()
	l := sample()
	l.Facts.OfferingName = "Lassen"
	l.Particulars = workflow.Particulars{Name: "Noor", Email: workflow.Confidential(fmt.Sprintf("noor%d@example.org", i)), Story: "Het was koud."}
	return h.do("", staff, fmt.Sprint("neighbour:", i), l)
}

// TestTheFilesForget: among other cases, so that pages were split and moved,
// nothing of what was sealed is left in database, log or shared memory after
// the purge, and no name either. The neighbours are whole.
func TestTheFilesForget(t *testing.T) {
	h := newHouse(t, address(t, "sqlite"))
	c, words := h.everything()
	var gone [][]byte
	var kept []workflow.Complaint
	gone = append(gone, h.sealedBytes(c.ID)...)
	for i := range 60 {
		next := h.neighbour(i)
		h.do(next.ID, officer, fmt.Sprint("note:", i), workflow.Note{Text: workflow.Confidential(strings.Repeat("lang verhaal ", 1+i*3))})
		if i%3 == 0 {
			kept = append(kept, next)
			continue
		}
		next = h.closed(next)
		gone = append(gone, h.sealedBytes(next.ID)...)
	}
	head := func(sealed []byte) []byte { return sealed[:min(len(sealed), 40)] } // the rest may lie on another page
	if before := h.fileBytes(); !bytes.Contains(before, head(gone[0])) || !bytes.Contains(before, []byte("Timmeren")) {
		t.Fatal("nothing is found before the purge: this test looks in the wrong place")
	}
	h.clock.set(afterwards)
	h.sweepAll()
	after := h.fileBytes()
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
		if got, _, err := h.find(one.Number, officer); err != nil || got.Particulars != one.Particulars {
			t.Errorf("%s: %v", one.Number, err)
		}
	}
	h.clean()
}

// TestABackupIsPurgedAgain: what a restored copy brings back goes at its first
// sweep, and its chains are whole.
func TestABackupIsPurgedAgain(t *testing.T) {
	h := newHouse(t, address(t, "sqlite"))
	c := h.closed(h.log("view:1"))
	h.clock.set(afterwards.AddDate(0, 0, -3))
	h.sweepAll()
	backup := filepath.Join(t.TempDir(), "backup.db")
	h.raw(`VACUUM INTO '` + backup + `'`)
	h.clock.set(afterwards)
	h.sweepAll()
	h.clock.set(afterwards.AddDate(0, 1, 0))
	h.options.URL = "sqlite:" + backup
	h.reopen(nil)
	if _, _, err := h.find(c.Number, officer); err != nil {
		t.Fatalf("the backup has it not: %v", err)
	}
	equal(t, "ticked", h.sweepAll(), 1)
	_, _, err := h.find(c.Number, officer)
	mustRefuse(t, err, workflow.CodeErased)
	h.clean()
}
