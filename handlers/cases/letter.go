package cases

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/letters"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// The inputs that hold a letter to be copied; nothing reads what is typed in them
// (design section 5).
const (
	letterID     = "letter"
	letterRestID = "letter_2"
)

// The action ids of what a letter offers: ShowLetter puts what was typed into the
// letter that is shown, LetterPDF makes a PDF for the post of one that was recorded.
const (
	ShowLetter workflow.ActionName = "letter_show"
	LetterPDF  workflow.ActionName = "letter_pdf"
)

// Addressed is a letter as its reader gets it: name and address above it.
func Addressed(p workflow.Particulars, letter string) string {
	to := letters.Addressee(p.Name, p.Address)
	if len(to) == 0 {
		return strings.TrimSpace(letter)
	}
	return strings.Join(to, "\n") + "\n\n" + strings.TrimSpace(letter)
}

// LetterInputs hold a letter to be copied, in as many inputs as the contract has;
// what does not fit in them is said. showing is another one for each letter: Slack
// keeps what an input held as long as block id and action id are the same.
func LetterInputs(sp texts.Speaker, letter, showing string) []slack.Block {
	var blocks []slack.Block
	parts := kit.Parts(letter, kit.MaxTyped)
	for i, id := range []string{letterID, letterRestID} {
		if i == len(parts) {
			break
		}
		area := kit.Area(parts[i])
		if showing != "" {
			area.ActionID = kit.ValueID + "." + showing
		}
		blocks = append(blocks, kit.Input{
			ID: id, Label: sp.Say("post." + id), Hint: sp.Say("post." + id + ".hint"), Element: area, Optional: true,
		}.Block())
	}
	if len(parts) > len(blocks) {
		blocks = append(blocks, kit.Section(sp.Say("post.longer"), nil))
	}
	return blocks
}

// LetterShown reports whether a form showed a letter to be copied.
func LetterShown(v kit.Values) bool { return len(v[letterID]) > 0 }

// SameLetter reports whether what a form showed to be copied is this letter, but for
// spaces and for what did not fit.
func SameLetter(v kit.Values, letter string) bool {
	var shown strings.Builder
	for _, id := range []string{letterID, letterRestID} {
		for _, in := range v[id] {
			shown.WriteString(in.Value)
		}
	}
	is, wanted := unspaced(shown.String()), unspaced(letter)
	if len(kit.Parts(letter, kit.MaxTyped)) > 2 {
		return is != "" && strings.HasPrefix(wanted, is)
	}
	return is == wanted
}

func unspaced(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// LetterKey names a letter of a case's dossier: nobody records two of one kind in
// one second.
func LetterKey(kind workflow.RecordKind, at time.Time) string {
	return string(kind) + "-" + strconv.FormatInt(at.Unix(), 10)
}

// LetterButton makes a PDF for the post of that letter.
func LetterButton(sp texts.Speaker, c *workflow.Complaint, kind workflow.RecordKind, at time.Time) *slack.ButtonBlockElement {
	return kit.Button(string(LetterPDF), kit.RefTo(c).Row(LetterKey(kind, at)), sp.Say("post.button"), slack.StyleDefault)
}

// LetterKeyOf is the key of the letter that a button of LetterButton is about.
func LetterKeyOf(value string) string {
	parts := strings.SplitN(value, ".", 3)
	return parts[len(parts)-1]
}
