package handlers

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/handlers/notices"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

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

// TestDirectMessageNeedsRights: what waits for somebody's direct messages is
// kept back once the roster no longer gives them the case, and is not dropped.
func TestDirectMessageNeedsRights(t *testing.T) {
	d := newDesk(t)
	log := complaintOf()
	log.Particulars.Concerns = officer
	c := d.logged(t, log)
	before := d.Policy.Roster
	for _, p := range []outbox.Payload{outbox.Case{}, outbox.Story{}, outbox.Line{Action: workflow.ActionNote}} {
		to := func(who roster.PersonID) error {
			_, _, err := d.Render(t.Context(), outbox.Delivery{
				Case: c.ID, Lane: outbox.DirectLane(who), Payload: p, Version: c.Version,
			})
			return err
		}
		d.Policy.Roster = before
		if err := to(deputy); err != nil {
			t.Errorf("%s, to the handler: %v", p.Kind(), err)
		}
		d.Policy.Roster.Officers = []roster.PersonID{officer, english}
		for _, who := range []roster.PersonID{deputy, officer, staff, director} {
			if err := to(who); !errors.Is(err, notices.ErrNotTheirs) || errors.Is(err, core.ErrMoot) {
				t.Errorf("%s, to %s: %v", p.Kind(), who, err)
			}
		}
	}
}

func TestCaseMessageGolden(t *testing.T) {
	for name, moments := range stages() {
		for _, lang := range workflow.Languages() {
			t.Run(name+"."+lang, func(t *testing.T) {
				o := newOffice(t, noRegister{})
				o.Language = lang
				o.from(shelf{complaint: life(t, o.Policy, moments...)})
				m := o.rendered(t, outbox.Delivery{Payload: outbox.Case{}})
				golden(t, "case-"+name+"."+lang, m)
				checkCaseMessage(t, m)
			})
		}
	}
}

