package workflow

import (
	"slices"
	"strings"
	"time"

	"github.com/artra/klachtbot/workflow/calendar"
)

// replayed says what a kind of record is in a replay. Without an action it is no
// step: what it did is kept as it is. An action of nil is a step of which nothing
// is left.
type replayed struct {
	action   func(*replay, Record) performer
	dates    []string // those that can be amended: "" is the record's own
	way      bool     // so can its way
	onItsDay bool     // its date is the day on which it was done: nobody enters it
	last     ActionName
}

// The codes of amendments that are refused.
const (
	CodeAmendNothing Code = "amend_nothing" // an amendment that changes nothing
	CodeAmendRests   Code = "amend_rests"   // a later step rests on it; Args: step, date
	CodeAmendClosed  Code = "amend_closed"  // a closed case would be open again
	CodeAmendOld     Code = "amend_old"     // the register does not hold enough of it
	CodeNotOfStep    Code = "not_of_step"   // the recorded step has none of that
)

// performer is an action that can be performed.
type performer interface {
	Action
	perform(*step)
}

// replays has a line for every kind of record.
var replays = map[RecordKind]replayed{
	RecordAcknowledgement: {dates: own, way: true, action: func(_ *replay, r Record) performer { return Acknowledge{r.sent()} }},
	RecordQuestion:        {dates: own, way: true, action: func(_ *replay, r Record) performer { return Question{r.sent()} }},
	RecordAnswer: {dates: own, way: true, action: func(_ *replay, r Record) performer {
		return Answer{Date: r.Date, Way: r.Way, Text: r.Texts["answer"]}
	}},
	RecordProgress: {dates: own, way: true, action: func(_ *replay, r Record) performer {
		return Progress{Sent: r.sent(), Reason: r.Texts["reason"], Expected: r.dateOf("expected_date")}
	}},
	RecordDecision:     {dates: []string{textDecided, ""}, way: true, action: (*replay).resolve},
	RecordConfirmation: {dates: own, way: true, action: func(_ *replay, r Record) performer { return Confirm{r.sent()} }},
	RecordWithdrawal:   {dates: own, onItsDay: true, action: func(_ *replay, r Record) performer { return Withdraw{r.Texts["reason"]} }},
	RecordReopening:    {dates: own, onItsDay: true, action: func(_ *replay, r Record) performer { return Reopen{r.Texts["reason"]} }},
	RecordDispute:      {dates: append(own, disputeDates...), action: (*replay).dispute},
	RecordDisputeDates: {dates: disputeDates, action: (*replay).dispute},
	RecordRuling:       {dates: append(own, textRulingDue), action: (*replay).dispute},
	RecordDisputeEnd:   {dates: own, action: (*replay).dispute},
	RecordRemedy:       {dates: own, action: (*replay).settleRemedy},
	RecordRemedyDone: {dates: own, action: func(_ *replay, r Record) performer {
		return ReportRemedy{Entry: RemedyEntry(r), Date: r.Date, Reason: r.Texts["reason"]}
	}},
	RecordRemedyLetter: {dates: own, way: true, action: func(_ *replay, r Record) performer { return RemedyLetter{r.sent()} }},
	RecordCorrection:   {action: (*replay).correct},
	RecordMailFailed:   {action: (*replay).mailFailed},

	// The owner, a hold, a request to erase and who was reminded stay as they are.
	RecordAssignment: {last: ActionAssign},
	RecordAmendment:  {last: ActionAmend},
	RecordRetraction: {last: ActionRetract},
	RecordNote:       {}, RecordHold: {}, RecordSnooze: {}, RecordLink: {}, RecordDisclosure: {},
	RecordMailWaits: {}, RecordMailDoubt: {}, RecordMailLeft: {}, RecordMailSelf: {},
	RecordErasure: {}, RecordErasureDeclined: {},
}

var own = []string{""}

func (r Record) sent() Sent {
	return Sent{Date: r.Date, Way: r.Way, Body: r.Texts["body"], Letter: r.Texts["letter"]}
}

// replay is a history that runs through the rules again. What they refuse in it is
// left out.
type replay struct {
	policy    *Policy
	complaint Complaint
	refused   map[string]Refusals // by the id of the record
	steps     []Record            // in order
	is        *Complaint          // as it stands, for what records of before don't hold
	forms     []form              // what was filed, and what each correction made of it
}

