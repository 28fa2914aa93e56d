package core

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/incoming"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// ErrUnknown is a gesture that nothing stands behind: an action of an older
// or newer version of the bot.
var ErrUnknown = errors.New("nothing stands behind this gesture")

// lateTime is what an answer may take that says that a gesture took too long,
// before its ack is late too.
const lateTime = 300 * time.Millisecond

// outsider is the refusal of who is no member of the workspace.
type outsider struct{ standing roster.Standing }

func (o outsider) Error() string { return "not a member: " + string(o.standing) }

// Admit looks up who made the gesture and lets members in only: guests,
// deactivated people, people of other workspaces and bots are refused
// everywhere (design section 4).
func (e *Env) Admit(ctx context.Context, g *Gesture, who roster.PersonID) error {
	g.Speak = e.SpeakTo(who)
	g.Who.ID = who
	person, err := e.People.Person(ctx, who)
	if err != nil {
		return err
	}
	g.Who = person
	if person.Standing != roster.StandingMember {
		return outsider{person.Standing}
	}
	return nil
}

// Failed answers a submission that was not carried out. The modal stays open
// with everything that was typed: what is wrong stands at the inputs, all at
// once; what belongs to no input of this modal stands at the first. A modal
// without inputs is replaced by the sentence.
func (e *Env) Failed(ctx context.Context, g Gesture, err error) Ack {
	inputs := inputIDs(g.View)
	if len(inputs) == 0 {
		return Update(e.Notice(g.Speak, e.Why(ctx, g, err)))
	}
	at := map[string]string{}
	refusals := workflow.Refused(err)
	for _, r := range refusals {
		field := inputs.nearest(r.Field)
		if _, taken := at[field]; !taken || r.Field == field {
			at[field] = e.sentence(ctx, g.Speak, r)
		}
	}
	if len(refusals) == 0 {
		at[inputs[0]] = e.whyNotSaved(ctx, g, err)
	}
	return Ack{Payload: slack.NewErrorsViewSubmissionResponse(at)}
}

// Explain tells the person who pressed why nothing opened: beside the button,
// in the modal where it stands, or in a direct message; never in a new modal.
func (e *Env) Explain(ctx context.Context, g Gesture, err error) {
	text := e.Why(ctx, g, err)
	if ctx.Err() != nil { // Slack was slow: this one answer still goes out
		late, cancel := context.WithTimeout(context.WithoutCancel(ctx), lateTime)
		defer cancel()
		ctx = late
	}
	switch {
	case g.ResponseURL != "":
		err = e.Slack.Respond(ctx, g.ResponseURL, Response{Text: kit.Escape(text)})
	case g.View.Type == slack.VTModal:
		err = e.Slack.UpdateView(ctx, g.View.ID, e.Notice(g.Speak, text))
	default:
		err = e.Slack.SendDirect(ctx, g.Who.ID, kit.Escape(text))
	}
	if err != nil {
		e.Log.WarnContext(ctx, "refusal not delivered", "gesture", g.Name, "error", err)
	}
}

// Why is the sentence about what stopped a gesture.
func (e *Env) Why(ctx context.Context, g Gesture, err error) string {
	var out outsider
	var key RefusalKey
	var ready RefusalText
	switch refusals := workflow.Refused(err); {
	case len(refusals) > 0:
		return e.sentence(ctx, g.Speak, refusals[0])
	case errors.As(err, &out):
		return g.Speak.Say("refusal.standing." + string(out.standing))
	case errors.As(err, &key):
		return g.Speak.Say(string(key))
	case errors.As(err, &ready):
		return string(ready)
	case errors.Is(err, ErrUnknown):
		return g.Speak.Say("refusal.unknown_gesture")
	}
	e.Log.ErrorContext(ctx, "gesture failed", "gesture", g.Name, "case", g.Ref.Case, "error", err)
	return trouble(g.Speak, "refusal.trouble", err)
}

// DatabaseError is an error whose cause is the register's database: which fault it
// has, a word of the catalogue, and whether that lasts until somebody mends it.
type DatabaseError interface {
	error
	DatabaseFault() (word string, lasting bool)
}

// trouble is what the person reads when something broke. Trying again is only
// spoken of where it can help; a fault that lasts is told as one.
func trouble(sp texts.Speaker, key string, err error) string {
	var database DatabaseError
	if !errors.As(err, &database) {
		return sp.Say(key)
	}
	word, lasting := database.DatabaseFault()
	if lasting {
		key += "_lasting"
	} else {
		key += "_passing"
	}
	return sp.Say(key, texts.Args{"Fault": sp.Say("database." + word)})
}

// whyNotSaved is why, for a form that stays open: when something broke, the
// person is asked to press again.
func (e *Env) whyNotSaved(ctx context.Context, g Gesture, err error) string {
	var (
		out   outsider
		key   RefusalKey
		ready RefusalText
	)
	if errors.As(err, &out) || errors.Is(err, ErrUnknown) || errors.As(err, &key) || errors.As(err, &ready) {
		return e.Why(ctx, g, err)
	}
	e.Log.ErrorContext(ctx, "submission failed", "view", g.Name, "case", g.Ref.Case, "error", err)
	return trouble(g.Speak, "refusal.not_saved", err)
}

// inputNames are the block ids of a view's inputs, in order; of a payload
// that left the blocks out, those of what was filled in.
type inputNames []string

func inputIDs(v incoming.View) inputNames {
	if len(v.Blocks) == 0 {
		ids := slices.Sorted(maps.Keys(kit.ValuesOf(v)))
		return slices.DeleteFunc(ids, func(id string) bool { return id == "" }) // no error can stand there
	}
	return v.Inputs()
}

// nearest returns the field itself when the view has it, else the first:
// Slack takes errors at inputs only.
func (ids inputNames) nearest(field string) string {
	for _, id := range ids {
		if id == field {
			return id
		}
	}
	return ids[0]
}

// sentence puts one refusal into words, without markup or mentions.
func (e *Env) sentence(ctx context.Context, sp texts.Speaker, r workflow.Refusal) string {
	args := texts.Args{"Date": sp.Date(r.Args.Date), "Max": r.Args.Max}
	key := "refusal." + string(r.Code)
	if r.Args.Step != "" {
		args["Step"] = sp.AmendedStep(string(r.Args.Step))
	}
	if d := r.Args.Performed; r.Code == workflow.CodeNotNow && d.By != roster.Clock {
		key = "refusal.not_now_since"
		args["Who"] = e.Name(ctx, sp, d.By)
		args["What"] = sp.Say("refusal.deed." + string(d.Action))
		args["When"] = sp.Instant(d.At, e.Policy.Calendar.Location)
	}
	return sp.Say(key, args)
}

// RefusalKey is why something was not done, as the key of the words for it.
type RefusalKey string

func (k RefusalKey) Error() string { return string(k) }

// RefusalText is why something was not done, in words that are ready.
type RefusalText string

func (t RefusalText) Error() string { return "refused in words" }
