package handlers

import (
	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// maxAddress is the longest postal address, in characters.
const maxAddress = 500

// prefill is what is filled in beforehand: a story, or all that is known of a
// complaint.
type prefill struct {
	storyFields
	Facts       workflow.Facts
	Particulars workflow.Particulars
}

// storyFields is a story over the two fields that it has.
type storyFields struct {
	Story, More string
	Cut         bool // there was more than the two fields hold
}

// newComplaint is what stands in the modal of a new complaint: what a person would
// only repeat.
func (h *intakeHandler) newComplaint() prefill {
	return prefill{Facts: workflow.Facts{
		Preferred: workflow.Contacts()[0], Received: h.today(), ReceivedVia: workflow.ReceiptWays()[0], Language: h.Language,
	}}
}

// storyOfMessage divides the text of a message over the two fields of a story.
func storyOfMessage(message string) storyFields {
	return divided(workflow.Clean(readable(message)))
}

// divided divides a story over its two fields.
func divided(story string) storyFields {
	var t storyFields
	var rest string
	t.Story, rest = split(story, maxTyped)
	t.More, rest = split(rest, maxTyped)
	t.Cut = rest != ""
	return t
}

// filingView is the log modal. Block ids are those of the contract.
func (h *intakeHandler) filingView(sp texts.Speaker, p prefill) slack.ModalViewRequest {
	blocks := []slack.Block{section(sp.Say("log.intro"), nil), remark(sp.Say("log.privacy"))}
	if p.Cut {
		blocks = append(blocks, section(sp.Say("log.cut", texts.Args{"Max": 2 * maxTyped}), nil))
	}
	for _, in := range h.filingInputs(sp, p) {
		in.Label = sp.Say("log." + in.ID + ".label")
		blocks = append(blocks, in.block())
	}
	return modal(string(workflow.ActionFile), sp.Say("log.title"), sp.Say("log.submit"), sp.Say("common.cancel"),
		metadata{Nonce: h.Nonce()}, blocks...)
}

// filingInputs are the modal's questions in order, without their labels. What
// figures are made of has to be chosen.
func (h *intakeHandler) filingInputs(sp texts.Speaker, p prefill) []input {
	hint := func(id string) string { return sp.Say("log." + id + ".hint") }
	f, who := p.Facts, p.Particulars
	return []input{
		{ID: "complainant_name", Element: line(who.Name.Reveal(), maxLine), Hint: hint("complainant_name")},
		{ID: "complainant_kind", Element: choose(f.ComplainantKind, choices(sp, "complainant_kind", workflow.ComplainantKinds()))},
		{ID: "email", Element: line(who.Email.Reveal(), maxLine), Hint: hint("email"), Optional: true},
		{ID: "phone", Element: line(who.Phone.Reveal(), maxLine), Optional: true},
		{ID: "address", Element: line(who.Address.Reveal(), maxAddress).WithMultiline(true), Optional: true},
		{ID: "preferred_contact", Element: choose(string(f.Preferred), choices(sp, "contact", workflow.Contacts())), Hint: hint("preferred_contact")},
		{ID: "offering_kind", Element: choose(f.OfferingKind, choices(sp, "offering_kind", workflow.OfferingKinds()))},
		{ID: "offering_name", Element: line(f.OfferingName, maxLine), Hint: hint("offering_name")},
		{ID: "category", Element: choose(f.Category, choices(sp, "category", workflow.Categories()))},
		{ID: "received_date", Element: day(f.Received), Hint: hint("received_date")},
		{ID: "received_via", Element: choose(string(f.ReceivedVia), choices(sp, "way", workflow.ReceiptWays()))},
		{ID: "incident_date", Element: day(f.Incident), Hint: hint("incident_date"), Optional: true},
		{ID: "description", Element: area(p.Story)},
		{ID: "description_more", Element: area(p.More), Hint: hint("description_more"), Optional: true},
		{ID: "desired_outcome", Element: area(who.Wish.Reveal()), Optional: true},
		{ID: "concerns_user", Element: colleague(who.Concerns), Hint: hint("concerns_user"), Optional: true},
		{ID: "language", Element: choose(f.Language, choices(sp, "language", workflow.Languages()))},
		{ID: "attachments", Element: files(), Optional: true},
	}
}

// filingOf reads the log modal.
func filingOf(v values) workflow.File {
	story := v.text("description")
	if more := v.text("description_more"); !more.Blank() {
		story += "\n" + more
	}
	return workflow.File{
		Facts: workflow.Facts{
			Received:        v.date("received_date"),
			Incident:        v.date("incident_date"),
			ReceivedVia:     workflow.Way(v.choice("received_via")),
			ComplainantKind: v.choice("complainant_kind"),
			OfferingKind:    v.choice("offering_kind"),
			OfferingName:    v.text("offering_name").Reveal(),
			Category:        v.choice("category"),
			Preferred:       workflow.Contact(v.choice("preferred_contact")),
			Language:        v.choice("language"),
		},
		Particulars: workflow.Particulars{
			Name:     v.text("complainant_name"),
			Email:    v.text("email"),
			Phone:    v.text("phone"),
			Address:  v.text("address"),
			Story:    story,
			Wish:     v.text("desired_outcome"),
			Concerns: v.person("concerns_user"),
		},
		Attachments: v.files("attachments"),
	}
}
