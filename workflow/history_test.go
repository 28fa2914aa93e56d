package workflow

import (
	"slices"
	"testing"
	"time"

	"github.com/artra/klachtbot/workflow/roster"
)

// FuzzHistories plays random histories: each byte chooses an action, who acts
// and how much time passes, which may be a clock that jumps ahead by days to years for
// one step, or years back, or stands still. A jump alone erases nothing: an announcement
// and days of work come before it.
func FuzzHistories(f *testing.F) {
	f.Add([]byte{1, 2, 3, 4, 5})
	f.Add([]byte{4, 5, 9, 9, 9})
	f.Add([]byte{0x11, 0x22, 0x83, 0xc4, 0x05, 0x09})
	p := policy(f)
	who := []roster.PersonID{officer, deputy, roster.Clock, director}
	f.Fuzz(func(t *testing.T, history []byte) {
		c, now := Complaint{}, noon(start)
		c = do(t, p, c, complaint(), staff, now).Complaint
		for i, b := range history {
			now = now.Add(time.Duration(b>>6) * 31 * time.Hour)
			at := now
			if i%3 == 2 { // the clock is wrong for this step alone
				at = now.Add(wrongClocks[int(b>>2)%len(wrongClocks)])
			}
			names := slices.Concat(Actions(), fromElsewhere(), []ActionName{ActionFile})
			a := examples(p.Calendar.Today(at))[names[int(b&31)%len(names)]]
			by := who[int(b>>4&3)]
			change, err := p.Step(c, a, by, at)
			if err != nil {
				if Refused(err) == nil {
					t.Fatalf("%s: an error that is no refusal: %v", a.Name(), err)
				}
				continue
			}
			invariants(t, c, change, by)
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

func invariants(t *testing.T, before Complaint, change Change, by roster.PersonID) {
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
		if q := after.Promises[i]; q.Kind != p.Kind || q.Due != p.Due || !p.Open() && !failed && q.Kept != p.Kept {
			t.Errorf("promise %s changed after it was made or kept", p.Kind)
		}
	}
	if after.State == StateClosed {
		if slices.ContainsFunc(after.Promises, Promise.Open) {
			t.Error("closed with an open promise")
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