func (o office) rendered(t *testing.T, d outbox.Delivery) core.Message {
	t.Helper()
	d.Case = "case"
	m, version, err := o.Render(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	c, err := o.Source.Case(t.Context(), d.Case)
	if err != nil || version != c.Version {
		t.Errorf("shows version %d, not %d (%v)", version, c.Version, err)
	}
	return m
}

// checkCaseMessage holds a case message to the table of design section 4.
func checkCaseMessage(t *testing.T, m core.Message) {
	t.Helper()
	text := jsonOf(t, m)
	for _, secret := range []string{"Berg", "klant.example", "12345678", "Dorpsstraat", "koud", "Geld terug", "foto", "Tevreden", "helft terug", "verwarming"} {
		if strings.Contains(text, secret) {
			t.Error("the case message tells something confidential")
		}
	}
	if n := strings.Count(text, "<@"); n != 1 {
		t.Errorf("%d mentions, want the owner's", n)
	}
	if strings.Contains(m.Text, "Timemanagement") || !strings.HasPrefix(m.Text, "K-2026-0001: ") {
		t.Errorf("fallback %q", m.Text)
	}
	if len(m.Blocks) > 50 {
		t.Errorf("%d blocks", len(m.Blocks))
	}
}

func jsonOf(t *testing.T, v any) string {
	t.Helper()
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestGuardedCaseMessage(t *testing.T) {
	o := newOffice(t, noRegister{})
	log := complaintOf()
	log.Particulars.Concerns = officer
	o.from(shelf{complaint: life(t, o.Policy, moment{staff, 0, log})})
	m := o.rendered(t, outbox.Delivery{Payload: outbox.Case{}, Lane: outbox.DirectLane(deputy)})
	text := jsonOf(t, m)
	if !strings.Contains(text, "V-2026-0001") || !strings.Contains(text, "<@"+string(deputy)+">") {
		t.Error("not the guarded case of its handler")
	}
	if strings.Contains(text, string(officer)) {
		t.Error("names whom it concerns")
	}
}

// TestButtons holds the row of buttons to the contract: names as action ids,
// their order, the case and version as value, the rest in a select.
func TestButtons(t *testing.T) {
	for stage, want := range map[string]struct{ ids, primary string }{
		"received": {"acknowledge question progress resolve identity dossier more[note assign correct hold withdraw]", "acknowledge"},
		"waiting":  {"question answer progress resolve identity dossier more[note assign correct hold withdraw]", "answer"},
		"decided":  {"confirm identity dossier more[note assign correct hold dispute]", "confirm"},
		"closed":   {"identity dossier more[note assign correct hold dispute reopen]", ""},
	} {
		o := newOffice(t, noRegister{})
		c := life(t, o.Policy, stages()[stage]...)
		o.from(shelf{complaint: c})
		m := o.rendered(t, outbox.Delivery{Payload: outbox.Case{}})
		actions := m.Blocks[len(m.Blocks)-1].(*slack.ActionBlock)
		if actions.BlockID != kit.RefTo(&c).String() {
			t.Errorf("%s: block id %q", stage, actions.BlockID)
		}
		var ids []string
		var primary string
		for _, e := range actions.Elements.ElementSet {
			switch e := e.(type) {
			case *slack.ButtonBlockElement:
				ids = append(ids, e.ActionID)
				if e.Style == slack.StylePrimary {
					primary += e.ActionID
				}
				if e.Value != kit.RefTo(&c).String() {
					t.Errorf("%s: value %q of %s", stage, e.Value, e.ActionID)
				}
			case *slack.SelectBlockElement:
				var rest []string
				for _, o := range e.Options {
					rest = append(rest, o.Value)
				}
				ids = append(ids, e.ActionID+"["+strings.Join(rest, " ")+"]")
			}
		}
		if got := strings.Join(ids, " "); got != want.ids || primary != want.primary {
			t.Errorf("%s: %s (primary %s), want %s (%s)", stage, got, primary, want.ids, want.primary)
		}
	}
}

// TestInert looks for what a person typed in any text that Slack would read
// as markup.
func TestInert(t *testing.T) {
	o := newOffice(t, noRegister{})
	c := life(t, o.Policy, stages()["closed"]...)
	o.from(shelf{complaint: c, performed: c.Last})
	for _, d := range []outbox.Delivery{
		{Payload: outbox.Case{}}, {Payload: outbox.Story{}}, {Payload: outbox.Line{Action: c.Last.Action}},
	} {
		for _, b := range o.rendered(t, d).Blocks {
			text := jsonOf(t, b)
			if strings.Contains(text, `"mrkdwn"`) && (strings.Contains(text, "!channel") || strings.Contains(text, "kwaad.example") || strings.Contains(text, "*Vos*")) {
				t.Errorf("%s: what a person typed stands in mrkdwn", d.Kind())
			}
		}
	}
}

func TestLineGolden(t *testing.T) {
	for _, lang := range workflow.Languages() {
		o := newOffice(t, noRegister{})
		o.Language = lang
		c := life(t, o.Policy, stages()["closed"]...)
		o.from(shelf{complaint: c, performed: c.Last})
		m := o.rendered(t, outbox.Delivery{Payload: outbox.Line{Action: workflow.ActionConfirm}, Version: c.Version})
		golden(t, "line."+lang, m)
		if text := jsonOf(t, m); strings.Contains(text, "<@") || !strings.Contains(text, "Petra *Vos*") {
			t.Errorf("%s: a plain name, and no mention", lang)
		}
	}
}

func TestRenderErrors(t *testing.T) {
	o := newOffice(t, noRegister{})
	if _, _, err := o.Render(t.Context(), outbox.Delivery{Case: "case", Payload: outbox.Case{}}); !errors.Is(err, errLost) {
		t.Errorf("lost database: %v", err)
	}
	if _, _, err := newDesk(t).Render(t.Context(), outbox.Delivery{Case: "gone", Payload: outbox.Story{}}); !errors.Is(err, core.ErrMoot) {
		t.Errorf("a case that is gone: %v", err)
	}
	o.from(shelf{complaint: life(t, o.Policy, stages()["received"]...)})
	if _, _, err := o.Render(t.Context(), outbox.Delivery{Case: "case", Payload: outbox.Unreadable{Of: "wall"}}); err == nil {
		t.Error("unknown surface: no error")
	}
}

// TestEveryWordExists says every key that is put together from a value.
func TestEveryWordExists(t *testing.T) {
	o := newOffice(t, noRegister{})
	var keys []string
	for _, name := range workflow.Actions() {
		keys = append(keys, "case.button."+string(name))
		switch name {
		case workflow.ActionIdentity, workflow.ActionDossier:
		default:
			keys = append(keys, "case.did."+string(name), "action."+string(name)+".title")
		}
	}
	for _, kind := range workflow.PromiseKinds() {
		keys = append(keys, "nudge."+string(kind), "case.promise."+string(kind)+".due", "case.promise."+string(kind)+".kept")
	}
	for _, kind := range workflow.RecordKinds() {
		keys = append(keys, "dossier.record."+string(kind))
	}
	for _, lang := range workflow.Languages() {
		for _, key := range append(keys, "case.did."+string(workflow.ActionFile)) {
			if o.Texts.In(lang).Say(key) == key {
				t.Errorf("%s: no words for %s", lang, key)
			}
		}
	}
}
