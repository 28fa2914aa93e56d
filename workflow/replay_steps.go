package workflow

import (
	"maps"
	"slices"

	"github.com/artra/klachtbot/workflow/calendar"
)

// The steps of a replay with more than one date: a decision, which was made on one
// day and told on another (R13), and the steps of a dispute (R15).

// Texts of a record that hold a date which can be amended.
const (
	textDecided   = "decided_date"
	textDefence   = "defence_date"
	textSent      = "defence_sent"
	textHearing   = "hearing_date"
	textRulingDue = "ruling_due"
)

var disputeDates = []string{textDefence, textSent, textHearing}

// happened are the dates of something that was done, not of something to come; ""
// is the record's own.
var happened = []string{"", textDecided, textSent}

// stepContact is the contact about an outcome in the words of an amendment, apart
// from its decision.
const stepContact = "contact"

// lastDay is the last day of what the record says was done.
func (r Record) lastDay(kind replayed) calendar.Date {
	last := r.Date
	for _, part := range kind.dates {
		if slices.Contains(happened, part) {
			last = calendar.Latest(last, r.dateOf(part))
		}
	}
	return last
}

// withDecided gives a decision of before the day on which it was made: the day on
// which it was recorded.
func withDecided(cal calendar.Calendar, r Record) Record {
	if r.Kind == RecordDecision && r.dateOf(textDecided).IsZero() {
		r.Texts = maps.Clone(r.Texts)
		if r.Texts == nil {
			r.Texts = texts{}
		}
		r.Texts[textDecided] = Confidential(cal.Today(r.At).String())
	}
	return r
}

// meant is what an amendment of a decision comes down to. Whoever takes the day of
// the decision back takes back the decision; whoever takes back the contact leaves
// a decision that nobody told the complainant. Whoever takes back the day by which a
// colleague is to answer takes back the question.
func (a Amend) meant(e Entry) (Amend, Entry) {
	switch {
	case !a.Retract:
	case e.Kind == RecordDecision && e.Part == textDecided, e.Kind == RecordConsult:
		e.ID, _ = parted(e.ID)
		e.Part = ""
	case e.Kind == RecordDecision:
		a.Retract, a.Date, a.Way = false, calendar.Date{}, WayNotPossible
	}
	return a, e
}

// step names the entry in an amendment.
func (a Amend) step(e Entry) Confidential {
	switch {
	case e.Part != "":
		return Confidential(string(e.Kind) + "." + e.Part)
	case e.Kind == RecordDecision && !a.Retract:
		return Confidential(string(e.Kind) + "." + stepContact)
	}
	return Confidential(e.Kind)
}

// without returns the record without one of its dates, and without what came of it.
func (r Record) without(part string) Record {
	r.Texts = maps.Clone(r.Texts)
	delete(r.Texts, part)
	delete(r.Texts, "old_"+part)
	if part == textRulingDue {
		delete(r.Texts, "remedy_entry")
	}
	return r
}

// resolve takes cause and lesson of a decision of before from the case, if that
// has the same verdict; a decision that was taken back counts nowhere.
func (h *replay) resolve(r Record) performer {
	a := Resolve{
		Verdict: Verdict(r.Texts["verdict"]), Outcome: r.Texts["outcome"], Remedy: r.Texts["remedy"], Promised: h.promised(r),
		Cause: r.Texts["cause"].Reveal(), Lesson: r.Texts["lesson"].Reveal(),
		Contact: r.Date, Way: r.Way, Reaction: r.Texts["contact_reaction"],
	}
	// A decision of before was made on the day on which it was recorded, whatever its
	// contact says.
	a.Decided = r.dateOf(textDecided)
	if day := h.policy.Calendar.Today(r.At); a.Decided.IsZero() && !r.Date.Before(day) {
		a.Decided = day
	}
	if a.Cause == "" {
		a.Cause = "other"
		if d := h.is.Decision; d.Verdict == a.Verdict && d.Cause != "" {
			a.Cause, a.Lesson = d.Cause, d.Lesson
		}
	}
	return a
}

// dispute is what one entry says of a dispute, as a step of its own: a form may
// have made several. What was changed by it stands in the entry.
func (h *replay) dispute(r Record) performer {
	a := Dispute{Date: r.Date}
	switch r.Kind {
	case RecordRuling:
		a.Ruling, a.Verdict, a.RulingDue = r.Texts["ruling"], RulingVerdict(r.Texts["ruling_verdict"]), r.dateOf(textRulingDue)
		if a.Verdict == "" {
			return bygoneRuling{r.Date}
		}
		return a
	case RecordDisputeEnd:
		a.Ended = Ending(r.Texts["ended"])
		return a
	}
	a.Reference = r.Texts["reference"]
	a.Dates, a.Shown = r.typedDates()
	if r.Kind == RecordDisputeDates && a.Reference.Blank() {
		known := h.complaint.DisputeDates()
		if a.Dates == a.Shown || h.complaint.AtCommittee() && a.merged(known) == known {
			return nil
		}
	}
	return a
}

// sentWith is when the defence was sent, as the entry with that id says; zero when it
// does not.
func (h *replay) sentWith(id string) calendar.Date {
	i := slices.IndexFunc(h.steps, func(r Record) bool { return r.ID() == id })
	if i < 0 {
		return calendar.Date{}
	}
	return h.steps[i].dateOf(textSent)
}

// typedDates are the dates of a dispute as a form that changes those that the entry
// holds would send them.
func (r Record) typedDates() (typed, shown DisputeDates) {
	changes := func(name string) (typed, shown calendar.Date) {
		_, changed := r.Texts[name]
		switch typed = r.dateOf(name); {
		case !changed && r.Kind == RecordDisputeDates:
			return typed, typed
		case typed.IsZero():
			return typed, r.Date
		}
		return typed, calendar.Date{}
	}
	typed.Defence, shown.Defence = changes(textDefence)
	typed.Sent, shown.Sent = changes(textSent)
	typed.Hearing, shown.Hearing = changes(textHearing)
	return typed, shown
}

// bygoneRuling is a ruling of before R15, which had neither a verdict nor anything
// to carry out.
type bygoneRuling struct{ on calendar.Date }

func (bygoneRuling) Name() ActionName { return ActionDispute }

func (a bygoneRuling) perform(s *step) {
	s.date("date", a.on)
	if s.Complaint.State != StateDisputed {
		s.refuse("", CodeNotNow)
	}
}

// takenBack returns the record of a question as it stands since it was taken back on
// that day: it stays, since later ones keep their numbers.
func (r Record) takenBack(on calendar.Date) Record {
	r.Texts = maps.Clone(r.Texts)
	r.Texts[textTakenBack] = Confidential(on.String())
	return r
}

// ends reports whether a case that stands there is over, as far as the firm goes:
// closed, or closed and at the dispute committee.
func ends(state State, d DisputeFile) bool {
	at := Complaint{State: state, Dispute: d}
	return at.over()
}
