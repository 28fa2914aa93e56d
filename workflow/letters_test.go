package workflow

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// TestMailFailed_opensThePromiseAgain: a letter that the mail server refused keeps
// nothing.
func TestMailFailed_opensThePromiseAgain(t *testing.T) {
	p := policy(t)
	mailed := Sent{Date: start, Way: WayEmail, Body: "x", Letter: "y", Mail: true}
	failed := func(kind RecordKind) MailFailed {
		return MailFailed{Kind: kind, At: noon(start).UTC(), Fault: "smtp_refused_550"}
	}
	for _, test := range []struct {
		name  string
		steps []Action
		kind  RecordKind
		state State
		open  []PromiseKind
	}{
		{"an acknowledgement", []Action{Acknowledge{mailed}}, RecordAcknowledgement, StateInProgress, []PromiseKind{PromiseAcknowledgement, PromiseOutcome}},
		{"a question", []Action{Question{mailed}}, RecordQuestion, StateInProgress, []PromiseKind{PromiseAcknowledgement, PromiseOutcome}},
		{"a notice", []Action{Progress{mailed, "Ziek.", start.AddDays(40)}}, RecordProgress, StateReceived, []PromiseKind{PromiseAcknowledgement, PromiseOutcome}},
		{"a confirmation", []Action{decision(start), Confirm{mailed}}, RecordConfirmation, StateDecided, []PromiseKind{PromiseAcknowledgement, PromiseConfirmation}},
		{"an acknowledgement, after the case was closed", []Action{Acknowledge{mailed}, decision(start), Confirm{letter(start)}}, RecordAcknowledgement, StateClosed, nil},
	} {
		c := logged(t, p, func(*File) {}, noon(start))
		for _, a := range test.steps {
			c = do(t, p, c, a, officer, noon(start)).Complaint
		}
		c = do(t, p, c, failed(test.kind), roster.Clock, noon(start.AddDays(1))).Complaint
		var open []PromiseKind
		for _, pr := range c.Promises {
			if pr.Open() {
				open = append(open, pr.Kind)
			}
		}
		if c.State != test.state || !slices.Equal(open, test.open) || !c.WaitingSince.IsZero() || (c.State == StateClosed) == c.ClosedAt.IsZero() {
			t.Errorf("%s: %s, open %q, waiting since %s, closed %v", test.name, c.State, open, c.WaitingSince, c.ClosedAt)
		}
	}
}

// TestMailFailed_leavesANewerLetterAlone: word of the failure may take a day.
func TestMailFailed_leavesANewerLetterAlone(t *testing.T) {
	p := policy(t)
	mailed := Sent{Date: start, Way: WayEmail, Body: "x", Letter: "y", Mail: true}
	next := start.AddDays(1)
	c := logged(t, p, func(*File) {}, noon(start))
	c = do(t, p, c, Progress{mailed, "Ziek.", start.AddDays(40)}, officer, noon(start)).Complaint
	c = do(t, p, c, notice(next, start.AddDays(45)), officer, noon(next)).Complaint
	c = do(t, p, c, MailFailed{Kind: RecordProgress, At: noon(start).UTC(), Fault: "x"}, roster.Clock, noon(next)).Complaint
	if w, ok := p.Watched(&c, WatchKind(PromiseProgress), next); !ok || w.Due != start.AddDays(45) {
		t.Errorf("after a newer notice: watched %v until %s", ok, w.Due)
	}
	c = do(t, p, c, MailFailed{Kind: RecordProgress, At: noon(next).UTC(), Fault: "x"}, roster.Clock, noon(next)).Complaint
	if w, ok := p.Watched(&c, WatchKind(PromiseProgress), next); !ok || w.Due != start.AddDays(40) {
		t.Errorf("after the newer one failed: watched %v until %s", ok, w.Due)
	}
	q := logged(t, p, func(*File) {}, noon(start))
	q = do(t, p, q, Question{mailed}, officer, noon(start)).Complaint
	q = do(t, p, q, Question{letter(next)}, officer, noon(next)).Complaint
	q = do(t, p, q, MailFailed{Kind: RecordQuestion, At: noon(start).UTC(), Fault: "x"}, roster.Clock, noon(next)).Complaint
	if q.State != StateWaiting {
		t.Errorf("after a newer question: %s", q.State)
	}
}

