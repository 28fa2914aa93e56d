package notices_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

const oneDay = 24 * time.Hour

// messageOn is the case message after these steps, as it reads so many days after the
// Monday of the tests.
func messageOn(t *testing.T, days int, steps ...handlerstest.Step) (said string, row *slack.ActionBlock) {
	t.Helper()
	o := handlerstest.NewLost(t)
	o.Clock = handlerstest.Monday.AddDate(0, 0, days)
	o.From(handlerstest.OneCase{Complaint: handlerstest.Life(t, o.Policy, steps...)})
	m := o.Rendered(t, outbox.Delivery{Payload: outbox.Case{}})
	return handlerstest.JSONOf(t, m), m.Blocks[len(m.Blocks)-1].(*slack.ActionBlock)
}

func says(t *testing.T, what, said string, wanted map[string]bool) {
	t.Helper()
	for text, want := range wanted {
		if strings.Contains(said, text) != want {
			t.Errorf("%s: says %q: %v", what, text, !want)
		}
	}
}

// TestCaseMessage_marksWhatIsLate: in the heading and at the date itself, once a
// promise is overdue and as long as it is.
func TestCaseMessage_marksWhatIsLate(t *testing.T) {
	received := handlerstest.Stages()["received"] // by 25 November
	late := map[string]bool{"· te laat": true, "wo 25 november 2026, te laat": true}
	intime := map[string]bool{"te laat": false, "wo 25 november 2026": true}
	said, _ := messageOn(t, 2, received...)
	says(t, "on the last day", said, intime)
	said, _ = messageOn(t, 3, received...)
	says(t, "the day after", said, late)
	kept := handlerstest.Step{By: handlerstest.Officer, After: 3 * oneDay, Action: workflow.Acknowledge{Sent: handlerstest.SentOn(calendar.NewDate(2026, 11, 26), workflow.WayEmail)}}
	said, _ = messageOn(t, 3, append(slices.Clone(received), kept)...)
	says(t, "kept late", said, map[string]bool{"Ontvangen · te laat": false, "⚠️": false, "te laat (uiterlijk wo 25 november 2026)": true})
}

// TestCaseMessage_committeeFrom: only while it is to come and the case is under way.
func TestCaseMessage_committeeFrom(t *testing.T) {
	mailed := handlerstest.Filing()
	mailed.Facts.ReceivedVia = workflow.WayEmail // possible from 18 December
	filed := handlerstest.Step{By: handlerstest.Staff, Action: mailed}
	said, _ := messageOn(t, 24, filed)
	says(t, "the day before", said, map[string]bool{"mogelijk vanaf": true, "vr 18 december 2026": true})
	said, row := messageOn(t, 25, filed)
	says(t, "on the day", said, map[string]bool{"mogelijk vanaf": false})
	if !strings.Contains(handlerstest.JSONOf(t, row), `"dispute"`) {
		t.Error("the committee is no option on the day itself")
	}
	for _, stage := range []string{"closed", "disputed", "defence"} {
		all := handlerstest.Stages()
		if steps, ok := disputeStages()[stage]; ok {
			all[stage] = steps
		}
		said, _ = messageOn(t, 3, all[stage]...)
		says(t, stage, said, map[string]bool{"mogelijk vanaf": false})
	}
}

// TestCaseMessage_disputeStandsOnce: defence and hearing are named in one line.
func TestCaseMessage_disputeStandsOnce(t *testing.T) {
	said, _ := messageOn(t, 3, disputeStages()["defence"]...)
	for _, date := range []string{"ma 14 december 2026", "di 9 februari 2027"} {
		if n := strings.Count(said, date); n != 1 {
			t.Errorf("%s stands %d times", date, n)
		}
	}
}

// TestCaseMessage_confirmationFirst: of a decided case, also when its receipt was never
// acknowledged.
func TestCaseMessage_confirmationFirst(t *testing.T) {
	resolved := handlerstest.Step{By: handlerstest.Officer, After: time.Hour, Action: handlerstest.Decision()}
	said, row := messageOn(t, 0, append(handlerstest.Stages()["received"], resolved)...)
	first := row.Elements.ElementSet[0].(*slack.ButtonBlockElement)
	if first.ActionID != "confirm" || first.Style != slack.StylePrimary || !strings.Contains(said, `"acknowledge"`) {
		t.Errorf("the first button is %s", first.ActionID)
	}
}

