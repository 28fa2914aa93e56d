package consult_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// day is a date of the tests, so many days after Monday 23 November 2026.
func day(after int) string { return handlerstest.Monday.AddDate(0, 0, after).Format(time.DateOnly) }

const question = "Was de zaal dubbel geboekt?"

// asked are what an officer fills in to ask the staff member for advice.
func asked(changes map[string]string) map[string]string {
	all := map[string]string{"purpose": "advice", "person": string(handlerstest.Staff), "question": question}
	for id, v := range changes {
		all[id] = v
	}
	return all
}

// open opens the officer's form on a new complaint.
func open(t *testing.T, d *handlerstest.Fixture, who roster.PersonID) (workflow.Complaint, slack.ModalViewRequest) {
	t.Helper()
	c := d.Filed(t, handlerstest.Filing())
	d.Click(t, who, &c, workflow.ActionConsult)
	return c, d.Screen.LastModal(t)
}

// consulted is a complaint about which the staff member was asked something.
func consulted(t *testing.T, d *handlerstest.Fixture, changes map[string]string) workflow.Complaint {
	t.Helper()
	c, form := open(t, d, handlerstest.Officer)
	handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, form, asked(changes)))
	return d.Current(t, c.ID)
}

// press presses the button that answers that question, below a message of the case.
func press(t *testing.T, d *handlerstest.Fixture, who roster.PersonID, c *workflow.Complaint, number int) {
	t.Helper()
	d.Press(t, who, "D0STAFF", c, workflow.ActionConsultAnswer, string(workflow.ConsultationWatch(number)))
}

// message renders what goes to somebody, and compares it.
func message(t *testing.T, d *handlerstest.Fixture, name string, c *workflow.Complaint, p outbox.Payload, ts string) string {
	t.Helper()
	m := d.GoldenMessage(t, name, c, p, ts)
	if strings.Contains(m.Text, "zaal") {
		t.Errorf("%s: a notification tells of the question: %s", name, m.Text)
	}
	return handlerstest.JSONOf(t, m)
}

// lacks fails where one of these words is in what somebody reads.
func lacks(t *testing.T, what, shown string, words ...string) {
	t.Helper()
	for _, word := range words {
		if strings.Contains(shown, word) {
			t.Errorf("%s: %q is in it: %s", what, word, shown)
		}
	}
}

func TestConsult_golden(t *testing.T) {
	for _, who := range []roster.PersonID{handlerstest.Officer, handlerstest.English} {
		lang := handlerstest.LanguageOf(who)
		d := handlerstest.New(t)
		_, form := open(t, d, who)
		handlerstest.GoldenForm(t, "consult."+lang, form)
		found := handlerstest.Updated(t, d.Submit(t, who, form, asked(map[string]string{"question": "Wat weet je van Jan van der Berg, jan@klant.example?"})))
		handlerstest.GoldenForm(t, "consult-found."+lang, found)
	}
}

// TestConsult_twoPresses: with a person and a question the form is sent as it opens.
func TestConsult_twoPresses(t *testing.T) {
	d := handlerstest.New(t)
	c := consulted(t, d, nil)
	q, ok := c.Consultation(1)
	if !ok || q.Handler != handlerstest.Staff || q.Due.String() != day(7) || !q.Open() {
		t.Fatalf("%+v", q)
	}
}

// TestConsult_warnsBeforeItIsSent: who complains is recognised as everywhere else; the
// form keeps what was typed, and says what it found. Pressed again it is sent; with
// something else in it, it is not.
func TestConsult_warnsBeforeItIsSent(t *testing.T) {
	for text, says := range map[string]string{
		"Ken je JAN VAN DER BERG?":             "naam",
		"Ken je jan@klant.example?":            "e-mailadres",
		"Bel eens naar 0612345678, ken je die": "telefoonnummer",
	} {
		d := handlerstest.New(t)
		c, form := open(t, d, handlerstest.Officer)
		typed := asked(map[string]string{"question": text, "purpose": "reaction", "answer_by": day(3)})
		warned := handlerstest.Updated(t, d.Submit(t, handlerstest.Officer, form, typed))
		shown := handlerstest.JSONOf(t, warned)
		for _, want := range []string{says, text, day(3), string(handlerstest.Staff), "Toch versturen"} {
			if !strings.Contains(shown, want) {
				t.Errorf("%s: %q is not in %s", text, want, shown)
			}
		}
		if n := d.Current(t, c.ID); len(n.Consultations()) > 0 {
			t.Fatalf("%s: sent before anybody was warned", text)
		}
		other := asked(map[string]string{"question": text + " Hij woont aan de Dorpsstraat 1, jan@klant.example, Jan van der Berg, 06-12345678."})
		handlerstest.Updated(t, d.Submit(t, handlerstest.Officer, warned, other))
		handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, warned, typed))
		if n := d.Current(t, c.ID); len(n.Consultations()) != 1 {
			t.Errorf("%s: %d questions", text, len(n.Consultations()))
		}
	}
}

