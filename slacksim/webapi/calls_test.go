package webapi

import (
	"testing"
	"time"

	"github.com/artra/klachtbot/slacksim/manifest"
	"github.com/artra/klachtbot/slacksim/workspace"
)

// TestCalls_areBounded: the latest are remembered, and no more than maxCalls.
func TestCalls_areBounded(t *testing.T) {
	t.Parallel()
	w, err := workspace.New(&manifest.Manifest{}, workspace.Team{}, time.Now, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	a := New(w, nil, nil, Config{})
	for i := range 2*maxCalls + 10 {
		a.record(Call{Status: i})
	}
	if calls := a.Calls(); len(calls) != maxCalls || calls[maxCalls-1].Status != 2*maxCalls+9 {
		t.Errorf("%d calls", len(calls))
	}
}
