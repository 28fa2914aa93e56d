package main

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// ratchet lists what was too large when the targets were set, with its size. An
// entry may shrink and must go when the target is kept; none may be added.
var ratchet = map[string]int{}

func TestShape_targets(t *testing.T) {
	files, err := load(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	missed := measure(files).missed()
	still := map[string]bool{}
	for _, m := range unargued(missed, exceptions) {
		still[m.what] = true
		if allowed, ok := ratchet[m.what]; !ok {
			t.Error(m)
		} else if m.n > allowed {
			t.Errorf("%s; it was %d and may only shrink", m, allowed)
		}
	}
	for what := range ratchet {
		if !still[what] {
			t.Errorf("%s keeps its target now: take it out of the ratchet", what)
		}
	}
	for _, e := range exceptions {
		if len(unargued(missed, []exception{e})) == len(missed) {
			t.Errorf("nothing needs the exception for %s, up to %d", e.what, e.upTo)
		}
	}
}

// TestShape_exceptions asks that every exception names a decision, and that the
// decision names the exception's subject.
func TestShape_exceptions(t *testing.T) {
	for _, e := range exceptions {
		page, err := os.ReadFile("../../docs/decisions/" + e.page)
		if err != nil {
			t.Errorf("%s: %v", e.what, err)
			continue
		}
		subject := e.what[strings.LastIndex(e.what, " ")+1:]
		if !strings.Contains(string(page), "`"+subject+"`") {
			t.Errorf("docs/decisions/%s does not name `%s`", e.page, subject)
		}
	}
}

var house = fstest.MapFS{
	"go.mod":           {Data: []byte("module example.com/house\n")},
	"house.go":         {Data: []byte("// Package house is one.\npackage house\n\nconst Door, window = 1, 2 // two names\n")},
	"tools/go.mod":     {Data: []byte("module tools\n")},
	"tools/tools.go":   {Data: []byte("package tools\n")},
	"testdata/bad.go":  {Data: []byte("not Go\n")},
	"attic/attic.go":   {Data: []byte(attic)},
	"cellar/cellar.go": {Data: []byte("package cellar\n\nimport \"example.com/house/attic\"\n\ntype box interface {\n\tattic.Box\n\tShut()\n}\n")},
	"cellar/cellar_test.go": {Data: []byte("package cellar\n\nimport \"testing\"\n\n" +
		"func TestMain(m *testing.M) { m.Run() }\n\nfunc TestBox(t *testing.T) {}\n\nfunc FuzzBox(f *testing.F) {}\n\n" +
		"func BenchmarkBox(b *testing.B) {}\n\nfunc helper(t *testing.T) {}\n")},
}

const attic = `package attic

// A Box has
/* a comment
of its own */
type Box interface {
	Open() error
	Lidded
}

type Lidded interface{ Lid(); Hinge() }

type chest[T any] struct{ text string }

func (c *chest[T]) Fill() {
	c.text = ` + "`one\n\n`" + `
}

func (c chest[T]) Empty() {}

func Exported() {}
`

func TestShape_measure(t *testing.T) {
	var b strings.Builder
	err := run(house, &b)
	if err == nil || err.Error() != "missed: interfaces called box: 2 (at most 1)" {
		t.Errorf("missed: %v", err)
	}
	want := `functions                          3
  median / 90th percentile / longest 1 / 1 / 5 lines (at most 45)
largest file                       attic/attic.go 23 (at most 350 lines)
largest test file                  cellar/cellar_test.go 13
methods of the largest types       attic.chest 2 (at most 40)
files of the largest packages      attic 1, cellar 1, house 1 (at most 15 beside tests)
widest interfaces                  cellar.box 4, attic.Box 3, attic.Lidded 2 (at most 5 methods)
interfaces of the same name        1 names (none): box 2
exported names of workflow         0
exported names, most               attic 3, house 1, cellar 0
packages                           3
files / test files                 3 / 1
lines of code / of tests           22 / 7
tests per code line                0.32
comments per code line             0.18
test functions                     3
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestShape_missed(t *testing.T) {
	s := shape{
		functions:  []figure{{"attic.sweep", 46}, {"attic.dust", 45}},
		files:      []figure{{"attic/attic.go", 351}},
		types:      []figure{{"attic.Box", 41}},
		packages:   []figure{{"attic", 16}},
		interfaces: []figure{{"attic.Lidded", 6}},
		namesakes:  []figure{{"box", 2}},
	}
	argued := []exception{{"methods of attic.Box", 41, ""}, {"files of package attic", 15, ""}}
	var missed []string
	for _, m := range unargued(s.missed(), argued) {
		missed = append(missed, m.Error())
	}
	want := []string{
		"missed: lines of function attic.sweep: 46 (at most 45)",
		"missed: lines of file attic/attic.go: 351 (at most 350)",
		"missed: files of package attic: 16 (at most 15)",
		"missed: methods of interface attic.Lidded: 6 (at most 5)",
		"missed: interfaces called box: 2 (at most 1)",
	}
	if diff := cmp.Diff(want, missed); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