// TestConsult_refusesAtThePerson who can't read a direct message as a colleague, before
// anybody is warned of what they typed.
func TestConsult_refusesAtThePerson(t *testing.T) {
	for _, who := range []roster.PersonID{handlerstest.Guest, handlerstest.Gone, handlerstest.Stranger, handlerstest.Robot, handlerstest.Officer} {
		d := handlerstest.New(t)
		c, form := open(t, d, handlerstest.Officer)
		got := handlerstest.FieldErrors(d.Submit(t, handlerstest.Officer, form, asked(map[string]string{"person": string(who), "question": "Ken je Jan van der Berg?"})))
		if n := d.Current(t, c.ID); got["person"] == "" || len(got) != 1 || len(n.Consultations()) > 0 {
			t.Errorf("%s: %v", who, got)
		}
	}
}

// TestConsult_onlyForWhoHandlesIt: the form opens for nobody else.
func TestConsult_onlyForWhoHandlesIt(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Filed(t, handlerstest.Filing())
	for _, who := range []roster.PersonID{handlerstest.Staff, handlerstest.Director, handlerstest.Guest} {
		d.Click(t, who, &c, workflow.ActionConsult)
	}
	if n := len(d.Screen.Modals); n != 0 {
		t.Errorf("%d forms opened", n)
	}
}

// TestTask_readsTheQuestion: who is asked reads number, question, who asks and by when,
// and nothing else; answers; and the message is emptied. The thread says only that there
// is an answer, and the dossier has it.
func TestTask_readsTheQuestion(t *testing.T) {
	d := handlerstest.New(t)
	c := consulted(t, d, nil)
	task := outbox.Consultation{To: handlerstest.Staff, Consultation: 1}
	shown := message(t, d, "task.nl", &c, task, "")
	lacks(t, "the message", shown, "Berg", "koud", "Timemanagement", "jan@klant.example")
	press(t, d, handlerstest.Staff, &c, 1)
	form := d.Screen.LastModal(t)
	handlerstest.GoldenForm(t, "answer.nl", form)
	lacks(t, "the form", handlerstest.JSONOf(t, form), "Timemanagement", "Berg")
	if got := handlerstest.FieldErrors(d.Submit(t, handlerstest.Staff, form, map[string]string{"answer": " "})); got["answer"] == "" {
		t.Errorf("nothing: %v", got)
	}
	handlerstest.Closes(t, d.Submit(t, handlerstest.Staff, form, map[string]string{"answer": "Ja, door een fout van de locatie."}))
	c = d.Current(t, c.ID)
	lacks(t, "emptied", message(t, d, "task-answered.nl", &c, task, "1.1"), "zaal", "locatie", "consult_answer")
	if _, _, err := d.Render(t.Context(), outbox.Delivery{Case: c.ID, Payload: task, Lane: outbox.DirectLane(task.To)}); !errors.Is(err, core.ErrMoot) {
		t.Errorf("one that was never posted: %v", err)
	}
	lacks(t, "the thread", message(t, d, "line-answer.nl", &c, outbox.Line{Action: workflow.ActionConsultAnswer}, ""), "locatie", "Sanne", string(handlerstest.Staff))
	root := handlerstest.JSONOf(t, rendered(t, d, outbox.Delivery{Case: c.ID, Payload: outbox.Case{}, Lane: outbox.LaneCases}))
	if !strings.Contains(root, "Antwoord van een collega") {
		t.Errorf("the case message: %s", root)
	}
	lacks(t, "the case message", root, "zaal dubbel", "locatie", "Sanne")
	press(t, d, handlerstest.Staff, &c, 1)
	if got := d.Replies(); !strings.Contains(got, "al beantwoord") {
		t.Errorf("pressed again: %s", got)
	}
}

