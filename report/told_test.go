package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/artra/klachtbot/workflow"
)

// unreachable is a complaint of which nobody could be told the outcome.
func unreachable(on, ended string) workflow.Complaint {
	c := decided(on, on, ended)
	c.Promises[1].Kept = workflow.Kept{}
	c.Promises[1].Lapsed, c.Promises[1].Ended = day(ended), workflow.EndUnreachable
	return c
}

// TestSummary_unreachableCountsApart: neither kept nor late, in the figures, in every
// form of them, and in no part of how many were in time.
func TestSummary_unreachableCountsApart(t *testing.T) {
	s := collected(t, []workflow.Complaint{unreachable("2026-07-01", "2026-09-20"), decided("2026-07-01", "2026-07-02", "2026-07-04")})
	equal(t, "outcome", s.Outcome, Classes{InTime: 1, Unreachable: 1})
	equal(t, "due", []int{s.Outcome.Due(), s.Outcome.All(), s.Shown()}, []int{1, 2, 5})
	equal(t, "reacted", s.Reacted, Kept{InTime: 1})
	equal(t, "told", s.DurationTold, Duration{Decided: 1, Median: 3, Longest: 3})
	sp := speaker(t, "nl")
	var text, csv bytes.Buffer
	if err := WriteText(&text, NewSummaryView(s, sp)); err != nil {
		t.Fatal(err)
	}
	if err := WriteCSV(&csv, NewSummaryView(s, sp), sp); err != nil {
		t.Fatal(err)
	}
	for _, form := range []string{text.String(), csv.String()} {
		if !strings.Contains(form, "Niet te bereiken") || !strings.Contains(form, "Onbereikbaar") {
			t.Errorf("nobody reads of it:\n%s", form)
		}
	}
	if _, err := PNG(s, Dealing{}, sp); err != nil {
		t.Error(err)
	}
}

// TestSummary_saysByWhichDayItCounts: figures that were kept before R13, and cases
// that were erased by then, count by the day of the decision, and say so.
func TestSummary_saysByWhichDayItCounts(t *testing.T) {
	sp := speaker(t, "nl")
	erased := decided("2026-07-01", "2026-07-02", "2026-07-04")
	erased.Counting = workflow.CountDecided
	s := collected(t, []workflow.Complaint{erased, decided("2026-07-01", "2026-07-02", "2026-07-04")})
	if view := NewSummaryView(s, sp); s.CountedByDecision != 1 || !strings.Contains(view.Counting, "1 klacht") {
		t.Errorf("of one erased case: %d, %q", s.CountedByDecision, view.Counting)
	}
	var b bytes.Buffer
	if err := WriteJSON(&b, s); err != nil {
		t.Fatal(err)
	}
	before, err := ReadJSON([]byte(strings.Replace(b.String(), `"counted_by": "told",`, "", 1)))
	if err != nil {
		t.Fatal(err)
	}
	if view := NewSummaryView(before, sp); !strings.Contains(view.Counting, "dag van het besluit") {
		t.Errorf("of kept figures: %q", view.Counting)
	}
	now := collected(t, []workflow.Complaint{decided("2026-07-01", "2026-07-02", "2026-07-04")})
	if view := NewSummaryView(now, sp); view.Counting != "" {
		t.Errorf("of figures of today: %q", view.Counting)
	}
}
