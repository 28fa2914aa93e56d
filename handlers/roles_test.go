package handlers

import (
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

func TestStaleButton(t *testing.T) {
	d := newFixture(t)
	c := d.carried(t, stages()["decided"]...)
	old := c
	old.Version = 1
	for _, name := range []workflow.ActionName{workflow.ActionAcknowledge, workflow.ActionQuestion, workflow.ActionAnswer, workflow.ActionResolve} {
		d.click(t, deputy, &old, name)
		if told := d.told(); !strings.Contains(told, "Omar Khalil") || len(d.screen.modals) > 0 {
			t.Errorf("%s: told %q, %d modals", name, told, len(d.screen.modals))
		}
	}
	d.click(t, deputy, &old, workflow.ActionConfirm) // an old version of what is still allowed
	if view := d.screen.lastModal(t); view.CallbackID != "confirm" || !strings.Contains(jsonOf(t, view), "De zaal was te koud.") {
		t.Error("no confirmation with what was decided")
	}
}

// TestWithoutRole tries every action, its form too, as people who may not.
func TestWithoutRole(t *testing.T) {
	d := newFixture(t)
	c := d.carried(t, stages()["received"]...)
	forms := map[workflow.ActionName]slack.ModalViewRequest{}
	for _, name := range []workflow.ActionName{workflow.ActionAcknowledge, workflow.ActionQuestion, workflow.ActionResolve, workflow.ActionNote} {
		d.click(t, officer, &c, name)
		forms[name] = d.screen.lastModal(t)
	}
	d.screen.modals = nil
	for _, who := range []roster.PersonID{staff, director, guest, gone, stranger, robot, lost} {
		for _, name := range workflow.Actions() {
			d.click(t, who, &c, name)
			if told := d.told(); told == "" || len(d.screen.modals) > 0 {
				t.Errorf("%s, %s: told %q, %d modals", who, name, told, len(d.screen.modals))
			}
		}
		for name, form := range forms {
			typed := decidedValues()
			typed["note"] = "x"
			if errs := fieldErrors(d.submit(t, who, form, typed)); len(errs) == 0 {
				t.Errorf("%s, %s: a forged form was taken", who, name)
			}
		}
	}
	if after := d.current(t, c.ID); after.Version != c.Version {
		t.Error("something was committed")
	}
}

// TestConcernedOfficer: for the officer whom a case concerns it does not
// exist, whatever they send.
func TestConcernedOfficer(t *testing.T) {
	d := newFixture(t)
	log := complaintOf()
	log.Particulars.Concerns = officer
	c := d.logged(t, log)
	missing := c
	missing.ID = "no-such-case"
	for _, name := range workflow.Actions() {
		d.click(t, officer, &c, name)
		concerned := d.told()
		d.click(t, officer, &missing, name)
		if nowhere := d.told(); concerned != nowhere || concerned == "" || len(d.screen.modals) > 0 {
			t.Errorf("%s: %q, and of a case that does not exist %q", name, concerned, nowhere)
		}
	}
	for _, name := range []workflow.ActionName{workflow.ActionIdentity, workflow.ActionDossier} {
		d.click(t, deputy, &c, name)
		if !strings.Contains(jsonOf(t, d.screen.lastModal(t)), people()[officer].Name) {
			t.Errorf("%s does not tell its handler whom it concerns", name)
		}
	}
	d.click(t, deputy, &c, workflow.ActionAcknowledge)
	closes(t, d.submit(t, deputy, d.screen.lastModal(t), nil))
}

// TestForgedCaseInForm sends forms that were opened on one case for another,
// as the officer whom that one concerns: the answer is that of a case that was
// never made, to the letter, and the register remembers the attempt.
func TestForgedCaseInForm(t *testing.T) {
	d := newFixture(t)
	ordinary := d.logged(t, complaintOf())
	log := complaintOf()
	log.Particulars.Concerns = officer
	done, err := d.db.Apply(t.Context(), workflow.Command{Action: log, By: staff, Gesture: "log about the officer"})
	if err != nil {
		t.Fatal(err)
	}
	typed := decidedValues()
	typed["note"] = "x"
	for _, name := range []workflow.ActionName{workflow.ActionAcknowledge, workflow.ActionQuestion, workflow.ActionResolve, workflow.ActionNote} {
		d.click(t, officer, &ordinary, name)
		form := d.screen.lastModal(t)
		answer := func(id workflow.CaseID) string {
			forged := form
			forged.PrivateMetadata = strings.ReplaceAll(form.PrivateMetadata, string(ordinary.ID), string(id))
			return jsonOf(t, fieldErrors(d.submit(t, officer, forged, typed)))
		}
		there, nowhere := answer(done.Complaint.ID), answer("no-such-case")
		if there != nowhere || !strings.Contains(nowhere, "bestaat niet") {
			t.Errorf("%s: %s, and of a case that does not exist %s", name, there, nowhere)
		}
	}
	if after := d.current(t, done.Complaint.ID); after.Version != done.Complaint.Version {
		t.Error("something was committed")
	}
}

func TestDatabaseGone(t *testing.T) {
	d := newFixture(t)
	c := d.logged(t, complaintOf())
	d.click(t, officer, &c, workflow.ActionAcknowledge)
	acknowledge := d.screen.lastModal(t)
	d.click(t, officer, &c, workflow.ActionNote)
	note := d.screen.lastModal(t)
	shownBefore := len(d.screen.modals)
	if err := d.db.Close(); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		view slack.ModalViewRequest
		at   string
	}{{acknowledge, "date"}, {note, "note"}} {
		errs := fieldErrors(d.submit(t, officer, test.view, map[string]string{"note": "Geheim Verhaal"}))
		if !strings.Contains(errs[test.at], "nog een keer") {
			t.Errorf("%s: %v", test.view.CallbackID, errs)
		}
	}
	for _, name := range workflow.Actions() {
		d.click(t, officer, &c, name)
		if told := d.told(); told == "" || len(d.screen.modals) != shownBefore {
			t.Errorf("%s: told %q", name, told)
		}
	}
	if strings.Contains(d.log.String(), "Geheim") || strings.Contains(d.log.String(), "Berg") {
		t.Error("the log tells something confidential")
	}
}

func TestPhoneDefaultsAfterMidnight(t *testing.T) {
	d := newFixture(t)
	c := d.logged(t, complaintOf())
	d.clock = time.Date(2026, 11, 24, 23, 30, 0, 0, time.UTC) // 25 November in Amsterdam
	d.click(t, officer, &c, workflow.ActionAcknowledge)
	closes(t, d.submit(t, officer, d.screen.lastModal(t), nil))
	c = d.current(t, c.ID)
	if p, _ := c.Promise(workflow.PromiseAcknowledgement); p.Kept.Entered != calendar.NewDate(2026, 11, 25) {
		t.Errorf("entered %s", p.Kept.Entered)
	}
}
