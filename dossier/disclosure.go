package dossier

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/artra/klachtbot/workflow"
)

// committeeReads says of every kind of entry whether the dispute committee reads
// it; the package comment gives the reasons. A letter that did not arrive is
// part of the correspondence.
var committeeReads = map[workflow.RecordKind]bool{
	workflow.RecordAcknowledgement: true,
	workflow.RecordQuestion:        true,
	workflow.RecordAnswer:          true,
	workflow.RecordDecision:        true,
	workflow.RecordConfirmation:    true,
	workflow.RecordProgress:        true,
	workflow.RecordWithdrawal:      true,
	workflow.RecordReopening:       true,
	workflow.RecordDispute:         true,
	workflow.RecordRuling:          true,
	workflow.RecordDisputeEnd:      true,
	workflow.RecordDisputeDates:    false, // its own dates, as we knew them
	workflow.RecordAmendment:       true,
	workflow.RecordRetraction:      true,
	workflow.RecordMailFailed:      true,
	workflow.RecordMailDoubt:       true,
	workflow.RecordMailWaits:       false,
	workflow.RecordMailLeft:        true,
	workflow.RecordMailSelf:        true,

	workflow.RecordRemedy:       true,
	workflow.RecordRemedyDone:   true,
	workflow.RecordRemedyLetter: true,

	workflow.RecordConsult:       false,
	workflow.RecordConsultAnswer: false,

	workflow.RecordNote:       false,
	workflow.RecordAssignment: false,
	workflow.RecordCorrection: false,
	workflow.RecordHold:       false,
	workflow.RecordSnooze:     false,
	workflow.RecordLink:       false,
	workflow.RecordDisclosure: false,

	workflow.RecordSatisfaction: false, // what the firm asks about itself

	workflow.RecordErasure:         false,
	workflow.RecordErasureDeclined: false,
}

// notForCommittee names the texts that stay with the firm whatever entry they
// stand in. A fault is a mail server's word and may name an address.
var notForCommittee = []string{"note", "lesson", "fault"}

// order is the order of the texts of one entry; any others follow by name.
var order = []string{"step", "was_date", "is_date", "was_way", "is_way", "was_expected_date", "is_expected_date",
	"letter", "body", "answer", "reason", "expected_date", "decided_date", "verdict", "outcome",
	"ruling_verdict", "ruling", "ruling_due", "remedy_entry", "remedy", "remedy_kind", "remedy_amount", "remedy_date", "remedy_owner",
	"contact_reaction", "result", "old_date", "new_date", "purpose", "question", "answer_by",
	"reference", "defence_date", "defence_sent", "hearing_date", "ended"}

// forCommittee reports whether an entry is in the file. An entry of a kind that
// committeeReads doesn't list is there only for its letter, which the
// complainant has too. What was put right of an entry that is not in it isn't either.
func forCommittee(r workflow.Record) bool {
	step, _, _ := strings.Cut(r.Texts["step"].Reveal(), ".")
	if reads, known := committeeReads[workflow.RecordKind(step)]; known && !reads {
		return false
	}
	decided, known := committeeReads[r.Kind]
	return decided || !known && !r.Texts["letter"].Blank()
}

// readable lists the texts of an entry that the committee reads: not the
// firm's own, and not a body that its letter holds.
func readable(r workflow.Record) []string {
	names := slices.SortedFunc(maps.Keys(r.Texts), func(a, b string) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), strings.Compare(a, b))
	})
	return slices.DeleteFunc(names, func(name string) bool {
		switch {
		case r.Texts[name].Blank(), slices.Contains(notForCommittee, name), workflow.ForReplay(name):
			return true
		case name == "remedy_entry":
			return r.Kind == workflow.RecordDecision // the first place that names it
		case name == "body":
			return !r.Texts["letter"].Blank()
		}
		return name != "letter" && !committeeReads[r.Kind]
	})
}

func rank(name string) int {
	if i := slices.Index(order, name); i >= 0 {
		return i
	}
	return len(order)
}
