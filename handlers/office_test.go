package handlers

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/cleanup"
	"github.com/artra/klachtbot/handlers/core"
	hdossier "github.com/artra/klachtbot/handlers/dossier"
	"github.com/artra/klachtbot/handlers/export"
	"github.com/artra/klachtbot/handlers/home"
	"github.com/artra/klachtbot/handlers/lookup"
	"github.com/artra/klachtbot/handlers/notices"
	hreview "github.com/artra/klachtbot/handlers/review"
	hsubject "github.com/artra/klachtbot/handlers/subject"
	"github.com/artra/klachtbot/letters"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/review"
	"github.com/artra/klachtbot/workflow/roster"
)

// The people of the tests' firm.
const (
	staff    roster.PersonID = "U0STAFF"
	officer  roster.PersonID = "U0OFFICER"
	deputy   roster.PersonID = "U0DEPUTY"
	director roster.PersonID = "U0DIRECTOR"
	english  roster.PersonID = "U0ENGLISH"
	guest    roster.PersonID = "U0GUEST"
	gone     roster.PersonID = "U0GONE"
	stranger roster.PersonID = "U0STRANGER"
	robot    roster.PersonID = "U0ROBOT"
	lost     roster.PersonID = "U0LOST" // looking this one up fails
)

// directory is People on a map: the cache without Slack behind it.
type directory map[roster.PersonID]roster.Person

func (d directory) Person(_ context.Context, who roster.PersonID) (roster.Person, error) {
	p, ok := d[who]
	if !ok {
		return roster.Person{}, errors.New("users.info: internal_error")
	}
	return p, nil
}

func people() directory {
	d := directory{}
	for _, p := range []roster.Person{
		{ID: staff, Name: "Sanne de Boer", Language: "nl", Standing: roster.StandingMember},
		{ID: officer, Name: "Omar Khalil", Language: "nl", Standing: roster.StandingMember},
		{ID: deputy, Name: "Petra *Vos*", Language: "nl", Standing: roster.StandingMember},
		{ID: director, Name: "Dirk Jansen", Language: "nl", Standing: roster.StandingMember},
		{ID: english, Name: "Emma Wright", Language: "en", Standing: roster.StandingMember},
		{ID: guest, Name: "Gijs Gast", Language: "nl", Standing: roster.StandingGuest},
		{ID: gone, Name: "Wim Weg", Language: "nl", Standing: roster.StandingDeactivated},
		{ID: stranger, Name: "Vera Vreemd", Language: "en", Standing: roster.StandingStranger},
		{ID: robot, Name: "robot", Language: "nl", Standing: roster.StandingBot},
	} {
		d[p.ID] = p
	}
	return d
}

// screenSlack is Slack's side of the handlers: it keeps what it was asked to
// show, in order.
type screenSlack struct {
	modals []slack.ModalViewRequest // opened or updated
	homes  []slack.HomeTabViewRequest
	asides []string // ephemerals through a response_url
	direct []string // direct messages
	err    error    // what every call answers
}

func (s *screenSlack) OpenView(_ context.Context, trigger string, v slack.ModalViewRequest) (string, error) {
	if trigger == "" {
		return "", errors.New("invalid_trigger_id")
	}
	s.modals = append(s.modals, v)
	return "V0TEST", s.err
}

func (s *screenSlack) UpdateView(_ context.Context, id string, v slack.ModalViewRequest) error {
	if id == "" {
		return errors.New("not_found")
	}
	s.modals = append(s.modals, v)
	return s.err
}

func (s *screenSlack) PublishHome(_ context.Context, _ roster.PersonID, v slack.HomeTabViewRequest) error {
	s.homes = append(s.homes, v)
	return s.err
}

func (s *screenSlack) Respond(_ context.Context, _, text string) error {
	s.asides = append(s.asides, text)
	return s.err
}

func (s *screenSlack) SendDirect(_ context.Context, _ roster.PersonID, text string) error {
	s.direct = append(s.direct, text)
	return s.err
}

// lastModal is what is on the screen.
func (s *screenSlack) lastModal(t *testing.T) slack.ModalViewRequest {
	t.Helper()
	if len(s.modals) == 0 {
		t.Fatal("no modal was shown")
	}
	return s.modals[len(s.modals)-1]
}

// office is a Handler at work: the real procedure and texts, and screens that
// can be looked at.
type office struct {
	*Handler
	screen *screenSlack
	log    *strings.Builder
}

// monday is when the tests' office stands: Monday 23 November 2026, 10:00 in
// Amsterdam.
var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

func policy(t testing.TB) *workflow.Policy {
	t.Helper()
	amsterdam, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	return &workflow.Policy{
		Terms:    workflow.DefaultTerms(),
		Calendar: calendar.Calendar{Location: amsterdam, Opens: 540, Closes: 1020},
		Roster: roster.Roster{
			Officers:  []roster.PersonID{officer, deputy},
			Directors: []roster.PersonID{director},
		},
	}
}

