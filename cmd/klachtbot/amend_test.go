package main

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/internal/testclock"
	"github.com/artra/klachtbot/report"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/workflow/calendar"
)

// amends opens Meer… › Stap herstellen on the case message, and sends it in.
// With an entry it is picked by how its label begins. Afterwards it can be picked
// again.
func (p person) amends(o *programTest, ts, entry string, values slacksim.Values) slacksim.Submission {
	p.t.Helper()
	before, _ := o.sim.Message(demoCases, ts)
	view := p.opens(o, demoCases, "amend", func(ctx context.Context) error {
		return p.Click(ctx, demoCases, ts, "more", "amend")
	})
	if entry != "" {
		values["entry"] = optionOf(p.t, view, entry)
	}
	got, err := p.Submit(patience(p.t), view.ID, values)
	if err != nil {
		p.t.Fatal(err)
	}
	if _, err := o.sim.AwaitMessage(patience(p.t), demoCases, func(m slacksim.Message) bool {
		return m.TS == ts && blockOf(m, "more") != blockOf(before, "more")
	}); err != nil {
		p.t.Fatalf("it can't be picked again: %v", err)
	}
	if len(got.Errors) > 0 {
		if err := p.CloseView(patience(p.t), view.ID); err != nil {
			p.t.Fatal(err)
		}
	}
	return got
}

// optionOf is the value of the first option whose label begins like that.
func optionOf(t testing.TB, view slacksim.View, begins string) string {
	t.Helper()
	var v struct {
		Blocks []struct {
			Element struct {
				Options []struct {
					Value string
					Text  struct{ Text string }
				}
			}
		}
	}
	if err := json.Unmarshal(view.Raw, &v); err != nil {
		t.Fatal(err)
	}
	for _, b := range v.Blocks {
		for _, o := range b.Element.Options {
			if strings.HasPrefix(o.Text.Text, begins) {
				return o.Value
			}
		}
	}
	t.Fatalf("no option %q in %s", begins, view.Raw)
	return ""
}

// awaitReply waits for a line below the case message.
func (o *programTest) awaitReply(ts, saying string) {
	o.t.Helper()
	_, err := o.sim.AwaitMessage(patience(o.t), demoCases, func(m slacksim.Message) bool {
		return m.ThreadTS == ts && strings.Contains(string(m.Blocks), saying)
	})
	if err != nil {
		o.t.Fatalf("no line %q: %v\n%s", saying, err, tail(o.output.String()))
	}
}

// TestAmend_onTheRealProgram: an acknowledgement with the wrong date makes the term
// late; put right, message, dossier and figures say so. A question is taken back,
// unless the answer to it stands. Everything outlives a restart.
func TestAmend_onTheRealProgram(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.start()
			day := func(back int) string { return testclock.Now().AddDate(0, 0, -back).Format(time.DateOnly) }
			number := o.as(demoStaff).log(form(func(v slacksim.Values) { v["received_date"] = day(9) }))
			officer := o.as(demoOfficer)
			root := o.caseMessage(demoCases, number, offers("acknowledge"))
			if strings.Contains(string(root.Blocks), `"amend"`) {
				t.Error("there is nothing to amend yet, and it is offered")
			}
			officer.act(o, demoCases, root.TS, "acknowledge", nil)
			o.caseMessage(demoCases, number, func(m slacksim.Message) bool {
				return strings.Contains(string(m.Blocks), `"amend"`) && strings.Contains(string(m.Blocks), "te laat (")
			})

			if got := officer.amends(o, root.TS, "", slacksim.Values{"date": day(6), "reason": "Verkeerde dag."}); !got.Closed {
				t.Fatalf("amend: %+v", got)
			}
			o.caseMessage(demoCases, number, func(m slacksim.Message) bool {
				return lacks("acknowledge")(m) && !strings.Contains(string(m.Blocks), "te laat (")
			})
			o.awaitReply(root.TS, "Stap hersteld")

			officer.act(o, demoCases, root.TS, "question", nil)
			o.caseMessage(demoCases, number, offers("answer"))
			officer.act(o, demoCases, root.TS, "answer", slacksim.Values{"answer": "Dinsdag."})
			o.caseMessage(demoCases, number, lacks("answer"))
			got := officer.amends(o, root.TS, "Vraag aan de klager", slacksim.Values{"retract": []string{"retract"}, "reason": "Niet gesteld."})
			if !strings.Contains(got.Errors["entry"], "“Antwoord van de klager”") {
				t.Fatalf("retracting what rests: %+v", got)
			}
			if got := officer.amends(o, root.TS, "Antwoord", slacksim.Values{"retract": []string{"retract"}, "reason": "Ander dossier."}); !got.Closed {
				t.Fatalf("retract: %+v", got)
			}
			o.caseMessage(demoCases, number, offers("answer"))
			o.awaitReply(root.TS, "Stap teruggenomen")

			view := officer.opensCase(o, root.TS)
			for _, want := range []string{"Stap hersteld", "Stap teruggenomen", "Verkeerde dag.", "Ander dossier.", "Datum was"} {
				if !strings.Contains(string(view.Raw), want) {
					t.Errorf("the dossier does not say %q", want)
				}
			}
			o.checkPutRight(1)
			o.endsWell()
			o.mustVerify()
		})
	}
}

