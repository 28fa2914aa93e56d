package kit_test

import (
	"testing"

	"github.com/artra/klachtbot/handlers/kit"
)

func TestMetadata_readsWhatItWrote(t *testing.T) {
	m := kit.Metadata{Case: "a1b2", Version: 3, Nonce: "n"}
	if got := kit.MetadataOf(m.String()); got != m {
		t.Errorf("MetadataOf(%s) = %v, want %v", m, got, m)
	}
	if got := (kit.Metadata{}).String(); got != "" {
		t.Errorf("empty metadata is %q, want nothing", got)
	}
	if got := kit.MetadataOf("{kapot"); got != (kit.Metadata{}) {
		t.Errorf("MetadataOf of broken JSON = %v, want the zero Metadata", got)
	}
}
