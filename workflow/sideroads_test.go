package workflow

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

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

// TestANoticeIsWatchedLikeTheFirstDate (R4): the date of R3 stays, the expected
// date is what is watched from then on, and a new notice keeps the old one.
func TestANoticeIsWatchedLikeTheFirstDate(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*File) {}, noon(start))
	r3 := start.AddMonths(1) // Wednesday 2 December
	first, second := r3.AddDays(10), r3.AddDays(20)
	c = play(t, p, c, played{start.AddDays(20), notice(start.AddDays(20), first)})
	w, ok := p.Watched(&c, WatchKind(PromiseProgress), start.AddDays(20))
	if !ok || w.Due != first {
		t.Errorf("watched until %s, want %s", w.Due, first)
	}
	if _, both := p.Watched(&c, WatchKind(PromiseOutcome), start.AddDays(20)); both {
		t.Error("the first date is nudged about, too")
	}
	c = play(t, p, c, played{first, notice(first, second)}, played{second, decision(second)})
	var got []string
	for _, pr := range c.Promises {
		got = append(got, strings.TrimSpace(string(pr.Kind)+" "+pr.Due.String()+" "+pr.Kept.On.String()))
	}
	want := []string{
		"acknowledgement 2026-11-07", "outcome 2026-12-02 2026-12-22",
		"progress 2026-12-12 2026-12-12", "progress 2026-12-22 2026-12-22", "confirmation 2026-12-27",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("promises (-want +got):\n%s", diff)
	}
}

