package kit

// What the tests of this package look at.
var (
	Pieces = pieces
)
