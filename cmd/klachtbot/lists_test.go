package main

import (
	"strings"
	"testing"

	"github.com/artra/klachtbot/slacksim"
)

// TestLists_andSearch asks the real program, on both engines, for Home, list and
// search. A case about the officer is in nothing that the officer sees, counts
// included, and in all that its handler sees; the journal stays whole.
func TestLists_andSearch(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.start()
			number := o.as("U0EMMA").log(form(func(v slacksim.Values) { v["concerns_user"] = demoOfficer }))
			for who, want := range map[string]bool{demoDeputy: true, demoOfficer: false} {
				for _, text := range []string{"lijst", "zoek noor", "zoek noor@example.org", "zoek 06 12345678", "zoek gespreks", "search trainer", "zoek lotte"} {
					callback := "search"
					if text == "lijst" {
						callback = "list"
					}
					if got := strings.Contains(o.as(who).asked(text, callback), number); got != want {
						t.Errorf("%s: %q shows the case: %t", who, text, got)
					}
				}
				if home := o.as(who).home(); strings.Contains(home, number) != want || strings.Contains(home, "Alle lopende (1)") != want {
					t.Errorf("%s: Home shows or counts the case, want %t", who, want)
				}
			}
			if got := o.as(demoStaff).asked("zoek noor", "search"); !strings.Contains(got, "Niets gevonden") || strings.Contains(got, number) {
				t.Errorf("staff read %s", got)
			}
			o.checkNothingLeaked()
			o.stop()
			if out, code := o.command("verify"); code != 0 {
				t.Errorf("verify: %d\n%s", code, out)
			}
		})
	}
}

// asked types a command, returns the modal that answers it, and closes that.
func (p person) asked(text, callback string) string {
	p.t.Helper()
	for { // what stood in front
		view, ok := p.Modal()
		if !ok {
			break
		}
		if err := p.CloseView(patience(p.t), view.ID); err != nil {
			p.t.Fatal(err)
		}
	}
	if answer := p.ask("/klacht", text); answer != "" {
		p.t.Fatalf("%q is answered %q", text, answer)
	}
	view, err := p.AwaitModal(patience(p.t), callback)
	if err != nil {
		p.t.Fatalf("%q: %v", text, err)
	}
	if err := p.CloseView(patience(p.t), view.ID); err != nil {
		p.t.Fatal(err)
	}
	return string(view.Raw)
}

// home opens the Home tab and presses through its lists.
func (p person) home() string {
	p.t.Helper()
	if err := p.OpenHome(patience(p.t)); err != nil {
		p.t.Fatal(err)
	}
	shown := func(mark string) string {
		view, err := p.AwaitView(patience(p.t), func(v slacksim.View) bool {
			return v.Type == "home" && strings.Contains(string(v.Raw), mark)
		})
		if err != nil {
			p.t.Fatalf("Home with %q: %v", mark, err)
		}
		return string(view.Raw)
	}
	all := shown("✓ Overzicht")
	for filter, mark := range map[string]string{"overdue": "✓ Te laat", "today": "✓ Vandaag", "waiting": "✓ Wacht", "open": "✓ Alle"} {
		view, _ := p.Home()
		if err := p.ClickView(patience(p.t), view.ID, "home_filter_"+filter, ""); err != nil {
			p.t.Fatal(err)
		}
		all += shown(mark)
	}
	return all
}
