package storage

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"

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

func (h *house) contents() (rows string) {
	h.Helper()
	for _, table := range tables() {
		rows += fmt.Sprintf("%s %d\n", table, h.count("SELECT count(*) FROM "+table))
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

// TestNothingHalfWritten breaks a creation and a change off at every use of
// randomness, which stand between their writes; what is stored stays what it
// was, and the same gesture succeeds afterwards.
func TestNothingHalfWritten(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		made := h.log("view:1")
		before, whole := h.contents(), h.core.Keys
		for _, cmd := range []workflow.Command{
			{Action: sample(), By: staff, Gesture: "view:2"},
			{Case: made.ID, Action: resolved(), By: officer, Gesture: "click:2"},
		} {
			broke := 0
			for n := int64(0); ; n++ {
				h.core.Keys = withRandom(t, whole, n)
				_, err := h.Apply(t.Context(), cmd)
				if err == nil {
					break
				}
				mustBe(t, err, errBroken)
				equal(t, "contents", h.contents(), before)
				broke++
			}
			if broke < 2 {
				t.Errorf("%s broke in %d places only", cmd.Gesture, broke)
			}
			h.core.Keys, before = whole, h.contents()
		}
		h.clean()
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

// TestCancelled: a change whose context has ended leaves nothing behind, and
// says so with the context's own error on both engines.
func TestCancelled(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		made := h.log("view:1")
		before := h.contents()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := h.Apply(ctx, workflow.Command{Case: made.ID, Action: workflow.Note{Text: "n"}, By: officer, Gesture: "click:1"})
		mustBe(t, err, context.Canceled)
		_, err = h.Apply(ctx, workflow.Command{Action: sample(), By: staff, Gesture: "view:2"})
		mustBe(t, err, context.Canceled)
		equal(t, "contents", h.contents(), before)
	})
}

// TestRefusedChangesNothing: what the rules refuse leaves the register as it
// was.
func TestRefusedChangesNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		made := h.log("view:1")
		before := h.contents()
		_, err := h.Apply(t.Context(), workflow.Command{Case: made.ID, Action: workflow.Note{}, By: officer, Gesture: "click:1"})
		mustRefuse(t, err, workflow.CodeRequired)
		_, err = h.Apply(t.Context(), workflow.Command{Case: made.ID, Action: workflow.Confirm{Sent: sent(2, "x")}, By: officer, Gesture: "click:2"})
		mustRefuse(t, err, workflow.CodeNotNow)
		_, err = h.Apply(t.Context(), workflow.Command{Case: "no such", Action: workflow.Note{Text: "n"}, By: officer, Gesture: "click:3"})
		mustRefuse(t, err, workflow.CodeNoSuchCase)
		equal(t, "contents", h.contents(), before)
		h.same(made)
	})
}

// TestForbiddenIsRemembered: who lacks the role changes nothing, but the
// register's own chain keeps that they tried, without naming them.
func TestForbiddenIsRemembered(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		made := h.log("view:1")
		_, err := h.Apply(t.Context(), workflow.Command{Case: made.ID, Action: workflow.LookIdentity{}, By: staff, Gesture: "click:1"})
		mustRefuse(t, err, workflow.CodeForbidden)
		h.same(made)
		const refusals = `SELECT count(*) FROM register_chain WHERE action = 'refused' AND complaint = $1`
		if n := h.count(refusals, made.ID); n != 1 {
			t.Errorf("%d refusals in the chain", n)
		}
		h.clean()
	})
}