func TestExpectedDateOfANotice(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*File) {}, noon(start))
	r3 := start.AddMonths(1)
	late := logged(t, p, func(*File) {}, noon(start))
	for _, test := range []struct {
		name     string
		c        Complaint
		on       calendar.Date
		expected calendar.Date
		want     string
	}{
		{"the day that was promised", c, start.AddDays(9), r3, "expected_date:expected_early"},
		{"the day after", c, start.AddDays(9), r3.AddDays(1), ""},
		{"two months after the notice", c, start.AddDays(9), start.AddDays(9).AddMonths(2), ""},
		{"a day more", c, start.AddDays(9), start.AddDays(9).AddMonths(2).AddDays(1), "expected_date:date_late"},
		{"none", c, start.AddDays(9), calendar.Date{}, "expected_date:date_required"},
		{"after the month, today", late, r3.AddDays(5), r3.AddDays(5), "expected_date:expected_early"},
		{"after the month, tomorrow", late, r3.AddDays(5), r3.AddDays(6), ""},
	} {
		_, err := p.Step(test.c, notice(test.on, test.expected), officer, noon(test.on))
		if got := errText(err); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func errText(err error) string {
	if err == nil {
		return ""
	}
	return strings.TrimPrefix(err.Error(), "refused: ")
}

// TestClasses holds the three classes of R4.
func TestClasses(t *testing.T) {
	p := policy(t)
	r3 := start.AddMonths(1)
	day := func(n int) calendar.Date { return r3.AddDays(n) }
	for _, test := range []struct {
		name  string
		steps []played
		today calendar.Date
		want  Class
	}{
		{"not yet", nil, r3, ClassOpen},
		{"overdue", nil, day(1), ClassLate},
		{"on the last day", []played{{r3, decision(r3)}}, day(90), ClassInTime},
		{"a day late", []played{{day(1), decision(day(1))}}, day(90), ClassLate},
		{"under way with a notice", []played{{day(-3), notice(day(-3), day(10))}}, day(5), ClassNoticed},
		{"decided by the new date", []played{{day(-3), notice(day(-3), day(10))}, {day(10), decision(day(10))}}, day(90), ClassNoticed},
		{"decided early all the same", []played{{day(-3), notice(day(-3), day(10))}, {day(-1), decision(day(-1))}}, day(90), ClassInTime},
		{"past the new date", []played{{day(-3), notice(day(-3), day(10))}}, day(11), ClassLate},
		{"two notices in time", []played{{day(-3), notice(day(-3), day(10))}, {day(10), notice(day(10), day(30))}, {day(29), decision(day(29))}}, day(90), ClassNoticed},
		{"the second too late", []played{{day(-3), notice(day(-3), day(10))}, {day(11), notice(day(11), day(30))}, {day(29), decision(day(29))}}, day(90), ClassLate},
		{"a notice after the month", []played{{day(1), notice(day(1), day(30))}, {day(20), decision(day(20))}}, day(90), ClassLate},
		{"reopened, and late then", []played{{r3, decision(r3)}, {r3, Confirm{letter(r3)}}, {day(5), Reopen{Reason: "Nieuw."}}}, day(300), ClassInTime},
	} {
		c := play(t, p, logged(t, p, func(*File) {}, noon(start)), test.steps...)
		if got := c.Class(test.today); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestAWithdrawalIsConfirmedLikeAnyOutcome(t *testing.T) {
	p := policy(t)
	c := play(t, p, logged(t, p, func(*File) {}, noon(start)), played{start, Withdraw{Reason: "Laat maar."}})
	outcome, _ := c.Promise(PromiseOutcome)
	confirmation, ok := c.Promise(PromiseConfirmation)
	if c.State != StateDecided || c.Decision.Verdict != VerdictWithdrawn || outcome.Open() || !ok || confirmation.Due != start.AddDays(5) {
		t.Errorf("%s, %q, outcome open %v, confirmation due %s", c.State, c.Decision.Verdict, outcome.Open(), confirmation.Due)
	}
	if c = play(t, p, c, played{start, Confirm{letter(start)}}); c.State != StateClosed {
		t.Errorf("after the confirmation: %s", c.State)
	}
}

func TestReopeningBeginsANewMonth(t *testing.T) {
	p := policy(t)
	on := start.AddDays(40)
	for _, state := range []State{StateClosed, StateDisputed} {
		c := play(t, p, in(t, p, state), played{on, Reopen{Reason: "Nieuw bewijs."}})
		due, _ := c.Promise(PromiseOutcome)
		if c.State != StateInProgress || !due.Open() || due.Due != on.AddMonths(1) || c.Decision.Verdict != "" || !c.ClosedAt.IsZero() {
			t.Errorf("from %s: %s, due %s, verdict %q, closed %v", state, c.State, due.Due, c.Decision.Verdict, c.ClosedAt)
		}
		if pr, ok := c.Promise(PromiseConfirmation); !ok || pr.Open() {
			t.Errorf("from %s: the confirmation of a decision that was taken back is still owed", state)
		}
		c = play(t, p, c, played{on, decision(on)}, played{on, Confirm{letter(on)}})
		if pr, _ := c.Promise(PromiseConfirmation); c.State != StateClosed || pr.Kept.On != on {
			t.Errorf("from %s: %s after the second confirmation", state, c.State)
		}
	}
}

// TestTheCommitteeSendsItBack: a second dispute records the ruling, and the
// case is where it was.
func TestTheCommitteeSendsItBack(t *testing.T) {
	p := policy(t)
	fourWeeks := start.AddDays(28)
	for _, state := range []State{StateReceived, StateInProgress, StateWaiting, StateDecided, StateClosed} {
		c := play(t, p, in(t, p, state), played{fourWeeks, Dispute{Date: fourWeeks, Reference: "GC 1"}})
		if c.State != StateDisputed || c.Dispute.On != fourWeeks {
			t.Fatalf("from %s: %s, since %s", state, c.State, c.Dispute.On)
		}
		_, err := p.Step(c, Dispute{Date: fourWeeks}, officer, noon(fourWeeks))
		if got := errText(err); got != "ruling:required" {
			t.Errorf("a ruling without words: %q", got)
		}
		if c = play(t, p, c, played{fourWeeks, Dispute{Date: fourWeeks, Ruling: "Ongegrond."}}); c.State != state {
			t.Errorf("from %s the ruling leads to %s", state, c.State)
		}
	}
}

func TestTheCommitteeWaitsFourWeeks(t *testing.T) {
	p := policy(t)
	byPhone := logged(t, p, func(*File) {}, noon(start))
	byMail := logged(t, p, func(l *File) { l.Facts.ReceivedVia = WayEmail }, noon(start))
	written := play(t, p, byPhone, played{start.AddDays(3), Acknowledge{letter(start.AddDays(3))}})
	for _, test := range []struct {
		name string
		c    Complaint
		from calendar.Date
	}{
		{"nothing was ever written", byPhone, start.AddDays(28)},
		{"written by the complainant", byMail, start.AddDays(28)},
		{"written by us three days later", written, start.AddDays(31)},
	} {
		for n, want := range map[int]string{-1: ":not_now", 0: ""} {
			on := test.from.AddDays(n)
			_, err := p.Step(test.c, Dispute{Date: on}, officer, noon(on))
			if got := errText(err); got != want {
				t.Errorf("%s, %d days off: %q, want %q", test.name, n, got, want)
			}
		}
	}
}

func TestAssign(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*File) {}, noon(start))
	guarded := logged(t, p, concerning(director), noon(start))
	for _, test := range []struct {
		name  string
		c     Complaint
		to    roster.PersonID
		want  string
		shown []string
	}{
		{"the deputy", c, deputy, "", []string{"case", "line"}},
		{"a director", c, second, "", []string{"case", "line", "handover"}},
		{"who has it", c, officer, "owner:same_owner", nil},
		{"staff", c, staff, "owner:not_eligible", nil},
		{"nobody", c, "", "owner:not_eligible", nil},
		{"whom it concerns", guarded, director, "owner:not_eligible", nil},
		{"another one of a guarded case", guarded, deputy, "", []string{"case", "story"}},
	} {
		change, err := p.Step(test.c, Assign{test.to}, officer, noon(start))
		var shown []string
		for _, e := range change.Effects {
			shown = append(shown, shownBy(e).kind)
		}
		if errText(err) != test.want || !cmp.Equal(shown, test.shown) || err == nil && change.Complaint.Owner != test.to {
			t.Errorf("%s: %q, owner %s, shown %q", test.name, errText(err), change.Complaint.Owner, shown)
		}
	}
}

// TestANewOwnerIsNotNudgedAtOnce: the line about the handing over tells what is
// due; the next rung is theirs.
func TestANewOwnerIsNotNudgedAtOnce(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*File) {}, noon(start))
	c, _ = run(t, p, c, start.AddDays(2))
	c = do(t, p, c, Assign{deputy}, officer, noon(start.AddDays(2))).Complaint
	_, nudges := run(t, p, c, start.AddDays(4))
	want := []string{"11-06 acknowledgement UDEPUTY", "11-06 acknowledgement UOFFICER"}
	if !cmp.Equal(want, nudges) {
		t.Error(cmp.Diff(want, nudges))
	}
}

