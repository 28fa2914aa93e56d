package handlers

import (
	"context"

	"github.com/artra/klachtbot/outbox"
)

// screen is what stands behind an action id or a callback id.
type screen struct {
	// open answers a click or a shortcut, mostly by showing a modal. A
	// workflow.Refusals error is explained to the person where they pressed;
	// of any other they read that it did not work.
	open func(context.Context, gesture) error
	// begin is open for what takes longer than a gesture may.
	begin opener
	// submit answers a submission of the modal whose callback id is the
	// screen's name.
	submit func(context.Context, gesture) Ack
}

// opener opens what somebody asks for, and returns what remains to be done once
// the gesture was answered; nil for nothing.
type opener func(context.Context, gesture) (rest func(context.Context), err error)

// opens is the opener that leaves nothing to be done.
func opens(open func(context.Context, gesture) error) opener {
	return func(ctx context.Context, g gesture) (func(context.Context), error) { return nil, open(ctx, g) }
}

// renderer makes what a delivery shows from the register as it is now, and
// returns the version that it shows. Its error is ErrMoot, a *Later, or one that
// is worth another attempt.
type renderer func(context.Context, outbox.Delivery) (Message, int, error)

// table is what a subject registers.
type table struct {
	// Screens are the subject's by action id and callback id.
	Screens map[string]screen
	// Command returns the answer to the text behind /klacht, in lower case and
	// with single spaces; nil when the text is not for this subject.
	Command func(text string) opener
	// Messages render the deliveries of the subject's kinds.
	Messages map[outbox.Kind]renderer
}

// registrant is a subject that people see: it registers its screens, commands
// and messages.
type registrant interface{ Table() table }
