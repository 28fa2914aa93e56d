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
	for _, f := range letterForms {
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
		err = w.addRemedy(ctx, c, &d)
	case letters.Outcome:
		err = w.addDecision(ctx, c, &d)
	case letters.Progress:
		if d.Reason, d.Expected = w.proposed(c); v != nil {
			d.Reason, d.Expected = kit.Typed(v, "reason"), v.Date("expected_date")
		}
	}
	day := w.Today()
	_, way := w.ways(c)
	if v != nil {
		sent := sentOf(v)
		day, way = sent.Date, sent.Way
	}
	return asSent(w.Policy, c, w.kind, d, day, way), err
}

// composed is the letter as it leaves, of the same data as the one that was shown;
// "" for a notice without its reason or its date, which the rules refuse.
func (w writing) composed(ctx context.Context, c *workflow.Complaint, v kit.Values, body workflow.Confidential) (workflow.Confidential, error) {
	d, err := w.data(ctx, c, v)
	if err != nil {
		return "", err
	}
	if w.kind == letters.Progress && (d.Reason.Blank() || d.Expected.IsZero()) {
		return "", nil
	}
	text, err := w.letters.Compose(w.kind, c.Facts.Language, d, body.Reveal())
	return workflow.Confidential(text), err
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
	letter := cases.Addressed(c.Particulars, draft.Whole(bodyIn(fields)))
	blocks = append(blocks, cases.LetterInputs(g.Speak, letter, g.Speak.Say("post.letter.hint"), showing)...)
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
	if _, looked := cases.LetterShown(v); looked {
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
	c := done.Complaint
	if c.Access(w.Policy.Roster, g.Who.ID) < workflow.AccessFull || c.Last.Action != w.action {
		return core.Ack{} // sent again, after something else was done
	}
	if done.Repeated { // what was composed now may differ: the case has gone on
		if sent.Letter, err = w.recorded(ctx, &c); err != nil {
			return w.Failed(ctx, g, err)
		}
	}
	letter := cases.Addressed(c.Particulars, sent.Letter.Reveal())
	shown, could := cases.LetterShown(g.Values())
	could = could && !w.letters.Unfilled(w.kind, shown) // nobody sends what is yet to be filled in
	other := could && !cases.SameLetter(shown, letter)
	byHand := sent.Way == workflow.WayEmail && !sent.Mail
	if sent.Way != workflow.WayLetter && (!byHand || !other) {
		return core.Ack{}
	}
	if !other {
		letter = ""
	}
	return w.afterwards(g, &c, sent.Way, letter)
}

// recorded is the letter that the last action left in the dossier.
func (w writing) recorded(ctx context.Context, c *workflow.Complaint) (workflow.Confidential, error) {
	records, err := w.records.Dossier(ctx, c.ID)
	for _, r := range slices.Backward(records) {
		if r.Kind == w.entry {
			return r.Texts["letter"], err
		}
	}
	return "", err
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
		cases.LetterInputs(sp, letter, "", w.Nonce())...)...)
	if b, err := json.Marshal(whole.Payload); err == nil && len(b) <= maxAck {
		return whole
	}
	return view("", kit.Section(sp.Say("post.recorded.elsewhere"), nil))
}

// The question whether the bot mails the letter, and its answers.
const (
	sendID    = "send"
	sendNow   = "now"
	sendNever = "already"
)

// askToSend asks in a letter's form who sends it, where the bot can and an
// address is known. The bot does unless the letter goes another way.
func (w writing) askToSend(g core.Gesture, c *workflow.Complaint, way workflow.Way) []slack.Block {
	if !w.mails || c.Particulars.Email.Blank() {
		return nil
	}
	initial := sendNow
	if way != workflow.WayEmail {
		initial = sendNever
	}
	return []slack.Block{cases.Field(g, sendID, kit.Radio(initial, []kit.Option{
		{Value: sendNow, Label: g.Speak.Say("action.send.now")}, {Value: sendNever, Label: g.Speak.Say("action.send.already")},
	}))}
}

// mailSelf records that the officer sent a letter that waits, and says so beside
// the button. The version of the button is that of the letter.
func (h *Handler) mailSelf(ctx context.Context, g core.Gesture) error {
	done, err := h.Register.Apply(ctx, cases.Command(g, workflow.MailSelf{Version: g.Ref.Version}))
	if err != nil || done.Repeated {
		return err
	}
	return h.Slack.Respond(ctx, g.ResponseURL, core.Response{Text: g.Speak.Say("case.mail.self")})
}

// mailAgain sends a letter once more and says so beside the button. The
// version of the button is that of the letter.
func (h *Handler) mailAgain(ctx context.Context, g core.Gesture) error {
	done, err := h.Register.Apply(ctx, cases.Command(g, workflow.MailAgain{Version: g.Ref.Version}))
	if err != nil || done.Repeated {
		return err
	}
	return h.Slack.Respond(ctx, g.ResponseURL, core.Response{Text: g.Speak.Say("case.mail.again")})
}
