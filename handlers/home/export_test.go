package home

// What the tests of this package look at.
const (
	AbsenceEnd = absenceEnd
	AbsenceID  = absenceID
	HomeFilter = homeFilter
	HomeSize   = homeSize
)

var (
	HomeFilters = homeFilters
)
