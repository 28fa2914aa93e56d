package cases

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

const (
	announcementColumns = `coalesce(a.told_on, '') AS told_on, coalesce(a.until, '') AS until, a.days, a.sought`

	forgetAnnouncement = `DELETE FROM announcements WHERE complaint = $1`
	writeAnnouncement  = `INSERT INTO announcements (complaint, told_on, days, until, sought) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (complaint) DO UPDATE SET told_on = excluded.told_on, days = excluded.days,
			until = excluded.until, sought = excluded.sought`

	// announce keeps the earliest announcement of a last day; one that is of
	// another, or of a day that is still to come, gives way.
	announce = `INSERT INTO announcements (complaint, told_on, days, until, sought)
		SELECT id, $2, (SELECT count(*) FROM run_days), $3, 0 FROM complaints WHERE id = $1 AND state = 'closed'
		ON CONFLICT (complaint) DO UPDATE SET told_on = excluded.told_on, days = excluded.days, until = excluded.until, sought = 0
		WHERE announcements.told_on = '' OR announcements.told_on > excluded.told_on OR announcements.until <> excluded.until`

	reach = `UPDATE people SET reached = (SELECT count(*) + 1 FROM run_days WHERE agreed = TRUE) WHERE person = $1`
)

// AnnouncementColumns are those of announcements beside whose they are.
const AnnouncementColumns = `told_on, days, until, sought`

// announced are the values of AnnouncementColumns; nil for what has no row.
func announced(a workflow.Announcement) []any {
	if a == (workflow.Announcement{}) {
		return nil
	}
	return []any{a.On, a.Days, a.Until, a.Sought}
}

// announcementRow is a row of announcements beside its case, or none.
type announcementRow struct {
	ToldOn calendar.Date `db:"told_on"`
	Until  calendar.Date `db:"until"`
	Days   sql.NullInt64 `db:"days"`
	Sought sql.NullInt64 `db:"sought"`
}

func (r *announcementRow) announcement() workflow.Announcement {
	return workflow.Announcement{On: r.ToldOn, Until: r.Until, Days: int(r.Days.Int64), Sought: int(r.Sought.Int64)}
}

// StoreAnnouncement writes what a step made of a case's announcement.
func StoreAnnouncement(ctx context.Context, tx engine.Tx, was, is *workflow.Complaint) error {
	a := is.Announcement
	if a == was.Announcement {
		return nil
	}
	statement, args := writeAnnouncement, []any{is.ID, a.On, a.Days, a.Until, a.Sought}
	if a == (workflow.Announcement{}) {
		statement, args = forgetAnnouncement, args[:1]
	}
	if _, err := tx.Exec(ctx, statement, args...); err != nil {
		return fmt.Errorf("announcement: %w", err)
	}
	return nil
}

// Announce notes that the end of a case, after the day until, was announced. It reports
// whether that is news.
func Announce(ctx context.Context, tx engine.Tx, id workflow.CaseID, today, until calendar.Date) (bool, error) {
	n, err := tx.Exec(ctx, announce, string(id), today, until)
	if err != nil {
		return false, fmt.Errorf("announcement: %w", err)
	}
	return n > 0, nil
}

// Reach notes that somebody was told of the end of a case.
func Reach(ctx context.Context, tx engine.Tx, who string) error {
	if _, err := tx.Exec(ctx, reach, who); err != nil {
		return fmt.Errorf("announcement: %w", err)
	}
	return nil
}
