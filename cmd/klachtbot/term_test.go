package main

import (
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/internal/testclock"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/workflow/calendar"
)

// TestRetention_contentsCloseAtTheTerm (R10): past its term a complaint that is not
// erased yet is closed to everybody but the officer who was told of it, on every
// screen and in every file; who decided to keep it opens it again.
func TestRetention_contentsCloseAtTheTerm(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.start()
			number, root := o.settled()
			o.stop()
			o.clock(2*365 - 20)
			o.start()
			o.preview(number)
			o.reads(demoDeputy, root)
			o.stop()

			const days = 2*365 + 3
			o.clock(days)
			o.start()
			o.isClosedTo(demoDeputy, number, root)
			o.decides(number, root)
			o.exportsLack()
			deputy := o.as(demoDeputy)
			deputy.closeModal()
			review := calendar.Calendar{Location: time.UTC}.Today(time.Now().Add(testclock.Offset(days))).AddMonths(1)
			deputy.choose(o, demoCases, root.TS, "hold", slacksim.Values{"reason": "Er loopt een rechtszaak.", "review_date": review.String()})
			o.reads(demoDeputy, root)
			o.endsWell()
			o.mustVerify()
		})
	}
}

// contents are what the case of form says; the lesson is a sentence without names.
var contents = []string{"Noor", "noor@example.org", "1234 5678", "kwam te laat", "excuus", "Gesprekstechniek"}

// reads opens the dossier, which has its contents.
func (o *programTest) reads(who string, root slacksim.Message) {
	o.t.Helper()
	p := o.as(who)
	p.closeModal()
	if view := p.opensCase(o, root.TS); !strings.Contains(string(view.Raw), "kwam te laat") {
		o.t.Errorf("%s does not read the dossier", who)
	}
	p.closeModal()
}

// toldAfter is the last thing that only this person reads in the case channel, once there
// is one more than before.
func (o *programTest) toldAfter(who string, press func() error) string {
	o.t.Helper()
	p := o.as(who)
	changes, unsubscribe := o.sim.Subscribe()
	defer unsubscribe()
	before := len(p.Ephemerals(demoCases))
	o.must(press())
	for ctx := patience(o.t); len(p.Ephemerals(demoCases)) == before; {
		select {
		case <-changes:
		case <-ctx.Done():
			o.t.Fatalf("%s is told nothing\n%s", who, tail(o.output.String()))
		}
	}
	all := p.Ephemerals(demoCases)
	return all[len(all)-1].Text
}

// isClosedTo tries every screen that would show something of the case.
func (o *programTest) isClosedTo(who, number string, root slacksim.Message) {
	o.t.Helper()
	p := o.as(who)
	p.closeModal()
	if got := p.ask("/klacht", number); !strings.Contains(got, "bewaartermijn") {
		o.t.Errorf("of the number %s reads %q", who, got)
	}
	for action, option := range map[string]string{"dossier": "", "identity": "", "more": "correct"} {
		got := o.toldAfter(who, func() error { return p.Click(patience(o.t), demoCases, root.TS, action, option) })
		if !strings.Contains(got, "bewaartermijn") {
			o.t.Errorf("%s %s: %s reads %q", action, option, who, got)
		}
		if view, ok := p.Modal(); ok {
			o.t.Errorf("%s %s: %s opens %s", action, option, who, view.CallbackID)
		}
	}
	o.findsNothingBy(who, number)
}

// findsNothingBy searches for what the case says, and for all that is held on whoever
// complained.
func (o *programTest) findsNothingBy(who, number string) {
	o.t.Helper()
	p := o.as(who)
	for _, text := range []string{"zoek noor", "zoek noor@example.org", "zoek 06 12345678", "zoek gespreks", "zoek techniek"} {
		if got := p.asked(text, "search"); strings.Contains(got, number) {
			o.t.Errorf("%q shows the case to %s", text, who)
		}
	}
	p.closeModal()
	if answer := p.ask("/klacht", "inzage Noor Voorbeeld"); answer != "" {
		o.t.Fatalf("inzage is answered %q", answer)
	}
	view, err := p.AwaitModal(patience(o.t), "inzage")
	o.must(err)
	if got, err := p.Submit(patience(o.t), view.ID, slacksim.Values{"format": "pdf"}); err != nil || !got.Updated {
		o.t.Fatalf("search: %+v, %v", got, err)
	}
	if _, err := p.AwaitView(patience(o.t), func(v slacksim.View) bool {
		return strings.Contains(string(v.Raw), "Niets gevonden") && !strings.Contains(string(v.Raw), number)
	}); err != nil {
		o.t.Errorf("an access request finds the case for %s: %v", who, err)
	}
	p.closeModal()
}

// decides: the officer who was told reads what there is to decide on, which the look
// records, and hands nothing out.
func (o *programTest) decides(number string, root slacksim.Message) {
	o.t.Helper()
	officer := o.as(demoOfficer)
	view := officer.opensCase(o, root.TS)
	if raw := string(view.Raw); !strings.Contains(raw, "kwam te laat") || !strings.Contains(raw, "om te beslissen of") {
		o.t.Errorf("the officer reads %s", raw)
	}
	o.must(officer.ClickView(patience(o.t), view.ID, "dossier_pdf", ""))
	if _, err := officer.AwaitView(patience(o.t), func(v slacksim.View) bool {
		return strings.Contains(string(v.Raw), "bewaartermijn") && !passphraseForm.Match(v.Raw)
	}); err != nil {
		o.t.Errorf("the dossier is handed out: %v", err)
	}
	officer.closeModal()
	o.findsNothingBy(demoOfficer, number)
}

// exportsLack: no file says anything of it.
func (o *programTest) exportsLack() {
	o.t.Helper()
	passphrase := passphraseForm.FindString(o.as(demoOfficer).exportRegister(o, withIdentity))
	_, body := o.awaitDocument(demoOfficer)
	cells, opens := readRegister(body, passphrase)
	csv, code := o.command("export", "--format", "csv", "--audience", "all")
	if !opens || code != 0 || !strings.Contains(csv, "K-") {
		o.t.Fatalf("the workbook opens: %v; export: %d\n%s", opens, code, csv)
	}
	for _, text := range contents {
		for what, all := range map[string]string{"the workbook": strings.Join(cells, " "), "klachtbot export": csv} {
			if strings.Contains(all, text) {
				o.t.Errorf("%s has %q", what, text)
			}
		}
	}
}
