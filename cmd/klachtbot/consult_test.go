package main

import (
	"context"
	"strings"
	"testing"

	"github.com/artra/klachtbot/slacksim"
)

// the words that are typed in these tests, and stand nowhere but with who may read them.
const (
	consultQuestion = "Stond de zaal dubbel in het rooster?"
	consultAnswer   = "Ja, door een fout van de locatie."
)

// asks has somebody who handles a case ask the staff member for advice on it.
func (p person) asks(o *programTest, channel, ts string, values slacksim.Values) {
	p.t.Helper()
	all := slacksim.Values{"person": demoStaff, "question": consultQuestion}
	for id, v := range values {
		all[id] = v
	}
	p.choose(o, channel, ts, "consult", all)
}

// answers has the staff member press the button below a question, and answer it.
func (o *programTest) answers(task slacksim.Message) {
	o.t.Helper()
	staff := o.as(demoStaff)
	form := staff.opens(o, task.Channel, "consult_answer", func(ctx context.Context) error {
		return staff.Click(ctx, task.Channel, task.TS, "consult_answer", "")
	})
	for _, secret := range []string{"Noor", "Gesprekstechniek", "te laat, zegt"} {
		if strings.Contains(string(form.Raw), secret) {
			o.t.Errorf("the form of who was asked tells %q: %s", secret, form.Raw)
		}
	}
	if got, err := staff.Submit(patience(o.t), form.ID, slacksim.Values{"answer": consultAnswer}); err != nil || !got.Closed {
		o.t.Fatalf("consult_answer: %+v, %v\n%s", got, err, tail(o.output.String()))
	}
}

// oneQuestion: the staff member has one message, in which nothing of the question is.
func (o *programTest) oneQuestion() {
	o.t.Helper()
	left := o.as(demoStaff).DMs()
	if len(left) != 1 || strings.Contains(string(left[0].Blocks), "rooster") {
		o.t.Errorf("the staff member has %d messages, the first: %s", len(left), left[0].Blocks)
	}
}

// TestConsult_fromQuestionToAnswer: a colleague without a role is asked once, though the
// program is killed on the way and Slack's answer is lost; answers; the thread says only
// that, the dossier has it, and the message is emptied.
func TestConsult_fromQuestionToAnswer(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.start()
			number := o.as(demoDeputy).log(form())
			root := o.caseMessage(demoCases, number, offers("acknowledge"))
			officer := o.as(demoOfficer)
			warned := o.warned(officer, root)
			o.sim.Faults().LoseAnswer("chat.postMessage", 1)
			if got, err := officer.Submit(patience(t), warned.ID, slacksim.Values{"question": consultQuestion}); err != nil || !got.Closed {
				t.Fatalf("without the name: %+v, %v", got, err)
			}
			o.kill()
			o.start()
			task := o.readsDirectly(demoStaff, "consult_answer")
			if shown := string(task.Blocks); !strings.Contains(shown, number) || !strings.Contains(shown, consultQuestion) {
				t.Errorf("the staff member reads %s", shown)
			}
			for _, secret := range []string{"Noor", "Gesprekstechniek", "te laat, zegt"} {
				if strings.Contains(string(task.Blocks)+task.Text, secret) || strings.Contains(task.Text, "rooster") {
					t.Errorf("%q is in what the staff member reads: %s %s", secret, task.Text, task.Blocks)
				}
			}
			o.answers(task)
			o.kill()
			o.start()
			o.readsDirectly(demoStaff, "geantwoord")
			o.awaitReply(root.TS, "Antwoord van een collega ontvangen")
			o.awaitNothingWaits()
			o.oneQuestion()
			if dossier := officer.opensCase(o, root.TS); !strings.Contains(string(dossier.Raw), consultAnswer) || !strings.Contains(string(dossier.Raw), consultQuestion) {
				t.Errorf("the dossier: %s", dossier.Raw)
			}
			o.endsWell("in het rooster", "fout van de locatie")
			o.mustVerify()
		})
	}
}

