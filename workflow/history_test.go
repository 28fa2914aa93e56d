package workflow

import (
	"slices"
	"testing"
	"time"

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
			by := who[int(b>>4&3)]
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
		if q := after.Promises[i]; q.Kind != p.Kind || q.Due != p.Due && !renewed || !p.Open() && !failed && q.Kept != p.Kept {
			t.Errorf("promise %s changed after it was made or kept", p.Kind)
		}
	}
	if after.State == StateClosed {
		if slices.ContainsFunc(after.Promises, func(p Promise) bool { return p.Open() && p.Kind != PromiseRemedy }) {
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
