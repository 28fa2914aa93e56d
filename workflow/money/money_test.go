package money

import "testing"

func TestParse_bothForms(t *testing.T) {
	for text, want := range map[string]Amount{
		"450": 45000, "450,00": 45000, "450.00": 45000, "1.250,50": 125050, "1,250.50": 125050, "€ 450": 45000, "€450": 45000,
		"450 euro": 45000, "450 EUR": 45000, "EUR 450": 45000, "euro 12,5": 1250, "450,-": 45000, "450,--": 45000, "€\u00a01.250,50": 125050,
		"1.250": 125000, "1,250": 125000, "12,5": 1250, "0,99": 99, "0.5": 50, " 1 250,00 ": 125000, "1.234.567,89": 123456789,
		"1250": 125000, "007": 700, "1250.50": 125050,
	} {
		if got, err := Parse(text); err != nil || got != want {
			t.Errorf("%q: %d, %v, want %d", text, got, err, want)
		}
	}
}

func TestParse_refusesWhatIsNoAmount(t *testing.T) {
	for _, text := range []string{
		"", " ", "0", "0,00", "-450", "450-", "de helft", "450 of zo", "1,2,3", "1.2.3", "1.250.50", "1,250,50", "4505,001", "12 50",
		"€", "450 $", "$450", "1e3", "0x10", "١٢", "450,", ".50", "99999999", "1.25.000",
	} {
		if got, err := Parse(text); err == nil {
			t.Errorf("%q is %d", text, got)
		}
	}
}

// FuzzParse: whatever is an amount is above zero, and reads the same as it is
// stored.
func FuzzParse(f *testing.F) {
	f.Add("1.250,50")
	f.Add("€ 0,01")
	f.Fuzz(func(t *testing.T, text string) {
		a, err := Parse(text)
		if err != nil {
			return
		}
		if again, err := Parse(a.Plain()); err != nil || again != a || a <= 0 {
			t.Errorf("%q is %d, and reads %d", text, a, again)
		}
	})
}
