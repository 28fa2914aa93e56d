package workflow

import (
	"testing"

	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/contact/contacttest"
)

// TestFile_takesEverySpelling: what search and mask know as an address, number
// or name can be filed, and is kept as it was typed.
func TestFile_takesEverySpelling(t *testing.T) {
	p := policy(t)
	for kind, field := range map[string]func(*Particulars) *Confidential{
		"name":  func(p *Particulars) *Confidential { return &p.Name },
		"email": func(p *Particulars) *Confidential { return &p.Email },
		"phone": func(p *Particulars) *Confidential { return &p.Phone },
	} {
		for _, pair := range contacttest.Pairs(kind) {
			c := logged(t, p, func(l *File) { *field(&l.Particulars) = Confidential(pair.One) }, noon(start))
			if got := field(&c.Particulars).Reveal(); got != contact.Clean(pair.One) {
				t.Errorf("%s %+q is kept as %+q", kind, pair.One, got)
			}
		}
	}
}
