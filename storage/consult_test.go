package storage_test

import (
	"testing"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/roster"
)

// asking asks somebody for advice, by Friday 20 March.
func asking(who roster.PersonID) workflow.Consult {
	return workflow.Consult{
		Purpose: workflow.PurposeAdvice, Person: who, Question: "Was de zaal dubbel geboekt?",
		AnswerBy: calendar.NewDate(2026, time.March, 20),
	}
}

// TestConsult_isKept: what the rules make of a question is read back as it was, on both
// engines, and the journal binds it at every step; nothing of it stands in the clear.
func TestConsult_isKept(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c := reg.File("view:1")
		due := reg.Count(`SELECT count(*) FROM complaints WHERE due <> ''`)
		for gesture, step := range map[string]struct {
			by roster.PersonID
			a  workflow.Action
		}{
			"a": {storagetest.Officer, asking(storagetest.Staff)},
			"b": {storagetest.Officer, asking("U0OTHER")},
		} {
			c = reg.Do(c.ID, step.by, "click:"+gesture, step.a)
			reg.MustHold(c)
			reg.MustVerify()
		}
		number := 1
		if first, _ := c.Consultation(1); first.Handler != storagetest.Staff {
			number = 2
		}
		c = reg.Do(c.ID, storagetest.Staff, "click:c", workflow.AnswerConsult{Entry: number, Answer: "Ja, door de locatie."})
		reg.MustHold(c)
		reg.MustVerify()
		if n := reg.Count(`SELECT count(*) FROM complaints WHERE due <> ''`); n != due {
			t.Error("a question is listed as owed to the complainant")
		}
		for _, secret := range []string{"dubbel geboekt", "door de locatie", "advice"} {
			n := reg.Count(`SELECT count(*) FROM complaints WHERE promised LIKE $1`, "%"+secret+"%") +
				reg.Count(`SELECT count(*) FROM promises WHERE subject LIKE $1 OR ended LIKE $1`, "%"+secret+"%") +
				reg.Count(`SELECT count(*) FROM outbox WHERE payload LIKE $1`, "%"+secret+"%")
			if n > 0 {
				t.Errorf("%q stands in the clear", secret)
			}
		}
		reg.Exec(`UPDATE promises SET handler = 'U0EVIL' WHERE kind = 'consultation' AND kept_at IS NULL`)
		if len(reg.Findings()) == 0 {
			t.Error("verify does not see that somebody else is asked")
		}
	})
}

// TestConsult_isReadByWhoWasAsked, until it is answered, and by nobody else; being asked
// opens no case, list or search.
func TestConsult_isReadByWhoWasAsked(t *testing.T) {
	const other roster.PersonID = "U0OTHER"
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		c := reg.File("view:1")
		reg.Do(c.ID, storagetest.Officer, "click:1", asking(other))
		got, err := reg.Records().Consultation(t.Context(), c.ID, 1, other)
		if err != nil || got.Case != c.Number || got.Question != asking(other).Question || got.Purpose != workflow.PurposeAdvice || got.By != storagetest.Officer {
			t.Errorf("%s %s, %v", got.Case, got.Purpose, err)
		}
		for _, who := range []roster.PersonID{storagetest.Officer, storagetest.Director, storagetest.Staff, ""} {
			_, err := reg.Records().Consultation(t.Context(), c.ID, 1, who)
			storagetest.MustRefuse(t, err, workflow.CodeNoSuchCase)
		}
		_, err = reg.Records().Consultation(t.Context(), c.ID, 2, other)
		storagetest.MustRefuse(t, err, workflow.CodeNoSuchCase)
		_, _, err = reg.FindNumber(c.Number, other)
		storagetest.MustRefuse(t, err, workflow.CodeNoSuchCase)
		_, err = reg.Search().List(t.Context(), lists.Query{Viewer: other, Filter: lists.FilterOpen})
		storagetest.MustRefuse(t, err, workflow.CodeForbidden)
		asked, err := reg.Records().Asked(t.Context(), other)
		if err != nil || len(asked) != 1 || asked[0].ID != c.ID || asked[0].Case != c.Number || asked[0].Question != "" {
			t.Errorf("on Home: %d, %v", len(asked), err)
		}
		owners, err := reg.Reviews().Owners(t.Context())
		storagetest.MustBe(t, err, nil)
		storagetest.Equal(t, "who must be there", owners, []roster.PersonID{other})
		reg.Do(c.ID, other, "click:2", workflow.AnswerConsult{Entry: 1, Answer: "Ja."})
		_, err = reg.Records().Consultation(t.Context(), c.ID, 1, other)
		storagetest.MustRefuse(t, err, workflow.CodeConsultOver)
		asked, err = reg.Records().Asked(t.Context(), other)
		storagetest.MustBe(t, err, nil)
		storagetest.Equal(t, "on Home once it is answered", len(asked), 0)
	})
}

// TestConsult_guardTakesItAway: what was posted to whom the case turns out to concern is
// to be deleted, and they read nothing of it any more.
func TestConsult_guardTakesItAway(t *testing.T) {
	for _, engine := range storagetest.Engines() {
		t.Run(engine, func(t *testing.T) {
			box := storagetest.NewOutbox(t, storagetest.Address(t, engine))
			box.WithoutPace()
			c := box.FilePosted("view:1")
			c = box.Do(c.ID, storagetest.Officer, "click:1", asking(storagetest.Director))
			l := box.LeaseOf(outbox.DirectLane(storagetest.Director))
			d := box.Next(l)
			p := box.Posted(d)
			p.Posted.Channel, p.Posted.TS = "D0DIRECTOR", "1.001"
			box.Settle(l, d, p)
			box.Release(l)
			moved := box.Do(c.ID, storagetest.Officer, "click:2", storagetest.CorrectConcerning(storagetest.Director))
			found := false
			for _, one := range box.PendingDeletions(&moved) {
				found = found || one.Channel == "D0DIRECTOR" && one.TS == "1.001"
			}
			if !found {
				t.Error("the question stays with whom the case concerns")
			}
			_, err := box.Records().Consultation(t.Context(), c.ID, 1, storagetest.Director)
			storagetest.MustRefuse(t, err, workflow.CodeNoSuchCase)
			box.MustVerify()
		})
	}
}
