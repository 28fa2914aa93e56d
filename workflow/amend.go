package workflow

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// A recorded step is put right by a replay: the steps that the dossier holds go
// through the same rules again, from the filing on, each at its own instant and by
// its own person, with the one amended or left out. So a case comes out as the
// same history without the mistake would have left it (decision 52).

// Amend puts a recorded step right or takes it back, with a reason. What is left
// empty stays as it was recorded.
type Amend struct {
	Entry    string // Entry.ID
	Date     calendar.Date
	Way      Way
	Expected calendar.Date // of a progress notice
	Retract  bool          // it never happened; dates and way are ignored
	Reason   Confidential
	Records  []Record // of the case, oldest first; the register adds them
}

// Entry is one thing that can be amended: a recorded step by its date, or another
// date that was recorded with it.
type Entry struct {
	ID       string
	Kind     RecordKind
	Part     string // the text of the record that holds the date; "" for the record's own date
	By       roster.PersonID
	At       time.Time
	Date     calendar.Date
	Way      Way           // "" where there is none to amend
	Expected calendar.Date // of a progress notice
}

// forReplay are texts of a record that only a replay reads; the dossier shows what
// they say in another way, or elsewhere.
var forReplay = []string{textEntry, textLetterKind, textLetterAt, "cause", "lesson"}

// ForReplay reports whether a text of a record is there for a replay only.
func ForReplay(text string) bool { return slices.Contains(forReplay, text) }

// The texts of an amendment and a retraction beside their reason, and those of a
// failed letter. What changed has a text of what it was, and one of what it is.
const (
	textEntry      = "entry"
	textStep       = "step"
	textLetterKind = "letter_kind"
	textLetterAt   = "letter_at"
	wasPrefix      = "was_"
	isPrefix       = "is_"
)

// ID names the record within its case.
func (r Record) ID() string { return fmt.Sprintf("%d.%d", r.Line, r.Ordinal) }

// dateOf is the date that a text of the record holds; zero for none.
func (r Record) dateOf(text string) calendar.Date {
	if text == "" {
		return r.Date
	}
	d, err := calendar.ParseDate(r.Texts[text].Reveal())
	if err != nil {
		return calendar.Date{}
	}
	return d
}

