package notices

// What the tests of this package look at.
const (
	MaxWeekly = maxWeekly
)

var (
	ErrNotTheirs = errNotTheirs
	Masked       = masked
)