// Catalogue and letters don't change; one of each does for all tests.
var (
	loadTexts   = sync.OnceValues(texts.Load)
	loadLetters = sync.OnceValues(func() (*letters.Letters, error) {
		catalogue, err := loadTexts()
		if err != nil {
			return nil, err
		}
		return letters.Load(catalogue, "")
	})
)

// wholeRegister is the register as the subjects need it.
type wholeRegister interface {
	cases.CaseStore
	hdossier.DossierReader
	lookup.CaseLister
	home.HomeReader
	home.AbsenceKeeper
	notices.NoticeSource
	notices.RoundsReader
	export.DocumentStore
	export.RegisterReader
	hsubject.SubjectSearcher
	hreview.FiguresReader
	hreview.ReviewStore
	cleanup.UndeletableReader
	core.PresenceReader
	AttachmentBytes(ctx context.Context, id workflow.CaseID, ordinal int) ([]byte, error)
}

// newOffice opens the office on a register.
func newOffice(t testing.TB, r wholeRegister) office {
	t.Helper()
	catalogue, err := loadTexts()
	if err != nil {
		t.Fatal(err)
	}
	drafts, err := loadLetters()
	if err != nil {
		t.Fatal(err)
	}
	o := office{screen: &screenSlack{}, log: &strings.Builder{}}
	nonces := 0
	o.Handler = New(Config{
		Env: core.Env{
			Policy: policy(t), Presence: r, Slack: o.screen, People: people(), Texts: catalogue,
			Firm: letters.Firm{
				Name: "artra", Contact: []string{"026 – 333 75 72", "artra@artra.nl"},
				OutsideContact: "Vertrouwenspersoon Anna Smit, anna@buiten.example",
			},
			Language: "nl",
			Now:      func() time.Time { return monday },
			Log:      slog.New(slog.NewTextHandler(o.log, nil)),
			Nonce:    func() string { nonces++; return fmt.Sprintf("nonce-%d", nonces) },
		},
		Cases: r, Records: r, Dossiers: r, Lister: r, Home: r, Absences: r, Source: r, Rounds: r, Documents: r, Contents: r,
		Registers: r, Searcher: r, Holdings: r, Figures: r, Reviews: r, Undeletables: r, Letters: drafts,
	})
	return o
}

// from renders from another register.
func (o office) from(r interface {
	notices.NoticeSource
	core.PresenceReader
}) {
	o.Presence, o.NoticesHandler.Source = r, r
}

// noRegister refuses to carry out and to find anything, as a lost database does,
// and has nothing to tell of its own accord.
type noRegister struct{ wholeRegister }

var errLost = errors.New("connection refused")

func (noRegister) Apply(context.Context, workflow.Command) (workflow.Result, error) {
	return workflow.Result{}, errLost
}

func (noRegister) Find(context.Context, workflow.Lookup, roster.PersonID) (workflow.Complaint, workflow.Access, error) {
	return workflow.Complaint{}, workflow.AccessNone, errLost
}

func (noRegister) Dossier(context.Context, workflow.CaseID) ([]workflow.Record, error) {
	return nil, errLost
}

func (noRegister) Related(context.Context, workflow.CaseID, roster.PersonID) (workflow.Related, error) {
	return workflow.Related{}, errLost
}

func (noRegister) Counts(context.Context, roster.PersonID) (lists.Counts, error) {
	return nil, errLost
}

func (noRegister) Undelivered(context.Context) (int, error) { return 0, errLost }

func (noRegister) List(context.Context, lists.Query) (lists.Page, error) {
	return lists.Page{}, errLost
}

func (noRegister) Case(context.Context, workflow.CaseID) (workflow.Complaint, error) {
	return workflow.Complaint{}, errLost
}

func (noRegister) Performed(context.Context, workflow.CaseID, int) (workflow.Performed, error) {
	return workflow.Performed{}, errLost
}

func (noRegister) Attachments(context.Context, workflow.CaseID) ([]workflow.Attachment, error) {
	return nil, errLost
}

func (noRegister) Presence(context.Context) (roster.Presence, error) {
	return roster.Presence{}, errLost
}

func (noRegister) UndeletableList(context.Context, roster.PersonID) (outbox.UndeletableList, error) {
	return outbox.UndeletableList{}, nil
}

func (noRegister) CheckUndeletables(context.Context, roster.PersonID) error { return nil }

func (noRegister) DigestItems(context.Context, outbox.Delivery) ([]outbox.DigestItem, error) {
	return nil, nil
}

func (noRegister) Waiting(context.Context, review.Audience) ([]calendar.Quarter, error) {
	return nil, nil
}

func (noRegister) Outage(context.Context) (workflow.Outage, error) { return workflow.Outage{}, nil }
