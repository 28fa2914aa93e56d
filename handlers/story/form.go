package story

import (
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/texts"
)

// FilesID is the block id of the files that a form offers.
const FilesID = "message_files"

// Remarks say above a form what of the message is not in it, and why; nil when
// nothing is missing.
func (s Story) Remarks(sp texts.Speaker) []slack.Block {
	if len(s.Left) == 0 {
		return nil
	}
	lines := append([]string{sp.Say("story.left.heading")}, Sentences(sp, s.Left)...)
	return []slack.Block{kit.Section(strings.Join(lines, "\n• "), nil)}
}

// Offer is the question which files of the message come along: each, unless
// somebody says no; nil when there are none.
func (s Story) Offer(sp texts.Speaker) []slack.Block {
	if len(s.Files) == 0 {
		return nil
	}
	options := make([]kit.Option, len(s.Files))
	for i, f := range s.Files {
		options[i] = kit.Option{Value: f.ID, Label: shortened(f.Name)}
	}
	in := kit.Input{ID: FilesID, Label: sp.Say("story.files.label"), Hint: sp.Say("story.files.hint"), Element: kit.Offered(options...), Optional: true}
	return []slack.Block{in.Block()}
}

// LinkTo is a link to the message, after a sentence about it; "" without an
// address.
func LinkTo(sp texts.Speaker, address string) string {
	if address == "" {
		return ""
	}
	words := sp.Say("story.link", texts.Args{"Link": address})
	return " " + words
}

// shortened cuts a name to what fits beside a box, and keeps its ending.
func shortened(name string) string {
	const ending = 12
	over := kit.Length(name) - kit.MaxLabel
	if over <= 0 {
		return name
	}
	head, _ := kit.Split(name, kit.MaxLabel-ending-1)
	_, tail := kit.Split(name, kit.Length(name)-ending)
	return head + "…" + tail
}
