package workflow

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/workflow/roster"
)

func correction(edits ...func(*File)) Correct {
	return Correct{File: complaint(edits...), Reason: "Verkeerd verstaan."}
}

// TestACorrectedReceiptMovesThePromises (R1).
func TestACorrectedReceiptMovesThePromises(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*File) {}, noon(start))
	c, _ = run(t, p, c, start.AddDays(3)) // nudged once
	earlier := start.AddDays(-3)
	change := do(t, p, c, correction(func(l *File) { l.Facts.Received = earlier }), officer, noon(start.AddDays(3)))
	c = change.Complaint
	if c.Promises[0].Due != earlier.AddDays(5) || c.Promises[1].Due != earlier.AddMonths(1) || c.Promises[0].Reminders != "" || c.LateLogged {
		t.Errorf("due %s and %s, marks %q, late %v", c.Promises[0].Due, c.Promises[1].Due, c.Promises[0].Reminders, c.LateLogged)
	}
	want := map[string]string{"reason": "Verkeerd verstaan.", "old.received_date": start.String()}
	got := map[string]string{}
	for name, text := range change.Records[0].Texts {
		got[name] = text.Reveal()
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what was kept (-want +got):\n%s", diff)
	}
}

func TestACorrectionKeepsWhatWasDone(t *testing.T) {
	p := policy(t)
	c := play(t, p, logged(t, p, func(*File) {}, noon(start)), played{start.AddDays(5), Acknowledge{letter(start.AddDays(5))}})
	on := start.AddDays(6)
	c = do(t, p, c, correction(func(l *File) { l.Facts.Received = start.AddDays(-1) }), officer, noon(on)).Complaint
	if ack, _ := c.Promise(PromiseAcknowledgement); ack.Open() || ack.InTime() {
		t.Errorf("kept on the sixth day: open %v, in time %v", ack.Open(), ack.InTime())
	}
	_, err := p.Step(c, correction(func(l *File) { l.Facts.Received = on }), officer, noon(on))
	if got := errText(err); got != "received_date:received_late" {
		t.Errorf("received after it was acknowledged: %q", got)
	}
}

func TestACorrectionIsCheckedLikeALog(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*File) {}, noon(start))
	for want, a := range map[string]Correct{
		"reason:required":           {File: complaint()},
		"email:not_email":           correction(func(l *File) { l.Particulars.Email = "noor" }),
		"received_date:date_future": correction(func(l *File) { l.Facts.Received = start.AddDays(1) }),
		"category:unknown_choice":   correction(func(l *File) { l.Facts.Category = "x" }),
		"description:required":      correction(func(l *File) { l.Particulars.Story = "" }),
		"incident_date:date_future": correction(func(l *File) { l.Facts.Incident = start.AddDays(1) }),
		"complainant_name:required": correction(func(l *File) { l.Particulars.Name = " " }),
	} {
		if _, err := p.Step(c, a, officer, noon(start)); errText(err) != want {
			t.Errorf("%q, want %q", errText(err), want)
		}
	}
}

// TestAConflictThatShowsLaterMovesTheCase (design section 4, conflict guard).
func TestAConflictThatShowsLaterMovesTheCase(t *testing.T) {
	p := policy(t)
	plain := logged(t, p, func(*File) {}, noon(start))
	guarded := logged(t, p, concerning(director), noon(start))
	about := logged(t, p, concerning(deputy), noon(start))
	for _, test := range []struct {
		name     string
		c        Complaint
		concerns roster.PersonID
		series   Series
		owner    roster.PersonID
		shown    []string
	}{
		{"the owner", plain, officer, SeriesGuarded, deputy, []string{"clear", "case", "story"}},
		{"the deputy", plain, deputy, SeriesGuarded, officer, []string{"clear", "case", "story"}},
		{"a director", plain, director, SeriesGuarded, officer, []string{"clear", "case", "story"}},
		{"somebody without a role", plain, staff, SeriesOrdinary, officer, []string{"case", "line"}},
		{"another one after all", guarded, officer, SeriesGuarded, deputy, []string{"clear", "case", "story"}},
		{"another one, with the handler who has it", about, director, SeriesGuarded, officer, []string{"clear", "case", "line"}},
		{"the same person", guarded, director, SeriesGuarded, officer, []string{"case", "line"}},
		{"nobody after all", guarded, "", SeriesGuarded, officer, []string{"case", "line"}},
	} {
		change := do(t, p, test.c, correction(concerning(test.concerns)), officer, noon(start))
		c := change.Complaint
		var shown []string
		for _, e := range change.Effects {
			shown = append(shown, shownBy(e).kind)
		}
		if c.Series != test.series || c.Owner != test.owner || !slices.Equal(shown, test.shown) {
			t.Errorf("%s: %s, owner %s, shown %q", test.name, c.Series, c.Owner, shown)
		}
	}
}

// TestWhatCantBeDeliveredIsOpenAgain: a letter that the post refused keeps
// nothing.
func TestWhatCantBeDeliveredIsOpenAgain(t *testing.T) {
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

// TestAFailedLetterLeavesANewerOneAlone: word of the failure may take a day.
func TestAFailedLetterLeavesANewerOneAlone(t *testing.T) {
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

func TestTheBotMailsTodayByEmail(t *testing.T) {
	p := policy(t)
	c := logged(t, p, func(*File) {}, noon(start))
	byPhone := logged(t, p, func(l *File) { l.Particulars.Email, l.Particulars.Phone = "", "026 333 75 72" }, noon(start))
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
