package home

// What the tests of this package reach.
const (
	AbsenceEnd = absenceEnd
	AbsenceID  = absenceID
	HomeFilter = homeFilter
	HomeSize   = homeSize
)

var (
	HomeFilters = homeFilters
)
