package cleanup

// What the tests of this package look at.
const (
	CheckUndeletable = checkUndeletable
)
