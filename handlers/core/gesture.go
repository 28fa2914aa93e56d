package core

import (
	"cmp"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/incoming"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// Gesture is one thing that a member of the workspace did, taken out of
// Slack's payload.
type Gesture struct {
	Who         roster.Person
	Speak       texts.Speaker   // in the language that the person reads
	ID          string          // identity of the gesture: the same for a redelivery (design section 3)
	Name        string          // action id, callback id, or the option chosen from "more"
	Value       string          // of the button, or of the option chosen from a select
	Pressed     string          // when, by Slack's clock: its action_ts; "" for what is no press
	Ref         kit.Ref         // the case it is about; zero for none
	Trigger     string          // opens one view, within 3 s
	ResponseURL string          // response_url; "" for a gesture without one
	View        incoming.View   // the submitted view, or the one that was clicked in
	Message     string          // text of the message of a message shortcut
	Typed       string          // behind the command, as it was typed
	Pick        *Pick           // what was picked from; nil for what is no pick
	thread      workflow.Lookup // of that message: the thread in which it stands
}

// Key names the case that the gesture is about.
func (g Gesture) Key() workflow.Lookup {
	if g.Ref.Case == "" && g.thread.TS != "" {
		return g.thread
	}
	return workflow.Lookup{ID: g.Ref.Case}
}

func (g Gesture) Metadata() kit.Metadata { return kit.MetadataOf(g.View.PrivateMetadata) }
func (g Gesture) Values() kit.Values     { return kit.ValuesOf(g.View) }

func submissionOf(in incoming.Interaction) Gesture {
	m := kit.MetadataOf(in.View.PrivateMetadata)
	return Gesture{
		ID:      Identity("view", in.View.ID, in.View.CallbackID, m.Nonce),
		Name:    in.View.CallbackID,
		Ref:     kit.Ref{Case: m.Case, Version: m.Version},
		Trigger: in.TriggerID,
		View:    in.View,
	}
}

// pressOf takes a click or a shortcut out of its payload; a gesture without a
// name asks for nothing (a link, an empty select).
func pressOf(in incoming.Interaction) Gesture {
	g := Gesture{
		ID:          Identity("shortcut", in.User.ID, in.CallbackID, in.Channel.ID, in.MessageTS, in.TriggerID),
		Name:        in.CallbackID,
		Trigger:     in.TriggerID,
		ResponseURL: in.ResponseURL,
		View:        in.View,
		Message:     in.Message.Text,
		thread:      workflow.Lookup{Channel: in.Channel.ID, TS: cmp.Or(in.Message.ThreadTS, in.MessageTS, in.Message.TS)},
	}
	if in.Type != slack.InteractionTypeBlockActions {
		return g
	}
	g.Name, g.Message = "", ""
	if len(in.Actions) == 0 {
		return g
	}
	a := in.Actions[0]
	g.Name, g.Value, g.Pressed = a.ActionID, cmp.Or(a.Value, a.Option.Value), a.TS
	if a.Option.Value != "" {
		g.Pick = &Pick{Block: a.BlockID, Text: in.Message.Text, Blocks: in.Message.Blocks}
	}
	if chosen := a.Option.Value; a.ActionID == MoreID && chosen != "" {
		g.Name = chosen
	}
	if r, ok := kit.ParseRef(a.Value); ok {
		g.Ref = r
	} else if r, ok := kit.ParseRef(a.BlockID); ok {
		g.Ref = r
	}
	place := in.Container.ViewID + in.Channel.ID + " " + in.Container.MessageTS
	g.ID = Identity("click", in.User.ID, place, a.ActionID, a.TS, in.TriggerID)
	return g
}

// Identity joins what makes a gesture this one and no other.
func Identity(parts ...string) string { return strings.Join(parts, "|") }

// MoreID is the action id of the select that holds the actions without a
// button of their own.
const MoreID = "more"
