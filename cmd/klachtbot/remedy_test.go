package main

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/internal/testclock"
	"github.com/artra/klachtbot/slacksim"
)

// inDays is a date so many days after the one on which tests take place.
func inDays(n int) string { return testclock.Now().AddDate(0, 0, n).Format(time.DateOnly) }

// promised takes a complaint to its end, with money that the staff member is to
// pay back.
func (o *programTest) promised(terms slacksim.Values) (number string, root slacksim.Message) {
	o.t.Helper()
	number = o.as(demoDeputy).log(form())
	officer := o.as(demoOfficer)
	root = o.caseMessage(demoCases, number, offers("acknowledge"))
	officer.act(o, demoCases, root.TS, "acknowledge", nil)
	values := slacksim.Values{
		"verdict": "upheld", "outcome": "De klacht is gegrond.", "remedy": "Je krijgt het cursusgeld terug.",
		"cause": "planning", "contact_reaction": "Tevreden.", "remedy_kind": "refund",
		"remedy_date": inDays(20), "remedy_owner": demoStaff, "remedy_amount": "€ 1.250,50",
	}
	for id, v := range terms {
		values[id] = v
	}
	officer.act(o, demoCases, root.TS, "resolve", values)
	officer.confirms(o, number)
	return number, root
}

// readsDirectly waits for a message to somebody that says so.
func (o *programTest) readsDirectly(who, text string) slacksim.Message {
	o.t.Helper()
	ctx, cancel := context.WithTimeout(o.t.Context(), afterKills)
	defer cancel()
	m, err := o.sim.AwaitMessage(ctx, o.as(who).DM(), func(m slacksim.Message) bool { return strings.Contains(string(m.Blocks), text) })
	if err != nil {
		o.t.Fatalf("nobody tells %s %q: %v\n%s", who, text, err, tail(o.output.String()))
	}
	return m
}

// TestRemedy_fromPromiseToRecord (R14): somebody without a role reads what they see
// to and by when, though the program is killed on the way; says that it is done;
// and the owner of the closed case records it. What was shown is emptied then.
func TestRemedy_fromPromiseToRecord(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.start()
			o.sim.Faults().LoseAnswer("chat.postMessage", 1)
			number, root := o.promised(nil)
			o.kill()
			o.start()
			task := o.readsDirectly(demoStaff, "remedy_done")
			for _, want := range []string{number, "Geld terug", "€ 1.250,50", "cursusgeld terug"} {
				if !strings.Contains(string(task.Blocks), want) {
					t.Errorf("%q is not in what the staff member reads: %s", want, task.Blocks)
				}
			}
			for _, secret := range []string{"Noor", "gegrond", "Gesprekstechniek", "cursusgeld"} {
				if secret != "cursusgeld" && strings.Contains(string(task.Blocks), secret) || strings.Contains(task.Text, secret) {
					t.Errorf("%q is in what the staff member reads: %s", secret, task.Blocks)
				}
			}
			o.reported(task)
			o.kill()
			o.start()
			news, err := o.sim.AwaitMessage(patience(t), demoCases, func(m slacksim.Message) bool {
				return m.ThreadTS == root.TS && offers("remedy")(m) && strings.Contains(string(m.Blocks), "@"+demoOfficer)
			})
			if err != nil {
				t.Fatalf("the owner is not told: %v\n%s", err, tail(o.output.String()))
			}
			o.readsDirectly(demoStaff, "je hebt gemeld")
			officer := o.as(demoOfficer)
			officer.act(o, demoCases, news.TS, "remedy", slacksim.Values{"result": "done", "date": inDays(0), "reason": "Afschrift gezien."})
			o.caseMessage(demoCases, number, func(m slacksim.Message) bool { return strings.Contains(string(m.Blocks), "nagekomen op") })
			o.readsDirectly(demoStaff, "afgehandeld")
			o.awaitNothingWaits()
			if left := o.as(demoStaff).DMs(); len(left) != 1 || strings.Contains(string(left[0].Blocks), "cursusgeld") {
				t.Errorf("the staff member has %d messages, the first: %s", len(left), left[0].Blocks)
			}
			o.endsWell("cursusgeld", "Afschrift gezien", "1.250,50")
			o.mustVerify()
			o.checkRemedies(map[string]int{"promised": 1, "kept": 1, "in_time": 1})
		})
	}
}

