package amend_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// noticed is a case with a step of most kinds.
func noticed() []handlerstest.Step {
	on := func(d int) calendar.Date { return calendar.NewDate(2026, time.November, d) }
	return append(handlerstest.Stages()["waiting"],
		handlerstest.Step{By: handlerstest.Deputy, After: 3 * time.Hour, Action: workflow.Answer{Date: on(23), Way: workflow.WayPhone, Text: "Twaalf graden."}},
		handlerstest.Step{By: handlerstest.Officer, After: 4 * time.Hour, Action: workflow.Progress{
			Sent: handlerstest.SentOn(on(23), workflow.WayEmail), Reason: "De trainer is ziek.", Expected: calendar.NewDate(2026, 12, 31),
		}},
		handlerstest.Step{By: handlerstest.Officer, After: 5 * time.Hour, Action: workflow.Question{Sent: handlerstest.SentOn(on(23), workflow.WayPhone)}},
		handlerstest.Step{By: handlerstest.Officer, After: 6 * time.Hour, Action: workflow.Question{Sent: handlerstest.SentOn(on(23), workflow.WayPhone)}},
	)
}

func opened(t *testing.T, d *handlerstest.Fixture, who roster.PersonID, c workflow.Complaint) slack.ModalViewRequest {
	t.Helper()
	d.Click(t, who, &c, workflow.ActionAmend)
	return d.Screen.LastModal(t)
}

// optionsOf are the entries that the modal offers: id and label.
func optionsOf(t *testing.T, view slack.ModalViewRequest) (ids, labels []string) {
	t.Helper()
	for _, b := range view.Blocks.BlockSet {
		if in, ok := b.(*slack.InputBlock); ok && in.BlockID == "entry" {
			for _, o := range in.Element.(*slack.SelectBlockElement).Options {
				ids, labels = append(ids, o.Value), append(labels, o.Text.Text)
			}
		}
	}
	return ids, labels
}

// entryOf is the id of the first entry whose label begins like that.
func entryOf(t *testing.T, view slack.ModalViewRequest, begins string) string {
	t.Helper()
	ids, labels := optionsOf(t, view)
	for i, label := range labels {
		if strings.HasPrefix(label, begins) {
			return ids[i]
		}
	}
	t.Fatalf("no entry %q among %q", begins, labels)
	return ""
}

func TestAmend_golden(t *testing.T) {
	for _, who := range []roster.PersonID{handlerstest.Officer, handlerstest.English} {
		d := handlerstest.New(t)
		c := d.Carried(t, noticed()...)
		view := opened(t, d, who, c)
		handlerstest.GoldenForm(t, "action-amend."+handlerstest.LanguageOf(who), view)
		if strings.Contains(handlerstest.JSONOf(t, view), "graden") {
			t.Error("the modal shows what is sealed")
		}
	}
}

// TestAmend_ownLatestFirst: each entry has a name, its date and its way, what one
// recorded oneself in front; two that read the same say when they were recorded.
func TestAmend_ownLatestFirst(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Carried(t, noticed()...)
	_, officers := optionsOf(t, opened(t, d, handlerstest.Officer, c))
	_, deputys := optionsOf(t, opened(t, d, handlerstest.Deputy, c))
	want := []string{
		"Vraag aan de klager · vastgelegd op 23 november 2026, 16:00", "Vraag aan de klager · vastgelegd op 23 november 2026, 15:00",
		"Voortgang gemeld · ma 23 november 2026 · E-mail", "Vraag aan de klager · vastgelegd op 23 november 2026, 12:00",
		"Ontvangst bevestigd · vr 20 november 2026 · Brief", "Antwoord van de klager · ma 23 november 2026 · Telefoon",
	}
	if diff := cmp.Diff(want, officers); diff != "" {
		t.Errorf("the officer is offered (-want +got):\n%s", diff)
	}
	if deputys[0] != want[5] {
		t.Errorf("the deputy is offered %q first", deputys[0])
	}
}

