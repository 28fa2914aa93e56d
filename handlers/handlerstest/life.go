package handlerstest

import (
	"testing"
	"time"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

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

// Received is a log of a complaint that came in so many days after 20 November.
func Received(days int) Moment {
	l := Filing()
	l.Facts.Received = l.Facts.Received.AddDays(days)
	l.Facts.Incident = l.Facts.Received
	return Moment{Staff, time.Duration(max(days-3, 0)) * 24 * time.Hour, l}
}

// ErasureRequest is a closed case that the officer asks to erase.
func ErasureRequest() []Moment {
	return append(Stages()["closed"], Moment{By: Officer, After: 5 * time.Hour, Action: workflow.RequestErasure{Reason: ErasureReason}})
}

// ErasureReason is why somebody asks for an erasure.
const ErasureReason = "Jan van der Berg vraagt om vergeten te worden."
