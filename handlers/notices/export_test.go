package notices

// What the tests of this package reach.
const (
	MaxDigest = maxDigest
	MaxWeekly = maxWeekly
)

var (
	ErrNotTheirs = errNotTheirs
	Masked       = masked
)
