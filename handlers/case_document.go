package handlers

import (
	"context"
	"fmt"

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

// documentStore keeps documents until they were sent to one person.
type documentStore interface {
	// RequestDocument keeps that somebody has a document of no case made, before
	// anything is read for it; repeated when that gesture did so before.
	RequestDocument(context.Context, outbox.DocumentRequest) (id string, repeated bool, err error)
	// SendDocument keeps a document until it was sent to one person, and queues that.
	SendDocument(context.Context, outbox.Document) error
	// Document returns one, with its content as long as that may be sent; a
	// document that is gone is refused with workflow.CodeNoSuchCase.
	Document(ctx context.Context, id string) (outbox.Document, error)
}

// caseContents is what the dossier as a document is made of.
type caseContents interface {
	// Case returns a case with its Particulars, for the bot.
	Case(context.Context, workflow.CaseID) (workflow.Complaint, error)
	// Dossier returns the entries of a case, oldest first.
	Dossier(context.Context, workflow.CaseID) ([]workflow.Record, error)
	// Attachments lists the files of a case, without their content.
	Attachments(context.Context, workflow.CaseID) ([]workflow.Attachment, error)
	// AttachmentBytes returns the content of a file that the register holds.
	AttachmentBytes(ctx context.Context, id workflow.CaseID, ordinal int) ([]byte, error)
}

// exportHandler hands out what leaves the register as a file: the dossier of a
// case, and the register itself.
type exportHandler struct {
	*caseForms
	Documents documentStore
	Contents  caseContents
	Registers registerReader
}

func newExport(f *caseForms, documents documentStore, contents caseContents, registers registerReader) *exportHandler {
	return &exportHandler{f, documents, contents, registers}
}

// Table registers what stands behind the ids of this subject.
func (h *exportHandler) Table() table {
	return table{Screens: map[string]screen{
		string(dossierPDF): {begin: h.beginExport},
		registerExport:     {open: h.openRegister, submit: h.submitRegister},
	}, Command: h.command, Messages: map[outbox.Kind]renderer{
		outbox.KindDocument:       h.documentMessage,
		outbox.KindDocumentRecall: h.documentMessage,
	}}
}

func (h *exportHandler) command(text string) opener {
	if text == "export" {
		return opens(h.openRegister)
	}
	return nil
}

// beginExport leaves a line in the journal before anybody sees anything, and
// says that the document is being made; it returns the making of it. A click
// that came twice makes no second one: whoever pressed it is told so in a
// direct message, for their modal may show the passphrase.
func (h *exportHandler) beginExport(ctx context.Context, g gesture) (func(context.Context), error) {
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
	if err := h.Slack.UpdateView(ctx, g.view.ID, exportView(g, making)); err != nil {
		return nil, err
	}
	return func(ctx context.Context) {
		finish(ctx, h.Env, g, h.handOut(ctx, g, &c), g.speak.Say("export.not_shown", numbered(&c)))
	}, nil
}

// handOut makes the document, shows its passphrase, and has it sent, in that
// order: a document of which nobody read the passphrase is never sent. The
// passphrase is in the modal and nowhere else.
func (h *exportHandler) handOut(ctx context.Context, g gesture, c *workflow.Complaint) error {
	passphrase := dossier.Passphrase()
	content, err := h.encryptedDossier(ctx, c, passphrase)
	if err != nil {
		return err
	}
	name := "dossier-" + c.Number + ".pdf"
	if err := h.Slack.UpdateView(ctx, g.view.ID, h.passphraseView(g, name, passphrase)); err != nil {
		return fmt.Errorf("%w: %w", errNotShown, err)
	}
	return h.Documents.SendDocument(ctx, outbox.Document{Case: c.ID, To: g.who.ID, Name: name, Content: content})
}

// encryptedDossier is the document, in the language that channels read.
func (h *exportHandler) encryptedDossier(ctx context.Context, c *workflow.Complaint, passphrase workflow.Confidential) ([]byte, error) {
	records, err := h.Contents.Dossier(ctx, c.ID)
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
func (h *exportHandler) enclosures(ctx context.Context, id workflow.CaseID, records []workflow.Record) ([]dossier.File, error) {
	files, err := h.Contents.Attachments(ctx, id)
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
			if f.Bytes, err = h.Contents.AttachmentBytes(ctx, id, a.Ordinal); err != nil {
				return nil, err
			}
		}
		all = append(all, f)
	}
	return all, nil
}

func (h *exportHandler) passphraseView(g gesture, name string, passphrase workflow.Confidential) slack.ModalViewRequest {
	return exportView(g,
		section(g.speak.Say("export.passphrase"), nil),
		passphraseLine(passphrase),
		section(g.speak.Say("export.sent", texts.Args{"Name": name}), nil),
		remark(g.speak.Say("export.kept")))
}

func exportView(g gesture, blocks ...slack.Block) slack.ModalViewRequest {
	return modal(string(dossierPDF), g.speak.Say("export.title"), "", g.speak.Say("common.close"), metadata{}, blocks...)
}

// exportRow offers the document.
func exportRow(sp texts.Speaker, c *workflow.Complaint) *slack.ActionBlock {
	return buttons("", button(string(dossierPDF), refTo(c).String(), sp.Say("export.button"), slack.StyleDefault))
}
