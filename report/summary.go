package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
)

// Summary is the figures of a quarter for one audience. Its JSON is a format
// that others read: fields may come, none goes or changes its meaning.
type Summary struct {
	Quarter calendar.Quarter `json:"quarter"`
	AsOf    calendar.Date    `json:"as_of"` // what is open or late is so on this day
	// CountedBy is by which day an outcome counts: "told" (R13), or "" in figures that
	// were kept before, by the day of the decision. Of the complaints of the quarter
	// CountedByDecision still are, since they were erased by then.
	CountedBy         workflow.Counting `json:"counted_by"`
	CountedByDecision int               `json:"counted_by_decision"`

	// Of the complaints received in the quarter:
	Received      int      `json:"received"`
	OfferingKinds []Count  `json:"offering_kinds"`
	Offerings     []Count  `json:"offerings"` // by name, the most frequent first
	Categories    []Count  `json:"categories"`
	Ways          []Count  `json:"received_via"`
	Verdicts      []Count  `json:"verdicts"`
	Causes        []Count  `json:"causes"`
	Acknowledged  Kept     `json:"acknowledged"`       // R2
	Outcome       Classes  `json:"outcome"`            // R4
	Confirmed     Kept     `json:"confirmed"`          // R9
	AmendedInTime int      `json:"amended_to_in_time"` // terms that amendments put right from late
	Duration      Duration `json:"duration"`
	DurationTold  Duration `json:"duration_told"` // until the complainant was told (R13)
	Reacted       Kept     `json:"reacted"`       // within four weeks (R4a)
	ManyNotices   int      `json:"many_notices"`  // three progress notices or more (R4a)
	Reopened      int      `json:"reopened"`
	Disputed      int      `json:"disputed"`
	LateLogged    int      `json:"late_logged"`             // R1
	OutOfTime     int      `json:"out_of_time"`             // R5
	ComplainDays  int      `json:"complain_days,omitempty"` // that there are for it; 0 for the regulation's
	Lessons       []string `json:"lessons"`                 // each once, in alphabetical order
	MoreLessons   int      `json:"more_lessons"`
	Remedies      Remedies `json:"remedies"` // R14

	// Refunds is what was promised in money: for directors only, nil for others.
	Refunds *review.Refunds `json:"refunds,omitempty"`

	// Counted by their own date, whenever they were received (R11):
	ClosedInQuarter   int `json:"closed_in_quarter"`
	DisputedInQuarter int `json:"disputed_in_quarter"`
	OpenAtEnd         int `json:"open_at_end"`

	// AtEnd is nil in figures from before what was overdue was counted by the end of
	// the quarter.
	AtEnd *AtEnd `json:"at_end"`

	// Committee is nil in figures from before disputes were followed to their end.
	Committee *Committee `json:"committee"`

	// CategoryByKind is nil when it would say no more than its totals do.
	CategoryByKind *Table `json:"category_by_offering_kind"`

	// History is the last eight quarters, this one last.
	History []Period `json:"history"`
}

// Count is how many complaints have one value. Key is the value as the
// procedure names it, or the name of an offering.
type Count struct {
	Key   string `json:"key"`
	Count int    `json:"count"`
}

// Kept is how a promise was kept: in time, or late, which it also is while it
// is open past its date; Pending is not due yet.
type Kept struct {
	InTime  int `json:"in_time"`
	Late    int `json:"late"`
	Pending int `json:"pending"`
}

// Remedies counts what complainants were promised beside an outcome. Of those kept,
// some were in time; the open ones are not due yet, or overdue.
type Remedies struct {
	Promised int `json:"promised"`
	Kept     int `json:"kept"`
	InTime   int `json:"in_time"`
	Open     int `json:"open"`
	Overdue  int `json:"overdue"`
	Dropped  int `json:"dropped"`
	NotKept  int `json:"not_kept"` // overdue for six months, and ended
}

// Due is how many were to be kept by now.
func (k Kept) Due() int { return k.InTime + k.Late }

// Classes counts complaints by the classes of R4. Of open ones nobody was told yet,
// and they are not late; unreachable are those of which nobody could be told (R13).
type Classes struct {
	InTime      int `json:"in_time"`
	Noticed     int `json:"noticed"`
	Late        int `json:"late"`
	Open        int `json:"open"`
	Unreachable int `json:"unreachable"`
}

// Due is how many had to be told the outcome by now.
func (c Classes) Due() int { return c.InTime + c.Noticed + c.Late }

// Numbers are the classes one by one, in the order of ClassNames.
func (c Classes) Numbers() []int { return []int{c.InTime, c.Noticed, c.Late, c.Open, c.Unreachable} }

// All is how many there are.
func (c Classes) All() int { return c.Due() + c.Open + c.Unreachable }

// Duration is how many days complaints took, from receipt until they were decided,
// or the complainant was told.
// Half of them took Median days or fewer.
type Duration struct {
	Decided int `json:"decided"`
	Median  int `json:"median_days"`
	Longest int `json:"longest_days"`
}

// Period is one quarter of the history.
type Period struct {
	Quarter  calendar.Quarter `json:"quarter"`
	Outcome  Classes          `json:"outcome"`
	Duration Duration         `json:"duration"`
}

// WriteJSON writes the summary as JSON.
func WriteJSON(w io.Writer, s Summary) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(s)
}

// Of counts the complaints of the quarter with that category or, when it is
// empty, that offering. Capitals and spaces in a name make no difference.
func (s *Summary) Of(category, offering string) int {
	counts, key := s.Offerings, fold(offering)
	if category != "" {
		counts, key = s.Categories, fold(category)
	}
	for _, c := range counts {
		if fold(c.Key) == key {
			return c.Count
		}
	}
	return 0
}

// ReadJSON reads figures that WriteJSON wrote when a quarter was dealt with.
func ReadJSON(b []byte) (Summary, error) {
	var s Summary
	if err := json.Unmarshal(b, &s); err != nil {
		return Summary{}, fmt.Errorf("kept figures: %w", err)
	}
	if len(s.History) < 2 {
		return Summary{}, errNoHistory
	}
	return s, nil
}

// errNoHistory is returned for figures of one quarter only: the headline compares
// a quarter with the one before.
var errNoHistory = errors.New("kept figures without a history")
