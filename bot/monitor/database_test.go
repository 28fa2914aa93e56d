package monitor

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

// read are the alarms about the database that somebody got.
func (l *monitorTest) read(who string) (all []string) {
	l.Helper()
	for _, text := range l.Alarms(who) {
		switch {
		case strings.Contains(text, "kan nu niets vastleggen"), strings.Contains(text, "can't record anything"):
			all = append(all, "out")
		case strings.Contains(text, "weer vastleggen"), strings.Contains(text, "record again"):
			all = append(all, "back")
		default:
			all = append(all, text)
		}
	}
	return all
}

// TestAlarm_database: each officer reads once a day what is wrong, in their own
// language, whichever replica or process tells it, and once that it is over.
func TestAlarm_database(t *testing.T) {
	t.Parallel()
	l := newMonitorTest(t)
	check := func(want ...string) {
		t.Helper()
		for _, who := range []string{olga, dirk} {
			if got := l.read(who); !slices.Equal(got, want) {
				t.Fatalf("%s read %q, want %q", who, got, want)
			}
		}
	}
	l.Must(l.monitor.DatabaseBack(l.Ctx)) // nothing was wrong
	check()
	for range 2 {
		if !l.monitor.DatabaseOut(l.Ctx, "full") {
			t.Fatal("nobody knows")
		}
		l.assemble(nobody{}) // a replica
	}
	check("out")
	if texts := l.Alarms(dirk); !strings.Contains(texts[0], "disk") || !strings.Contains(l.Alarms(olga)[0], "schijf") {
		t.Errorf("the fault is told as %q", texts)
	}
	l.Must(l.monitor.Check(l.Ctx))
	l.Must(l.monitor.Check(l.Ctx)) // an alarm of another kind is not called off
	check("out")
	for range 2 {
		l.Must(l.monitor.DatabaseBack(l.Ctx))
		l.assemble(nobody{})
	}
	check("out", "back")
	l.monitor.DatabaseOut(l.Ctx, "full")
	check("out", "back", "out")
	if got := l.read(eva); len(got) != 0 {
		t.Errorf("the director read %q", got)
	}
}

// TestAlarm_databaseToWhoIsThere: who left reads nothing; when no officer can be reached,
// the directors do. What Slack did not answer is not called off.
func TestAlarm_databaseToWhoIsThere(t *testing.T) {
	t.Parallel()
	l := newMonitorTest(t)
	l.listed()
	l.Must(l.Sim.Deactivate(olga))
	l.Must(l.Sim.Deactivate(dirk))
	l.Must(l.monitor.Check(l.Ctx)) // so that it is known
	before := len(l.Alarms(eva))
	if !l.monitor.DatabaseOut(l.Ctx, "read_only") {
		t.Fatal("nobody knows")
	}
	if got := l.Alarms(eva)[before:]; len(got) != 1 || !strings.Contains(got[0], "veranderd") {
		t.Errorf("the director read %q", got)
	}
	for _, who := range []string{olga, dirk} {
		if got := l.read(who); slices.Contains(got, "out") {
			t.Errorf("%s left, and is told %q", who, got)
		}
	}
	l.Sim.Faults().Status("conversations.history", http.StatusBadGateway, 1)
	if l.monitor.DatabaseBack(l.Ctx) == nil {
		t.Error("Slack gave no answer, and nobody tries again")
	}
	l.Must(l.monitor.DatabaseBack(l.Ctx))
	if got := l.Alarms(eva)[before:]; len(got) != 2 {
		t.Errorf("the director read %q", got)
	}
}
