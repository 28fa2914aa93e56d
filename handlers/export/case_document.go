// Package export hands out what leaves the register as a file: the dossier of a
// case, a letter for the post and the register itself, and what becomes of them on
// their way.
package export

import (
	"context"
	"fmt"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/dossier"
	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/letters/paper"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// dossierPDF is the action id of the button that hands the dossier out, as one
// encrypted document for the dispute committee.
const dossierPDF workflow.ActionName = "dossier_pdf"

// DocumentStore holds documents until they were sent, each to one person.
type DocumentStore interface {
	// RequestDocument records that somebody asks for a document of no case, before
	// anything is read for it; repeated when that gesture did so already.
	RequestDocument(context.Context, outbox.DocumentRequest) (id string, repeated bool, err error)
	// SendDocument stores a document and queues its sending to one person.
	SendDocument(context.Context, outbox.Document) error
	// Document returns one, with its content as long as that may be sent; a
	// document that is gone is refused with workflow.CodeNoSuchCase.
	Document(ctx context.Context, id string) (outbox.Document, error)
}

// CaseContents is what the dossier as a document is made of.
type CaseContents interface {
	// Case returns a case with its Particulars, for the bot.
	Case(context.Context, workflow.CaseID) (workflow.Complaint, error)
	// Dossier returns the entries of a case, oldest first.
	Dossier(context.Context, workflow.CaseID) ([]workflow.Record, error)
	// Attachments lists the files of a case, without their content.
	Attachments(context.Context, workflow.CaseID) ([]workflow.Attachment, error)
	// AttachmentBytes returns the content of a file that the register holds.
	AttachmentBytes(ctx context.Context, id workflow.CaseID, ordinal int) ([]byte, error)
}

// Handler hands out what leaves the register as a file: the dossier of a
// case, a letter of it, and the register itself.
type Handler struct {
	*cases.Forms
	documents DocumentStore
	contents  CaseContents
	registers RegisterReader
	logo      *paper.Logo // nil for none
}

func New(f *cases.Forms, documents DocumentStore, contents CaseContents, registers RegisterReader, logo *paper.Logo) *Handler {
	return &Handler{f, documents, contents, registers, logo}
}

// Table registers what stands behind the ids of this subject.
func (h *Handler) Table() core.Table {
	return core.Table{Screens: map[string]core.Screen{
		string(dossierPDF):      {Begin: h.beginExport},
		string(cases.LetterPDF): {Begin: h.beginLetter, Submit: h.submitAddress},
		RegisterExport:          {Open: h.openRegister, Submit: h.submitRegister},
	}, Command: h.command, Messages: map[outbox.Kind]core.Renderer{
		outbox.KindDocument:       h.documentMessage,
		outbox.KindDocumentRecall: h.documentMessage,
	}}
}

func (h *Handler) command(text string) core.Opener {
	if text == "export" {
		return core.Opens(h.openRegister)
	}
	return nil
}

// beginExport leaves a line in the journal before anybody sees anything, and
// says that the document is being made; it returns the making of it. A click
// that came twice makes no second one: whoever pressed it is told so in a
// direct message, for their modal may show the passphrase.
func (h *Handler) beginExport(ctx context.Context, g core.Gesture) (func(context.Context), error) {
	if g.View.Type != slack.VTModal || g.View.ID == "" {
		return nil, core.ErrUnknown
	}
	recording, cancel := context.WithTimeout(ctx, core.ReadTime)
	defer cancel()
	c, repeated, err := h.leaves(recording, g, g.ID)
	switch {
	case err != nil:
		return nil, err
	case repeated:
		return nil, h.Slack.SendDirect(ctx, g.Who.ID, kit.Escape(g.Speak.Say("export.repeated", Numbered(&c))))
	}
	making := kit.Section(kit.Escape(g.Speak.Say("export.making", Numbered(&c))), nil)
	if err := h.Slack.UpdateView(ctx, g.View.ID, ExportView(g, making)); err != nil {
		return nil, err
	}
	return func(ctx context.Context) {
		Finish(ctx, h.Env, g, h.handOut(ctx, g, &c), g.Speak.Say("export.not_shown", Numbered(&c)))
	}, nil
}

// leaves records that something of a case is handed out, under a gesture of that
// identity; repeated when that gesture did so already.
func (h *Handler) leaves(ctx context.Context, g core.Gesture, identity string) (c workflow.Complaint, repeated bool, err error) {
	cmd := cases.Command(g, workflow.Export{})
	cmd.Gesture = identity
	done, err := h.Register.Apply(ctx, cmd)
	if err == nil && done.Complaint.Access(h.Roster(ctx), g.Who.ID) < workflow.AccessFull {
		err = workflow.Refusals{{Code: workflow.CodeForbidden}}
	}
	return done.Complaint, done.Repeated, err
}

func (h *Handler) handOut(ctx context.Context, g core.Gesture, c *workflow.Complaint) error {
	pdf, err := h.dossierOf(ctx, c)
	if err != nil {
		return err
	}
	d := outbox.Document{Case: c.ID, To: g.Who.ID, Name: "dossier-" + c.Number + ".pdf", Content: pdf}
	return h.send(ctx, g, d, func(passphrase workflow.Confidential) slack.ModalViewRequest {
		return h.passphraseView(g, d.Name, passphrase)
	})
}

// send encrypts a document, shows its passphrase, and has it sent, in that order: a
// document of which nobody read the passphrase is never sent. The passphrase is in
// the modal and nowhere else.
func (h *Handler) send(ctx context.Context, g core.Gesture, d outbox.Document, ready func(passphrase workflow.Confidential) slack.ModalViewRequest) (err error) {
	passphrase := dossier.Passphrase()
	if d.Content, err = dossier.Encrypt(d.Content, passphrase); err != nil {
		return err
	}
	if err := h.Slack.UpdateView(ctx, g.View.ID, ready(passphrase)); err != nil {
		return fmt.Errorf("%w: %w", ErrNotShown, err)
	}
	return h.documents.SendDocument(ctx, d)
}

// dossierOf is the document, in the language of the firm: it leaves the firm.
func (h *Handler) dossierOf(ctx context.Context, c *workflow.Complaint) ([]byte, error) {
	records, err := h.contents.Dossier(ctx, c.ID)
	if err != nil {
		return nil, err
	}
	files, err := h.enclosures(ctx, c.ID, records)
	if err != nil {
		return nil, err
	}
	speak := h.Texts.In(h.Language)
	return dossier.PDF(dossier.Input{
		Complaint: *c, Records: records, Attachments: files, Policy: h.Policy,
		Names: func(who roster.PersonID) string { return h.Name(ctx, speak, who) },
		Firm:  h.Firm.Name, Speaker: speak, Made: h.Now(), Faces: h.Faces,
	})
}

// enclosures are the files that came with the complaint. Those of notes are
// the firm's own; a file that the register does not hold is listed only.
func (h *Handler) enclosures(ctx context.Context, id workflow.CaseID, records []workflow.Record) ([]dossier.File, error) {
	files, err := h.contents.Attachments(ctx, id)
	if err != nil {
		return nil, err
	}
	var all []dossier.File
	for _, a := range files {
		if OfNote(a, records) {
			continue
		}
		f := dossier.File{Name: a.Name}
		if a.Held() {
			if f.Bytes, err = h.contents.AttachmentBytes(ctx, id, a.Ordinal); err != nil {
				return nil, err
			}
		}
		all = append(all, f)
	}
	return all, nil
}

func (h *Handler) passphraseView(g core.Gesture, name string, passphrase workflow.Confidential) slack.ModalViewRequest {
	return ExportView(g,
		kit.Section(g.Speak.Say("export.passphrase"), nil),
		PassphraseLine(passphrase),
		kit.Section(g.Speak.Say("export.sent", texts.Args{"Name": name}), nil),
		kit.Remark(g.Speak.Say("export.kept")))
}

func ExportView(g core.Gesture, blocks ...slack.Block) slack.ModalViewRequest {
	return kit.Modal(string(dossierPDF), g.Speak.Say("export.title"), "", g.Speak.Say("common.close"), kit.Metadata{}, blocks...)
}

// ExportRow offers the document.
func ExportRow(sp texts.Speaker, c *workflow.Complaint) *slack.ActionBlock {
	return kit.Buttons("", kit.Button(string(dossierPDF), kit.RefTo(c).String(), sp.Say("export.button"), slack.StyleDefault))
}
