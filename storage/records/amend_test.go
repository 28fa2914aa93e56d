package records_test

import (
	"errors"
	"testing"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

func march(day int) calendar.Date { return calendar.NewDate(2026, 3, day) }

// TestAmend_isKept: what a replay makes of a case stands in the register, with
// promises that are no more, both versions in the dossier, a line of its own in
// the journal, and a register that is whole.
func TestAmend_isKept(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c := reg.File("view:1")
		reg.Do(c.ID, storagetest.Officer, "g2", workflow.Acknowledge{Sent: storagetest.Sent(2, "Ontvangen")})
		notice := workflow.Progress{Sent: storagetest.Sent(2, "Later"), Reason: "Ziek.", Expected: march(2).AddMonths(2)}
		c = reg.Do(c.ID, storagetest.Officer, "g3", notice)
		if len(c.Promises) != 3 {
			t.Fatalf("%d promises", len(c.Promises))
		}
		taken := reg.Do(c.ID, storagetest.Deputy, "g4", workflow.Amend{Entry: "3.0", Retract: true, Reason: "Niet verstuurd, zei Vandersteen."})
		reg.MustHold(taken)
		if len(taken.Promises) != 2 || taken.Version != c.Version+1 {
			t.Errorf("%d promises, version %d", len(taken.Promises), taken.Version)
		}
		reg.Do(c.ID, storagetest.Officer, "g4", workflow.Amend{Entry: "2.0", Way: workflow.WayPhone, Reason: "x"}) // the same gesture
		amended := reg.Do(c.ID, storagetest.Officer, "g5", workflow.Amend{Entry: "2.0", Way: workflow.WayPhone, Reason: "Gebeld."})
		reg.MustHold(amended)
		entries := reg.Dossier(c.ID)
		last := entries[len(entries)-1]
		if len(entries) != 4 || last.Kind != workflow.RecordAmendment || last.Texts["was_way"] != "email" || last.Texts["is_way"] != "phone" || entries[0].Way != workflow.WayEmail {
			t.Errorf("the dossier has %d entries, the last %+v", len(entries), last)
		}
		for _, action := range []workflow.ActionName{workflow.ActionRetract, workflow.ActionAmend} {
			if n := reg.Count(`SELECT count(*) FROM journal WHERE action = $1`, action); n != 1 {
				t.Errorf("%d lines of %s", n, action)
			}
		}
		reg.MustVerify()
		reg.Reopen(nil)
		reg.MustHold(amended)
	})
}

// TestAmend_countsInTheFigures: the quarter of receipt tells how many terms were put
// right, also when the case is long erased.
func TestAmend_countsInTheFigures(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		late := storagetest.SampleOn(march(2).AddDays(-10))
		c := reg.Do("", storagetest.Staff, "view:1", late)
		reg.Do(c.ID, storagetest.Officer, "g2", workflow.Acknowledge{Sent: storagetest.Sent(2, "Ontvangen")})
		reg.Do(c.ID, storagetest.Officer, "g3", workflow.Amend{Entry: "2.0", Date: march(2).AddDays(-8), Reason: "Eerder verstuurd."})
		n := 0
		quarter := calendar.QuarterOf(march(2))
		err := reg.Reviews().Quarterly(t.Context(), quarter, quarter, nil, func(c workflow.Complaint) error {
			n += c.AmendedInTime
			return nil
		})
		if err != nil || n != 1 {
			t.Errorf("%d put right, %v", n, err)
		}
	})
}

// TestAmend_endsALetterThatWaits: of a step that is taken back the letter does not
// leave any more; one that left stays in the dossier.
func TestAmend_endsALetterThatWaits(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		letter := storagetest.Sent(2, "Ontvangen")
		letter.Mail = true
		c := reg.File("view:1")
		reg.Do(c.ID, storagetest.Officer, "g2", workflow.Acknowledge{Sent: letter})
		const waits = `SELECT count(*) FROM outbox WHERE surface = 'mail'`
		if reg.Count(waits) != 1 {
			t.Fatal("no letter waits")
		}
		reg.Exec(`UPDATE outbox SET fault = $1 WHERE surface = 'mail'`, outbox.FaultSending)
		_, err := reg.Apply(t.Context(), workflow.Command{
			Case: c.ID, By: storagetest.Officer, Gesture: "g3", Action: workflow.Amend{Entry: "2.0", Retract: true, Reason: "Vergissing."},
		})
		if !workflow.Refused(err).Has(workflow.CodeMailLeaving) {
			t.Errorf("while it is leaving: %v", err)
		}
		reg.Exec(`UPDATE outbox SET fault = '' WHERE surface = 'mail'`)
		reg.Do(c.ID, storagetest.Officer, "g4", workflow.Amend{Entry: "2.0", Retract: true, Reason: "Vergissing."})
		if n := reg.Count(waits); n != 0 {
			t.Errorf("%d letters wait", n)
		}
		if kept := reg.Dossier(c.ID)[0].Texts["letter"]; kept == "" {
			t.Error("the letter is not in the dossier any more")
		}
	})
}

// TestAmend_byWhomItConcerns: a forged form changes nothing, and tells nothing.
func TestAmend_byWhomItConcerns(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c := reg.FileAbout("view:1", storagetest.Staff, storagetest.Deputy)
		reg.Do(c.ID, storagetest.Officer, "g2", workflow.Acknowledge{Sent: storagetest.Sent(2, "Ontvangen")})
		_, err := reg.Apply(t.Context(), workflow.Command{
			Case: c.ID, By: storagetest.Deputy, Gesture: "g3", Action: workflow.Amend{Entry: "2.0", Retract: true, Reason: "x"},
		})
		var refused workflow.Refusals
		if !errors.As(err, &refused) || !refused.Has(workflow.CodeNoSuchCase) {
			t.Errorf("the person concerned reads %v", err)
		}
	})
}
