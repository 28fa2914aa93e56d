package handlers

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// caseStore is the one door to a case.
type caseStore interface {
	// Apply carries out one change, once per gesture. A workflow.Refusals
	// error is for the person (workflow.CodeNoSuchCase also when the case does
	// not exist for them); any other means that nothing was committed.
	Apply(context.Context, workflow.Command) (workflow.Result, error)
	// Find returns a case as viewer may see it, with the access; a case that
	// does not exist for viewer is refused with workflow.CodeNoSuchCase.
	// Without full access the Particulars are left out.
	Find(ctx context.Context, key workflow.Lookup, viewer roster.PersonID) (workflow.Complaint, workflow.Access, error)
}

// caseForms opens the modals of actions on a case, and carries out what they
// submit.
type caseForms struct {
	*Env
	Register caseStore
}

func newCaseForms(e *Env, register caseStore) *caseForms { return &caseForms{e, register} }

// officersCase returns the case of a button for somebody with an officer's
// rights on it, and refuses everybody else: a case that does not exist for
// them as such, a case that they may only see with CodeForbidden.
func (f *caseForms) officersCase(ctx context.Context, g gesture) (workflow.Complaint, error) {
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	c, access, err := f.Register.Find(ctx, g.key(), g.who.ID)
	if err != nil {
		return workflow.Complaint{}, err
	}
	if access < workflow.AccessFull {
		return workflow.Complaint{}, workflow.Refusals{{Code: workflow.CodeForbidden}}
	}
	return c, nil
}

// offeredCase is officersCase for an action that the state must allow: a
// button of an old message reads who did what and when.
func (f *caseForms) offeredCase(ctx context.Context, g gesture, name workflow.ActionName) (workflow.Complaint, error) {
	c, err := f.officersCase(ctx, g)
	if err != nil {
		return workflow.Complaint{}, err
	}
	for _, offered := range f.Policy.OnMessage(&c, f.today()) {
		if offered == name {
			return c, nil
		}
	}
	return workflow.Complaint{}, workflow.Refusals{{Code: workflow.CodeNotNow, Args: workflow.Args{Performed: c.Last}}}
}

// other returns a case to link with: to who has no officer's rights on it, it
// is one that does not exist.
func (f *caseForms) other(ctx context.Context, id workflow.CaseID, viewer roster.PersonID) (workflow.Complaint, error) {
	c, access, err := f.Register.Find(ctx, workflow.Lookup{ID: id}, viewer)
	switch {
	case id == "", err == nil && access < workflow.AccessFull:
		return workflow.Complaint{}, workflow.Refusals{{Code: workflow.CodeNoSuchCase}}
	case err != nil:
		return workflow.Complaint{}, err
	}
	return c, nil
}

// carryOut commits a submitted action. What the rules refuse shows at the
// fields; when nothing was committed the person presses again, with
// everything still there; a success closes the modal.
func (f *caseForms) carryOut(ctx context.Context, g gesture, a workflow.Action) Ack {
	if _, err := f.Register.Apply(ctx, command(g, a)); err != nil {
		return f.failed(ctx, g, err)
	}
	return Ack{}
}

func command(g gesture, a workflow.Action) workflow.Command {
	return workflow.Command{Case: g.ref.Case, Action: a, By: g.who.ID, Gesture: g.id}
}

// form is the modal of an action on a case. It begins with the case's number
// and what it is about, since a person on a phone no longer sees the message.
func (f *caseForms) form(g gesture, c *workflow.Complaint, name workflow.ActionName, blocks ...slack.Block) slack.ModalViewRequest {
	m := metadata{Case: c.ID, Version: c.Version, Nonce: f.Nonce()}
	key := "action." + string(name)
	return modal(string(name), g.speak.Say(key+".title"), g.speak.Say("action.submit"), g.speak.Say("common.cancel"), m,
		append(caseLine(c), blocks...)...)
}

// field is an input of an action's modal, with its label and hint from the
// texts: action.<id>.
func field(g gesture, id string, e slack.BlockElement) *slack.InputBlock {
	return input{ID: id, Label: g.speak.Say("action." + id), Element: e}.block()
}

func hinted(g gesture, id string, e slack.BlockElement) *slack.InputBlock {
	return input{ID: id, Label: g.speak.Say("action." + id), Hint: g.speak.Say("action." + id + ".hint"), Element: e}.block()
}

// dateAndWay are the two questions about everything that went to or came from
// the complainant: today, and the way that the complainant prefers, stand
// there already.
func (f *caseForms) dateAndWay(g gesture, date, way string, ways []workflow.Way, initial workflow.Way) []slack.Block {
	return []slack.Block{
		field(g, date, day(f.today())),
		field(g, way, choose(string(initial), choices(g.speak, "way", ways))),
	}
}
