// Package consult is what a colleague is asked: the officer's form, and the message
// and form of whoever is to answer.
package consult

import (
	"context"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// QuestionReader reads what was asked.
type QuestionReader interface {
	// Consultation returns what whoever was asked reads of the case, as long as they can
	// answer; else, and for others, it is refused.
	Consultation(ctx context.Context, id workflow.CaseID, number int, who roster.PersonID) (workflow.Consulted, error)
	// Asked lists what somebody was asked and can still answer, by number and date only.
	Asked(ctx context.Context, who roster.PersonID) ([]workflow.Consulted, error)
	// Case returns a case with its Particulars, whoever asks.
	Case(context.Context, workflow.CaseID) (workflow.Complaint, error)
}

// Handler answers what is done with questions to colleagues.
type Handler struct {
	*cases.Forms
	reader QuestionReader
}

func New(f *cases.Forms, r QuestionReader) *Handler { return &Handler{f, r} }

// Table registers what stands behind the ids of this subject.
func (h *Handler) Table() core.Table {
	return core.Table{
		Screens: map[string]core.Screen{
			string(workflow.ActionConsult):       {Open: h.openConsult, Submit: h.submitConsult},
			string(workflow.ActionConsultAnswer): {Open: h.openAnswer, Submit: h.submitAnswer},
		},
		Messages: map[outbox.Kind]core.Renderer{outbox.KindConsultation: h.task},
	}
}

// answerDays is how many days a colleague has, when nobody says otherwise.
const answerDays = 7

// openConsult asks why, whom, what, and by when.
func (h *Handler) openConsult(ctx context.Context, g core.Gesture) error {
	c, err := h.OfferedCase(ctx, g, workflow.ActionConsult)
	if err != nil {
		return err
	}
	return h.Show(ctx, g, h.form(g, &c, nil))
}

// form says above its fields what of the complainant was found in the question.
func (h *Handler) form(g core.Gesture, c *workflow.Complaint, found []string) slack.ModalViewRequest {
	sp, send := g.Speak, "consult.send"
	var blocks []slack.Block
	if len(found) > 0 {
		send = "consult.send_anyway"
		blocks = append(blocks, kit.Section(sp.Say("consult.found", texts.Args{"What": named(sp, found)}), nil))
	}
	ask := func(id string, e slack.BlockElement) slack.Block {
		return kit.Input{ID: id, Label: sp.Say("consult." + id), Hint: sp.Say("consult." + id + ".hint"), Element: e}.Block()
	}
	blocks = append(blocks,
		ask("purpose", kit.Radio(string(workflow.PurposeAdvice), kit.Choices(sp, "purpose", workflow.Purposes()))),
		ask("person", kit.Colleague("")),
		ask("question", kit.Area("")),
		kit.Input{ID: "answer_by", Label: sp.Say("consult.answer_by"), Element: kit.Day(h.Today().AddDays(answerDays))}.Block())
	view := h.Form(g, c, workflow.ActionConsult, blocks...)
	m := kit.MetadataOf(view.PrivateMetadata)
	m.Found = strings.Join(found, ",")
	view.PrivateMetadata, view.Submit = m.String(), kit.Plain(sp.Say(send))
	return view
}

// submitConsult sends the question. One that names the complainant is shown once more
// before, as it was typed, with what stands in it.
func (h *Handler) submitConsult(ctx context.Context, g core.Gesture) core.Ack {
	v := g.Values()
	a := workflow.Consult{
		Purpose: workflow.Purpose(v.Choice("purpose")), Person: v.Person("person"),
		Question: kit.Typed(v, "question"), AnswerBy: v.Date("answer_by"),
	}
	c, err := h.possible(ctx, g, a)
	if err != nil {
		return h.Failed(ctx, g, err)
	}
	warned := strings.Split(g.Metadata().Found, ",")
	if found := foundIn(&c, a.Question); slices.ContainsFunc(found, func(one string) bool { return !slices.Contains(warned, one) }) {
		view := h.form(g, &c, found)
		v.Refill(view.Blocks.BlockSet)
		return core.Update(view)
	}
	return h.CarryOut(ctx, g, a)
}

// possible refuses what can't be asked, before anybody is warned of what they typed.
func (h *Handler) possible(ctx context.Context, g core.Gesture, a workflow.Consult) (workflow.Complaint, error) {
	c, err := h.OfficersCase(ctx, g)
	if err != nil {
		return workflow.Complaint{}, err
	}
	p := *h.Policy
	p.Roster = h.Roster(ctx)
	if _, err := p.Step(c, a, g.Who.ID, h.Now()); err != nil {
		return workflow.Complaint{}, err
	}
	return c, h.Colleague(ctx, "person", a.Person)
}

// foundIn says in words of ours what of the complainant stands in a text.
func foundIn(c *workflow.Complaint, text workflow.Confidential) (found []string) {
	in := cases.Complainant(c).Traces(text.Reveal())
	for _, one := range []struct {
		what  string
		there bool
	}{{"name", in.Name}, {"email", in.Email}, {"phone", in.Phone}, {"address", in.Address}} {
		if one.there {
			found = append(found, one.what)
		}
	}
	return found
}

func named(sp texts.Speaker, found []string) string {
	all := make([]string, len(found))
	for i, one := range found {
		all[i] = sp.Say("consult.found." + one)
	}
	return strings.Join(all, ", ")
}
