package letters

import (
	"html"
	"strings"
	"testing"
)

func TestSplit_paragraphs(t *testing.T) {
	for _, test := range []struct{ letter, subject, text string }{
		{"Over je klacht\n\nBeste Jan,\n\nDag.\n", "Over je klacht", "Beste Jan,\n\nDag.\n"},
		{"Alleen dit\n", "Alleen dit", ""},
		{"", "", ""},
	} {
		if subject, text := Split(test.letter); subject != test.subject || text != test.text {
			t.Errorf("%q becomes %q and %q", test.letter, subject, text)
		}
	}
}

// TestHTML_saysTheSame reads the page as a mail program does, and finds the
// letter in it word for word.
func TestHTML_saysTheSame(t *testing.T) {
	letter, err := load(t).Compose(Outcome, "nl", sample(), "<b>Vet</b> & \"zo\"\n{{.Name}}\n\n- één\n- twee")
	if err != nil {
		t.Fatal(err)
	}
	_, text := Split(letter)
	page, err := HTML(text, "nl")
	if err != nil {
		t.Fatal(err)
	}
	read := html.UnescapeString(readPage(t, page))
	if strings.TrimSpace(read) != strings.TrimSpace(text) {
		t.Errorf("the page reads:\n%s", read)
	}
	if strings.Contains(page, "<b>") || !strings.Contains(page, `lang="nl"`) {
		t.Error("what was typed is markup, or the page has no language")
	}
}
