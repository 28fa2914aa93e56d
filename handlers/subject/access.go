// Package subject serves the people whom the data are about: the subject access
// request (AVG, article 15), and erasure before the term.
package subject

import (
	"context"
	"strings"

	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/subject"
)

// accessID is the callback id of an access request (AVG, article 15): the
// question, and the choice among what was found.
const accessID = "inzage"

// The forms in which what is held on somebody is handed out.
const (
	accessPDF  = "pdf"
	accessJSON = "json"
)

// SubjectSearcher is what an access request needs of the register.
type SubjectSearcher interface {
	// SearchSubject searches every case on which the viewer has an officer's
	// rights for what is held on somebody; workflow.CodeForbidden for who may not
	// ask. The more cases, the longer it takes.
	SearchSubject(context.Context, subject.SubjectSearch) (subject.SubjectMatches, error)
}

// HoldingsReader reads what is held on somebody.
type HoldingsReader interface {
	// Dossier returns the entries of a case, oldest first.
	Dossier(context.Context, workflow.CaseID) ([]workflow.Record, error)
	// Attachments lists the files of a case, without their content.
	Attachments(context.Context, workflow.CaseID) ([]workflow.Attachment, error)
	// AttachmentBytes returns the content of a file that the register holds.
	AttachmentBytes(ctx context.Context, id workflow.CaseID, ordinal int) ([]byte, error)
}

// documentSender sends a document to one person.
type documentSender interface {
	// RequestDocument records that somebody asks for a document of no case, before
	// anything is read for it; repeated when that gesture did so already.
	RequestDocument(context.Context, outbox.DocumentRequest) (id string, repeated bool, err error)
	// SendDocument stores a document and queues its sending to one person.
	SendDocument(context.Context, outbox.Document) error
}

// Handler answers those whom the data are about: what is held on them,
// and its erasure on request.
type Handler struct {
	*cases.Forms
	searcher  SubjectSearcher
	holdings  HoldingsReader
	documents documentSender
}

func New(f *cases.Forms, s SubjectSearcher, r HoldingsReader, d documentSender) *Handler {
	return &Handler{f, s, r, d}
}

// Table registers what stands behind the ids of this subject.
func (h *Handler) Table() core.Table {
	return core.Table{Screens: map[string]core.Screen{
		accessID:                            {Submit: h.submitAccess},
		string(workflow.ActionErase):        {Open: h.openErase, Submit: h.submitErase},
		string(workflow.ActionEraseConfirm): {Open: h.openEraseConfirm, Submit: h.submitEraseConfirm},
		string(workflow.ActionEraseDecline): {Open: h.openEraseDecline, Submit: h.submitEraseDecline},
	}, Command: h.command}
}

// command answers an access request.
func (h *Handler) command(text string) core.Opener {
	if verb, _, _ := strings.Cut(text, " "); verb == "inzage" || verb == "access" {
		return core.Opens(h.openAccess)
	}
	return nil
}

// openAccess asks for whom. What was typed behind the command stands there
// already.
func (h *Handler) openAccess(ctx context.Context, g core.Gesture) error {
	if !subject.MaySearchSubject(h.Policy.Roster, g.Who.ID) {
		return core.RefusalKey("inzage.forbidden")
	}
	_, typed, _ := strings.Cut(strings.TrimSpace(g.Typed), " ")
	return h.Show(ctx, g, h.accessForm(ctx, g, request{person: contact.Clean(typed), format: accessPDF}))
}

// submitAccess searches for the person, or makes the document of the cases
// that were chosen.
func (h *Handler) submitAccess(ctx context.Context, g core.Gesture) core.Ack {
	if !subject.MaySearchSubject(h.Policy.Roster, g.Who.ID) {
		return h.Failed(ctx, g, workflow.Refusals{{Code: workflow.CodeForbidden}})
	}
	if g.Metadata().Format != "" {
		return h.submitChosen(ctx, g)
	}
	q := request{person: g.Values().Text("person").Reveal(), format: formatOf(g.Values().Choice("format"))}
	identifiers := identifiersOf(q.person)
	switch {
	case len(identifiers) == 0:
		return core.FieldError("person", g.Speak.Say("inzage.person.nothing"))
	case len(identifiers) > maxIdentifiers:
		return core.FieldError("person", g.Speak.Say("inzage.person.many", texts.Args{"Max": maxIdentifiers}))
	}
	ack := core.Update(h.accessNote(g, kit.Section(g.Speak.Say("inzage.searching"), nil)))
	ack.Then = func(ctx context.Context) {
		if err := h.showMatches(ctx, g, q, identifiers); err != nil {
			h.Explain(ctx, g, err)
		}
	}
	return ack
}

// formatOf is the format of that name, else the PDF.
func formatOf(name string) string {
	if name == accessJSON {
		return name
	}
	return accessPDF
}

// request is what a person asked.
type request struct {
	person string
	format string
}

// showMatches searches, and shows what may be the person's. That somebody saw
// who complains goes into the journal of each case first.
func (h *Handler) showMatches(ctx context.Context, g core.Gesture, q request, identifiers []subject.Identifier) error {
	found, err := h.searcher.SearchSubject(ctx, subject.SubjectSearch{Viewer: g.Who.ID, Identifiers: identifiers, Progress: h.progress(ctx, g)})
	if err != nil {
		return err
	}
	if len(found.Found) == 0 || found.More {
		return h.Replace(ctx, g, g.View.ID, h.accessForm(ctx, g, q, noMatches(g, found, h.Policy.Roster.IsOfficer(g.Who.ID))...))
	}
	seen := found.Found[:0]
	for _, match := range found.Found {
		look := workflow.Command{Case: match.Case.ID, Action: workflow.LookIdentity{}, By: g.Who.ID, Gesture: core.Identity(g.ID, string(match.Case.ID))}
		_, err := h.Register.Apply(ctx, look)
		switch {
		case len(workflow.Refused(err)) > 0: // no longer theirs
			continue
		case err != nil:
			return err
		}
		seen = append(seen, match)
	}
	found.Found = seen
	return h.Replace(ctx, g, g.View.ID, h.chooseView(ctx, g, q, found))
}

// firstProgress is after how many cases the person first reads how far it is;
// then each time twice as many, so that a million cases take few updates.
const firstProgress = 5000

func (h *Handler) progress(ctx context.Context, g core.Gesture) func(int) {
	next := firstProgress
	return func(looked int) {
		if looked < next {
			return
		}
		for next <= looked {
			next *= 2
		}
		view := h.accessNote(g, kit.Section(g.Speak.Say("inzage.searching"), nil), casesSearched(g, looked))
		if err := h.Replace(ctx, g, g.View.ID, view); err != nil {
			h.Log.WarnContext(ctx, "progress not shown", "error", err)
		}
	}
}
