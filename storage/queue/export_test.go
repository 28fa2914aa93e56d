package queue

// What the tests of this package reach.
const (
	ReleaseBatch = releaseBatch
	OverdueCases = overdueCases
)
