package dossier

import (
	"slices"
	"strings"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// complaint is who complains, with the contact data that the committee needs,
// about what, in whose words, and what was asked.
func (w *writer) complaint() {
	c, p := &w.Complaint, w.Complaint.Particulars
	w.heading(w.sp.Say("dossier.complaint"))
	w.field(w.sp.Say("dossier.name"), p.Name.Reveal())
	w.field(w.sp.Say("dossier.on_behalf_of"), p.OnBehalfOf.Reveal())
	w.field(w.sp.Say("dossier.email"), p.Email.Reveal())
	w.field(w.sp.Say("dossier.phone"), p.Phone.Reveal())
	w.field(w.sp.Say("dossier.address"), p.Address.Reveal())
	w.field(w.sp.Say("dossier.kind"), choice(w.sp, "complainant_kind", c.Facts.ComplainantKind))
	w.field(w.sp.Say("dossier.preferred"), choice(w.sp, "contact", c.Facts.Preferred))
	w.space(3)
	w.facts()
	w.passage(w.sp.Say("case.story"), p.Story)
	w.passage(w.sp.Say("case.wish"), p.Wish)
}

func (w *writer) facts() {
	c, f := &w.Complaint, w.Complaint.Facts
	about := w.sp.Say("case.about")
	if f.OfferingKind != "" {
		about = choice(w.sp, "offering_kind", f.OfferingKind)
	}
	w.field(about, f.OfferingName)
	w.field(w.sp.Say("case.category"), choice(w.sp, "category", f.Category))
	w.field(w.sp.Say("urgent.row"), w.sp.Urgent(f.Urgent))
	w.field(w.sp.Say("case.received"), w.dated(f.Received, f.ReceivedVia))
	if !f.Incident.IsZero() {
		w.field(w.sp.Say("dossier.incident"), w.sp.Date(f.Incident))
	}
	if d, ok := w.Policy.FourWeeks(c); ok {
		w.field(w.sp.Say("case.four_weeks"), w.sp.Date(d))
	}
	if text := w.reacted(); text != "" {
		w.field(w.sp.Say("told.reacted"), text)
	}
	w.field(w.sp.Say("dossier.state"), choice(w.sp, "state", c.State))
	if line := w.sp.Dispute(c); line != "" {
		w.field(w.sp.Say("dossier.dispute"), line)
	}
	if c.Owner != "" {
		w.field(w.sp.Say("dossier.owner"), w.Names(c.Owner))
	}
	w.field(w.sp.Say("dossier.logged"), w.by(c.LoggedBy, c.LoggedAt))
}

// promises is a table: what, due when, kept when and how, recorded by whom.
func (w *writer) promises() {
	if len(w.Complaint.Promises) == 0 {
		return
	}
	w.heading(w.sp.Say("dossier.promises"))
	w.table(promiseWidths[:], []string{
		w.sp.Say("committee.promise"), w.sp.Say("committee.due"), w.sp.Say("committee.kept"), w.sp.Say("committee.evidence"),
	})
	for _, p := range w.Complaint.Promises {
		w.line(promiseWidths[:], []string{
			w.named(p), w.sp.Date(p.Due), w.kept(p), w.evidence(p),
		})
	}
}

// reacted is whether the complainant heard something within four weeks (R4a); ""
// where nobody knows, or nobody could be told.
func (w *writer) reacted() string {
	first, class := w.Complaint.Reacted(w.Policy.Calendar.Today(w.Made))
	switch {
	case class == workflow.ClassUnreachable:
		return ""
	case class == workflow.ClassOpen:
		return w.sp.Say("told.reacted.open", texts.Args{"Date": w.sp.Date(w.Complaint.Facts.Received.AddDays(workflow.ReactDays))})
	case first.IsZero():
		return w.sp.Say("told.reacted.never")
	}
	return w.sp.Say("told.reacted."+string(class), texts.Args{"Date": w.sp.Date(first)})
}

// named is a promise by its kind; a remedy by its own too.
func (w *writer) named(p workflow.Promise) string {
	name := w.sp.Say("common.due." + string(p.Kind))
	if p.Kind == workflow.PromiseRemedy {
		name += "\n" + choice(w.sp, "remedy_kind", p.Subject)
	}
	return name
}

var promiseWidths = [...]float64{33, 38, 54, 40}

func (w *writer) kept(p workflow.Promise) string {
	switch {
	case p.Overdue(w.Policy.Calendar.Today(w.Made)):
		return w.sp.Say("committee.overdue")
	case p.Open():
		return w.sp.Say("committee.open")
	case p.Ended == workflow.EndDropped, p.Ended == workflow.EndNotKept:
		return choice(w.sp, "ending", p.Ended)
	case p.Kept.At.IsZero() && p.Ended != "":
		return w.sp.Say("told.ended", texts.Args{"Why": choice(w.sp, "ending", p.Ended), "Date": w.sp.Date(p.Lapsed)})
	case p.Kept.At.IsZero():
		return w.sp.Say("committee.lapsed")
	}
	text := w.dated(p.Kept.Entered, p.Kept.Way)
	if p.Kept.On != p.Kept.Entered {
		text += w.sp.Say("case.counts_on", texts.Args{"Date": w.sp.Date(p.Kept.On)})
	}
	punctual := "committee.late"
	if p.InTime() {
		punctual = "committee.in_time"
	}
	return text + "\n" + w.sp.Say(punctual)
}

func (w *writer) evidence(p workflow.Promise) string {
	if p.Kept.At.IsZero() {
		return ""
	}
	text := w.by(p.Kept.By, p.Kept.At)
	if p.Kept.Later {
		text += "\n" + w.sp.Say("case.mark.recorded_later")
	}
	return text
}

// decision is the verdict as it stands now; earlier ones, if any, are in the
// history.
func (w *writer) decision() {
	d := w.Complaint.Decision
	if d.Verdict == "" {
		return
	}
	w.heading(w.sp.Say("committee.decision"))
	w.field(w.sp.Say("case.verdict"), choice(w.sp, "verdict", d.Verdict))
	if !d.On.IsZero() {
		w.field(w.sp.Say("committee.decided"), w.sp.Date(d.On))
	}
	if told, ok := w.Complaint.Told(); ok {
		w.field(w.sp.Say("told.told"), w.dated(told.Kept.Entered, told.Kept.Way))
	}
	w.field(w.sp.Say("dossier.cause"), choice(w.sp, "cause", d.Cause))
	for _, r := range slices.Backward(workflow.Standing(w.Records)) {
		if r.Kind == workflow.RecordDecision {
			w.field(w.sp.Say("dossier.text.remedy"), r.Texts["remedy"].Reveal())
			return
		}
	}
}

// history is every entry that the committee reads, in the order in which they
// were recorded.
func (w *writer) history() {
	all := slices.DeleteFunc(slices.Clone(w.Records), func(r workflow.Record) bool { return !forCommittee(r) })
	if len(all) == 0 {
		return
	}
	slices.SortStableFunc(all, func(a, b workflow.Record) int { return a.At.Compare(b.At) })
	w.heading(w.sp.Say("committee.history"))
	for _, r := range all {
		w.entry(r)
	}
}

// entryHead is what, of which day and by which way, recorded by whom and when.
func (w *writer) entryHead(r workflow.Record) {
	w.subheading(w.sp.Say("dossier.record." + string(r.Kind)))
	by := w.sp.Say("case.recorded", texts.Args{"Who": w.name(r.By), "When": w.sp.Instant(r.At, w.zone())})
	if r.Later(w.Policy.Calendar) {
		by += " · " + w.sp.Say("case.mark.recorded_later")
	}
	w.paragraph(style{size: 9, grey: true}, w.dated(r.Date, r.Way)+" · "+by)
	if later, ok := workflow.AmendedBy(w.Records, r); ok {
		w.paragraph(style{size: 9, bold: true}, w.sp.Say("dossier.later."+string(later.Kind), texts.Args{"Date": w.sp.Date(later.Date)}))
	}
}

func (w *writer) entry(r workflow.Record) {
	w.entryHead(r)
	for _, name := range readable(r) {
		if name == "letter" {
			w.letter(w.sp.Say("dossier.text.letter"), r.Texts[name])
			continue
		}
		w.passage(w.sp.Say("dossier.text."+name), w.worded(name, r.Texts[name]))
	}
}

// worded is a text as people read it: some are the register's own values.
func (w *writer) worded(name string, text workflow.Confidential) workflow.Confidential {
	if words, ok := w.sp.DisputeText(name, text.Reveal()); ok {
		return workflow.Confidential(words)
	}
	switch name {
	case "step":
		return workflow.Confidential(w.sp.AmendedStep(text.Reveal()))
	case "was_way", "is_way":
		return workflow.Confidential(choice(w.sp, "way", text))
	case "verdict", "remedy_kind":
		return workflow.Confidential(choice(w.sp, name, text))
	case "result":
		return workflow.Confidential(choice(w.sp, "remedy_result", text))
	case "remedy_owner":
		return workflow.Confidential(w.Names(roster.PersonID(text)))
	case "remedy_amount":
		return workflow.Confidential(w.sp.Amount(text.Reveal()))
	}
	if d, err := calendar.ParseDate(text.Reveal()); err == nil && strings.HasSuffix(name, "_date") {
		return workflow.Confidential(w.sp.Date(d))
	}
	return text
}
