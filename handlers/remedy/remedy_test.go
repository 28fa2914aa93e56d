package remedy_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// day is a date of the tests, so many days after Monday 23 November 2026.
func day(after int) string { return handlerstest.Monday.AddDate(0, 0, after).Format(time.DateOnly) }

// terms are what an officer fills in to promise money.
func terms(changes map[string]string) map[string]string {
	all := handlerstest.DecidedValues()
	all["remedy_kind"], all["remedy_date"], all["remedy_owner"], all["remedy_amount"] = "refund", day(30), string(handlerstest.Staff), "€ 1.250,50"
	for id, v := range changes {
		all[id] = v
	}
	return all
}

// promised is a complaint that was decided with a remedy.
func promised(t *testing.T, d *handlerstest.Fixture, changes map[string]string) workflow.Complaint {
	t.Helper()
	c := d.Filed(t, handlerstest.Filing())
	d.Click(t, handlerstest.Officer, &c, workflow.ActionResolve)
	handlerstest.Updated(t, d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), terms(changes)))
	return d.Current(t, c.ID)
}

// press presses a button that names the remedy, below a message of the case.
func press(t *testing.T, d *handlerstest.Fixture, who roster.PersonID, c *workflow.Complaint, name workflow.ActionName, number int) {
	t.Helper()
	d.Press(t, who, "D0STAFF", c, name, string(workflow.RemedyWatch(number)))
}

// message renders what goes to somebody, and compares it.
func message(t *testing.T, d *handlerstest.Fixture, name string, c *workflow.Complaint, p outbox.Payload, ts string) string {
	t.Helper()
	m := d.GoldenMessage(t, name, c, p, ts)
	if strings.Contains(m.Text, "helft") || strings.Contains(m.Text, "1.250") {
		t.Errorf("%s: a notification tells of the remedy: %s", name, m.Text)
	}
	return handlerstest.JSONOf(t, m)
}

func TestResolve_promisesARemedy(t *testing.T) {
	d := handlerstest.New(t)
	c := promised(t, d, nil)
	r, ok := c.Remedy(1)
	if !ok || r.Handler != handlerstest.Staff || r.Due.String() != day(30) || r.Subject != "refund" || !r.Open() {
		t.Fatalf("%+v", r)
	}
	task, err := d.DB.Records().Remedy(t.Context(), c.ID, 1, handlerstest.Staff)
	if err != nil || task.Amount != 125050 || task.Text != "je krijgt de helft terug." {
		t.Errorf("%d, %q, %v", task.Amount, task.Text.Reveal(), err)
	}
}

// TestResolve_withoutARemedyIgnoresItsTerms (design section 5).
func TestResolve_withoutARemedyIgnoresItsTerms(t *testing.T) {
	d := handlerstest.New(t)
	c := promised(t, d, map[string]string{"remedy_kind": "none", "remedy_amount": "veel", "remedy_owner": string(handlerstest.Guest)})
	if len(c.Remedies()) > 0 {
		t.Errorf("%v", c.Remedies())
	}
}

func TestResolve_refusesTermsAtTheirFields(t *testing.T) {
	for field, changes := range map[string]map[string]string{
		"remedy":        {"remedy": " "},
		"remedy_date":   {"remedy_date": day(-1)},
		"remedy_amount": {"remedy_amount": "de helft"},
	} {
		d := handlerstest.New(t)
		c := d.Filed(t, handlerstest.Filing())
		d.Click(t, handlerstest.Officer, &c, workflow.ActionResolve)
		got := handlerstest.FieldErrors(d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), terms(changes)))
		if len(got) != 1 || got[field] == "" {
			t.Errorf("%s: %v", field, got)
		}
	}
	for _, who := range []roster.PersonID{handlerstest.Guest, handlerstest.Gone, handlerstest.Stranger, handlerstest.Robot} {
		d := handlerstest.New(t)
		c := d.Filed(t, handlerstest.Filing())
		d.Click(t, handlerstest.Officer, &c, workflow.ActionResolve)
		got := handlerstest.FieldErrors(d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), terms(map[string]string{"remedy_owner": string(who)})))
		if got["remedy_owner"] == "" || d.Current(t, c.ID).State == workflow.StateDecided {
			t.Errorf("%s: %v", who, got)
		}
	}
}