func TestSent_isMailedTodayByEmail(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*File) {}, noon(start))
	byPhone := logged(t, p, func(l *File) {
		l.Facts.Preferred, l.Particulars.Email, l.Particulars.Phone = ContactPhone, "", "026 333 75 72"
	}, noon(start))
	on := start.AddDays(1)
	for _, test := range []struct {
		name string
		c    Complaint
		sent Sent
		want string
	}{
		{"today", c, Sent{Date: on, Way: WayEmail, Body: "x", Mail: true}, ""},
		{"yesterday", c, Sent{Date: start, Way: WayEmail, Body: "x", Mail: true}, "date:mail_today"},
		{"by post", c, Sent{Date: on, Way: WayLetter, Body: "x", Mail: true}, "way:mail_way"},
		{"without an address", byPhone, Sent{Date: on, Way: WayEmail, Body: "x", Mail: true}, "way:mail_no_address"},
	} {
		change, err := p.Step(test.c, Acknowledge{test.sent}, officer, noon(on))
		if errText(err) != test.want {
			t.Errorf("%s: %q, want %q", test.name, errText(err), test.want)
		}
		mails := 0
		for _, e := range change.Effects {
			if _, mailed := e.(LetterWritten); mailed {
				mails++
			}
		}
		if (test.want == "") != (mails == 1) {
			t.Errorf("%s: %d letters to send", test.name, mails)
		}
	}
}

// TestProgress_isWatchedLikeTheFirstDate (R4): the date of R3 stays, the expected
// date is what is watched from then on, and a new notice keeps the old one.
func TestProgress_isWatchedLikeTheFirstDate(t *testing.T) {
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
		t.Error("the first date is reminded about, too")
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

func TestProgress_expectedDate(t *testing.T) {
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

func TestKept_evidenceOfALetter(t *testing.T) {
	p := policy(t)
	later := noon(start.AddDays(5)) // Saturday
	for _, test := range []struct {
		name   string
		sent   Sent
		on     string
		later  bool
		inTime bool
	}{
		{"by e-mail, the same day", Sent{Date: start.AddDays(5), Way: WayEmail, Body: "x"}, "2026-11-07", false, true},
		{"by e-mail, recorded afterwards", Sent{Date: start, Way: WayEmail, Body: "x"}, "2026-11-02", true, true},
		{"by post it counts when it is delivered", Sent{Date: start.AddDays(4), Way: WayLetter, Body: "x"}, "2026-11-10", true, false},
	} {
		c := logged(t, p, func(*File) {}, noon(start))
		c = do(t, p, c, Acknowledge{test.sent}, officer, later).Complaint
		got, _ := c.Promise(PromiseAcknowledgement)
		if got.Kept.On.String() != test.on || got.Kept.Later != test.later || got.InTime() != test.inTime || got.Kept.Entered != test.sent.Date {
			t.Errorf("%s: %+v, in time %v", test.name, got.Kept, got.InTime())
		}
	}
}

func TestQuestion_waitingDaysAreCounted(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*File) {}, noon(start))
	c = do(t, p, c, Question{letter(start)}, officer, noon(start)).Complaint
	if due, _ := c.Promise(PromiseOutcome); due.Due != start.AddMonths(1) {
		t.Errorf("the clock stopped: outcome due %s", due.Due)
	}
	answered := start.AddDays(6)
	c = do(t, p, c, Answer{Date: answered, Way: WayPhone, Text: "Ja."}, officer, noon(answered)).Complaint
	if c.WaitedDays != 6 || !c.WaitingSince.IsZero() {
		t.Errorf("waited %d days, since %s", c.WaitedDays, c.WaitingSince)
	}
}

func TestSent_anonymousComplainantNeedsNoLetter(t *testing.T) {
	p, at := policy(t), noon(start)
	c := logged(t, p, func(l *File) { l.Facts.Preferred, l.Particulars.Name = ContactNone, "anoniem" }, at)
	none := Sent{Date: start, Way: WayNotPossible, Body: "Niet bereikbaar."}
	c = do(t, p, c, Acknowledge{none}, officer, at).Complaint
	if _, err := p.Step(c, Question{none}, officer, at); !Refused(err).Has(CodeWayImpossible) {
		t.Errorf("a question that can't be asked: %v", err)
	}
	c = do(t, p, c, decision(start), officer, at).Complaint
	if c = do(t, p, c, Confirm{none}, officer, at).Complaint; c.State != StateClosed {
		t.Errorf("state %s", c.State)
	}
}
