package handlers

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
	"github.com/artra/klachtbot/workflow/subject"
)

// casesPerGroup is how many checkboxes Slack takes in one input.
const casesPerGroup = 10

// accessForm asks for whom and in which form, below what there is to say of an
// earlier search.
func (h *subjectHandler) accessForm(ctx context.Context, g gesture, q request, before ...slack.Block) slack.ModalViewRequest {
	if len(before) == 0 {
		before = []slack.Block{section(g.speak.Say("inzage.intro"), nil)}
	}
	formats := []option{
		{accessPDF, g.speak.Say("inzage.format.pdf")},
		{accessJSON, g.speak.Say("inzage.format.json")},
	}
	blocks := append(before,
		input{ID: "person", Label: g.speak.Say("inzage.person"), Hint: g.speak.Say("inzage.person.hint"), Element: area(q.person)}.block(),
		input{ID: "format", Label: g.speak.Say("inzage.format"), Element: choose(q.format, formats)}.block(),
		remark(h.ownCases(ctx, g)), remark(g.speak.Say("inzage.kept")))
	return modal(accessID, g.speak.Say("inzage.title"), g.speak.Say("inzage.search"), g.speak.Say("common.cancel"),
		metadata{Nonce: h.Nonce()}, blocks...)
}

// accessNote only says something.
func (h *subjectHandler) accessNote(g gesture, blocks ...slack.Block) slack.ModalViewRequest {
	return modal(accessID, g.speak.Say("inzage.title"), "", g.speak.Say("common.close"), metadata{}, blocks...)
}

// ownCases says that a case about this person shows nowhere, whether there is
// one or not, and who else can look.
func (h *subjectHandler) ownCases(ctx context.Context, g gesture) string {
	if others := h.otherSearchers(ctx, g); len(others) > 0 {
		return g.speak.Say("inzage.own.who", texts.Args{"Who": escape(strings.Join(others, ", "))})
	}
	return g.speak.Say("inzage.own")
}

// maxSearchers is how many names the form tells.
const maxSearchers = 3

// otherSearchers are the names of the other officers; of the directors when there
// is no other officer.
func (h *subjectHandler) otherSearchers(ctx context.Context, g gesture) []string {
	for _, all := range [][]roster.PersonID{h.Policy.Roster.Officers, h.Policy.Roster.Directors} {
		var names []string
		for _, who := range all {
			if who != g.who.ID {
				names = append(names, h.name(ctx, g.speak, who))
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
func noMatches(g gesture, found subject.SubjectMatches, all bool) []slack.Block {
	said := g.speak.Say("inzage.nothing")
	switch {
	case found.More:
		said = g.speak.Say("inzage.too_many", texts.Args{"Max": subject.MaxMatches})
	case !all:
		said = g.speak.Say("inzage.nothing.handled")
	}
	blocks := append([]slack.Block{section(said, nil)}, mentionBlocks(g, found)...)
	return append(blocks, casesSearched(g, found.Searched))
}

func casesSearched(g gesture, cases int) slack.Block {
	return remark(g.speak.Say("inzage.looked", texts.Args{"Count": cases}))
}

func mentionBlocks(g gesture, found subject.SubjectMatches) []slack.Block {
	if len(found.Mentions) == 0 {
		return nil
	}
	return []slack.Block{section(g.speak.Say("inzage.mentions", texts.Args{"Numbers": strings.Join(found.Mentions, ", ")}), nil)}
}

// chooseView asks which of the cases that were found are the person's: somebody
// has to say so, for the same name may be another's.
func (h *subjectHandler) chooseView(ctx context.Context, g gesture, q request, found subject.SubjectMatches) slack.ModalViewRequest {
	blocks := []slack.Block{section(g.speak.Say("inzage.choose"), nil)}
	n := 0
	for group := range slices.Chunk(found.Found, casesPerGroup) {
		n++
		blocks = append(blocks, caseGroup(g, n, group, len(found.Found) > casesPerGroup))
	}
	blocks = append(blocks, mentionBlocks(g, found)...)
	blocks = append(blocks,
		input{ID: "reason", Label: g.speak.Say("inzage.reason"), Hint: g.speak.Say("inzage.reason.hint"), Optional: true,
			Element: line("", maxTyped)}.block(),
		casesSearched(g, found.Searched), remark(h.ownCases(ctx, g)), remark(g.speak.Say("inzage.kept")))
	return modal(accessID, g.speak.Say("inzage.title"), g.speak.Say("inzage.make"), g.speak.Say("common.cancel"),
		metadata{Nonce: h.Nonce(), Format: q.format}, blocks...)
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
func caseGroup(g gesture, n int, hits []subject.Match, several bool) *slack.InputBlock {
	boxes := slack.NewCheckboxGroupsBlockElement(valueID)
	for i := range hits {
		boxes.Options = append(boxes.Options, caseOption(g, &hits[i]))
	}
	label := g.speak.Say("inzage.cases")
	if n > 1 {
		label = g.speak.Say("inzage.cases.more")
	}
	return input{ID: groupID(n), Label: label, Optional: several, Element: boxes}.block()
}

// caseOption is a case as one tells it from others: number, name and means of
// contact as they were logged, when it came in, and what about.
func caseOption(g gesture, hit *subject.Match) *slack.OptionBlockObject {
	c, p := &hit.Case, hit.Case.Particulars
	name := g.speak.Say("inzage.case", texts.Args{"Number": c.Number, "Name": workflow.Clean(p.Name.Reveal())})
	about := []string{g.speak.Date(c.Facts.Received), cmp.Or(p.Email.Reveal(), p.Phone.Reveal())}
	switch hit.Why {
	case subject.MatchFormer, subject.MatchLinked:
		about = append(about, g.speak.Say("inzage.why."+string(hit.Why), texts.Args{"Via": hit.Via}))
	}
	about = append(about, c.Facts.OfferingName)
	about = slices.DeleteFunc(about, func(s string) bool { return s == "" })
	return slack.NewOptionBlockObject(string(c.ID), plain(cut(name, maxLabel)), plain(cut(strings.Join(about, " · "), maxLabel)))
}

// chosenCases are the ticked cases of every group, in the order in which they
// stand.
func chosenCases(v values) []workflow.CaseID {
	var all []workflow.CaseID
	for n := 1; n <= subject.MaxMatches/casesPerGroup; n++ {
		for _, id := range v.choices(groupID(n)) {
			all = append(all, workflow.CaseID(id))
		}
	}
	return all
}
