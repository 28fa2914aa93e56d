package subject_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/handlers/kit"
	hsubject "github.com/artra/klachtbot/handlers/subject"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

const why = handlerstest.ErasureReason

// pressDirect presses a button in a direct message.
func pressDirect(t testing.TB, d *handlerstest.Fixture, who roster.PersonID, c *workflow.Complaint, name workflow.ActionName) {
	t.Helper()
	d.Press(t, who, "D0DIRECT", c, name, kit.RefTo(c).String())
}

// erased reports whether nothing of the case can be read any more.
func erased(t testing.TB, d *handlerstest.Fixture, c *workflow.Complaint) bool {
	t.Helper()
	_, _, err := d.DB.Find(t.Context(), workflow.Lookup{ID: c.ID}, handlerstest.Officer)
	return workflow.Refused(err).Has(workflow.CodeErased)
}

// TestErasure_takesTwoPeople goes as people do: from the dossier, by what the
// second person reads, with a tick and no typing.
func TestErasure_takesTwoPeople(t *testing.T) {
	d := handlerstest.New(t)
	c := d.Carried(t, handlerstest.Stages()["closed"]...)
	d.Click(t, handlerstest.Officer, &c, workflow.ActionDossier)
	d.ClickView(t, handlerstest.Officer, d.Screen.LastModal(t), string(workflow.ActionErase))
	form := d.Screen.LastModal(t)
	if errs := handlerstest.FieldErrors(d.Submit(t, handlerstest.Officer, form, nil)); errs["reason"] == "" {
		t.Errorf("without a reason: %v", errs)
	}
	for range 2 { // the second is a redelivery
		if said := handlerstest.JSONOf(t, handlerstest.Updated(t, d.Submit(t, handlerstest.Officer, form, map[string]string{"reason": why}))); !strings.Contains(said, "Petra") {
			t.Errorf("does not say who is asked: %s", said)
		}
	}
	c = d.Current(t, c.ID)
	pressDirect(t, d, handlerstest.Officer, &c, workflow.ActionEraseConfirm)
	if said := d.Replies(); !strings.Contains(said, "iemand anders") {
		t.Errorf("who asked wants to confirm: %q", said)
	}
	pressDirect(t, d, handlerstest.Deputy, &c, workflow.ActionEraseConfirm)
	form = d.Screen.LastModal(t)
	shown := handlerstest.JSONOf(t, form)
	if !strings.Contains(shown, why) || !strings.Contains(shown, c.Number) || !strings.Contains(shown, "Omar Khalil") {
		t.Errorf("the second person does not read number, reason and who asks: %s", shown)
	}
	if errs := handlerstest.FieldErrors(d.Submit(t, handlerstest.Deputy, form, nil)); errs[hsubject.AgreeID] == "" || erased(t, d, &c) {
		t.Errorf("without the tick: %v", errs)
	}
	if errs := handlerstest.FieldErrors(d.Submit(t, handlerstest.Officer, form, map[string]string{hsubject.AgreeID: hsubject.AgreeID})); errs[hsubject.AgreeID] == "" || erased(t, d, &c) {
		t.Errorf("who asked sends the other's form in: %v", errs)
	}
	for range 2 {
		if said := handlerstest.JSONOf(t, handlerstest.Updated(t, d.Submit(t, handlerstest.Deputy, form, map[string]string{hsubject.AgreeID: hsubject.AgreeID}))); !strings.Contains(said, c.Number+" is gewist") {
			t.Errorf("confirmed: %s", said)
		}
	}
	if !erased(t, d, &c) {
		t.Error("it is still there")
	}
}

// TestErasure_directorConfirmsBesideOneOfficer: the director reads the reason
// and nothing else, and that only because they are asked.
func TestErasure_directorConfirmsBesideOneOfficer(t *testing.T) {
	d := handlerstest.New(t)
	d.Policy.Roster.Officers = []roster.PersonID{handlerstest.Officer}
	closed := handlerstest.Stages()["closed"]
	closed[4].By = handlerstest.Officer
	c := d.Carried(t, closed...)
	pressDirect(t, d, handlerstest.Director, &c, workflow.ActionEraseConfirm)
	if d.Replies() == "" || len(d.Screen.Modals) > 0 {
		t.Error("a director opens a request that is not there")
	}
	c = d.CarriedOn(t, c, handlerstest.Step{By: handlerstest.Officer, After: 5 * time.Hour, Action: workflow.RequestErasure{Reason: why}})
	pressDirect(t, d, handlerstest.Director, &c, workflow.ActionEraseConfirm)
	form := d.Screen.LastModal(t)
	shown := handlerstest.JSONOf(t, form)
	if !strings.Contains(shown, why) {
		t.Errorf("the director does not read the reason: %s", shown)
	}
	for _, secret := range []string{"koud", "klant.example", "Geld terug", "12345678"} {
		if strings.Contains(shown, secret) {
			t.Errorf("the director reads %q", secret)
		}
	}
	pressDirect(t, d, handlerstest.Director, &c, workflow.ActionDossier)
	if d.Replies() == "" {
		t.Error("the director opens the dossier")
	}
	handlerstest.Updated(t, d.Submit(t, handlerstest.Director, form, map[string]string{hsubject.AgreeID: hsubject.AgreeID}))
	if !erased(t, d, &c) {
		t.Error("it is still there")
	}
}

