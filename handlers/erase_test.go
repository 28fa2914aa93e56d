package handlers

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	hsubject "github.com/artra/klachtbot/handlers/subject"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

const why = "Jan van der Berg vraagt om vergeten te worden."

// erasureRequest is a closed case that the officer asks to erase.
func erasureRequest() []moment {
	return append(stages()["closed"], moment{officer, 5 * time.Hour, workflow.RequestErasure{Reason: why}})
}

// pressDirect presses a button in a direct message.
func (d *desk) pressDirect(t testing.TB, who roster.PersonID, c *workflow.Complaint, name workflow.ActionName) {
	t.Helper()
	d.send(t, who, map[string]any{
		"type": "block_actions", "response_url": "https://hooks.example/1", "channel": map[string]any{"id": "D0DIRECT"},
		"container": map[string]any{"type": "message", "message_ts": "2.1", "channel_id": "D0DIRECT"},
		"actions": []any{map[string]any{
			"type": "button", "action_id": string(name), "block_id": kit.RefTo(c).String(), "value": kit.RefTo(c).String(),
		}},
	})
}

// erased reports whether nothing of the case can be read any more.
func (d *desk) erased(t testing.TB, c *workflow.Complaint) bool {
	t.Helper()
	_, _, err := d.db.Find(t.Context(), workflow.Lookup{ID: c.ID}, officer)
	return workflow.Refused(err).Has(workflow.CodeErased)
}

// TestEraseIsFourEyes takes the road as people do: from the dossier, by what
// the second person reads, with a tick and no typing.
func TestEraseIsFourEyes(t *testing.T) {
	d := newDesk(t)
	c := d.carried(t, stages()["closed"]...)
	d.click(t, officer, &c, workflow.ActionDossier)
	d.clickView(t, officer, d.screen.lastModal(t), string(workflow.ActionErase))
	form := d.screen.lastModal(t)
	if errs := fieldErrors(d.submit(t, officer, form, nil)); errs["reason"] == "" {
		t.Errorf("without a reason: %v", errs)
	}
	for range 2 { // the second is a redelivery
		if said := jsonOf(t, updated(t, d.submit(t, officer, form, map[string]string{"reason": why}))); !strings.Contains(said, "Petra") {
			t.Errorf("does not say who is asked: %s", said)
		}
	}
	c = d.current(t, c.ID)
	d.pressDirect(t, officer, &c, workflow.ActionEraseConfirm)
	if said := d.told(); !strings.Contains(said, "iemand anders") {
		t.Errorf("who asked wants to confirm: %q", said)
	}
	d.pressDirect(t, deputy, &c, workflow.ActionEraseConfirm)
	form = d.screen.lastModal(t)
	shown := jsonOf(t, form)
	if !strings.Contains(shown, why) || !strings.Contains(shown, c.Number) || !strings.Contains(shown, "Omar Khalil") {
		t.Errorf("the second person does not read number, reason and who asks: %s", shown)
	}
	if errs := fieldErrors(d.submit(t, deputy, form, nil)); errs[hsubject.AgreeID] == "" || d.erased(t, &c) {
		t.Errorf("without the tick: %v", errs)
	}
	if errs := fieldErrors(d.submit(t, officer, form, map[string]string{hsubject.AgreeID: hsubject.AgreeID})); errs[hsubject.AgreeID] == "" || d.erased(t, &c) {
		t.Errorf("who asked sends the other's form in: %v", errs)
	}
	for range 2 {
		if said := jsonOf(t, updated(t, d.submit(t, deputy, form, map[string]string{hsubject.AgreeID: hsubject.AgreeID}))); !strings.Contains(said, c.Number+" is gewist") {
			t.Errorf("confirmed: %s", said)
		}
	}
	if !d.erased(t, &c) {
		t.Error("it is still there")
	}
}

