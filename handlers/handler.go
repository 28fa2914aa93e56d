package handlers

import (
	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/casework"
	"github.com/artra/klachtbot/handlers/cleanup"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/dossier"
	"github.com/artra/klachtbot/handlers/export"
	"github.com/artra/klachtbot/handlers/home"
	"github.com/artra/klachtbot/handlers/intake"
	"github.com/artra/klachtbot/handlers/lookup"
	"github.com/artra/klachtbot/handlers/notices"
	"github.com/artra/klachtbot/handlers/review"
	"github.com/artra/klachtbot/handlers/subject"
	"github.com/artra/klachtbot/letters"
)

// What the bot hands in and gets back.
type (
	// Env is what every screen and message works with.
	Env = core.Env
	// Slack is what the gestures ask of Slack directly.
	Slack = core.Slack
	// People knows who somebody is.
	People = core.People
	// Ack is the answer to a gesture.
	Ack = core.Ack
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

// Config is what a Handler works with: what every screen needs, and what each
// subject needs of the register. Every field is needed, but for those that are
// false for no.
type Config struct {
	core.Env
	Cases        cases.CaseStore
	Records      casework.RecordReader
	Dossiers     dossier.DossierReader
	Lister       lookup.CaseLister
	Home         home.HomeReader
	Absences     home.AbsenceKeeper
	Source       notices.NoticeSource
	Rounds       notices.RoundsReader
	Documents    export.DocumentStore
	Contents     export.CaseContents
	Registers    export.RegisterReader
	Searcher     subject.SubjectSearcher
	Holdings     subject.HoldingsReader
	Figures      review.FiguresReader
	Reviews      review.ReviewStore
	Undeletables cleanup.UndeletableReader
	Letters      *letters.Letters
	Mails        bool // letters can be sent from here
	// DirectorsChannel: there is a channel for the directors together.
	DirectorsChannel bool
}

// Handler answers gestures and renders messages.
type Handler struct {
	*core.Env
	*cases.Forms
	*core.Router
	*intake.IntakeHandler
	*casework.CaseworkHandler
	*dossier.DossierHandler
	*lookup.ListsHandler
	*home.HomeHandler
	*export.ExportHandler
	*subject.SubjectHandler
	*review.ReviewHandler
	*cleanup.CleanupHandler
	*notices.NoticesHandler
}

// New returns a Handler.
func New(c Config) *Handler {
	env := &c.Env
	f := cases.NewForms(env, c.Cases)
	h := &Handler{Env: env, Forms: f,
		IntakeHandler:   intake.New(f),
		CaseworkHandler: casework.New(f, c.Records, c.Letters, c.Mails),
		DossierHandler:  dossier.New(f, c.Dossiers),
		ExportHandler:   export.New(f, c.Documents, c.Contents, c.Registers),
		SubjectHandler:  subject.New(f, c.Searcher, c.Holdings, c.Documents),
		ReviewHandler:   review.New(env, c.Figures, c.Reviews, c.DirectorsChannel),
		CleanupHandler:  cleanup.New(env, c.Undeletables),
		NoticesHandler:  notices.New(env, c.Source, c.Rounds),
	}
	h.ListsHandler = lookup.New(f, c.Lister, h.DossierHandler)
	h.HomeHandler = home.New(env, c.Home, c.Absences, h.ListsHandler, h.CleanupHandler, h.ReviewHandler)
	h.Router = core.NewRouter(env, h.IntakeHandler, h.CaseworkHandler, h.DossierHandler, h.ListsHandler, h.HomeHandler,
		h.ExportHandler, h.SubjectHandler, h.ReviewHandler, h.CleanupHandler, h.NoticesHandler)
	return h
}
