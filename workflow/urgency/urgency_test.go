package urgency

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/workflow/roster"
)

func TestSet_isInOneOrder(t *testing.T) {
	for _, test := range []struct {
		ticked []string
		want   Set
		known  bool
	}{
		{nil, "", true},
		{[]string{"running_course", "safety"}, "safety running_course", true},
		{[]string{"conduct", "conduct"}, "conduct", true},
		{[]string{"urgent", "conduct"}, "conduct urgent", false},
	} {
		if got := NewSet(test.ticked...); got != test.want || got.Known() != test.known {
			t.Errorf("%v: %q, known %v", test.ticked, got, got.Known())
		}
	}
	both := NewSet("safety", "conduct")
	if !both.Has(Safety) || both.Has(RunningCourse) || !both.Adds("safety") || Set("safety").Adds(both) || Set("").Adds("") {
		t.Errorf("%q has, or adds, what it does not", both)
	}
}

var at = time.Date(2026, time.November, 5, 22, 0, 0, 0, time.UTC)

func TestCalls_rounds(t *testing.T) {
	owner, deputy := roster.PersonID("UOWNER"), roster.PersonID("UDEPUTY")
	c := Calls("").Over(at)
	if c != "" || c.Round() != nil || c.All() != nil {
		t.Fatalf("nobody was told, and yet %q", c)
	}
	c = c.Told(at, []roster.PersonID{owner, deputy}, false)
	c = c.Told(at.Add(time.Hour), []roster.PersonID{deputy}, true)
	if c != "told 1793916000 UOWNER,UDEPUTY;again 1793919600 UDEPUTY" {
		t.Errorf("stored as %q", c)
	}
	c = c.Seen(at.Add(2*time.Hour), deputy)
	c = c.Over(at.Add(3 * time.Hour)).Over(at.Add(3 * time.Hour))
	if len(c.Round()) != 0 {
		t.Errorf("a round that is over goes on: %q", c)
	}
	c = c.Told(at.Add(4*time.Hour), []roster.PersonID{owner}, false)
	want := []Call{
		{Number: 1, At: at, To: []roster.PersonID{owner, deputy}, Over: true, SeenBy: deputy, SeenAt: at.Add(2 * time.Hour)},
		{Number: 2, At: at.Add(time.Hour), To: []roster.PersonID{deputy}, Again: true, Over: true, SeenBy: deputy, SeenAt: at.Add(2 * time.Hour)},
		{Number: 3, At: at.Add(4 * time.Hour), To: []roster.PersonID{owner}},
	}
	if diff := cmp.Diff(want, c.All()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(want[2:], c.Round()); diff != "" {
		t.Error(diff)
	}
	if c.WereSeen() || !c.Reached(deputy) || c.Reached("USTAFF") || !c.Seen(at, owner).WereSeen() {
		t.Errorf("who saw what of %q", c)
	}
	second, ok := c.Numbered(2)
	if _, none := c.Numbered(4); !ok || none || !cmp.Equal(second, want[1]) {
		t.Errorf("the second call is %+v", second)
	}
}

// TestCalls_unreadable: what nobody wrote is no call, and hides none.
func TestCalls_unreadable(t *testing.T) {
	for _, c := range []Calls{"x", "told", "told x UOWNER", ";;", "seen 1 U", "over 1"} {
		if all := c.All(); len(all) != 0 {
			t.Errorf("%q: %+v", c, all)
		}
		if all := (c + ";told 1793916000 UOWNER").Round(); len(all) != 1 || all[0].Number != 1 {
			t.Errorf("behind %q: %+v", c, all)
		}
	}
}