// replay runs the steps among these records through the rules again. Its complaint
// has no owner, reminders or NextAt that mean anything.
func (p *Policy) replay(is *Complaint, records []Record) *replay {
	h := &replay{policy: p, refused: map[string]Refusals{}, is: is, forms: formsOf(is, records)}
	s := p.replayStep(Complaint{}, Record{At: is.LoggedAt, By: is.LoggedBy}, p.Calendar.Today(is.LoggedAt))
	File{Facts: h.forms[0].Facts, Particulars: h.forms[0].Particulars}.register(s)
	h.complaint = s.Complaint
	h.complaint.State, h.complaint.Last = StateReceived, Performed{Action: ActionFile, By: is.LoggedBy, At: is.LoggedAt}
	for _, r := range records {
		kind := replays[r.Kind]
		if kind.last != "" {
			h.complaint.Last = Performed{Action: kind.last, By: r.By, At: r.At}
		}
		if kind.action != nil {
			h.run(r, kind)
		}
	}
	return h
}

// run performs one step. A date that was amended may lie after the day on which
// the step was recorded.
func (h *replay) run(r Record, kind replayed) {
	p := h.policy
	today := calendar.Latest(p.Calendar.Today(r.At), r.lastDay(kind))
	if kind.onItsDay {
		today = r.Date
	}
	a := kind.action(h, r)
	if a == nil {
		return // nothing is left of it
	}
	rule := rules[a.Name()]
	h.steps = append(h.steps, r)
	if !rule.allows(p, &h.complaint, today) {
		h.refused[r.ID()] = Refusals{{Field: "date", Code: CodeNotNow}}
		return
	}
	s := p.replayStep(h.complaint, r, today)
	if a.perform(s); len(s.refusals) == 0 && becomesOther(s.Records, r) {
		s.refuse("", CodeNotNow)
	}
	if len(s.refusals) > 0 {
		h.refused[r.ID()] = s.refusals
		return
	}
	s.finish(a.Name(), rule.moves[h.complaint.State])
	h.complaint = s.Complaint
}

// becomesOther reports whether a step would come out as one of another kind, or a
// remedy with another number: one before it would be no more. A remedy keeps its
// number for ever.
func becomesOther(again []Record, r Record) bool {
	if len(again) == 0 {
		return false
	}
	number := RemedyEntry(r)
	return again[0].Kind != r.Kind || number > 0 && RemedyEntry(again[0]) != number
}

// settleRemedy is what somebody said of a remedy, or that the clock ended it.
func (h *replay) settleRemedy(r Record) performer {
	result := RemedyResult(r.Texts["result"])
	if result == remedyNotKept {
		return expire{RemedyEntry(r)}
	}
	return SettleRemedy{
		Entry: RemedyEntry(r), Result: result, Date: r.Date, New: r.dateOf("new_date"), Reason: r.Texts["reason"],
	}
}

// expire is the end of a remedy that was overdue for six months, in a replay.
type expire struct{ entry int }

func (expire) Name() ActionName { return ActionTick }

func (a expire) perform(s *step) {
	s.silent = true
	if i := s.Complaint.remedy(a.entry); i >= 0 && s.Complaint.Promises[i].Open() {
		s.Complaint.Promises[i].Lapsed, s.Complaint.Promises[i].Ended = s.today, EndNotKept
		return
	}
	s.refuse("", CodeRemedySettled)
}

// promised is what the record of a decision, or of a ruling, says of its remedy.
// Who sees to it stands in the case: an owner goes along with the case.
func (h *replay) promised(r Record) RemedyTerms {
	t := RemedyTerms{Kind: r.Texts["remedy_kind"].Reveal(), Due: r.dateOf("remedy_date"), Amount: r.Texts["remedy_amount"]}
	if is, ok := h.is.Remedy(RemedyEntry(r)); ok && t.Some() {
		t.Handler = is.Handler
	}
	return t
}

func (p *Policy) replayStep(c Complaint, r Record, today calendar.Date) *step {
	s := &step{policy: p, by: r.By, now: r.At}
	s.Complaint = c
	s.Complaint.Promises = slices.Clone(c.Promises)
	s.checks = checks{complaint: &s.Complaint, terms: p.Terms, today: today, bygone: true}
	return s
}

