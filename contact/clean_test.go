package contact_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/artra/klachtbot/contact"
)

func TestClean_removesWhatDoesNotShow(t *testing.T) {
	for text, want := range map[string]string{
		" a\tb\r\nc \n":                              "a\tb\nc",
		" a\x00b\u202ec\r\nd\te\u0007 ":              "abc\nd\te",
		"a\x00b\x1b[31m\u0085":                       "ab[31m",
		"Ján \u202eÇelik\u2066":                      "Ján Çelik",
		"be\u00adrg\u200b\u2060\ufeff\u034f":         "berg",
		"\u3164\u115f\u1160\uffa0\u2800\u180e\u17b4": "",
		"a\U000e0041\U000e0001b":                     "ab",
		"+1\ufe0d555":                                "+1555",
		"\u200c\u200d":                               "",
		"a\u200db":                                   "ab",
		"👩\u200d👧 ❤\ufe0f\u200d🔥 1\ufe0f\u20e3":      "👩\u200d👧 ❤\ufe0f\u200d🔥 1\ufe0f\u20e3",
		"می\u200cخواهم":                              "می\u200cخواهم",
		"क्\u200dष":                                  "क्\u200dष",
		"a\xffb":                                     "ab",
		"é e\u0301":                                  "é e\u0301",
	} {
		if got := contact.Clean(text); got != want {
			t.Errorf("%+q is clean as %+q, want %+q", text, got, want)
		}
	}
}

// TestClean_invisible: no character that Unicode says is to be ignored where it
// can't be shown is taken for content.
func TestClean_invisible(t *testing.T) {
	for r := rune(0x80); r <= unicode.MaxRune; r++ {
		hidden := unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector, unicode.Bidi_Control) ||
			unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r)
		if hidden && (contact.Clean(string(r)) != "" || contact.Clean("a"+string(r)+"b") != "ab" || contact.Key("a"+string(r)) != "a") {
			t.Errorf("%U is content", r)
		}
		if hidden && contact.Clean(string(r)+" "+string(r)) != "" {
			t.Errorf("a name of %U is not blank", r)
		}
	}
}

// TestFold_digits: a digit of any script is one of ours, each behind the one
// before it.
func TestFold_digits(t *testing.T) {
	if got := contact.Fold("٠١٩ ۵ ९ ೯ ９ 𝟘𝟡𝟢𝟗"); got != "019 5 9 9 9 0909" {
		t.Errorf("digits are %q", got)
	}
	for r := rune(0x80); r <= unicode.MaxRune; r++ {
		if !unicode.IsDigit(r) {
			continue
		}
		one := contact.Fold(string(r))
		if len(one) != 1 || one < "0" || one > "9" || one != "9" && contact.Fold(string(r+1)) != string(one[0]+1) {
			t.Errorf("%U is %q", r, one)
		}
	}
}

func TestPlain_leavesWordsToCompare(t *testing.T) {
	for text, want := range map[string]string{
		" Café  openen ":              "cafe openen",
		"E-mail & Excel/Word (basis)": "email excel word basis",
		"N.V. 'Jan-Pieter'":           "nv janpieter",
		"C++, C#":                     "c++ c",
		"%":                           "",
	} {
		if got := contact.Plain(text); got != want || contact.Plain(got) != got {
			t.Errorf("%q is plain as %q, want %q", text, got, want)
		}
	}
}

// FuzzFold: folding and cleaning once is enough, and gives valid UTF-8; two
// texts that differ in what does not count have one key.
func FuzzFold(f *testing.F) {
	for _, s := range []string{"Łukasz", "Ĳ ŉ ǅ İ ﬃ", "\xff\u0301a", "👩\u200d👧", "각각 각", "´¨΄", "ʼn‑‐", "⒜㏕🅰"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		folded, clean := contact.Fold(s), contact.Clean(s)
		if !utf8.ValidString(folded) || contact.Fold(folded) != folded {
			t.Errorf("%+q folds to %+q, and that to %+q", s, folded, contact.Fold(folded))
		}
		if contact.Clean(clean) != clean || !utf8.ValidString(clean) {
			t.Errorf("%+q is clean as %+q, and that as %+q", s, clean, contact.Clean(clean))
		}
		key := contact.Key(s)
		if contact.Key(key) != key || contact.Key(folded) != key {
			t.Errorf("%+q has the key %+q, its fold %+q, its key %+q", s, key, contact.Key(folded), contact.Key(key))
		}
		if plain := contact.Plain(s); contact.Plain(plain) != plain || strings.ReplaceAll(plain, " ", "") != key {
			t.Errorf("%+q is plain as %+q", s, plain)
		}
		for _, w := range contact.Words(s) {
			if w == "" || strings.ContainsFunc(w, unicode.IsSpace) || contact.Fold(w) != w {
				t.Errorf("%+q has the word %+q", s, w)
			}
		}
		if n := contact.Name(s); len(contact.Words(s)) > 0 && utf8.ValidString(s) && !n.MayBe(contact.Name(folded)) {
			t.Errorf("%+q is not itself", s)
		}
	})
}

// TestMisleading_whatTurnsTheDirection: inside an address or a number, and what is
// not left-to-right also around it.
func TestMisleading_whatTurnsTheDirection(t *testing.T) {
	for text, want := range map[string]bool{
		"noor@example.org": false, " 026 333 75 72\n": false, "\u202d07976399087\u202c": false, "\u200e+79022222222": false,
		"\u2068jan@example.com\u2069": false, "jan@b\u00fccher.example": false, "\u0646\u0648\u0631@example.org": false, "": false,
		"noor\u202egro.elpmaxe@": true, "\u202enoor@example.org": true, "noor@example.org\u200f": true, "06\u202a12345678": true,
		"06\u200e12345678": true, "noor@exam\u0000ple.org": true, "06 1234\t5678": true, "06 12345678\n06 87654321": true,
		"noor\u0085@example.org": true, "\u2067061234\u2069": true, "06\u061c12": true, "\u001b[31m06": true,
	} {
		if got := contact.Misleading(text); got != want {
			t.Errorf("%+q: %v, want %v", text, got, want)
		}
	}
}
