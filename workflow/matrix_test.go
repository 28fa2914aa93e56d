package workflow

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/workflow/roster"
)

var update = flag.Bool("update", false, "write the golden files anew")

// in brings a fresh complaint to a state.
func in(t *testing.T, p *Policy, state State) Complaint {
	t.Helper()
	if state == StateNone {
		return Complaint{}
	}
	at := noon(start)
	c := logged(t, p, func(*File) {}, at)
	path := map[State][]ActionName{
		StateReceived:   {},
		StateInProgress: {ActionAcknowledge},
		StateWaiting:    {ActionQuestion},
		StateDecided:    {ActionResolve},
		StateClosed:     {ActionResolve, ActionConfirm},
		StateDisputed:   {ActionResolve, ActionDispute},
		StateErased:     {ActionResolve, ActionConfirm},
	}
	for _, name := range path[state] {
		c = do(t, p, c, examples(start)[name], officer, at).Complaint
	}
	if state == StateErased {
		late, c2 := told(p, c)
		c = do(t, late, c2, Purge{}, roster.Clock, noon(start.AddMonths(25))).Complaint
	}
	if c.State != state {
		t.Fatalf("brought to %s, want %s", c.State, state)
	}
	return c
}

// TestStep_matrix writes down what every action does in every state for every
// role, so that a change of the rules shows as a change of this file.
func TestStep_matrix(t *testing.T) {
	p := policy(t)
	roles := []struct {
		name string
		id   roster.PersonID
	}{{"officer", officer}, {"deputy", deputy}, {"director", director}, {"staff", staff}, {"clock", roster.Clock}}
	var out strings.Builder
	for _, state := range slices.Concat([]State{StateNone}, live, []State{StateErased}) {
		for _, name := range slices.Concat([]ActionName{ActionFile}, Actions(), fromElsewhere()) {
			fmt.Fprintf(&out, "%-12s %-14s", orNone(state), name)
			for _, role := range roles {
				fmt.Fprintf(&out, " %s=%s", role.name, verdictOf(t, p, in(t, p, state), examples(start)[name], role.id))
			}
			out.WriteByte('\n')
		}
	}
	golden(t, "testdata/matrix.golden", out.String())
}

func verdictOf(t *testing.T, p *Policy, c Complaint, a Action, by roster.PersonID) string {
	t.Helper()
	change, err := p.Step(c, a, by, noon(start))
	if r := Refused(err); r != nil {
		return string(r[0].Code)
	}
	if err != nil {
		t.Fatal(err)
	}
	return orNone(change.Complaint.State)
}

func orNone(s State) string {
	if s == StateNone {
		return "none"
	}
	return string(s)
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got), -update writes it anew:\n%s", file, diff)
	}
}

// TestDoc_drawsTheStateDiagram compares the diagram in doc.go with the table.
func TestDoc_drawsTheStateDiagram(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	var drawn []string
	for _, m := range regexp.MustCompile(`(?m)^//\t(\w+) +(\w+) +(\w+)$`).FindAllStringSubmatch(string(doc), -1) {
		drawn = append(drawn, strings.Join(m[1:], " "))
	}
	var table []string
	for name, r := range rules {
		for from, to := range r.moves {
			if from != to {
				table = append(table, fmt.Sprintf("%s %s %s", orNone(from), name, to))
			}
		}
	}
	slices.Sort(drawn)
	slices.Sort(table)
	if diff := cmp.Diff(table, drawn); diff != "" {
		t.Errorf("the diagram in doc.go differs from the table (-table +drawn):\n%s", diff)
	}
}
