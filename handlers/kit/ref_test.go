package kit_test

import (
	"testing"

	"github.com/artra/klachtbot/handlers/kit"
)

func TestRef_readsWhatItWrote(t *testing.T) {
	for _, r := range []kit.Ref{{Case: "a1b2", Version: 0}, {Case: "a1b2", Version: 17}} {
		if got, ok := kit.ParseRef(r.String()); !ok || got != r {
			t.Errorf("ParseRef(%q) = %v, %v", r, got, ok)
		}
		if got, ok := kit.ParseRef(r.Row("x.1")); !ok || got != r {
			t.Errorf("ParseRef(%q) = %v, %v", r.Row("x.1"), got, ok)
		}
	}
	for _, s := range []string{"", ".", "a", "a.", ".1", "a.b", "a.-1", "a..2", "a.99999999999999999999"} {
		if got, ok := kit.ParseRef(s); ok {
			t.Errorf("ParseRef(%q) = %v, want none", s, got)
		}
	}
}
