package handlers

import (
	"context"

	"github.com/artra/klachtbot/handlers/amend"
	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/casework"
	"github.com/artra/klachtbot/handlers/cleanup"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/dispute"
	"github.com/artra/klachtbot/handlers/dossier"
	"github.com/artra/klachtbot/handlers/export"
	"github.com/artra/klachtbot/handlers/home"
	"github.com/artra/klachtbot/handlers/incoming"
	"github.com/artra/klachtbot/handlers/intake"
	"github.com/artra/klachtbot/handlers/lookup"
	"github.com/artra/klachtbot/handlers/notices"
	"github.com/artra/klachtbot/handlers/remedy"
	"github.com/artra/klachtbot/handlers/review"
	"github.com/artra/klachtbot/handlers/subject"
	"github.com/artra/klachtbot/handlers/urgent"
	"github.com/artra/klachtbot/letters"
	"github.com/artra/klachtbot/letters/paper"
)

// What the bot hands in and gets back.
type (
	// Env is what every screen and message works with.
	Env = core.Env
	// Slack is what the gestures ask of Slack directly.
	Slack = core.Slack
	// Links knows where a message can be read.
	Links = core.Links
	// People knows who somebody is.
	People = core.People
	// Ack is the answer to a gesture.
	Ack = core.Ack
	// Unanswered says that a modal may be open.
	Unanswered = core.Unanswered
	// Response is an answer to a press.
	Response = core.Response
	// Message is something to post.
	Message = core.Message
	// Document is a file for one person.
	Document = core.Document
	// Picture is a chart as a file.
	Picture = core.Picture
	// Later says that a delivery has to wait.
	Later = core.Later
)

// ErrMoot says that a delivery has lost its reason.
var ErrMoot = core.ErrMoot

// ErrNoMessage is that a message was deleted.
var ErrNoMessage = core.ErrNoMessage

// ErrMayBeOpen says that nobody knows whether a modal is open.
const ErrMayBeOpen = core.ErrMayBeOpen

// Config is what a Handler works with: what every screen needs, and what each
// subject needs of the register. Every field must be set, but for the
// logo and the two booleans.
type Config struct {
	*core.Env
	Cases        cases.CaseStore
	Records      casework.RecordReader
	Dossiers     dossier.DossierReader
	Lister       lookup.CaseLister
	Home         home.HomeReader
	Absences     home.AbsenceKeeper
	Languages    home.LanguageKeeper
	Source       notices.NoticeSource
	Rounds       notices.RoundsReader
	Messages     notices.MessageRenewer
	Views        dossier.ViewChecker
	Documents    export.DocumentStore
	Contents     export.CaseContents
	Registers    export.RegisterReader
	Searcher     subject.SubjectSearcher
	Holdings     subject.HoldingsReader
	Figures      review.FiguresReader
	Reviews      review.ReviewStore
	Undeletables cleanup.UndeletableReader
	Letters      *letters.Letters
	Logo         *paper.Logo // of letters on paper; nil for none
	Remedies     remedy.Reader
	Mails        bool // letters can be sent from here
	// DirectorsChannel says that the directors have a channel together.
	DirectorsChannel bool
}

// Handler answers gestures and renders messages: it leads each to the subject
// that registered for it.
type Handler struct {
	*core.Router
	home   *home.Handler
	review *review.Handler
}

// New returns a Handler of all subjects.
func New(c Config) *Handler {
	env := c.Env
	f := cases.NewForms(env, c.Cases)
	work := casework.New(f, c.Records, c.Letters, c.Mails)
	dossiers := dossier.New(f, c.Dossiers, c.Views)
	lists := lookup.New(f, c.Lister, dossiers)
	undeletable := cleanup.New(env, c.Undeletables)
	reviews := review.New(env, c.Figures, c.Reviews, c.DirectorsChannel)
	homes := home.New(env, c.Home, c.Absences, c.Languages, lists, undeletable, reviews)
	return &Handler{
		Router: core.NewRouter(env,
			intake.New(f),
			work, amend.New(f, c.Records), dispute.New(f), remedy.New(f, c.Remedies, work), urgent.New(f, c.Source),
			dossiers, lists, homes,
			export.New(f, c.Documents, c.Contents, c.Registers, c.Logo),
			subject.New(f, c.Searcher, c.Holdings, c.Documents),
			reviews, undeletable,
			notices.New(env, c.Source, c.Rounds, c.Messages)),
		home: homes, review: reviews,
	}
}

// Event answers an event of Slack's that shows something: the Home tab being
// opened. Other events are the bot's.
func (h *Handler) Event(ctx context.Context, e incoming.Event) { h.home.Event(ctx, e) }

// KeepFigures keeps the figures of every quarter that was dealt with by a
// program that died before it could.
func (h *Handler) KeepFigures(ctx context.Context) error { return h.review.KeepFigures(ctx) }
