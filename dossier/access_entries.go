package dossier

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
	"github.com/artra/klachtbot/workflow/urgency"
)

// oldValue is the prefix of the texts of a correction that hold what a field
// of the complaint form said before.
const oldValue = "old."

// notForPerson names the texts that are not about the person who asks: a mail
// server's answer, the lesson, which names nobody, and whom the complaint
// concerned.
var notForPerson = []string{"fault", "lesson", oldValue + "concerns_user"}

// entries are all entries of a case, those of the firm for itself included, in
// the order in which they were recorded.
func (w *accessWriter) entries(in *writer, records []workflow.Record) {
	all := w.forPerson(records)
	if len(all) == 0 {
		return
	}
	w.heading(w.sp.Say("committee.history"))
	slices.SortStableFunc(all, func(a, b workflow.Record) int { return a.At.Compare(b.At) })
	for _, r := range all {
		in.entryHead(r)
		for _, name := range heldTexts(r) {
			text := w.shown(name, r.Texts[name])
			switch {
			case text.Blank():
			case name == "letter":
				w.letter(w.label(name), text)
			default:
				w.passage(w.label(name), text)
			}
		}
	}
}

// forPerson leaves out links with cases that are not in the document: such a
// case may be somebody else's, or one that whoever made the document may not
// know of.
func (a Access) forPerson(records []workflow.Record) []workflow.Record {
	return slices.DeleteFunc(slices.Clone(records), func(r workflow.Record) bool {
		return r.Kind == workflow.RecordLink && a.numberOf(workflow.CaseID(r.Texts["linked"].Reveal())) == ""
	})
}

// heldTexts names the texts of an entry in the order in which they are printed.
// A body is left out when the letter around it is there.
func heldTexts(r workflow.Record) []string {
	names := slices.SortedFunc(maps.Keys(r.Texts), func(a, b string) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), strings.Compare(a, b))
	})
	return slices.DeleteFunc(names, func(name string) bool {
		return r.Texts[name].Blank() || slices.Contains(notForPerson, name) || workflow.ForReplay(name) || name == "body" && !r.Texts["letter"].Blank()
	})
}

func (w *accessWriter) label(name string) string {
	if field, old := strings.CutPrefix(name, oldValue); old {
		return w.sp.Say("access.was") + " " + w.sp.Say("filing."+field+".label")
	}
	return w.sp.Say("dossier.text." + name)
}

// choiceLists are the texts that hold a value of one of workflow's lists.
var choiceLists = map[string]string{
	"verdict": "verdict", "was_way": "way", "is_way": "way", "remedy_kind": "remedy_kind", "result": "remedy_result", oldValue + "complainant_kind": "complainant_kind", oldValue + "preferred_contact": "contact",
	oldValue + "offering_kind": "offering_kind", oldValue + "category": "category", oldValue + "received_via": "way",
	oldValue + "language": "language",
}

// shown words a text for people: values of lists, ids and dates are spelled out.
func (w *accessWriter) shown(name string, text workflow.Confidential) workflow.Confidential {
	value := text.Reveal()
	if words, ok := w.sp.DisputeText(name, value); ok && value != "" {
		return workflow.Confidential(words)
	}
	if list, chosen := choiceLists[name]; chosen {
		return workflow.Confidential(choice(w.sp, list, value))
	}
	switch name {
	case "owner", "remedy_owner":
		return workflow.Confidential(w.Names(roster.PersonID(value)))
	case "step":
		return workflow.Confidential(w.sp.AmendedStep(value))
	case "what":
		return workflow.Confidential(w.sp.Say("common.promise_name." + string(workflow.WatchKind(value).Base())))
	case "remedy_amount":
		return workflow.Confidential(w.sp.Amount(value))
	case oldValue + "urgent":
		return workflow.Confidential(w.sp.Urgent(urgency.Set(value)))
	case "linked":
		return workflow.Confidential(w.numberOf(workflow.CaseID(value)))
	}
	if d, err := calendar.ParseDate(value); err == nil && (name == "until" || strings.HasSuffix(name, "_date")) {
		return workflow.Confidential(w.sp.Date(d))
	}
	return text
}

// numberOf is the number of a case in the document; "" for any other, which may
// be of somebody else.
func (a Access) numberOf(id workflow.CaseID) string {
	for _, h := range a.Cases {
		if h.Complaint.ID == id {
			return h.Complaint.Number
		}
	}
	return ""
}
