package casework

// What the tests of this package look at.
const (
	MaxAck = maxAck
)

var (
	AnswerOf  = answerOf
	ResolveOf = resolveOf
	SentOf    = sentOf
)
