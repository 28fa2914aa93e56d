package main

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/artra/klachtbot/slacksim"
)

// TestScreens_fromACallToALateCase on the real program: who takes the call reads what
// to tell somebody who stays anonymous, finds their own by the training, and follows an
// old number; the handler of a case that is kept apart reads why; a case that is late is
// marked in the channel.
func TestScreens_fromACallToALateCase(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.start()
			late := o.logsAnonymously()
			moved := o.as(demoStaff).log(form())
			o.findsByTraining(moved)
			root := o.caseMessage(demoCases, moved, offers("acknowledge"))
			guarded := o.keptApart(moved, root)
			o.followsOldNumber(moved, guarded)
			o.stop()
			o.clock(8)
			o.start()
			marked := o.caseMessage(demoCases, late, func(m slacksim.Message) bool { return strings.Contains(string(m.Blocks), "· te laat") })
			if !strings.Contains(string(marked.Blocks), ", te laat") || strings.Contains(marked.Text, "te laat") {
				t.Errorf("the message says %s", marked.Blocks)
			}
			o.checkNothingLeaked()
			if complaints := o.sim.Complaints(); len(complaints) > 0 {
				t.Errorf("Slack would have refused: %q", complaints)
			}
			o.stop()
			if out, code := o.command("verify"); code != 0 {
				t.Errorf("verify: %d\n%s", code, out)
			}
		})
	}
}

// logsAnonymously files a complaint of somebody who gives no name, and reads what to
// tell them.
func (o *programTest) logsAnonymously() (number string) {
	o.t.Helper()
	staff := o.as(demoStaff)
	number = staff.log(form(func(v slacksim.Values) {
		v["complainant_name"], v["preferred_contact"] = "anoniem", "none"
		v["description"] = "De zaal was koud."
		delete(v, "email")
		delete(v, "phone")
	}))
	view, _ := staff.Modal()
	for _, want := range []string{"enige weg terug", number, "Contact opnemen kan niet"} {
		if !strings.Contains(string(view.Raw), want) {
			o.t.Errorf("the page does not say %q: %s", want, view.Raw)
		}
	}
	staff.closeModal()
	return number
}

// findsByTraining: whoever logged it, and nobody else without a role.
func (o *programTest) findsByTraining(number string) {
	o.t.Helper()
	o.as(demoStaff).closeModal()
	for who, want := range map[string]bool{demoStaff: true, "U0EMMA": false} {
		for _, text := range []string{"zoek gespreks", "search techniek"} {
			shown := o.as(who).asked(text, "search")
			if strings.Contains(shown, number) != want || strings.Contains(shown, "Gesprekstechniek · Trainer") != want {
				o.t.Errorf("%s: %q shows the case: %v", who, text, !want)
			}
		}
	}
	if shown := o.as(demoStaff).asked("zoek noor", "search"); strings.Contains(shown, number) {
		o.t.Error("staff find a case by who complained")
	}
}

// keptApart corrects the complaint into one about the officer, by an option below its
// heading; the deputy reads why it is kept apart.
func (o *programTest) keptApart(number string, root slacksim.Message) (guarded string) {
	o.t.Helper()
	for _, heading := range []string{"Klager", "Collega's", "Bewaren"} {
		if !strings.Contains(string(root.Blocks), `"text":"`+heading+`"`) {
			o.t.Errorf("no heading %q in %s", heading, root.Blocks)
		}
	}
	deputy := o.as(demoDeputy)
	deputy.choose(o, demoCases, root.TS, "correct", slacksim.Values{"reason": "Het ging over Omar.", "concerns_user": demoOfficer})
	guarded = deputy.number()
	deputy.closeModal()
	o.caseMessage(deputy.DM(), guarded, func(m slacksim.Message) bool {
		return strings.Contains(string(m.Blocks), "Deze klacht blijft apart") && !strings.Contains(string(m.Blocks), "Omar")
	})
	return guarded
}

