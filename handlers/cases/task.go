package cases

import (
	"context"
	"fmt"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// Task is what somebody who needs no right on its case is asked to do, or to answer,
// in a direct message that is edited: what was addressed to them, and nothing else.
type Task struct {
	Show func() core.Message // while it stands; nil once it is over
	Over string              // what is left of the message then
}

// Message is the message as it is now. Once the task is over it is emptied; one that
// was never posted is moot then.
func (t Task) Message(sp texts.Speaker, c *workflow.Complaint, d outbox.Delivery) (core.Message, int, error) {
	switch {
	case t.Show != nil:
		return t.Show(), c.Version, nil
	case d.TS == "" && d.Attempts <= 1: // an earlier attempt may have arrived, and is looked for
		return core.Message{}, 0, core.ErrMoot
	}
	text := Fallback(sp, c, t.Over)
	return core.Message{Text: text, Blocks: []slack.Block{kit.Section(text, nil)}}, c.Version, nil
}

// CaseOf is the case that a delivery is about, by the register's own reader; one that
// is gone makes it moot.
func CaseOf(ctx context.Context, read func(context.Context, workflow.CaseID) (workflow.Complaint, error), d outbox.Delivery) (workflow.Complaint, error) {
	c, err := read(ctx, d.Case)
	switch {
	case workflow.Refused(err).Has(workflow.CodeNoSuchCase):
		return c, core.ErrMoot
	case err != nil:
		return c, fmt.Errorf("render %s: %w", d.Kind(), err)
	}
	return c, nil
}

// Colleague refuses, at that field, who can't read a direct message of the bot as a
// colleague: a guest, a bot, or an account that was closed.
func (f *Forms) Colleague(ctx context.Context, field string, who roster.PersonID) error {
	p, err := f.People.Person(ctx, who)
	if err != nil {
		return err
	}
	if p.Standing != roster.StandingMember {
		return workflow.Refusals{{Field: field, Code: workflow.CodeNotMember}}
	}
	return nil
}

// Complainant finds in texts what is known of who complains.
func Complainant(c *workflow.Complaint) *contact.Finder {
	p := c.Particulars
	return contact.Subject{
		Names: []string{p.Name.Reveal(), p.OnBehalfOf.Reveal()}, Emails: []string{p.Email.Reveal()},
		Phones: []string{p.Phone.Reveal()}, Addresses: []string{p.Address.Reveal()},
	}.Finder()
}
