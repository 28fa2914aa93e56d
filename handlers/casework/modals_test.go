package casework_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestModal_goldenVariants compares what modals ask a second time, when there is
// nobody to choose, and away from the case message.
func TestModal_goldenVariants(t *testing.T) {
	held := handlerstest.Step{By: handlerstest.Officer, After: 5 * 3600e9, Action: workflow.Hold{Review: calendar.NewDate(2027, 1, 4), Reason: "Rechter."}}
	said := handlerstest.Step{By: handlerstest.Officer, After: 6 * 3600e9, Action: workflow.RecordHandling{Answer: workflow.SatisfactionDisagree, Note: "Te lang."}}
	disputed := handlerstest.Step{By: handlerstest.Officer, After: 6 * 3600e9, Action: workflow.Dispute{
		Date: calendar.NewDate(2026, 11, 23), Dates: workflow.DisputeDates{Defence: calendar.NewDate(2026, 12, 14), Hearing: calendar.NewDate(2027, 2, 9)},
	}}
	for _, who := range []roster.PersonID{handlerstest.Officer, handlerstest.English} {
		press := func(name workflow.ActionName, steps ...handlerstest.Step) func(*handlerstest.Fixture) {
			return func(d *handlerstest.Fixture) {
				c := d.Carried(t, steps...)
				d.Click(t, who, &c, name)
			}
		}
		for name, open := range map[string]func(*handlerstest.Fixture){
			"action-hold-again":         press(workflow.ActionHold, append(handlerstest.Stages()["received"], held)...),
			"action-satisfaction-again": press(workflow.ActionSatisfaction, append(handlerstest.Stages()["closed"], said)...),
			"action-dispute-again":      press(workflow.ActionDispute, append(handlerstest.Stages()["closed"], disputed)...),
			"action-assign-nobody": func(d *handlerstest.Fixture) {
				d.Policy.Roster.Officers, d.Policy.Roster.Directors = []roster.PersonID{who}, nil
				press(workflow.ActionAssign, handlerstest.Stages()["received"]...)(d)
			},
			"absence": func(d *handlerstest.Fixture) { d.ClickHome(t, who, "absence", "") },
			"action-snooze": func(d *handlerstest.Fixture) {
				c := d.Filed(t, handlerstest.Filing())
				pressSnooze(t, d, who, &c, handlerstest.Acknowledging)
			},
		} {
			d := handlerstest.New(t)
			open(d)
			handlerstest.GoldenForm(t, name+"."+handlerstest.LanguageOf(who), d.Screen.LastModal(t))
		}
	}
}

// TestModal_keepsTextsOfFullLength sends every field at its full length, in
// emoji.
func TestModal_keepsTextsOfFullLength(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Filed(t, handlerstest.Filing())
	long := strings.Repeat("😀", 3000)
	for _, step := range []struct {
		name  workflow.ActionName
		field string
	}{
		{workflow.ActionAcknowledge, "body"}, {workflow.ActionQuestion, "body"},
		{workflow.ActionAnswer, "answer"}, {workflow.ActionNote, "note"},
	} {
		c = d.Current(t, c.ID)
		d.Click(t, handlerstest.Officer, &c, step.name)
		handlerstest.CheckFits(t, d.Screen.LastModal(t))
		ack := d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), map[string]string{step.field: long})
		if ack.Payload != nil { // not the letter that was there to be copied
			handlerstest.CheckFits(t, handlerstest.Updated(t, ack))
		}
	}
	records, err := d.DB.Records().Dossier(t.Context(), c.ID)
	if err != nil || len(records) != 4 {
		t.Fatalf("%d entries, %v", len(records), err)
	}
	for _, r := range records {
		kept := false
		for _, text := range r.Texts {
			kept = kept || strings.Contains(text.Reveal(), long)
		}
		if !kept {
			t.Errorf("%s did not keep all of it", r.Kind)
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
		{"closed", []workflow.ActionName{workflow.ActionDossier, workflow.ActionReopen, workflow.ActionDispute, workflow.ActionSatisfaction}},
	} {
		for _, who := range []roster.PersonID{handlerstest.Officer, handlerstest.English} {
			d := handlerstest.New(t)
			c := d.Carried(t, handlerstest.Stages()[test.stage]...)
			lang := handlerstest.LanguageOf(who)
			for _, name := range test.names {
				d.Click(t, who, &c, name)
				view := d.Screen.LastModal(t)
				handlerstest.GoldenForm(t, "action-"+string(name)+"."+lang, view)
				checkModal(t, view, string(name))
				if !looks[name] && strings.Contains(handlerstest.JSONOf(t, view), "Berg") {
					t.Errorf("%s: shows who complains without a line in the journal", name)
				}
			}
		}
	}
}

// looks are the modals before which the journal has a line, or that only an officer
// who had the dossier in front of them needs.
var looks = map[workflow.ActionName]bool{
	workflow.ActionIdentity: true, workflow.ActionDossier: true, workflow.ActionCorrect: true, workflow.ActionAcknowledge: true,
	workflow.ActionQuestion: true, workflow.ActionProgress: true, workflow.ActionConfirm: true,
}

