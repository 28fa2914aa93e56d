package main

import (
	"context"
	"fmt"
	"math"
	"os"
	"testing"
	"time"
)

// What one case costs the server at most, BEGIN and COMMIT included: on average
// when sixteen people file at once, and when one does.
const (
	mostStatements  = 24
	mostCommits     = 3
	mostCommitsLone = 4
)

// small is a bench whose programs are built, and what takes part in it by name.
var (
	small bench
	named = map[string]contestant{}
)

func TestMain(m *testing.M) {
	os.Exit(prepared(m))
}

// prepared builds the programs once, and runs the tests.
func prepared(m *testing.M) int {
	dir, err := os.MkdirTemp("", "klachtbot-bench-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }()
	small = bench{dir: dir, options: options{people: 16, counted: 200}}
	contestants, err := small.contestants(context.Background())
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	for _, c := range contestants {
		named[c.name] = c
	}
	return m.Run()
}

// newSmallBench has a few people file a few cases on a PostgreSQL that does not
// wait for the disk.
func newSmallBench(t *testing.T) *bench {
	t.Helper()
	b := small
	b.tb, b.dir, b.table = t, t.TempDir(), newTable()
	return &b
}

// TestCount_aCase counts what the server sees of a case: the floor's two rows in
// one transaction, which proves the counting, and klachtbot's.
func TestCount_aCase(t *testing.T) {
	b := newSmallBench(t)
	floor, err := b.count(t.Context(), named["floor"])
	if err != nil {
		t.Fatal(err)
	}
	if math.Round(floor.statements) != 4 || math.Round(floor.commits) != 1 {
		t.Errorf("floor: %.2f statements and %.2f commits a case, want BEGIN, two rows, COMMIT", floor.statements, floor.commits)
	}
	own, err := b.count(t.Context(), named[ourName(postgres)])
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("klachtbot: %.2f statements, %.2f commits, %.0f KiB a case", own.statements, own.commits, own.allocated/1024)
	if own.statements > mostStatements || own.commits > mostCommits {
		t.Errorf("klachtbot: %.2f statements and %.2f commits a case, want at most %d and %d",
			own.statements, own.commits, mostStatements, mostCommits)
	}
	if own.statements < 1 || own.commits <= 0 {
		t.Errorf("klachtbot: %.2f statements and %.2f commits a case are not counted", own.statements, own.commits)
	}
	if floor.allocated <= 0 || own.allocated <= 0 {
		t.Errorf("allocated a case: floor %.0f bytes, klachtbot %.0f", floor.allocated, own.allocated)
	}
}

// TestCount_aLoneCase counts what the server commits when nobody else files: the
// case, the root taken, the root settled with the story taken, the story settled.
// It is counted to a whole number, since the scheduler's own rounds fall between
// the cases, the more of them the slower the machine.
func TestCount_aLoneCase(t *testing.T) {
	b := newSmallBench(t)
	b.people, b.counted = 1, 20
	own, err := b.count(t.Context(), named[ourName(postgres)])
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("klachtbot: %.2f statements, %.2f commits a lone case", own.statements, own.commits)
	if math.Round(own.commits) > mostCommitsLone {
		t.Errorf("%.2f commits a lone case, want at most %d", own.commits, mostCommitsLone)
	}
}

// TestRound_figures does a whole round on SQLite.
func TestRound_figures(t *testing.T) {
	b := newSmallBench(t)
	b.cases, b.atOnce, b.arrivals, b.window = 8, 4, 4, time.Millisecond
	c := named[ourName(sqlite)]
	if err := b.round(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	for _, figure := range []string{"start to connected, ms", "cases a second, posted", "answer p99, ms", "peak memory, MiB", "to install, MiB"} {
		if v := b.table.median(figure, c.name); !(v > 0) {
			t.Errorf("%s: %v", figure, v)
		}
	}
	for _, figure := range []string{"at once: to press again", "at once: unanswered", "arriving: unanswered"} {
		if v := b.table.median(figure, c.name); v != 0 {
			t.Errorf("%s: %v", figure, v)
		}
	}
}
