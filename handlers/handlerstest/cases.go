package handlerstest

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
	"github.com/artra/klachtbot/workflow/workflowtest"
)

// Filing is what staff log in these tests: everything filled in, with
// text that would like to be more than text.
func Filing() workflow.File {
	return workflow.File{
		Facts: workflow.Facts{
			Received: calendar.NewDate(2026, 11, 20), Incident: calendar.NewDate(2026, 11, 2),
			ReceivedVia: workflow.WayPhone, ComplainantKind: "participant", OfferingKind: "training",
			OfferingName: "Timemanagement <!channel> *nu*", Category: "location",
			Preferred: workflow.ContactEmail, Language: "nl",
		},
		Particulars: workflow.Particulars{
			Name: "Jan van der Berg", Email: "jan@klant.example", Phone: "06-12345678",
			Address: "Dorpsstraat 1\n1234 AB Dorp",
			Story:   "De zaal was koud. Jan belde al via 06 1234 5678, <@U0OFFICER> weet ervan. <https://kwaad.example|klik>",
			Wish:    "Geld terug, mail jan@klant.example",
		},
		Attachments: []workflow.Attachment{{File: "F1", Name: "foto's & <b>.jpg"}},
	}
}

// Moment is a point in the life of a case.
type Moment struct {
	By     roster.PersonID
	After  time.Duration // since monday
	Action workflow.Action
}

// Life carries a case through its moments with the rule book.
func Life(t *testing.T, p *workflow.Policy, moments ...Moment) workflow.Complaint {
	t.Helper()
	c := workflow.Complaint{ID: "case", Number: "K-2026-0001"}
	for _, m := range moments {
		change, err := p.Step(c, m.Action, m.By, Monday.Add(m.After))
		if err != nil {
			t.Fatalf("%s: %v", m.Action.Name(), err)
		}
		c = change.Complaint
		if c.Guarded() {
			c.Number = "V-2026-0001"
		}
	}
	return c
}

func SentOn(d calendar.Date, way workflow.Way) workflow.Sent {
	return workflow.Sent{Date: d, Way: way, Body: "Beste", Letter: "Geachte"}
}

func Decision() workflow.Resolve {
	return workflow.Resolve{
		Verdict: workflow.VerdictPartly, Outcome: "De zaal was te koud.", Remedy: "Je krijgt de helft terug.",
		Cause: "facilities", Lesson: "Controleer de verwarming een dag eerder.",
		Contact: calendar.NewDate(2026, 11, 23), Way: workflow.WayPhone, Reaction: "Tevreden.",
	}
}

// Stages are the points at which the case message is compared.
func Stages() map[string][]Moment {
	logged := Moment{Staff, 0, Filing()}
	acknowledged := Moment{Officer, time.Hour, workflow.Acknowledge{Sent: SentOn(calendar.NewDate(2026, 11, 20), workflow.WayLetter)}}
	asked := Moment{Officer, 2 * time.Hour, workflow.Question{Sent: SentOn(calendar.NewDate(2026, 11, 23), workflow.WayPhone)}}
	resolved := Moment{Officer, 3 * time.Hour, Decision()}
	confirmed := Moment{Deputy, 4 * time.Hour, workflow.Confirm{Sent: SentOn(calendar.NewDate(2026, 11, 23), workflow.WayEmail)}}
	return map[string][]Moment{
		"received":   {logged},
		"waiting":    {logged, acknowledged, asked},
		"decided":    {logged, acknowledged, asked, resolved},
		"closed":     {logged, acknowledged, asked, resolved, confirmed},
		"late":       {{Staff, 60 * 24 * time.Hour, Filing()}},
		"kept_late":  {logged, {Officer, 7 * 24 * time.Hour, workflow.Acknowledge{Sent: SentOn(calendar.NewDate(2026, 11, 30), workflow.WayEmail)}}},
		"unanswered": {logged, asked},
	}
}

