package storage_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
)

const writers = 16

// TestApply_manyWriters: sixteen people change one case at once. All succeed, one
// after the other: versions 2 to 17, and every note is in the dossier.
func TestApply_manyWriters(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		made := reg.File("view:1")
		versions := make([]int, writers)
		errs := storagetest.Together(t.Context(), writers, func(ctx context.Context, i int) error {
			r, err := reg.Apply(ctx, workflow.Command{
				Case: made.ID, By: storagetest.Officer, Gesture: fmt.Sprint("note:", i),
				Action: workflow.Note{Text: workflow.Confidential(fmt.Sprint("note ", i))},
			})
			versions[i] = r.Complaint.Version
			return err
		})
		storagetest.NoErrors(t, errs)
		slices.Sort(versions)
		for i, v := range versions {
			if v != i+2 {
				t.Fatalf("versions %v", versions)
			}
		}
		texts := map[string]bool{}
		for _, e := range reg.Dossier(made.ID) {
			texts[e.Texts["note"]] = true
		}
		if len(texts) != writers {
			t.Errorf("%d notes in the dossier", len(texts))
		}
		reg.MustVerify()
	})
}

// TestApply_oneOfMany: of sixteen people who acknowledge at once, one does; the
// others read that it is no longer possible, and who did it.
func TestApply_oneOfMany(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		made := reg.File("view:1")
		errs := storagetest.Together(t.Context(), writers, func(ctx context.Context, i int) error {
			_, err := reg.Apply(ctx, workflow.Command{
				Case: made.ID, By: storagetest.Officer, Gesture: fmt.Sprint("click:", i),
				Action: workflow.Acknowledge{Sent: storagetest.Sent(2, "Ontvangen")},
			})
			return err
		})
		done := 0
		for _, err := range errs {
			if err == nil {
				done++
				continue
			}
			storagetest.MustRefuse(t, err, workflow.CodeNotNow)
			if performed := workflow.Refused(err)[0].Args.Performed; performed.By != storagetest.Officer || performed.Action != workflow.ActionAcknowledge {
				t.Errorf("the performed is %+v", performed)
			}
		}
		if done != 1 {
			t.Errorf("%d acknowledged", done)
		}
	})
}

// TestApply_repeatedGesture: a gesture that comes again answers with the case as it
// is now and changes nothing.
func TestApply_repeatedGesture(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		made := reg.File("view:1")
		reg.Do(made.ID, storagetest.Officer, "click:1", workflow.Note{Text: "een"})
		now := reg.Do(made.ID, storagetest.Officer, "click:2", workflow.Note{Text: "twee"})
		for _, again := range []workflow.Command{
			{Action: storagetest.Sample(), By: storagetest.Staff, Gesture: "view:1"},
			{Case: made.ID, Action: workflow.Note{Text: "een"}, By: storagetest.Officer, Gesture: "click:1"},
		} {
			r, err := reg.Apply(t.Context(), again)
			if err != nil || !r.Repeated {
				t.Fatalf("%s again: repeated %t, %v", again.Gesture, r.Repeated, err)
			}
			if r.Complaint.ID != made.ID || r.Complaint.Version != now.Version {
				t.Errorf("%s again: case %s version %d", again.Gesture, r.Complaint.Number, r.Complaint.Version)
			}
		}
		if n := len(reg.Dossier(made.ID)); n != 2 {
			t.Errorf("%d entries in the dossier", n)
		}
		reg.MustVerify()
	})
}

// TestApply_repeatedAfterTheTerm: a redelivery is answered though the rules
// would refuse the same complaint by now.
func TestApply_repeatedAfterTheTerm(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		made := reg.File("view:1")
		reg.Clock.Set(storagetest.Monday.AddDate(3, 0, 0))
		r, err := reg.Apply(t.Context(), workflow.Command{Action: storagetest.Sample(), By: storagetest.Staff, Gesture: "view:1"})
		if err != nil || !r.Repeated || r.Complaint.ID != made.ID {
			t.Fatalf("repeated %t, %v", r.Repeated, err)
		}
		_, err = reg.Apply(t.Context(), workflow.Command{Action: storagetest.Sample(), By: storagetest.Staff, Gesture: "view:2"})
		storagetest.MustRefuse(t, err, workflow.CodeReceivedOld)
	})
}

// TestApply_sameGestureAtOnce: one submission delivered sixteen times at once makes
// one case and spends one number, and one click one note.
func TestApply_sameGestureAtOnce(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		commands := []workflow.Command{{Action: storagetest.Sample(), By: storagetest.Staff, Gesture: "view:1"}}
		for len(commands) < 3 {
			fresh := make([]bool, writers)
			ids := make([]workflow.CaseID, writers)
			cmd := commands[len(commands)-1]
			storagetest.NoErrors(t, storagetest.Together(t.Context(), writers, func(ctx context.Context, i int) error {
				r, err := reg.Apply(ctx, cmd)
				fresh[i], ids[i] = !r.Repeated, r.Complaint.ID
				return err
			}))
			if n := len(slices.DeleteFunc(fresh, func(f bool) bool { return !f })); n != 1 {
				t.Errorf("%s was carried out %d times", cmd.Gesture, n)
			}
			if len(slices.Compact(slices.Clone(ids))) != 1 {
				t.Errorf("%s answered with several cases", cmd.Gesture)
			}
			commands = append(commands, workflow.Command{Case: ids[0], Action: workflow.Note{Text: "n"}, By: storagetest.Officer, Gesture: "click:1"})
		}
		if next := reg.File("view:2"); next.Number != "K-2026-0002" {
			t.Errorf("the next number is %s", next.Number)
		}
		reg.MustVerify()
	})
}

// TestApply_numbersWithoutGaps: creations at once, some of which are refused or
// can't be written, use up every number of both series and no more. One that
// fails does not take those down that share its transaction.
func TestApply_numbersWithoutGaps(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		const n = 48
		reg.Exec(`CREATE UNIQUE INDEX only_one ON complaints (offering_name) WHERE offering_name = 'only one'`)
		first := storagetest.Sample()
		first.Facts.OfferingName = "only one"
		reg.Do("", storagetest.Staff, "view:first", first)
		numbers := make([]string, n)
		storagetest.Together(t.Context(), n, func(ctx context.Context, i int) error {
			numbers[i] = attempt(ctx, reg, i)
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
		reg.MustVerify()
	})
}

// attempt tries to log a complaint and returns its number, "" when it failed:
// of four, one is ordinary, one guarded, one refused and one can't be written.
func attempt(ctx context.Context, reg *storagetest.Register, i int) string {
	l := storagetest.Sample()
	switch i % 4 {
	case 1:
		l.Particulars.Concerns = storagetest.Officer
	case 2:
		l.Particulars.Name = " "
	case 3:
		l.Facts.OfferingName = "only one"
	}
	r, err := reg.Apply(ctx, workflow.Command{Action: l, By: storagetest.Staff, Gesture: fmt.Sprint("view:", i)})
	if (err != nil) != (i%4 >= 2) {
		reg.Errorf("attempt %d: %v", i, err)
	}
	return r.Complaint.Number
}
