package notices_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/handlers/notices"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
	"github.com/artra/klachtbot/workflow/workflowtest"
)

// TestDirectMessage_needsRights: what waits for somebody's direct messages is
// kept back once the roster no longer gives them the case, and is not dropped.
func TestDirectMessage_needsRights(t *testing.T) {
	d := handlerstest.New(t)
	filing := handlerstest.Filing()
	filing.Particulars.Concerns = handlerstest.Officer
	c := d.Filed(t, filing)
	before := d.Policy.Roster
	for _, p := range []outbox.Payload{outbox.Case{}, outbox.Story{}, outbox.Line{Action: workflow.ActionNote}} {
		to := func(who roster.PersonID) error {
			_, _, err := d.Render(t.Context(), outbox.Delivery{
				Case: c.ID, Lane: outbox.DirectLane(who), Payload: p, Version: c.Version,
			})
			return err
		}
		d.Policy.Roster = before
		if err := to(handlerstest.Deputy); err != nil {
			t.Errorf("%s, to the handler: %v", p.Kind(), err)
		}
		d.Policy.Roster.Officers = []roster.PersonID{handlerstest.Officer, handlerstest.English}
		for _, who := range []roster.PersonID{handlerstest.Deputy, handlerstest.Officer, handlerstest.Staff, handlerstest.Director} {
			if err := to(who); !errors.Is(err, notices.ErrNotTheirs) || errors.Is(err, core.ErrMoot) {
				t.Errorf("%s, to %s: %v", p.Kind(), who, err)
			}
		}
	}
}

// disputeStages are the points of a dispute at which the case message is compared.
func disputeStages() map[string][]handlerstest.Step {
	on := func(month, d int) calendar.Date { return calendar.NewDate(2026, time.Month(month), d) }
	step := func(days int, a workflow.Dispute) handlerstest.Step {
		return handlerstest.Step{By: handlerstest.Officer, After: time.Duration(days) * 24 * time.Hour, Action: a}
	}
	dates := workflow.DisputeDates{Defence: on(12, 14), Hearing: calendar.NewDate(2027, 2, 9)}
	closed, decided := handlerstest.Stages()["closed"], handlerstest.Stages()["decided"]
	begun := step(2, workflow.Dispute{Date: on(11, 25), Reference: "GC 12", Dates: dates})
	sent := dates
	sent.Sent = on(12, 15)
	ruling := workflow.Dispute{Date: on(12, 18), Dates: dates, Shown: dates, Ruling: "Betaal.", Verdict: workflow.RulingPartly, RulingDue: calendar.NewDate(2027, 1, 15)}
	unpaid := workflow.Dispute{Date: on(12, 18), Dates: dates, Shown: dates, Ended: workflow.EndFeeNotPaid}
	return map[string][]handlerstest.Step{
		"disputed":     append(slices.Clone(closed), step(2, workflow.Dispute{Date: on(11, 25)})),
		"defence":      append(slices.Clone(decided), begun),
		"defence_late": append(slices.Clone(closed), begun, step(22, workflow.Dispute{Dates: sent, Shown: dates})),
		"ruled":        append(slices.Clone(closed), begun, step(25, ruling)),
		"fee_not_paid": append(slices.Clone(closed), begun, step(25, unpaid)),
		"dispute_reopened": append(slices.Clone(closed), begun, handlerstest.Step{
			By: handlerstest.Officer, After: 72 * time.Hour, Action: workflow.Reopen{Reason: "Toch nog eens kijken."},
		}),
	}
}

func TestCaseMessage_golden(t *testing.T) {
	stages := handlerstest.Stages()
	maps.Copy(stages, disputeStages())
	for name, steps := range stages {
		for _, lang := range workflow.Languages() {
			t.Run(name+"."+lang, func(t *testing.T) {
				o := handlerstest.NewLost(t)
				o.Language = lang
				o.From(handlerstest.OneCase{Complaint: handlerstest.Life(t, o.Policy, steps...)})
				m := o.Rendered(t, outbox.Delivery{Payload: outbox.Case{}})
				handlerstest.Golden(t, "case-"+name+"."+lang, m)
				checkCaseMessage(t, m)
			})
		}
	}
}

