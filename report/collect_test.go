package report

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

var (
	summer   = calendar.Quarter{Year: 2026, Number: 3}
	november = calendar.NewDate(2026, time.November, 26)
)

func equal(t testing.TB, what string, got, want any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

func amsterdam(t testing.TB) calendar.Calendar {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	return calendar.Calendar{Location: zone}
}

// day is a date in the form 2006-01-02, "" for none.
func day(s string) (d calendar.Date) {
	if err := d.Scan(s); err != nil {
		panic(err)
	}
	return d
}

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

// received is a complaint as it comes in, with its two promises open.
func received(on string) workflow.Complaint {
	d := day(on)
	return workflow.Complaint{
		State: workflow.StateReceived, Counting: workflow.CountTold,
		Facts: workflow.Facts{
			Received: d, ReceivedVia: workflow.WayPhone, OfferingKind: "training",
			OfferingName: "Timmeren voor beginners", Category: "trainer",
		},
		Promises: []workflow.Promise{
			{Kind: workflow.PromiseAcknowledgement, Made: d, Due: d.AddDays(5)},
			{Kind: workflow.PromiseOutcome, Made: d, Due: d.AddMonths(1)},
		},
	}
}

func kept(on string) workflow.Kept { return workflow.Kept{On: day(on), At: at(on + "T10:00:00Z")} }

// decided is a complaint that was acknowledged, decided and closed.
func decided(on, acknowledged, settled string) workflow.Complaint {
	c := received(on)
	c.State, c.ClosedAt = workflow.StateClosed, at(settled+"T12:00:00Z")
	c.Promises[0].Kept, c.Promises[1].Kept = kept(acknowledged), kept(settled)
	c.Decision = workflow.Decision{Verdict: workflow.VerdictUpheld, Cause: "person", Lesson: "Bel eerder terug.", On: day(settled)}
	c.Promises = append(c.Promises, workflow.Promise{
		Kind: workflow.PromiseConfirmation, Made: day(settled), Due: day(settled).AddDays(5), Kept: kept(settled),
	})
	return c
}

func with(c workflow.Complaint, change func(*workflow.Complaint)) workflow.Complaint {
	change(&c)
	return c
}

// noticed is decided after the month, with a progress notice in time.
func noticed(on, settled string) workflow.Complaint {
	c := decided(on, on, settled)
	month := day(on).AddMonths(1)
	c.Promises = append(c.Promises, workflow.Promise{
		Kind: workflow.PromiseProgress, Made: month, Due: month.AddMonths(2), Kept: kept(settled),
	})
	return c
}

// cases is a firm's register around a summer.
func cases() []workflow.Complaint {
	return []workflow.Complaint{
		decided("2026-07-01", "2026-07-03", "2026-07-11"),
		with(decided("2026-07-06", "2026-07-13", "2026-08-20"), func(c *workflow.Complaint) { // both late
			c.Facts.OfferingName, c.Facts.Category = "  timmeren voor Beginners ", "invoice"
			c.Decision.Verdict, c.Decision.Cause, c.Decision.Lesson = workflow.VerdictPartly, "administration", "Factuur narekenen."
			c.LateLogged, c.OutOfTime = true, true
		}),
		noticed("2026-08-03", "2026-10-05"),
		with(received("2026-09-30"), func(c *workflow.Complaint) { // overdue on both
			c.Facts.OfferingKind, c.Facts.OfferingName, c.Facts.ReceivedVia = "course", "Lassen", workflow.WayEmail
		}),
		with(decided("2026-08-31", "2026-09-01", "2026-09-10"), func(c *workflow.Complaint) {
			c.State, c.Dispute.On = workflow.StateDisputed, day("2026-10-02")
			c.Decision.Verdict, c.Decision.Cause, c.Decision.Lesson = workflow.VerdictNotUpheld, "none", ""
		}),
		with(decided("2026-09-14", "2026-09-15", "2026-09-20"), func(c *workflow.Complaint) { // reopened
			c.State, c.ClosedAt, c.Decision = workflow.StateInProgress, time.Time{}, workflow.Decision{}
			c.Promises[2].Kept, c.Promises[2].Lapsed = workflow.Kept{}, day("2026-11-20")
			c.Promises = append(c.Promises, workflow.Promise{Kind: workflow.PromiseOutcome, Made: day("2026-11-20"), Due: day("2026-12-20")})
		}),
		decided("2026-04-02", "2026-04-03", "2026-07-02"), // the quarter before, closed in this one
		with(received("2025-01-15"), func(c *workflow.Complaint) { c.Dispute.On = day("2026-09-01") }),
		decided("2024-09-01", "2024-09-02", "2024-09-03"), // before the history
		received("2026-10-01"), // the next quarter
	}
}

func collected(t testing.TB, cases []workflow.Complaint) Summary {
	t.Helper()
	c := NewCollector(summer, november, amsterdam(t))
	for _, x := range cases {
		if err := c.Add(x); err != nil {
			t.Fatal(err)
		}
	}
	return c.Summary()
}

func TestCollect_golden(t *testing.T) {
	want := Summary{
		Quarter: summer, AsOf: november, CountedBy: workflow.CountTold, Received: 6,
		OfferingKinds: []Count{{"training", 5}, {"course", 1}},
		Offerings:     []Count{{"Timmeren voor beginners", 5}, {"Lassen", 1}},
		Categories:    []Count{{"trainer", 5}, {"invoice", 1}},
		Ways:          []Count{{"phone", 5}, {"email", 1}},
		Verdicts:      []Count{{"upheld", 2}, {"partly_upheld", 1}, {"not_upheld", 1}},
		Causes:        []Count{{"person", 2}, {"administration", 1}, {"none", 1}},
		Acknowledged:  Kept{InTime: 4, Late: 2},
		Outcome:       Classes{InTime: 3, Noticed: 1, Late: 2},
		Confirmed:     Kept{InTime: 4},
		Duration:      Duration{Decided: 4, Median: 10, Longest: 63},
		DurationTold:  Duration{Decided: 4, Median: 10, Longest: 63},
		Reacted:       Kept{InTime: 3, Late: 3},
		Reopened:      1, Disputed: 1, LateLogged: 1, OutOfTime: 1,
		Lessons:         []string{"Bel eerder terug.", "Factuur narekenen."},
		ClosedInQuarter: 4, DisputedInQuarter: 1, OpenAtEnd: 4,
		AtEnd:     &AtEnd{Day: day("2026-09-30"), Overdue: 2, OldestDays: 623, Earlier: Kept{InTime: 1}},
		Committee: &Committee{Rulings: []Count{}, Ended: []Count{}},
	}
	q := Since(summer)
	for range quarters {
		want.History = append(want.History, Period{Quarter: q})
		q = q.Next()
	}
	want.History[1].Outcome = Classes{Late: 1}
	want.History[6].Outcome, want.History[6].Duration = Classes{Late: 1}, Duration{Decided: 1, Median: 91, Longest: 91}
	want.History[7].Outcome, want.History[7].Duration = want.Outcome, want.Duration
	equal(t, "summary", collected(t, cases()), want)
}

// TestCollect_orderMakesNoDifference: a register comes in no order.
func TestCollect_orderMakesNoDifference(t *testing.T) {
	var many []workflow.Complaint
	for n := range 3 * maxSpellings {
		many = append(many, with(decided("2026-07-01", "2026-07-03", "2026-07-11"), func(c *workflow.Complaint) {
			c.Decision.Lesson = fmt.Sprintf("Les %04d", n)
		}))
	}
	many = append(many, cases()...)
	want := collected(t, many)
	if len(want.Lessons) != maxSpellings || want.MoreLessons != 2*maxSpellings+2 { // "Bel" is kept twice, "Factuur" once
		t.Errorf("%d lessons, and %d more", len(want.Lessons), want.MoreLessons)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 5 {
		random.Shuffle(len(many), func(i, j int) { many[i], many[j] = many[j], many[i] })
		equal(t, "in another order", collected(t, many), want)
	}
}

// TestCollect_tooEarlyToTell: during a quarter what is not due yet is neither kept nor
// late.
func TestCollect_tooEarlyToTell(t *testing.T) {
	c := NewCollector(summer, day("2026-07-03"), amsterdam(t))
	if err := c.Add(received("2026-07-01")); err != nil {
		t.Fatal(err)
	}
	s := c.Summary()
	equal(t, "acknowledged", s.Acknowledged, Kept{Pending: 1})
	equal(t, "outcome", s.Outcome, Classes{Open: 1})
	equal(t, "duration", s.Duration, Duration{})
}

// TestCollect_closedByLocalDate: closed at 00:30 on 1 October in Amsterdam is closed in
// the fourth quarter, and was open at the end of the third (R11).
func TestCollect_closedByLocalDate(t *testing.T) {
	c := with(decided("2026-09-01", "2026-09-02", "2026-09-30"), func(c *workflow.Complaint) {
		c.ClosedAt = at("2026-09-30T22:30:00Z")
	})
	s := collected(t, []workflow.Complaint{c})
	if s.ClosedInQuarter != 0 || s.OpenAtEnd != 1 {
		t.Errorf("closed %d, open %d", s.ClosedInQuarter, s.OpenAtEnd)
	}
}

// TestCollect_nothingOfASingleCase: no date, number or text of a case is in a summary.
func TestCollect_nothingOfASingleCase(t *testing.T) {
	c := with(decided("2026-07-07", "2026-07-08", "2026-07-19"), func(c *workflow.Complaint) {
		c.ID, c.Number, c.LoggedBy, c.Owner = "caseid", "K-2026-0042", "U0SAM", "U0FATIMA"
		c.Particulars = workflow.Particulars{Name: "Jozefien", Story: "De zaag"}
	})
	var b strings.Builder
	if err := WriteJSON(&b, collected(t, []workflow.Complaint{c})); err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"2026-07", "K-2026", "caseid", "U0", "Jozefien", "zaag"} {
		if strings.Contains(b.String(), secret) {
			t.Errorf("the summary holds %q:\n%s", secret, &b)
		}
	}
}

// TestCollect_historyMedian: each quarter tells how long half of its own decided
// complaints took, and a quarter without any tells nothing.
func TestCollect_historyMedian(t *testing.T) {
	s := collected(t, []workflow.Complaint{
		decided("2026-04-01", "2026-04-02", "2026-04-11"), decided("2026-04-01", "2026-04-02", "2026-05-01"),
		decided("2026-07-01", "2026-07-02", "2026-07-04"), received("2026-01-05"),
	})
	equal(t, "second quarter", s.History[6].Duration, Duration{Decided: 2, Median: 10, Longest: 30})
	equal(t, "this quarter", s.History[7].Duration, s.Duration)
	grid := NewSummaryView(s, speaker(t, "nl")).Tables[0]
	equal(t, "medians", []int{grid.Rows[5].Cells[5], grid.Rows[6].Cells[5], grid.Rows[7].Cells[5]}, []int{None, 10, 3})
}

// TestCollect_of finds a figure by the name that somebody chose, however it was typed.
func TestCollect_of(t *testing.T) {
	s := collected(t, []workflow.Complaint{
		received("2026-07-01"), received("2026-07-02"),
		with(received("2026-07-03"), func(c *workflow.Complaint) {
			c.Facts.OfferingName, c.Facts.Category = "timmeren  VOOR beginners", "invoice"
		}),
	})
	equal(t, "category", s.Of("trainer", ""), 2)
	equal(t, "offering", s.Of("", "Timmeren voor beginners"), 3)
	equal(t, "what did not occur", s.Of("facilities", ""), 0)
}

// TestCollect_countsWhatIntakeLeftOpen apart, so that every division adds up to what
// was received.
func TestCollect_countsWhatIntakeLeftOpen(t *testing.T) {
	open := with(received("2026-08-03"), func(c *workflow.Complaint) { c.Facts.OfferingKind, c.Facts.Category = "", "" })
	s := collected(t, []workflow.Complaint{received("2026-08-01"), open})
	if diff := cmp.Diff([]Count{{"trainer", 1}, {unknown, 1}}, s.Categories); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Count{{"training", 1}, {unknown, 1}}, s.OfferingKinds); diff != "" {
		t.Error(diff)
	}
}