// Entries lists what can be amended of a case with these records: what that
// person recorded first, the latest in front.
func (p *Policy) Entries(records []Record, by roster.PersonID) []Entry {
	var all []Entry
	for _, r := range slices.Backward(Standing(records)) {
		if r.By == roster.Clock || r.Texts[textTakenBack] != "" {
			continue
		}
		r = withDecided(p.Calendar, r)
		for _, part := range replays[r.Kind].dates {
			if date := r.dateOf(part); !date.IsZero() {
				all = append(all, r.entry(part, date))
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Entry) int { return cmp.Compare(foreign(a, by), foreign(b, by)) })
	return all
}

func foreign(e Entry, by roster.PersonID) int {
	if e.By == by {
		return 0
	}
	return 1
}

func (r Record) entry(part string, date calendar.Date) Entry {
	e := Entry{ID: r.ID(), Kind: r.Kind, Part: part, By: r.By, At: r.At, Date: date}
	if part != "" {
		e.ID += "." + part
		return e
	}
	if replays[r.Kind].way {
		e.Way = r.Way
	}
	if r.Kind == RecordDecision && r.Way == WayNotPossible { // there was no contact on any day
		e.Date = r.dateOf(textDecided)
	}
	if r.Kind == RecordProgress {
		e.Expected = r.dateOf("expected_date")
	}
	return e
}

// Standing returns the records as they hold now: what was amended with its new
// dates and way, without what was taken back. It leaves its argument as it was.
func Standing(records []Record) []Record {
	all := slices.Clone(records)
	for _, change := range records {
		if change.Kind != RecordAmendment && change.Kind != RecordRetraction {
			continue
		}
		id, part := parted(change.Texts[textEntry].Reveal())
		i := slices.IndexFunc(all, func(r Record) bool { return r.ID() == id })
		switch {
		case i < 0:
		case change.Kind == RecordRetraction && part == "" && all[i].Kind == RecordConsult:
			all[i] = all[i].takenBack(change.Date)
		case change.Kind == RecordRetraction && part == "":
			all = slices.Delete(all, i, i+1)
		case change.Kind == RecordRetraction:
			all[i] = all[i].without(part)
		default:
			all[i] = all[i].amended(part, change.Texts)
		}
	}
	return all
}

// AmendedBy returns the last amendment or retraction of a record among all of its
// case; ok is false when it stands as it was recorded.
func AmendedBy(all []Record, r Record) (last Record, ok bool) {
	for _, change := range slices.Backward(all) {
		if id, _ := parted(change.Texts[textEntry].Reveal()); r.Line > 0 && id == r.ID() {
			return change, true
		}
	}
	return Record{}, false
}

// parted divides the id of an entry into that of its record and the date.
func parted(entry string) (id, part string) {
	fields := strings.SplitN(entry, ".", 3)
	if len(fields) == 3 {
		return fields[0] + "." + fields[1], fields[2]
	}
	return entry, ""
}

// amended returns the record as an amendment left it.
func (r Record) amended(part string, to texts) Record {
	r.Texts = maps.Clone(r.Texts)
	for name, value := range to {
		field, changed := strings.CutPrefix(name, isPrefix)
		switch {
		case !changed:
		case field == "way":
			if decided := r.dateOf(textDecided); r.Way == WayNotPossible && !decided.IsZero() && to[isPrefix+"date"] == "" {
				r.Date = decided // contact after all, on the day that the form shows
			}
			r.Way = Way(value)
		case field == "date" && part == "":
			r.Date, _ = calendar.ParseDate(value.Reveal()) // written by us
		case field == "date":
			r.Texts[part] = value
		default:
			r.Texts[field] = value
		}
	}
	return r
}

// amendable reports whether something was recorded that can be amended, as far as
// the case tells without its dossier.
func amendable(_ *Policy, c *Complaint, _ calendar.Date) bool {
	return c.State != StateReceived || len(c.Promises) > 2 || !c.Dispute.On.IsZero() ||
		slices.ContainsFunc(c.Promises, func(p Promise) bool { return !p.Open() })
}

// perform replays the case without the mistake. Whatever the replay makes
// different is taken over; a step that it refuses and that was possible before
// rests on what is amended.
func (a Amend) perform(s *step) {
	s.text("reason", a.Reason)
	e, ok := a.find(s.policy)
	if !ok {
		s.refuse("entry", CodeUnknownChoice)
		return
	}
	a, e = a.meant(e)
	change := a.record(s, e)
	if len(s.refusals) > 0 {
		return
	}
	change.At, change.By = s.now, s.by
	is := s.Complaint
	before := s.policy.replay(&is, Standing(a.Records))
	after := s.policy.replay(&is, Standing(append(slices.Clone(a.Records), change)))
	if s.refuseReplay(e, before, after); len(s.refusals) > 0 {
		return
	}
	s.take(&before.complaint, &after.complaint)
	c := &s.Complaint
	if is.State == StateClosed && !ends(s.landed, c.Dispute) {
		s.refuse("entry", CodeAmendClosed)
	}
	c.AmendedInTime = s.putRight(&s.policy.replay(&is, a.Records).complaint, &after.complaint)
	s.record(change)
	if a.Retract {
		s.Action = ActionRetract
	}
	s.showAction(s.Action)
	s.showTasks(&is)
}

// Line is the journal line of the change that recorded the entry; 0 for none.
func (a Amend) Line() (line int) {
	_, _ = fmt.Sscanf(a.Entry, "%d.", &line) // perform refuses what is no entry
	return line
}

// find returns the entry that is to be amended.
func (a Amend) find(p *Policy) (Entry, bool) {
	all := p.Entries(a.Records, "")
	i := slices.IndexFunc(all, func(e Entry) bool { return e.ID == a.Entry })
	if i < 0 {
		return Entry{}, false
	}
	return all[i], true
}

// record is the amendment for the dossier: which step, what it was, what it is.
func (a Amend) record(s *step, e Entry) Record {
	r := Record{Kind: RecordRetraction, Date: s.today, Texts: texts{
		textEntry: Confidential(e.ID), textStep: a.step(e), "reason": a.Reason,
	}}
	changed := func(field, was, is string) {
		if is != "" && is != was {
			r.Texts[isPrefix+field] = Confidential(is)
		}
		if was != "" && (a.Retract || r.Texts[isPrefix+field] != "") {
			r.Texts[wasPrefix+field] = Confidential(was)
		}
	}
	if a.Retract {
		a.Date, a.Way, a.Expected = calendar.Date{}, "", calendar.Date{}
	} else {
		r.Kind = RecordAmendment
		a.check(s, e)
	}
	changed("date", e.Date.String(), a.Date.String())
	changed("way", string(e.Way), string(a.Way))
	changed("expected_date", e.Expected.String(), a.Expected.String())
	if !a.Retract && len(r.Texts) == 3 {
		s.refuse("date", CodeAmendNothing)
	}
	return r
}

// check refuses what the entry does not have. Whether its date is possible the
// replay says, but for the day that it is now.
func (a Amend) check(s *step, e Entry) {
	if a.Way != "" && (e.Part != "" || !replays[e.Kind].way) {
		s.refuse("way", CodeNotOfStep)
	}
	if !a.Expected.IsZero() && (e.Part != "" || e.Kind != RecordProgress) {
		s.refuse("expected_date", CodeNotOfStep)
	}
	if slices.Contains(happened, e.Part) && a.Date.After(s.today) {
		s.refuse("date", CodeDateFuture)
	}
}

// replayFields are the fields of the form at which the rules refuse the amended
// step itself.
var replayFields = map[string]string{
	"date": "date", "contact_date": "date", "decided_date": "date", "way": "way", "contact_way": "way", "expected_date": "expected_date",
}

// refuseReplay refuses what the rules refuse of the history with the amendment, and
// did not refuse without it: the amended step at its own fields, a later one by its
// name. A step that they refuse in either, since a record of before does not hold
// all that it was, says nothing.
func (s *step) refuseReplay(e Entry, before, after *replay) {
	id, _ := parted(e.ID)
	if _, unreadable := before.refused[id]; unreadable {
		s.refuse("entry", CodeAmendOld)
		return
	}
	for _, r := range after.refused[id] {
		if sent := after.sentWith(id); e.Part == textDefence && r.Field == textDefence && !sent.IsZero() {
			s.refuseWith("entry", CodeAmendRests, Args{Step: e.Kind + "." + textSent, Date: sent})
			continue
		}
		if r.Field = replayFields[r.Field]; r.Field == "" || e.Part != "" && r.Field != "way" {
			r.Field = "date"
		}
		s.refusals = append(s.refusals, r)
	}
	for _, r := range after.steps {
		_, refused := after.refused[r.ID()]
		if _, always := before.refused[r.ID()]; refused && !always && r.ID() != id && len(s.refusals) == 0 {
			s.refuseWith("entry", CodeAmendRests, Args{Step: r.Kind, Date: r.Date})
		}
	}
}

// putRight counts the terms that were late in the first history and are in time in
// the second. Those of an outcome are one, whatever notices there were (R4).
func (s *step) putRight(first, second *Complaint) (n int) {
	if is := second.Class(s.today); first.Class(s.today) == ClassLate && (is == ClassInTime || is == ClassNoticed) {
		n++
	}
	seen := map[PromiseKind]int{}
	for _, p := range second.Promises {
		seen[p.Kind]++
		if p.Kind == PromiseProgress || p.Kind == PromiseConsultation || p.Kind == PromiseOutcome && seen[p.Kind] == 1 || !p.InTime() {
			continue
		}
		if q, ok := nth(first, p.Kind, seen[p.Kind]); ok && (q.Overdue(s.today) || !q.Kept.At.IsZero() && !q.InTime()) {
			n++
		}
	}
	return n
}
