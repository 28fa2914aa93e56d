package casework

import (
	"context"
	"slices"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/cases"
	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/letters"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// letterForm is the modal of an action that goes with a letter.
type letterForm struct {
	action workflow.ActionName
	kind   letters.Kind
	entry  workflow.RecordKind // what the dossier calls it
	record func(workflow.Sent) workflow.Action
	asks   func(writing, core.Gesture, *workflow.Complaint) []slack.Block // first, beside the letter; nil for nothing
}

// writing is a letter's form at work.
type writing struct {
	*Handler
	letterForm
}

// The letters that keep a promise, and the question.
var (
	acknowledgement = letterForm{workflow.ActionAcknowledge, letters.Acknowledgement, workflow.RecordAcknowledgement,
		func(s workflow.Sent) workflow.Action { return workflow.Acknowledge{Sent: s} }, nil}
	question = letterForm{workflow.ActionQuestion, letters.Question, workflow.RecordQuestion,
		func(s workflow.Sent) workflow.Action { return workflow.Question{Sent: s} }, nil}
)

// confirmation is opened from its button and by a decision.
var confirmation = letterForm{workflow.ActionConfirm, letters.Outcome, workflow.RecordConfirmation,
	func(s workflow.Sent) workflow.Action { return workflow.Confirm{Sent: s} }, nil}

func (h *Handler) letterScreen(f letterForm) core.Screen {
	return core.Screen{
		Open:   func(ctx context.Context, g core.Gesture) error { return h.openLetter(ctx, g, f) },
		Submit: func(ctx context.Context, g core.Gesture) core.Ack { return h.submitLetter(ctx, g, f) },
	}
}

// openLetter shows the whole letter, ready to be recorded as it stands.
func (h *Handler) openLetter(ctx context.Context, g core.Gesture, f letterForm) error {
	view, err := writing{h, f}.read(ctx, g)
	if err != nil {
		return err
	}
	return h.Show(ctx, g, view)
}

// read makes the modal, within the time that there is for reading.
func (w writing) read(ctx context.Context, g core.Gesture) (slack.ModalViewRequest, error) {
	ctx, cancel := context.WithTimeout(ctx, core.ReadTime)
	defer cancel()
	c, err := w.look(ctx, g)
	if err != nil {
		return slack.ModalViewRequest{}, err
	}
	data, err := w.data(ctx, &c, nil)
	if err != nil {
		return slack.ModalViewRequest{}, err
	}
	return w.view(g, &c, data, nil)
}

// decided returns what the last decision said, for the letter that confirms
// it.
func (h *Handler) decided(ctx context.Context, id workflow.CaseID) (outcome, remedy workflow.Confidential, err error) {
	records, err := h.records.Dossier(ctx, id)
	for _, r := range records {
		switch r.Kind {
		case workflow.RecordDecision:
			outcome, remedy = r.Texts["outcome"], r.Texts["remedy"]
		case workflow.RecordWithdrawal, workflow.RecordReopening: // that decision no longer stands
			outcome, remedy = "", ""
		}
	}
	return outcome, remedy, err
}

// letterView asks when and how the letter went, and shows it below in the case's
// language, as it is before anybody looks at it: without the complainant's name.
// Whoever wants the whole of it presses a button, and leaves a line in the journal.
func (h *Handler) letterView(g core.Gesture, c *workflow.Complaint, f letterForm, d letters.Data) (slack.ModalViewRequest, error) {
	if !letters.Anonymous(d.Name) {
		d.Name = workflow.Confidential(h.Texts.In(c.Facts.Language).Say("case.masked.name"))
	}
	w := writing{h, f}
	_, way := w.ways(c)
	draft, err := h.letters.Draft(f.kind, c.Facts.Language, asSent(h.Policy, c, f.kind, d, h.Today(), way))
	if err != nil {
		return slack.ModalViewRequest{}, err
	}
	blocks := append(w.fields(g, c, draft), slack.NewDividerBlock())
	blocks = append(blocks, showRow(g, c, "post.show")...)
	text := draft.Before + "\n\n" + g.Speak.Say("post.your_text") + "\n\n" + draft.After
	blocks = append(blocks, kit.Prose(draft.Subject, "\n"+text)...)
	return h.Form(g, c, f.action, blocks...), nil
}

// ways are those that the form offers, and its first choice.
func (w writing) ways(c *workflow.Complaint) (ways []workflow.Way, initial workflow.Way) {
	if w.action == workflow.ActionQuestion || w.action == workflow.ActionProgress {
		return spokenWays(c)
	}
	return letterWays(c)
}

// fields are what is asked about a letter.
func (w writing) fields(g core.Gesture, c *workflow.Complaint, draft letters.Draft) []slack.Block {
	ways, way := w.ways(c)
	blocks := []slack.Block{kit.Section(g.Speak.Say("action."+string(w.action)+".intro"), nil)}
	if w.kind == letters.Acknowledgement && c.Facts.Preferred == workflow.ContactPhone {
		blocks = append(blocks, kit.Section(g.Speak.Say("action.acknowledge.called"), nil))
	}
	if w.asks != nil {
		blocks = append(blocks, w.asks(w, g, c)...)
	}
	blocks = append(blocks, w.DateAndWay(g, "date", "way", ways, way)...)
	blocks = append(blocks, w.askToSend(g, c, way)...)
	if draft.Cut {
		blocks = append(blocks, kit.Section(g.Speak.Say("action.letter_cut"), nil))
	}
	body := cases.Hinted(g, "body", kit.Area(draft.Body))
	if w.letters.Unfilled(w.kind, draft.Body) {
		body.Hint = kit.Plain(g.Speak.Say("action.body.fill"))
	}
	return append(blocks, body)
}

// submitLetter records that the letter went: the whole text as it left, with
// the body as the person edited it. A submission without the role goes to the
// register like any other, which refuses it and records the attempt.
func (h *Handler) submitLetter(ctx context.Context, g core.Gesture, f letterForm) core.Ack {
	sent := filledIn(h.letters, g.Values(), f.kind)
	c, err := h.OfficersCase(ctx, g)
	switch {
	case workflow.Refused(err) != nil:
		return h.CarryOut(ctx, g, f.record(sent))
	case err != nil:
		return h.Failed(ctx, g, err)
	}
	data := asSent(h.Policy, &c, f.kind, h.letterData(ctx, &c), sent.Date, sent.Way)
	text, err := h.letters.Compose(f.kind, c.Facts.Language, data, sent.Body.Reveal())
	if err != nil {
		return h.Failed(ctx, g, err)
	}
	sent.Letter = workflow.Confidential(text)
	return writing{h, f}.commit(ctx, g, f.record(sent), sent)
}

// sentOf reads a letter's form. A letter that went another way than by e-mail
// is not the bot's to send, whatever the form says of that.
func sentOf(v kit.Values) workflow.Sent {
	way := workflow.Way(v.Choice("way"))
	return workflow.Sent{
		Date: v.Date("date"), Way: way, Body: kit.Typed(v, "body"),
		Mail: way == workflow.WayEmail && v.Choice(sendID) == sendNow,
	}
}

// filledIn is sentOf for a letter of that kind, which may ask the officer for words.
func filledIn(l *letters.Letters, v kit.Values, k letters.Kind) workflow.Sent {
	sent := sentOf(v)
	sent.Unfilled = l.Unfilled(k, sent.Body.Reveal())
	return sent
}

// letterData is what a letter may name of a case.
func (h *Handler) letterData(ctx context.Context, c *workflow.Complaint) letters.Data {
	d := letters.Data{
		Firm: h.Firm, Number: c.Number, Name: c.Particulars.Name,
		Received: c.Facts.Received, Offering: c.Facts.OfferingName,
		Business: c.Facts.ComplainantKind == "customer" || c.Facts.ComplainantKind == "future_customer",
		Verdict:  c.Decision.Verdict, Today: h.Today(),
		RetentionMonths: h.Policy.Terms.RetentionMonths, RetentionFrom: h.Policy.Terms.RetentionFrom,
	}
	if p, ok := promised(c); ok && p.Open() {
		d.OutcomeBy = p.Due
	}
	p, ok := c.Promise(workflow.PromiseAcknowledgement)
	d.First = !ok || p.Kept.At.IsZero() || !inWriting(p.Kept.Way)
	// A letter without a name says "de klachtverantwoordelijke".
	if who, err := h.People.Person(ctx, c.Owner); err == nil && c.Owner != "" {
		d.Handler = who.Name
	}
	return d
}

// asSent adds what a letter says because of the day and the way that it goes:
// whether it comes too late, from when the committee may be asked, and whether we
// may write at all. A day that the rules refuse counts as today.
func asSent(p *workflow.Policy, c *workflow.Complaint, k letters.Kind, d letters.Data, day calendar.Date, way workflow.Way) letters.Data {
	if day.IsZero() || day.After(d.Today) || day.Before(c.Facts.Received) {
		day = d.Today
	}
	d.Today, d.Late = day, overdue(c, k, day)
	d.AskAddress = c.Facts.Preferred == workflow.ContactPhone && !inWriting(way)
	var known bool
	if d.AskFrom, known = p.FourWeeks(c); !known && k == letters.Acknowledgement && inWriting(way) {
		d.AskFrom = day.AddDays(p.Terms.DisputeDays)
	}
	return d
}

// overdue reports whether a letter of that day comes after the date that the
// complainant was given. An outcome that they were told in time is not late because
// its confirmation is.
func overdue(c *workflow.Complaint, k letters.Kind, day calendar.Date) bool {
	p, ok := promised(c)
	switch {
	case k == letters.Acknowledgement:
		p, ok = c.Promise(workflow.PromiseAcknowledgement)
	case k == letters.Question, k == letters.Remedy:
		return false
	case k == letters.Outcome && !p.Kept.At.IsZero():
		day = p.Kept.On
	case k == letters.Outcome && !p.Lapsed.IsZero():
		day = p.Lapsed
	}
	return ok && day.After(p.Due)
}

// promised is the outcome as it was promised last: by the date of the latest notice,
// where there was one. A notice that reached nobody promised nothing.
func promised(c *workflow.Complaint) (p workflow.Promise, ok bool) {
	for _, p := range slices.Backward(c.Promises) {
		stands := p.Lapsed.IsZero() || p.Ended != ""
		if p.Kind == workflow.PromiseOutcome || p.Kind == workflow.PromiseProgress && stands {
			return p, true
		}
	}
	return workflow.Promise{}, false
}

// inWriting reports whether something that goes this way can be kept and shown.
func inWriting(w workflow.Way) bool { return w == workflow.WayEmail || w == workflow.WayLetter }

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
