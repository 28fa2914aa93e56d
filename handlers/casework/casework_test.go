package casework_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestCasework_fromReceivedToClosed walks a complaint from its case message to
// its end, through the modals and a real register. Acknowledging is two
// presses.
func TestCasework_fromReceivedToClosed(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Filed(t, handlerstest.Filing())

	d.Click(t, handlerstest.Officer, &c, workflow.ActionAcknowledge)
	handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), nil))
	c = d.Current(t, c.ID)
	if p, _ := c.Promise(workflow.PromiseAcknowledgement); p.Open() || p.Kept.Way != workflow.WayEmail || p.Kept.Entered != d.Today() {
		t.Errorf("acknowledgement: %+v", p)
	}

	d.Click(t, handlerstest.Officer, &c, workflow.ActionQuestion)
	handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), map[string]string{"body": "Hoe koud was het?", "way": "phone"}))
	c = d.Current(t, c.ID)

	d.Click(t, handlerstest.Officer, &c, workflow.ActionAnswer)
	handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), map[string]string{"answer": "Twaalf graden."}))
	c = d.Current(t, c.ID)

	d.Click(t, handlerstest.Deputy, &c, workflow.ActionResolve)
	confirm := handlerstest.Updated(t, d.Submit(t, handlerstest.Deputy, d.Screen.LastModal(t), handlerstest.DecidedValues()))
	if c = d.Current(t, c.ID); c.State != workflow.StateDecided || confirm.CallbackID != "confirm" {
		t.Fatalf("state %s, then modal %s", c.State, confirm.CallbackID)
	}
	handlerstest.Closes(t, d.Submit(t, handlerstest.Deputy, confirm, nil))
	if c = d.Current(t, c.ID); c.State != workflow.StateClosed {
		t.Errorf("state %s", c.State)
	}
	checkRecords(t, d, &c)
}

// checkRecords holds the dossier to what was typed.
func checkRecords(t *testing.T, d *handlerstest.Fixture, c *workflow.Complaint) {
	t.Helper()
	records, err := d.DB.Records().Dossier(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct {
		kind  workflow.RecordKind
		text  string
		parts []string
	}{
		{workflow.RecordAcknowledgement, "letter", []string{"Beste Jan van der Berg,", c.Number, "Omar Khalil", "20 december 2026"}},
		{workflow.RecordQuestion, "letter", []string{"Hoe koud was het?"}},
		{workflow.RecordAnswer, "answer", []string{"Twaalf graden."}},
		{workflow.RecordDecision, "outcome", []string{"De zaal was te koud."}},
		{workflow.RecordConfirmation, "letter", []string{"deels gegrond", "De zaal was te koud.", "de helft terug"}},
	} {
		if i >= len(records) || records[i].Kind != want.kind {
			t.Fatalf("entry %d is no %s", i, want.kind)
		}
		for _, part := range want.parts {
			if !strings.Contains(records[i].Texts[want.text].Reveal(), part) {
				t.Errorf("%s does not say %q", want.kind, part)
			}
		}
	}
}

func TestCasework_anonymousCaseTakesTheDefaults(t *testing.T) {
	d := handlerstest.New(t)
	filing := handlerstest.Filing()
	filing.Facts.Preferred, filing.Particulars.Name = workflow.ContactNone, "anoniem"
	filing.Particulars.Email, filing.Particulars.Phone, filing.Particulars.Address = "", "", ""
	c := d.Filed(t, filing)
	for _, name := range []workflow.ActionName{workflow.ActionAcknowledge, workflow.ActionQuestion} {
		d.Click(t, handlerstest.Officer, &c, name)
		if !strings.Contains(handlerstest.JSONOf(t, d.Screen.LastModal(t)), "Goedendag,") {
			t.Errorf("%s: not the salutation that leaves", name)
		}
		handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), nil))
	}
	c = d.Current(t, c.ID)
	d.Click(t, handlerstest.Officer, &c, workflow.ActionResolve)
	view := handlerstest.Updated(t, d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), handlerstest.DecidedValues()))
	handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, view, nil))
	if c = d.Current(t, c.ID); c.State != workflow.StateClosed {
		t.Errorf("state %s", c.State)
	}
}

