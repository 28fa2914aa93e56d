package notices

import (
	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// maxStory bounds the text of a message's blocks together, as weight counts
// it. Slack refuses about 13,200 (slack-facts.md, "Limits"); the rest is for
// headings and the blocks themselves.
const maxStory = 12000

// storyMessage is the first reply: story and wish, inert, with what is known
// of who complains masked in it. What is too long for one message ends in a
// line that says where the rest is.
func storyMessage(sp texts.Speaker, c *workflow.Complaint) core.Message {
	story, wish := masked(sp, c)
	wish, cutWish := kit.Within(wish, maxStory/3)
	story, cutStory := kit.Within(story, maxStory-kit.Weight(wish))

	blocks := kit.Prose(sp.Say("case.story"), story)
	if wish != "" {
		blocks = append(blocks, kit.Prose(sp.Say("case.wish"), wish)...)
	}
	if cutStory || cutWish {
		blocks = append(blocks, kit.Section(sp.Say("case.story_cut"), nil))
	}
	blocks = append(blocks, kit.Remark(sp.Say("case.keep_out")))
	return core.Message{Text: cases.Fallback(sp, c, sp.Say("case.story")), Blocks: blocks}
}

// masked returns story and wish with what is known of who complains hidden.
// What is not known can't be: people are asked not to write it.
func masked(sp texts.Speaker, c *workflow.Complaint) (story, wish string) {
	p := c.Particulars
	with := contact.Masks{
		Name: sp.Say("case.masked.name"), Email: sp.Say("case.masked.email"),
		Phone: sp.Say("case.masked.phone"), Address: sp.Say("case.masked.address"),
	}
	known := contact.Subject{
		Names: []string{p.Name.Reveal(), p.OnBehalfOf.Reveal()}, Emails: []string{p.Email.Reveal()},
		Phones: []string{p.Phone.Reveal()}, Addresses: []string{p.Address.Reveal()},
	}.Finder()
	return known.Mask(p.Story.Reveal(), with), known.Mask(p.Wish.Reveal(), with)
}