// checkCaseMessage holds a case message to the table of design section 4.
func checkCaseMessage(t *testing.T, m core.Message) {
	t.Helper()
	text := handlerstest.JSONOf(t, m)
	for _, secret := range []string{"Berg", "klant.example", "12345678", "Dorpsstraat", "koud", "Geld terug", "foto", "Tevreden", "helft terug", "verwarming"} {
		if strings.Contains(text, secret) {
			t.Error("the case message shows something confidential")
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

// TestReposted_mentionsNobody: what was posted anew names the handler, and the line
// that once was for a new handler says only that there was one.
func TestReposted_mentionsNobody(t *testing.T) {
	for _, lang := range workflow.Languages() {
		o := handlerstest.NewLost(t)
		o.Language = lang
		c := handlerstest.Life(t, o.Policy, handlerstest.Stages()["received"]...)
		done := workflow.Performed{Action: workflow.ActionAssign, By: handlerstest.Officer, At: c.LoggedAt}
		o.From(handlerstest.OneCase{Complaint: c, Done: done})
		m := o.Rendered(t, outbox.Delivery{Payload: outbox.Case{}, Reposted: true})
		handlerstest.Golden(t, "case-reposted."+lang, m)
		if text := handlerstest.JSONOf(t, m); strings.Contains(text, "<@") || !strings.Contains(text, "Omar Khalil") {
			t.Errorf("%s: the handler's plain name, and no mention: %s", lang, text)
		}
		line := handlerstest.JSONOf(t, o.Rendered(t, outbox.Delivery{Payload: outbox.Line{Action: workflow.ActionAssign}, Version: 2, Reposted: true}))
		if strings.Contains(line, "<@") {
			t.Errorf("%s: the line mentions somebody: %s", lang, line)
		}
		if first := handlerstest.JSONOf(t, o.Rendered(t, outbox.Delivery{Payload: outbox.Line{Action: workflow.ActionAssign}, Version: 2})); !strings.Contains(first, "<@") {
			t.Errorf("%s: said for the first time it mentions nobody", lang)
		}
	}
}

func TestCaseMessage_ofAGuardedCaseNamesNobody(t *testing.T) {
	o := handlerstest.NewLost(t)
	filing := handlerstest.Filing()
	filing.Particulars.Concerns = handlerstest.Officer
	o.From(handlerstest.OneCase{Complaint: handlerstest.Life(t, o.Policy, handlerstest.Step{By: handlerstest.Staff, After: 0, Action: filing})})
	m := o.Rendered(t, outbox.Delivery{Payload: outbox.Case{}, Lane: outbox.DirectLane(handlerstest.Deputy)})
	text := handlerstest.JSONOf(t, m)
	if !strings.Contains(text, "V-2026-0001") || !strings.Contains(text, "<@"+string(handlerstest.Deputy)+">") {
		t.Error("not the guarded case of its handler")
	}
	if strings.Contains(text, string(handlerstest.Officer)) {
		t.Error("names whom it concerns")
	}
}

// TestCaseMessage_buttonsKeepTheContract holds the row of buttons to the
// contract: names as action ids, their order, the case and version as value,
// the rest in a select.
func TestCaseMessage_buttonsKeepTheContract(t *testing.T) {
	for stage, want := range map[string]struct{ ids, primary string }{
		"received": {"acknowledge question progress resolve identity dossier more[note assign correct hold withdraw]", "acknowledge"},
		"waiting":  {"question answer progress resolve identity dossier more[note assign correct amend hold withdraw]", "answer"},
		"decided":  {"confirm identity dossier more[note assign correct amend hold dispute]", "confirm"},
		"closed":   {"identity dossier more[note assign correct amend hold dispute reopen]", ""},
	} {
		o := handlerstest.NewLost(t)
		c := handlerstest.Life(t, o.Policy, handlerstest.Stages()[stage]...)
		o.From(handlerstest.OneCase{Complaint: c})
		m := o.Rendered(t, outbox.Delivery{Payload: outbox.Case{}})
		actions := m.Blocks[len(m.Blocks)-1].(*slack.ActionBlock)
		if ref, ok := kit.ParseRef(actions.BlockID); !ok || ref != kit.RefTo(&c) || actions.BlockID == ref.String() {
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

// TestNotices_typedTextIsInert searches for what a person typed in any text
// that Slack would read as markup.
func TestNotices_typedTextIsInert(t *testing.T) {
	o := handlerstest.NewLost(t)
	c := handlerstest.Life(t, o.Policy, handlerstest.Stages()["closed"]...)
	o.From(handlerstest.OneCase{Complaint: c, Done: c.Last})
	for _, d := range []outbox.Delivery{
		{Payload: outbox.Case{}}, {Payload: outbox.Story{}}, {Payload: outbox.Line{Action: c.Last.Action}},
	} {
		for _, b := range o.Rendered(t, d).Blocks {
			text := handlerstest.JSONOf(t, b)
			if strings.Contains(text, `"mrkdwn"`) && (strings.Contains(text, "!channel") || strings.Contains(text, "kwaad.example") || strings.Contains(text, "*Vos*")) {
				t.Errorf("%s: what a person typed stands in mrkdwn", d.Kind())
			}
		}
	}
}

func TestLine_golden(t *testing.T) {
	for _, lang := range workflow.Languages() {
		o := handlerstest.NewLost(t)
		o.Language = lang
		c := handlerstest.Life(t, o.Policy, handlerstest.Stages()["closed"]...)
		o.From(handlerstest.OneCase{Complaint: c, Done: c.Last})
		m := o.Rendered(t, outbox.Delivery{Payload: outbox.Line{Action: workflow.ActionConfirm}, Version: c.Version})
		handlerstest.Golden(t, "line."+lang, m)
		if text := handlerstest.JSONOf(t, m); strings.Contains(text, "<@") || !strings.Contains(text, "Petra *Vos*") {
			t.Errorf("%s: a plain name, and no mention", lang)
		}
	}
}

func TestNotices_failWithTheReason(t *testing.T) {
	o := handlerstest.NewLost(t)
	if _, _, err := o.Render(t.Context(), outbox.Delivery{Case: "case", Payload: outbox.Case{}}); !errors.Is(err, handlerstest.ErrLost) {
		t.Errorf("lost database: %v", err)
	}
	if _, _, err := handlerstest.New(t).Render(t.Context(), outbox.Delivery{Case: "gone", Payload: outbox.Story{}}); !errors.Is(err, core.ErrMoot) {
		t.Errorf("a case that is gone: %v", err)
	}
	o.From(handlerstest.OneCase{Complaint: handlerstest.Life(t, o.Policy, handlerstest.Stages()["received"]...)})
	if _, _, err := o.Render(t.Context(), outbox.Delivery{Case: "case", Payload: outbox.Unreadable{Of: "wall"}}); err == nil {
		t.Error("an unknown kind: no error")
	}
}

// TestNotices_haveWordsForEveryValue: every key that is put together from a
// value is in the catalogue.
func TestNotices_haveWordsForEveryValue(t *testing.T) {
	o := handlerstest.NewLost(t)
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
		keys = append(keys, "reminder."+string(kind), "case.promise."+string(kind)+".due", "case.promise."+string(kind)+".kept")
	}
	for _, kind := range workflowtest.RecordKinds() {
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

// TestCaseMessage_saysWhereTheCaseIs: the channel reads where the case is and
// until when, and nothing of why.
func TestCaseMessage_saysWhereTheCaseIs(t *testing.T) {
	all := handlerstest.FullLife()
	for n, want := range map[int]string{
		19:       "bij de Geschillencommissie sinds di 29 december 2026",
		20:       "uitspraak van de Geschillencommissie op wo 30 december 2026: Gegrond",
		len(all): "wordt langer bewaard, opnieuw bekijken op ma 1 maart 2027",
	} {
		d := handlerstest.New(t)
		c := d.Carried(t, all[:n]...)
		m, _, err := d.Render(t.Context(), outbox.Delivery{Case: c.ID, Payload: outbox.Case{}})
		if err != nil {
			t.Fatal(err)
		}
		read := handlerstest.JSONOf(t, m)
		if !strings.Contains(read, want) {
			t.Errorf("after %d: does not say %q", n, want)
		}
		for _, secret := range []string{"GC 12", "terecht", "verzekeraar", "tevreden", "vervallen", "zaak"} {
			if strings.Contains(read, secret) {
				t.Errorf("after %d: shows %q", n, secret)
			}
		}
	}
}