// TestTask_readsNumberWhatAndWhen: who sees to it reads that and nothing else, and
// says that it is done; then the message is emptied, and the owner is told.
func TestTask_readsNumberWhatAndWhen(t *testing.T) {
	d := handlerstest.New(t)
	c := promised(t, d, nil)
	task := outbox.Remedy{To: handlerstest.Staff, Remedy: 1}
	shown := message(t, d, "task.nl", &c, task, "")
	for _, secret := range []string{"Berg", "koud", "Timemanagement", "jan@klant.example"} {
		if strings.Contains(shown, secret) {
			t.Errorf("%q is in it", secret)
		}
	}
	press(t, d, handlerstest.Staff, &c, workflow.ActionRemedyDone, 1)
	form := d.Screen.LastModal(t)
	handlerstest.GoldenForm(t, "remedy-done.nl", form)
	if strings.Contains(handlerstest.JSONOf(t, form), "Timemanagement") {
		t.Error("the form says what the complaint is about")
	}
	handlerstest.Closes(t, d.Submit(t, handlerstest.Staff, form, map[string]string{"reason": "Overgemaakt, kenmerk 12."}))
	c = d.Current(t, c.ID)
	if emptied := message(t, d, "task-reported.nl", &c, task, "1.1"); strings.Contains(emptied, "helft") || strings.Contains(emptied, "1.250") {
		t.Errorf("not emptied: %s", emptied)
	}
	if _, _, err := d.Render(t.Context(), outbox.Delivery{Case: c.ID, Payload: task, Lane: outbox.DirectLane(task.To)}); !errors.Is(err, core.ErrMoot) {
		t.Errorf("one that was never posted: %v", err)
	}
	for _, who := range []roster.PersonID{handlerstest.Officer, handlerstest.English} {
		lang := handlerstest.LanguageOf(who)
		message(t, d, "reported."+lang, &c, outbox.RemedyReported{To: who, Remedy: 1}, "")
	}
	d.Screen.LastModal(t)
	press(t, d, handlerstest.Staff, &c, workflow.ActionRemedyDone, 1)
	if got := d.Replies(); !strings.Contains(got, "al afgehandeld") {
		t.Errorf("pressed again: %s", got)
	}
	c = d.Apply(t, c.ID, handlerstest.Officer, "settle", workflow.SettleRemedy{Result: workflow.RemedyDone, Date: d.Today()})
	message(t, d, "task-over.nl", &c, task, "1.1")
	if _, _, err := d.Render(t.Context(), outbox.Delivery{Case: c.ID, Payload: outbox.RemedyReported{To: handlerstest.Officer, Remedy: 1}}); !errors.Is(err, core.ErrMoot) {
		t.Errorf("told of what is recorded: %v", err)
	}
}

// TestTask_isForNobodyElse: to every other person without a right on the case it
// does not exist, whatever they send.
func TestTask_isForNobodyElse(t *testing.T) {
	d := handlerstest.New(t)
	c := promised(t, d, map[string]string{"remedy_owner": string(handlerstest.Staff)})
	press(t, d, handlerstest.Staff, &c, workflow.ActionRemedyDone, 1)
	form := d.Screen.LastModal(t)
	for _, who := range []roster.PersonID{handlerstest.Director, handlerstest.Guest, handlerstest.Gone, "U0OTHER"} {
		press(t, d, who, &c, workflow.ActionRemedyDone, 1)
		if n := len(d.Screen.LastModal(t).Blocks.BlockSet); n != len(form.Blocks.BlockSet) {
			t.Errorf("%s reads something", who)
		}
		d.Submit(t, who, form, nil)
		_, _, err := d.Render(t.Context(), outbox.Delivery{Case: c.ID, Payload: outbox.Remedy{To: who, Remedy: 1}, Lane: outbox.DirectLane(who)})
		if !errors.Is(err, core.ErrMoot) {
			t.Errorf("%s gets a message: %v", who, err)
		}
	}
	now := d.Current(t, c.ID)
	if r, _ := now.Remedy(1); !r.Reported.IsZero() {
		t.Error("somebody else said that it is done")
	}
	press(t, d, handlerstest.Staff, &c, workflow.ActionRemedyDone, 2)
	if got := d.Replies(); got == "" {
		t.Error("a remedy that there is not opens something")
	}
}

