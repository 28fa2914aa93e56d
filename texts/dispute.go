package texts

import (
	"strings"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// Dispute says in one line where the last dispute of a case stands, also after its
// end; "" when there never was one. It tells nothing that only the dossier may.
func (s Speaker) Dispute(c *workflow.Complaint) string {
	d, stage := c.Dispute, c.DisputeStage()
	args := Args{"Date": s.Date(d.On), "Over": s.Date(d.EndedOn)}
	switch stage {
	case workflow.DisputeNone:
		return ""
	case workflow.DisputeOpen:
		return strings.Join(append([]string{s.Say("dispute.open", args)}, s.disputeOpen(c)...), ", ")
	case workflow.DisputeRuled:
		args["How"] = s.Say("choice.ruling_verdict." + string(d.Ruling))
	case workflow.DisputeOver:
		args["How"] = s.Say("choice.dispute_end." + string(d.Ended))
	case workflow.DisputeReopened, workflow.DisputeUnknown:
	}
	return s.Say("dispute."+string(stage), args)
}

// disputeOpen is what is known of a dispute that goes on.
func (s Speaker) disputeOpen(c *workflow.Complaint) []string {
	var all []string
	dates := c.DisputeDates()
	switch {
	case !dates.Sent.IsZero():
		sent := "dispute.open.sent"
		if dates.Sent.After(dates.Defence) {
			sent = "dispute.open.sent_late"
		}
		all = append(all, s.Say(sent, Args{"Date": s.Date(dates.Sent)}))
	case !dates.Defence.IsZero():
		all = append(all, s.Say("dispute.open.defence", Args{"Date": s.Date(dates.Defence)}))
	default:
		all = append(all, s.Say("dispute.open.undated"))
	}
	if !dates.Hearing.IsZero() {
		all = append(all, s.Say("dispute.open.hearing", Args{"Date": s.Date(dates.Hearing)}))
	}
	return all
}

// DisputeText words what an entry of the dossier holds about a dispute; ok is
// false for every other text. A date that was taken away says so.
func (s Speaker) DisputeText(name, value string) (words string, ok bool) {
	switch name {
	case "ruling_verdict":
		return s.Say("choice.ruling_verdict." + value), true
	case "ended":
		return s.Say("choice.dispute_end." + value), true
	case "defence_date", "defence_sent", "hearing_date", "ruling_due",
		"old_defence_date", "old_defence_sent", "old_hearing_date":
		if d, err := calendar.ParseDate(value); err == nil && !d.IsZero() {
			return s.Date(d), true
		}
		return s.Say("dossier.text.date_gone"), true
	}
	return "", false
}
