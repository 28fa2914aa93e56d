package main

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/slacksim"
)

// TestRelated_sameComplainant logs three complaints of one person, whose address and
// number are spelled differently; the third is about the officer. The officer
// links the first two, the deputy all three; the officer sees nothing of the
// third, and no thread tells of a link.
func TestRelated_sameComplainant(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.start()
			first := o.as(demoStaff).log(form())
			second := o.as(demoStaff).log(form(func(v slacksim.Values) { v["email"], v["phone"] = "Noor@Example.ORG", "+31 (0)6 - 12 34 56 78" }))
			guarded := o.as("U0EMMA").log(form(func(v slacksim.Values) { v["concerns_user"] = demoOfficer }))
			officer, deputy := o.as(demoOfficer), o.as(demoDeputy)

			officer.dossier(o, second)
			officer.awaitShown(o, second, "mogelijk dezelfde klager als "+first)
			officer.pressShown("link")
			officer.awaitShown(o, second, "Van dezelfde klager: "+first)
			officer.pressShown("dossier")
			officer.awaitShown(o, first, "Van dezelfde klager: "+second)

			deputy.dossier(o, second)
			deputy.awaitShown(o, second, "mogelijk dezelfde klager als "+guarded)
			deputy.pressShown("link")
			deputy.awaitShown(o, second, "Van dezelfde klager: "+guarded)
			officer.dossier(o, second)
			for _, hint := range []string{guarded, "V-", "mogelijk"} {
				if view := officer.awaitShown(o, second, first); strings.Contains(string(view.Raw), hint) {
					t.Errorf("the officer whom the third concerns reads %q", hint)
				}
			}
			for _, number := range []string{first, second} {
				root := o.caseMessage(demoCases, number, offers("acknowledge"))
				o.checkThread(root.TS, 1) // the story: no line about a link
			}
			o.checkNothingLeaked()
			o.stop()
			if out, code := o.command("verify"); code != 0 {
				t.Errorf("verify: %d\n%s", code, out)
			}
		})
	}
}

// dossier opens the dossier of a case by its number, as often as a busy machine
// makes the person try.
func (p person) dossier(o *programTest, number string) {
	p.t.Helper()
	p.closeModal()
	answer := p.ask("/klacht", number)
	for tries := 1; strings.Contains(answer, "nog een keer") && tries < 5; tries++ {
		answer = p.ask("/klacht", number)
	}
	if answer != "" {
		p.t.Fatalf("/klacht %s: %q\n%s", number, answer, tail(o.output.String()))
	}
}

// awaitShown waits until the dossier of a case is in front, with that text.
func (p person) awaitShown(o *programTest, number, text string) slacksim.View {
	p.t.Helper()
	view, err := p.AwaitView(patience(p.t), func(v slacksim.View) bool {
		return strings.Contains(string(v.Raw), "Dossier "+number) && strings.Contains(string(v.Raw), text)
	})
	if err != nil {
		p.t.Fatalf("the dossier of %s with %q: %v\n%s", number, text, err, tail(o.output.String()))
	}
	return view
}

// pressShown presses the button of the modal in front beside a sentence about
// another case.
func (p person) pressShown(action string) {
	p.t.Helper()
	view, ok := p.Modal()
	if !ok {
		p.t.Fatal("no modal is in front")
	}
	if err := p.ClickView(patience(p.t), view.ID, action, ""); err != nil {
		p.t.Fatal(err)
	}
}
