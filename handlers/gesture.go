package handlers

import (
	"cmp"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// gesture is one thing that a member of the workspace did, taken out of
// Slack's payload.
type gesture struct {
	who         roster.Person
	speak       texts.Speaker   // in the person's language
	id          string          // identity of the gesture: the same for a redelivery (design section 3)
	name        string          // action id, callback id, or the option chosen from "more"
	value       string          // of the button
	ref         ref             // the case it is about; zero for none
	trigger     string          // opens one view, within 3 s
	responseURL string          // response_url; "" for a gesture without one
	view        slack.View      // the submitted view, or the one that was clicked in
	message     string          // text of the message of a message shortcut
	typed       string          // behind the command, as it was typed
	thread      workflow.Lookup // of that message: the thread in which it stands
}

// key names the case that the gesture is about.
func (g gesture) key() workflow.Lookup {
	if g.ref.Case == "" && g.thread.TS != "" {
		return g.thread
	}
	return workflow.Lookup{ID: g.ref.Case}
}

func (g gesture) metadata() metadata { return metadataOf(g.view.PrivateMetadata) }
func (g gesture) values() values     { return valuesOf(g.view) }

func submissionOf(in slack.InteractionCallback) gesture {
	m := metadataOf(in.View.PrivateMetadata)
	return gesture{
		id:      identity("view", in.View.ID, in.View.CallbackID, m.Nonce),
		name:    in.View.CallbackID,
		ref:     ref{m.Case, m.Version},
		trigger: in.TriggerID,
		view:    in.View,
	}
}

// pressOf takes a click or a shortcut out of its payload; a gesture without a
// name asks for nothing (a link, an empty select).
func pressOf(in slack.InteractionCallback) gesture {
	g := gesture{
		id:          identity("shortcut", in.User.ID, in.CallbackID, in.Channel.ID, in.MessageTs, in.TriggerID),
		name:        in.CallbackID,
		trigger:     in.TriggerID,
		responseURL: in.ResponseURL,
		view:        in.View,
		message:     in.Message.Text,
		thread:      workflow.Lookup{Channel: in.Channel.ID, TS: cmp.Or(in.Message.ThreadTimestamp, in.MessageTs, in.Message.Timestamp)},
	}
	if in.Type != slack.InteractionTypeBlockActions {
		return g
	}
	g.name, g.message = "", ""
	if len(in.ActionCallback.BlockActions) == 0 || in.ActionCallback.BlockActions[0] == nil {
		return g
	}
	a := in.ActionCallback.BlockActions[0]
	g.name, g.value = a.ActionID, cmp.Or(a.Value, a.SelectedOption.Value)
	if chosen := a.SelectedOption.Value; a.ActionID == moreID && chosen != "" {
		g.name = chosen
	}
	if r, ok := parseRef(a.Value); ok {
		g.ref = r
	} else if r, ok := parseRef(a.BlockID); ok {
		g.ref = r
	}
	place := in.Container.ViewID + in.Channel.ID + " " + in.Container.MessageTs
	g.id = identity("click", in.User.ID, place, a.ActionID, a.ActionTs, in.TriggerID)
	return g
}

// identity joins what makes a gesture this one and no other.
func identity(parts ...string) string { return strings.Join(parts, "|") }

// moreID is the action id of the select that holds the actions without a
// button of their own.
const moreID = "more"
