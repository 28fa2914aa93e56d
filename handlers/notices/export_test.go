package notices

// What the tests of this package look at.
const (
	MaxDigest = maxDigest
	MaxWeekly = maxWeekly
)

var (
	ErrNotTheirs = errNotTheirs
	Masked       = masked
)
