package handlerstest

import (
	"testing"
	"time"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// Step is one action in the life of a case.
type Step struct {
	By     roster.PersonID
	After  time.Duration // since Monday
	Action workflow.Action
}

// Life carries a case through its steps by the rules alone.
func Life(t *testing.T, p *workflow.Policy, steps ...Step) workflow.Complaint {
	t.Helper()
	c := workflow.Complaint{ID: "case", Number: "K-2026-0001"}
	for _, m := range steps {
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
func Stages() map[string][]Step {
	logged := Step{Staff, 0, Filing()}
	acknowledged := Step{Officer, time.Hour, workflow.Acknowledge{Sent: SentOn(calendar.NewDate(2026, 11, 20), workflow.WayLetter)}}
	asked := Step{Officer, 2 * time.Hour, workflow.Question{Sent: SentOn(calendar.NewDate(2026, 11, 23), workflow.WayPhone)}}
	resolved := Step{Officer, 3 * time.Hour, Decision()}
	confirmed := Step{Deputy, 4 * time.Hour, workflow.Confirm{Sent: SentOn(calendar.NewDate(2026, 11, 23), workflow.WayEmail)}}
	return map[string][]Step{
		"received":   {logged},
		"waiting":    {logged, acknowledged, asked},
		"decided":    {logged, acknowledged, asked, resolved},
		"closed":     {logged, acknowledged, asked, resolved, confirmed},
		"late":       {{Staff, 60 * 24 * time.Hour, Filing()}},
		"kept_late":  {logged, {Officer, 7 * 24 * time.Hour, workflow.Acknowledge{Sent: SentOn(calendar.NewDate(2026, 11, 30), workflow.WayEmail)}}},
		"unanswered": {logged, asked},
	}
}

// Carried takes a case in the register through its steps.
func (d *Fixture) Carried(t *testing.T, steps ...Step) workflow.Complaint {
	t.Helper()
	return d.CarriedOn(t, workflow.Complaint{}, steps...)
}

// CarriedOn does more with a case.
func (d *Fixture) CarriedOn(t *testing.T, c workflow.Complaint, steps ...Step) workflow.Complaint {
	t.Helper()
	for _, m := range steps {
		d.Clock = Monday.Add(m.After)
		done, err := d.DB.Apply(t.Context(), workflow.Command{Case: c.ID, Action: m.Action, By: m.By, Gesture: m.After.String()})
		if err != nil {
			t.Fatal(err)
		}
		c = done.Complaint
	}
	return c
}

// Received is the filing of a complaint that came in so many days after 20
// November.
func Received(days int) Step {
	l := Filing()
	l.Facts.Received = l.Facts.Received.AddDays(days)
	l.Facts.Incident = l.Facts.Received
	return Step{Staff, time.Duration(max(days-3, 0)) * 24 * time.Hour, l}
}

// ErasureRequest is a closed case that the officer asks to erase.
func ErasureRequest() []Step {
	return append(Stages()["closed"], Step{By: Officer, After: 5 * time.Hour, Action: workflow.RequestErasure{Reason: ErasureReason}})
}

// ErasureReason is why somebody asks for an erasure.
const ErasureReason = "Jan van der Berg vraagt om vergeten te worden."
