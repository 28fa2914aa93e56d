package kit_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/kit"
)

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
			t.Errorf("Escape(%q) = %q, want %q", text, got, want)
		}
	}
}

// TestBlocks_typedTextIsNeverMarkup shows that what people typed reaches Slack
// only as text runs of rich_text, at full length too.
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
