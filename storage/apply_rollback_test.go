package storage_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
)

// tables are those of the register, for counting what was left behind.
func tables() []string {
	return []string{
		"complaints", "case_keys", "concerns", "contacts", "promises", "records",
		"journal", "register_chain", "outbox", "attachments",
	}
}

func contents(reg *storagetest.Register) (rows string) {
	reg.Helper()
	for _, table := range tables() {
		rows += fmt.Sprintf("%s %d\n", table, reg.Count("SELECT count(*) FROM "+table))
	}
	return rows
}

// failsAfter is randomness that ends: a change that uses it breaks half-way.
type failsAfter struct{ left atomic.Int64 }

var errBroken = errors.New("broken half-way")

func (f *failsAfter) Read(p []byte) (int, error) {
	if f.left.Add(-1) < 0 {
		return 0, errBroken
	}
	return len(p), nil
}

// TestApply_nothingHalfWritten breaks a creation and a change off at every use of
// randomness, which stand between their writes; what is stored stays what it
// was, and the same gesture succeeds afterwards.
func TestApply_nothingHalfWritten(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		made := reg.File("view:1")
		before, whole := contents(reg), reg.Core().Keys
		for _, cmd := range []workflow.Command{
			{Action: storagetest.Sample(), By: storagetest.Staff, Gesture: "view:2"},
			{Case: made.ID, Action: storagetest.Resolved(), By: storagetest.Officer, Gesture: "click:2"},
		} {
			broke := 0
			for n := int64(0); ; n++ {
				reg.Core().Keys = withRandom(t, whole, n)
				_, err := reg.Apply(t.Context(), cmd)
				if err == nil {
					break
				}
				storagetest.MustBe(t, err, errBroken)
				storagetest.Equal(t, "contents", contents(reg), before)
				broke++
			}
			if broke < 2 {
				t.Errorf("%s broke in %d places only", cmd.Gesture, broke)
			}
			reg.Core().Keys, before = whole, contents(reg)
		}
		reg.MustVerify()
	})
}

// withRandom is the ring with randomness for n nonces and keys.
func withRandom(t testing.TB, r *vault.Ring, n int64) *vault.Ring {
	t.Helper()
	source := &failsAfter{}
	source.left.Store(n)
	broken, err := vault.OpenKeyFileWith(r.Path(), source)
	if err != nil {
		t.Fatal(err)
	}
	return broken
}

// TestApply_cancelled: a change whose context has ended leaves nothing behind, and
// says so with the context's own error on both engines.
func TestApply_cancelled(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		made := reg.File("view:1")
		before := contents(reg)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := reg.Apply(ctx, workflow.Command{Case: made.ID, Action: workflow.Note{Text: "n"}, By: storagetest.Officer, Gesture: "click:1"})
		storagetest.MustBe(t, err, context.Canceled)
		_, err = reg.Apply(ctx, workflow.Command{Action: storagetest.Sample(), By: storagetest.Staff, Gesture: "view:2"})
		storagetest.MustBe(t, err, context.Canceled)
		storagetest.Equal(t, "contents", contents(reg), before)
	})
}

// TestApply_refusedChangesNothing: what the rules refuse leaves the register as it
// was.
func TestApply_refusedChangesNothing(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		made := reg.File("view:1")
		before := contents(reg)
		_, err := reg.Apply(t.Context(), workflow.Command{Case: made.ID, Action: workflow.Note{}, By: storagetest.Officer, Gesture: "click:1"})
		storagetest.MustRefuse(t, err, workflow.CodeRequired)
		_, err = reg.Apply(t.Context(), workflow.Command{Case: made.ID, Action: workflow.Confirm{Sent: storagetest.Sent(2, "x")}, By: storagetest.Officer, Gesture: "click:2"})
		storagetest.MustRefuse(t, err, workflow.CodeNotNow)
		_, err = reg.Apply(t.Context(), workflow.Command{Case: "no such", Action: workflow.Note{Text: "n"}, By: storagetest.Officer, Gesture: "click:3"})
		storagetest.MustRefuse(t, err, workflow.CodeNoSuchCase)
		storagetest.Equal(t, "contents", contents(reg), before)
		reg.MustHold(made)
	})
}

// TestApply_forbiddenIsRemembered: who lacks the role changes nothing, but the
// register's own chain keeps that they tried, without naming them.
func TestApply_forbiddenIsRemembered(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		made := reg.File("view:1")
		_, err := reg.Apply(t.Context(), workflow.Command{Case: made.ID, Action: workflow.LookIdentity{}, By: storagetest.Staff, Gesture: "click:1"})
		storagetest.MustRefuse(t, err, workflow.CodeForbidden)
		reg.MustHold(made)
		const refusals = `SELECT count(*) FROM register_chain WHERE action = 'refused' AND complaint = $1`
		if n := reg.Count(refusals, made.ID); n != 1 {
			t.Errorf("%d refusals in the chain", n)
		}
		reg.MustVerify()
	})
}
