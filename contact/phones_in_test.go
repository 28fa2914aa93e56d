package contact_test

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/contact"
)

func TestPhonesIn_takesNumbersOutOfALine(t *testing.T) {
	for line, want := range map[string]string{
		"":                                "|",
		"Jan 3":                           "|Jan 3",
		"12345":                           "|12345",
		"06 12345678":                     "06 12345678|",
		"Jan, 06\u00a01234\u20115678.":    "06\u00a01234\u20115678|Jan, .",
		"+31 (0)6-1234 5678":              "+31 (0)6-1234 5678|",
		"tel. 026 – 333 75 72":            "026 – 333 75 72|",
		"Jan (026) 3337572 toestel 12 en": "(026) 3337572 toestel 12|Jan en",
		"2026-11-26 en 0612345678 of Jan": "2026-11-26, 0612345678|en of Jan",
		"０６ １２３４５６７８ Ｊａｎ":                 "０６ １２３４５６７８|Ｊａｎ",
		"00000000 Søren \u200b0612345678": "00000000, 0612345678|Søren",
		"333 75 72 of 12-34-5":            "333 75 72|of 12-34-5",
		"Hotel 12":                        "|Hotel 12",
	} {
		numbers, rest := contact.PhonesIn(line)
		rest = strings.Join(strings.Fields(strings.ReplaceAll(rest, "\u200b", "")), " ")
		if got := strings.Join(numbers, ", ") + "|" + rest; got != want {
			t.Errorf("%+q has %+q, want %+q", line, got, want)
		}
	}
}

// FuzzPhonesIn: whatever is taken out of a line is a number.
func FuzzPhonesIn(f *testing.F) {
	f.Add("tel. 026 – 333 75 72 tst 12, of ＋３１ ６ １２３４５６７８")
	f.Fuzz(func(t *testing.T, line string) {
		numbers, rest := contact.PhonesIn(line)
		for _, n := range numbers {
			if !contact.PhoneMayBe(n, n) {
				t.Errorf("%+q of %+q is no number", n, line)
			}
		}
		if len(numbers) == 0 && rest != line {
			t.Errorf("%+q was changed", line)
		}
	})
}
