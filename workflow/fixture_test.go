package workflow

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// alone is somebody who is officer and director at once.
const alone roster.PersonID = "UALONE"

func weekdays(days ...time.Weekday) []time.Weekday { return days }

func away(from, until string) []roster.Period {
	return []roster.Period{{From: day(from), Until: day(until)}}
}

const (
	officer  roster.PersonID = "UOFFICER"
	deputy   roster.PersonID = "UDEPUTY"
	director roster.PersonID = "UDIRECTOR"
	second   roster.PersonID = "UDIRECTOR2"
	staff    roster.PersonID = "USTAFF"
)

func policy(t testing.TB) *Policy {
	return &Policy{
		Terms: DefaultTerms(), Calendar: amsterdam(t),
		Roster: roster.Roster{Officers: []roster.PersonID{officer, deputy}, Directors: []roster.PersonID{director, second}},
	}
}

// told is a closed case whose end was announced, by the time at which p's bot was
// at work for long enough after it.
func told(p *Policy, c Complaint) (*Policy, Complaint) {
	last, _ := p.RetainUntil(&c)
	c.Announcement = Announcement{On: last.AddDays(-7), Days: 10, Until: last}
	return p.Since(Uptime{Days: 10 + announcedDays}), c
}

// noon is noon in Amsterdam, winter time.
func noon(d calendar.Date) time.Time { return d.Midnight().Add(11 * time.Hour) }

// start is a Monday.
var start = calendar.NewDate(2026, time.November, 2)

func complaint(edits ...func(*File)) File {
	l := File{
		Facts: Facts{
			Received: start, ReceivedVia: WayPhone, ComplainantKind: "participant", OfferingKind: "training",
			OfferingName: "Gesprekstechniek", Category: "trainer", Preferred: ContactEmail, Language: "nl",
		},
		Particulars: Particulars{Name: "Noor Voorbeeld", Email: "noor@example.org", Story: "De zaal was koud.", Wish: "Excuses."},
	}
	for _, edit := range edits {
		edit(&l)
	}
	return l
}

func concerning(who roster.PersonID) func(*File) {
	return func(l *File) { l.Particulars.Concerns = who }
}

func logged(t testing.TB, p *Policy, edit func(*File), at time.Time) Complaint {
	t.Helper()
	return do(t, p, Complaint{}, complaint(edit), staff, at).Complaint
}

func do(t testing.TB, p *Policy, c Complaint, a Action, by roster.PersonID, at time.Time) Change {
	t.Helper()
	change, err := p.Step(c, a, by, at)
	if err != nil {
		t.Fatalf("%s by %s: %v", a.Name(), by, err)
	}
	return change
}

func letter(on calendar.Date) Sent {
	return Sent{Date: on, Way: WayEmail, Body: "Beste Noor, …", Letter: "Geheel."}
}

func decision(on calendar.Date) Resolve {
	return Resolve{
		Verdict: VerdictUpheld, Outcome: "Gelijk.", Remedy: "Nieuwe zaal.", Cause: "facilities",
		Lesson: "Zaal vooraf warm stoken.", Contact: on, Way: WayPhone, Reaction: "Tevreden.",
	}
}

// refund is a decision that promises money, which somebody else pays.
func refund(on calendar.Date, to roster.PersonID) Resolve {
	d := decision(on)
	d.Remedy, d.Promised = "Je krijgt je geld terug.", RemedyTerms{Kind: RemedyRefund, Due: on.AddDays(30), Handler: to, Amount: "450,00"}
	return d
}

