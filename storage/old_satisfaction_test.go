package storage_test

import (
	"testing"

	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// TestOldRegister_satisfaction: in a register from before, how complainants found the
// handling can be recorded in whatever was decided, and again; the later answer counts in
// the figures, the dossier keeps both, and the journal binds it.
func TestOldRegister_satisfaction(t *testing.T) {
	for _, engine := range storagetest.Engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			r := openBefore(t, engine)
			r.whole()
			var ids []workflow.CaseID
			storagetest.MustBe(t, r.Core().Read.All(t.Context(), &ids, `SELECT id FROM complaints WHERE state IN ('decided', 'closed') ORDER BY id`), nil)
			if len(ids) < 3 {
				t.Fatalf("%d cases", len(ids))
			}
			for _, id := range ids {
				r.satisfied(id, workflow.SatisfactionAgree, 1)
				r.satisfied(id, workflow.SatisfactionDisagree, 2)
			}
			r.whole()
			counted := map[workflow.Satisfaction]int{}
			spring := calendar.Quarter{Year: 2026, Number: 2}
			err := r.Reviews().Quarterly(t.Context(), spring, spring, nil, func(c workflow.Complaint) error {
				counted[c.Satisfaction]++
				return nil
			})
			storagetest.MustBe(t, err, nil)
			if counted[workflow.SatisfactionDisagree] != len(ids) || counted[workflow.SatisfactionAgree] != 0 {
				t.Errorf("figures count %v of %d", counted, len(ids))
			}
			if _, err := r.Core().Write.Exec(t.Context(), `UPDATE complaints SET satisfaction = 'agree' WHERE id = $1`, ids[0]); err != nil {
				t.Fatal(err)
			}
			found := 0
			storagetest.MustBe(t, r.Verify(t.Context(), func(journal.Finding) { found++ }), nil)
			if found == 0 {
				t.Error("verify takes an answer that nobody recorded")
			}
		})
	}
}

// satisfied records an answer, after which a case has so many.
func (r registerBefore) satisfied(id workflow.CaseID, answer workflow.Satisfaction, entries int) {
	r.Helper()
	c, err := r.Case(r.Context(), id)
	storagetest.MustBe(r, err, nil)
	by := c.Owner
	if by == "" {
		by = oldPolicy(r.T).Roster.Officers[0]
	}
	_, err = r.Apply(r.Context(), workflow.Command{
		Case: id, By: by, Gesture: string(answer) + string(id), Action: workflow.RecordHandling{Answer: answer, Note: "Netjes."},
	})
	storagetest.MustBe(r, err, nil)
	c, err = r.Case(r.Context(), id)
	storagetest.MustBe(r, err, nil)
	records, err := r.Records().Dossier(r.Context(), id)
	storagetest.MustBe(r, err, nil)
	n := 0
	for _, one := range records {
		if one.Kind == workflow.RecordSatisfaction && one.Texts["note"] == "Netjes." {
			n++
		}
	}
	if c.Satisfaction != answer || n != entries {
		r.Errorf("%s: %q, in %d entries", c.Number, c.Satisfaction, n)
	}
}
