package handlers

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// errUnknown is a gesture that nothing stands behind: an action of an older
// or newer version of the bot.
var errUnknown = errors.New("nothing stands behind this gesture")

// lateTime is what is left for telling somebody that their gesture took too
// long, before its ack is late too.
const lateTime = 300 * time.Millisecond

// outsider is the refusal of who is no member of the workspace.
type outsider struct{ standing roster.Standing }

func (o outsider) Error() string { return "not a member: " + string(o.standing) }

// admit looks up who made the gesture and lets members in only: guests,
// deactivated people, people of other workspaces and bots are refused
// everywhere (design section 4).
func (e *Env) admit(ctx context.Context, g *gesture, who roster.PersonID) error {
	g.speak = e.Texts.In(e.Language)
	g.who.ID = who
	person, err := e.People.Person(ctx, who)
	if err != nil {
		return err
	}
	g.who, g.speak = person, e.Texts.In(person.Language)
	if person.Standing != roster.StandingMember {
		return outsider{person.Standing}
	}
	return nil
}

// failed answers a submission that was not carried out. The modal stays open
// with everything that was typed: what is wrong stands at the inputs, all at
// once; what belongs to no input of this modal stands at the first. A modal
// without inputs is replaced by the sentence.
func (e *Env) failed(ctx context.Context, g gesture, err error) Ack {
	inputs := inputIDs(g.view)
	if len(inputs) == 0 {
		return update(e.notice(g.speak, e.why(ctx, g, err)))
	}
	at := map[string]string{}
	refusals := workflow.Refused(err)
	for _, r := range refusals {
		field := inputs.nearest(r.Field)
		if _, taken := at[field]; !taken || r.Field == field {
			at[field] = e.sentence(ctx, g.speak, r)
		}
	}
	if len(refusals) == 0 {
		at[inputs[0]] = e.whyNotSaved(ctx, g, err)
	}
	return Ack{Payload: slack.NewErrorsViewSubmissionResponse(at)}
}

// explain tells the person who pressed why nothing opened: beside the button,
// in the modal where it stands, or in a direct message; never in a new modal.
func (e *Env) explain(ctx context.Context, g gesture, err error) {
	text := e.why(ctx, g, err)
	if ctx.Err() != nil { // Slack was slow: this one answer still goes out
		late, cancel := context.WithTimeout(context.WithoutCancel(ctx), lateTime)
		defer cancel()
		ctx = late
	}
	switch {
	case g.responseURL != "":
		err = e.Slack.Respond(ctx, g.responseURL, escape(text))
	case g.view.Type == slack.VTModal:
		err = e.Slack.UpdateView(ctx, g.view.ID, e.notice(g.speak, text))
	default:
		err = e.Slack.SendDirect(ctx, g.who.ID, escape(text))
	}
	if err != nil {
		e.Log.WarnContext(ctx, "refusal not delivered", "gesture", g.name, "error", err)
	}
}

// why is the sentence about what stopped a gesture.
func (e *Env) why(ctx context.Context, g gesture, err error) string {
	var out outsider
	var key refusalKey
	var ready refusalText
	switch refusals := workflow.Refused(err); {
	case len(refusals) > 0:
		return e.sentence(ctx, g.speak, refusals[0])
	case errors.As(err, &out):
		return g.speak.Say("refusal.standing." + string(out.standing))
	case errors.As(err, &key):
		return g.speak.Say(string(key))
	case errors.As(err, &ready):
		return string(ready)
	case errors.Is(err, errUnknown):
		return g.speak.Say("refusal.unknown_gesture")
	}
	e.Log.ErrorContext(ctx, "gesture failed", "gesture", g.name, "case", g.ref.Case, "error", err)
	return g.speak.Say("refusal.trouble")
}

// whyNotSaved is why, for a form that stays open: when something broke, the
// person is asked to press again.
func (e *Env) whyNotSaved(ctx context.Context, g gesture, err error) string {
	var (
		out   outsider
		key   refusalKey
		ready refusalText
	)
	if errors.As(err, &out) || errors.Is(err, errUnknown) || errors.As(err, &key) || errors.As(err, &ready) {
		return e.why(ctx, g, err)
	}
	e.Log.ErrorContext(ctx, "submission failed", "view", g.name, "case", g.ref.Case, "error", err)
	return g.speak.Say("refusal.not_saved")
}

// inputNames are the block ids of a view's inputs, in order; of a payload
// that left the blocks out, those of what was filled in.
type inputNames []string

func inputIDs(v slack.View) inputNames {
	if len(v.Blocks.BlockSet) == 0 {
		return slices.Sorted(maps.Keys(valuesOf(v)))
	}
	var ids inputNames
	for _, b := range v.Blocks.BlockSet {
		if b.BlockType() == slack.MBTInput && b.ID() != "" {
			ids = append(ids, b.ID())
		}
	}
	return ids
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
	if d := r.Args.Performed; r.Code == workflow.CodeNotNow && d.By != roster.Clock {
		key = "refusal.not_now_since"
		args["Who"] = e.name(ctx, sp, d.By)
		args["What"] = sp.Say("refusal.deed." + string(d.Action))
		args["When"] = sp.Instant(d.At, e.Policy.Calendar.Location)
	}
	return sp.Say(key, args)
}

// refusalKey is why something was not done, as the key of the words for it.
type refusalKey string

func (k refusalKey) Error() string { return string(k) }

// refusalText is why something was not done, in words that are ready.
type refusalText string

func (t refusalText) Error() string { return "refused in words" }