func TestHold(t *testing.T) {
	p := policy(t)
	c := in(t, p, StateClosed)
	for _, test := range []struct {
		name   string
		review calendar.Date
		want   string
	}{
		{"today", start, "review_date:date_past"},
		{"six months", start.AddMonths(6), ""},
		{"a day more", start.AddMonths(6).AddDays(1), "review_date:date_late"},
		{"no date", calendar.Date{}, "review_date:date_required"},
	} {
		_, err := p.Step(c, Hold{Reason: "Rechtszaak.", Review: test.review}, officer, noon(start))
		if got := errText(err); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
	c = play(t, p, c, played{start, Hold{Reason: "Rechtszaak.", Review: start.AddMonths(1)}})
	if c = play(t, p, c, played{start, Hold{Reason: "Klaar."}}); !c.HoldReview.IsZero() || p.Calendar.Today(c.NextAt).Before(start.AddMonths(22)) {
		t.Errorf("a hold that was ended: review %s, next %v", c.HoldReview, c.NextAt)
	}
}

func TestSnooze(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*File) {}, noon(start))
	ack := WatchKind(PromiseAcknowledgement)
	for _, test := range []struct {
		name  string
		what  WatchKind
		on    calendar.Date
		until calendar.Date
		want  string
	}{
		{"to the due date", ack, start, start.AddDays(5), ""},
		{"beyond the promise", ack, start, start.AddDays(6), "until:date_late"},
		{"to today", ack, start, start, "until:date_past"},
		{"without a date", ack, start, calendar.Date{}, "until:date_required"},
		{"when overdue", ack, start.AddDays(6), start.AddDays(7), "until:snooze_overdue"},
		{"what is not watched", WatchKind(PromiseConfirmation), start, start.AddDays(1), ":not_now"},
		{"a hold", WatchHold, start, start.AddDays(1), ":not_now"},
	} {
		_, err := p.Step(c, Snooze{What: test.what, Reason: "Vrij.", Until: test.until}, officer, noon(test.on))
		if got := errText(err); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
	c = play(t, p, c, played{start, Snooze{What: ack, Reason: "Vrij.", Until: start.AddDays(4)}})
	_, nudges := run(t, p, c, start.AddDays(4))
	want := []string{"11-06 acknowledgement UOFFICER", "11-06 acknowledgement UDEPUTY"}
	if !cmp.Equal(want, nudges) {
		t.Error(cmp.Diff(want, nudges))
	}
	if ok, later := p.MayRemindNow(&c, ack, officer, noon(start.AddDays(2))); ok || !later.IsZero() {
		t.Errorf("a nudge that was queued before the snooze may be sent: %v, %v", ok, later)
	}
}