// atCommittee is a closed case that went to the dispute committee, with its dates.
func atCommittee() []handlerstest.Step {
	on := func(d int) calendar.Date { return calendar.NewDate(2026, time.December, d) }
	return append(handlerstest.Stages()["closed"], handlerstest.Step{
		By: handlerstest.Officer, After: 20 * 24 * time.Hour, Action: workflow.Dispute{
			Date: on(7), Reference: "GC 12", Dates: workflow.DisputeDates{Defence: on(10), Sent: on(11), Hearing: on(28)},
		},
	})
}

// TestAmend_namesEachDate: the day of a decision and of the contact, and each day of
// a dispute, is an entry of its own, and the dossier says which was put right.
func TestAmend_namesEachDate(t *testing.T) {
	for who, want := range map[roster.PersonID][]string{
		handlerstest.Officer: {
			"Naar de Geschillencommissie · ma 7 december 2026", "Verweer uiterlijk · do 10 december 2026", "Verweer verstuurd op · vr 11 december 2026",
			"Zitting op · ma 28 december 2026", "Besloten op · ma 23 november 2026", "Contact over de uitkomst · ma 23 november 2026 · Telefoon",
		},
		handlerstest.English: {
			"To the dispute committee · Mon 7 December 2026", "Defence by · Thu 10 December 2026", "Defence sent on · Fri 11 December 2026",
			"Hearing on · Mon 28 December 2026", "Decided on · Mon 23 November 2026", "Contact about the outcome · Mon 23 November 2026 · Telephone",
		},
	} {
		d := handlerstest.New(t)
		c := d.Carried(t, atCommittee()...)
		view := opened(t, d, who, c)
		_, labels := optionsOf(t, view)
		for _, label := range want {
			if !slices.Contains(labels, label) {
				t.Errorf("%s is not offered %q but %q", who, label, labels)
			}
		}
		for _, entry := range []int{2, 5} {
			label := want[entry]
			handlerstest.Closes(t, d.Submit(t, who, opened(t, d, who, d.Current(t, c.ID)), map[string]string{
				"entry": entryOf(t, view, label), "date": map[int]string{2: "2026-12-09", 5: "2026-11-24"}[entry], "reason": "Verkeerde dag.",
			}))
		}
		c = d.Current(t, c.ID)
		if p, _ := c.Promise(workflow.PromiseDefence); !p.InTime() || c.Decision.Contact != calendar.NewDate(2026, 11, 24) {
			t.Errorf("defence %+v, told on %s", p, c.Decision.Contact)
		}
		read := ""
		for _, page := range handlerstest.DossierPages(t, d, who, &c) {
			read += handlerstest.JSONOf(t, page)
		}
		for _, label := range []string{want[2], want[5]} {
			name, date, _ := strings.Cut(label, " · ")
			day, _, _ := strings.Cut(date, " · ")
			handlerstest.Shows(t, string(who), read, name+"\"", day)
		}
	}
}

// TestAmend_takesWhatASelectTakes: of more steps than a select has room for the
// latest are offered.
func TestAmend_takesWhatASelectTakes(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Carried(t, handlerstest.Stages()["received"]...)
	for i := range 103 {
		c = d.Apply(t, c.ID, handlerstest.Officer, fmt.Sprint("question ", i), workflow.Question{Sent: handlerstest.SentOn(calendar.NewDate(2026, 11, 23), workflow.WayPhone)})
	}
	view := opened(t, d, handlerstest.Officer, c)
	if ids, _ := optionsOf(t, view); len(ids) != 100 || ids[0] != "104.0" {
		t.Errorf("%d options, the first %s", len(ids), ids[0])
	}
}

