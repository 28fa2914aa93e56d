package handlers

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/home"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// home is what somebody's Home shows, as Slack gets it.
func (d *desk) home(t *testing.T, who roster.PersonID) string {
	t.Helper()
	d.Event(t.Context(), opened(who))
	return d.lastHome(t)
}

// lastHome is what the Home tab that was published last shows.
func (d *desk) lastHome(t *testing.T) string {
	t.Helper()
	if len(d.screen.homes) == 0 {
		t.Fatal("no Home was published")
	}
	raw, err := json.Marshal(d.screen.homes[len(d.screen.homes)-1])
	if err != nil {
		t.Fatal(err)
	}
	d.screen.homes = nil
	return string(raw)
}

// clickHome presses a button on the Home tab.
func (d *desk) clickHome(t *testing.T, who roster.PersonID, action, value string) {
	t.Helper()
	d.send(t, who, map[string]any{
		"type": "block_actions", "view": map[string]any{"id": "V0HOME", "type": "home"},
		"container": map[string]any{"type": "view", "view_id": "V0HOME"},
		"actions":   []any{map[string]any{"type": "button", "action_id": action, "block_id": "b", "value": value}},
	})
}

// shows fails unless the text holds each of these.
func shows(t *testing.T, what, text string, wanted ...string) {
	t.Helper()
	for _, want := range wanted {
		if !strings.Contains(text, want) {
			t.Errorf("%s does not say %q:\n%s", what, want, text)
		}
	}
}

// TestAnAbsenceFromHome: an officer enters it, reads who stands in, a new case
// goes to that colleague, and one press ends it.
func TestAnAbsenceFromHome(t *testing.T) {
	d := newDesk(t)
	shows(t, "Home", d.home(t, officer), "Je bent er", home.AbsenceID)
	d.clickHome(t, officer, home.AbsenceID, "")
	form := d.screen.lastModal(t)
	if form.CallbackID != home.AbsenceID {
		t.Fatalf("the modal is %s", form.CallbackID)
	}
	if wrong := fieldErrors(d.submit(t, officer, form, map[string]string{"until": "2026-11-20"})); wrong["until"] == "" {
		t.Errorf("a day that is past is taken: %v", wrong)
	}
	closes(t, d.submit(t, officer, form, map[string]string{"until": "2026-11-27"}))
	shows(t, "Home afterwards", d.lastHome(t), "Je bent afwezig", "vr 27 november 2026", "Petra \u200b*Vos\u200b* neemt waar", home.AbsenceEnd)
	closes(t, d.submit(t, officer, form, map[string]string{"until": "2026-11-27"})) // sent again
	if c := d.logged(t, complaintOf()); c.Owner != deputy {
		t.Errorf("a new case goes to %s", c.Owner)
	}
	d.lastHome(t)
	for range 2 {
		d.clickHome(t, officer, home.AbsenceEnd, "2026-11-23")
		if text := d.lastHome(t); !strings.Contains(text, "Je bent er") || strings.Contains(text, home.AbsenceEnd) {
			t.Errorf("back, and Home says:\n%s", text)
		}
	}
}

// TestHomeWarnsWhenNobodyStandsIn, also when that is on some days only, and of
// an absence that is still to come.
func TestHomeWarnsWhenNobodyStandsIn(t *testing.T) {
	d := newDesk(t)
	d.Policy.Roster.Officers = []roster.PersonID{officer}
	for who, p := range map[roster.PersonID][2]string{
		officer: {"2026-11-25", "2026-12-04"}, director: {"2026-12-01", "2026-12-02"},
	} {
		if err := d.db.SetAbsence(t.Context(), who, roster.Period{From: date(t, p[0]), Until: date(t, p[1])}); err != nil {
			t.Fatal(err)
		}
	}
	shows(t, "Home", d.home(t, officer), "Je bent er", "van wo 25 november 2026", "Op di 1 december 2026", "Gaat niet door")
	shows(t, "the director's Home", d.home(t, director), "Je bent er", "Op di 1 december 2026")
}

func date(t *testing.T, s string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestAbsenceIsForTheRoster: others see nothing of it, and a button that was
// made up does nothing.
func TestAbsenceIsForTheRoster(t *testing.T) {
	d := newDesk(t)
	if text := d.home(t, staff); strings.Contains(text, home.AbsenceID) {
		t.Errorf("staff reads:\n%s", text)
	}
	shows(t, "a colleague's Home in English", d.home(t, english), "You are in")
	d.clickHome(t, officer, home.AbsenceID, "")
	form := d.screen.lastModal(t)
	if wrong := fieldErrors(d.submit(t, staff, form, nil)); len(wrong) == 0 {
		t.Error("staff entered an absence")
	}
	d.screen.modals = nil
	d.clickHome(t, staff, home.AbsenceID, "")
	d.clickHome(t, officer, home.AbsenceEnd, "no date")
	if len(d.screen.modals) > 0 || len(d.screen.direct) != 2 {
		t.Errorf("%d modals, told %q", len(d.screen.modals), d.screen.direct)
	}
}

// TestAnAbsenceIsKeptWhenHomeCantBeShown.
func TestAnAbsenceIsKeptWhenHomeCantBeShown(t *testing.T) {
	d := newDesk(t)
	d.clickHome(t, officer, home.AbsenceID, "")
	form := d.screen.lastModal(t)
	d.screen.err = slack.StatusCodeError{Code: 502}
	closes(t, d.submit(t, officer, form, nil))
	if p, err := d.db.Presence(t.Context()); err != nil || len(p.Away[officer]) != 1 {
		t.Errorf("away %v, %v", p.Away, err)
	}
}

// TestAssignProposesWhoIsThere: not a deputy who is away, and nobody who left.
func TestAssignProposesWhoIsThere(t *testing.T) {
	d := newDesk(t)
	c := d.logged(t, complaintOf())
	if err := d.db.SetAbsence(t.Context(), deputy, roster.Period{From: d.Today(), Until: d.Today()}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.db.SetDeactivated(t.Context(), director, true); err != nil {
		t.Fatal(err)
	}
	d.click(t, officer, &c, workflow.ActionAssign)
	for _, b := range d.screen.lastModal(t).Blocks.BlockSet {
		in, ok := b.(*slack.InputBlock)
		if !ok {
			continue
		}
		people := in.Element.(*slack.SelectBlockElement)
		var offered []string
		for _, o := range people.Options {
			offered = append(offered, o.Value)
		}
		if want := []string{string(deputy), string(english)}; !slices.Equal(offered, want) || people.InitialOption.Value != string(english) {
			t.Errorf("offers %q, standing on %s", offered, people.InitialOption.Value)
		}
	}
}