// TestCaseMessage_aNoticeThatWasNeverGiven: the outcome that a notice promised is not
// called a notice.
func TestCaseMessage_aNoticeThatWasNeverGiven(t *testing.T) {
	notice := workflow.Progress{Sent: handlerstest.SentOn(calendar.NewDate(2026, 12, 1), workflow.WayEmail), Reason: "Ziek.", Expected: calendar.NewDate(2027, 1, 8)}
	resolve := handlerstest.Decision()
	resolve.Contact = calendar.NewDate(2027, 1, 4)
	said, _ := messageOn(t, 43, append(handlerstest.Stages()["received"],
		handlerstest.Step{By: handlerstest.Officer, After: 8 * oneDay, Action: notice},
		handlerstest.Step{By: handlerstest.Officer, After: 43 * oneDay, Action: resolve})...)
	says(t, "told", said, map[string]bool{"Uitkomst na het voortgangsbericht: ": true, "bericht gegeven": false})
}

// TestCaseMessage_oldRemedies: a case that was reopened, or withdrawn since, does not
// show what was promised before as what is promised now.
func TestCaseMessage_oldRemedies(t *testing.T) {
	decided := handlerstest.Decision()
	decided.Promised = workflow.RemedyTerms{Kind: workflow.RemedyRefund, Due: calendar.NewDate(2026, 12, 20)}
	by := func(hours int, a workflow.Action) handlerstest.Step {
		return handlerstest.Step{By: handlerstest.Officer, After: time.Duration(hours) * time.Hour, Action: a}
	}
	closed := append(handlerstest.Stages()["received"], by(1, decided), by(2, workflow.Confirm{Sent: handlerstest.SentOn(calendar.NewDate(2026, 11, 23), workflow.WayEmail)}))
	paid := by(3, workflow.SettleRemedy{Result: workflow.RemedyDone, Date: calendar.NewDate(2026, 11, 23)})
	reopened, withdrawn := by(4, workflow.Reopen{Reason: "Nieuw."}), by(5, workflow.Withdraw{Reason: "Laat maar."})
	said, _ := messageOn(t, 0, closed...)
	says(t, "closed", said, map[string]bool{"Toezegging (Geld terug)": true})
	said, _ = messageOn(t, 0, append(slices.Clone(closed), reopened)...)
	says(t, "reopened", said, map[string]bool{"Toezegging (Geld terug)": false, "Toezegging van voor de heropening (Geld terug)": true})
	said, _ = messageOn(t, 0, append(slices.Clone(closed), paid, reopened, withdrawn)...)
	says(t, "paid, reopened and withdrawn", said, map[string]bool{"Geld terug": false})
}

// TestCaseMessage_guardedSaysWhy: its handler reads why it is kept apart, and not from
// whom.
func TestCaseMessage_guardedSaysWhy(t *testing.T) {
	about := handlerstest.Filing()
	about.Particulars.Concerns = handlerstest.Officer
	said, _ := messageOn(t, 0, handlerstest.Step{By: handlerstest.Staff, Action: about})
	says(t, "guarded", said, map[string]bool{"Deze klacht blijft apart": true, string(handlerstest.Officer): false, "Omar": false})
	said, _ = messageOn(t, 0, handlerstest.Stages()["received"]...)
	says(t, "ordinary", said, map[string]bool{"blijft apart": false})
}

// TestDigest_namesEveryLatePromise: also one of which nobody is reminded this morning.
func TestDigest_namesEveryLatePromise(t *testing.T) {
	o := handlerstest.NewLost(t)
	o.Clock = handlerstest.Monday.AddDate(0, 0, 30)
	r := &caseRegister{cases: map[workflow.CaseID]workflow.Complaint{}}
	r.add(t, o.Policy, []workflow.WatchKind{ack}, handlerstest.Received(0))
	m, err := digest(t, o, r, handlerstest.Officer)
	if err != nil {
		t.Fatal(err)
	}
	says(t, "digest", handlerstest.JSONOf(t, m), map[string]bool{"bevestig de ontvangst (": true, "Ook te laat: leg de uitkomst vast (": true, "Timemanagement": true, "· Locatie": true})
}