// TestAmend_putsTheDateRight goes from the select to the thread: the deadline was
// kept after all, one line says what was done, the dossier has both versions, and
// a redelivery changes nothing.
func TestAmend_putsTheDateRight(t *testing.T) {
	d := handlerstest.New(t)
	was := d.Carried(t, handlerstest.Stages()["kept_late"]...)
	view := opened(t, d, handlerstest.Officer, was)
	for range 2 {
		handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, view, map[string]string{"date": "2026-11-25", "reason": "Verkeerde dag."}))
	}
	c := d.Current(t, was.ID)
	p, _ := c.Promise(workflow.PromiseAcknowledgement)
	if !p.InTime() || c.Version != was.Version+1 || c.AmendedInTime != 1 {
		t.Errorf("in time %v, version %d after %d, %d put right", p.InTime(), c.Version, was.Version, c.AmendedInTime)
	}
	line, _, err := d.Render(t.Context(), outbox.Delivery{Case: c.ID, Version: c.Version, Payload: outbox.Line{Action: workflow.ActionAmend}})
	if err != nil || !strings.Contains(handlerstest.JSONOf(t, line), "Stap hersteld") {
		t.Errorf("the thread says %s, %v", handlerstest.JSONOf(t, line), err)
	}
	handlerstest.Confidential(t, "line", line)
	root, _, err := d.Render(t.Context(), outbox.Delivery{Case: c.ID, Payload: outbox.Case{}})
	if read := handlerstest.JSONOf(t, root); err != nil || !strings.Contains(read, "wo 25 november 2026") || strings.Contains(read, "te laat") {
		t.Errorf("the case message says %s, %v", read, err)
	}
	for i, page := range handlerstest.DossierPages(t, d, handlerstest.Officer, &c) {
		handlerstest.Shows(t, fmt.Sprint("page ", i), handlerstest.JSONOf(t, page),
			"Hersteld op ma 30 november 2026", "Stap hersteld", "ma 30 november 2026", "wo 25 november 2026", "Verkeerde dag.")
	}
}

func TestAmend_takesAStepBack(t *testing.T) {
	d := handlerstest.New(t)
	was := d.Carried(t, handlerstest.Stages()["waiting"]...)
	his, view := opened(t, d, handlerstest.Officer, was), opened(t, d, handlerstest.Deputy, was)
	id := entryOf(t, view, "Vraag aan de klager")
	handlerstest.Closes(t, d.Submit(t, handlerstest.Deputy, view, map[string]string{"entry": id, "retract": "retract", "reason": "Andere klacht."}))
	c := d.Current(t, was.ID)
	if c.State != workflow.StateInProgress || !c.WaitingSince.IsZero() || c.Last.Action != workflow.ActionRetract {
		t.Errorf("state %s, waiting since %v, last %s", c.State, c.WaitingSince, c.Last.Action)
	}
	line, _, err := d.Render(t.Context(), outbox.Delivery{Case: c.ID, Version: c.Version, Payload: outbox.Line{Action: workflow.ActionRetract}})
	if err != nil || !strings.Contains(handlerstest.JSONOf(t, line), "Stap teruggenomen") {
		t.Errorf("the thread says %s, %v", handlerstest.JSONOf(t, line), err)
	}
	again := opened(t, d, handlerstest.Deputy, c)
	if ids, _ := optionsOf(t, again); slices.Contains(ids, id) {
		t.Error("what was taken back is offered again")
	}
	// Somebody whose modal was open meanwhile reads so at the select.
	if errs := handlerstest.FieldErrors(d.Submit(t, handlerstest.Officer, his, map[string]string{"entry": id, "retract": "retract", "reason": "Ook ik."})); errs["entry"] == "" {
		t.Errorf("errors %v", errs)
	}
}

