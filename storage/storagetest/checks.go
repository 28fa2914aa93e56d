package storagetest

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/artra/klachtbot/workflow"
)

// Equal reports what differs.
func Equal(t testing.TB, what string, got, want any) {
	t.Helper()
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

// MustBe ends a test whose error is not what it wants.
func MustBe(t testing.TB, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("got %v, want %v", err, want)
	}
}

// MustRefuse ends a test whose error is not a refusal with that code.
func MustRefuse(t testing.TB, err error, code workflow.Code) {
	t.Helper()
	if !workflow.Refused(err).Has(code) {
		t.Fatalf("got %v, want a refusal with %s", err, code)
	}
}

// NoErrors ends a test at the first error.
func NoErrors(t testing.TB, errs []error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Together runs n functions at once and returns their errors.
func Together(ctx context.Context, n int, f func(context.Context, int) error) []error {
	errs := make([]error, n)
	start := make(chan struct{})
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			<-start
			errs[i] = f(ctx, i)
		})
	}
	close(start)
	all.Wait()
	return errs
}
