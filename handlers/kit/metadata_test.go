package kit_test

import (
	"testing"

	"github.com/artra/klachtbot/handlers/kit"
)

func TestMetadata_readsWhatItWrote(t *testing.T) {
	m := kit.Metadata{Case: "a1b2", Version: 3, Nonce: "n"}
	if got := kit.MetadataOf(m.String()); got != m {
		t.Errorf("memoOf(%s) = %v, want %v", m, got, m)
	}
	if got := (kit.Metadata{}).String(); got != "" {
		t.Errorf("an empty memo is %q, want nothing", got)
	}
	if got := kit.MetadataOf("{kapot"); got != (kit.Metadata{}) {
		t.Errorf("memoOf of broken JSON = %v, want the zero memo", got)
	}
}
