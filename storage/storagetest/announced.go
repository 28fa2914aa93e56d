package storagetest

import (
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/workflow"
)

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
		last, ok := reg.Core().Policy.RetainUntil(&c)
		if !ok {
			continue
		}
		reg.announced(&c, workflow.Announcement{On: reg.Core().Policy.Calendar.Today(c.ClosedAt), Days: -7, Until: last})
	}
}

// announced writes an announcement as a sender does that delivered it.
func (reg *Register) announced(c *workflow.Complaint, a workflow.Announcement) {
	reg.Helper()
	ctx := reg.Context()
	err := reg.Core().Change(ctx, func(tx engine.Tx) error {
		return journal.New(reg.Core()).BindAnew(ctx, tx, c.ID, journal.ActionAnnounced, func() (bool, error) {
			n, err := tx.Exec(ctx, `INSERT INTO announcements (complaint, told_on, days, until, sought) VALUES ($1, $2, $3, $4, 0)
				ON CONFLICT (complaint) DO UPDATE SET told_on = excluded.told_on, days = excluded.days, until = excluded.until`,
				c.ID, a.On, a.Days, a.Until)
			return n > 0, err
		})
	})
	if err != nil {
		reg.Fatal(err)
	}
}
