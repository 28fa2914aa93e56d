package workflow_test

import (
	"testing"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/workflowtest"
)

// TestReplay_knowsEveryKindOfRecord: a kind of record is replayed, or is said to be
// no step.
func TestReplay_knowsEveryKindOfRecord(t *testing.T) {
	for _, kind := range workflowtest.RecordKinds() {
		if !workflow.KnownToReplay(kind) {
			t.Errorf("nobody says what %s is in a replay", kind)
		}
	}
}