// TestSettle_golden: the officer's form with one remedy, and with several.
func TestSettle_golden(t *testing.T) {
	for _, who := range []roster.PersonID{handlerstest.Officer, handlerstest.English} {
		lang := handlerstest.LanguageOf(who)
		d := handlerstest.New(t)
		c := promised(t, d, nil)
		d.Click(t, who, &c, workflow.ActionRemedy)
		handlerstest.GoldenForm(t, "remedy."+lang, d.Screen.LastModal(t))
		c = several(t, d, &c)
		press(t, d, who, &c, workflow.ActionRemedy, 2)
		view := d.Screen.LastModal(t)
		handlerstest.GoldenForm(t, "remedy-several."+lang, view)
		if strings.Contains(handlerstest.JSONOf(t, view), "helft") {
			t.Error("says what was promised, without a line in the journal")
		}
	}
}

// several adds another remedy, of which the first is said to be done.
func several(t *testing.T, d *handlerstest.Fixture, c *workflow.Complaint) workflow.Complaint {
	t.Helper()
	second := handlerstest.Decision()
	second.Promised = workflow.RemedyTerms{Kind: "repeat", Due: d.Today().AddDays(60)}
	d.Apply(t, c.ID, handlerstest.Staff, "report", workflow.ReportRemedy{Entry: 1, Date: d.Today()})
	d.Apply(t, c.ID, handlerstest.Officer, "confirm", workflow.Confirm{Sent: handlerstest.SentOn(d.Today(), workflow.WayEmail)})
	d.Apply(t, c.ID, handlerstest.Officer, "reopen", workflow.Reopen{Reason: "Nog iets."})
	return d.Apply(t, c.ID, handlerstest.Officer, "again", second)
}

// TestSettle_whichOfSeveral: one of them must be named, and only that one is
// settled.
func TestSettle_whichOfSeveral(t *testing.T) {
	d := handlerstest.New(t)
	c := promised(t, d, nil)
	c = several(t, d, &c)
	d.Click(t, handlerstest.Officer, &c, workflow.ActionRemedy)
	handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), map[string]string{"remedy_entry": "2"}))
	c = d.Current(t, c.ID)
	if open := c.OpenRemedies(); len(open) != 1 || open[0].Number != 1 {
		t.Errorf("%v", open)
	}
}

// TestSettle_goesOnToTheLetter: of another day, and of none, the complainant is
// told; the letter can be written from the line in the thread too.
func TestSettle_goesOnToTheLetter(t *testing.T) {
	const was = "We zouden dat uiterlijk op 23 december 2026 doen."
	for result, says := range map[string]string{"changed": "uiterlijk op 4 januari 2027", "dropped": "Geschillencommissie"} {
		d := handlerstest.New(t)
		c := promised(t, d, nil)
		d.Click(t, handlerstest.Officer, &c, workflow.ActionRemedy)
		view := d.Screen.LastModal(t)
		if got := handlerstest.FieldErrors(d.Submit(t, handlerstest.Officer, view, map[string]string{"result": result})); got["reason"] == "" {
			t.Errorf("%s without a reason: %v", result, got)
		}
		values := map[string]string{"result": result, "new_date": "2027-01-04", "reason": "De boekhouding is ziek."}
		letter := handlerstest.Updated(t, d.Submit(t, handlerstest.Officer, view, values))
		handlerstest.GoldenForm(t, "remedy-letter-"+result+".nl", letter)
		c = d.Current(t, c.ID)
		line := message(t, d, "line-"+result+".nl", &c, outbox.Line{Action: workflow.ActionName("remedy_" + result)}, "")
		if !strings.Contains(line, `"remedy_letter"`) {
			t.Errorf("%s: no way to the letter in the thread", result)
		}
		handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, letter, nil))
		records, err := d.DB.Records().Dossier(t.Context(), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		last := records[len(records)-1]
		if sent := last.Texts["letter"].Reveal(); last.Kind != workflow.RecordRemedyLetter || !strings.Contains(sent, says) || !strings.Contains(sent, "boekhouding is ziek") ||
			!strings.Contains(sent, was) || !strings.Contains(sent, "je krijgt de helft terug.\nHet gaat om € 1.250,50.") {
			t.Errorf("%s: %s %q", result, last.Kind, sent)
		}
	}
}

