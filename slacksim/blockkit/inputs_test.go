package blockkit_test

import (
	"testing"

	"github.com/artra/klachtbot/slacksim/blockkit"
	"github.com/artra/klachtbot/slacksim/simtest"
)

// TestInputs_everyKindIsTested: simtest.Inputs leaves out the file_input only,
// whose value is a file, and the overflow, which is no input of a modal.
func TestInputs_everyKindIsTested(t *testing.T) {
	t.Parallel()
	listed := map[string]bool{"file_input": true, "overflow": true}
	for _, in := range simtest.Inputs {
		listed[in.Kind] = true
	}
	for _, kind := range blockkit.InputKinds() {
		if !listed[kind] {
			t.Errorf("%s is not tested", kind)
		}
	}
}
