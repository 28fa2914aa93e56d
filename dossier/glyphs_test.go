package dossier

import (
	"strings"
	"testing"
	"unicode"
)

func TestGlyphs_printable(t *testing.T) {
	for _, tc := range []struct {
		name, text, want string
		replaced         bool
	}{
		{"Dutch", "Privé-coördinatie, €\u00a05, ‘ja’ “nee” – — … ĳ", "Privé-coördinatie, €\u00a05, ‘ja’ “nee” – — … ĳ", false},
		{"Czech, Turkish, Greek, Russian", "Dvořák Çelik Şahin Ωμέγα Ёлка", "Dvořák Çelik Şahin Ωμέγα Ёлка", false},
		{"a separate accent", "e\u0301e\u0308n", "éën", false},
		{"spaces and hyphens", "a\tb\u202fc\u2011d\u00ade\u2028f", "a    b c-de\nf", false},
		{"stylised letters", "𝐇𝐢 ＡＢ ﬁ", "Hi AB ﬁ", false},
		{"emoji", "ja 👍🏽!", "ja □□!", true},
		{"joined emoji", "👩\u200d👧\ufe0f", "□□", true},
		{"scripts", "שלום 你好", "□□□□ □□", true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, replaced := new(glyphs).printable(tc.text)
			if got != tc.want || replaced != tc.replaced {
				t.Errorf("got %q, %v; want %q, %v", got, replaced, tc.want, tc.replaced)
			}
		})
	}
}

func TestGlyphs_substituteIsExplained(t *testing.T) {
	const explained = "staat voor een teken"
	in := invented(t, "nl")
	if got := readBack(t, pdfOf(t, in)); strings.Contains(got, explained) {
		t.Error("explains a mark that is not there")
	}
	in.Complaint.Particulars.Wish = "Een 🙂."
	if got := readBack(t, pdfOf(t, in)); !strings.Contains(got, "Een □.") || !strings.Contains(got, explained) {
		t.Error("a replaced character is not shown or not explained")
	}
}

// FuzzPDF: whatever people typed, there is a document, and no character that
// the fonts lack reaches the library.
func FuzzPDF(f *testing.F) {
	for _, text := range hostile() {
		f.Add(text, text, []byte(text))
	}
	f.Add("Een gewoon verhaal.", "foto.jpg", photo(f))
	f.Add("", "scherm.png", screen(f))
	f.Fuzz(func(t *testing.T, text, name string, file []byte) {
		if len(text)+len(name) > 1<<14 {
			t.Skip("longer than any field")
		}
		pdfOf(t, scribbled(t, text, name, file))
		g := new(glyphs)
		printed, _ := g.printable(text)
		for _, r := range printed {
			if r != '\n' && !g.has(r) {
				t.Fatalf("%U is left in the text", r)
			}
		}
	})
}

// FuzzWrap: breaking lines loses nothing but the white space at the breaks,
// and no line is wider than its place.
func FuzzWrap(f *testing.F) {
	for _, text := range hostile() {
		f.Add(text)
	}
	s := newSheet("", "nl", november(27, 9))
	f.Fuzz(func(t *testing.T, text string) {
		st := style{size: bodySize}
		lines := s.wrap(st, 40, text)
		if got, want := squeeze(strings.Join(lines, "")), squeeze(s.printable(text)); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		for _, line := range lines {
			if w := s.pdf.GetStringWidth(strings.TrimRightFunc(line, unicode.IsSpace)); w > 40.1 {
				t.Errorf("a line of %.1f mm in 40", w)
			}
		}
	})
}

func squeeze(text string) string { return strings.Join(strings.Fields(text), "") }
