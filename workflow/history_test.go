package workflow

import (
	"slices"
	"testing"
	"time"

	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// FuzzHistories plays random histories: of each two bytes one chooses an action,
// the other who acts, how much time passes, and whether a decision promises a
// remedy. For every third step the clock is wrong: it jumps ahead by days to years, or
// years back, or stands still. A jump alone erases nothing: an announcement and days of
// work come before it.
func FuzzHistories(f *testing.F) {
	f.Add([]byte{1, 2, 3, 4, 5})
	f.Add([]byte{4, 5, 9, 9, 9})
	f.Add([]byte{0x11, 0x22, 0x83, 0xc4, 0x05, 0x09})
	p := policy(f)
	f.Add([]byte{4, 0x80, 5, 0, 7, 0, 4, 0xc0})
	f.Add([]byte{4, 0x84, 5, 0, 28, 0x30, 7, 0})
	who := []roster.PersonID{officer, deputy, roster.Clock, staff}
	f.Fuzz(func(t *testing.T, history []byte) {
		c, now := Complaint{}, noon(start)
		c = do(t, p, c, complaint(), staff, now).Complaint
		for i := 0; len(history) >= 2; i++ {
			chosen, b := history[0], history[1]
			history = history[2:]
			now = now.Add(time.Duration(b&3) * 31 * time.Hour)
			at := now
			if i%3 == 2 { // the clock is wrong for this step alone
				at = now.Add(wrongClocks[int(b>>2)%len(wrongClocks)])
			}
			names := slices.Concat(Actions(), fromElsewhere(), []ActionName{ActionFile})
			a := examples(p.Calendar.Today(at))[names[int(chosen)%len(names)]]
			if a.Name() == ActionDispute {
				a = disputes(&c, p.Calendar.Today(at), int(b))
			}
			by := who[int(b>>4&3)]
			if a.Name() == ActionAmend {
				continue // rewrites history: see FuzzAmend
			}
			if _, decides := a.(Resolve); decides && b&0x80 != 0 {
				a = refund(p.Calendar.Today(at), []roster.PersonID{"", staff}[b>>6&1])
			}
			if settle, ok := a.(SettleRemedy); ok && b&0x80 != 0 {
				settle.Result, settle.Reason, settle.New = RemedyResults()[b>>2&1+1], "Het lukt niet.", p.Calendar.Today(at).AddDays(40)
				a = settle
			}
			change, err := p.Step(c, a, by, at)
			if err != nil {
				if Refused(err) == nil {
					t.Fatalf("%s: an error that is no refusal: %v", a.Name(), err)
				}
				continue
			}
			invariants(t, p, c, change, by)
			if c = change.Complaint; c.State == StateErased {
				return
			}
		}
	})
}

// wrongClocks are by how much the clock is off for one step.
var wrongClocks = []time.Duration{
	0, time.Hour, 10 * 24 * time.Hour, 800 * 24 * time.Hour, 3653 * 24 * time.Hour, -10 * 24 * time.Hour, -3000 * 24 * time.Hour,
}

// disputes are the ways in which a dispute goes on: dates of the committee, the
// defence sent, a date taken back, a ruling, another end.
func disputes(c *Complaint, on calendar.Date, n int) Action {
	known := c.DisputeDates()
	a := Dispute{Date: on, Shown: known, Dates: known}
	switch n % 6 {
	case 0:
		a.Reference = "GC 12"
	case 1:
		a.Dates.Defence, a.Dates.Hearing = on.AddDays(n), on.AddDays(40)
	case 2:
		a.Dates.Sent = on
	case 3:
		a.Dates.Sent, a.Dates.Hearing = calendar.Date{}, calendar.Date{}
	case 4:
		a.Ruling, a.Verdict, a.RulingDue = "Terecht.", RulingUpheld, on.AddDays(14)
	case 5:
		a.Ended = EndFeeNotPaid
	}
	return a
}

// owedToOthers are the promises that closing a case does not end.
func owedToOthers(p Promise) bool { return p.Kind == PromiseDefence || p.Kind == PromiseRemedy }

// disputeInvariants: a defence is owed until it is sent or its dispute is over,
// and no case goes while one is.
func disputeInvariants(t *testing.T, before Complaint, change Change) {
	t.Helper()
	after := change.Complaint
	ended := slices.ContainsFunc(change.Records, func(r Record) bool { return r.Kind == RecordRuling || r.Kind == RecordDisputeEnd })
	for i, p := range before.Promises {
		q := after.Promises[i]
		if p.Kind == PromiseDefence && p.Open() && !q.Open() && q.Kept.At.IsZero() && (!ended || q.Ended == "") {
			t.Error("a defence is owed no more, and nobody ended the dispute")
		}
	}
	_, going := policy(t).RetainUntil(&after)
	if owes := slices.ContainsFunc(after.Promises, func(p Promise) bool { return p.Kind == PromiseDefence && p.Open() }); owes && (going || !after.AtCommittee()) {
		t.Error("a case that owes a defence has an end of retention, or is not at the committee")
	}
	if ended && (after.State == StateDisputed || after.Dispute.EndedOn.IsZero() || after.Dispute.From != StateNone) {
		t.Errorf("a dispute ended, and the case is %s, from %q", after.State, after.Dispute.From)
	}
}

func invariants(t *testing.T, p *Policy, before Complaint, change Change, by roster.PersonID) {
	t.Helper()
	after := change.Complaint
	if after.State == StateErased {
		byTwo := change.Action == ActionEraseConfirm && before.Erasure.Stands() && before.Erasure.By != by
		if !byTwo && change.Action != ActionEraseReplay {
			t.Errorf("erased within weeks, by %s", change.Action)
		}
		return
	}
	if after.Erasure.Stands() && after.Unerasable() != CodeNone {
		t.Errorf("to be erased, and %s", after.Unerasable())
	}
	watched := 0
	for _, w := range p.Watches(&after, after.Facts.Received) {
		watched += min(w.Kind.Remedy(), 1)
	}
	if watched != len(after.OpenRemedies()) {
		t.Errorf("%d remedies are watched, and %d are open", watched, len(after.OpenRemedies()))
	}
	if after.Version < before.Version || after.Version > before.Version+1 {
		t.Errorf("version %d became %d", before.Version, after.Version)
	}
	if after.Version > before.Version && !change.Journal {
		t.Error("a change without a line in the journal")
	}
	if len(after.Promises) < len(before.Promises) {
		t.Error("a promise vanished")
	}
	for i, p := range before.Promises {
		failed := change.Records != nil && change.Records[0].Kind == RecordMailFailed
		renewed := change.Action == ActionRemedy && p.Kind == PromiseRemedy && p.Open()
		moved := p.Kind == PromiseDefence && change.Action == ActionDispute
		if q := after.Promises[i]; q.Kind != p.Kind || q.Due != p.Due && !renewed && !moved || !p.Open() && !failed && !moved && q.Kept != p.Kept {
			t.Errorf("promise %s changed after it was made or kept", p.Kind)
		}
	}
	disputeInvariants(t, before, change)
	if after.State == StateClosed {
		if slices.ContainsFunc(after.Promises, func(p Promise) bool { return p.Open() && !owedToOthers(p) }) {
			t.Error("closed with an open promise")
		}
		if _, ends := p.RetainUntil(&after); ends && len(after.OpenRemedies()) > 0 {
			t.Error("kept until a day, with a remedy open")
		}
		if p, ok := after.Promise(PromiseConfirmation); !ok || p.Kept.Entered.IsZero() || p.Kept.Way == "" {
			t.Error("closed without a recorded confirmation")
		}
	}
	handedOver := change.Records != nil && change.Records[0].Kind == RecordAssignment
	if after.Owner != before.Owner && !handedOver || after.LoggedBy != before.LoggedBy {
		t.Error("owner or logger changed by itself")
	}
	if (after.State == StateDisputed) != (after.Dispute.From != StateNone) && after.State == StateDisputed {
		t.Error("disputed, and nobody knows where it was before")
	}
}
