package contact_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"testing"

	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/contact/contacttest"
)

// answers is the digest of what each rule answers to the recorded tables.
var answers = map[int]string{
	1: "1851d32faa1bd43daa974b527d3848c1baaac32d3dcc5b219a8fbd2b6f9c7403",
}

// TestRule_numbersTheAnswers: whoever changes what a key is gives the rule a new
// number, or registers keep keys that nobody asks for any more.
func TestRule_numbersTheAnswers(t *testing.T) {
	sum := sha256.New()
	for _, kind := range []string{"name", "email", "phone"} {
		for _, p := range contacttest.Pairs(kind) {
			sum.Write(fmt.Appendln(nil, contact.Plain(p.One), contact.EmailKey(p.One), contact.PhoneKey(p.One)))
		}
	}
	for _, table := range []string{"testdata/primary.tsv", "testdata/phones.tsv"} {
		for _, cells := range tableOf(t, table) {
			for _, text := range cells {
				sum.Write(fmt.Appendln(nil, contact.Plain(text), contact.PhoneKey(text)))
			}
		}
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != answers[contact.Rule] {
		t.Errorf("rule %d answers otherwise than it did (now %s): number the new rule, and record its answers", contact.Rule, got)
	}
}
