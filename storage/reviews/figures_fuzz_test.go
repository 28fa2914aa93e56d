package reviews

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

func FuzzFiguresRow(f *testing.F) {
	f.Add("K-2026-0001,2026-03-02,2026-03-09 09:00:00+00:00,2026-03-09,,", "closed,phone,training,trainer,0,1,partly,facilities")
	f.Add("K-2026-0001,2026-03-02,2026-03-09 09:00:00,,2026-05-01,outcome,2026-03-02,2026-04-02,,,,,0,0", "logged,phone,other,other,0,0,,")
	f.Add(",,,,", "")
	f.Fuzz(func(t *testing.T, course, facts string) {
		b := figuresRow{course: course}
		b.facts.String, b.facts.Valid = facts, facts != ""
		c, err := b.complaint(nil)
		if err != nil {
			return
		}
		room := slices.Grow([]workflow.Promise{{Kind: "left", Snoozed: calendar.NewDate(2026, time.January, 1)}}, 10)
		again, err := b.complaint(room)
		if err != nil || strings.Count(course, ",") < 5 || facts != "" && strings.Count(facts, ",") != 7 {
			t.Fatalf("%q, %q: %v", course, facts, err)
		}
		if got, want := fmt.Sprint(again), fmt.Sprint(c); got != want {
			t.Errorf("case in a used room: %s, want %s", got, want)
		}
	})
}
