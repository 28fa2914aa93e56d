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
	record func(workflow.Sent, kit.Values) workflow.Action
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
		func(s workflow.Sent, _ kit.Values) workflow.Action { return workflow.Acknowledge{Sent: s} }, nil}
	question = letterForm{workflow.ActionQuestion, letters.Question, workflow.RecordQuestion,
		func(s workflow.Sent, _ kit.Values) workflow.Action { return workflow.Question{Sent: s} }, nil}
)

// confirmation is opened from its button and by a decision.
var confirmation = letterForm{workflow.ActionConfirm, letters.Outcome, workflow.RecordConfirmation,
	func(s workflow.Sent, _ kit.Values) workflow.Action { return workflow.Confirm{Sent: s} }, nil}

// letterForms are all of them.
var letterForms = []letterForm{acknowledgement, question, notice, confirmation, remedyForm}

func (h *Handler) letterScreen(f letterForm) core.Screen {
	return core.Screen{
		Open:   func(ctx context.Context, g core.Gesture) error { return writing{h, f}.open(ctx, g) },
		Submit: func(ctx context.Context, g core.Gesture) core.Ack { return writing{h, f}.submit(ctx, g) },
	}
}

// open shows the whole letter, ready to be recorded as it stands.
func (w writing) open(ctx context.Context, g core.Gesture) error {
	view, err := w.read(ctx, g)
	if err != nil {
		return err
	}
	return w.Show(ctx, g, view)
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

// addDecision adds what the last decision said, for the letter that confirms it.
// What was promised with it has its date as long as it is owed.
func (h *Handler) addDecision(ctx context.Context, c *workflow.Complaint, d *letters.Data) error {
	records, err := h.records.Dossier(ctx, c.ID)
	entry := 0
	for _, r := range workflow.Standing(records) {
		switch r.Kind {
		case workflow.RecordDecision:
			d.Outcome, d.Remedy, entry = r.Texts["outcome"], r.Texts["remedy"], workflow.RemedyEntry(r)
		case workflow.RecordWithdrawal, workflow.RecordReopening: // that decision no longer stands
			d.Outcome, d.Remedy, entry = "", "", 0
		}
	}
	if r, ok := c.Remedy(entry); ok && r.Open() {
		d.RemedyBy, d.RemedyAmount = r.Due, workflow.RemedyIn(records, entry).Amount
	}
	return err
}

// letterView asks when and how the letter went, and shows it below in the case's
// language, as it is before anybody looks at it: without the complainant's name.
// Whoever wants the whole of it presses a button, and leaves a line in the journal.
func (h *Handler) letterView(g core.Gesture, c *workflow.Complaint, f letterForm, d letters.Data) (slack.ModalViewRequest, error) {
	if !letters.Anonymous(d.Name) {
		d.Name = workflow.Confidential(h.Texts.In(c.Facts.Language).Say("case.masked.name"))
	}
	d.OnBehalf = ""
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
	return letterWays(c, w.action)
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
	blocks = append(blocks, w.SentOn(g, "date", "way", ways, way)...)
	blocks = append(blocks, w.askToSend(g, c, way)...)
	if draft.Cut {
		blocks = append(blocks, kit.Section(g.Speak.Say("action.letter_cut"), nil))
	}
	body := cases.Hinted(g, "body", kit.Area(draft.Body))
	switch {
	case w.letters.Unfilled(w.kind, draft.Body):
		body.Hint = kit.Plain(g.Speak.Say("action.body.fill"))
	case w.kind == letters.Acknowledgement:
		body.Hint = kit.Plain(g.Speak.Say("action.body.own"))
	}
	return append(blocks, body)
}

// submit records that the letter went: the whole text as it left, with
// the body as the person edited it. A submission without the role goes to the
// register like any other, which refuses it and records the attempt.
func (w writing) submit(ctx context.Context, g core.Gesture) core.Ack {
	v := g.Values()
	sent := sentOf(v)
	sent.Unfilled = w.letters.Unfilled(w.kind, sent.Body.Reveal())
	c, err := w.OfficersCase(ctx, g)
	switch {
	case workflow.Refused(err) != nil:
		return w.CarryOut(ctx, g, w.record(sent, v))
	case err != nil:
		return w.Failed(ctx, g, err)
	}
	if sent.Letter, err = w.composed(ctx, &c, v, sent.Body); err != nil {
		return w.Failed(ctx, g, err)
	}
	return w.commit(ctx, g, w.record(sent, v), sent)
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

// letterData is what a letter may name of a case.
func (h *Handler) letterData(ctx context.Context, c *workflow.Complaint) letters.Data {
	d := letters.Data{
		Firm: h.Firm, Number: c.Number, Name: c.Particulars.Name, OnBehalf: c.Particulars.OnBehalfOf,
		Received: c.Facts.Received, Offering: c.Facts.OfferingName,
		Business: c.Facts.ComplainantKind == "customer" || c.Facts.ComplainantKind == "future_customer",
		Category: c.Facts.Category, Wished: !c.Particulars.Wish.Blank(),
		Verdict: c.Decision.Verdict, Today: h.Today(),
		RetentionMonths: h.Policy.Terms.RetentionMonths, RetentionFrom: h.Policy.Terms.RetentionFrom,
	}
	if p, ok := promised(c); ok && p.Open() {
		d.OutcomeBy = p.Due
	}
	p, ok := c.Promise(workflow.PromiseAcknowledgement)
	d.First = !ok || p.Kept.At.IsZero() || !p.Kept.Way.Written()
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
	d.AskAddress = c.Facts.Preferred == workflow.ContactPhone && !way.Written()
	var known bool
	if d.AskFrom, known = p.FourWeeks(c); !known && k == letters.Acknowledgement && way.Written() {
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
		if p.Kind == workflow.PromiseOutcome || p.Kind == workflow.PromiseProgress && p.Stands() {
			return p, true
		}
	}
	return workflow.Promise{}, false
}

// letterWays are the ways in which a letter reaches the complainant, and the
// first choice. Who stays anonymous can't be reached, nor, it may turn out, who is
// to be told the outcome and never was (R13).
func letterWays(c *workflow.Complaint, name workflow.ActionName) (ways []workflow.Way, initial workflow.Way) {
	if c.Facts.Preferred == workflow.ContactNone {
		return workflow.ContactWays(), workflow.WayNotPossible
	}
	ways, initial = spokenWays(c)
	if _, told := c.Told(); name == workflow.ActionConfirm && !told {
		ways = workflow.ContactWays()
	}
	return ways, initial
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
