package queue

// What the tests of this package look at.
const (
	ReleaseBatch = releaseBatch
	OverdueCases = overdueCases
)
