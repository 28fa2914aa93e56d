package kit_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

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
			t.Errorf("%s: cut(%q, %d) = %q, want %q", name, test.text, test.limit, got, test.want)
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

func TestEscape_isInert(t *testing.T) {
	for text, want := range map[string]string{
		"<!channel>":                  "&lt;!channel\u200b&gt;",
		"<@U0STAFF>":                  "&lt;@U0STAFF\u200b&gt;",
		"<https://x.example|artra>":   "&lt;https://x.example|artra\u200b&gt;",
		"&lt;!here&gt;":               "&amp;lt;!here&amp;gt;",
		"*vet* _cursief_ ~weg~ `code": "\u200b*vet\u200b* \u200b_cursief\u200b_ \u200b~weg\u200b~ \u200b`code",
		"gewoon":                      "gewoon",
	} {
		if got := kit.Escape(text); got != want {
			t.Errorf("escape(%q) = %q, want %q", text, got, want)
		}
	}
}

// TestBlocks_typedTextIsNeverMarkup shows that what people typed reaches Slack only
// as text runs of rich_text, at full length too.
func TestBlocks_typedTextIsNeverMarkup(t *testing.T) {
	nasty := "<!channel> <@U0STAFF> <https://kwaad.example|artra.nl> *x* "
	text := strings.Repeat(nasty, 3000/len(nasty)+1)[:3000]
	var got strings.Builder
	for _, b := range append(kit.Rows(kit.Row{Label: "Naam", Text: nasty}), kit.Prose("Verhaal", text)...) {
		rich, ok := b.(*slack.RichTextBlock)
		if !ok {
			t.Fatalf("a block of type %s, want rich_text", b.BlockType())
		}
		for _, e := range rich.Elements {
			for _, run := range e.(*slack.RichTextSection).Elements {
				word, ok := run.(*slack.RichTextSectionTextElement)
				if !ok {
					t.Fatalf("a run of type %s, want text", run.RichTextSectionElementType())
				}
				got.WriteString(word.Text)
			}
		}
	}
	if want := "Naam: " + nasty + "Verhaal\n" + text; got.String() != want {
		t.Errorf("the text changed:\n%s", cmp.Diff(want, got.String()))
	}
}

func TestRows_leaveOutWhatIsEmpty(t *testing.T) {
	if got := kit.Rows(kit.Row{Label: "Naam", Text: ""}, kit.Row{Label: "Telefoon", Text: ""}); got != nil {
		t.Errorf("rows without text = %v, want nothing", got)
	}
	b, err := json.Marshal(kit.Rows(kit.Row{Label: "Naam", Text: ""}, kit.Row{Label: "Telefoon", Text: "026"}))
	if err != nil || strings.Contains(string(b), "Naam") || !strings.Contains(string(b), "026") {
		t.Errorf("rows = %s, %v", b, err)
	}
}

func TestInput_keepsSlacksLimits(t *testing.T) {
	long := strings.Repeat("é", 4000)
	in := kit.Input{ID: "description", Label: long, Hint: long, Element: kit.Area(long)}.Block()
	field := in.Element.(*slack.PlainTextInputBlockElement)
	for name, test := range map[string]struct {
		text  string
		limit int
	}{
		"label":   {in.Label.Text, 2000},
		"hint":    {in.Hint.Text, 2000},
		"initial": {field.InitialValue, 3000},
		"option":  {kit.Option{Value: "x", Label: long}.Object().Text.Text, 75},
		"button":  {kit.Button("a", "b", long, "").Text.Text, 75},
		"title":   {kit.Modal("x", long, long, long, kit.Metadata{}).Title.Text, 24},
		"submit":  {kit.Modal("x", long, long, long, kit.Metadata{}).Submit.Text, 24},
		"header":  {kit.Header(long).Text.Text, 150},
		"section": {kit.Section(long, nil).Text.Text, 3000},
	} {
		if n := utf8.RuneCountInString(test.text); n != test.limit {
			t.Errorf("%s has %d characters, want it cut at %d", name, n, test.limit)
		}
	}
}

func TestChoose_standsOnlyOnAnOption(t *testing.T) {
	options := []kit.Option{{Value: "email", Label: "E-mail"}, {Value: "phone", Label: "Telefoon"}}
	if got := kit.Choose("phone", options).InitialOption; got == nil || got.Value != "phone" {
		t.Errorf("initial option = %v, want phone", got)
	}
	if got := kit.Choose("pigeon", options).InitialOption; got != nil {
		t.Errorf("initial option = %v, want none", got.Value)
	}
}
