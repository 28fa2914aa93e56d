package casework

// What the tests of this package reach.
const (
	MaxAck = maxAck
)

var (
	AnswerOf  = answerOf
	ResolveOf = resolveOf
	SentOf    = sentOf
)
