package intake

import (
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/handlers/story"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/urgency"
)

// maxAddress is the longest postal address, in characters.
const maxAddress = 500

// prefill is what is filled in beforehand: a story, or all that is known of a
// complaint.
type prefill struct {
	storyFields
	Facts       workflow.Facts
	Particulars workflow.Particulars
	Story       story.Story     // of the message that it comes from
	Source      workflow.Source // that message, when it stands in an open channel
}

// storyFields is a story over the two fields that it has.
type storyFields struct {
	First, More string
	Cut         bool // there was more than the two fields hold
}

// newComplaint is what a new filing form begins with: what a person would only
// repeat.
func (h *Handler) newComplaint() prefill {
	return prefill{Facts: workflow.Facts{
		Received: h.Today(), ReceivedVia: workflow.ReceiptWays()[0], Language: h.Language,
	}}
}

// divided divides a story over its two fields.
func divided(whole string) storyFields {
	var t storyFields
	var rest string
	t.First, rest = kit.Split(whole, kit.MaxTyped)
	t.More, rest = kit.Split(rest, kit.MaxTyped)
	t.Cut = rest != ""
	return t
}

// filingView is the filing form. Block ids are those of the contract.
func (h *Handler) filingView(sp texts.Speaker, p prefill) slack.ModalViewRequest {
	blocks := []slack.Block{kit.Section(sp.Say("filing.intro"), nil), kit.Remark(sp.Say("filing.privacy"))}
	if p.Cut {
		blocks = append(blocks, kit.Section(sp.Say("filing.cut", texts.Args{"Max": 2 * kit.MaxTyped}), nil))
	}
	blocks = append(blocks, p.Story.Remarks(sp)...)
	for i, in := range h.filingInputs(sp, p) {
		if i == 0 {
			kit.Focus(in.Element)
		}
		in.Label = sp.Say("filing." + in.ID + ".label")
		blocks = append(blocks, in.Block())
	}
	blocks = append(blocks, p.Story.Offer(sp)...)
	return kit.Modal(string(workflow.ActionFile), sp.Say("filing.title"), sp.Say("filing.submit"), sp.Say("common.cancel"),
		kit.Metadata{Nonce: h.Nonce(), Channel: p.Source.Channel, TS: p.Source.TS}, blocks...)
}

// filingInputs are the modal's questions without their labels, in the order in which
// a call goes. What figures are made of has to be chosen, though it may wait until
// the decision.
func (h *Handler) filingInputs(sp texts.Speaker, p prefill) []kit.Input {
	hint := func(id string) string { return sp.Say("filing." + id + ".hint") }
	f, who := p.Facts, p.Particulars
	return []kit.Input{
		{ID: "description", Element: kit.Area(p.First)},
		{ID: "complainant_name", Element: kit.Line(who.Name.Reveal(), kit.MaxLine), Hint: hint("complainant_name")},
		{ID: "on_behalf_of", Element: kit.Line(who.OnBehalfOf.Reveal(), kit.MaxLine), Hint: hint("on_behalf_of"), Optional: true},
		{ID: "complainant_kind", Element: kit.Choose(f.ComplainantKind, kit.Choices(sp, "complainant_kind", workflow.ComplainantKinds())), Optional: true},
		{ID: "email", Element: kit.Line(who.Email.Reveal(), kit.MaxLine), Hint: hint("email"), Optional: true},
		{ID: "phone", Element: kit.Line(who.Phone.Reveal(), kit.MaxLine), Optional: true},
		{ID: "address", Element: kit.Line(who.Address.Reveal(), maxAddress).WithMultiline(true), Optional: true},
		{ID: "preferred_contact", Element: kit.Choose(string(f.Preferred), kit.Choices(sp, "contact", workflow.Contacts())), Hint: hint("preferred_contact"), Optional: true},
		{ID: "offering_kind", Element: kit.Choose(f.OfferingKind, kit.Choices(sp, "offering_kind", workflow.OfferingKinds())), Optional: true},
		{ID: "offering_name", Element: kit.Line(f.OfferingName, kit.MaxLine), Hint: hint("offering_name")},
		{ID: "category", Element: kit.Choose(f.Category, kit.Choices(sp, "category", workflow.Categories())), Optional: true},
		{ID: "received_date", Element: kit.Day(f.Received), Hint: hint("received_date")},
		{ID: "received_via", Element: kit.Choose(string(f.ReceivedVia), kit.Choices(sp, "way", workflow.ReceiptWays()))},
		{ID: "incident_date", Element: kit.Day(f.Incident), Hint: hint("incident_date"), Optional: true},
		{ID: "urgent", Element: kit.Ticks(strings.Fields(string(f.Urgent)), kit.Choices(sp, "urgent", urgency.Kinds())), Hint: hint("urgent"), Optional: true},
		{ID: "description_more", Element: kit.Area(p.More), Hint: hint("description_more"), Optional: true},
		{ID: "desired_outcome", Element: kit.Area(who.Wish.Reveal()), Optional: true},
		{ID: "concerns_user", Element: kit.Colleague(who.Concerns), Hint: hint("concerns_user"), Optional: true},
		{ID: "language", Element: kit.Choose(f.Language, kit.Choices(sp, "language", workflow.Languages()))},
		{ID: "attachments", Element: kit.Files(), Optional: true},
	}
}

// sourceOf is the message that a form was filled in from; zero for none.
func sourceOf(m kit.Metadata) workflow.Source {
	if m.Channel == "" || m.TS == "" {
		return workflow.Source{}
	}
	return workflow.Source{Channel: m.Channel, TS: m.TS}
}

// filingOf reads the filing form.
func filingOf(v kit.Values) workflow.File {
	told := v.Text("description")
	if more := v.Text("description_more"); !more.Blank() {
		told += "\n" + more
	}
	return workflow.File{
		Facts: workflow.Facts{
			Received:        v.Date("received_date"),
			Incident:        v.Date("incident_date"),
			ReceivedVia:     workflow.Way(v.Choice("received_via")),
			ComplainantKind: v.Choice("complainant_kind"),
			OfferingKind:    v.Choice("offering_kind"),
			OfferingName:    v.Text("offering_name").Reveal(),
			Category:        v.Choice("category"),
			Preferred:       workflow.Contact(v.Choice("preferred_contact")),
			Language:        v.Choice("language"),
			Urgent:          urgency.NewSet(v.Choices("urgent")...),
		},
		Particulars: workflow.Particulars{
			Name:       v.Text("complainant_name"),
			OnBehalfOf: v.Text("on_behalf_of"),
			Email:      v.Text("email"),
			Phone:      v.Text("phone"),
			Address:    v.Text("address"),
			Story:      told,
			Wish:       v.Text("desired_outcome"),
			Concerns:   v.Person("concerns_user"),
		},
		Attachments: append(v.Files("attachments"), v.Ticked(story.FilesID)...),
	}
}
