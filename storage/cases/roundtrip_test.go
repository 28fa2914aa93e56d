package cases_test

import (
	"testing"
	"time"

	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// TestCase_roundTrip takes a case through the whole procedure; after each step the
// register gives back exactly what the rule book made.
func TestCase_roundTrip(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		made := reg.File("view:1")
		if made.Number != "K-2026-0001" || made.Version != 1 {
			t.Fatalf("made %s version %d", made.Number, made.Version)
		}
		reg.MustHold(made)
		for i, step := range []struct {
			day    int
			action workflow.Action
		}{
			{3, workflow.Acknowledge{Sent: storagetest.Sent(3, "We hebben je klacht ontvangen.")}},
			{4, workflow.Question{Sent: storagetest.Sent(4, "Welke zaagmachine?")}},
			{6, workflow.Answer{Date: calendar.NewDate(2026, time.March, 5), Way: workflow.WayPhone, Text: "Die blauwe"}},
			{7, workflow.Note{Text: "Teruggevonden in de kelder"}},
			{9, storagetest.Resolved()},
			{9, workflow.Confirm{Sent: storagetest.Sent(9, "Zoals besproken.")}},
		} {
			reg.Clock.Set(storagetest.Monday.AddDate(0, 0, step.day-2).Add(time.Duration(i) * time.Minute))
			changed := reg.Do(made.ID, storagetest.Officer, string(step.action.Name()), step.action)
			if changed.Version != i+2 {
				t.Errorf("%s: version %d, want %d", step.action.Name(), changed.Version, i+2)
			}
			reg.MustHold(changed)
			performed, err := reg.Performed(t.Context(), made.ID, changed.Version)
			if err != nil {
				t.Fatal(err)
			}
			storagetest.Equal(t, "performed", performed, workflow.Performed{Action: step.action.Name(), By: storagetest.Officer, At: reg.Clock.Now().UTC()})
		}
		storagetest.Equal(t, "dossier", reg.Dossier(made.ID), wantDossier())
	})
}

func wantDossier() []storagetest.Entry {
	at := func(day, minute int) time.Time { return time.Date(2026, time.March, day, 9, minute, 0, 0, time.UTC) }
	letter := func(body string) map[string]string {
		return map[string]string{"body": body, "letter": "Beste Jozefien, " + body}
	}
	return []storagetest.Entry{
		{Kind: workflow.RecordAcknowledgement, At: at(3, 0), By: storagetest.Officer, Date: "2026-03-03", Way: workflow.WayEmail, Texts: letter("We hebben je klacht ontvangen.")},
		{Kind: workflow.RecordQuestion, At: at(4, 1), By: storagetest.Officer, Date: "2026-03-04", Way: workflow.WayEmail, Texts: letter("Welke zaagmachine?")},
		{Kind: workflow.RecordAnswer, At: at(6, 2), By: storagetest.Officer, Date: "2026-03-05", Way: workflow.WayPhone, Texts: map[string]string{"answer": "Die blauwe"}},
		{Kind: workflow.RecordNote, At: at(7, 3), By: storagetest.Officer, Date: "2026-03-07", Way: "", Texts: map[string]string{"note": "Teruggevonden in de kelder"}},
		{Kind: workflow.RecordDecision, At: at(9, 4), By: storagetest.Officer, Date: "2026-03-02", Way: workflow.WayPhone, Texts: map[string]string{
			"outcome": "Je krijgt een nieuwe dag.", "remedy": "Gratis herkansing", "verdict": "partly_upheld", "contact_reaction": "Tevreden",
			"decided_date": "2026-03-09", "cause": "facilities", "lesson": "Machines tellen vóór de les",
		}},
		{Kind: workflow.RecordConfirmation, At: at(9, 5), By: storagetest.Officer, Date: "2026-03-09", Way: workflow.WayEmail, Texts: letter("Zoals besproken.")},
	}
}

// TestCase_reopened closes the register and opens it again: everything is there.
func TestCase_reopened(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		made := reg.File("view:1")
		want := reg.Do(made.ID, storagetest.Officer, "click:1", workflow.Acknowledge{Sent: storagetest.Sent(2, "Ontvangen")})
		if err := reg.Close(); err != nil {
			t.Fatal(err)
		}
		reg.Open()
		reg.MustHold(want)
	})
}