// TestADirectorConfirmsWhereThereIsOneOfficer: reads the reason and nothing
// else, and that only because they are asked.
func TestADirectorConfirmsWhereThereIsOneOfficer(t *testing.T) {
	d := newDesk(t)
	d.Policy.Roster.Officers = []roster.PersonID{officer}
	logged := stages()["closed"]
	logged[4].by = officer
	c := d.carried(t, logged...)
	d.pressDirect(t, director, &c, workflow.ActionEraseConfirm)
	if d.told() == "" || len(d.screen.modals) > 0 {
		t.Error("a director looks at a request that is not there")
	}
	c = d.carriedOn(t, c, moment{officer, 5 * time.Hour, workflow.RequestErasure{Reason: why}})
	d.pressDirect(t, director, &c, workflow.ActionEraseConfirm)
	form := d.screen.lastModal(t)
	shown := jsonOf(t, form)
	if !strings.Contains(shown, why) {
		t.Errorf("the director does not read the reason: %s", shown)
	}
	for _, secret := range []string{"koud", "klant.example", "Geld terug", "12345678"} {
		if strings.Contains(shown, secret) {
			t.Errorf("the director reads %q", secret)
		}
	}
	d.pressDirect(t, director, &c, workflow.ActionDossier)
	if d.told() == "" {
		t.Error("the director opens the dossier")
	}
	updated(t, d.submit(t, director, form, map[string]string{hsubject.AgreeID: hsubject.AgreeID}))
	if !d.erased(t, &c) {
		t.Error("it is still there")
	}
}

// carriedOn does more with a case.
func (d *desk) carriedOn(t *testing.T, c workflow.Complaint, moments ...moment) workflow.Complaint {
	t.Helper()
	for _, m := range moments {
		d.now = monday.Add(m.after)
		done, err := d.db.Apply(t.Context(), workflow.Command{Case: c.ID, Action: m.action, By: m.by, Gesture: m.after.String()})
		if err != nil {
			t.Fatal(err)
		}
		c = done.Complaint
	}
	return c
}