// TestErasure_isOfferedWhereItCanBe: in the dossier of a closed case, never on
// the case message; and what was changed meanwhile is refused by its name.
func TestErasure_isOfferedWhereItCanBe(t *testing.T) {
	hold := handlerstest.Step{By: handlerstest.Officer, After: 6 * time.Hour, Action: workflow.Hold{Review: calendar.NewDate(2027, 1, 4), Reason: "Rechter."}}
	dispute := handlerstest.Step{By: handlerstest.Officer, After: 6 * time.Hour, Action: workflow.Dispute{Date: calendar.NewDate(2026, 11, 23)}}
	for _, test := range []struct {
		name    string
		steps   []handlerstest.Step
		who     roster.PersonID
		offered []workflow.ActionName
		refused string
	}{
		{"closed", handlerstest.Stages()["closed"], handlerstest.Deputy, []workflow.ActionName{workflow.ActionErase}, ""},
		{"decided", handlerstest.Stages()["decided"], handlerstest.Officer, nil, "nog niet gesloten"},
		{"received", handlerstest.Stages()["received"], handlerstest.Officer, nil, "nog niet gesloten"},
		{"held", append(handlerstest.Stages()["closed"], hold), handlerstest.Officer, nil, "langer bewaard"},
		{"disputed", append(handlerstest.Stages()["closed"], dispute), handlerstest.Officer, nil, "Geschillencommissie"},
		{"asked, to another", handlerstest.ErasureRequest(), handlerstest.Deputy, []workflow.ActionName{workflow.ActionEraseConfirm, workflow.ActionEraseDecline}, "al gevraagd"},
		{"asked, to who asked", handlerstest.ErasureRequest(), handlerstest.Officer, []workflow.ActionName{workflow.ActionEraseDecline}, "al gevraagd"},
	} {
		d := handlerstest.New(t)
		c := d.Carried(t, test.steps...)
		d.Click(t, test.who, &c, workflow.ActionDossier)
		var offered []workflow.ActionName
		for _, b := range d.Screen.LastModal(t).Blocks.BlockSet {
			if row, ok := b.(*slack.ActionBlock); ok {
				for _, e := range row.Elements.ElementSet {
					if one, ok := e.(*slack.ButtonBlockElement); ok && strings.HasPrefix(one.ActionID, "erase") {
						offered = append(offered, workflow.ActionName(one.ActionID))
					}
				}
			}
		}
		if !slices.Equal(offered, test.offered) {
			t.Errorf("%s: offers %v, want %v", test.name, offered, test.offered)
		}
		if strings.Contains(handlerstest.JSONOf(t, caseMessage(t, d, &c)), "erase") {
			t.Errorf("%s: the case message offers it", test.name)
		}
		if test.refused == "" {
			continue
		}
		pressDirect(t, d, test.who, &c, workflow.ActionErase) // from an older dossier
		if said := d.Replies(); !strings.Contains(said, test.refused) {
			t.Errorf("%s: refused with %q", test.name, said)
		}
	}
}

// TestErasure_saysThatNobodyCanConfirm: before anybody types.
func TestErasure_saysThatNobodyCanConfirm(t *testing.T) {
	d := handlerstest.New(t)
	d.Policy.Roster = roster.Roster{Officers: []roster.PersonID{handlerstest.Officer}}
	closed := handlerstest.Stages()["closed"]
	closed[4].By = handlerstest.Officer
	c := d.Carried(t, closed...)
	pressDirect(t, d, handlerstest.Officer, &c, workflow.ActionErase)
	if said := d.Replies(); !strings.Contains(said, "niemand die het wissen mag bevestigen") || len(d.Screen.Modals) > 0 {
		t.Errorf("reply %q", said)
	}
}

