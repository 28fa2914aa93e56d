package subject

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
	"github.com/artra/klachtbot/workflow/subject"
)

// casesPerGroup is how many checkboxes Slack takes in one input.
const casesPerGroup = 10

// accessForm asks for whom and in which form, below what there is to say of an
// earlier search.
func (h *Handler) accessForm(ctx context.Context, g core.Gesture, q request, before ...slack.Block) slack.ModalViewRequest {
	if len(before) == 0 {
		before = []slack.Block{kit.Section(g.Speak.Say("inzage.intro"), nil)}
	}
	formats := []kit.Option{
		{Value: accessPDF, Label: g.Speak.Say("inzage.format.pdf")},
		{Value: accessJSON, Label: g.Speak.Say("inzage.format.json")},
	}
	blocks := append(before,
		kit.Input{ID: "person", Label: g.Speak.Say("inzage.person"), Hint: g.Speak.Say("inzage.person.hint"), Element: kit.Area(q.person)}.Block(),
		kit.Input{ID: "format", Label: g.Speak.Say("inzage.format"), Element: kit.Choose(q.format, formats)}.Block(),
		kit.Remark(h.ownCases(ctx, g)), kit.Remark(g.Speak.Say("inzage.kept")))
	return kit.Modal(accessID, g.Speak.Say("inzage.title"), g.Speak.Say("inzage.search"), g.Speak.Say("common.cancel"),
		kit.Metadata{Nonce: h.Nonce()}, blocks...)
}

// accessNote only says something.
func (h *Handler) accessNote(g core.Gesture, blocks ...slack.Block) slack.ModalViewRequest {
	return kit.Modal(accessID, g.Speak.Say("inzage.title"), "", g.Speak.Say("common.close"), kit.Metadata{}, blocks...)
}

// ownCases says that a case about this person shows nowhere, whether there is
// one or not, and who else can search.
func (h *Handler) ownCases(ctx context.Context, g core.Gesture) string {
	if others := h.otherSearchers(ctx, g); len(others) > 0 {
		return g.Speak.Say("inzage.own.who", texts.Args{"Who": kit.Escape(strings.Join(others, ", "))})
	}
	return g.Speak.Say("inzage.own")
}

// maxSearchers is how many names the form lists.
const maxSearchers = 3

// otherSearchers are the names of the other officers; of the directors when there
// is no other officer.
func (h *Handler) otherSearchers(ctx context.Context, g core.Gesture) []string {
	for _, all := range [][]roster.PersonID{h.Policy.Roster.Officers, h.Policy.Roster.Directors} {
		var names []string
		for _, who := range all {
			if who != g.Who.ID {
				names = append(names, h.Name(ctx, g.Speak, who))
			}
		}
		if len(names) > 0 {
			return names[:min(maxSearchers, len(names))]
		}
	}
	return nil
}

// noMatches says that there is nothing to choose from, or too much. Who does
// not see all cases can conclude nothing from finding nothing.
func noMatches(g core.Gesture, found subject.SubjectMatches, all bool) []slack.Block {
	said := g.Speak.Say("inzage.nothing")
	switch {
	case found.More:
		said = g.Speak.Say("inzage.too_many", texts.Args{"Max": subject.MaxMatches})
	case !all:
		said = g.Speak.Say("inzage.nothing.handled")
	}
	blocks := append([]slack.Block{kit.Section(said, nil)}, mentionBlocks(g, found)...)
	return append(blocks, casesSearched(g, found.Searched))
}

func casesSearched(g core.Gesture, cases int) slack.Block {
	return kit.Remark(g.Speak.Say("inzage.looked", texts.Args{"Count": cases}))
}

func mentionBlocks(g core.Gesture, found subject.SubjectMatches) []slack.Block {
	if len(found.Mentions) == 0 {
		return nil
	}
	return []slack.Block{kit.Section(g.Speak.Say("inzage.mentions", texts.Args{"Numbers": strings.Join(found.Mentions, ", ")}), nil)}
}

// chooseView asks which of the cases that were found are the person's: somebody
// has to say so, for the same name may be another's.
func (h *Handler) chooseView(ctx context.Context, g core.Gesture, q request, found subject.SubjectMatches) slack.ModalViewRequest {
	blocks := []slack.Block{kit.Section(g.Speak.Say("inzage.choose"), nil)}
	n := 0
	for group := range slices.Chunk(found.Found, casesPerGroup) {
		n++
		blocks = append(blocks, caseGroup(g, n, group, len(found.Found) > casesPerGroup))
	}
	blocks = append(blocks, mentionBlocks(g, found)...)
	blocks = append(blocks,
		kit.Input{ID: "reason", Label: g.Speak.Say("inzage.reason"), Hint: g.Speak.Say("inzage.reason.hint"), Optional: true,
			Element: kit.Line("", kit.MaxTyped)}.Block(),
		casesSearched(g, found.Searched), kit.Remark(h.ownCases(ctx, g)), kit.Remark(g.Speak.Say("inzage.kept")))
	return kit.Modal(accessID, g.Speak.Say("inzage.title"), g.Speak.Say("inzage.make"), g.Speak.Say("common.cancel"),
		kit.Metadata{Nonce: h.Nonce(), Format: q.format}, blocks...)
}

// groupID is the block id of a group of checkboxes: cases, cases_2, cases_3.
func groupID(n int) string {
	if n == 1 {
		return "cases"
	}
	return fmt.Sprintf("cases_%d", n)
}

// caseGroup is a group of checkboxes, the only one or one of several: of these
// Slack can't ask that something is ticked in any.
func caseGroup(g core.Gesture, n int, matches []subject.Match, several bool) *slack.InputBlock {
	boxes := slack.NewCheckboxGroupsBlockElement(kit.ValueID)
	for i := range matches {
		boxes.Options = append(boxes.Options, caseOption(g, &matches[i]))
	}
	label := g.Speak.Say("inzage.cases")
	if n > 1 {
		label = g.Speak.Say("inzage.cases.more")
	}
	return kit.Input{ID: groupID(n), Label: label, Optional: several, Element: boxes}.Block()
}

// caseOption is a case as one tells it from others: number, name and means of
// contact as they were logged, when it came in, and what about.
func caseOption(g core.Gesture, match *subject.Match) *slack.OptionBlockObject {
	c, p := &match.Case, match.Case.Particulars
	name := g.Speak.Say("inzage.case", texts.Args{"Number": c.Number, "Name": contact.Clean(p.Name.Reveal())})
	about := []string{g.Speak.Date(c.Facts.Received), cmp.Or(p.Email.Reveal(), p.Phone.Reveal())}
	switch match.Why {
	case subject.MatchFormer, subject.MatchLinked:
		about = append(about, g.Speak.Say("inzage.why."+string(match.Why), texts.Args{"Via": match.Via}))
	}
	about = append(about, c.Facts.OfferingName)
	about = slices.DeleteFunc(about, func(s string) bool { return s == "" })
	return slack.NewOptionBlockObject(string(c.ID), kit.Plain(kit.Cut(name, kit.MaxLabel)), kit.Plain(kit.Cut(strings.Join(about, " · "), kit.MaxLabel)))
}

// chosenCases are the ticked cases of every group, in the order in which they
// stand.
func chosenCases(v kit.Values) []workflow.CaseID {
	var all []workflow.CaseID
	for n := 1; n <= subject.MaxMatches/casesPerGroup; n++ {
		for _, id := range v.Choices(groupID(n)) {
			all = append(all, workflow.CaseID(id))
		}
	}
	return all
}
