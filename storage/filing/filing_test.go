package filing_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"testing"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/filing"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/queue"
	"github.com/artra/klachtbot/storage/records"
	"github.com/artra/klachtbot/storage/storagetest"
	"github.com/artra/klachtbot/workflow"
)

func newFiler(reg *storagetest.Register) *filing.Filer {
	c := reg.Core()
	reader, box := cases.New(c), queue.NewWriter(c)
	j := journal.New(c)
	return filing.New(c, reader, j, box, records.New(c, reader, j, box))
}

// queued has n complaints wait for the filer, whose first transaction can't go on
// before the test does. It returns what wait waits for.
func queued(reg *storagetest.Register, f *filing.Filer, ctx context.Context, n int, gesture func(int) string) (wait func() []error) {
	reg.Helper()
	errs := make([]error, n+1)
	var all sync.WaitGroup
	file := func(i int, ctx context.Context, gesture string) {
		all.Go(func() {
			_, errs[i] = f.File(ctx, workflow.Command{Action: storagetest.Sample(), By: storagetest.Staff, Gesture: gesture})
		})
	}
	began, held := make(chan struct{}), make(chan struct{})
	all.Go(func() {
		err := reg.Core().Change(reg.Context(), func(tx engine.Tx) error {
			_, err := journal.New(reg.Core()).Hold(reg.Context(), tx)
			close(began)
			<-held
			return err
		})
		if err != nil {
			reg.Error(err)
		}
	})
	<-began
	file(n, reg.Context(), "first")
	await(f, 0)
	for i := range n {
		file(i, ctx, gesture(i))
	}
	await(f, n)
	return func() []error {
		close(held)
		all.Wait()
		return errs
	}
}

// await returns once somebody is at work, and so many wait.
func await(f *filing.Filer, n int) {
	for {
		if waiting, working := f.Waiting(); working && waiting == n {
			return
		}
		runtime.Gosched()
	}
}

// TestFile_sharesATransaction: what came while others were written goes together,
// in numbers without a gap and a chain that is whole.
func TestFile_sharesATransaction(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		const n = 20
		wait := queued(reg, newFiler(reg), t.Context(), n, func(i int) string { return fmt.Sprint("view:", i) })
		storagetest.NoErrors(t, wait())
		reg.MustVerify()
		if got := reg.Count(`SELECT max(ordinal) FROM complaints`); got != n+1 {
			t.Errorf("last number %d, want %d", got, n+1)
		}
		// One for the first, and two for the others: sixteen go together.
		if reg.Core().Shared() {
			if got := reg.Count(`SELECT count(DISTINCT xmin::text) FROM journal`); got != 3 {
				t.Errorf("%d transactions, want 3", got)
			}
		}
	})
}

// TestFile_sameGestureTogether: one submission that came several times at once is
// one case.
func TestFile_sameGestureTogether(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		wait := queued(reg, newFiler(reg), t.Context(), 10, func(i int) string { return fmt.Sprint("view:", i%2) })
		storagetest.NoErrors(t, wait())
		if got := reg.Count(`SELECT count(*) FROM complaints`); got != 3 {
			t.Errorf("%d cases, want 3", got)
		}
		reg.MustVerify()
	})
}

// TestFile_nobodyWaits: of whom gave up before their turn nothing is registered.
func TestFile_nobodyWaits(t *testing.T) {
	storagetest.OnBoth(t, func(t *testing.T, reg *storagetest.Register) {
		ctx, giveUp := context.WithCancel(t.Context())
		wait := queued(reg, newFiler(reg), ctx, 5, func(i int) string { return fmt.Sprint("view:", i) })
		giveUp()
		for i, err := range wait() {
			if want := context.Canceled; i < 5 && !errors.Is(err, want) {
				t.Errorf("complaint %d: %v, want %v", i, err, want)
			}
		}
		if got := reg.Count(`SELECT count(*) FROM complaints`); got != 1 {
			t.Errorf("%d cases, want 1", got)
		}
		reg.MustVerify()
	})
}