// followsOldNumber: who may know of the case is led to it, each as far as they may;
// the others read that the number is void.
func (o *programTest) followsOldNumber(old, number string) {
	o.t.Helper()
	for who, callback := range map[string]string{demoStaff: "card", demoDirector: "card", demoDeputy: "dossier"} {
		shown := o.as(who).asked(old, callback)
		if !strings.Contains(shown, old+"* is vervallen") || !strings.Contains(shown, number) || strings.Contains(shown, "Noor") && who != demoDeputy {
			o.t.Errorf("%s is led to %s", who, shown)
		}
	}
	for _, who := range []string{demoOfficer, "U0EMMA"} {
		o.as(who).closeModal()
		if said := o.as(who).ask("/klacht", old); said != "Dit nummer is vervallen." {
			o.t.Errorf("%s reads %q", who, said)
		}
	}
}

// TestFiles_haveTheNameThatWasPromised lists every file that the program hands out in
// Slack: it arrives under the name that the window said it would.
func TestFiles_haveTheNameThatWasPromised(t *testing.T) {
	t.Parallel()
	o := newProgramTest(t, "sqlite")
	o.start()
	number := o.as(demoStaff).log(form(func(v slacksim.Values) { v["address"] = "Kade 2\n1234 AB Dorp" }))
	root := o.caseMessage(demoCases, number, offers("acknowledge"))
	officer := o.as(demoOfficer)
	day := inDays(0)
	promised := func(name, shown string) {
		t.Helper()
		if !strings.Contains(shown, "*"+name+"*") {
			t.Errorf("%s is not promised in %s", name, shown)
		}
		officer.closeModal()
		if _, err := o.sim.AwaitMessage(patience(t), officer.DM(), func(m slacksim.Message) bool {
			return slices.ContainsFunc(m.Files, func(f slacksim.File) bool { return f.Name == name })
		}); err != nil {
			t.Errorf("%s does not arrive: %v; there are %+v", name, err, o.documents(demoOfficer))
		}
	}
	screen := func() string { view, _ := officer.Modal(); return string(view.Raw) }

	officer.export(o, root.TS)
	promised("dossier-"+number+".pdf", screen())

	view := officer.opens(o, demoCases, "acknowledge", func(ctx context.Context) error { return officer.Click(ctx, demoCases, root.TS, "acknowledge", "") })
	if got, err := officer.Submit(patience(t), view.ID, slacksim.Values{"way": "letter"}); err != nil || !got.Updated {
		t.Fatalf("acknowledge: %+v, %v", got, err)
	}
	offer, err := officer.AwaitModal(patience(t), "letter_recorded")
	if err != nil {
		t.Fatal(err)
	}
	if err := officer.ClickView(patience(t), offer.ID, "letter_pdf", ""); err != nil {
		t.Fatal(err)
	}
	letter, err := officer.AwaitView(patience(t), func(v slacksim.View) bool { return passphraseForm.Match(v.Raw) })
	if err != nil {
		t.Fatal(err)
	}
	promised("brief-"+number+"-"+day+".pdf", string(letter.Raw))

	promised("klachtenregister-"+day+".xlsx", officer.exportRegister(o, nil))
	promised("klachtenregister-"+day+".csv", officer.exportRegister(o, slacksim.Values{"format": "csv"}))

	officer.ticks(o, officer.traces(o, "Noor Voorbeeld", "pdf")[number])
	promised("inzage-"+day+".pdf", screen())
	o.stop()
}

// TestRemedyDone_formSaysWhatItIs: the form behind the button does not ask once more
// whether somebody wants to see to it.
func TestRemedyDone_formSaysWhatItIs(t *testing.T) {
	t.Parallel()
	o := newProgramTest(t, "sqlite")
	o.start()
	number, _ := o.promised(nil)
	task := o.readsDirectly(demoStaff, "remedy_done")
	staff := o.as(demoStaff)
	view := staff.opens(o, task.Channel, "remedy_done", func(ctx context.Context) error {
		return staff.Click(ctx, task.Channel, task.TS, "remedy_done", "")
	})
	if said := string(view.Raw); strings.Contains(said, "wil je hiervoor zorgen") || !strings.Contains(said, number+": dit is gedaan") {
		t.Errorf("the form is headed %s", said)
	}
	o.stop()
}
