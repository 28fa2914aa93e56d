package kit

// What the tests of this package look at.
var (
	Holding = holding
	Pieces  = pieces
)
