package casework_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestCasework_fromReceivedToClosed walks a complaint from its case message to its end, through
// the modals and a real register. Acknowledging is two presses.
func TestCasework_fromReceivedToClosed(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Logged(t, handlerstest.Filing())

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

// checkRecords holds the dossier to what was typed on the main road.
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

// TestModal_golden compares every action's modal in both languages of a
// person; the letters in them are in the case's language.
func TestModal_golden(t *testing.T) {
	for _, test := range []struct {
		stage string
		names []workflow.ActionName
	}{
		{"received", []workflow.ActionName{workflow.ActionAcknowledge, workflow.ActionQuestion, workflow.ActionResolve, workflow.ActionNote, workflow.ActionIdentity,
			workflow.ActionProgress, workflow.ActionAssign, workflow.ActionCorrect, workflow.ActionHold, workflow.ActionWithdraw}},
		{"waiting", []workflow.ActionName{workflow.ActionAnswer}},
		{"decided", []workflow.ActionName{workflow.ActionConfirm}},
		{"closed", []workflow.ActionName{workflow.ActionDossier, workflow.ActionReopen, workflow.ActionDispute}},
	} {
		for _, who := range []roster.PersonID{handlerstest.Officer, handlerstest.English} {
			d := handlerstest.New(t)
			c := d.Carried(t, handlerstest.Stages()[test.stage]...)
			lang := handlerstest.People()[who].Language
			for _, name := range test.names {
				d.Click(t, who, &c, name)
				view := d.Screen.LastModal(t)
				view.PrivateMetadata = strings.ReplaceAll(view.PrivateMetadata, string(c.ID), "case")
				for _, b := range view.Blocks.BlockSet {
					handlerstest.HideCase(b, c.ID)
				}
				handlerstest.Golden(t, "action-"+string(name)+"."+lang, view)
				checkModal(t, view, string(name))
				if name != workflow.ActionIdentity && name != workflow.ActionDossier && name != workflow.ActionCorrect && strings.Contains(handlerstest.JSONOf(t, view), "Berg") {
					t.Errorf("%s: shows who complains without a look", name)
				}
			}
		}
	}
}

// blocksOf are the contract's block ids (design section 5).
var blocksOf = map[string]string{
	"acknowledge": "date way body", "question": "date way body", "confirm": "date way body",
	"answer": "date way answer", "note": "note attachments",
	"progress": "reason expected_date date way body", "assign": "owner", "withdraw": "reason", "reopen": "reason",
	"hold": "reason review_date", "dispute": "date reference ruling",
	"correct": "reason complainant_name complainant_kind email phone address preferred_contact offering_kind offering_name " +
		"category received_date received_via incident_date description description_more desired_outcome concerns_user language",
	"resolve": "verdict outcome remedy cause lesson contact_date contact_way contact_reaction",
}

func checkModal(t *testing.T, view slack.ModalViewRequest, name string) {
	t.Helper()
	var ids []string
	for _, b := range view.Blocks.BlockSet {
		if in, ok := b.(*slack.InputBlock); ok {
			ids = append(ids, in.BlockID)
		}
	}
	if got := strings.Join(ids, " "); got != blocksOf[name] || view.CallbackID != name {
		t.Errorf("%s: callback %s with %q", name, view.CallbackID, got)
	}
	for _, title := range []*slack.TextBlockObject{view.Title, view.Submit, view.Close} {
		if title != nil && (utf8.RuneCountInString(title.Text) > 24 || strings.HasSuffix(title.Text, "…")) {
			t.Errorf("%s: %q is too long", name, title.Text)
		}
	}
}

func TestCasework_anonymousCaseTakesTheDefaults(t *testing.T) {
	d := handlerstest.New(t)
	log := handlerstest.Filing()
	log.Facts.Preferred, log.Particulars.Name = workflow.ContactNone, "anoniem"
	log.Particulars.Email, log.Particulars.Phone, log.Particulars.Address = "", "", ""
	c := d.Logged(t, log)
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

// TestModal_showsEveryMistakeAtOnce sends wrong forms: every mistake shows at
// once, in the person's language, and nothing is committed.
func TestModal_showsEveryMistakeAtOnce(t *testing.T) {
	for _, test := range []struct {
		stage  string
		name   workflow.ActionName
		typed  map[string]string
		fields string
	}{
		{"received", workflow.ActionAcknowledge, map[string]string{"date": "2026-11-24", "way": "not_possible", "body": " \n"}, "body date way"},
		{"received", workflow.ActionAcknowledge, map[string]string{"date": "2026-11-19", "way": "pigeon"}, "date way"},
		{"received", workflow.ActionQuestion, map[string]string{"body": strings.Repeat("x", 3001)}, "body"},
		{"waiting", workflow.ActionAnswer, map[string]string{"answer": "\u202e ", "date": "x"}, "answer date"},
		{"received", workflow.ActionNote, map[string]string{"note": "\t"}, "note"},
		{"received", workflow.ActionResolve, map[string]string{"contact_date": "2027-01-01"}, "cause contact_date contact_reaction outcome verdict"},
		{"received", workflow.ActionResolve, map[string]string{"verdict": "withdrawn", "cause": "me", "outcome": "x", "remedy": strings.Repeat("x", 3001), "contact_reaction": "x"}, "cause remedy verdict"},
		{"decided", workflow.ActionConfirm, map[string]string{"date": "2026-11-22"}, "date"},
	} {
		d := handlerstest.New(t)
		c := d.Carried(t, handlerstest.Stages()[test.stage]...)
		d.Click(t, handlerstest.Officer, &c, test.name)
		errs := handlerstest.FieldErrors(d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), test.typed))
		var fields []string
		for field, text := range errs {
			fields = append(fields, field)
			if text == "" || strings.HasPrefix(text, "refusal.") {
				t.Errorf("%s: no sentence at %s", test.name, field)
			}
		}
		slices.Sort(fields)
		if got := strings.Join(fields, " "); got != test.fields {
			t.Errorf("%s: errors at %q, want %q", test.name, got, test.fields)
		}
		if after := d.Current(t, c.ID); after.Version != c.Version {
			t.Errorf("%s: something was committed", test.name)
		}
	}
}

// TestCasework_oneOfTwoOfficersCounts sends two forms at the same moment: one counts, and
// who was second reads who was first.
func TestCasework_oneOfTwoOfficersCounts(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Logged(t, handlerstest.Filing())
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
	c := d.Logged(t, handlerstest.Filing())
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

// TestResolve_redeliveryShowsTheConfirmationAgain sends a decision again: the confirmation shows again while
// it is to be done, and no more afterwards.
func TestResolve_redeliveryShowsTheConfirmationAgain(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Logged(t, handlerstest.Filing())
	d.Click(t, handlerstest.Officer, &c, workflow.ActionResolve)
	resolve := d.Screen.LastModal(t)
	handlerstest.Updated(t, d.Submit(t, handlerstest.Officer, resolve, handlerstest.DecidedValues()))
	again := handlerstest.Updated(t, d.Submit(t, handlerstest.Officer, resolve, handlerstest.DecidedValues()))
	handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, again, nil))
	handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, resolve, handlerstest.DecidedValues()))
}
