package storage

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/workflow"
)

const writers = 16

// TestManyWriters: sixteen people change one case at once. All succeed, one
// after the other: versions 2 to 17, and every note is in the dossier.
func TestManyWriters(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		made := h.log("view:1")
		versions := make([]int, writers)
		errs := together(t.Context(), writers, func(ctx context.Context, i int) error {
			r, err := h.Apply(ctx, workflow.Command{
				Case: made.ID, By: officer, Gesture: fmt.Sprint("note:", i),
				Action: workflow.Note{Text: workflow.Confidential(fmt.Sprint("note ", i))},
			})
			versions[i] = r.Complaint.Version
			return err
		})
		noErrors(t, errs)
		slices.Sort(versions)
		for i, v := range versions {
			if v != i+2 {
				t.Fatalf("versions %v", versions)
			}
		}
		texts := map[string]bool{}
		for _, e := range h.dossier(made.ID) {
			texts[e.Texts["note"]] = true
		}
		if len(texts) != writers {
			t.Errorf("%d notes in the dossier", len(texts))
		}
		h.clean()
	})
}

func noErrors(t testing.TB, errs []error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// clean expects that Verify finds nothing.
func (h *house) clean() {
	h.Helper()
	for _, f := range h.findings() {
		h.Errorf("verify: %v", f)
	}
}

func (h *house) findings() (found []journal.Finding) {
	h.Helper()
	if err := h.Verify(h.Context(), func(f journal.Finding) { found = append(found, f) }); err != nil {
		h.Fatal(err)
	}
	return found
}

// TestOneOfMany: of sixteen people who acknowledge at once, one does; the
// others read that it is no longer possible, and who did it.
func TestOneOfMany(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		made := h.log("view:1")
		errs := together(t.Context(), writers, func(ctx context.Context, i int) error {
			_, err := h.Apply(ctx, workflow.Command{
				Case: made.ID, By: officer, Gesture: fmt.Sprint("click:", i),
				Action: workflow.Acknowledge{Sent: sent(2, "Ontvangen")},
			})
			return err
		})
		done := 0
		for _, err := range errs {
			if err == nil {
				done++
				continue
			}
			mustRefuse(t, err, workflow.CodeNotNow)
			if deed := workflow.Refused(err)[0].Args.Performed; deed.By != officer || deed.Action != workflow.ActionAcknowledge {
				t.Errorf("the deed is %+v", deed)
			}
		}
		if done != 1 {
			t.Errorf("%d acknowledged", done)
		}
	})
}

// TestRepeatedGesture: a gesture that comes again answers with the case as it
// is now and changes nothing.
func TestRepeatedGesture(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		made := h.log("view:1")
		h.do(made.ID, officer, "click:1", workflow.Note{Text: "een"})
		now := h.do(made.ID, officer, "click:2", workflow.Note{Text: "twee"})
		for _, again := range []workflow.Command{
			{Action: sample(), By: staff, Gesture: "view:1"},
			{Case: made.ID, Action: workflow.Note{Text: "een"}, By: officer, Gesture: "click:1"},
		} {
			r, err := h.Apply(t.Context(), again)
			if err != nil || !r.Repeated {
				t.Fatalf("%s again: repeated %t, %v", again.Gesture, r.Repeated, err)
			}
			if r.Complaint.ID != made.ID || r.Complaint.Version != now.Version {
				t.Errorf("%s again: case %s version %d", again.Gesture, r.Complaint.Number, r.Complaint.Version)
			}
		}
		if n := len(h.dossier(made.ID)); n != 2 {
			t.Errorf("%d entries in the dossier", n)
		}
		h.clean()
	})
}