// TestCasework_oneOfTwoOfficersCounts sends two forms at the same moment: one
// counts, and who was second reads who was first.
func TestCasework_oneOfTwoOfficersCounts(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Filed(t, handlerstest.Filing())
	var forms []slack.InteractionCallback
	for _, who := range []roster.PersonID{handlerstest.Officer, handlerstest.Deputy} {
		d.Click(t, who, &c, workflow.ActionAcknowledge)
		forms = append(forms, handlerstest.Submit(t, d.Screen.LastModal(t), who, nil))
	}
	acks := make([]core.Ack, len(forms))
	var both sync.WaitGroup
	for i, form := range forms {
		both.Go(func() { acks[i] = d.Interaction(t.Context(), form) })
	}
	both.Wait()
	first, second := acks[0], acks[1]
	name := handlerstest.People()[handlerstest.Officer].Name
	if first.Payload != nil {
		first, second, name = second, first, handlerstest.People()[handlerstest.Deputy].Name
	}
	handlerstest.Closes(t, first)
	if errs := handlerstest.FieldErrors(second); len(errs) != 1 || !strings.Contains(errs["date"], name) {
		t.Errorf("the second reads %v", errs)
	}
	if c = d.Current(t, c.ID); c.Version != 2 {
		t.Errorf("version %d", c.Version)
	}
}

func TestCasework_redeliveryChangesNothing(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Filed(t, handlerstest.Filing())
	d.Click(t, handlerstest.Officer, &c, workflow.ActionNote)
	view := d.Screen.LastModal(t)
	for range 3 {
		handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, view, map[string]string{"note": "Gebeld."}))
	}
	records, err := d.DB.Records().Dossier(t.Context(), c.ID)
	if err != nil || len(records) != 1 {
		t.Errorf("%d entries, %v", len(records), err)
	}
}

func TestCasework_lostRegisterKeepsTheForm(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Filed(t, handlerstest.Filing())
	d.Click(t, handlerstest.Officer, &c, workflow.ActionAcknowledge)
	acknowledge := d.Screen.LastModal(t)
	d.Click(t, handlerstest.Officer, &c, workflow.ActionNote)
	note := d.Screen.LastModal(t)
	shownBefore := len(d.Screen.Modals)
	if err := d.DB.Close(); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		view slack.ModalViewRequest
		at   string
	}{{acknowledge, "date"}, {note, "note"}} {
		errs := handlerstest.FieldErrors(d.Submit(t, handlerstest.Officer, test.view, map[string]string{"note": "Geheim Verhaal"}))
		if !strings.Contains(errs[test.at], "nog een keer") {
			t.Errorf("%s: %v", test.view.CallbackID, errs)
		}
	}
	for _, name := range workflow.Actions() {
		d.Click(t, handlerstest.Officer, &c, name)
		if reply := d.Replies(); reply == "" || len(d.Screen.Modals) != shownBefore {
			t.Errorf("%s: reply %q", name, reply)
		}
	}
	if strings.Contains(d.Written.String(), "Geheim") || strings.Contains(d.Written.String(), "Berg") {
		t.Error("the log holds something confidential")
	}
}

func TestAcknowledge_isEnteredOnTheFirmsDay(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Filed(t, handlerstest.Filing())
	d.Clock = time.Date(2026, 11, 24, 23, 30, 0, 0, time.UTC) // 25 November in Amsterdam
	d.Click(t, handlerstest.Officer, &c, workflow.ActionAcknowledge)
	handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), nil))
	c = d.Current(t, c.ID)
	if p, _ := c.Promise(workflow.PromiseAcknowledgement); p.Kept.Entered != calendar.NewDate(2026, 11, 25) {
		t.Errorf("entered %s", p.Kept.Entered)
	}
}
