package workflow

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/reminder"
	"github.com/artra/klachtbot/workflow/roster"
	"github.com/artra/klachtbot/workflow/urgency"
)

// chronicle is a case with its dossier, as the register keeps both.
type chronicle struct {
	policy    *Policy
	complaint Complaint
	records   []Record
	steps     []chronicled
}

type chronicled struct {
	action Action
	by     roster.PersonID
	at     time.Time
	line   int // of its records; 0 when it was refused
}

// step does one thing, and returns why it was refused.
func (h *chronicle) step(a Action, by roster.PersonID, at time.Time) error {
	if amend, ok := a.(Amend); ok {
		amend.Records = h.records
		a = amend
	}
	change, err := h.policy.Step(h.complaint, a, by, at)
	done := chronicled{action: a, by: by, at: at}
	if err == nil {
		done.line = len(h.steps) + 1
		h.complaint = change.Complaint
		for i, r := range change.Records {
			r.Line, r.Ordinal = done.line, i
			h.records = append(h.records, r)
		}
	}
	h.steps = append(h.steps, done)
	return err
}

// filed is a chronicle that begins at start.
func filed(t testing.TB, steps ...played) *chronicle {
	t.Helper()
	h := &chronicle{policy: policy(t)}
	if err := h.step(complaint(), staff, noon(start)); err != nil {
		t.Fatal(err)
	}
	for _, s := range steps {
		if err := h.step(s.a, officer, noon(s.on)); err != nil {
			t.Fatalf("%s: %v", s.a.Name(), err)
		}
	}
	return h
}

// parts are what one form did, record by record: the form of a dispute may have
// recorded several steps.
func (h *chronicle) parts(s chronicled) []Action {
	d, disputes := s.action.(Dispute)
	if !disputes || s.line == 0 {
		return []Action{s.action}
	}
	var all []Action
	for _, r := range h.records {
		switch {
		case r.Line != s.line:
		case r.Kind == RecordRuling:
			all = append(all, Dispute{Date: d.Date, Ruling: d.Ruling, Verdict: d.Verdict, RulingDue: d.RulingDue})
		case r.Kind == RecordDisputeEnd:
			all = append(all, Dispute{Date: d.Date, Ended: d.Ended})
		default:
			all = append(all, Dispute{Date: d.Date, Reference: d.Reference, Dates: d.Dates, Shown: d.Shown})
		}
	}
	return all
}

// edits are the actions that take the place of what was recorded, by the id of the
// record; nil leaves it out.
type edits map[string]Action

// without plays the same history once more, as it was edited. broken is the first
// recorded step that is not possible any more.
func (h *chronicle) without(edited edits) (again *chronicle, broken string) {
	again = &chronicle{policy: h.policy}
	for _, s := range h.steps {
		parts := h.parts(s)
		for i, a := range parts {
			id := Record{Line: s.line, Ordinal: i}.ID()
			if is, ok := edited[id]; ok {
				a = is
			}
			_, amends := a.(Amend)
			f, failed := a.(MailFailed)
			if a == nil || amends || s.line == 0 || failed && f.At.IsZero() {
				again.steps = append(again.steps, chronicled{})
				continue
			}
			had := len(again.records)
			err := again.step(a, s.by, s.at)
			if _, is := edited[id]; broken == "" && h.breaks(s.line, i, is, again.records[had:], err) {
				broken = id
			}
		}
	}
	return again, broken
}

// breaks reports whether a recorded step was refused, or became another one. That a
// form about a dispute changes nothing any more is neither.
func (h *chronicle) breaks(line, ordinal int, edited bool, again []Record, err error) bool {
	i := slices.IndexFunc(h.records, func(r Record) bool {
		return r.Line == line && r.Ordinal == ordinal && replays[r.Kind].action != nil
	})
	switch {
	case i < 0:
		return false
	case err != nil:
		return h.records[i].Kind != RecordDisputeDates || !Refused(err).Has(CodeDisputeSame)
	}
	is := h.records[i]
	if edited && len(again) > 0 && RemedyEntry(again[0]) == 0 { // its remedy was taken back
		return again[0].Kind != is.Kind
	}
	return becomesOther(again, is)
}

