package cases

import (
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// overview is what a director may know of a case: what it is about, number,
// state and promises, without who does what and when to look again. Who logged
// it stays: a director may be the one.
func overview(c workflow.Complaint) workflow.Complaint {
	c.Owner, c.Last, c.Calls = "", workflow.Performed{}, ""
	c.WaitingSince, c.WaitingReminders = calendar.Date{}, ""
	c.HoldReview, c.HoldReminders = calendar.Date{}, ""
	c.Promises = unsigned(c.Promises)
	return c
}

// unsigned are promises without who kept them, and who was reminded.
func unsigned(promises []workflow.Promise) []workflow.Promise {
	all := make([]workflow.Promise, len(promises))
	for i, p := range promises {
		p.Kept.By, p.Reminders = "", ""
		all[i] = p
	}
	return all
}

// Limited leaves of a case what the access shows (the table of design section
// 4). An overview is all but the Particulars; who merely logged it keeps
// number, dates, state and promises, without who handled what.
func Limited(c workflow.Complaint, access workflow.Access) workflow.Complaint {
	if access == workflow.AccessFull {
		return c
	}
	c.Particulars = workflow.Particulars{}
	if access == workflow.AccessOverview {
		return overview(c)
	}
	return workflow.Complaint{
		ID: c.ID, Number: c.Number, Series: c.Series, Year: c.Year, Version: c.Version, State: c.State,
		Facts:    workflow.Facts{Received: c.Facts.Received},
		LoggedBy: c.LoggedBy, LoggedAt: c.LoggedAt, ClosedAt: c.ClosedAt,
		Promises: unsigned(c.Promises),
	}
}
