package outbox

import "time"

// How long everything may take that goes with a lease, each figure once. An
// attempt at a delivery stays within its lease: what comes before the last call
// to Slack, that call, and the settling. A test ties what must be ordered.
const (
	// LeaseTime is how long a lane stays with a sender who says nothing: longer
	// than an HTTP timeout and the look-ups around it (design section 3).
	LeaseTime = 12 * time.Second
	// SlowLeaseTime is the same while a sender uploads a file or counts figures
	// (Kind.Slow).
	SlowLeaseTime = 30 * time.Second
	// LettersLeaseTime is that of the lane of letters: a mail server takes its
	// time.
	LettersLeaseTime = time.Minute

	// CallTime is the HTTP timeout of a call to Slack. After an answer that was
	// lost, Slack may carry the call out until then.
	CallTime = 5 * time.Second
	// SettleTime is what settling an attempt may take.
	SettleTime = 2 * time.Second
	// BatchTime is how long after a lease was renewed an attempt may begin, when
	// several deliveries are taken at once.
	BatchTime = time.Second
	// PrepareTime is what may pass before the last call of an attempt begins.
	PrepareTime = LeaseTime - BatchTime - CallTime - SettleTime
	// UploadTime is that of a slow one, its upload included.
	UploadTime = SlowLeaseTime - CallTime - SettleTime
	// MailTime bounds one attempt at a letter, the connection included.
	MailTime = 40 * time.Second
)

// LeaseTime is how long a lease of the lane lasts before it is renewed.
func (l Lane) LeaseTime() time.Duration {
	if l == LaneLetters {
		return LettersLeaseTime
	}
	return LeaseTime
}