// course is what the recorded steps make of a case: neither who handles it, nor who
// was reminded.
func course(c Complaint) Complaint {
	promises := slices.Clone(c.Promises)
	for i := range promises {
		promises[i].Reminders, promises[i].Snoozed = "", calendar.Date{}
	}
	return Complaint{
		State: c.State, Promises: promises, Decision: c.Decision, ClosedAt: c.ClosedAt, WaitingSince: c.WaitingSince,
		WaitedDays: c.WaitedDays, Dispute: c.Dispute, LateLogged: c.LateLogged, OutOfTime: c.OutOfTime,
		Reactions: c.Reactions, Counting: c.Counting,
	}
}

func sameCourse(t *testing.T, what string, want, got Complaint) {
	t.Helper()
	if diff := cmp.Diff(course(want), course(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// dated returns the action with another date at that part of its record.
func dated(a Action, part string, on calendar.Date) Action {
	if d, ok := a.(Dispute); ok && part != "" {
		switch part {
		case textDefence:
			d.Dates.Defence, d.Shown.Defence = on, calendar.Date{}
		case textSent:
			d.Dates.Sent, d.Shown.Sent = on, calendar.Date{}
		case textHearing:
			d.Dates.Hearing, d.Shown.Hearing = on, calendar.Date{}
		case textRulingDue:
			d.RulingDue = on
		}
		return d
	}
	if r, ok := a.(Resolve); ok && part == textDecided {
		r.Decided = on
		return r
	}
	switch a := a.(type) {
	case Acknowledge:
		a.Date = on
		return a
	case Question:
		a.Date = on
		return a
	case Answer:
		a.Date = on
		return a
	case Progress:
		a.Date = on
		return a
	case Confirm:
		a.Date = on
		return a
	case Resolve:
		a.Contact = on
		return a
	case Dispute:
		a.Date = on
		return a
	}
	return nil
}

// retracted returns the action without that part of its record; nil when nothing is
// left of it.
func retracted(a Action, e Entry) Action {
	switch a := a.(type) {
	case Dispute:
		switch e.Part {
		case textDefence:
			a.Dates.Defence = a.Shown.Defence
		case textSent:
			a.Dates.Sent = a.Shown.Sent
		case textHearing:
			a.Dates.Hearing = a.Shown.Hearing
		case textRulingDue:
			a.RulingDue = calendar.Date{}
		default:
			return nil
		}
		if e.Kind == RecordDisputeDates && a.Dates == a.Shown && a.Reference.Blank() {
			return nil
		}
		return a
	case Resolve:
		if e.Part == "" {
			a.Way = WayNotPossible
			return a
		}
	}
	return nil
}

// randomHistory plays a history: each byte chooses an action, on which day it is
// said to have been, and how much time passes.
func randomHistory(t testing.TB, bytes []byte) *chronicle {
	h, now := filed(t), noon(start)
	names := slices.Concat(Actions(), fromElsewhere())
	for i := 0; i+1 < len(bytes); i += 2 {
		now = now.Add(time.Duration(bytes[i]>>6)*53*time.Hour + time.Minute)
		today := h.policy.Calendar.Today(now)
		name := names[int(bytes[i]&63)%len(names)]
		a := examples(calendar.Latest(start.AddDays(-1), today.AddDays(-int(bytes[i+1]&3))))[name]
		by := officer
		switch b := a.(type) {
		case Amend, Purge, ConfirmErasure, ReplayErasure:
			continue
		case MailFailed:
			by, b.At = roster.Clock, time.Time{}
			for _, r := range h.records {
				if _, letter := r.Texts["letter"]; letter {
					b.Kind, b.At = r.Kind, r.At
				}
			}
			a = b
		case Tick, MailWaits, MailDoubt, MailLeft, LapseErasure:
			by = roster.Clock
		case Resolve:
			if bytes[i+1]&0x20 != 0 {
				b = refund(today, []roster.PersonID{"", staff}[bytes[i+1]>>4&1])
			}
			b.Decided = today.AddDays(-int(bytes[i+1] & 3)) // told on that day, or later
			b.Contact = []calendar.Date{b.Decided, today}[bytes[i+1]>>2&1]
			b.Way = []Way{WayPhone, WayLetter, WayNotPossible, WayEmail}[bytes[i+1]>>6]
			a = b
		case Dispute:
			a = disputes(&h.complaint, calendar.Latest(start, today.AddDays(-int(bytes[i+1]>>6))), int(bytes[i+1]&63))
		case SettleRemedy:
			if result := int(bytes[i+1] >> 4 & 3); result > 0 {
				a = SettleRemedy{Result: RemedyResults()[result-1], Date: today, New: today.AddDays(40), Reason: "Het lukt niet."}
			}
		case ReportRemedy:
			by = staff
		case Correct:
			b.Facts.Received = start.AddDays(-int(bytes[i+1] >> 7))
			b.Facts.ReceivedVia = []Way{WayPhone, WayEmail}[bytes[i+1]>>6&1]
			a = b
		}
		if failed, ok := a.(MailFailed); ok && failed.At.IsZero() {
			continue
		}
		_ = h.step(a, by, now) // what is refused did not happen
	}
	return h
}

// FuzzAmend plays random histories. Their replay gives the case that the steps
// gave; and amending or retracting a step ends where the history without the
// mistake ends, or is refused because something rests on it. Twice, so that
// amendments rest on amendments.
func FuzzAmend(f *testing.F) {
	f.Add([]byte{0x40, 0, 0x41, 0, 0x82, 1, 0x44, 0, 0x45, 2, 0xce, 0, 0x4a, 3}, byte(0), byte(1))
	f.Add([]byte{0x81, 1, 0x41, 0, 0xc3, 0, 0xc3, 1, 0x44, 0, 0x45, 0, 0x4d, 0}, byte(3), byte(2))
	f.Add([]byte{0x04, 0, 0x05, 0, 0x0c, 0, 0x0c, 0, 0x0e, 0, 0x44, 1}, byte(1), byte(0))
	f.Add([]byte{0x04, 0x41, 0x0e, 1, 0xce, 2, 0x0e, 1, 0x4e, 4, 0x05, 0}, byte(4), byte(1)) // a dispute to its ruling
	f.Fuzz(func(t *testing.T, history []byte, first, second byte) {
		if len(history) > 80 {
			return
		}
		checkAmending(t, history, first, second)
	})
}

// TestAmend_endsWhereTheHistoryWithoutTheMistakeEnds is FuzzAmend on histories of
// its own, so that every run of the tests plays some hundreds.
func TestAmend_endsWhereTheHistoryWithoutTheMistakeEnds(t *testing.T) {
	seed := uint32(7)
	next := func() byte {
		seed = seed*1664525 + 1013904223
		return byte(seed >> 24)
	}
	for range 600 {
		history := make([]byte, 2*(3+int(next())%16))
		for i := range history {
			history[i] = next()
		}
		if checkAmending(t, history, next(), next()); t.Failed() {
			t.Fatalf("history %v", history)
		}
	}
}

func checkAmending(t *testing.T, history []byte, choices ...byte) {
	t.Helper()
	h := randomHistory(t, history)
	edited := edits{}
	now := h.steps[len(h.steps)-1].at
	for _, choice := range choices {
		replayed := h.policy.replay(&h.complaint, Standing(h.records))
		if len(replayed.refused) > 0 {
			t.Fatalf("the replay refuses %v", replayed.refused)
		}
		sameCourse(t, "replay", h.complaint, replayed.complaint)
		entries := h.policy.Entries(h.records, officer)
		if len(entries) == 0 {
			return
		}
		e := entries[int(choice>>1)%len(entries)]
		now = now.Add(time.Hour)
		a := Amend{Entry: e.ID, Reason: "Verkeerd gedrukt.", Retract: choice&1 == 0}
		if !a.Retract {
			a.Date = calendar.Latest(start.AddDays(-1), e.Date.AddDays(-1))
		}
		edited = maps.Clone(edited)
		if !edited.edit(h, e, a) {
			return
		}
		checkOne(t, h, a, edited, now)
		if t.Failed() || h.steps[len(h.steps)-1].line == 0 {
			return
		}
	}
}

// edit does to the action what the amendment does to the record; false when that
// changes nothing.
func (all edits) edit(h *chronicle, e Entry, a Amend) bool {
	id, _ := parted(e.ID)
	is := all[id]
	if is == nil {
		i := slices.IndexFunc(h.records, func(r Record) bool { return r.ID() == id })
		is = h.parts(h.steps[a.Line()-1])[h.records[i].Ordinal]
	}
	switch {
	case !a.Retract && (a.Date == e.Date || e.Way == WayNotPossible):
		return false
	case !a.Retract:
		all[id] = dated(is, e.Part, a.Date)
		return all[id] != nil
	case e.Kind == RecordDecision && e.Part == "" && e.Way == WayNotPossible:
		return false
	}
	all[id] = retracted(is, e)
	return true
}

// checkOne amends, and compares with the history as it was edited.
func checkOne(t *testing.T, h *chronicle, a Amend, edited edits, now time.Time) {
	t.Helper()
	want, broken := h.without(edited)
	was := h.complaint
	err := h.step(a, officer, now)
	refused := Refused(err)
	switch {
	case broken != "" && err == nil:
		t.Errorf("%s: the step %s is not possible any more", a.Entry, broken)
	case refused.Has(CodeAmendClosed):
		if was.State != StateClosed || want.complaint.over() {
			t.Errorf("it stays closed, and is refused: %v", err)
		}
	case broken == "" && err != nil:
		t.Errorf("%s of %s: %v", a.Entry, was.State, err)
	case err == nil:
		sameCourse(t, "amended", want.complaint, h.complaint)
	}
	if err == nil && was.State == StateClosed && !h.complaint.over() {
		t.Error("a closed case was opened")
	}
}

func TestAmend_putsALateAcknowledgementRight(t *testing.T) {
	h := filed(t, played{start.AddDays(8), Acknowledge{letter(start.AddDays(8))}})
	if p, _ := h.complaint.Promise(PromiseAcknowledgement); p.InTime() {
		t.Fatal("in time from the start")
	}
	id := h.policy.Entries(h.records, officer)[0].ID
	if err := h.step(Amend{Entry: id, Date: start.AddDays(3), Reason: "Typefout."}, deputy, noon(start.AddDays(9))); err != nil {
		t.Fatal(err)
	}
	p, _ := h.complaint.Promise(PromiseAcknowledgement)
	want := Kept{On: start.AddDays(3), Entered: start.AddDays(3), By: officer, At: noon(start.AddDays(8)), Way: WayEmail, Later: true}
	if p.Kept != want || h.complaint.AmendedInTime != 1 || h.complaint.Last.Action != ActionAmend {
		t.Errorf("kept %+v, %d put right, last %s", p.Kept, h.complaint.AmendedInTime, h.complaint.Last.Action)
	}
	r := h.records[len(h.records)-1]
	if r.Kind != RecordAmendment || r.Texts["was_date"] != "2026-11-10" || r.Texts["is_date"] != "2026-11-05" || r.Texts["step"] != Confidential(RecordAcknowledgement) {
		t.Errorf("recorded as %s: %v", r.Kind, slices.Sorted(maps.Keys(r.Texts)))
	}
	if got := h.policy.Entries(h.records, officer); len(got) != 1 || got[0].Date != start.AddDays(3) {
		t.Errorf("to amend again: %+v", got)
	}
	// Back again: nothing was put right in the end.
	if err := h.step(Amend{Entry: id, Date: start.AddDays(7), Reason: "Toch niet."}, deputy, noon(start.AddDays(9))); err != nil {
		t.Fatal(err)
	}
	if p, _ := h.complaint.Promise(PromiseAcknowledgement); p.InTime() || h.complaint.AmendedInTime != 0 {
		t.Errorf("in time %v, %d put right", p.InTime(), h.complaint.AmendedInTime)
	}
}

// TestAmend_aLetterThatWentLaterThanItWasRecorded: the date may lie after the day
// of recording, not after today.
func TestAmend_aLetterThatWentLaterThanItWasRecorded(t *testing.T) {
	h := filed(t, played{start, Acknowledge{letter(start)}})
	id := h.policy.Entries(h.records, officer)[0].ID
	err := h.step(Amend{Entry: id, Date: start.AddDays(3), Reason: "Bleef liggen."}, officer, noon(start.AddDays(2)))
	if r := Refused(err); len(r) != 1 || r[0] != (Refusal{Field: "date", Code: CodeDateFuture}) {
		t.Errorf("in the future: %v", err)
	}
	if err := h.step(Amend{Entry: id, Date: start.AddDays(2), Reason: "Bleef liggen."}, officer, noon(start.AddDays(2))); err != nil {
		t.Fatal(err)
	}
	if p, _ := h.complaint.Promise(PromiseAcknowledgement); p.Kept.On != start.AddDays(2) || p.Kept.Later {
		t.Errorf("kept %+v", p.Kept)
	}
}

func TestAmend_refusesAtTheField(t *testing.T) {
	h := filed(t,
		played{start, Acknowledge{letter(start)}}, played{start, Question{letter(start)}},
		played{start.AddDays(1), Answer{Date: start.AddDays(1), Way: WayPhone, Text: "Ja."}},
		played{start.AddDays(2), notice(start.AddDays(2), start.AddDays(40))},
		played{start.AddDays(3), decision(start.AddDays(3))}, played{start.AddDays(3), Confirm{letter(start.AddDays(3))}},
	)
	id := func(kind RecordKind) string {
		for _, e := range h.policy.Entries(h.records, officer) {
			if e.Kind == kind {
				return e.ID
			}
		}
		return ""
	}
	reason := Confidential("Fout.")
	for name, test := range map[string]struct {
		a    Amend
		want Refusal
	}{
		"no reason":         {Amend{Entry: id(RecordAcknowledgement), Way: WayPhone}, Refusal{Field: "reason", Code: CodeRequired}},
		"no entry":          {Amend{Entry: "9.9", Retract: true, Reason: reason}, Refusal{Field: "entry", Code: CodeUnknownChoice}},
		"nothing":           {Amend{Entry: id(RecordAnswer), Reason: reason}, Refusal{Field: "date", Code: CodeAmendNothing}},
		"before receipt":    {Amend{Entry: id(RecordAnswer), Date: start.AddDays(-1), Reason: reason}, Refusal{Field: "date", Code: CodeDateEarly, Args: Args{Date: start}}},
		"an impossible way": {Amend{Entry: id(RecordAnswer), Way: WayNotPossible, Reason: reason}, Refusal{Field: "way", Code: CodeWayImpossible}},
		"expected too late": {
			Amend{Entry: id(RecordProgress), Expected: start.AddDays(90), Reason: reason},
			Refusal{Field: "expected_date", Code: CodeDateLate, Args: Args{Date: start.AddDays(2).AddMonths(NoticeMonths)}},
		},
		"no notice":  {Amend{Entry: id(RecordAnswer), Expected: start.AddDays(40), Reason: reason}, Refusal{Field: "expected_date", Code: CodeNotOfStep}},
		"rested on":  {Amend{Entry: id(RecordQuestion), Retract: true, Reason: reason}, Refusal{Field: "entry", Code: CodeAmendRests, Args: Args{Step: RecordAnswer, Date: start.AddDays(1)}}},
		"decision":   {Amend{Entry: id(RecordDecision), Retract: true, Reason: reason}, Refusal{Field: "entry", Code: CodeAmendRests, Args: Args{Step: RecordConfirmation, Date: start.AddDays(3)}}},
		"the ending": {Amend{Entry: id(RecordConfirmation), Retract: true, Reason: reason}, Refusal{Field: "entry", Code: CodeAmendClosed}},
	} {
		err := h.step(test.a, officer, noon(start.AddDays(4)))
		if got := Refused(err); len(got) != 1 || got[0] != test.want {
			t.Errorf("%s: %+v, want %+v", name, got, test.want)
		}
	}
}

func TestAmend_retractsInAClosedCase(t *testing.T) {
	h := filed(t,
		played{start, Acknowledge{letter(start)}}, played{start, decision(start)}, played{start, Confirm{letter(start.AddDays(0))}},
	)
	closed := h.complaint.ClosedAt
	id := h.policy.Entries(h.records, officer)[3].ID
	if err := h.step(Amend{Entry: id, Retract: true, Reason: "Was een andere klacht."}, officer, noon(start.AddDays(1))); err != nil {
		t.Fatal(err)
	}
	c := h.complaint
	if p, _ := c.Promise(PromiseAcknowledgement); c.State != StateClosed || c.ClosedAt != closed || p.Open() || c.Last.Action != ActionRetract {
		t.Errorf("state %s, acknowledgement %+v, last %s", c.State, p, c.Last.Action)
	}
	if r := h.records[len(h.records)-1]; r.Kind != RecordRetraction || r.Texts["was_date"] != Confidential(start.String()) {
		t.Errorf("recorded as %s", r.Kind)
	}
	if len(h.policy.Entries(h.records, officer)) != 3 {
		t.Error("what was taken back can be amended")
	}
}

// TestAmend_keepsWhoWasReminded: a promise that comes out as it was made keeps who
// was reminded and until when that was put off; one that is due on another day
// begins anew.
func TestAmend_keepsWhoWasReminded(t *testing.T) {
	h := filed(t,
		played{start, Acknowledge{letter(start)}},
		played{start.AddDays(1), Snooze{What: WatchKind(PromiseOutcome), Reason: "Vakantie.", Until: start.AddDays(9)}},
		played{start.AddDays(2), notice(start.AddDays(2), start.AddDays(40))},
	)
	for i := range h.complaint.Promises {
		h.complaint.Promises[i].Reminders = reminder.AskedOn(start, officer)
	}
	if err := h.step(Amend{Entry: h.policy.Entries(h.records, officer)[0].ID, Expected: start.AddDays(45), Reason: "Typefout."}, officer, noon(start.AddDays(3))); err != nil {
		t.Fatal(err)
	}
	c := h.complaint
	if p := c.Promises[1]; p.Reminders == "" || p.Snoozed != start.AddDays(9) {
		t.Errorf("outcome: %+v", p)
	}
	if p := c.Promises[2]; p.Reminders != "" || p.Due != start.AddDays(45) {
		t.Errorf("notice: %+v", p)
	}
}

// TestAmend_leavesWhatOtherTermsMade: the terms of today don't reach into what an
// amendment does not touch.
func TestAmend_leavesWhatOtherTermsMade(t *testing.T) {
	h := filed(t, played{start.AddDays(1), Acknowledge{letter(start.AddDays(1))}})
	h.policy.Terms.AcknowledgeDays, h.policy.Terms.OutcomeMonths = 2, 3
	if err := h.step(Amend{Entry: h.policy.Entries(h.records, officer)[0].ID, Date: start, Reason: "Typefout."}, officer, noon(start.AddDays(2))); err != nil {
		t.Fatal(err)
	}
	for i, due := range []calendar.Date{start.AddDays(5), start.AddMonths(1)} {
		if got := h.complaint.Promises[i].Due; got != due {
			t.Errorf("promise %d is due on %v, want %v", i, got, due)
		}
	}
	if got := h.complaint.Promises[0].Kept.On; got != start {
		t.Errorf("kept on %v", got)
	}
}

// TestAmend_recordsOfBefore: cause, lesson and the letter that failed were not in
// the dossier once.
func TestAmend_recordsOfBefore(t *testing.T) {
	h := filed(t, played{start, Acknowledge{letter(start)}})
	if err := h.step(MailFailed{Kind: RecordAcknowledgement, At: noon(start), Fault: "smtp_refused_550"}, roster.Clock, noon(start.AddDays(1))); err != nil {
		t.Fatal(err)
	}
	for _, s := range []played{{start.AddDays(1), Acknowledge{letter(start.AddDays(1))}}, {start.AddDays(2), decision(start.AddDays(2))}} {
		if err := h.step(s.a, officer, noon(s.on)); err != nil {
			t.Fatal(err)
		}
	}
	for _, r := range h.records {
		for _, name := range []string{"cause", "lesson", textDecided, textLetterAt, textLetterKind} {
			delete(r.Texts, name)
		}
	}
	was := h.complaint
	sameCourse(t, "replay", was, h.policy.replay(&was, h.records).complaint)
	entries := h.policy.Entries(h.records, officer)
	if len(entries) != 4 || entries[0].Part != textDecided || entries[0].Date != start.AddDays(2) {
		t.Errorf("to amend: %+v", entries)
	}
	if err := h.step(Amend{Entry: entries[3].ID, Date: start.AddDays(1), Reason: "Fout."}, officer, noon(start.AddDays(3))); err != nil {
		t.Fatal(err)
	}
	sameCourse(t, "amended", was, h.complaint)
}

func TestEntries_ownLatestFirst(t *testing.T) {
	h := filed(t, played{start, Acknowledge{letter(start)}}, played{start, Question{letter(start)}}, played{start, Note{Text: "Gebeld."}})
	if err := h.step(Answer{Date: start, Way: WayPhone, Text: "Ja."}, deputy, noon(start)); err != nil {
		t.Fatal(err)
	}
	for who, want := range map[roster.PersonID][]RecordKind{
		officer: {RecordQuestion, RecordAcknowledgement, RecordAnswer},
		deputy:  {RecordAnswer, RecordQuestion, RecordAcknowledgement},
	} {
		var got []RecordKind
		for _, e := range h.policy.Entries(h.records, who) {
			got = append(got, e.Kind)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v", who, got)
		}
	}
}

// TestForm_setUndoesFields: whatever the form of a complaint asks can be put back.
func TestForm_setUndoesFields(t *testing.T) {
	c := complaint(concerning(deputy))
	c.Facts.Incident, c.Particulars.Phone, c.Particulars.Address = start.AddDays(-3), "0612345678", "Dorpsstraat 1"
	c.Facts.Urgent, c.Particulars.OnBehalfOf = urgency.NewSet("safety", "running_course"), "Sam Voorbeeld"
	whole := form{c.Facts, c.Particulars}
	var again form
	for name, value := range whole.fields() {
		if value.Blank() {
			t.Errorf("%s is blank here, and tells nothing", name)
		}
		again.set(name, value)
	}
	if diff := cmp.Diff(whole.fields(), again.fields(), cmp.Transformer("reveal", Confidential.Reveal)); diff != "" || whole != again {
		t.Errorf("(-is +again):\n%s", diff)
	}
}

// TestAmend_publicReports are what people complained of in tools of this kind.
func TestAmend_publicReports(t *testing.T) {
	amend := func(t *testing.T, h *chronicle, kind RecordKind, on calendar.Date, a Amend) {
		t.Helper()
		for _, e := range h.policy.Entries(h.records, officer) {
			if e.Kind == kind && a.Entry == "" {
				a.Entry = e.ID
			}
		}
		a.Reason = "Vergissing."
		if err := h.step(a, officer, noon(on)); err != nil {
			t.Fatal(err)
		}
	}
	t.Run("an extension that is removed leaves the deadline of the corrected receipt", func(t *testing.T) { // correspondence_tool_staff 1144
		h := filed(t, played{start.AddDays(1), notice(start.AddDays(1), start.AddDays(40))})
		earlier := Correct{File: complaint(func(f *File) { f.Facts.Received = start.AddDays(-3) }), Reason: "Lag er al."}
		if err := h.step(earlier, officer, noon(start.AddDays(2))); err != nil {
			t.Fatal(err)
		}
		amend(t, h, RecordProgress, start.AddDays(3), Amend{Retract: true})
		want := start.AddDays(-3).AddMonths(1)
		if owed := h.complaint.Owed(); len(owed) != 2 || owed[1].Due != want || h.complaint.NextDue() != start.AddDays(2) {
			t.Errorf("owed: %+v", owed)
		}
	})
	t.Run("every version is kept", func(t *testing.T) { // osTicket 5287
		h := filed(t, played{start.AddDays(4), Acknowledge{letter(start.AddDays(4))}})
		for _, back := range []int{3, 2, 1} {
			amend(t, h, RecordAcknowledgement, start.AddDays(5), Amend{Date: start.AddDays(back)})
		}
		var versions []string
		for _, r := range h.records {
			versions = append(versions, r.Date.String(), r.Texts["was_date"].Reveal(), r.Texts["is_date"].Reveal())
		}
		for back := range 4 {
			if day := start.AddDays(back + 1).String(); !slices.Contains(versions, day) {
				t.Errorf("%s is lost", day)
			}
		}
	})
	t.Run("a reopening by mistake leaves the case as it was closed", func(t *testing.T) { // glpi 9267, zammad 188
		h := filed(t, played{start, Question{letter(start)}}, played{start.AddDays(2), decision(start.AddDays(2))}, played{start.AddDays(2), Confirm{letter(start.AddDays(2))}})
		closed := h.complaint
		if err := h.step(Reopen{Reason: "Verkeerde klacht."}, officer, noon(start.AddDays(9))); err != nil {
			t.Fatal(err)
		}
		amend(t, h, RecordReopening, start.AddDays(10), Amend{Retract: true})
		sameCourse(t, "closed again", closed, h.complaint)
		was, _ := h.policy.RetainUntil(&closed)
		if is, ok := h.policy.RetainUntil(&h.complaint); !ok || is != was || h.complaint.State != StateClosed {
			t.Errorf("%s, kept until %v, was %v", h.complaint.State, is, was)
		}
	})
	t.Run("what was taken back can be done again", func(t *testing.T) { // mozilla/addons 158
		h := filed(t, played{start, Acknowledge{letter(start)}})
		amend(t, h, RecordAcknowledgement, start.AddDays(1), Amend{Retract: true})
		if h.complaint.State != StateReceived || !slices.Contains(h.policy.OnMessage(&h.complaint, start.AddDays(1)), ActionAcknowledge) {
			t.Fatalf("state %s", h.complaint.State)
		}
		if err := h.step(Acknowledge{letter(start.AddDays(1))}, officer, noon(start.AddDays(1))); err != nil {
			t.Error(err)
		}
		if got := h.policy.Entries(h.records, officer); len(got) != 1 || got[0].Date != start.AddDays(1) {
			t.Errorf("to amend: %+v", got)
		}
	})
	t.Run("the complainant hears nothing of it", func(t *testing.T) { // HyphaApp/hypha 348
		h := filed(t, played{start, Acknowledge{letter(start)}}, played{start, decision(start)})
		a := Amend{Entry: h.policy.Entries(h.records, officer)[0].ID, Retract: true, Reason: "Vergissing.", Records: h.records}
		change, err := h.policy.Step(h.complaint, a, officer, noon(start.AddDays(1)))
		if err != nil {
			t.Fatal(err)
		}
		if want := []Effect{CaseChanged{}, ActionTaken{ActionRetract}}; !slices.Equal(change.Effects, want) {
			t.Errorf("effects %v", change.Effects)
		}
	})
}