// examples holds one valid example of every action, dated on that day.
func examples(on calendar.Date) map[ActionName]Action {
	return map[ActionName]Action{
		ActionFile:        complaint(),
		ActionAcknowledge: Acknowledge{letter(on)},
		ActionQuestion:    Question{letter(on)},
		ActionAnswer:      Answer{Date: on, Way: WayPhone, Text: "Dinsdag."},
		ActionResolve:     decision(on),
		ActionConfirm:     Confirm{letter(on)},
		ActionProgress:    Progress{Sent: letter(on), Reason: "We wachten op de trainer.", Expected: calendar.Latest(on.AddDays(1), start.AddMonths(1).AddDays(7))},
		ActionWithdraw:    Withdraw{Reason: "Laat maar."},
		ActionReopen:      Reopen{Reason: "Er is nieuw bewijs."},
		ActionAssign:      Assign{Owner: deputy},
		ActionCorrect:     Correct{File: complaint(), Reason: "Verkeerd verstaan."},
		ActionHold:        Hold{Reason: "Er loopt een zaak.", Review: on.AddMonths(3)},
		ActionDispute:     Dispute{Date: on, Reference: "GC 12"},
		ActionAmend: Amend{Entry: "1.0", Way: WayPhone, Reason: "Verkeerd gedrukt.", Records: []Record{{
			Line: 1, Kind: RecordAcknowledgement, At: noon(on), By: officer, Date: on, Way: WayEmail, Texts: texts{"body": "Beste Noor, …"},
		}}},
		ActionSnooze:       Snooze{What: WatchKind(PromiseOutcome), Reason: "Vakantie.", Until: on.AddDays(7)},
		ActionLink:         Link{Other: "other"},
		ActionMailFailed:   MailFailed{Kind: RecordAcknowledgement, At: noon(on), Fault: "smtp_refused_550"},
		ActionMailDoubt:    MailDoubt{Version: 1, Fault: "smtp_in_doubt"},
		ActionMailWaits:    MailWaits{Version: 1, Fault: "smtp_connect"},
		ActionMailLeft:     MailLeft{},
		ActionMailSelf:     MailSelf{Version: 1},
		ActionMailAgain:    MailAgain{Version: 1},
		ActionExport:       Export{},
		ActionDisclose:     Disclose{Reason: "Brief van 3 maart."},
		ActionNote:         Note{Text: "Gebeld."},
		ActionIdentity:     LookIdentity{},
		ActionDossier:      LookDossier{},
		ActionRemedy:       SettleRemedy{Result: RemedyDone, Date: on},
		ActionRemedyDone:   ReportRemedy{Entry: 1, Date: on},
		ActionRemedyLetter: RemedyLetter{letter(on)},

		ActionTick:  Tick{},
		ActionPurge: Purge{},

		ActionUrgentSeen: SeeUrgent{},

		ActionErase:        RequestErasure{Reason: "De klager vraagt erom."},
		ActionEraseLook:    LookErasure{},
		ActionEraseConfirm: ConfirmErasure{},
		ActionEraseDecline: DeclineErasure{Reason: "Er loopt nog iets."},
		ActionEraseLapse:   LapseErasure{},
		ActionEraseReplay:  ReplayErasure{On: on},
	}
}

// shown is an effect in words: what shows, to whom, and what of.
type shown struct {
	kind string
	to   roster.PersonID
	what string
}

func shownBy(e Effect) shown {
	switch e := e.(type) {
	case CaseChanged:
		return shown{kind: "case"}
	case StoryTold:
		return shown{kind: "story"}
	case ActionTaken:
		return shown{kind: "line", what: string(e.Action)}
	case LetterFailed:
		return shown{kind: "line", what: "mail_failed " + string(e.Letter)}
	case LetterExpired:
		return shown{kind: "line", what: "mail_expired " + string(e.Letter)}
	case LetterWaits:
		return shown{kind: "line", what: fmt.Sprint("mail_waits ", e.Version)}
	case LetterInDoubt:
		return shown{kind: "line", what: fmt.Sprint("mail_doubt ", e.Version)}
	case LetterWritten:
		return shown{kind: "mail", what: string(e.Letter)}
	case LetterRepeated:
		return shown{kind: "mail", what: strconv.Itoa(e.Version)}
	case ReminderDue:
		return shown{"reminder", e.To, string(e.Watch)}
	case RemedyChanged:
		return shown{"remedy", e.To, strconv.Itoa(e.Remedy)}
	case RemedyReported:
		return shown{"reported", e.To, strconv.Itoa(e.Remedy)}
	case RemedyNotKept:
		return shown{"not kept", e.To, strconv.Itoa(e.Remedy)}
	case UrgentCalled:
		return shown{"urgent", e.To, strconv.Itoa(e.Call)}
	case HandedOver:
		return shown{kind: "handover", to: e.To}
	case MovedAway:
		return shown{kind: "clear"}
	case Purged:
		return shown{kind: "clear", what: "purge"}
	case ErasureEnded:
		return shown{"erasure", e.To, e.How}
	case Erased:
		return shown{"erased", e.To, e.Number}
	case SourceStands:
		return shown{"source", e.To, e.Source.Channel + " " + e.Source.TS}
	}
	return shown{}
}

func day(s string) calendar.Date {
	d, err := calendar.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func amsterdam(t testing.TB) calendar.Calendar {
	t.Helper()
	loc, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	return calendar.Calendar{Location: loc, Opens: 9 * 60, Closes: 17 * 60}
}

// play does one thing after the other, each on its day.
func play(t *testing.T, p *Policy, c Complaint, steps ...played) Complaint {
	t.Helper()
	for _, s := range steps {
		c = do(t, p, c, s.a, officer, noon(s.on)).Complaint
	}
	return c
}

type played struct {
	on calendar.Date
	a  Action
}

func notice(on, expected calendar.Date) Progress {
	return Progress{Sent: letter(on), Reason: "De trainer is ziek.", Expected: expected}
}

// fromElsewhere lists the actions that no case message offers.
func fromElsewhere() []ActionName {
	return append([]ActionName{
		ActionTick, ActionPurge, ActionSnooze, ActionLink, ActionExport, ActionDisclose, ActionMailWaits, ActionMailFailed, ActionMailDoubt, ActionMailAgain,
		ActionMailLeft, ActionMailSelf, ActionRemedyDone, ActionRemedyLetter, ActionUrgentSeen,
	}, erasureActions()...)
}

// erasureActions lists the actions of an erasure before the term.
func erasureActions() []ActionName {
	return []ActionName{
		ActionErase, ActionEraseLook, ActionEraseConfirm, ActionEraseDecline, ActionEraseLapse, ActionEraseReplay,
	}
}
