package handlers

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// complaintOf is what staff log in these tests: everything filled in, with
// text that would like to be more than text.
func complaintOf() workflow.File {
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

// moment is a point in the life of a case.
type moment struct {
	by     roster.PersonID
	after  time.Duration // since monday
	action workflow.Action
}

// life carries a case through its moments with the rule book.
func life(t *testing.T, p *workflow.Policy, moments ...moment) workflow.Complaint {
	t.Helper()
	c := workflow.Complaint{ID: "case", Number: "K-2026-0001"}
	for _, m := range moments {
		change, err := p.Step(c, m.action, m.by, monday.Add(m.after))
		if err != nil {
			t.Fatalf("%s: %v", m.action.Name(), err)
		}
		c = change.Complaint
		if c.Guarded() {
			c.Number = "V-2026-0001"
		}
	}
	return c
}

func sentOn(d calendar.Date, way workflow.Way) workflow.Sent {
	return workflow.Sent{Date: d, Way: way, Body: "Beste", Letter: "Geachte"}
}

func decision() workflow.Resolve {
	return workflow.Resolve{
		Verdict: workflow.VerdictPartly, Outcome: "De zaal was te koud.", Remedy: "Je krijgt de helft terug.",
		Cause: "facilities", Lesson: "Controleer de verwarming een dag eerder.",
		Contact: calendar.NewDate(2026, 11, 23), Way: workflow.WayPhone, Reaction: "Tevreden.",
	}
}

// stages are the points at which the case message is compared.
func stages() map[string][]moment {
	logged := moment{staff, 0, complaintOf()}
	acknowledged := moment{officer, time.Hour, workflow.Acknowledge{Sent: sentOn(calendar.NewDate(2026, 11, 20), workflow.WayLetter)}}
	asked := moment{officer, 2 * time.Hour, workflow.Question{Sent: sentOn(calendar.NewDate(2026, 11, 23), workflow.WayPhone)}}
	resolved := moment{officer, 3 * time.Hour, decision()}
	confirmed := moment{deputy, 4 * time.Hour, workflow.Confirm{Sent: sentOn(calendar.NewDate(2026, 11, 23), workflow.WayEmail)}}
	return map[string][]moment{
		"received":   {logged},
		"waiting":    {logged, acknowledged, asked},
		"decided":    {logged, acknowledged, asked, resolved},
		"closed":     {logged, acknowledged, asked, resolved, confirmed},
		"late":       {{staff, 60 * 24 * time.Hour, complaintOf()}},
		"kept_late":  {logged, {officer, 7 * 24 * time.Hour, workflow.Acknowledge{Sent: sentOn(calendar.NewDate(2026, 11, 30), workflow.WayEmail)}}},
		"unanswered": {logged, asked},
	}
}

// decidedValues is what an officer fills in to decide.
func decidedValues() map[string]string {
	return map[string]string{
		"verdict": "partly_upheld", "outcome": "De zaal was te koud.", "remedy": "je krijgt de helft terug.",
		"cause": "facilities", "lesson": "Controleer de verwarming.", "contact_reaction": "Tevreden.",
	}
}

// carried takes a case in the register through its moments.
func (d *fixture) carried(t *testing.T, moments ...moment) workflow.Complaint {
	t.Helper()
	return d.carriedOn(t, workflow.Complaint{}, moments...)
}

// carriedOn does more with a case.
func (d *fixture) carriedOn(t *testing.T, c workflow.Complaint, moments ...moment) workflow.Complaint {
	t.Helper()
	for _, m := range moments {
		d.clock = monday.Add(m.after)
		done, err := d.db.Apply(t.Context(), workflow.Command{Case: c.ID, Action: m.action, By: m.by, Gesture: m.after.String()})
		if err != nil {
			t.Fatal(err)
		}
		c = done.Complaint
	}
	return c
}

// logged registers a complaint, and returns it as it is in the register.
func (d *fixture) logged(t testing.TB, a workflow.File) workflow.Complaint {
	t.Helper()
	done, err := d.db.Apply(t.Context(), workflow.Command{Action: a, By: staff, Gesture: "log"})
	if err != nil {
		t.Fatal(err)
	}
	return done.Complaint
}

func (d *fixture) current(t testing.TB, id workflow.CaseID) workflow.Complaint {
	t.Helper()
	c, err := d.db.Case(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// aLog is a complaint as staff would log it, with everything filled in.
func aLog() workflow.File {
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

// logged is what the rules make of a log by staff.
func logged(t *testing.T, o *fixture, number string, a workflow.File, by roster.PersonID, now time.Time) workflow.Complaint {
	t.Helper()
	change, err := o.Policy.Step(workflow.Complaint{}, a, by, now)
	if err != nil {
		t.Fatal(err)
	}
	c := change.Complaint
	c.ID, c.Number = workflow.CaseID("id-"+strings.ToLower(number)), number
	return c
}

// filled are the answers of a caller who complains, on top of the defaults.
func filled(changes map[string]string) map[string]string {
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

func date(t *testing.T, s string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// shelf is a Source that holds one case.
type shelf struct {
	complaint workflow.Complaint
	performed workflow.Performed
	presence  roster.Presence
	files     []workflow.Attachment
}

func (s shelf) Case(context.Context, workflow.CaseID) (workflow.Complaint, error) {
	return s.complaint, nil
}

func (s shelf) Presence(context.Context) (roster.Presence, error) { return s.presence, nil }

func (s shelf) Performed(context.Context, workflow.CaseID, int) (workflow.Performed, error) {
	return s.performed, nil
}

func (s shelf) Attachments(context.Context, workflow.CaseID) ([]workflow.Attachment, error) {
	return s.files, nil
}

func (o *fixture) rendered(t *testing.T, d outbox.Delivery) core.Message {
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

// received is a log of a complaint that came in so many days after 20 November.
func received(days int) moment {
	l := complaintOf()
	l.Facts.Received = l.Facts.Received.AddDays(days)
	l.Facts.Incident = l.Facts.Received
	return moment{staff, time.Duration(max(days-3, 0)) * 24 * time.Hour, l}
}

func (d *fixture) do(t testing.TB, id workflow.CaseID, by roster.PersonID, gesture string, a workflow.Action) workflow.Complaint {
	t.Helper()
	done, err := d.db.Apply(t.Context(), workflow.Command{Case: id, Action: a, By: by, Gesture: gesture})
	if err != nil {
		t.Fatal(err)
	}
	return done.Complaint
}

// another registers a complaint beside the first one; edits change it.
func (d *fixture) another(t testing.TB, gesture string, edits ...func(*workflow.File)) workflow.Complaint {
	t.Helper()
	log := complaintOf()
	for _, edit := range edits {
		edit(&log)
	}
	return d.do(t, "", staff, gesture, log)
}

// outgoing are the documents that wait to be sent.
func (d *fixture) outgoing(t *testing.T) (all []outbox.Delivery) {
	t.Helper()
	for {
		lease, ok, err := d.db.Lease(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			return all
		}
		for {
			next, ok, err := d.db.Next(t.Context(), lease)
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
				settled = outbox.Settlement{Retry: monday.AddDate(1, 0, 0), Fault: "test"}
			}
			if err := d.db.Settle(t.Context(), lease, next, settled); err != nil {
				t.Fatal(err)
			}
		}
	}
}
