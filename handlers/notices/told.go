package notices

import (
	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// what is what somebody is to do: of an outcome that was decided, to tell the
// complainant (R13).
func (r reminder) what(sp texts.Speaker) string {
	if cases.ToTell(r.c, workflow.PromiseKind(r.Kind)) {
		return sp.Say("reminder.tell")
	}
	if r.Kind.Consultation() > 0 && r.to == r.Handler { // an officer was asked
		return cases.PromiseName(sp, r.c, workflow.PromiseConsultation)
	}
	return sp.Say("reminder." + string(r.Kind.Base()))
}

// repeatedNotice tells a director by number that a complainant got one notice after
// another (R4a), and by when the outcome is promised now. It is moot to a director
// who may not know of the case any more.
func (h *Handler) repeatedNotice(sp texts.Speaker, c *workflow.Complaint, p outbox.RepeatedNotice) (core.Message, error) {
	if c.Access(h.Policy.Roster, p.To) < workflow.AccessOverview {
		return core.Message{}, core.ErrMoot
	}
	args := texts.Args{"Number": c.Number, "Count": p.Count}
	text := sp.Say("told.notices", args)
	if promised, ok := c.Promise(workflow.PromiseProgress); ok && promised.Open() {
		args["Date"] = sp.Date(promised.Due)
		text = sp.Say("told.notices_until", args)
	}
	return core.Message{Text: cases.Fallback(sp, c, sp.Say("told.notices_what")), Blocks: []slack.Block{kit.Section(text, nil)}}, nil
}