// blocksOf are the contract's block ids (design section 5).
var blocksOf = map[string]string{
	"acknowledge": "date way body letter", "question": "date way body letter", "confirm": "date way body letter",
	"answer": "date way answer", "note": "note attachments",
	"progress": "reason expected_date date way body letter", "assign": "owner", "withdraw": "reason", "reopen": "reason",
	"hold": "reason review_date", "dispute": "date reference defence_date defence_sent hearing_date ended ruling_verdict ruling ruling_due",
	"correct": "reason description complainant_name on_behalf_of complainant_kind email phone address preferred_contact offering_kind offering_name " +
		"category received_date received_via incident_date urgent description_more desired_outcome concerns_user language",
	"satisfaction": "satisfaction note",
	"resolve":      "verdict outcome remedy remedy_kind remedy_date remedy_owner remedy_amount cause lesson decided_date contact_date contact_way contact_reaction",
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
		{"received", workflow.ActionResolve, map[string]string{
			"verdict": "upheld", "cause": "person", "outcome": "x", "contact_reaction": "x", "contact_date": "2026-11-22", "decided_date": "2026-11-23",
		}, "contact_date"},
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

// TestModal_takesTwoPresses carries each of these actions out as it opens, with
// no more than a reason where nobody can know it beforehand.
func TestModal_takesTwoPresses(t *testing.T) {
	for _, test := range []struct {
		stage string
		name  workflow.ActionName
		typed map[string]string
		done  func(was, is workflow.Complaint) bool
	}{
		{"received", workflow.ActionProgress, nil, func(_, is workflow.Complaint) bool {
			p, ok := is.Promise(workflow.PromiseProgress)
			return ok && p.Open() && p.Due.After(calendar.NewDate(2026, 12, 20))
		}},
		{"received", workflow.ActionAssign, nil, func(_, is workflow.Complaint) bool { return is.Owner == handlerstest.Deputy }},
		{"closed", workflow.ActionReopen, map[string]string{"reason": "Nieuw."}, func(_, is workflow.Complaint) bool { return is.State == workflow.StateInProgress }},
		{"decided", workflow.ActionSatisfaction, map[string]string{"satisfaction": "partly"}, func(_, is workflow.Complaint) bool { return is.Satisfaction == workflow.SatisfactionPartly }},
		{"received", workflow.ActionHold, map[string]string{"reason": "Rechter."}, func(_, is workflow.Complaint) bool { return !is.HoldReview.IsZero() }},
		{"closed", workflow.ActionDispute, nil, func(_, is workflow.Complaint) bool { return is.State == workflow.StateDisputed }},
		{"received", workflow.ActionCorrect, map[string]string{"reason": "Nagekeken."}, func(was, is workflow.Complaint) bool {
			return is.Particulars.Story == was.Particulars.Story && is.Facts == was.Facts && is.Number == was.Number
		}},
	} {
		d := handlerstest.New(t)
		was := d.Carried(t, handlerstest.Stages()[test.stage]...)
		d.Click(t, handlerstest.Officer, &was, test.name)
		for range 2 { // the second is a redelivery
			if ack := d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), test.typed); ack.Payload != nil && test.name != workflow.ActionDispute { // that goes on to the dossier
				t.Errorf("%s does not close: %s", test.name, handlerstest.JSONOf(t, ack.Payload))
			}
		}
		if is := d.Current(t, was.ID); is.Version != was.Version+1 || !test.done(was, is) {
			t.Errorf("%s: version %d after %d, state %s", test.name, is.Version, was.Version, is.State)
		}
	}
}

// TestModal_mistakeStandsAtItsField: one mistake shows at its field, and
// nothing is committed.
func TestModal_mistakeStandsAtItsField(t *testing.T) {
	for _, test := range []struct {
		stage string
		name  workflow.ActionName
		typed map[string]string
		field string
	}{
		{"received", workflow.ActionProgress, map[string]string{"reason": " "}, "reason"},
		{"received", workflow.ActionProgress, map[string]string{"expected_date": "2026-12-20"}, "expected_date"},
		{"received", workflow.ActionProgress, map[string]string{"expected_date": "2027-01-24"}, "expected_date"},
		{"received", workflow.ActionAssign, map[string]string{"owner": string(handlerstest.Staff)}, "owner"},
		{"received", workflow.ActionWithdraw, map[string]string{"reason": strings.Repeat("x", 3001)}, "reason"},
		{"closed", workflow.ActionReopen, nil, "reason"},
		{"received", workflow.ActionHold, map[string]string{"reason": "x", "review_date": "2027-05-24"}, "review_date"},
		{"closed", workflow.ActionDispute, map[string]string{"date": "2026-11-24"}, "date"},
		{"closed", workflow.ActionDispute, map[string]string{"defence_sent": "2026-11-23"}, "defence_date"},
		{"closed", workflow.ActionDispute, map[string]string{"ruling_verdict": "upheld"}, "ruling"},
		{"closed", workflow.ActionDispute, map[string]string{"ended": "settled", "ruling": "Terecht."}, "ended"},
		{"closed", workflow.ActionSatisfaction, nil, "satisfaction"},
		{"closed", workflow.ActionSatisfaction, map[string]string{"satisfaction": "agree", "note": strings.Repeat("x", 3001)}, "note"},
		{"received", workflow.ActionCorrect, nil, "reason"},
		{"received", workflow.ActionCorrect, map[string]string{"reason": "x", "email": "jan"}, "email"},
		{"received", workflow.ActionCorrect, map[string]string{"reason": "x", "concerns_user": string(handlerstest.Guest)}, "concerns_user"},
	} {
		d := handlerstest.New(t)
		c := d.Carried(t, handlerstest.Stages()[test.stage]...)
		d.Click(t, handlerstest.Officer, &c, test.name)
		errs := handlerstest.FieldErrors(d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), test.typed))
		if errs[test.field] == "" || len(errs) != 1 {
			t.Errorf("%s %v: errors %v, want one at %s", test.name, test.typed, errs, test.field)
		}
		if after := d.Current(t, c.ID); after.Version != c.Version {
			t.Errorf("%s: something was committed", test.name)
		}
	}
}
