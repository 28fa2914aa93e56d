package casework

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/letters"
	"github.com/artra/klachtbot/workflow"
)

// letterRecorded is the callback id of the answer to a letter that was recorded.
const letterRecorded = "letter_recorded"

func closeModal(context.Context, core.Gesture) core.Ack { return core.Ack{} }

// formOf is the form of a modal that is open.
func formOf(callbackID string) (letterForm, bool) {
	for _, f := range []letterForm{acknowledgement, question, notice, confirmation, remedyForm} {
		if string(f.action) == callbackID {
			return f, true
		}
	}
	return letterForm{}, false
}

// look returns the case of a letter's form, for somebody who is going to read the
// letter with name and address: that is recorded first, as the look that it is.
func (w writing) look(ctx context.Context, g core.Gesture) (workflow.Complaint, error) {
	done, err := w.Register.Apply(ctx, cases.Command(g, workflow.LookIdentity{For: w.action}))
	c := done.Complaint
	switch {
	case err != nil:
		return workflow.Complaint{}, err
	case c.Access(w.Roster(ctx), g.Who.ID) < workflow.AccessFull:
		return workflow.Complaint{}, workflow.Refusals{{Code: workflow.CodeForbidden}}
	case !w.offers(&c): // a click that came twice
		return workflow.Complaint{}, workflow.Refusals{{Code: workflow.CodeNotNow, Args: workflow.Args{Performed: c.Last}}}
	}
	return c, nil
}

// data is what the letter of a form may name, with what was filled in around
// it; what the form opens with where v is nil.
func (w writing) data(ctx context.Context, c *workflow.Complaint, v kit.Values) (letters.Data, error) {
	d := w.letterData(ctx, c)
	var err error
	switch w.kind {
	case letters.Remedy:
		d, err = w.remedyData(ctx, c)
	case letters.Outcome:
		d.Outcome, d.Remedy, err = w.decided(ctx, c.ID)
	case letters.Progress:
		if d.Reason, d.Expected = w.proposed(c); v != nil {
			d.Reason, d.Expected = kit.Typed(v, "reason"), v.Date("expected_date")
		}
	}
	_, way := w.ways(c)
	day := w.Today()
	if v != nil {
		day, way = v.Date("date"), workflow.Way(v.Choice("way"))
	}
	return asSent(w.Policy, c, w.kind, d, day, way), err
}

// view asks when and how the letter went, and has all of it below, as
// its reader gets it, to be copied: with the text that the form opens with, or, when
// it is shown again, with what was typed in it since.
func (w writing) view(g core.Gesture, c *workflow.Complaint, d letters.Data, typed kit.Values) (slack.ModalViewRequest, error) {
	draft, err := w.letters.Draft(w.kind, c.Facts.Language, d)
	if err != nil {
		return slack.ModalViewRequest{}, err
	}
	fields, showing := w.fields(g, c, draft), ""
	if typed != nil {
		typed.Refill(fields)
		showing = w.Nonce()
	}
	blocks := append(fields, slack.NewDividerBlock())
	blocks = append(blocks, toLine(g, c)...)
	blocks = append(blocks, showRow(g, c, "post.show.again")...)
	blocks = append(blocks, cases.LetterInputs(g.Speak, cases.Addressed(c.Particulars, draft.Whole(bodyIn(fields))), showing)...)
	return w.Form(g, c, w.action, append(blocks, kit.Remark(g.Speak.Say("dossier.look_kept")))...), nil
}

// bodyIn is the officer's text as the form shows it.
func bodyIn(fields []slack.Block) string {
	for _, b := range fields {
		in, ok := b.(*slack.InputBlock)
		if !ok || in.BlockID != "body" {
			continue
		}
		if area, ok := in.Element.(*slack.PlainTextInputBlockElement); ok {
			return area.InitialValue
		}
	}
	return ""
}

// toLine says to whom the letter goes, with what it takes to send it.
func toLine(g core.Gesture, c *workflow.Complaint) []slack.Block {
	p := c.Particulars
	var to []string
	for _, one := range []workflow.Confidential{p.Name, p.Email, p.Phone} {
		if !one.Blank() {
			to = append(to, one.Reveal())
		}
	}
	blocks := kit.Rows(kit.Row{Label: g.Speak.Say("post.to"), Text: strings.Join(to, " · ")})
	if letters.Anonymous(p.Name) {
		blocks = append(blocks, kit.Remark(g.Speak.Say("post.to.anonymous")))
	}
	return blocks
}

// showRow is the button that puts what was typed into the letter, and what it is
// for.
func showRow(g core.Gesture, c *workflow.Complaint, key string) []slack.Block {
	button := kit.Button(string(cases.ShowLetter), kit.RefTo(c).String(), g.Speak.Say(key), slack.StyleDefault)
	return []slack.Block{kit.Buttons("", button), kit.Remark(g.Speak.Say(key + ".hint"))}
}