// DecidedValues is what an officer fills in to decide.
func DecidedValues() map[string]string {
	return map[string]string{
		"verdict": "partly_upheld", "outcome": "De zaal was te koud.", "remedy": "je krijgt de helft terug.",
		"cause": "facilities", "lesson": "Controleer de verwarming.", "contact_reaction": "Tevreden.",
	}
}

// Carried takes a case in the register through its moments.
func (d *Fixture) Carried(t *testing.T, moments ...Moment) workflow.Complaint {
	t.Helper()
	return d.CarriedOn(t, workflow.Complaint{}, moments...)
}

// CarriedOn does more with a case.
func (d *Fixture) CarriedOn(t *testing.T, c workflow.Complaint, moments ...Moment) workflow.Complaint {
	t.Helper()
	for _, m := range moments {
		d.Clock = Monday.Add(m.After)
		done, err := d.DB.Apply(t.Context(), workflow.Command{Case: c.ID, Action: m.Action, By: m.By, Gesture: m.After.String()})
		if err != nil {
			t.Fatal(err)
		}
		c = done.Complaint
	}
	return c
}

// Logged registers a complaint, and returns it as it is in the register.
func (d *Fixture) Logged(t testing.TB, a workflow.File) workflow.Complaint {
	t.Helper()
	done, err := d.DB.Apply(t.Context(), workflow.Command{Action: a, By: Staff, Gesture: "log"})
	if err != nil {
		t.Fatal(err)
	}
	return done.Complaint
}

