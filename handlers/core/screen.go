package core

import (
	"context"

	"github.com/artra/klachtbot/outbox"
)

// Screen is what stands behind an action id or a callback id.
type Screen struct {
	// Open answers a click or a shortcut, mostly by showing a modal. A
	// workflow.Refusals error is explained to the person where they pressed; of
	// any other they read that it did not work.
	Open func(context.Context, Gesture) error
	// Begin is Open for what takes longer than a gesture may.
	Begin Opener
	// Submit answers a submission of the modal whose callback id is the screen's
	// name.
	Submit func(context.Context, Gesture) Ack
}

// Opener opens what somebody asks for, and returns what remains to be done once
// the gesture was answered; nil for nothing.
type Opener func(context.Context, Gesture) (rest func(context.Context), err error)

// Opens is the opener that leaves nothing to be done.
func Opens(open func(context.Context, Gesture) error) Opener {
	return func(ctx context.Context, g Gesture) (func(context.Context), error) { return nil, open(ctx, g) }
}

// Renderer makes what a delivery shows from the register as it is now, and
// returns the version that it shows. Its error is ErrMoot, a *Later, or one that
// is worth another attempt.
type Renderer func(context.Context, outbox.Delivery) (Message, int, error)

// Table is what a subject registers.
type Table struct {
	// Screens are the subject's by action id and callback id.
	Screens map[string]Screen
	// Command returns the answer to the text behind /klacht, in lower case and
	// with single spaces; nil when the text is not for this subject.
	Command func(text string) Opener
	// Messages render the deliveries of the subject's kinds.
	Messages map[outbox.Kind]Renderer
	// Renew shows the subject's messages and tabs anew in which somebody picked
	// something; nil for a subject that has none.
	Renew Renewer
}

// registrant is a subject that people see: it registers its screens, commands
// and messages.
type registrant interface{ Table() Table }
