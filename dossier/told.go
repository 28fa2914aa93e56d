package dossier

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/artra/klachtbot/workflow"
)

// told says of every kind of entry whether the committee reads it (see the
// package comment). That a letter did not arrive belongs to the letter.
var told = map[workflow.RecordKind]bool{
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
	workflow.RecordMailFailed:      true,
	workflow.RecordMailDoubt:       true,
	workflow.RecordMailWaits:       false,

	workflow.RecordNote:       false,
	workflow.RecordAssignment: false,
	workflow.RecordCorrection: false,
	workflow.RecordHold:       false,
	workflow.RecordSnooze:     false,
	workflow.RecordLink:       false,
	workflow.RecordDisclosure: false,

	workflow.RecordErasure:         false,
	workflow.RecordErasureDeclined: false,
}

// kept are the texts that the firm keeps to itself wherever they stand: fault
// is a mail server's word, which may name an address.
var kept = []string{"note", "lesson", "fault"}

// order is that of the texts of one entry; others follow by name.
var order = []string{"letter", "body", "answer", "reason", "expected_date", "verdict", "outcome", "remedy", "contact_reaction"}

// belongs reports whether an entry is in the file. Of a kind that nobody has
// decided about, only a letter is: the complainant has that too.
func belongs(r workflow.Record) bool {
	decided, known := told[r.Kind]
	return decided || !known && !r.Texts["letter"].Blank()
}

// readable lists the texts of an entry that the committee reads: not the
// firm's own, and not a body that its letter holds.
func readable(r workflow.Record) []string {
	names := slices.SortedFunc(maps.Keys(r.Texts), func(a, b string) int {
		return cmp.Or(cmp.Compare(place(a), place(b)), strings.Compare(a, b))
	})
	return slices.DeleteFunc(names, func(name string) bool {
		switch {
		case r.Texts[name].Blank(), slices.Contains(kept, name):
			return true
		case name == "body":
			return !r.Texts["letter"].Blank()
		}
		return name != "letter" && !told[r.Kind]
	})
}

func place(name string) int {
	if i := slices.Index(order, name); i >= 0 {
		return i
	}
	return len(order)
}
