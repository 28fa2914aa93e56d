package subject

import (
	"context"
	"fmt"
	"slices"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/dossier"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/export"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// maxEnclosed is how many megabytes of files one document holds: what can be
// made in memory, and be brought to Slack in the time that an upload has.
const maxEnclosed = 25

// submitChosen leaves a line in the journal of every case before anything is
// made. When one of them is no longer this person's, nothing is made: they
// choose anew.
func (h *Handler) submitChosen(ctx context.Context, g core.Gesture) core.Ack {
	ids := chosenCases(g.Values())
	if len(ids) == 0 {
		return core.FieldError("cases", g.Speak.Say("inzage.cases.none"))
	}
	for _, id := range ids {
		if _, err := h.Other(ctx, id, g.Who.ID); err != nil {
			return h.Failed(ctx, g, err)
		}
	}
	document, repeated, err := h.disclose(ctx, g, ids)
	switch {
	case err != nil:
		return h.Failed(ctx, g, err)
	case repeated: // the submission came twice
		return core.Update(h.Notice(g.Speak, g.Speak.Say("inzage.repeated")))
	}
	ack := core.Update(h.accessNote(g, kit.Section(g.Speak.Say("inzage.making"), nil)))
	ack.Then = func(ctx context.Context) {
		export.Finish(ctx, h.Env, g, h.handOutAccess(ctx, g, document, ids), g.Speak.Say("inzage.not_shown"))
	}
	return ack
}

// disclose records in each case that it is handed out, and announces the
// document, whose id it returns. Doing it again changes nothing.
func (h *Handler) disclose(ctx context.Context, g core.Gesture, ids []workflow.CaseID) (document string, repeated bool, err error) {
	reason := kit.Typed(g.Values(), "reason")
	for _, id := range ids {
		_, err := h.Register.Apply(ctx, workflow.Command{
			Case: id, Action: workflow.Disclose{Reason: reason}, By: g.Who.ID, Gesture: core.Identity(g.ID, string(id)),
		})
		if err != nil {
			return "", false, err
		}
	}
	return h.documents.RequestDocument(ctx, outbox.DocumentRequest{Kind: outbox.DocumentPerson, By: g.Who.ID, Gesture: g.ID})
}

// handOutAccess makes the document, shows its passphrase, and has it sent, in
// that order (see handOut).
func (h *Handler) handOutAccess(ctx context.Context, g core.Gesture, document string, ids []workflow.CaseID) error {
	all, err := h.access(ctx, g, ids)
	if err != nil {
		return err
	}
	inForm := all.PDF
	if g.Metadata().Format == accessJSON {
		inForm = all.JSON
	}
	plain, err := inForm()
	if err != nil {
		return err
	}
	passphrase := dossier.Passphrase()
	content, err := dossier.Encrypt(plain, passphrase)
	if err != nil {
		return err
	}
	name := "inzage-" + h.Today().String() + ".pdf"
	if err := h.Slack.UpdateView(ctx, g.View.ID, h.accessPassphrase(g, name, passphrase, all)); err != nil {
		return fmt.Errorf("%w: %w", export.ErrNotShown, err)
	}
	return h.documents.SendDocument(ctx, outbox.Document{
		ID: document, Kind: outbox.DocumentPerson, To: g.Who.ID, Name: name, Content: content,
	})
}

// access collects what the cases hold, oldest first, in the language of the
// newest one's letters: that is the person's. The cases are read only now that
// the document is announced: one that turns out to concern who asked ends it.
func (h *Handler) access(ctx context.Context, g core.Gesture, ids []workflow.CaseID) (dossier.Access, error) {
	var cases []workflow.Complaint
	for _, id := range ids {
		c, err := h.Other(ctx, id, g.Who.ID)
		if err != nil {
			return dossier.Access{}, err
		}
		cases = append(cases, c)
	}
	slices.SortStableFunc(cases, func(a, b workflow.Complaint) int { return a.LoggedAt.Compare(b.LoggedAt) })
	speak := h.Texts.In(cases[len(cases)-1].Facts.Language)
	all := dossier.Access{
		By: g.Who.Name, Policy: h.Policy, Firm: h.Firm.Name, Contact: h.Firm.Contact, Speaker: speak, Made: h.Now(), Faces: h.Faces,
		Names: func(who roster.PersonID) string { return h.Name(ctx, speak, who) },
	}
	room := maxEnclosed << 20
	for _, c := range cases {
		held, err := h.held(ctx, c, &room)
		if err != nil {
			return dossier.Access{}, err
		}
		all.Cases = append(all.Cases, held)
	}
	return all, nil
}

// held is what one case holds: every entry, and of the files what there is room
// for.
func (h *Handler) held(ctx context.Context, c workflow.Complaint, room *int) (dossier.Held, error) {
	records, err := h.holdings.Dossier(ctx, c.ID)
	if err != nil {
		return dossier.Held{}, err
	}
	files, err := h.holdings.Attachments(ctx, c.ID)
	if err != nil {
		return dossier.Held{}, err
	}
	held := dossier.Held{Complaint: c, Records: records}
	for _, a := range files {
		f := dossier.HeldFile{File: dossier.File{Name: a.Name}, Note: export.OfNote(a, records), Size: a.Size}
		switch {
		case !a.Held():
		case a.Size > *room:
			f.TooMuch = true
		default:
			*room -= a.Size
			if f.Bytes, err = h.holdings.AttachmentBytes(ctx, c.ID, a.Ordinal); err != nil {
				return dossier.Held{}, err
			}
		}
		held.Files = append(held.Files, f)
	}
	return held, nil
}

// accessPassphrase shows the passphrase, once, and what to check before the
// document goes on.
func (h *Handler) accessPassphrase(g core.Gesture, name string, passphrase workflow.Confidential, all dossier.Access) slack.ModalViewRequest {
	blocks := []slack.Block{
		kit.Section(g.Speak.Say("inzage.passphrase"), nil),
		export.PassphraseLine(passphrase),
		kit.Section(g.Speak.Say("inzage.sent", texts.Args{"Name": name}), nil),
		kit.Section(g.Speak.Say("inzage.check"), nil),
	}
	left, missing := incomplete(all)
	if left > 0 {
		blocks = append(blocks, kit.Section(g.Speak.Say("inzage.left_out", texts.Args{"Count": left, "Max": maxEnclosed}), nil))
	}
	if missing > 0 {
		blocks = append(blocks, kit.Section(g.Speak.Say("inzage.missing", texts.Args{"Count": missing}), nil))
	}
	return h.accessNote(g, append(blocks, kit.Remark(g.Speak.Say("inzage.recorded")))...)
}

// incomplete counts the files that are listed only: those without room, and
// those that the register does not hold.
func incomplete(all dossier.Access) (left, missing int) {
	for _, held := range all.Cases {
		for _, f := range held.Files {
			switch {
			case f.TooMuch:
				left++
			case len(f.Bytes) == 0:
				missing++
			}
		}
	}
	return left, missing
}
