// Package cases is what several subjects show of a case and ask about it: the
// modal of an action, the rows and buttons of a case, and the way of an action to
// the register.
package cases

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/handlers/story"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// CaseStore is the one door to a case.
type CaseStore interface {
	// Apply carries out one change, once per gesture. A workflow.Refusals
	// error is for the person (workflow.CodeNoSuchCase also when the case does
	// not exist for them); any other means that nothing was committed.
	Apply(context.Context, workflow.Command) (workflow.Result, error)
	// Find returns a case as viewer may see it, with the access; a case that
	// does not exist for viewer is refused with workflow.CodeNoSuchCase.
	// Without full access the Particulars are left out.
	Find(ctx context.Context, key workflow.Lookup, viewer roster.PersonID) (workflow.Complaint, workflow.Access, error)
}

// Forms opens the modals of actions on a case, and carries out what they
// submit.
type Forms struct {
	*core.Env
	Register CaseStore
}

func NewForms(e *core.Env, register CaseStore) *Forms { return &Forms{e, register} }

// StoryOf is what the message of a message shortcut tells. Whoever is mentioned
// in it and is not known by then is named among what was left out.
func (f *Forms) StoryOf(ctx context.Context, g core.Gesture) story.Story {
	ctx, cancel := context.WithTimeout(ctx, core.ReadTime)
	defer cancel()
	r := story.Reader{Speak: g.Speak, People: f.People, Zone: f.Policy.Calendar.Location}
	return r.Read(ctx, g.Message)
}

// OfficersCase returns the case of a button for somebody with an officer's
// rights on it. Everybody else is refused: with CodeNoSuchCase when the case
// does not exist for them, with CodeForbidden when they may see that it does, and with
// CodeTermRead past its term for an action that shows what they may not read any more.
func (f *Forms) OfficersCase(ctx context.Context, g core.Gesture) (workflow.Complaint, error) {
	ctx, cancel := context.WithTimeout(ctx, core.ReadTime)
	defer cancel()
	c, access, err := f.Register.Find(ctx, g.Key(), g.Who.ID)
	if err != nil {
		return workflow.Complaint{}, err
	}
	switch {
	case access < workflow.AccessFull:
		return workflow.Complaint{}, workflow.Refusals{{Code: workflow.CodeForbidden}}
	case f.Policy.PastTerm(&c, f.Today()) && !unread(workflow.ActionName(g.Name)) && !f.MayRead(ctx, &c, g.Who.ID):
		return workflow.Complaint{}, workflow.Refusals{{Code: workflow.CodeTermRead}}
	}
	return c, nil
}

// MayRead reports whether somebody may read the contents of a case today, as the roster
// with who is there says: past its term few may (R10).
func (f *Forms) MayRead(ctx context.Context, c *workflow.Complaint, who roster.PersonID) bool {
	p := *f.Policy
	p.Roster = f.Roster(ctx)
	return p.MayRead(c, who, f.Today())
}

// unread reports whether an action's form shows nothing of the contents, so that it
// opens past the term too. Whatever is not named here is closed then.
func unread(name workflow.ActionName) bool {
	switch name {
	case workflow.ActionHold, workflow.ActionAssign, workflow.ActionNote, workflow.ActionDispute, workflow.ActionReopen,
		workflow.ActionWithdraw, workflow.ActionSnooze, workflow.ActionErase, workflow.ActionSatisfaction:
		return true
	}
	return false
}

// OfferedCase is OfficersCase for an action that the state must allow: a
// button of an old message reads who did what and when.
func (f *Forms) OfferedCase(ctx context.Context, g core.Gesture, name workflow.ActionName) (workflow.Complaint, error) {
	c, err := f.OfficersCase(ctx, g)
	if err != nil {
		return workflow.Complaint{}, err
	}
	for _, offered := range f.Policy.OnMessage(&c, f.Today()) {
		if offered == name {
			return c, nil
		}
	}
	return workflow.Complaint{}, workflow.Refusals{{Code: workflow.CodeNotNow, Args: workflow.Args{Performed: c.Last}}}
}

// Other returns a case to link with. To somebody without an officer's rights on
// it, it does not exist.
func (f *Forms) Other(ctx context.Context, id workflow.CaseID, viewer roster.PersonID) (workflow.Complaint, error) {
	c, access, err := f.Register.Find(ctx, workflow.Lookup{ID: id}, viewer)
	switch {
	case id == "", err == nil && access < workflow.AccessFull:
		return workflow.Complaint{}, workflow.Refusals{{Code: workflow.CodeNoSuchCase}}
	case err != nil:
		return workflow.Complaint{}, err
	}
	return c, nil
}

// CarryOut commits a submitted action. What the rules refuse shows at the
// fields; when nothing was committed the person presses again, with
// everything still there; a success closes the modal.
func (f *Forms) CarryOut(ctx context.Context, g core.Gesture, a workflow.Action) core.Ack {
	if _, err := f.Register.Apply(ctx, Command(g, a)); err != nil {
		return f.Failed(ctx, g, err)
	}
	return core.Ack{}
}

func Command(g core.Gesture, a workflow.Action) workflow.Command {
	return workflow.Command{Case: g.Ref.Case, Action: a, By: g.Who.ID, Gesture: g.ID}
}

// Form is the modal of an action on a case. It begins with the case's number
// and what it is about, since a person on a phone no longer sees the message.
func (f *Forms) Form(g core.Gesture, c *workflow.Complaint, name workflow.ActionName, blocks ...slack.Block) slack.ModalViewRequest {
	m := kit.Metadata{Case: c.ID, Version: c.Version, Nonce: f.Nonce()}
	key := "action." + string(name)
	return kit.Modal(string(name), g.Speak.Say(key+".title"), g.Speak.Say("action.submit"), g.Speak.Say("common.cancel"), m,
		append(Line(c), blocks...)...)
}

// Field is an input of an action's modal, with its label and hint from the
// texts: action.<id>.
func Field(g core.Gesture, id string, e slack.BlockElement) *slack.InputBlock {
	return kit.Input{ID: id, Label: g.Speak.Say("action." + id), Element: e}.Block()
}

func Hinted(g core.Gesture, id string, e slack.BlockElement) *slack.InputBlock {
	return kit.Input{ID: id, Label: g.Speak.Say("action." + id), Hint: g.Speak.Say("action." + id + ".hint"), Element: e}.Block()
}

// DateAndWay are the two questions about everything that went to or came from
// the complainant; today and the initial way are filled in.
func (f *Forms) DateAndWay(g core.Gesture, date, way string, ways []workflow.Way, initial workflow.Way) []slack.Block {
	return []slack.Block{
		Field(g, date, kit.Day(f.Today())),
		Field(g, way, kit.Choose(string(initial), kit.Choices(g.Speak, "way", ways))),
	}
}