// TestAmend_toldAndDisputed: an outcome that was told too late by a typing mistake
// counts as in time once that was put right, and the day on which a defence was sent
// is put right by itself. Message, dossier and figures say so.
func TestAmend_toldAndDisputed(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.start()
			day := func(back int) string { return testclock.Now().AddDate(0, 0, -back).Format(time.DateOnly) }
			number, root := o.settledOf(form(func(v slacksim.Values) { v["received_date"] = day(40) }))
			officer := o.as(demoOfficer)
			if s, _ := o.figures(40); s.Outcome.Late != 1 {
				t.Fatalf("not late from the start: %+v", s.Outcome)
			}
			got := officer.amends(o, root.TS, "Besloten op", slacksim.Values{"date": day(21), "reason": "Eerder besloten."})
			if !got.Closed {
				t.Fatalf("the decision: %+v", got)
			}
			if got := officer.amends(o, root.TS, "Contact over de uitkomst", slacksim.Values{"date": day(22), "reason": "Tikfout."}); got.Errors["date"] == "" {
				t.Errorf("told before it was decided: %+v", got)
			}
			if got := officer.amends(o, root.TS, "Contact over de uitkomst", slacksim.Values{"date": day(20), "reason": "Tikfout."}); !got.Closed {
				t.Fatalf("the contact: %+v", got)
			}
			o.says(root, "Stap hersteld")
			o.checkToldInTime(40, 1)

			if got := officer.dispute(o, root, slacksim.Values{"date": day(5), "defence_date": day(2), "defence_sent": day(0)}); len(got.Errors) > 0 {
				t.Fatalf("dispute: %+v", got)
			}
			o.shows(number, "Bij de Geschillencommissie")
			if got := officer.amends(o, root.TS, "Verweer verstuurd op", slacksim.Values{"date": day(3), "reason": "Ging eerder weg."}); !got.Closed {
				t.Fatalf("the defence: %+v", got)
			}
			view := officer.opensCase(o, root.TS)
			for _, want := range []string{"Besloten op", "Contact over de uitkomst", "Tikfout.", "Verweer verstuurd op", "Ging eerder weg."} {
				if !strings.Contains(string(view.Raw), want) {
					t.Errorf("the dossier does not say %q", want)
				}
			}
			o.checkToldInTime(40, 2)
			o.endsWell()
			o.mustVerify()
		})
	}
}

// figures are those of the quarter in which a complaint came, so many days ago.
func (o *programTest) figures(back int) (s report.Summary, printed string) {
	o.t.Helper()
	received := testclock.Now().AddDate(0, 0, -back)
	quarter := calendar.QuarterOf(calendar.NewDate(received.Year(), received.Month(), received.Day()))
	out, code := o.command("report", "--quarter", quarter.String(), "--format", "json", "--audience", "all")
	if err := json.Unmarshal([]byte(out), &s); err != nil || code != 0 {
		o.t.Fatalf("exit code %d, %v\n%s", code, err, out)
	}
	return s, out
}

// checkToldInTime expects the outcome of the complaint to count as in time, and that
// many terms to have been put right.
func (o *programTest) checkToldInTime(back, want int) {
	o.t.Helper()
	s, out := o.figures(back)
	if s.AmendedInTime != want || s.Outcome.InTime != 1 || s.Outcome.Late != 0 {
		o.t.Errorf("%d terms put right, outcomes %+v\n%s", s.AmendedInTime, s.Outcome, out)
	}
}

// checkPutRight expects that many terms among the figures of the quarter in which
// the complaint came.
func (o *programTest) checkPutRight(want int) {
	o.t.Helper()
	s, out := o.figures(9)
	if s.AmendedInTime != want || s.Acknowledged.InTime != 1 || !strings.Contains(out, `"amended_to_in_time"`) {
		o.t.Errorf("%d terms put right, %+v acknowledged", s.AmendedInTime, s.Acknowledged)
	}
}
