package contact_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"github.com/artra/klachtbot/contact"
)

func TestPhone_keyOfEverySpelling(t *testing.T) {
	for typed, want := range map[string]string{
		"06 12345678":                    "31612345678",
		"0800-1234":                      "318001234",
		"12345678":                       "3112345678",
		"+1 (555) 123-4567":              "15551234567",
		"+1 555 123 4567 ext. 89":        "15551234567 89",
		"+44 (0)20 7946 0000":            "442079460000",
		"+44 020 7946 0000":              "442079460000",
		"+352 12 34 56 78":               "35212345678",
		"+7 912 345 67 89":               "79123456789",
		"32470123456":                    "32470123456",
		"31 (0)6 12345678":               "31612345678",
		"026 – 333 75 72":                "31263337572",
		"tel. 026 – 333 75 72 (tst. 12)": "31263337572 12",
		"T: 026.333.75.72, toestel 1234": "31263337572 1234",
		"Telefoonnummer: 026 3337572":    "31263337572",
		"telnr 026 3337572":              "31263337572",
		"(026) 3337572 ext 5":            "31263337572 5",
		"026 3337572 doorkiesnummer 5":   "31263337572 5",
		"026 3337572 # 5":                "31263337572 5",
		"026 3337572,,5":                 "31263337572 5",
		"callto:+31263337572":            "31263337572",
		"٠٢٦ ٣٣٣٧٥٧٢":                    "31263337572",
	} {
		p, err := contact.ParsePhone(typed)
		if got := strings.TrimSpace(p.Key() + " " + p.Extension()); err != nil || got != want {
			t.Errorf("%q is %q (%v), want %q", typed, got, err, want)
		}
	}
}

func TestPhone_refused(t *testing.T) {
	for _, typed := range []string{
		"", " ", "bel maar", "06+12345678", "++31612345678", "0612", "112", "0612345678 of 0687654321", "06 12345678 en",
		"jan 0612345678", "+", "+31112", "+123456", "tel.", "00000000", "+0612345678", "0612345678901234567", "+31 0000000000000000", "3-3-2026",
		"x12", "toestel 12345678", "06 1234567a", "\u200b", "06_12345678", "06;12345678",
	} {
		if p, err := contact.ParsePhone(typed); err == nil {
			t.Errorf("%q is %q", typed, p.Key())
		}
	}
}

// validPunctuation is what libphonenumber takes for punctuation of a number
// (VALID_PUNCTUATION): ranges of code points, and the plus signs at the end.
var validPunctuation = [][2]rune{
	{'-', '-'}, {'x', 'x'}, {0x2010, 0x2015}, {0x2212, 0x2212}, {0x30fc, 0x30fc}, {0xff0d, 0xff0f}, {' ', ' '}, {0xa0, 0xa0}, {0xad, 0xad},
	{0x200b, 0x200b}, {0x2060, 0x2060}, {0x3000, 0x3000}, {'(', ')'}, {0xff08, 0xff09}, {0xff3b, 0xff3b}, {0xff3d, 0xff3d}, {'.', '.'},
	{'[', '['}, {']', ']'}, {'/', '/'}, {'~', '~'}, {0x2053, 0x2053}, {0x223c, 0x223c}, {0xff5e, 0xff5e},
}

// TestPhone_punctuation puts each sign, and each space and dash of Unicode,
// between the groups of a number.
func TestPhone_punctuation(t *testing.T) {
	var signs []rune
	for _, in := range validPunctuation {
		for r := in[0]; r <= in[1]; r++ {
			signs = append(signs, r)
		}
	}
	for r := rune(0x80); r < 0x10000; r++ {
		if unicode.Is(unicode.Zs, r) || unicode.Is(unicode.Dash, r) && r != 0x58a && r != 0x5be && r != 0x1400 && r != 0x1806 && r != 0x301c &&
			r != 0x3030 && (r < 0x2e17 || r > 0x2e5d) && r != 0x207b && r != 0x208b && r != 0xfe31 && r != 0xfe32 {
			signs = append(signs, r)
		}
	}
	for _, sign := range signs {
		for _, form := range []string{"06%c12345678", "+31%c6%[1]c12345678", "0031 6%c %[1]c12345678", "06%c12%[1]c34%[1]c56%[1]c78"} {
			typed := fmt.Sprintf(form, sign)
			if sign == 'x' && strings.HasSuffix(form, "78") && len(form) > 25 {
				continue // two digits behind an x are an extension
			}
			if p, err := contact.ParsePhone(typed); err != nil || p.Key() != "31612345678" {
				t.Errorf("%U in %+q: %q (%v)", sign, typed, p.Key(), err)
			}
		}
	}
	for _, plus := range "+＋﹢⁺" {
		if p, err := contact.ParsePhone(string(plus) + "31612345678"); err != nil || p.Key() != "31612345678" {
			t.Errorf("%U: %q (%v)", plus, p.Key(), err)
		}
	}
}

func TestPhone_mayBeTheSame(t *testing.T) {
	for _, test := range []struct {
		known, asked string
		want         bool
	}{
		{"+32 470 12 34 56", "0470 12 34 56", true},
		{"0470 12 34 56", "+32 470 12 34 56", true},
		{"0470 12 34 57", "+32 470 12 34 56", false},
		{"026 333 75 72 tst. 4", "333 75 72", true},
		{"333 75 72", "333-7572", true},
		{"026 3337572", "7572", false},
		{"", "", false},
		{"0612345678", "", false},
	} {
		if got := contact.PhoneMayBe(test.known, test.asked); got != test.want {
			t.Errorf("%q may be %q: %t", test.known, test.asked, got)
		}
	}
	if mustPhone(t, "+32 470 12 34 56").Key() == mustPhone(t, "0470 12 34 56").Key() {
		t.Error("another number is the same")
	}
}

// FuzzPhone: what is a number has digits only in its key, reads as the same
// number again, as typed and as its international form, and is hidden.
func FuzzPhone(f *testing.F) {
	for _, s := range []string{"06 12345678", "+31 (0)6-1234 5678 tst 12", "tel:+32470123456;ext=1", "00１２３４５６７８９", "x(0)0612345678", "[0]612345678#1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := contact.ParsePhone(s)
		if err != nil {
			if p != (contact.Phone{}) {
				t.Error("a number and an error")
			}
			return
		}
		if key := p.Key(); strings.Trim(key, "0123456789") != "" || len(key) < 7 || len(key) > 15 || key[0] == '0' {
			t.Errorf("key %q", key)
		}
		if again, err := contact.ParsePhone(contact.Clean(s)); err != nil || again != p {
			t.Errorf("%+q cleaned is another number (%v)", s, err)
		}
		if abroad, err := contact.ParsePhone("+" + p.Key()); err != nil || abroad.Key() != p.Key() {
			t.Errorf("%+q in the international form is another number (%v)", s, err)
		}
		if got := (contact.Subject{Phones: []string{s}}).Finder().Mask("+"+p.Key(), contact.Masks{Phone: "#"}); got != "#" {
			t.Errorf("%+q is not hidden: %q", s, got)
		}
	})
}

// TestPhone_libphonenumber reads numbers of every region as libphonenumber does
// (testdata/record_phones.go).
func TestPhone_libphonenumber(t *testing.T) {
	rows := tableOf(t, "testdata/phones.tsv")
	if len(rows) < 2500 {
		t.Fatalf("%d rows only", len(rows))
	}
	for _, row := range rows {
		if p, err := contact.ParsePhone(row[0]); err != nil || p.Key() != row[1] {
			t.Errorf("%q is %q (%v), want %q", row[0], p.Key(), err, row[1])
		}
	}
}