// showLetter shows the form again, with the whole letter as it reads with what was
// typed so far. Whoever has it in front of them already looked; else that is
// recorded first. When it can't be shown the form stays as it is, with all that was
// typed, and the person reads why in a direct message.
func (h *Handler) showLetter(ctx context.Context, g core.Gesture) error {
	f, ok := formOf(g.View.CallbackID)
	if !ok || g.View.Type != slack.VTModal || g.View.ID == "" {
		return core.ErrUnknown
	}
	view, err := writing{h, f}.again(ctx, g)
	if err == nil {
		err = h.Slack.UpdateView(ctx, g.View.ID, view)
	}
	if err != nil {
		return h.Slack.SendDirect(ctx, g.Who.ID, kit.Escape(h.Why(ctx, g, err)))
	}
	return nil
}

func (w writing) again(ctx context.Context, g core.Gesture) (slack.ModalViewRequest, error) {
	ctx, cancel := context.WithTimeout(ctx, core.ReadTime)
	defer cancel()
	g.Ref = kit.Ref{Case: g.Metadata().Case, Version: g.Metadata().Version}
	v := g.Values()
	read := w.look
	if cases.LetterShown(v) {
		read = w.offered
	}
	c, err := read(ctx, g)
	if err != nil {
		return slack.ModalViewRequest{}, err
	}
	data, err := w.data(ctx, &c, v)
	if err != nil {
		return slack.ModalViewRequest{}, err
	}
	return w.view(g, &c, data, v)
}

// offers reports whether the case message has the form's action. A letter on a
// remedy is offered by a line in the thread: the look has asked the rules.
func (w writing) offers(c *workflow.Complaint) bool {
	return w.action == workflow.ActionRemedyLetter || slices.Contains(w.Policy.OnMessage(c, w.Today()), w.action)
}

// offered returns the case for somebody who looked already.
func (w writing) offered(ctx context.Context, g core.Gesture) (workflow.Complaint, error) {
	c, err := w.OfficersCase(ctx, g)
	if err == nil && !w.offers(&c) {
		err = workflow.Refusals{{Code: workflow.CodeNotNow, Args: workflow.Args{Performed: c.Last}}}
	}
	return c, err
}

// commit records a letter. The modal closes, unless there is more to do with
// the letter: it goes by post, or what was there to be copied is not what was
// recorded.
func (w writing) commit(ctx context.Context, g core.Gesture, a workflow.Action, sent workflow.Sent) core.Ack {
	done, err := w.Register.Apply(ctx, cases.Command(g, a))
	if err != nil {
		return w.Failed(ctx, g, err)
	}
	c, v := done.Complaint, g.Values()
	if c.Access(w.Policy.Roster, g.Who.ID) < workflow.AccessFull || c.Last.Action != w.action {
		return core.Ack{} // sent again, after something else was done
	}
	letter := cases.Addressed(c.Particulars, sent.Letter.Reveal())
	other := cases.LetterShown(v) && !cases.SameLetter(v, letter)
	byHand := sent.Way == workflow.WayEmail && !sent.Mail
	if sent.Way != workflow.WayLetter && (!byHand || !other) {
		return core.Ack{}
	}
	if !other {
		letter = ""
	}
	return w.afterwards(g, &c, sent.Way, letter)
}

// afterwards is what there is to do with a letter that was recorded: send what was
// recorded ("" for nothing to say of that), make a PDF of what goes by post.
func (w writing) afterwards(g core.Gesture, c *workflow.Complaint, way workflow.Way, letter string) core.Ack {
	sp := g.Speak
	blocks := append(cases.Line(c), kit.Section(sp.Say("post.recorded"), nil))
	if way == workflow.WayLetter {
		blocks = append(blocks, kit.Section(sp.Say("post.recorded.pdf"), nil),
			kit.Buttons("", cases.LetterButton(sp, c, w.entry, c.Last.At)))
	}
	view := func(submit string, more ...slack.Block) core.Ack {
		return core.Update(kit.Modal(letterRecorded, sp.Say("post.recorded.title"), submit, sp.Say("common.close"),
			kit.Metadata{Case: c.ID, Version: c.Version, Nonce: w.Nonce()}, append(slices.Clip(blocks), more...)...))
	}
	if letter == "" {
		return view("")
	}
	whole := view(sp.Say("post.done"), append([]slack.Block{kit.Section(sp.Say("post.recorded.changed"), nil)},
		cases.LetterInputs(sp, letter, w.Nonce())...)...)
	if b, err := json.Marshal(whole.Payload); err == nil && len(b) <= maxAck {
		return whole
	}
	return view("", kit.Section(sp.Say("post.recorded.elsewhere"), nil))
}
