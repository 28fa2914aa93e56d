package journal_test

import (
	"testing"

	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
)

// TestChain_exportInBoth: the case's own journal tells of it, and the
// register's, and both hold.
func TestChain_exportInBoth(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c := reg.File("g1")
		reg.Do(c.ID, storagetest.Officer, "g2", workflow.Export{})
		storagetest.Equal(t, "journal lines", reg.Count(`SELECT count(*) FROM journal WHERE action = 'export' AND complaint = $1`, string(c.ID)), 1)
		storagetest.Equal(t, "register lines", reg.Count(`SELECT count(*) FROM register_chain WHERE action = 'exported' AND complaint = $1`, string(c.ID)), 1)
		err := reg.Verify(t.Context(), func(f journal.Finding) { t.Error(f) })
		if err != nil {
			t.Error(err)
		}
		reg.Exec(`DELETE FROM register_chain WHERE action = 'exported'`)
		found := 0
		if err := reg.Verify(t.Context(), func(journal.Finding) { found++ }); err != nil || found == 0 {
			t.Errorf("a register that lost the line has %d findings, %v", found, err)
		}
	})
}

// TestChain_disclosureInBoth: that a case was handed out to the complainant
// stands in its journal, in the register's, and with the reason in its dossier;
// the case itself stays as it was.
func TestChain_disclosureInBoth(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c := reg.File("g1")
		after := reg.Do(c.ID, storagetest.Officer, "g2", workflow.Disclose{Reason: "Brief van 1 maart"})
		storagetest.Equal(t, "version", after.Version, c.Version)
		storagetest.Equal(t, "journal lines", reg.Count(`SELECT count(*) FROM journal WHERE action = 'disclose' AND complaint = $1`, string(c.ID)), 1)
		storagetest.Equal(t, "register lines", reg.Count(`SELECT count(*) FROM register_chain WHERE action = 'exported' AND complaint = $1`, string(c.ID)), 1)
		records, err := reg.Records().Dossier(t.Context(), c.ID)
		if err != nil || len(records) != 1 || records[0].Kind != workflow.RecordDisclosure || records[0].Texts["reason"] != "Brief van 1 maart" {
			t.Errorf("%d entries, %v", len(records), err)
		}
		reg.MustVerify()
	})
}
