package cases

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/artra/klachtbot/workflow"
)

// CaseNumber is where a case stands in the order of numbers, and the cursor of
// every list.
type CaseNumber struct {
	Year    int             `db:"year"`
	Series  workflow.Series `db:"series"`
	Ordinal int             `db:"ordinal"`
}

// String is how people write it: K-2026-0001.
func (p CaseNumber) String() string { return fmt.Sprintf("%s-%d-%04d", p.Series, p.Year, p.Ordinal) }

// Before reports whether the number comes before another.
func (p CaseNumber) Before(q CaseNumber) bool {
	return cmp.Or(cmp.Compare(p.Year, q.Year), cmp.Compare(p.Series, q.Series), cmp.Compare(p.Ordinal, q.Ordinal)) < 0
}

// ParseCaseNumber reads a number; the zero one, before all others, when it is
// none.
func ParseCaseNumber(number string) CaseNumber {
	parts := strings.Split(number, "-")
	if len(parts) != 3 {
		return CaseNumber{}
	}
	series := workflow.Series(parts[0])
	year, yearErr := strconv.Atoi(parts[1])
	ordinal, ordinalErr := strconv.Atoi(parts[2])
	known := series == workflow.SeriesOrdinary || series == workflow.SeriesGuarded
	if !known || yearErr != nil || ordinalErr != nil || year < 1 || ordinal < 1 {
		return CaseNumber{}
	}
	return CaseNumber{year, series, ordinal}
}

// lastNumber comes after all others: where a list that shows the newest first begins.
var lastNumber = CaseNumber{Year: 1 << 40, Series: workflow.SeriesGuarded, Ordinal: 1 << 40}

// Args are its parts as a statement takes them.
func (p CaseNumber) Args() []any { return []any{p.Year, p.Series, p.Ordinal} }

// OrLast is the number itself, unless the list begins.
func (p CaseNumber) OrLast() CaseNumber {
	if p == (CaseNumber{}) {
		return lastNumber
	}
	return p
}
