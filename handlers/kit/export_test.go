package kit

// What the tests of this package reach.
var (
	Pieces = pieces
)