func rendered(t *testing.T, d *handlerstest.Fixture, of outbox.Delivery) core.Message {
	t.Helper()
	m, _, err := d.Render(t.Context(), of)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestTask_reaction says what it is, and once the case is closed nothing of it is left.
func TestTask_reaction(t *testing.T) {
	d := handlerstest.New(t)
	c := consulted(t, d, map[string]string{"purpose": "reaction"})
	task := outbox.Consultation{To: handlerstest.Staff, Consultation: 1}
	message(t, d, "task-reaction.nl", &c, task, "")
	d.Apply(t, c.ID, handlerstest.Officer, "resolve", handlerstest.Decision())
	c = d.Apply(t, c.ID, handlerstest.Officer, "confirm", workflow.Confirm{Sent: handlerstest.SentOn(d.Today(), workflow.WayEmail)})
	lacks(t, "emptied", message(t, d, "task-over.nl", &c, task, "1.1"), "zaal", "consult_answer")
}

// TestTask_isForNobodyElse: to every other person without a right on the case it does
// not exist, whatever they send; and who was asked gets nothing more of the case.
func TestTask_isForNobodyElse(t *testing.T) {
	d := handlerstest.New(t)
	c := consulted(t, d, nil)
	press(t, d, handlerstest.Staff, &c, 1)
	form := d.Screen.LastModal(t)
	for _, who := range []roster.PersonID{handlerstest.Officer, handlerstest.Director, handlerstest.Guest, handlerstest.Gone, "U0OTHER"} {
		press(t, d, who, &c, 1)
		if n := len(d.Screen.LastModal(t).Blocks.BlockSet); n != len(form.Blocks.BlockSet) {
			t.Errorf("%s reads something", who)
		}
		d.Submit(t, who, form, map[string]string{"answer": "Ik ook."})
		_, _, err := d.Render(t.Context(), outbox.Delivery{Case: c.ID, Payload: outbox.Consultation{To: who, Consultation: 1}, Lane: outbox.DirectLane(who)})
		if !errors.Is(err, core.ErrMoot) {
			t.Errorf("%s gets a message: %v", who, err)
		}
	}
	if q, _ := consultation(d.Current(t, c.ID)); !q.Open() {
		t.Error("somebody else answered")
	}
	before := len(d.Screen.Modals)
	press(t, d, handlerstest.Staff, &c, 2)
	for _, name := range []workflow.ActionName{workflow.ActionDossier, workflow.ActionIdentity, workflow.ActionNote} {
		d.Click(t, handlerstest.Staff, &c, name)
	}
	if got := len(d.Screen.Modals); got != before {
		t.Errorf("who was asked opens %d more", got-before)
	}
}

func consultation(c workflow.Complaint) (workflow.Consultation, bool) { return c.Consultation(1) }

// TestReminder_ofAQuestion: to who was asked, with the way to answer; then to the owner,
// who reads neither whom nor what.
func TestReminder_ofAQuestion(t *testing.T) {
	d := handlerstest.New(t)
	c := consulted(t, d, nil)
	d.Clock = handlerstest.Monday.AddDate(0, 0, 7)
	watch := workflow.ConsultationWatch(1)
	lacks(t, "to who was asked", message(t, d, "reminder.nl", &c, outbox.Reminder{To: handlerstest.Staff, Watch: watch}, ""), "zaal", "Timemanagement")
	d.Clock = handlerstest.Monday.AddDate(0, 0, 11)
	lacks(t, "to the owner", message(t, d, "unanswered.nl", &c, outbox.Reminder{To: handlerstest.Officer, Watch: watch}, ""), "zaal dubbel", "Sanne")
	c = d.Apply(t, c.ID, handlerstest.Officer, "assign", workflow.Assign{Owner: handlerstest.English})
	lacks(t, "to the owner", message(t, d, "unanswered.en", &c, outbox.Reminder{To: handlerstest.English, Watch: watch}, ""), "zaal dubbel", "Sanne")
	c = d.Apply(t, c.ID, handlerstest.Staff, "answer", workflow.AnswerConsult{Entry: 1, Answer: "Ja."})
	_, _, err := d.Render(t.Context(), outbox.Delivery{Case: c.ID, Payload: outbox.Reminder{To: handlerstest.Staff, Watch: watch}})
	if !errors.Is(err, core.ErrMoot) {
		t.Errorf("of what was answered: %v", err)
	}
}

// TestReminder_ofAnOfficerWhoWasAsked goes to their direct messages, though they read the
// case channel, since nobody else reads who was asked.
func TestReminder_ofAnOfficerWhoWasAsked(t *testing.T) {
	d := handlerstest.New(t)
	c := consulted(t, d, map[string]string{"person": string(handlerstest.Deputy)})
	reminder := workflow.ReminderDue{To: handlerstest.Deputy, Watch: workflow.ConsultationWatch(1)}
	if item := outbox.From(reminder, &c, handlerstest.Policy(t).Roster); item.Lane != outbox.DirectLane(handlerstest.Deputy) {
		t.Errorf("it goes to %s", item.Lane)
	}
	reminder.To = handlerstest.Officer
	if item := outbox.From(reminder, &c, handlerstest.Policy(t).Roster); item.Lane != outbox.LaneCases || !item.Threaded {
		t.Errorf("that of the owner goes to %s", item.Lane)
	}
}

// TestHome_listsTheQuestion, with the way to answer, until that is done.
func TestHome_listsTheQuestion(t *testing.T) {
	d := handlerstest.New(t)
	c := consulted(t, d, nil)
	home := func() string { return d.Home(t, handlerstest.Staff) }
	shown := home()
	for _, want := range []string{c.Number, "consult_answer", "Er wacht 1 vraag"} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is not in %s", want, shown)
		}
	}
	lacks(t, "Home", shown, "zaal dubbel")
	d.Apply(t, c.ID, handlerstest.Staff, "answer", workflow.AnswerConsult{Entry: 1, Answer: "Ja."})
	lacks(t, "Home afterwards", home(), "consult_answer")
}