func TestLink(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*File) {}, noon(start))
	c.ID = "this"
	for _, other := range []CaseID{"", "this"} {
		if _, err := p.Step(c, Link{Other: other}, officer, noon(start)); !Refused(err).Has(CodeNoSuchCase) {
			t.Errorf("linked to %q: %v", other, err)
		}
	}
	change := do(t, p, c, Link{Other: "that"}, officer, noon(start))
	if len(change.Records) != 1 || change.Records[0].Texts["linked"] != "that" {
		t.Errorf("records: %d", len(change.Records))
	}
	if len(change.Effects) > 0 || !change.Journal {
		t.Errorf("a link shows in %v", change.Effects)
	}
}

func TestMarksSurviveTheirText(t *testing.T) {
	m := ReminderHistory("").with(officer, 2, start).with(deputy, 3, start).with(officer, 4, start.AddDays(1)).with(director, stepDirectorNotice, start)
	if step, on := m.lastTo(officer); step != 4 || on != start.AddDays(1) {
		t.Errorf("the officer: %d, %s", step, on)
	}
	highest := 0
	for _, sent := range m.all() {
		highest = max(highest, sent.step)
	}
	if step, _ := m.lastTo(director); step != 0 || !m.notified(director) || m.notified(deputy) || highest != 4 || m.lastOn() != start.AddDays(1) {
		t.Errorf("%q", m)
	}
	if got := len(ReminderHistory("x;U1 2;U1 a 2026-11-02;U1 2 yesterday; ;U1 1 2026-11-02").all()); got != 1 {
		t.Errorf("read %d marks from what is mostly none", got)
	}
}

// TestAnOutageIsToldOnlyByWhatItHeldUp.
func TestAnOutageIsToldOnlyByWhatItHeldUp(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*File) {}, noon(start))
	ack := WatchKind(PromiseAcknowledgement)
	wednesday := start.AddDays(2) // the first rung
	morning, ten := p.Calendar.At(wednesday, 8*60), p.Calendar.At(wednesday, 10*60)
	for _, test := range []struct {
		name   string
		outage Outage
		now    time.Time
		want   bool
	}{
		{"over the opening of the window", Outage{morning, ten}, ten, true},
		{"before it", Outage{morning, morning.Add(time.Minute)}, ten, false},
		{"days", Outage{noon(start), ten}, ten, true},
		{"another day's", Outage{morning, ten}, ten.Add(48 * time.Hour), false},
	} {
		if got := p.Missed(&c, ack, officer, test.outage, test.now); got != test.want {
			t.Errorf("%s: %v", test.name, got)
		}
	}
	if p.Missed(&c, ack, staff, Outage{morning, ten}, ten) {
		t.Error("told to somebody who is not nudged")
	}
}