// warned: a question that names the complainant is not sent as it is; what was typed is
// still there.
func (o *programTest) warned(officer person, root slacksim.Message) slacksim.View {
	o.t.Helper()
	if err := officer.Click(patience(o.t), demoCases, root.TS, "more", "consult"); err != nil {
		o.t.Fatal(err)
	}
	view, err := officer.AwaitModal(patience(o.t), "consult")
	if err != nil {
		o.t.Fatal(err)
	}
	got, err := officer.Submit(patience(o.t), view.ID, slacksim.Values{"person": demoStaff, "question": "Ken je noor voorbeeld, 06-12345678?"})
	if err != nil || !got.Updated || len(got.Errors) > 0 {
		o.t.Fatalf("a question that names the complainant: %+v, %v", got, err)
	}
	again, _ := officer.Modal()
	for _, want := range []string{"noor voorbeeld, 06-12345678", "Toch versturen", "naam, telefoonnummer", demoStaff} {
		if !strings.Contains(string(again.Raw), want) {
			o.t.Errorf("%q is not in %s", want, again.Raw)
		}
	}
	if left := o.as(demoStaff).DMs(); len(left) > 0 {
		o.t.Errorf("the staff member reads %s", left[0].Blocks)
	}
	return again
}

// TestConsult_ofAGuardedCase is asked and answered in direct messages; whom the case
// concerns can't be asked, and reads of it nowhere. When it closes what was not answered
// is over.
func TestConsult_ofAGuardedCase(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.start()
			number := o.as(demoDirector).log(form(func(v slacksim.Values) { v["concerns_user"] = demoOfficer }))
			deputy := o.as(demoDeputy)
			root := o.directly(demoDeputy, number)
			if err := deputy.Click(patience(t), root.Channel, root.TS, "more", "consult"); err != nil {
				t.Fatal(err)
			}
			view, err := deputy.AwaitModal(patience(t), "consult")
			if err != nil {
				t.Fatal(err)
			}
			got, err := deputy.Submit(patience(t), view.ID, slacksim.Values{"purpose": "reaction", "person": demoOfficer, "question": consultQuestion})
			if err != nil || got.Errors["person"] == "" {
				t.Fatalf("whom it concerns is asked: %+v, %v", got, err)
			}
			got, err = deputy.Submit(patience(t), view.ID, slacksim.Values{"purpose": "advice", "person": demoStaff, "question": consultQuestion})
			if err != nil || !got.Closed {
				t.Fatalf("a colleague: %+v, %v", got, err)
			}
			task := o.readsDirectly(demoStaff, "consult_answer")
			deputy.act(o, root.Channel, root.TS, "resolve", slacksim.Values{
				"verdict": "upheld", "outcome": "De klacht is gegrond.", "cause": "planning", "contact_reaction": "Tevreden.",
			})
			confirm, err := deputy.AwaitModal(patience(t), "confirm")
			if err != nil {
				t.Fatal(err)
			}
			if sent, err := deputy.Submit(patience(t), confirm.ID, nil); err != nil || len(sent.Errors) > 0 {
				t.Fatalf("confirm: %+v, %v", sent, err)
			}
			o.readsDirectly(demoStaff, "vervallen")
			staff := o.as(demoStaff)
			if err := staff.Click(patience(t), task.Channel, task.TS, "consult_answer", ""); err == nil {
				t.Error("the emptied message has a button")
			}
			o.awaitNothingWaits()
			o.oneQuestion()
			o.mustKnowNothing(o.as(demoOfficer), number)
			o.stop()
			o.mustVerify()
		})
	}
}

// TestConsult_isRemindedAndThenTheOwner: the colleague is reminded on the day and once
// more, then the owner is told, and nobody after that.
func TestConsult_isRemindedAndThenTheOwner(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.start()
			number := o.as(demoDeputy).log(form())
			root := o.caseMessage(demoCases, number, offers("acknowledge"))
			o.as(demoOfficer).asks(o, demoCases, root.TS, slacksim.Values{"answer_by": inDays(1)})
			o.readsDirectly(demoStaff, consultQuestion)
			o.stop()
			o.clock(2)
			o.start()
			o.readsDirectly(demoStaff, "wachten we nog op je antwoord")
			o.stop()
			o.clock(12)
			o.start()
			told, err := o.sim.AwaitMessage(patience(t), demoCases, func(m slacksim.Message) bool {
				return m.ThreadTS == root.TS && strings.Contains(string(m.Blocks), "heeft niet geantwoord")
			})
			if err != nil || strings.Contains(string(told.Blocks), demoStaff) {
				t.Fatalf("the owner is not told, or of whom: %v %s\n%s", err, told.Blocks, tail(o.output.String()))
			}
			o.awaitNothingWaits()
			reminded := len(o.as(demoStaff).DMs())
			o.stop()
			o.clock(40)
			o.start()
			o.awaitNothingWaits()
			if n := len(o.as(demoStaff).DMs()); n != reminded || n > 3 {
				t.Errorf("the colleague has %d messages, had %d", n, reminded)
			}
			o.stop()
			o.mustVerify()
		})
	}
}