// reported has the staff member press the button and say how it was done.
func (o *programTest) reported(task slacksim.Message) {
	o.t.Helper()
	staff := o.as(demoStaff)
	form := staff.opens(o, task.Channel, "remedy_done", func(ctx context.Context) error {
		return staff.Click(ctx, task.Channel, task.TS, "remedy_done", "")
	})
	if strings.Contains(string(form.Raw), "Noor") {
		o.t.Errorf("the form names the complainant: %s", form.Raw)
	}
	if got, err := staff.Submit(patience(o.t), form.ID, slacksim.Values{"reason": "Overgemaakt."}); err != nil || !got.Closed {
		o.t.Fatalf("remedy_done: %+v, %v\n%s", got, err, tail(o.output.String()))
	}
}

// checkRemedies compares what the figures of the quarter count.
func (o *programTest) checkRemedies(want map[string]int) {
	o.t.Helper()
	now := testclock.Now()
	quarter := now.Format("2006") + "-Q" + string(rune('0'+(int(now.Month())+2)/3))
	out, code := o.command("report", "--quarter", quarter, "--format", "json")
	var got struct {
		Remedies map[string]int  `json:"remedies"`
		Refunds  json.RawMessage `json:"refunds"`
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil || code != 0 {
		o.t.Fatalf("report: %d, %v\n%s", code, err, out)
	}
	for key, n := range got.Remedies {
		if want[key] != n {
			o.t.Errorf("%s: %d, want %d", key, n, want[key])
		}
	}
	if len(got.Remedies) == 0 || got.Refunds != nil {
		o.t.Errorf("the report at the terminal: %s", out)
	}
}

// TestRemedy_ofAClosedCaseIsWatched: weeks later whoever sees to it is reminded, and
// once it is late so are the owner and the director; with another day the
// complainant gets a letter.
func TestRemedy_ofAClosedCaseIsWatched(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.start()
			number, root := o.promised(nil)
			o.stop()
			o.clock(13)
			o.start()
			o.readsDirectly(demoStaff, "toezegging, nog 7 dagen")
			o.stop()
			o.clock(21)
			o.start()
			o.readsDirectly(demoStaff, "1 dag te laat")
			o.readsDirectly(demoDirector, "toezegging, 1 dag te laat")
			late, err := o.sim.AwaitMessage(patience(t), demoCases, func(m slacksim.Message) bool {
				return m.ThreadTS == root.TS && offers("remedy")(m) && strings.Contains(string(m.Blocks), "@"+demoOfficer)
			})
			if err != nil {
				t.Fatalf("the owner is not reminded: %v\n%s", err, tail(o.output.String()))
			}
			officer := o.as(demoOfficer)
			officer.act(o, demoCases, late.TS, "remedy", slacksim.Values{"result": "changed", "new_date": inDays(40), "reason": "De bank is dicht."})
			letter, err := officer.AwaitModal(patience(t), "remedy_letter")
			if err != nil {
				t.Fatal(err)
			}
			if got, err := officer.Submit(patience(t), letter.ID, nil); err != nil || len(got.Errors) > 0 {
				t.Fatalf("letter: %+v, %v", got, err)
			}
			o.caseMessage(demoCases, number, func(m slacksim.Message) bool {
				return strings.Contains(string(m.Blocks), "Toezegging (Geld terug)") && strings.Contains(string(m.Blocks), `"value":"remedy"`)
			})
			o.awaitNothingWaits()
			o.checkNothingLeaked("De bank is dicht")
			o.stop()
			o.mustVerify()
		})
	}
}
