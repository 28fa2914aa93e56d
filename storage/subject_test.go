package storage

import (
	"testing"

	"github.com/artra/klachtbot/workflow"
)

// TestDisclosureIsInBothChains: that a case was handed out to the complainant
// stands in its journal, in the register's, and with the reason in its dossier;
// the case itself stays as it was.
func TestDisclosureIsInBothChains(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		c := h.log("g1")
		after := h.do(c.ID, officer, "g2", workflow.Disclose{Reason: "Brief van 1 maart"})
		equal(t, "version", after.Version, c.Version)
		equal(t, "journal lines", h.count(`SELECT count(*) FROM journal WHERE action = 'disclose' AND complaint = $1`, string(c.ID)), 1)
		equal(t, "register lines", h.count(`SELECT count(*) FROM register_chain WHERE action = 'exported' AND complaint = $1`, string(c.ID)), 1)
		records, err := h.Records().Dossier(t.Context(), c.ID)
		if err != nil || len(records) != 1 || records[0].Kind != workflow.RecordDisclosure || records[0].Texts["reason"] != "Brief van 1 maart" {
			t.Errorf("%d entries, %v", len(records), err)
		}
		h.clean()
	})
}
