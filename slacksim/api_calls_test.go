package slacksim

import (
	"testing"
	"time"
)

// TestCalls_areBounded: the latest are remembered, and no more than maxCalls.
func TestCalls_areBounded(t *testing.T) {
	t.Parallel()
	w, err := newWorkspace(&manifest{}, Team{}, time.Now, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	a := newAPI(w, nil, nil, apiConfig{})
	for i := range 2*maxCalls + 10 {
		a.record(Call{Status: i})
	}
	if calls := a.recorded(); len(calls) != maxCalls || calls[maxCalls-1].Status != 2*maxCalls+9 {
		t.Errorf("%d calls", len(calls))
	}
}
