package report

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// firstLine is the first sentence of the figures of those cases.
func firstLine(t *testing.T, lang string, today calendar.Date, cases ...workflow.Complaint) string {
	t.Helper()
	c := NewCollector(summer, today, amsterdam(t))
	for _, x := range cases {
		if err := c.Add(x); err != nil {
			t.Fatal(err)
		}
	}
	return NewSummaryView(c.Summary(), speaker(t, lang)).Headline[0].Text
}

// TestAtEnd_firstSentence: what was overdue at the end of the quarter, however old, in
// whichever quarter it was received.
func TestAtEnd_firstSentence(t *testing.T) {
	old, late, fresh := received("2024-10-10"), received("2026-08-20"), received("2026-09-28")
	closed := decided("2026-07-01", "2026-07-03", "2026-07-11")
	for _, test := range []struct {
		cases  []workflow.Complaint
		nl, en string
	}{
		{nil, "Aan het einde van het kwartaal was er niets open.", "At the end of the quarter nothing was open."},
		{[]workflow.Complaint{closed}, "Aan het einde van het kwartaal was er niets open.", "At the end of the quarter nothing was open."},
		{[]workflow.Complaint{fresh}, "Aan het einde van het kwartaal was er 1 open, niet te laat.", "At the end of the quarter 1 was open, not late."},
		{[]workflow.Complaint{fresh, fresh}, "Aan het einde van het kwartaal waren er 2 open, geen te laat.", "At the end of the quarter 2 were open, none late."},
		{
			[]workflow.Complaint{old}, "Aan het einde van het kwartaal was er 1 open, en die was te laat. De klacht was 720 dagen oud.",
			"At the end of the quarter 1 was open, and it was late. The complaint was 720 days old.",
		},
		{
			[]workflow.Complaint{late, old, fresh, closed}, "Aan het einde van het kwartaal waren er 3 open, waarvan 2 te laat. De oudste: 720 dagen.",
			"At the end of the quarter 3 were open, 2 of them late. The oldest: 720 days.",
		},
		{
			[]workflow.Complaint{late, old}, "Aan het einde van het kwartaal waren er 2 open, allebei te laat. De oudste: 720 dagen.",
			"At the end of the quarter 2 were open, both late. The oldest: 720 days.",
		},
		{
			[]workflow.Complaint{late, late, old, late, late}, "Aan het einde van het kwartaal waren er 5 open, alle 5 te laat. De oudste: 720 dagen.",
			"At the end of the quarter 5 were open, all 5 late. The oldest: 720 days.",
		},
	} {
		equal(t, "nl", firstLine(t, "nl", november, test.cases...), test.nl)
		equal(t, "en", firstLine(t, "en", november, test.cases...), test.en)
	}
	equal(t, "as long as it lasts", firstLine(t, "nl", day("2026-07-20"), old), "Op dit moment is er 1 open, en die is te laat. De klacht is 648 dagen oud.")
}

// TestAtEnd_thatDayCounts: of what was settled or put off since the quarter ended, or
// promised since, nothing changes how it stood then.
func TestAtEnd_thatDayCounts(t *testing.T) {
	for name, test := range map[string]struct {
		c    workflow.Complaint
		want AtEnd
	}{
		"settled since": {decided("2026-08-01", "2026-08-02", "2026-10-20"), AtEnd{Overdue: 1, OldestDays: 60}},
		"due on the last day": {with(received("2026-09-25"), func(c *workflow.Complaint) {
			c.Promises[0].Due, c.Promises[1].Due = day("2026-09-30"), day("2026-10-25")
		}), AtEnd{}},
		"with a notice in time": {with(noticed("2026-08-03", "2026-10-05"), func(c *workflow.Complaint) {
			c.ClosedAt = at("2026-10-05T12:00:00Z")
		}), AtEnd{}},
		"with a notice since": {with(received("2026-08-03"), func(c *workflow.Complaint) {
			c.Promises[0].Kept = kept("2026-08-04")
			c.Promises = append(c.Promises, workflow.Promise{Kind: workflow.PromiseProgress, Made: day("2026-10-02"), Due: day("2026-12-01")})
		}), AtEnd{Overdue: 1, OldestDays: 58}},
		"withdrawn since": {with(received("2026-08-03"), func(c *workflow.Complaint) {
			c.Promises[0].Kept = kept("2026-08-04")
			c.Promises[1].Lapsed, c.Promises[1].Ended = day("2026-10-02"), workflow.EndWithdrawn
		}), AtEnd{Overdue: 1, OldestDays: 58}},
		"closed, with a remedy": {with(decided("2026-07-01", "2026-07-03", "2026-07-11"), func(c *workflow.Complaint) {
			c.Promises = append(c.Promises, workflow.Promise{Kind: workflow.PromiseRemedy, Made: day("2026-07-11"), Due: day("2026-09-01"), Kept: kept("2026-10-01")})
		}), AtEnd{ClosedOverdue: 1}},
	} {
		got := *collected(t, []workflow.Complaint{test.c}).AtEnd
		test.want.Day = day("2026-09-30")
		equal(t, name, got, test.want)
	}
}

