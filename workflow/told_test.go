package workflow

import (
	"slices"
	"testing"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// resolved is a decision of one day of which the complainant was told on another.
func resolved(decided, told calendar.Date) Resolve {
	r := decision(told)
	r.Decided = decided
	return r
}

// failed is a decision of which nobody could be told, with a date that says nothing.
func failed(decided calendar.Date) Resolve {
	r := resolved(decided, decided.AddDays(400))
	r.Way, r.Reaction = WayNotPossible, "Drie keer gebeld."
	return r
}

// by is a letter that went another way.
func by(way Way, on calendar.Date) Sent {
	l := letter(on)
	l.Way = way
	return l
}

func outcomeOf(c Complaint) Promise {
	p, _ := c.Promise(PromiseOutcome)
	return p
}

// TestTold_isWhenTheOutcomeIsKept: the day on which the complainant was told keeps
// the outcome, whenever it was decided and entered.
func TestTold_isWhenTheOutcomeIsKept(t *testing.T) {
	p := policy(t)
	r3 := start.AddMonths(1) // Wednesday 2 December
	day := func(n int) calendar.Date { return r3.AddDays(n) }
	for _, test := range []struct {
		name  string
		steps []played
		on    calendar.Date
		class Class
		later bool
	}{
		{"told on the last day, typed the next", []played{{day(1), resolved(day(-1), r3)}}, r3, ClassInTime, true},
		{"decided in time, told five days late", []played{{day(5), resolved(day(-1), day(5))}}, day(5), ClassLate, false},
		{"voicemail, letter by e-mail on the last day", []played{{day(-1), failed(day(-1))}, {r3, Confirm{letter(r3)}}}, r3, ClassInTime, false},
		{"voicemail, letter a day late", []played{{day(-1), failed(day(-1))}, {day(1), Confirm{letter(day(1))}}}, day(1), ClassLate, false},
		{"voicemail, letter by post on the last day", []played{{r3, failed(r3)}, {r3, Confirm{by(WayLetter, r3)}}}, day(2), ClassLate, false},
		{"told by letter: posted on Monday", []played{{day(-2), func() Resolve {
			r := resolved(day(-2), day(-2))
			r.Way = WayLetter
			return r
		}()}}, r3, ClassInTime, false},
		{"in time by a notice", []played{{day(-3), notice(day(-3), day(10))}, {day(10), resolved(day(-1), day(10))}}, day(10), ClassNoticed, false},
		{"a notice, decided in time, told after its date", []played{{day(-3), notice(day(-3), day(10))}, {day(11), resolved(day(1), day(11))}}, day(11), ClassLate, false},
	} {
		c := play(t, p, logged(t, p, func(*File) {}, noon(start)), test.steps...)
		got := outcomeOf(c)
		if got.Kept.On != test.on || got.Kept.Later != test.later || c.Class(day(90)) != test.class {
			t.Errorf("%s: kept on %s (later %v), class %q; want %s, %v, %q", test.name, got.Kept.On, got.Kept.Later, c.Class(day(90)), test.on, test.later, test.class)
		}
	}
}

// TestTold_order: received ≤ decided ≤ told ≤ today, each refused at its own field;
// the date of a contact that failed is not looked at.
func TestTold_order(t *testing.T) {
	p := policy(t)
	today := start.AddDays(10)
	c := logged(t, p, func(*File) {}, noon(start))
	for _, test := range []struct {
		name string
		a    Resolve
		want string
	}{
		{"both today", resolved(today, today), ""},
		{"decided on receipt", resolved(start, start), ""},
		{"decided before receipt", resolved(start.AddDays(-1), today), "refused: decided_date:date_early"},
		{"decided tomorrow", resolved(today.AddDays(1), today), "refused: decided_date:date_future"},
		{"told before the decision", resolved(today, today.AddDays(-1)), "refused: contact_date:told_early"},
		{"told tomorrow", resolved(today, today.AddDays(1)), "refused: contact_date:date_future"},
		{"told before receipt", resolved(start, start.AddDays(-1)), "refused: contact_date:date_early"},
		{"told without a date", resolved(today, calendar.Date{}), "refused: contact_date:date_required"},
		{"nobody was told", failed(today), ""},
		{"nobody was told, no date", func() Resolve { r := failed(today); r.Contact = calendar.Date{}; return r }(), ""},
		{"an entry from before", resolved(calendar.Date{}, today.AddDays(-3)), ""},
	} {
		change, err := p.Step(c, test.a, officer, noon(today))
		if got := refusal(err); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
			continue
		}
		if test.a.Decided.IsZero() && change.Complaint.Decision.On != today {
			t.Errorf("%s: decided on %s, want today", test.name, change.Complaint.Decision.On)
		}
	}
}

