package core

import (
	"context"
	"errors"
)

// Unanswered says that Slack did not answer whether it opened a modal, or in a way
// that tells nothing: it may be on the person's screen.
type Unanswered struct {
	Err error // what went wrong
	// Settle finds out, and opens the modal when that is still possible. It returns
	// the view's id, "" when only that is unknown. The error is ErrMayBeOpen when
	// nobody can say, else why there is no modal.
	Settle func(context.Context) (viewID string, err error)
}

func (u *Unanswered) Error() string { return "no answer: " + u.Err.Error() }
func (u *Unanswered) Unwrap() error { return u.Err }

// ErrMayBeOpen says that nobody knows whether a modal is open.
const ErrMayBeOpen = RefusalKey("refusal.unanswered")

// settles returns what finds out whether the modal opened that err is about, and
// tells the person only when it did not; nil when err is about none.
func (e *Env) settles(g Gesture, err error) func(context.Context) {
	var u *Unanswered
	if !errors.As(err, &u) {
		return nil
	}
	return func(ctx context.Context) {
		if _, err := u.Settle(ctx); err != nil {
			e.Explain(ctx, g, err)
		}
	}
}
