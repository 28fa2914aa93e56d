package handlerstest

import (
	"time"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
	"github.com/artra/klachtbot/workflow/urgency"
)

// FullLife is everything that can happen to a case but a link, in the order
// in which it happened.
func FullLife() []Step {
	const day = 24 * time.Hour
	logged := Filing()
	logged.Particulars.Story, logged.Attachments = "De zaal was koud.", nil
	corrected := logged
	corrected.Facts.ComplainantKind, corrected.Facts.Category, corrected.Facts.Language = "customer", "trainer", "en"
	corrected.Facts.Preferred, corrected.Facts.Incident, corrected.Facts.ReceivedVia = workflow.ContactPhone, calendar.NewDate(2026, 11, 3), workflow.WayEmail
	corrected.Facts.Urgent, corrected.Particulars.OnBehalfOf = urgency.NewSet("conduct", "running_course"), "Kees van den Berg"
	corrected.Particulars.Address, corrected.Particulars.Concerns = "", Staff
	again := corrected
	again.Facts.Urgent, again.Particulars.OnBehalfOf = "conduct", ""
	again.Particulars.Concerns, again.Particulars.Address = "", "Dorpsstraat 2\n1234 AB Dorp"
	on := func(month, d int) calendar.Date { return calendar.NewDate(2026, time.Month(month), d) }
	notice := SentOn(on(11, 27), workflow.WayEmail)
	notice.Mail = true
	resolve := Decision()
	resolve.Contact = on(12, 28)
	resolve.Promised = workflow.RemedyTerms{Kind: workflow.RemedyRefund, Due: calendar.NewDate(2027, 1, 15), Handler: Staff, Amount: "€ 1.250,50"}
	return []Step{
		{By: Staff, After: 0, Action: logged},
		{By: Officer, After: time.Hour, Action: workflow.Acknowledge{Sent: SentOn(on(11, 20), workflow.WayLetter)}},
		{By: Officer, After: 2 * time.Hour, Action: workflow.Snooze{What: Outcome, Until: on(12, 10), Reason: "Wacht op de trainer."}},
		{By: Officer, After: 3 * time.Hour, Action: workflow.Correct{File: corrected, Reason: "Verkeerd gehoord."}},
		{By: Officer, After: 4 * time.Hour, Action: workflow.Correct{File: again, Reason: "Toch niet."}},
		{By: Officer, After: 5 * time.Hour, Action: workflow.Assign{Owner: Deputy}},
		{By: Officer, After: 6 * time.Hour, Action: workflow.Hold{Review: on(12, 24), Reason: "Er loopt een zaak."}},
		{By: Officer, After: 7 * time.Hour, Action: workflow.Hold{Reason: "De zaak is voorbij."}},
		{By: Officer, After: day, Action: workflow.Question{Sent: SentOn(on(11, 24), workflow.WayEmail)}},
		{By: roster.Clock, After: day + time.Hour, Action: workflow.MailWaits{Version: 9, Fault: "smtp_refused_451"}},
		{By: roster.Clock, After: day + 2*time.Hour, Action: workflow.MailFailed{Kind: workflow.RecordQuestion, At: Monday.Add(day), Fault: "smtp_refused_550"}},
		{By: Officer, After: 2 * day, Action: workflow.Question{Sent: SentOn(on(11, 25), workflow.WayPhone)}},
		{By: Officer, After: 3 * day, Action: workflow.Answer{Date: on(11, 26), Way: workflow.WayPhone, Text: "Twaalf graden."}},
		{By: Officer, After: 4 * day, Action: workflow.Progress{Sent: notice, Reason: "De trainer is ziek.", Expected: on(12, 31)}},
		{By: roster.Clock, After: 4*day + time.Hour, Action: workflow.MailDoubt{Version: 1, Fault: "smtp_in_doubt"}},
		{By: roster.Clock, After: 4*day + 2*time.Hour, Action: workflow.MailLeft{}},
		{By: Officer, After: 4*day + 3*time.Hour, Action: workflow.MailSelf{Version: 14}},
		{By: Officer, After: 35 * day, Action: resolve},
		{By: Officer, After: 36 * day, Action: workflow.Dispute{
			Date: on(12, 29), Reference: "GC 12", Dates: workflow.DisputeDates{Defence: calendar.NewDate(2027, 1, 20), Hearing: calendar.NewDate(2027, 2, 9)},
		}},
		{By: Officer, After: 37 * day, Action: workflow.Dispute{
			Date: on(12, 30), Ruling: "De klacht is terecht.", Verdict: workflow.RulingUpheld, RulingDue: calendar.NewDate(2027, 1, 15),
			Shown: workflow.DisputeDates{Defence: calendar.NewDate(2027, 1, 20), Hearing: calendar.NewDate(2027, 2, 9)},
			Dates: workflow.DisputeDates{Defence: calendar.NewDate(2027, 1, 20), Sent: on(12, 30)},
		}},
		{By: Officer, After: 37*day + 10*time.Minute, Action: workflow.Dispute{Date: on(12, 30)}},
		{By: Officer, After: 37*day + 20*time.Minute, Action: workflow.Dispute{Date: on(12, 30), Ended: workflow.EndFeeNotPaid}},
		{By: Officer, After: 37*day + time.Hour, Action: workflow.Dispute{Date: on(12, 30)}},
		{By: Officer, After: 37*day + 2*time.Hour, Action: workflow.Reopen{Reason: "De commissie vraagt een nieuwe uitkomst."}},
		{By: Officer, After: 37*day + 3*time.Hour, Action: workflow.Withdraw{Reason: "De klager is tevreden."}},
		{By: Officer, After: 37*day + 4*time.Hour, Action: workflow.Snooze{What: "confirmation", Until: calendar.NewDate(2026, 12, 31), Reason: "Morgen."}},
		{By: Officer, After: 37*day + 5*time.Hour, Action: workflow.Hold{Review: calendar.NewDate(2027, 3, 1), Reason: "Voor de verzekeraar."}},
		{By: Officer, After: 37*day + 6*time.Hour, Action: workflow.Note{Text: "Bel de verzekeraar terug."}},
		{By: Officer, After: 37*day + 7*time.Hour, Action: workflow.Disclose{Reason: "Brief van 27 december."}},
		{By: Staff, After: 37*day + 8*time.Hour, Action: workflow.ReportRemedy{Entry: 1, Date: on(12, 30), Reason: "Overgemaakt."}},
		{By: Officer, After: 37*day + 9*time.Hour, Action: workflow.SettleRemedy{Entry: 1, Result: workflow.RemedyMoved, New: calendar.NewDate(2027, 2, 1), Reason: "Het kwam terug."}},
		{By: Officer, After: 37*day + 10*time.Hour, Action: workflow.RemedyLetter{Sent: SentOn(on(12, 30), workflow.WayPhone)}},
		{By: Officer, After: 37*day + 11*time.Hour, Action: workflow.Amend{Entry: "2.0", Date: on(11, 21), Way: workflow.WayEmail, Reason: "Toch per e-mail."}},
		{By: Officer, After: 37*day + 12*time.Hour, Action: workflow.Amend{Entry: "13.0", Retract: true, Reason: "Dat was een andere klager."}},
	}
}