// TestAtEnd_nothingWasDue is said only when nothing was.
func TestAtEnd_nothingWasDue(t *testing.T) {
	nothing := "Er hoefde dit kwartaal niets klaar te zijn."
	for name, test := range map[string]struct {
		cases []workflow.Complaint
		says  string
	}{
		"nothing came":          {nil, nothing},
		"not due yet":           {[]workflow.Complaint{received("2026-11-24")}, nothing}, // of a later quarter
		"two years overdue":     {[]workflow.Complaint{received("2024-10-10")}, "alle"},
		"from before, in time":  {[]workflow.Complaint{decided("2026-06-28", "2026-06-29", "2026-07-11")}, "Op tijd bij klachten van eerdere kwartalen: 2 van de 2."},
		"from before, and late": {[]workflow.Complaint{decided("2026-06-28", "2026-07-20", "2026-07-25")}, "Te laat bij klachten van eerdere kwartalen: 1 van de 3."},
		"done in time before":   {[]workflow.Complaint{decided("2026-06-28", "2026-06-29", "2026-06-30")}, nothing},
	} {
		var text bytes.Buffer
		if err := WriteText(&text, NewSummaryView(collected(t, test.cases), speaker(t, "nl"))); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(text.String(), nothing); got != (test.says == nothing) {
			t.Errorf("%s: says that nothing was due: %v\n%s", name, got, text.String())
		}
		if test.says != "alle" && !strings.Contains(text.String(), test.says) {
			t.Errorf("%s: does not say %q\n%s", name, test.says, text.String())
		}
	}
}

// TestAtEnd_sumsStayEqual: of the open complaints some are late, in whatever order they
// come; and what was written before this was counted says how many were open, and
// claims nothing of what was late.
func TestAtEnd_sumsStayEqual(t *testing.T) {
	s := collected(t, cases())
	all := cases()
	slices.Reverse(all)
	equal(t, "in another order", collected(t, all).AtEnd, s.AtEnd)
	if s.AtEnd.Overdue > s.OpenAtEnd {
		t.Errorf("%d of %d open are late", s.AtEnd.Overdue, s.OpenAtEnd)
	}
	var b bytes.Buffer
	if err := WriteJSON(&b, collected(t, []workflow.Complaint{received("2024-10-10")})); err != nil {
		t.Fatal(err)
	}
	var fields map[string]any
	if err := json.Unmarshal(b.Bytes(), &fields); err != nil {
		t.Fatal(err)
	}
	delete(fields, "at_end")
	old, err := json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	before, err := ReadJSON(old)
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := WriteText(&text, NewSummaryView(before, speaker(t, "nl"))); err != nil {
		t.Fatal(err)
	}
	if got := text.String(); !strings.HasPrefix(got, "Open aan het einde van het kwartaal: 1.\n") || strings.Contains(got, "geen te laat") || strings.Contains(got, "hoefde") {
		t.Errorf("figures from before read\n%s", got)
	}
}