func refusal(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// TestTold_staysOpenUntilSomebodyTells: a decision of which nobody was told leaves
// the outcome open and watched, and the confirmation is what ends that.
func TestTold_staysOpenUntilSomebodyTells(t *testing.T) {
	p := policy(t)
	due := start.AddMonths(1)
	c := play(t, p, logged(t, p, func(*File) {}, noon(start)), played{start.AddDays(3), Acknowledge{letter(start.AddDays(3))}}, played{start.AddDays(4), failed(start.AddDays(4))})
	w, ok := p.Watched(&c, WatchKind(PromiseOutcome), due)
	if !ok || !outcomeOf(c).Open() || !c.Untold() || w.Due != due || !slices.Equal(c.Settlers(w.Kind), []ActionName{ActionConfirm}) {
		t.Fatalf("open %v, watched %v until %s, settled by %v", outcomeOf(c).Open(), ok, w.Due, c.Settlers(w.Kind))
	}
	if c.NextAt.IsZero() || !slices.ContainsFunc(c.Owed(), func(p Promise) bool { return p.Kind == PromiseOutcome }) {
		t.Errorf("owed %v, looked at again %v", c.Owed(), c.NextAt)
	}
	late := noon(due.AddDays(1))
	change := do(t, p, c, Tick{}, roster.Clock, late)
	if !slices.Contains(change.Effects, Effect(ReminderDue{director, WatchKind(PromiseOutcome)})) {
		t.Errorf("the day after it was due the directors hear nothing: %v", change.Effects)
	}
	c = do(t, p, change.Complaint, Confirm{letter(due.AddDays(1))}, officer, late).Complaint
	if outcomeOf(c).Open() || c.Class(due.AddDays(9)) != ClassLate || len(p.Watches(&c, due.AddDays(2))) > 0 {
		t.Errorf("after the letter: open %v, class %q, watched %v", outcomeOf(c).Open(), c.Class(due.AddDays(9)), p.Watches(&c, due.AddDays(2)))
	}
}

// TestTold_unreachable: who can't be told counts apart, also past the date; who was
// told can be reached, and so a confirmation that reaches nobody is refused.
func TestTold_unreachable(t *testing.T) {
	p := policy(t)
	on := start.AddMonths(1).AddDays(9)
	anonymous := func(f *File) { f.Facts.Preferred, f.Particulars.Email = ContactNone, "" }
	for _, test := range []struct {
		name  string
		edit  func(*File)
		steps []played
		class Class
		end   Ending
	}{
		{"anonymous", anonymous, []played{{on, failed(on)}}, ClassUnreachable, EndUnreachable},
		{"moved, and the number is dead", func(*File) {}, []played{{on, failed(on)}}, ClassUnreachable, EndUnreachable},
		{"anonymous, told at the door in time", anonymous, []played{{start.AddDays(5), func() Resolve {
			r := resolved(start.AddDays(5), start.AddDays(5))
			r.Way = WayInPerson
			return r
		}()}}, ClassInTime, ""},
	} {
		c := play(t, p, logged(t, p, test.edit, noon(start)), test.steps...)
		c = play(t, p, c, played{on, Confirm{by(WayNotPossible, on)}})
		got := outcomeOf(c)
		if c.State != StateClosed || got.Ended != test.end || test.end != "" && got.Lapsed != on || c.Class(on.AddDays(90)) != test.class || got.Open() {
			t.Errorf("%s: %s, ended %q on %s, class %q", test.name, c.State, got.Ended, got.Lapsed, c.Class(on.AddDays(90)))
		}
	}
	told := play(t, p, logged(t, p, func(*File) {}, noon(start)), played{on, resolved(on, on)})
	if _, err := p.Step(told, Confirm{by(WayNotPossible, on)}, officer, noon(on)); refusal(err) != "refused: way:way_impossible" {
		t.Errorf("who was told can't be reached: %v", err)
	}
}

// TestTold_withdrawalEndsIt: on its own date, which counts as the outcome would have.
func TestTold_withdrawalEndsIt(t *testing.T) {
	p := policy(t)
	for n, want := range map[int]Class{-1: ClassInTime, 1: ClassLate} {
		on := start.AddMonths(1).AddDays(n)
		c := play(t, p, logged(t, p, func(*File) {}, noon(start)), played{on, Withdraw{Reason: "Laat maar."}})
		if got := outcomeOf(c); got.Open() || got.Ended != EndWithdrawn || got.Lapsed != on || c.Class(on.AddDays(90)) != want {
			t.Errorf("withdrawn on %s: ended %q on %s, class %q", on, got.Ended, got.Lapsed, c.Class(on.AddDays(90)))
		}
	}
}

// TestTold_letterThatDidNotArrive takes back what it kept of the outcome, and
// nothing that was said before.
func TestTold_letterThatDidNotArrive(t *testing.T) {
	p := policy(t)
	on := start.AddDays(6)
	for _, test := range []struct {
		name string
		a    Resolve
		open bool
	}{
		{"nobody was told before", failed(on), true},
		{"told at the same second", resolved(on, on), false},
	} {
		c := play(t, p, logged(t, p, func(*File) {}, noon(start)), played{on, test.a}, played{on, Confirm{letter(on)}})
		heard := c.Reactions.First()
		c = do(t, p, c, MailFailed{Kind: RecordConfirmation, At: noon(on), Fault: "smtp_refused_550"}, roster.Clock, noon(on.AddDays(1))).Complaint
		if c.State != StateDecided || outcomeOf(c).Open() != test.open || heard != on || c.Reactions.First().IsZero() != test.open {
			t.Errorf("%s: %s, open %v, first reaction %s, was %s", test.name, c.State, outcomeOf(c).Open(), c.Reactions.First(), heard)
		}
	}
}

// TestTold_letterOfBeforeTheReopening: it turns out not to have arrived once the case
// is closed again; nothing is opened that nobody could settle.
func TestTold_letterOfBeforeTheReopening(t *testing.T) {
	p := policy(t)
	on := func(n int) calendar.Date { return start.AddDays(n) }
	c := play(t, p, logged(t, p, func(*File) {}, noon(start)),
		played{on(3), failed(on(3))}, played{on(4), Confirm{letter(on(4))}}, played{on(5), Reopen{Reason: "Nieuw."}},
		played{on(6), resolved(on(6), on(6))}, played{on(7), Confirm{by(WayPhone, on(7))}})
	c = do(t, p, c, MailFailed{Kind: RecordConfirmation, At: noon(on(4)), Fault: "smtp_refused_550"}, roster.Clock, noon(on(8))).Complaint
	if c.State != StateClosed || slices.ContainsFunc(c.Promises, Promise.Open) || c.Promises[1].Kept.On != on(6) {
		t.Errorf("%s, %+v", c.State, c.Promises)
	}
}

// TestReacted_withinFourWeeks holds R4a: the first of question, contact, notice and
// outcome, by R + 28.
func TestReacted_withinFourWeeks(t *testing.T) {
	p := policy(t)
	last := start.AddDays(ReactDays)
	after := last.AddDays(1)
	for _, test := range []struct {
		name  string
		steps []played
		today calendar.Date
		first calendar.Date
		class Class
	}{
		{"nothing yet", nil, last, calendar.Date{}, ClassOpen},
		{"nothing, too late", nil, after, calendar.Date{}, ClassLate},
		{"acknowledged only", []played{{start, Acknowledge{letter(start)}}}, after, calendar.Date{}, ClassLate},
		{"a note to ourselves only", []played{{start, Note{Text: "Gebeld met de trainer."}}}, after, calendar.Date{}, ClassLate},
		{"a question on the last day", []played{{last, Question{letter(last)}}}, after, last, ClassInTime},
		{"a question by post on the last day", []played{{last, Question{by(WayLetter, last)}}}, after, last.AddDays(2), ClassLate},
		{"a notice, then the outcome", []played{{start.AddDays(20), notice(start.AddDays(20), start.AddDays(40))}, {after, resolved(after, after)}}, after, start.AddDays(20), ClassInTime},
		{"contact on the last day, entered after it", []played{{after, resolved(last, last)}}, after, last, ClassInTime},
		{"decided in time, told too late", []played{{after, resolved(last, after)}}, after, after, ClassLate},
		{"voicemail, and a letter in time", []played{{start, failed(start)}, {last, Confirm{letter(last)}}}, after, last, ClassInTime},
		{"nobody could be told", []played{{start, failed(start)}, {last, Confirm{by(WayNotPossible, last)}}}, after, calendar.Date{}, ClassUnreachable},
	} {
		c := play(t, p, logged(t, p, func(*File) {}, noon(start)), test.steps...)
		if first, class := c.Reacted(test.today); first != test.first || class != test.class {
			t.Errorf("%s: %s, %q; want %s, %q", test.name, first, class, test.first, test.class)
		}
	}
}

// TestNotices_directorsHearFromTheThirdOn, but not of a case that concerns them.
func TestNotices_directorsHearFromTheThirdOn(t *testing.T) {
	p := policy(t)
	for _, about := range []roster.PersonID{"", second} {
		c := logged(t, p, concerning(about), noon(start))
		for n := 1; n <= 4; n++ {
			on := start.AddDays(20 * n)
			change := do(t, p, c, notice(on, on.AddDays(30)), officer, noon(on))
			c = change.Complaint
			for _, who := range p.Roster.Directors {
				told := slices.Contains(change.Effects, Effect(NoticeRepeated{To: who, Count: n}))
				if want := n >= ManyNotices && who != about; told != want {
					t.Errorf("notice %d, about %q: %s hears %v", n, about, who, told)
				}
			}
		}
		if c.Notices() != 4 {
			t.Errorf("%d notices", c.Notices())
		}
		c = do(t, p, c, MailFailed{Kind: RecordProgress, At: noon(start.AddDays(80)), Fault: "smtp_refused_550"}, roster.Clock, noon(start.AddDays(81))).Complaint
		if c.Notices() != 3 {
			t.Errorf("%d notices after the last did not arrive", c.Notices())
		}
	}
}
