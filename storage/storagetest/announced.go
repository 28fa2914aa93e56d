package storagetest

import "github.com/artra/klachtbot/workflow"

// Announced has somebody told of the end of every case that is closed now, long
// enough ago that each is purged once its time is over.
func (reg *Register) Announced() {
	reg.Helper()
	var ids []workflow.CaseID
	if err := reg.Core().Read.All(reg.Context(), &ids, `SELECT id FROM complaints WHERE state = 'closed'`); err != nil {
		reg.Fatal(err)
	}
	for _, id := range ids {
		c, err := reg.Case(reg.Context(), id)
		if err != nil {
			reg.Fatal(err)
		}
		policy := reg.Core().Policy
		last, ok := policy.RetainUntil(&c)
		if !ok {
			continue
		}
		reg.Exec(`INSERT INTO announcements (complaint, told_on, days, until, sought) VALUES ($1, $2, -7, $3, 0)
			ON CONFLICT (complaint) DO UPDATE SET told_on = excluded.told_on, days = excluded.days, until = excluded.until`,
			id, policy.Calendar.Today(c.ClosedAt), last)
	}
}