// TestRepeatedAfterTheRulesMoved: a redelivery is answered though the rules
// would refuse the same complaint by now.
func TestRepeatedAfterTheRulesMoved(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		made := h.log("view:1")
		h.clock.set(monday.AddDate(3, 0, 0))
		r, err := h.Apply(t.Context(), workflow.Command{Action: sample(), By: staff, Gesture: "view:1"})
		if err != nil || !r.Repeated || r.Complaint.ID != made.ID {
			t.Fatalf("repeated %t, %v", r.Repeated, err)
		}
		_, err = h.Apply(t.Context(), workflow.Command{Action: sample(), By: staff, Gesture: "view:2"})
		mustRefuse(t, err, workflow.CodeReceivedOld)
	})
}

// TestSameGestureAtOnce: one submission delivered sixteen times at once makes
// one case and spends one number, and one click one note.
func TestSameGestureAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		commands := []workflow.Command{{Action: sample(), By: staff, Gesture: "view:1"}}
		for len(commands) < 3 {
			fresh := make([]bool, writers)
			ids := make([]workflow.CaseID, writers)
			cmd := commands[len(commands)-1]
			noErrors(t, together(t.Context(), writers, func(ctx context.Context, i int) error {
				r, err := h.Apply(ctx, cmd)
				fresh[i], ids[i] = !r.Repeated, r.Complaint.ID
				return err
			}))
			if n := len(slices.DeleteFunc(fresh, func(f bool) bool { return !f })); n != 1 {
				t.Errorf("%s was carried out %d times", cmd.Gesture, n)
			}
			if len(slices.Compact(slices.Clone(ids))) != 1 {
				t.Errorf("%s answered with several cases", cmd.Gesture)
			}
			commands = append(commands, workflow.Command{Case: ids[0], Action: workflow.Note{Text: "n"}, By: officer, Gesture: "click:1"})
		}
		if next := h.log("view:2"); next.Number != "K-2026-0002" {
			t.Errorf("the next number is %s", next.Number)
		}
		h.clean()
	})
}

// TestNumbersWithoutGaps: creations at once, some of which are refused or can't
// be written, use up every number of both series and no more. One that fails
// does not take those down that share its transaction.
func TestNumbersWithoutGaps(t *testing.T) {
	onBoth(t, func(t *testing.T, h *house) {
		const n = 48
		h.raw(`CREATE UNIQUE INDEX only_one ON complaints (offering_name) WHERE offering_name = 'only one'`)
		first := sample()
		first.Facts.OfferingName = "only one"
		if _, err := h.Apply(t.Context(), workflow.Command{Action: first, By: staff, Gesture: "view:first"}); err != nil {
			t.Fatal(err)
		}
		numbers := make([]string, n)
		together(t.Context(), n, func(ctx context.Context, i int) error {
			numbers[i] = h.attempt(ctx, i)
			return nil
		})
		given := slices.DeleteFunc(numbers, func(s string) bool { return s == "" })
		slices.Sort(given)
		if len(given) != n/2 {
			t.Fatalf("%d cases were made: %v", len(given), given)
		}
		for i := range n / 4 {
			if want := fmt.Sprintf("K-2026-%04d", i+2); given[i] != want {
				t.Errorf("got %s, want %s", given[i], want)
			}
			if want := fmt.Sprintf("V-2026-%04d", i+1); given[n/4+i] != want {
				t.Errorf("got %s, want %s", given[n/4+i], want)
			}
		}
		h.clean()
	})
}

// attempt tries to log a complaint and returns its number, "" when it failed:
// of four, one is ordinary, one guarded, one refused and one can't be written.
func (h *house) attempt(ctx context.Context, i int) string {
	l := sample()
	switch i % 4 {
	case 1:
		l.Particulars.Concerns = officer
	case 2:
		l.Particulars.Name = " "
	case 3:
		l.Facts.OfferingName = "only one"
	}
	r, err := h.Apply(ctx, workflow.Command{Action: l, By: staff, Gesture: fmt.Sprint("view:", i)})
	if (err != nil) != (i%4 >= 2) {
		h.Errorf("attempt %d: %v", i, err)
	}
	return r.Complaint.Number
}
