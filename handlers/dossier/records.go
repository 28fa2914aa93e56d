package dossier

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
	"github.com/artra/klachtbot/workflow/urgency"
)

// recordEntry is one entry: what, of which day and by which way, recorded by
// whom and when, and its texts. A letter is shown whole, its body not again.
func (h *Handler) recordEntry(ctx context.Context, sp texts.Speaker, all []workflow.Record, r workflow.Record) []slack.Block {
	about := sp.Date(r.Date)
	if r.Way != "" {
		about = sp.Say("case.date_and_way", texts.Args{"Date": about, "Way": kit.Choice(sp, "way", r.Way)})
	}
	if r.Later(h.Policy.Calendar) {
		about += " · " + sp.Say("case.mark.recorded_later")
	}
	blocks := []slack.Block{kit.Header(sp.Say("dossier.record." + string(r.Kind)))}
	blocks = append(blocks, kit.Paragraph(kit.Words(about+"\n"+h.RecordedBy(ctx, sp, r.By, r.At)))...)
	if later, ok := workflow.AmendedBy(all, r); ok {
		blocks = append(blocks, kit.Remark(sp.Say("dossier.later."+string(later.Kind), texts.Args{"Date": sp.Date(later.Date)})))
	}
	for _, name := range textNames(r.Texts) {
		blocks = append(blocks, kit.Prose(textLabel(sp, name), h.worded(ctx, sp, name, r.Texts[name]))...)
	}
	return blocks
}

// oldValue begins the names of the texts of a correction that hold what stood
// in a field of the filing form before.
const oldValue = "old."

// textOrder is that in which an entry's texts are read; others follow by name.
var textOrder = []string{
	"step", "was_date", "is_date", "was_way", "is_way", "was_expected_date", "is_expected_date",
	"letter", "body", "answer", "what", "until", "owner", "linked", "expected_date", "review_date", "decided_date", "verdict",
	"outcome", "remedy", "remedy_kind", "remedy_amount", "remedy_date", "remedy_owner", "contact_reaction",
	"remedy_entry", "result", "old_date", "new_date", "reference", "defence_date", "old_defence_date", "defence_sent", "old_defence_sent",
	"hearing_date", "old_hearing_date", "ended", "ruling_verdict", "ruling", "ruling_due", "fault", "reason", "note",
}

// meaningfulBlanks are the texts that say something by being empty: nobody
// handles the case, it is no longer held, or a date of a dispute was taken away.
var meaningfulBlanks = []string{"owner", "review_date", "defence_sent", "hearing_date"}

// textNames lists the texts to show, in a fixed order; nothing is left out
// but what is empty, and a body that its letter holds.
func textNames(all map[string]workflow.Confidential) []string {
	place := func(name string) int {
		if i := slices.Index(textOrder, name); i >= 0 {
			return i
		}
		return len(textOrder)
	}
	names := slices.SortedFunc(maps.Keys(all), func(a, b string) int {
		return cmp.Or(cmp.Compare(place(a), place(b)), strings.Compare(a, b))
	})
	return slices.DeleteFunc(names, func(name string) bool {
		if name == "body" && !all["letter"].Blank() || workflow.ForReplay(name) {
			return true
		}
		means := strings.HasPrefix(name, oldValue) || slices.Contains(meaningfulBlanks, name)
		return all[name].Blank() && !means
	})
}

func textLabel(sp texts.Speaker, name string) string {
	if field, old := strings.CutPrefix(name, oldValue); old {
		return sp.Say("filing." + field + ".label")
	}
	return sp.Say("dossier.text." + name)
}

// worded is a text of an entry as people read it: some are the register's own
// values, and what a mail server said is for the log.
func (h *Handler) worded(ctx context.Context, sp texts.Speaker, name string, text workflow.Confidential) string {
	value := text.Reveal()
	if field, old := strings.CutPrefix(name, oldValue); old {
		return sp.Say("dossier.was", texts.Args{"Value": h.oldWorded(ctx, sp, field, value)})
	}
	if words, ok := sp.DisputeText(name, value); ok {
		return words
	}
	switch name {
	case "owner", "remedy_owner":
		return h.Name(ctx, sp, roster.PersonID(value))
	case "step":
		return sp.AmendedStep(value)
	case "was_way", "is_way":
		return kit.Choice(sp, "way", value)
	case "verdict", "remedy_kind":
		return kit.Choice(sp, name, value)
	case "result":
		return kit.Choice(sp, "remedy_result", value)
	case "remedy_amount":
		return sp.Amount(value)
	case "what":
		return sp.Say("common.promise_name." + string(workflow.WatchKind(value).Base()))
	case "fault":
		return sp.Say("dossier.fault." + faultKind(value))
	case "review_date":
		return cmp.Or(dateWorded(sp, value), sp.Say("dossier.held_no_more"))
	case "expected_date", "until", "decided_date", "remedy_date", "old_date", "new_date",
		"was_date", "is_date", "was_expected_date", "is_expected_date":
		return dateWorded(sp, value)
	}
	return value
}

// oldLists are the filing form's fields with a choice, and the list of their
// labels.
var oldLists = map[string]string{
	"complainant_kind": "complainant_kind", "preferred_contact": "contact", "offering_kind": "offering_kind",
	"category": "category", "received_via": "way", "language": "language",
}

// oldWorded is what stood in a field of the filing form.
func (h *Handler) oldWorded(ctx context.Context, sp texts.Speaker, field, value string) string {
	list, chosen := oldLists[field]
	switch {
	case value == "":
		return sp.Say("dossier.was_empty")
	case chosen:
		return kit.Choice(sp, list, value)
	case field == "urgent":
		return sp.Urgent(urgency.Set(value))
	case field == "concerns_user":
		return h.Name(ctx, sp, roster.PersonID(value))
	case strings.HasSuffix(field, "_date"):
		return dateWorded(sp, value)
	}
	return value
}

// dateWorded is a date of the register in words; "" for none.
func dateWorded(sp texts.Speaker, value string) string {
	d, err := calendar.ParseDate(value)
	if err != nil || d.IsZero() {
		return ""
	}
	return sp.Date(d)
}

// faultKind sorts the words of bot and mail for why a letter did not leave by
// what an officer can do about it. A no for now (4xx) is the server's, whatever
// it was about.
func faultKind(word string) string {
	switch {
	case word == "mail_no_address":
		return "no_address"
	case word == "mail_off":
		return "off"
	case word == "smtp_in_doubt":
		return "doubt"
	case word == "smtp_address", strings.HasPrefix(word, "smtp_refused_5"):
		return "address"
	case word == "smtp_unmade", strings.HasPrefix(word, "smtp_letter_5"):
		return "letter"
	}
	return "server"
}
