package kit_test

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/handlers/kit"
)

func TestCut_keepsWholeCharactersWithinTheLimit(t *testing.T) {
	family := "👨\u200d👩\u200d👧" // one character on the screen, eight units
	for name, test := range map[string]struct {
		text  string
		limit int
		want  string
	}{
		"fits":                    {"klacht", 6, "klacht"},
		"cut":                     {"klachten", 6, "klach…"},
		"no space before the dot": {"een klacht", 5, "een…"},
		"emoji count double":      {"👍👍👍", 5, "👍👍…"},
		"a family stays together": {"abc" + family, 8, "abc…"},
		"a tone stays with it":    {"ab👍🏽x", 6, "ab…"},
		"an accent stays with it": {"re\u0301e", 3, "r…"},
	} {
		got := kit.Cut(test.text, test.limit)
		if got != test.want {
			t.Errorf("%s: Cut(%q, %d) = %q, want %q", name, test.text, test.limit, got, test.want)
		}
		if kit.Length(got) > test.limit {
			t.Errorf("%s: %d units, want at most %d", name, kit.Length(got), test.limit)
		}
	}
}

func TestPieces_loseNothing(t *testing.T) {
	for name, text := range map[string]string{
		"empty":         "",
		"emoji":         strings.Repeat("😀", 3000),
		"words":         strings.Repeat("een zin met woorden ", 400),
		"lines":         strings.Repeat("regel\n", 900),
		"no space":      strings.Repeat("x", 9000),
		"marks":         "a" + strings.Repeat("\u0301", 5000),
		"half an emoji": "\xf0\x9f" + strings.Repeat("a", 4000),
	} {
		parts := kit.Pieces(text, 1000)
		if got := strings.Join(parts, ""); got != text {
			t.Errorf("%s: pieces changed the text (%d bytes became %d)", name, len(text), len(got))
		}
		for i, p := range parts {
			if kit.Length(p) > 1000 || p == "" {
				t.Errorf("%s: piece %d has %d units", name, i, kit.Length(p))
			}
		}
	}
}

// TestText_partsAreWhole parts a letter between paragraphs where it can; no part is
// too long, and nothing but blanks is lost.
func TestText_partsAreWhole(t *testing.T) {
	paragraph := strings.Repeat("woord ", 100)
	for name, text := range map[string]string{
		"short":      "Beste Jan,",
		"empty":      "",
		"paragraphs": strings.Repeat(strings.TrimSpace(paragraph)+"\n\n", 12),
		"lines":      strings.Repeat(strings.TrimSpace(paragraph)+"\n", 12),
		"one word":   strings.Repeat("x", 7000),
		"emoji":      strings.Repeat("😀", 4000),
	} {
		parts := kit.Parts(text, kit.MaxTyped)
		for i, part := range parts {
			if kit.Length(part) > kit.MaxTyped || part == "" && text != "" {
				t.Errorf("%s: part %d has %d characters", name, i, kit.Length(part))
			}
			if name == "paragraphs" && i < len(parts)-1 && !strings.Contains(text, part+"\n\n"+parts[i+1][:5]) {
				t.Errorf("%s: part %d does not end between paragraphs", name, i)
			}
		}
		if got, want := strings.Join(strings.Fields(strings.Join(parts, " ")), ""), strings.Join(strings.Fields(text), ""); got != want {
			t.Errorf("%s: something was lost", name)
		}
	}
}