func (d *Fixture) Current(t testing.TB, id workflow.CaseID) workflow.Complaint {
	t.Helper()
	c, err := d.DB.Case(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// PlainFiling is a complaint as staff would log it, with everything filled in.
func PlainFiling() workflow.File {
	return workflow.File{
		Facts: workflow.Facts{
			Received: calendar.NewDate(2026, 11, 20), Incident: calendar.NewDate(2026, 11, 18),
			ReceivedVia: workflow.WayPhone, ComplainantKind: "participant", OfferingKind: "course",
			OfferingName: "Basiscursus <!channel>", Category: "trainer",
			Preferred: workflow.ContactEmail, Language: "nl",
		},
		Particulars: workflow.Particulars{
			Name: "Klaas Klager", Email: "klaas@klager.example", Story: "De trainer kwam niet.",
		},
	}
}

// Logged is what the rules make of a log by staff.
func Logged(t *testing.T, o *Fixture, number string, a workflow.File, by roster.PersonID, now time.Time) workflow.Complaint {
	t.Helper()
	change, err := o.Policy.Step(workflow.Complaint{}, a, by, now)
	if err != nil {
		t.Fatal(err)
	}
	c := change.Complaint
	c.ID, c.Number = workflow.CaseID("id-"+strings.ToLower(number)), number
	return c
}

// FilledIn are the answers of a caller who complains, on top of the defaults.
func FilledIn(changes map[string]string) map[string]string {
	all := map[string]string{
		"complainant_name": "Klaas Klager", "complainant_kind": "participant", "email": "klaas@klager.example",
		"offering_kind": "course", "offering_name": "Basiscursus planning", "category": "trainer",
		"description": "De trainer kwam niet.",
	}
	for id, v := range changes {
		all[id] = v
	}
	return all
}

func Date(t *testing.T, s string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// OneCase is a Source that holds one case.
type OneCase struct {
	Complaint workflow.Complaint
	Done      workflow.Performed
	Away      roster.Presence
	Files     []workflow.Attachment
}

func (s OneCase) Case(context.Context, workflow.CaseID) (workflow.Complaint, error) {
	return s.Complaint, nil
}

func (s OneCase) Presence(context.Context) (roster.Presence, error) { return s.Away, nil }

func (s OneCase) Performed(context.Context, workflow.CaseID, int) (workflow.Performed, error) {
	return s.Done, nil
}

func (s OneCase) Attachments(context.Context, workflow.CaseID) ([]workflow.Attachment, error) {
	return s.Files, nil
}

func (o *Fixture) Rendered(t *testing.T, d outbox.Delivery) core.Message {
	t.Helper()
	d.Case = "case"
	m, version, err := o.Render(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	c, err := o.Config.Source.Case(t.Context(), d.Case)
	if err != nil || version != c.Version {
		t.Errorf("shows version %d, not %d (%v)", version, c.Version, err)
	}
	return m
}

// Received is a log of a complaint that came in so many days after 20 November.
func Received(days int) Moment {
	l := Filing()
	l.Facts.Received = l.Facts.Received.AddDays(days)
	l.Facts.Incident = l.Facts.Received
	return Moment{Staff, time.Duration(max(days-3, 0)) * 24 * time.Hour, l}
}

func (d *Fixture) Apply(t testing.TB, id workflow.CaseID, by roster.PersonID, gesture string, a workflow.Action) workflow.Complaint {
	t.Helper()
	done, err := d.DB.Apply(t.Context(), workflow.Command{Case: id, Action: a, By: by, Gesture: gesture})
	if err != nil {
		t.Fatal(err)
	}
	return done.Complaint
}

// Another registers a complaint beside the first one; edits change it.
func (d *Fixture) Another(t testing.TB, gesture string, edits ...func(*workflow.File)) workflow.Complaint {
	t.Helper()
	log := Filing()
	for _, edit := range edits {
		edit(&log)
	}
	return d.Apply(t, "", Staff, gesture, log)
}

// Outgoing are the documents that wait to be sent.
func (d *Fixture) Outgoing(t *testing.T) (all []outbox.Delivery) {
	t.Helper()
	for {
		lease, ok, err := d.DB.Queue().Lease(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			return all
		}
		for {
			next, ok, err := d.DB.Queue().Next(t.Context(), lease)
			if err != nil {
				t.Fatal(err)
			}
			if !ok {
				break
			}
			if next.Kind() == outbox.KindDocument {
				all = append(all, next)
			}
			posted := &outbox.Posted{Channel: "C0CASES", TS: "1.1", Version: next.Version}
			settled := outbox.Settlement{Posted: posted}
			if next.Kind() == outbox.KindDocument {
				settled = outbox.Settlement{Retry: Monday.AddDate(1, 0, 0), Fault: "test"}
			}
			if err := d.DB.Queue().Settle(t.Context(), lease, next, settled); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// LongDossier is a case with long entries, so that its dossier has several pages.
func LongDossier(t *testing.T, d *Fixture, entries int) workflow.Complaint {
	t.Helper()
	log := Filing()
	log.Particulars.Story = workflow.Confidential(strings.Repeat("<&>", 2000))
	log.Particulars.Wish = workflow.Confidential(strings.Repeat("😀", 3000))
	c := d.Logged(t, log)
	for i := range entries {
		text := fmt.Sprintf("entry-%d ", i) + strings.Repeat("&", 2900)
		_, err := d.DB.Apply(t.Context(), workflow.Command{
			Case: c.ID, By: Officer, Gesture: text[:12], Action: workflow.Note{Text: workflow.Confidential(text)},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return d.Current(t, c.ID)
}

// ErasureRequest is a closed case that the officer asks to erase.
func ErasureRequest() []Moment {
	return append(Stages()["closed"], Moment{By: Officer, After: 5 * time.Hour, Action: workflow.RequestErasure{Reason: ErasureReason}})
}

// FileInEveryState is a file in each of the states, with a name that would like to
// be more than a name.
func FileInEveryState() (files []workflow.Attachment) {
	for i, state := range workflowtest.AttachmentStates() {
		files = append(files, workflow.Attachment{
			Ordinal: i + 1, File: "F0", Name: "foto's & <!channel>.jpg", By: Staff, At: Monday, Line: 1, State: state, Size: 1_250_000,
		})
	}
	return files
}

// ErasureReason is why somebody asks for an erasure.
const ErasureReason = "Jan van der Berg vraagt om vergeten te worden."

// What the clock watches on most cases of the tests.
const (
	Acknowledging = workflow.WatchKind(workflow.PromiseAcknowledgement)
	Outcome       = workflow.WatchKind(workflow.PromiseOutcome)
)
