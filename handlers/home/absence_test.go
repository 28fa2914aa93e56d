package home_test

import (
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/handlers/home"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestAbsence_isEnteredAndEndedOnHome: an officer enters it, reads who stands
// in, a new case goes to that colleague, and one press ends it.
func TestAbsence_isEnteredAndEndedOnHome(t *testing.T) {
	d := handlerstest.New(t)
	handlerstest.Shows(t, "Home", d.Home(t, handlerstest.Officer), "Je bent aanwezig", home.AbsenceID)
	d.ClickHome(t, handlerstest.Officer, home.AbsenceID, "")
	form := d.Screen.LastModal(t)
	if form.CallbackID != home.AbsenceID {
		t.Fatalf("the modal is %s", form.CallbackID)
	}
	if wrong := handlerstest.FieldErrors(d.Submit(t, handlerstest.Officer, form, map[string]string{"until": "2026-11-20"})); wrong["until"] == "" {
		t.Errorf("a day that is past is taken: %v", wrong)
	}
	handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, form, map[string]string{"until": "2026-11-27"}))
	handlerstest.Shows(t, "Home afterwards", d.LastHome(t), "Je bent afwezig", "vr 27 november 2026", "Petra \u200b*Vos\u200b* vervangt je", home.AbsenceEnd)
	handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, form, map[string]string{"until": "2026-11-27"})) // sent again
	if c := d.Filed(t, handlerstest.Filing()); c.Owner != handlerstest.Deputy {
		t.Errorf("a new case goes to %s", c.Owner)
	}
	d.LastHome(t)
	for range 2 {
		d.ClickHome(t, handlerstest.Officer, home.AbsenceEnd, "2026-11-23")
		if text := d.LastHome(t); !strings.Contains(text, "Je bent aanwezig") || strings.Contains(text, home.AbsenceEnd) {
			t.Errorf("back, and Home says:\n%s", text)
		}
	}
}

// TestAbsence_warnsWhenNobodyStandsIn: also when that is on some days only, and
// of an absence that is still to come.
func TestAbsence_warnsWhenNobodyStandsIn(t *testing.T) {
	d := handlerstest.New(t)
	d.Policy.Roster.Officers = []roster.PersonID{handlerstest.Officer}
	for who, p := range map[roster.PersonID][2]string{
		handlerstest.Officer: {"2026-11-25", "2026-12-04"}, handlerstest.Director: {"2026-12-01", "2026-12-02"},
	} {
		if err := d.DB.SetAbsence(t.Context(), who, roster.Period{From: handlerstest.Date(t, p[0]), Until: handlerstest.Date(t, p[1])}); err != nil {
			t.Fatal(err)
		}
	}
	handlerstest.Shows(t, "Home", d.Home(t, handlerstest.Officer), "Je bent aanwezig", "van wo 25 november 2026", "Op di 1 december 2026", "Trek afwezigheid in")
	handlerstest.Shows(t, "the director's Home", d.Home(t, handlerstest.Director), "Je bent aanwezig", "Op di 1 december 2026")
}

// TestAbsence_isForTheRoster: others see nothing of it, and a button that was
// made up does nothing.
func TestAbsence_isForTheRoster(t *testing.T) {
	d := handlerstest.New(t)
	if text := d.Home(t, handlerstest.Staff); strings.Contains(text, home.AbsenceID) {
		t.Errorf("staff reads:\n%s", text)
	}
	handlerstest.Shows(t, "a colleague's Home in English", d.Home(t, handlerstest.English), "You are in")
	d.ClickHome(t, handlerstest.Officer, home.AbsenceID, "")
	form := d.Screen.LastModal(t)
	if wrong := handlerstest.FieldErrors(d.Submit(t, handlerstest.Staff, form, nil)); len(wrong) == 0 {
		t.Error("staff entered an absence")
	}
	d.Screen.Modals = nil
	d.ClickHome(t, handlerstest.Staff, home.AbsenceID, "")
	d.ClickHome(t, handlerstest.Officer, home.AbsenceEnd, "no date")
	if len(d.Screen.Modals) > 0 || len(d.Screen.Direct) != 2 {
		t.Errorf("%d modals, direct messages %q", len(d.Screen.Modals), d.Screen.Direct)
	}
}

func TestAbsence_isKeptWhenHomeCantBeShown(t *testing.T) {
	d := handlerstest.New(t)
	d.ClickHome(t, handlerstest.Officer, home.AbsenceID, "")
	form := d.Screen.LastModal(t)
	d.Screen.Err = slack.StatusCodeError{Code: 502}
	handlerstest.Closes(t, d.Submit(t, handlerstest.Officer, form, nil))
	if p, err := d.DB.Presence(t.Context()); err != nil || len(p.Away[handlerstest.Officer]) != 1 {
		t.Errorf("away %v, %v", p.Away, err)
	}
}
