package handlers

import "github.com/artra/klachtbot/letters"

// Config is what a Handler works with: what every screen needs, and what each
// subject needs of the register. Every field is needed, but for those that are
// false for no.
type Config struct {
	Env
	Cases        caseStore
	Records      recordReader
	Dossiers     dossierReader
	Lister       caseLister
	Home         homeReader
	Absences     absenceKeeper
	Source       noticeSource
	Rounds       roundsReader
	Documents    documentStore
	Contents     caseContents
	Registers    registerReader
	Searcher     subjectSearcher
	Holdings     holdingsReader
	Figures      figuresReader
	Reviews      reviewStore
	Undeletables undeletableReader
	Letters      *letters.Letters
	Mails        bool // letters can be sent from here
	// DirectorsChannel: there is a channel for the directors together.
	DirectorsChannel bool
}

// Handler answers gestures and renders messages.
type Handler struct {
	*Env
	*caseForms
	*router
	*intakeHandler
	*caseworkHandler
	*dossierHandler
	*listsHandler
	*homeHandler
	*exportHandler
	*subjectHandler
	*reviewHandler
	*cleanupHandler
	*noticesHandler
}

// New returns a Handler.
func New(c Config) *Handler {
	env := &c.Env
	f := newCaseForms(env, c.Cases)
	h := &Handler{Env: env, caseForms: f,
		intakeHandler:   newIntake(f),
		caseworkHandler: newCasework(f, c.Records, c.Letters, c.Mails),
		dossierHandler:  newDossier(f, c.Dossiers),
		exportHandler:   newExport(f, c.Documents, c.Contents, c.Registers),
		subjectHandler:  newSubject(f, c.Searcher, c.Holdings, c.Documents),
		reviewHandler:   newReview(env, c.Figures, c.Reviews, c.DirectorsChannel),
		cleanupHandler:  newCleanup(env, c.Undeletables),
		noticesHandler:  newNotices(env, c.Source, c.Rounds),
	}
	h.listsHandler = newLists(f, c.Lister, h.dossierHandler)
	h.homeHandler = newHome(env, c.Home, c.Absences, h.listsHandler, h.cleanupHandler, h.reviewHandler)
	h.router = newRouter(env, h.intakeHandler, h.caseworkHandler, h.dossierHandler, h.listsHandler, h.homeHandler,
		h.exportHandler, h.subjectHandler, h.reviewHandler, h.cleanupHandler, h.noticesHandler)
	return h
}
