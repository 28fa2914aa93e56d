package handlers

import (
	"context"
	"maps"
	"slices"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/letters"
	"github.com/artra/klachtbot/workflow"
)

// actionScreens is the routing table of what an officer does with a case:
// the callback id of each modal is the action's name.
func (h *Handler) actionScreens() map[workflow.ActionName]screen {
	acknowledge := letterForm{workflow.ActionAcknowledge, letters.Acknowledgement,
		func(s workflow.Sent) workflow.Action { return workflow.Acknowledge{Sent: s} }}
	question := letterForm{workflow.ActionQuestion, letters.Question,
		func(s workflow.Sent) workflow.Action { return workflow.Question{Sent: s} }}
	all := map[workflow.ActionName]screen{
		workflow.ActionAcknowledge: h.letterScreen(acknowledge),
		workflow.ActionQuestion:    h.letterScreen(question),
		workflow.ActionConfirm:     h.letterScreen(confirmation),
		workflow.ActionAnswer:      {open: h.openAnswer, submit: h.submitAnswer},
		workflow.ActionResolve:     {open: h.openResolve, submit: h.submitResolve},
		workflow.ActionMailAgain:   {open: h.mailAgain},
		workflow.ActionNote:        {open: h.openNote, submit: h.submitNote},
		workflow.ActionIdentity:    {open: h.openIdentity},
		workflow.ActionDossier:     {open: h.openDossier},
		dossierNext:                {open: h.turnDossier},
		workflow.ActionProgress:    {open: h.openProgress, submit: h.submitProgress},
		workflow.ActionCorrect:     {open: h.openCorrect, submit: h.submitCorrect},
		workflow.ActionWithdraw:    {open: h.openWithdraw, submit: h.submitWithdraw},
		workflow.ActionSnooze:      {open: h.openSnooze, submit: h.submitSnooze},
		dossierPrevious:            {open: h.turnDossier},
		dossierPDF:                 {begin: h.beginExport},
		workflow.ActionLink:        {open: h.link},
	}
	for _, f := range h.sideRoads() {
		all[f.name] = h.simpleScreen(f)
	}
	maps.Copy(all, h.erasureScreens())
	all[workflow.ActionDispute] = screen{open: all[workflow.ActionDispute].open, submit: h.submitDispute}
	return all
}

// carryOut commits a submitted action. What the rules refuse shows at the
// fields; when nothing was committed the person presses again, with
// everything still there; a success closes the modal.
func (h *Handler) carryOut(ctx context.Context, g gesture, a workflow.Action) Ack {
	if _, err := h.Register.Apply(ctx, command(g, a)); err != nil {
		return h.failed(ctx, g, err)
	}
	return Ack{}
}

func command(g gesture, a workflow.Action) workflow.Command {
	return workflow.Command{Case: g.ref.Case, Action: a, By: g.who.ID, Gesture: g.id}
}

// form is the modal of an action on a case. It begins with the case's number
// and what it is about, since a person on a phone no longer sees the message.
func (h *Handler) form(g gesture, c *workflow.Complaint, name workflow.ActionName, blocks ...slack.Block) slack.ModalViewRequest {
	m := memo{Case: c.ID, Version: c.Version, Nonce: h.Nonce()}
	key := "action." + string(name)
	return modal(string(name), g.speak.Say(key+".title"), g.speak.Say("action.submit"), g.speak.Say("common.cancel"), m,
		append(caseLine(c), blocks...)...)
}

func caseLine(c *workflow.Complaint) []slack.Block {
	runs := []slack.RichTextSectionElement{bold(c.Number)}
	if c.Facts.OfferingName != "" {
		runs = append(runs, words(" · "+c.Facts.OfferingName))
	}
	return paragraph(runs...)
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
func (h *Handler) dateAndWay(g gesture, date, way string, ways []workflow.Way, initial workflow.Way) []slack.Block {
	return []slack.Block{
		field(g, date, day(h.today())),
		field(g, way, choose(string(initial), choices(g.speak, "way", ways))),
	}
}

// letterWays are the ways in which a letter reaches the complainant, and the
// first choice. Only who stays anonymous can't be reached.
func letterWays(c *workflow.Complaint) (ways []workflow.Way, initial workflow.Way) {
	if c.Facts.Preferred == workflow.ContactNone {
		return workflow.ContactWays(), workflow.WayNotPossible
	}
	return spokenWays(c)
}

// spokenWays are the ways in which something really passes between firm and
// complainant, and the first choice: the preferred way, else the one by which
// the complaint came.
func spokenWays(c *workflow.Complaint) (ways []workflow.Way, initial workflow.Way) {
	initial = c.Facts.Preferred.Way()
	if initial == workflow.WayNotPossible {
		initial = c.Facts.ReceivedVia
	}
	ways = slices.DeleteFunc(workflow.ContactWays(), func(w workflow.Way) bool { return w == workflow.WayNotPossible })
	return ways, initial
}

// typed is what a person wrote in a field, without control characters and
// without blanks around it.
func typed(v values, block string) workflow.Confidential {
	return workflow.Confidential(workflow.Clean(v.text(block).Reveal()))
}
