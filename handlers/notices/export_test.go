package notices

// What the tests of this package reach.
const (
	MaxWeekly = maxWeekly
)

var (
	ErrNotTheirs = errNotTheirs
	Masked       = masked
)