// TestResolve_letterHasTheTerms: the letter that confirms a decision says what was
// promised, for how much and by when, from the decision itself and when it is opened
// later; by when no more once it was dropped.
func TestResolve_letterHasTheTerms(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Filed(t, handlerstest.Filing())
	d.Click(t, handlerstest.Officer, &c, workflow.ActionResolve)
	next := handlerstest.Updated(t, d.Submit(t, handlerstest.Officer, d.Screen.LastModal(t), terms(nil)))
	d.Click(t, handlerstest.Officer, &c, workflow.ActionConfirm)
	const promised = `Dit doen we:\nje krijgt de helft terug.`
	const amount, date = `\nHet gaat om € 1.250,50.`, `\nDat doen we uiterlijk op 23 december 2026.`
	for name, view := range map[string]slack.ModalViewRequest{"at once": next, "later": d.Screen.LastModal(t)} {
		if shown := handlerstest.JSONOf(t, view); !strings.Contains(shown, promised+amount+date) {
			t.Errorf("%s: %s", name, shown)
		}
	}
	d.Apply(t, c.ID, handlerstest.Officer, "settle", workflow.SettleRemedy{Result: workflow.RemedyDropped, Reason: "Er is anders besloten."})
	d.Click(t, handlerstest.Officer, &c, workflow.ActionConfirm)
	if shown := handlerstest.JSONOf(t, d.Screen.LastModal(t)); !strings.Contains(shown, promised) || strings.Contains(shown, "23 december") {
		t.Errorf("dropped: %s", shown)
	}
}

// TestNews_notKept: the owner and the directors read that it ended, and no more of
// the case.
func TestNews_notKept(t *testing.T) {
	d := handlerstest.New(t)
	c := promised(t, d, nil)
	d.Clock = handlerstest.Monday.AddDate(0, 0, 30).AddDate(0, 6, 5)
	c = d.Apply(t, c.ID, roster.Clock, "tick", workflow.Tick{})
	if r, _ := c.Remedy(1); r.Ended != workflow.EndNotKept {
		t.Fatalf("%+v", r)
	}
	shown := message(t, d, "not-kept.nl", &c, outbox.RemedyNotKept{To: handlerstest.Director, Remedy: 1}, "")
	if strings.Contains(shown, "Timemanagement") || strings.Contains(shown, "Geld") {
		t.Errorf("%s", shown)
	}
}

// TestReminder_toWhoSeesToIt: number, promise and days, with the button that says
// that it is done.
func TestReminder_toWhoSeesToIt(t *testing.T) {
	d := handlerstest.New(t)
	c := promised(t, d, nil)
	d.Clock = handlerstest.Monday.AddDate(0, 0, 23)
	shown := message(t, d, "reminder.nl", &c, outbox.Reminder{To: handlerstest.Staff, Watch: workflow.RemedyWatch(1)}, "")
	if strings.Contains(shown, "helft") || strings.Contains(shown, "Timemanagement") {
		t.Errorf("%s", shown)
	}
	c = d.Apply(t, c.ID, handlerstest.Officer, "settle", workflow.SettleRemedy{Result: workflow.RemedyDone, Date: d.Today()})
	_, _, err := d.Render(t.Context(), outbox.Delivery{Case: c.ID, Payload: outbox.Reminder{To: handlerstest.Staff, Watch: workflow.RemedyWatch(1)}})
	if !errors.Is(err, core.ErrMoot) {
		t.Errorf("of what is settled: %v", err)
	}
}

// TestCaseMessage_namesTheRemedy by kind and date, and not in words.
func TestCaseMessage_namesTheRemedy(t *testing.T) {
	d := handlerstest.New(t)
	c := promised(t, d, nil)
	m, _, err := d.Render(t.Context(), outbox.Delivery{Case: c.ID, Payload: outbox.Case{}, Lane: outbox.LaneCases})
	if err != nil {
		t.Fatal(err)
	}
	shown := handlerstest.JSONOf(t, m)
	for _, want := range []string{"Toezegging (Geld terug)", "uiterlijk wo 23 december 2026", `"remedy"`} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is not in it", want)
		}
	}
	if strings.Contains(shown, "helft") || strings.Contains(shown, "1.250") {
		t.Errorf("%s", shown)
	}
	if diff := cmp.Diff(1, strings.Count(shown, "Toezegging (")); diff != "" {
		t.Error(diff)
	}
}
