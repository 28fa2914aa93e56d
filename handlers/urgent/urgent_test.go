package urgent_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
	"github.com/artra/klachtbot/workflow/urgency"
)

// filed is a complaint that can't wait, filed on a Saturday night.
func filed(t *testing.T, edits ...func(*workflow.File)) (*handlerstest.Fixture, workflow.Complaint) {
	t.Helper()
	d := handlerstest.New(t)
	d.Clock = handlerstest.Monday.AddDate(0, 0, 5).Add(14 * time.Hour)
	a := handlerstest.Filing()
	a.Facts.Urgent = urgency.NewSet("safety")
	for _, edit := range edits {
		edit(&a)
	}
	return d, d.Filed(t, a)
}

// shown is what a call says to somebody; ok is false when there is nothing to say.
func shown(t *testing.T, d *handlerstest.Fixture, id workflow.CaseID, to roster.PersonID, call int, ts string) (m core.Message, ok bool) {
	t.Helper()
	c := d.Current(t, id)
	m, version, err := d.Render(t.Context(), outbox.Delivery{
		Case: id, Version: c.Version, Payload: outbox.Urgent{To: to, Call: call}, Lane: outbox.DirectLane(to), TS: ts,
	})
	if errors.Is(err, handlers.ErrMoot) {
		return m, false
	}
	if err != nil || version != c.Version {
		t.Fatalf("version %d of %d, %v", version, c.Version, err)
	}
	for _, b := range m.Blocks {
		handlerstest.HideCase(b, id)
	}
	return m, true
}

// lastSaid is what somebody read beside the button.
func lastSaid(t *testing.T, d *handlerstest.Fixture) string {
	t.Helper()
	all := d.Screen.Ephemerals
	if len(all) == 0 {
		t.Fatal("nothing was said")
	}
	return all[len(all)-1]
}

func press(t *testing.T, d *handlerstest.Fixture, who roster.PersonID, c *workflow.Complaint) {
	t.Helper()
	d.Press(t, who, "D0DIRECT", c, workflow.ActionUrgentSeen, kit.RefTo(c).String())
}

// TestUrgent_saysTheNumberAlone, in each reader's language, with one button.
func TestUrgent_saysTheNumberAlone(t *testing.T) {
	for name, edit := range map[string]func(*workflow.File){
		"safety": func(*workflow.File) {}, "today": func(a *workflow.File) { a.Facts.Urgent = "conduct" },
	} {
		d, c := filed(t, edit)
		if name == "today" {
			d.Clock = handlerstest.Monday.AddDate(0, 0, 7).Add(time.Hour)
			c = d.Apply(t, c.ID, roster.Clock, "tick", workflow.Tick{})
		}
		for lang, who := range map[string]roster.PersonID{"nl": handlerstest.Officer, "en": handlerstest.English} {
			m, ok := shown(t, d, c.ID, who, 1, "")
			if !ok {
				t.Fatalf("%s: nothing is said", name)
			}
			handlerstest.Golden(t, name+"."+lang, m)
			said := handlerstest.JSONOf(t, m)
			for _, secret := range []string{"Berg", "klant.example", "koud", "Timemanagement", "veilig", "safe", "gedrag", "conduct"} {
				if strings.Contains(said, secret) {
					t.Errorf("%s: it tells %q", name, secret)
				}
			}
			if strings.Count(said, `"type":"button"`) != 1 || !strings.Contains(m.Text, c.Number) {
				t.Errorf("%s: %s", name, said)
			}
		}
	}
}

// TestUrgent_seen: one press is enough; the messages say who, a second press reads it,
// and what was not posted yet never is.
func TestUrgent_seen(t *testing.T) {
	d, c := filed(t)
	press(t, d, handlerstest.Staff, &c)
	if calls := d.Current(t, c.ID).Calls.Round(); lastSaid(t, d) == "" || calls[0].SeenBy != "" {
		t.Errorf("who logged it presses: %+v", calls)
	}
	d.Clock = d.Clock.Add(10 * time.Minute)
	press(t, d, handlerstest.Deputy, &c)
	if calls := d.Current(t, c.ID).Calls.Round(); len(calls) == 0 || calls[0].SeenBy != handlerstest.Deputy {
		t.Fatalf("%+v", calls)
	}
	m, ok := shown(t, d, c.ID, handlerstest.Officer, 1, "1.2")
	if !ok {
		t.Fatal("the message stays as it was")
	}
	handlerstest.Golden(t, "seen.nl", m)
	if _, ok := shown(t, d, c.ID, handlerstest.Officer, 1, ""); ok {
		t.Error("what was seen is posted all the same")
	}
	press(t, d, handlerstest.Officer, &c)
	if got := lastSaid(t, d); !strings.Contains(got, "Petra") {
		t.Errorf("a second press reads %q", got)
	}
}

// TestUrgent_again: an hour later, what was not posted yet gives way to the second
// message of the same person, and a director reads the number alone too.
func TestUrgent_again(t *testing.T) {
	d, c := filed(t)
	d.Clock = d.Clock.Add(time.Hour)
	d.Apply(t, c.ID, roster.Clock, "tick", workflow.Tick{})
	if _, ok := shown(t, d, c.ID, handlerstest.Deputy, 1, ""); ok {
		t.Error("the deputy is told twice after an outage")
	}
	if _, ok := shown(t, d, c.ID, handlerstest.Officer, 1, ""); !ok {
		t.Error("the owner, who is told once, is not told")
	}
	m, ok := shown(t, d, c.ID, handlerstest.Director, 2, "")
	if !ok {
		t.Fatal("the director is not told")
	}
	handlerstest.Golden(t, "again.nl", m)
	press(t, d, handlerstest.Director, &c)
	if calls := d.Current(t, c.ID).Calls.Round(); calls[0].SeenBy != handlerstest.Director {
		t.Errorf("%+v", calls)
	}
}

// TestUrgent_over: after a correction the old message says that it is over, and whom
// the case turns out to concern reads nothing of it.
func TestUrgent_over(t *testing.T) {
	d, c := filed(t)
	correct := workflow.Correct{File: handlerstest.Filing(), Reason: "Niet dringend."}
	correct.Attachments = nil
	d.Apply(t, c.ID, handlerstest.Officer, "correct", correct)
	m, ok := shown(t, d, c.ID, handlerstest.Officer, 1, "1.2")
	if !ok {
		t.Fatal("the message stays as it was")
	}
	handlerstest.Golden(t, "over.nl", m)
	press(t, d, handlerstest.Officer, &c)
	if got := lastSaid(t, d); !strings.Contains(got, "niet meer dringend") {
		t.Errorf("an old button reads %q", got)
	}
	d, c = filed(t)
	correct.Facts.Urgent, correct.Particulars.Concerns = "safety", handlerstest.Officer
	d.Apply(t, c.ID, handlerstest.Deputy, "correct", correct)
	if _, ok := shown(t, d, c.ID, handlerstest.Officer, 1, ""); ok {
		t.Error("whom it concerns is told")
	}
	if _, ok := shown(t, d, c.ID, handlerstest.Deputy, 2, ""); !ok {
		t.Error("who handles it now is not told")
	}
}
