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

// Filing is what staff file in these tests: everything filled in, with
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

// DecidedValues is what an officer fills in to decide.
func DecidedValues() map[string]string {
	return map[string]string{
		"verdict": "partly_upheld", "outcome": "De zaal was te koud.", "remedy": "je krijgt de helft terug.",
		"cause": "facilities", "lesson": "Controleer de verwarming.", "contact_reaction": "Tevreden.",
	}
}

// Filed registers a complaint, and returns it as it is in the register.
func (d *Fixture) Filed(t testing.TB, a workflow.File) workflow.Complaint {
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

// PlainFiling is a complaint as staff would file it, with everything filled in.
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

// FiledCase is what the rules make of a filing, without a register.
func FiledCase(t *testing.T, o *Fixture, number string, a workflow.File, by roster.PersonID, now time.Time) workflow.Complaint {
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

// OneCase is a register that holds one case.
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
	filing := Filing()
	for _, edit := range edits {
		edit(&filing)
	}
	return d.Apply(t, "", Staff, gesture, filing)
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
		var settled []outbox.Settled
		for {
			batch, err := d.DB.Queue().Next(t.Context(), lease, settled, 1)
			if err != nil {
				t.Fatal(err)
			}
			if batch.Released {
				break
			}
			next := batch.Deliveries[0]
			if next.Kind() == outbox.KindDocument {
				all = append(all, next)
			}
			posted := &outbox.Posted{Channel: "C0CASES", TS: "1.1", Version: next.Version}
			became := outbox.Settlement{Posted: posted}
			if next.Kind() == outbox.KindDocument {
				became = outbox.Settlement{Retry: Monday.AddDate(1, 0, 0), Fault: "test"}
			}
			settled = []outbox.Settled{{Delivery: next, Settlement: became}}
		}
	}
}

// LongDossier is a case with long entries, so that its dossier has several pages.
func LongDossier(t *testing.T, d *Fixture, entries int) workflow.Complaint {
	t.Helper()
	filing := Filing()
	filing.Particulars.Story = workflow.Confidential(strings.Repeat("<&>", 2000))
	filing.Particulars.Wish = workflow.Confidential(strings.Repeat("😀", 3000))
	c := d.Filed(t, filing)
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

// FileInEveryState is a file in each of the states, with a name that would like
// to be more than a name.
func FileInEveryState() (files []workflow.Attachment) {
	for i, state := range workflowtest.AttachmentStates() {
		files = append(files, workflow.Attachment{
			Ordinal: i + 1, File: "F0", Name: "foto's & <!channel>.jpg", By: Staff, At: Monday, Line: 1, State: state, Size: 1_250_000,
		})
	}
	return files
}

// What the clock watches on most cases of the tests.
const (
	Acknowledging = workflow.WatchKind(workflow.PromiseAcknowledgement)
	Outcome       = workflow.WatchKind(workflow.PromiseOutcome)
)