// TestAmend_showsMistakesAtTheirFields: in the reader's language, all at once, and
// nothing is committed.
func TestAmend_showsMistakesAtTheirFields(t *testing.T) {
	for _, test := range []struct {
		who    roster.PersonID
		stage  []handlerstest.Step
		entry  string
		typed  map[string]string
		at     string
		saying string
	}{
		{handlerstest.Officer, noticed(), "Antwoord", map[string]string{"way": "email"}, "reason", "Vul dit nog even in"},
		{handlerstest.Officer, noticed(), "Antwoord", map[string]string{"reason": "x"}, "date", "verandert zo niets"},
		{handlerstest.Officer, noticed(), "Antwoord", map[string]string{"reason": "x", "date": "2026-11-19"}, "date", "Dit kan niet vóór vr 20 november 2026"},
		{handlerstest.Officer, noticed(), "Antwoord", map[string]string{"reason": "x", "date": "2026-12-24"}, "date", "toekomst"},
		{handlerstest.Officer, noticed(), "Antwoord", map[string]string{"reason": "x", "way": "not_possible"}, "way", "wel te bereiken"},
		{handlerstest.Officer, noticed(), "Antwoord", map[string]string{"reason": "x", "expected_date": "2026-12-30"}, "expected_date", "hoort niet bij deze stap"},
		{handlerstest.Officer, noticed(), "Voortgang", map[string]string{"reason": "x", "expected_date": "2027-02-01"}, "expected_date", "23 januari 2027"},
		{handlerstest.Officer, noticed(), "Vraag aan de klager · vastgelegd op 23 november 2026, 12", map[string]string{"reason": "x", "retract": "retract"}, "entry", "“Antwoord van de klager” (ma 23 november 2026)"},
		{handlerstest.English, noticed(), "Question", map[string]string{"reason": "x", "date": "2026-11-19"}, "date", "Fri 20 November 2026"},
		{handlerstest.Officer, handlerstest.Stages()["closed"], "Besloten op", map[string]string{"reason": "x", "retract": "retract"}, "entry", "Uitkomst bevestigd"},
		{handlerstest.Officer, handlerstest.Stages()["closed"], "Uitkomst bevestigd", map[string]string{"reason": "x", "retract": "retract"}, "entry", "Heropenen"},
	} {
		d := handlerstest.New(t)
		c := d.Carried(t, test.stage...)
		view := opened(t, d, test.who, c)
		typed := map[string]string{"entry": entryOf(t, view, test.entry)}
		for field, value := range test.typed {
			typed[field] = value
		}
		errs := handlerstest.FieldErrors(d.Submit(t, test.who, view, typed))
		if len(errs) != 1 || !strings.Contains(errs[test.at], test.saying) {
			t.Errorf("%s %v: errors %v", test.entry, test.typed, errs)
		}
		if d.Current(t, c.ID).Version != c.Version {
			t.Errorf("%s %v: something was committed", test.entry, test.typed)
		}
	}
}

// TestAmend_onlyWithAnOfficersRights: directors and staff are refused when they
// press, and when they forge the form.
func TestAmend_onlyWithAnOfficersRights(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Carried(t, handlerstest.Stages()["waiting"]...)
	view := opened(t, d, handlerstest.Officer, c)
	for _, who := range []roster.PersonID{handlerstest.Staff, handlerstest.Director, handlerstest.Guest} {
		d.Screen.Modals = nil
		d.Click(t, who, &c, workflow.ActionAmend)
		if len(d.Screen.Modals) > 0 {
			t.Errorf("%s sees a modal", who)
		}
		d.Submit(t, who, view, map[string]string{"retract": "retract", "reason": "x"})
	}
	if is := d.Current(t, c.ID); is.Version != c.Version {
		t.Error("somebody without the rights amended it")
	}
}

// TestAmend_confirmsTheDecisionThatStands: the letter of the outcome says nothing of
// a decision that was taken back.
func TestAmend_confirmsTheDecisionThatStands(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Carried(t, handlerstest.Stages()["decided"]...)
	view := opened(t, d, handlerstest.Officer, c)
	handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, view, map[string]string{
		"entry": entryOf(t, view, "Besloten op"), "retract": "retract", "reason": "Te vroeg.",
	}))
	if c = d.Current(t, c.ID); c.State != workflow.StateWaiting || c.Decision != (workflow.Decision{}) {
		t.Fatalf("state %s, decision %+v", c.State, c.Decision)
	}
	again := handlerstest.Decision()
	again.Outcome = "Toch niet te koud."
	c = d.Apply(t, c.ID, handlerstest.Officer, "again", again)
	d.Click(t, handlerstest.Officer, &c, workflow.ActionConfirm)
	letter := handlerstest.JSONOf(t, d.Screen.LastModal(t))
	if strings.Contains(letter, "De zaal was te koud") || !strings.Contains(letter, "Toch niet te koud") {
		t.Error("the letter confirms another decision")
	}
}

func TestAmend_saysThatTheRegisterIsLost(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Carried(t, handlerstest.Stages()["waiting"]...)
	d.Use(func(c *handlers.Config) { c.Records = handlerstest.LostRegister{} })
	d.Screen.Modals = nil
	d.Click(t, handlerstest.Officer, &c, workflow.ActionAmend)
	if len(d.Screen.Modals) > 0 || len(d.Screen.Ephemerals) == 0 {
		t.Error("the person reads nothing of it")
	}
}