// TestErasure_isDeclinedOrTakenBack: with a reason or without; who asked takes
// it back by the same form.
func TestErasure_isDeclinedOrTakenBack(t *testing.T) {
	for who, reason := range map[roster.PersonID]string{handlerstest.Deputy: "Er loopt een rechtszaak.", handlerstest.Officer: ""} {
		d := handlerstest.New(t)
		c := d.Carried(t, handlerstest.ErasureRequest()...)
		pressDirect(t, d, who, &c, workflow.ActionEraseDecline)
		handlerstest.Closes(t, d.Submit(t, who, d.Screen.LastModal(t), map[string]string{"reason": reason}))
		if c = d.Current(t, c.ID); c.Erasure.Stands() {
			t.Error("the request stands")
		}
		pressDirect(t, d, who, &c, workflow.ActionEraseDecline)
		if said := d.Replies(); !strings.Contains(said, "geen verzoek meer") {
			t.Errorf("declined twice: %q", said)
		}
		pages := handlerstest.DossierPages(t, d, handlerstest.Officer, &c)
		if shown := handlerstest.JSONOf(t, pages); !strings.Contains(shown, "Niet eerder gewist") || !strings.Contains(shown, why) || !strings.Contains(shown, reason) {
			t.Error("the dossier does not say so")
		}
	}
	d := handlerstest.New(t)
	c := d.Carried(t, handlerstest.ErasureRequest()...)
	pressDirect(t, d, handlerstest.Staff, &c, workflow.ActionEraseDecline)
	if d.Replies() == "" || len(d.Screen.Modals) > 0 {
		t.Error("staff may decline")
	}
}

// TestErasure_golden compares what people read, in both languages.
func TestErasure_golden(t *testing.T) {
	for _, who := range []roster.PersonID{handlerstest.Deputy, handlerstest.English} {
		for name, open := range map[string]func(*handlerstest.Fixture){
			"erase": func(d *handlerstest.Fixture) {
				c := d.Carried(t, handlerstest.Stages()["closed"]...)
				pressDirect(t, d, who, &c, workflow.ActionErase)
			},
			"erase-asked": func(d *handlerstest.Fixture) {
				c := d.Carried(t, handlerstest.Stages()["closed"]...)
				pressDirect(t, d, who, &c, workflow.ActionErase)
				d.Screen.Modals = append(d.Screen.Modals, handlerstest.Updated(t, d.Submit(t, who, d.Screen.LastModal(t), map[string]string{"reason": why})))
			},
			"erase-confirm": func(d *handlerstest.Fixture) {
				c := d.Carried(t, handlerstest.ErasureRequest()...)
				pressDirect(t, d, who, &c, workflow.ActionEraseConfirm)
			},
			"erase-done": func(d *handlerstest.Fixture) {
				c := d.Carried(t, handlerstest.ErasureRequest()...)
				pressDirect(t, d, who, &c, workflow.ActionEraseConfirm)
				d.Screen.Modals = append(d.Screen.Modals, handlerstest.Updated(t, d.Submit(t, who, d.Screen.LastModal(t), map[string]string{hsubject.AgreeID: hsubject.AgreeID})))
			},
			"erase-decline": func(d *handlerstest.Fixture) {
				c := d.Carried(t, handlerstest.ErasureRequest()...)
				pressDirect(t, d, who, &c, workflow.ActionEraseDecline)
			},
			"erase-take-back": func(d *handlerstest.Fixture) {
				c := d.Carried(t, append(handlerstest.Stages()["closed"], handlerstest.Step{By: who, After: 5 * time.Hour, Action: workflow.RequestErasure{Reason: why}})...)
				pressDirect(t, d, who, &c, workflow.ActionEraseDecline)
			},
		} {
			d := handlerstest.New(t)
			open(d)
			handlerstest.GoldenForm(t, name+"."+handlerstest.LanguageOf(who), d.Screen.LastModal(t))
		}
	}
}

// caseMessage is the case message as it is now.
func caseMessage(t *testing.T, d *handlerstest.Fixture, c *workflow.Complaint) core.Message {
	t.Helper()
	m, _, err := d.Render(t.Context(), outbox.Delivery{Case: c.ID, Payload: outbox.Case{}})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestErasure_askedAtNight: who asks reads when the other person hears of it, before
// and after; by day there is nothing to say.
func TestErasure_askedAtNight(t *testing.T) {
	for hours, want := range map[time.Duration]string{0: "", 12 * time.Hour: "24 november 2026, 09:00", 5*24*time.Hour + 2*time.Hour: "30 november 2026, 09:00"} {
		d := handlerstest.New(t)
		c := d.Carried(t, handlerstest.Stages()["closed"]...)
		d.Clock = handlerstest.Monday.Add(hours)
		if hours == 0 {
			d.Clock = handlerstest.Monday.Add(5 * time.Hour)
		}
		d.Click(t, handlerstest.Officer, &c, workflow.ActionDossier)
		d.ClickView(t, handlerstest.Officer, d.Screen.LastModal(t), string(workflow.ActionErase))
		form := d.Screen.LastModal(t)
		done := handlerstest.Updated(t, d.Submit(t, handlerstest.Officer, form, map[string]string{"reason": why}))
		for _, said := range []string{handlerstest.JSONOf(t, form), handlerstest.JSONOf(t, done)} {
			if strings.Contains(said, "buiten werktijd") != (want != "") || !strings.Contains(said, want) {
				t.Errorf("after %v: %s", hours, said)
			}
		}
	}
}
