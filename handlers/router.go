package handlers

import (
	"cmp"
	"context"
	"maps"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// screen is what stands behind an action id or a callback id.
type screen struct {
	// open answers a click or a shortcut, mostly by showing a modal. A
	// workflow.Refusals error is explained to the person where they pressed;
	// of any other they read that it did not work.
	open func(context.Context, gesture) error
	// begin is open for what takes longer than a gesture may: it returns what
	// remains to be done.
	begin func(context.Context, gesture) (func(context.Context), error)
	// submit answers a submission of the modal whose callback id is the
	// screen's name.
	submit func(context.Context, gesture) Ack
}

// gesture is one thing that a member of the workspace did, taken out of
// Slack's payload.
type gesture struct {
	who     roster.Person
	speak   texts.Speaker   // in the person's language
	id      string          // identity of the gesture: the same for a redelivery (design section 3)
	name    string          // action id, callback id, or the option chosen from "more"
	value   string          // of the button
	ref     ref             // the case it is about; zero for none
	trigger string          // opens one view, within 3 s
	reply   string          // response_url; "" for a gesture without one
	view    slack.View      // the submitted view, or the one that was clicked in
	message string          // text of the message of a message shortcut
	typed   string          // behind the command, as it was typed
	place   workflow.Lookup // of that message: the thread in which it stands
}

// key names the case that the gesture is about.
func (g gesture) key() workflow.Lookup {
	if g.ref.Case == "" && g.place.TS != "" {
		return g.place
	}
	return workflow.Lookup{ID: g.ref.Case}
}

func (g gesture) values() values { return valuesOf(g.view) }
func (g gesture) memo() memo     { return memoOf(g.view.PrivateMetadata) }

// allScreens is the routing table: what stands behind each action id and
// callback id.
func (h *Handler) allScreens() map[string]screen {
	all := map[string]screen{
		string(workflow.ActionFile): {open: h.openLog, submit: h.submitLog},
		logFromMessage:              {open: h.openLogFromMessage},
		noteFromMessage:             {open: h.openNoteFromMessage},
		listOpen:                    {open: h.openList},
		listMore:                    {open: h.turnPage},
		listFilter:                  {open: h.turnPage},
		listMonth:                   {open: h.turnPage},
		absenceID:                   {open: h.openAbsence, submit: h.submitAbsence},
		absenceEnd:                  {open: h.endAbsence},
		remnantsLook:                {open: h.lookAgain},
		accessID:                    {submit: h.submitAccess},
		registerExport:              {open: h.openRegister, submit: h.submitRegister},
	}
	for _, f := range homeFilters() {
		all[homeFilter+string(f)] = screen{open: h.chooseOnHome}
	}
	for name, s := range h.actionScreens() {
		all[string(name)] = s
	}
	maps.Copy(all, h.reviewScreens())
	return all
}

// reviewScreens is the routing table of the review of a quarter (R11).
func (h *Handler) reviewScreens() map[string]screen {
	return map[string]screen{
		quarterOpen:  {begin: h.beginQuarter},
		quarterEarly: {begin: h.beginQuarter},
		quarterLater: {begin: h.beginQuarter},
		recommendID:  {begin: h.beginRecommendation, submit: h.submitRecommendation},
		nothingID:    {open: h.openNothing, submit: h.submitNothing},
		adviceDone:   {open: h.finishAdvice},
		adviceDate:   {open: h.openAdviceDate, submit: h.submitAdviceDate},
	}
}

// Interaction answers a shortcut, a click, a submission or a closed view. A
// submission is committed before it returns.
func (h *Handler) Interaction(ctx context.Context, in slack.InteractionCallback) Ack {
	switch in.Type {
	case slack.InteractionTypeViewSubmission:
		return h.submission(ctx, submissionOf(in), roster.PersonID(in.User.ID))
	case slack.InteractionTypeBlockActions, slack.InteractionTypeShortcut, slack.InteractionTypeMessageAction:
		return h.press(ctx, pressOf(in), roster.PersonID(in.User.ID))
	}
	return Ack{}
}

// press answers a click or a shortcut: what stands behind it opens, or the
// person reads why not.
func (h *Handler) press(ctx context.Context, g gesture, who roster.PersonID) Ack {
	if g.name == "" {
		return Ack{}
	}
	var rest func(context.Context)
	err := h.admit(ctx, &g, who)
	if err == nil {
		rest, err = h.open(ctx, g)
	}
	if err != nil {
		h.explain(ctx, g, err)
	}
	return Ack{Then: rest}
}

func (h *Handler) open(ctx context.Context, g gesture) (rest func(context.Context), err error) {
	switch s := h.screens[g.name]; {
	case s.begin != nil:
		return s.begin(ctx, g)
	case s.open != nil:
		return nil, s.open(ctx, g)
	}
	return nil, errUnknown
}

// submission answers a modal that was sent in.
func (h *Handler) submission(ctx context.Context, g gesture, who roster.PersonID) Ack {
	if err := h.admit(ctx, &g, who); err != nil {
		return h.failed(ctx, g, err)
	}
	s, ok := h.screens[g.name]
	if !ok || s.submit == nil {
		return h.failed(ctx, g, errUnknown)
	}
	return s.submit(ctx, g)
}

func submissionOf(in slack.InteractionCallback) gesture {
	m := memoOf(in.View.PrivateMetadata)
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
		id:      identity("shortcut", in.User.ID, in.CallbackID, in.Channel.ID, in.MessageTs, in.TriggerID),
		name:    in.CallbackID,
		trigger: in.TriggerID,
		reply:   in.ResponseURL,
		view:    in.View,
		message: in.Message.Text,
		place:   workflow.Lookup{Channel: in.Channel.ID, TS: cmp.Or(in.Message.ThreadTimestamp, in.MessageTs, in.Message.Timestamp)},
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
