package storage

import (
	"testing"

	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/workflow"
)

// paper stands for an encrypted document; here it reads itself.
var paper = []byte("%PDF-2.0 De zaagmachine was zoek")

// TestExportIsInBothChains: the case's own journal tells of it, and the
// register's, and both hold.
func TestExportIsInBothChains(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		c := h.log("g1")
		h.do(c.ID, officer, "g2", workflow.Export{})
		equal(t, "journal lines", h.count(`SELECT count(*) FROM journal WHERE action = 'export' AND complaint = $1`, string(c.ID)), 1)
		equal(t, "register lines", h.count(`SELECT count(*) FROM register_chain WHERE action = 'exported' AND complaint = $1`, string(c.ID)), 1)
		err := h.Verify(t.Context(), func(f journal.Finding) { t.Error(f) })
		if err != nil {
			t.Error(err)
		}
		h.raw(`DELETE FROM register_chain WHERE action = 'exported'`)
		found := 0
		if err := h.Verify(t.Context(), func(journal.Finding) { found++ }); err != nil || found == 0 {
			t.Errorf("a register that lost the line has %d findings, %v", found, err)
		}
	})
}
