// Package core is what every screen and message works with: the gesture that
// comes in, the router that leads it to a screen, the answer that goes back, and
// a refusal in the words of the person who reads it.
package core

import (
	"context"
	"log/slog"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/letters"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/typeface"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// Env is what every screen and message works with: the rules, the words, the
// clock, and Slack. Each field is needed.
type Env struct {
	Policy   *workflow.Policy
	Texts    *texts.Catalogue
	Firm     letters.Firm
	Faces    *typeface.Faces  // of PDFs
	Language string           // the firm's: "nl" or "en"
	Chosen   texts.Choices    // who reads the other one
	Now      func() time.Time // the procedure's clock
	Log      *slog.Logger     // ids, states and durations only
	Nonce    func() string    // random, for each render of a form
	Slack    Slack
	Links    Links
	People   People
	Presence PresenceReader
}

// PresenceReader knows who of the roster is away.
type PresenceReader interface {
	// Presence returns who is away, at this moment.
	Presence(context.Context) (roster.Presence, error)
}

// SpeakTo speaks to one person, in the language that they chose, or the firm's.
func (e *Env) SpeakTo(who roster.PersonID) texts.Speaker { return e.readers().To(who) }

// SpeakIn speaks to whoever reads that lane: one person, or all in a channel.
func (e *Env) SpeakIn(lane outbox.Lane) texts.Speaker {
	if who, direct := lane.Direct(); direct {
		return e.SpeakTo(who)
	}
	return e.readers().All()
}

func (e *Env) readers() texts.Readers { return texts.NewReaders(e.Texts, e.Language, e.Chosen) }

// Today is the day that it is where the firm is.
func (e *Env) Today() calendar.Date { return e.Policy.Calendar.Today(e.Now()) }

// Name is what people call somebody, without a mention.
func (e *Env) Name(ctx context.Context, sp texts.Speaker, who roster.PersonID) string {
	if who == roster.Clock {
		return sp.Say("common.nobody")
	}
	p, err := e.People.Person(ctx, who)
	if err != nil || p.Name == "" {
		return sp.Say("common.colleague")
	}
	return p.Name
}

// Notice is a small modal that only says something.
func (e *Env) Notice(sp texts.Speaker, text string) slack.ModalViewRequest {
	return kit.Modal("notice", sp.Say("common.bot"), "", sp.Say("common.close"), kit.Metadata{}, kit.Prose("", text)...)
}

// Roster is the roster with who is away; when the register can't be read,
// nobody is.
func (e *Env) Roster(ctx context.Context) roster.Roster {
	ctx, cancel := context.WithTimeout(ctx, ReadTime)
	defer cancel()
	presence, err := e.Presence.Presence(ctx)
	if err != nil {
		e.Log.WarnContext(ctx, "nobody knows who is away", "error", err)
		return e.Policy.Roster
	}
	return e.Policy.With(presence).Roster
}

// Show puts a modal on the screen of who pressed: in the place of the modal
// in which they pressed, else as a new one.
func (e *Env) Show(ctx context.Context, g Gesture, view slack.ModalViewRequest) error {
	if g.View.Type == slack.VTModal && g.View.ID != "" {
		return e.Replace(ctx, g, g.View.ID, view)
	}
	_, err := e.Slack.OpenView(ctx, g.Trigger, prompted(g.Speak, view))
	return err
}

// ReadTime is how long a modal on a case may take to prepare: a trigger lives
// three seconds (design section 3).
const ReadTime = time.Second

// RecordedBy says who recorded something, and when; what the clock did, the bot
// did.
func (e *Env) RecordedBy(ctx context.Context, sp texts.Speaker, who roster.PersonID, at time.Time) string {
	key := "case.recorded"
	if who == roster.Clock {
		key = "case.recorded_by_bot"
	}
	return sp.Say(key, texts.Args{"Who": e.Name(ctx, sp, who), "When": sp.Instant(at, e.Policy.Calendar.Location)})
}

// AwaitWindow returns a *Later when people may not be written to now.
func (e *Env) AwaitWindow() error {
	now := e.Now()
	if at := e.Policy.Calendar.NextWindow(now, e.Today()); at.After(now) {
		return &Later{at}
	}
	return nil
}
