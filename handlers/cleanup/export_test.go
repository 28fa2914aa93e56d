package cleanup

// What the tests of this package reach.
const (
	CheckUndeletable = checkUndeletable
)
