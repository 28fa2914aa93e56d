package handlers

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/dossier"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// dossierPDF is the action id of the button that hands the dossier out, as one
// encrypted document for the dispute committee.
const dossierPDF workflow.ActionName = "dossier_pdf"

// DocumentSender is what handing out a document needs of the register.
type DocumentSender interface {
	// RequestDocument keeps that somebody has a document of no case made, before
	// anything is read for it; repeated when that gesture did so before.
	RequestDocument(context.Context, outbox.DocumentRequest) (id string, repeated bool, err error)
	// SendDocument keeps a document until it was sent to one person, and queues that.
	SendDocument(context.Context, outbox.Document) error
	// Document returns one, with its content as long as that may be sent; a
	// document that is gone is refused with workflow.CodeNoSuchCase.
	Document(ctx context.Context, id string) (outbox.Document, error)
	// AttachmentBytes returns the content of a file that the register holds.
	AttachmentBytes(ctx context.Context, id workflow.CaseID, ordinal int) ([]byte, error)
}

// errNotShown: nobody read the passphrase, so there is nothing to send.
var errNotShown = errors.New("passphrase not shown")

// beginExport leaves a line in the journal before anybody sees anything, and
// says that the document is being made; it returns the making of it. A click
// that came twice makes no second one: whoever pressed it is told so in a
// direct message, for their modal may show the passphrase.
func (h *Handler) beginExport(ctx context.Context, g gesture) (func(context.Context), error) {
	if g.view.Type != slack.VTModal || g.view.ID == "" {
		return nil, errUnknown
	}
	recording, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	done, err := h.Register.Apply(recording, command(g, workflow.Export{}))
	c := done.Complaint
	switch {
	case err != nil:
		return nil, err
	case c.Access(h.roster(ctx), g.who.ID) < workflow.AccessFull:
		return nil, workflow.Refusals{{Code: workflow.CodeForbidden}}
	case done.Repeated:
		return nil, h.Slack.SendDirect(ctx, g.who.ID, escape(g.speak.Say("export.repeated", numbered(&c))))
	}
	making := section(escape(g.speak.Say("export.making", numbered(&c))), nil)
	if err := h.Slack.UpdateView(ctx, g.view.ID, h.exportView(g, making)); err != nil {
		return nil, err
	}
	return func(ctx context.Context) {
		h.finish(ctx, g, h.handOut(ctx, g, &c), g.speak.Say("export.not_shown", numbered(&c)))
	}, nil
}

// finish tells whoever waits for a document why there is none: what went wrong,
// or, in a direct message, that its passphrase could not be shown.
func (h *Handler) finish(ctx context.Context, g gesture, err error, notShown string) {
	if errors.Is(err, errNotShown) {
		h.Log.WarnContext(ctx, "document given up", "screen", g.name, "error", err)
		err = h.Slack.SendDirect(ctx, g.who.ID, escape(notShown))
	}
	if err != nil {
		h.explain(ctx, g, err)
	}
}

// handOut makes the document, shows its passphrase, and has it sent, in that
// order: a document of which nobody read the passphrase is never sent. The
// passphrase is in the modal and nowhere else.
func (h *Handler) handOut(ctx context.Context, g gesture, c *workflow.Complaint) error {
	passphrase := dossier.Passphrase()
	content, err := h.encryptedDossier(ctx, c, passphrase)
	if err != nil {
		return err
	}
	name := "dossier-" + c.Number + ".pdf"
	if err := h.Slack.UpdateView(ctx, g.view.ID, h.passphraseView(g, name, passphrase)); err != nil {
		return fmt.Errorf("%w: %w", errNotShown, err)
	}
	return h.DocumentSender.SendDocument(ctx, outbox.Document{Case: c.ID, To: g.who.ID, Name: name, Content: content})
}

// encryptedDossier is the document, in the language that channels read.
func (h *Handler) encryptedDossier(ctx context.Context, c *workflow.Complaint, passphrase workflow.Confidential) ([]byte, error) {
	records, err := h.Register.Dossier(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	files, err := h.enclosures(ctx, c.ID, records)
	if err != nil {
		return nil, err
	}
	speak := h.Texts.In(h.Language)
	pdf, err := dossier.PDF(dossier.Input{
		Complaint: *c, Records: records, Attachments: files, Policy: h.Policy,
		Names: func(who roster.PersonID) string { return h.name(ctx, speak, who) },
		Firm:  h.Firm.Name, Speaker: speak, Made: h.Now(),
	})
	if err != nil {
		return nil, err
	}
	return dossier.Encrypt(pdf, passphrase)
}

// enclosures are the files that came with the complaint. Those of notes are
// the firm's own; a file that the register does not hold is listed only.
func (h *Handler) enclosures(ctx context.Context, id workflow.CaseID, records []workflow.Record) ([]dossier.File, error) {
	files, err := h.Source.Attachments(ctx, id)
	if err != nil {
		return nil, err
	}
	var all []dossier.File
	for _, a := range files {
		if ofNote(a, records) {
			continue
		}
		f := dossier.File{Name: a.Name}
		if a.Held() {
			if f.Bytes, err = h.DocumentSender.AttachmentBytes(ctx, id, a.Ordinal); err != nil {
				return nil, err
			}
		}
		all = append(all, f)
	}
	return all, nil
}

// ofNote reports whether a file came with a note: both were recorded at one
// moment, by one person.
func ofNote(a workflow.Attachment, records []workflow.Record) bool {
	return slices.ContainsFunc(records, func(r workflow.Record) bool {
		return r.Kind == workflow.RecordNote && r.At.Equal(a.At) && r.By == a.By
	})
}

func (h *Handler) passphraseView(g gesture, name string, passphrase workflow.Confidential) slack.ModalViewRequest {
	return h.exportView(g,
		section(g.speak.Say("export.passphrase"), nil),
		apart(passphrase),
		section(g.speak.Say("export.sent", texts.Args{"Name": name}), nil),
		remark(g.speak.Say("export.kept")))
}

// apart shows a passphrase on a line of its own, to be copied.
func apart(passphrase workflow.Confidential) *slack.RichTextBlock {
	return slack.NewRichTextBlock("", &slack.RichTextPreformatted{
		Type: slack.RTEPreformatted, Elements: []slack.RichTextSectionElement{words(passphrase.Reveal())},
	})
}

func (h *Handler) exportView(g gesture, blocks ...slack.Block) slack.ModalViewRequest {
	return modal(string(dossierPDF), g.speak.Say("export.title"), "", g.speak.Say("common.close"), memo{}, blocks...)
}

// exportRow offers the document.
func exportRow(sp texts.Speaker, c *workflow.Complaint) *slack.ActionBlock {
	return buttons("", button(string(dossierPDF), refTo(c).String(), sp.Say("export.button"), slack.StyleDefault))
}

// submitDispute records a dispute, and offers what the committee will ask for:
// the dossier. After its ruling there is nothing to offer.
func (h *Handler) submitDispute(ctx context.Context, g gesture) Ack {
	done, err := h.Register.Apply(ctx, command(g, disputeOf(g.values())))
	c := done.Complaint
	switch {
	case err != nil:
		return h.failed(ctx, g, err)
	case c.State != workflow.StateDisputed:
		return Ack{}
	}
	blocks := append(caseLine(&c), section(g.speak.Say("export.offer"), nil), exportRow(g.speak, &c))
	return update(h.exportView(g, blocks...))
}

func numbered(c *workflow.Complaint) texts.Args { return texts.Args{"Number": c.Number} }