// formsOf returns what was filed and what each correction among the records made
// of it: a correction holds the old values of what it changed.
func formsOf(is *Complaint, records []Record) []form {
	all := []form{{is.Facts, is.Particulars}}
	for _, r := range slices.Backward(records) {
		if r.Kind != RecordCorrection {
			continue
		}
		was := all[0]
		for name, value := range r.Texts {
			if field, old := strings.CutPrefix(name, "old."); old {
				was.set(field, value)
			}
		}
		all = append([]form{was}, all...)
	}
	return all
}

func (h *replay) correct(r Record) performer {
	h.forms = h.forms[1:]
	return Correct{File: File{Facts: h.forms[0].Facts, Particulars: h.forms[0].Particulars}, Reason: r.Texts["reason"]}
}

// mailFailed takes the letter of a failure of before to be the last one that left by
// e-mail.
func (h *replay) mailFailed(r Record) performer {
	a := MailFailed{Kind: RecordKind(r.Texts[textLetterKind]), Fault: r.Texts["fault"].Reveal()}
	a.At, _ = time.Parse(time.RFC3339, r.Texts[textLetterAt].Reveal()) // zero, of no letter, when unreadable
	if a.Kind != "" {
		return a
	}
	for _, l := range slices.Backward(h.steps) {
		if _, letter := l.Texts["letter"]; letter && l.Way == WayEmail {
			a.Kind, a.At = l.Kind, l.At
			break
		}
	}
	return a
}

// take makes of the case what the second history says where that differs from the
// first. Where they agree it stays as it is, whatever terms have changed since.
func (s *step) take(before, after *Complaint) {
	c := &s.Complaint
	s.landed = differing(before.State, after.State, c.State)
	c.Decision = differing(before.Decision, after.Decision, c.Decision)
	c.Dispute = differing(before.Dispute, after.Dispute, c.Dispute)
	c.Reactions = differing(before.Reactions, after.Reactions, c.Reactions)
	c.LateLogged = differing(before.LateLogged, after.LateLogged, c.LateLogged)
	c.WaitedDays = differing(before.WaitedDays, after.WaitedDays, c.WaitedDays)
	if since := differing(before.WaitingSince, after.WaitingSince, c.WaitingSince); since != c.WaitingSince {
		c.WaitingSince, c.WaitingReminders = since, ""
	}
	if closed := differing(before.ClosedAt, after.ClosedAt, c.ClosedAt); !closed.Equal(c.ClosedAt) {
		c.ClosedAt, c.RetentionReminders, c.Announcement = closed, "", Announcement{}
	}
	c.Promises = s.takePromises(before, after)
}

// takePromises is take for the promises. One that comes out as it was made keeps
// who was reminded of it, and until when that was put off.
func (s *step) takePromises(before, after *Complaint) []Promise {
	var all []Promise
	seen := map[PromiseKind]int{}
	for _, p := range after.Promises {
		seen[p.Kind]++
		was, replayed := before.nth(p.Kind, seen[p.Kind])
		is, stands := s.Complaint.nth(p.Kind, seen[p.Kind])
		if replayed && stands {
			p = mergedPromise(was, p, is)
		}
		p.Reminders, p.Snoozed = "", calendar.Date{}
		for _, is := range s.Complaint.Promises {
			if is.Kind == p.Kind && is.Made == p.Made && is.Due == p.Due {
				p.Reminders, p.Snoozed = is.Reminders, is.Snoozed
			}
		}
		all = append(all, p)
	}
	return all
}

func mergedPromise(was, p, is Promise) Promise {
	is.Made = differing(was.Made, p.Made, is.Made)
	is.Due = differing(was.Due, p.Due, is.Due)
	is.Kept = differing(was.Kept, p.Kept, is.Kept)
	is.Lapsed = differing(was.Lapsed, p.Lapsed, is.Lapsed)
	is.Ended = differing(was.Ended, p.Ended, is.Ended)
	is.Handler = differing(was.Handler, p.Handler, is.Handler)
	is.Subject = differing(was.Subject, p.Subject, is.Subject)
	is.Reported = differing(was.Reported, p.Reported, is.Reported)
	return is
}

func differing[T comparable](before, after, is T) T {
	if before == after {
		return is
	}
	return after
}

// nth returns the n-th promise of that kind, from 1.
func (c *Complaint) nth(k PromiseKind, n int) (Promise, bool) {
	for _, p := range c.Promises {
		if p.Kind == k {
			if n--; n == 0 {
				return p, true
			}
		}
	}
	return Promise{}, false
}