// TestEraseIsOfferedWhereItCanBe: in the dossier of a closed case, never on the
// case message; and what was changed meanwhile is refused by its name.
func TestEraseIsOfferedWhereItCanBe(t *testing.T) {
	hold := moment{officer, 6 * time.Hour, workflow.Hold{Review: calendar.NewDate(2027, 1, 4), Reason: "Rechter."}}
	dispute := moment{officer, 6 * time.Hour, workflow.Dispute{Date: calendar.NewDate(2026, 11, 23)}}
	for _, test := range []struct {
		name    string
		moments []moment
		who     roster.PersonID
		offered []workflow.ActionName
		refused string
	}{
		{"closed", stages()["closed"], deputy, []workflow.ActionName{workflow.ActionErase}, ""},
		{"decided", stages()["decided"], officer, nil, "nog niet gesloten"},
		{"received", stages()["received"], officer, nil, "nog niet gesloten"},
		{"held", append(stages()["closed"], hold), officer, nil, "langer bewaard"},
		{"disputed", append(stages()["closed"], dispute), officer, nil, "Geschillencommissie"},
		{"asked, to another", erasureRequest(), deputy, []workflow.ActionName{workflow.ActionEraseConfirm, workflow.ActionEraseDecline}, "al gevraagd"},
		{"asked, to who asked", erasureRequest(), officer, []workflow.ActionName{workflow.ActionEraseDecline}, "al gevraagd"},
	} {
		d := newDesk(t)
		c := d.carried(t, test.moments...)
		d.click(t, test.who, &c, workflow.ActionDossier)
		var offered []workflow.ActionName
		for _, b := range d.screen.lastModal(t).Blocks.BlockSet {
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
		if strings.Contains(jsonOf(t, d.CaseMessage(d.Texts.In("nl"), &c)), "erase") {
			t.Errorf("%s: the case message offers it", test.name)
		}
		if test.refused == "" {
			continue
		}
		d.pressDirect(t, test.who, &c, workflow.ActionErase) // from an older dossier
		if said := d.told(); !strings.Contains(said, test.refused) {
			t.Errorf("%s: refused with %q", test.name, said)
		}
	}
}

// TestNobodyToConfirm is said before anybody types.
func TestNobodyToConfirm(t *testing.T) {
	d := newDesk(t)
	d.Policy.Roster = roster.Roster{Officers: []roster.PersonID{officer}}
	logged := stages()["closed"]
	logged[4].by = officer
	c := d.carried(t, logged...)
	d.pressDirect(t, officer, &c, workflow.ActionErase)
	if said := d.told(); !strings.Contains(said, "niemand die het wissen mag bevestigen") || len(d.screen.modals) > 0 {
		t.Errorf("told %q", said)
	}
}

// TestDeclineErasure: with a reason or without; who asked takes it back by the
// same form.
func TestDeclineErasure(t *testing.T) {
	for who, reason := range map[roster.PersonID]string{deputy: "Er loopt een rechtszaak.", officer: ""} {
		d := newDesk(t)
		c := d.carried(t, erasureRequest()...)
		d.pressDirect(t, who, &c, workflow.ActionEraseDecline)
		closes(t, d.submit(t, who, d.screen.lastModal(t), map[string]string{"reason": reason}))
		if c = d.current(t, c.ID); c.Erasure.Stands() {
			t.Error("the request stands")
		}
		d.pressDirect(t, who, &c, workflow.ActionEraseDecline)
		if said := d.told(); !strings.Contains(said, "geen verzoek meer") {
			t.Errorf("declined twice: %q", said)
		}
		pages := d.dossierPages(t, officer, &c)
		if shown := jsonOf(t, pages); !strings.Contains(shown, "Niet eerder gewist") || !strings.Contains(shown, why) || !strings.Contains(shown, reason) {
			t.Error("the dossier does not tell")
		}
	}
	d := newDesk(t)
	c := d.carried(t, erasureRequest()...)
	d.pressDirect(t, staff, &c, workflow.ActionEraseDecline)
	if d.told() == "" || len(d.screen.modals) > 0 {
		t.Error("staff may decline")
	}
}

// TestErasureModalsGolden compares what people read, in both languages.
func TestErasureModalsGolden(t *testing.T) {
	for _, who := range []roster.PersonID{deputy, english} {
		for name, open := range map[string]func(*desk){
			"erase": func(d *desk) {
				c := d.carried(t, stages()["closed"]...)
				d.pressDirect(t, who, &c, workflow.ActionErase)
			},
			"erase-asked": func(d *desk) {
				c := d.carried(t, stages()["closed"]...)
				d.pressDirect(t, who, &c, workflow.ActionErase)
				d.screen.modals = append(d.screen.modals, updated(t, d.submit(t, who, d.screen.lastModal(t), map[string]string{"reason": why})))
			},
			"erase-confirm": func(d *desk) {
				c := d.carried(t, erasureRequest()...)
				d.pressDirect(t, who, &c, workflow.ActionEraseConfirm)
			},
			"erase-done": func(d *desk) {
				c := d.carried(t, erasureRequest()...)
				d.pressDirect(t, who, &c, workflow.ActionEraseConfirm)
				d.screen.modals = append(d.screen.modals, updated(t, d.submit(t, who, d.screen.lastModal(t), map[string]string{hsubject.AgreeID: hsubject.AgreeID})))
			},
			"erase-decline": func(d *desk) {
				c := d.carried(t, erasureRequest()...)
				d.pressDirect(t, who, &c, workflow.ActionEraseDecline)
			},
			"erase-take-back": func(d *desk) {
				c := d.carried(t, append(stages()["closed"], moment{who, 5 * time.Hour, workflow.RequestErasure{Reason: why}})...)
				d.pressDirect(t, who, &c, workflow.ActionEraseDecline)
			},
		} {
			d := newDesk(t)
			open(d)
			view := d.screen.lastModal(t)
			if m := kit.MetadataOf(view.PrivateMetadata); m.Case != "" {
				view.PrivateMetadata = strings.ReplaceAll(view.PrivateMetadata, string(m.Case), "case")
			}
			golden(t, name+"."+people()[who].Language, view)
			checkFits(t, view)
		}
	}
}

// TestErasureMessagesGolden compares the messages; none tells the reason or
// anything else that is confidential.
func TestErasureMessagesGolden(t *testing.T) {
	for _, lang := range workflow.Languages() {
		o := newOffice(t, noRegister{}).at(23, 14)
		o.Language = lang
		c := life(t, o.Policy, erasureRequest()...)
		one := *o.Policy
		one.Roster.Officers = []roster.PersonID{officer}
		small := life(t, &one, append(stages()["closed"][:4], moment{officer, 4 * time.Hour, stages()["closed"][4].action}, erasureRequest()[5])...)
		performed := func(by roster.PersonID, name workflow.ActionName) workflow.Performed {
			return workflow.Performed{Action: name, By: by, At: monday.Add(6 * time.Hour)}
		}
		for name, scene := range map[string]struct {
			d         outbox.Delivery
			performed workflow.Performed
			policy    *workflow.Policy
			c         workflow.Complaint
		}{
			"erase-ask":          {d: outbox.Delivery{Payload: outbox.Reminder{To: deputy, Watch: "erasure"}}, c: c},
			"erase-ask-director": {d: outbox.Delivery{Payload: outbox.Reminder{To: director, Watch: "erasure"}}, c: small, policy: &one},
			"erase-declined":     {d: outbox.Delivery{Payload: outbox.ErasureOutcome{To: officer, How: "declined"}}, performed: performed(deputy, workflow.ActionEraseDecline), c: c},
			"erase-lapsed":       {d: outbox.Delivery{Payload: outbox.ErasureOutcome{To: officer, How: "lapsed"}}, performed: performed(roster.Clock, workflow.ActionEraseLapse), c: c},
			"erase-lapsed-since": {d: outbox.Delivery{Payload: outbox.ErasureOutcome{To: officer, How: "lapsed"}}, performed: performed(deputy, workflow.ActionReopen), c: c},
			"erase-line":         {d: outbox.Delivery{Payload: outbox.Line{Action: "erase"}}, performed: performed(officer, workflow.ActionErase), c: c},
		} {
			o := newOffice(t, noRegister{}).at(23, 14)
			o.Language = lang
			if scene.policy != nil {
				o.Policy = scene.policy
			}
			o.from(shelf{complaint: scene.c, performed: scene.performed})
			o.Rounds = &cabinet{}
			m := o.rendered(t, scene.d)
			golden(t, name+"."+lang, m)
			confidential(t, name, m)
			if strings.Contains(jsonOf(t, m), "vergeten") {
				t.Errorf("%s tells the reason", name)
			}
		}
		gone, _, err := o.Render(t.Context(), outbox.Delivery{Payload: outbox.Erased{To: officer, Number: "K-2026-0001"}, Version: 7})
		if err != nil {
			t.Fatal(err)
		}
		golden(t, "erase-gone."+lang, gone)
	}
}

// TestTheAskIsLookedAtAgain when it leaves: not to who asked, and not when the
// erasureRequest is over.
func TestTheAskIsLookedAtAgain(t *testing.T) {
	o := newOffice(t, noRegister{}).at(23, 14)
	o.Rounds = &cabinet{}
	c := life(t, o.Policy, erasureRequest()...)
	over := life(t, o.Policy, append(erasureRequest(), moment{deputy, 6 * time.Hour, workflow.Reopen{Reason: "Nieuw."}})...)
	for name, test := range map[string]struct {
		c  workflow.Complaint
		to roster.PersonID
	}{"who asked": {c, officer}, "a director": {c, director}, "over": {over, deputy}} {
		o.from(shelf{complaint: test.c})
		_, _, err := o.Render(t.Context(), outbox.Delivery{Case: "case", Payload: outbox.Reminder{To: test.to, Watch: "erasure"}})
		if !errors.Is(err, core.ErrMoot) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestAMorningWithADecision: in a digest the line of a request has the button
// that decides on it, a director's too.
func TestAMorningWithADecision(t *testing.T) {
	o := newOffice(t, noRegister{}).at(24, 9)
	o.Policy.Roster.Officers = []roster.PersonID{officer}
	k := &cabinet{cases: map[workflow.CaseID]workflow.Complaint{}}
	o.from(k)
	o.Rounds = k
	asked := append(stages()["closed"][:4], moment{officer, 4 * time.Hour, stages()["closed"][4].action}, erasureRequest()[5])
	k.put(t, o.Policy, []workflow.WatchKind{workflow.WatchErasure}, asked...)
	m, _, err := o.Render(t.Context(), outbox.Delivery{Payload: outbox.Digest{To: director}})
	if err != nil || !strings.Contains(jsonOf(t, m), `"erase_confirm"`) {
		t.Errorf("%s, %v", jsonOf(t, m), err)
	}
}
