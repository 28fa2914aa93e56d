package journal

import (
	"fmt"

	"github.com/artra/klachtbot/workflow"
)

// FindingKind is a way in which the journal differs from what was written.
type FindingKind string

// What Verify finds.
const (
	FindingChanged FindingKind = "changed" // a line says something else than when it was written
	FindingRemoved FindingKind = "removed" // a line is gone from the middle
	FindingCut     FindingKind = "cut"     // the last lines are gone
	FindingHead    FindingKind = "head"    // the head does not fit the chain
	FindingCase    FindingKind = "case"    // a case that was created is gone
	FindingGap     FindingKind = "gap"     // a number was given to a case that is not there
	FindingLost    FindingKind = "lost"    // a number stands there as lost, and the chain does not tell of it
	FindingList    FindingKind = "list"    // a line of the erasure list is not as it was written
	FindingRow     FindingKind = "row"     // the same, of the register's own copy of it
	FindingLive    FindingKind = "live"    // a case of the erasure list is here all the same
	FindingHeld    FindingKind = "held"    // rows of a case are not as its journal binds them
	FindingEntries FindingKind = "entries" // entries of a dossier are not as they came with a line
	FindingKey     FindingKind = "key"     // a case's data key, or what is sealed with it
	FindingNumber  FindingKind = "number"  // a case has another number than it was given
	FindingLink    FindingKind = "link"    // two cases were linked, or not, and the rows say otherwise
	FindingStray   FindingKind = "stray"   // rows of a case that is not there
)

// Finding is one thing that is wrong with the journal or the erasure list.
type Finding struct {
	Kind   FindingKind
	Case   workflow.CaseID // "" for the register's own chain
	Number string          // of the case, where known
	Line   int             // of the chain or list; 0 for the whole; a count for FindingRow
	Table  string          // whose rows it is about, of a FindingHeld, FindingEntries, FindingKey, FindingLink or FindingStray
}

// String says it in one line, for the operator.
func (f Finding) String() string {
	chain := "the register's own chain"
	if f.Case != "" {
		chain = fmt.Sprintf("the journal of case %s (%s)", f.Number, f.Case)
	}
	switch f.Kind {
	case FindingHeld:
		return fmt.Sprintf("the rows of case %s (%s) in %s are not as its journal binds them", f.Number, f.Case, f.Table)
	case FindingEntries:
		return fmt.Sprintf("what came to the dossier of case %s (%s) with line %d is not as it was written", f.Number, f.Case, f.Line)
	case FindingKey:
		return fmt.Sprintf("what is sealed of case %s (%s) in %s does not open", f.Number, f.Case, f.Table)
	case FindingNumber:
		return fmt.Sprintf("case %s (%s) has another number than it was given", f.Number, f.Case)
	case FindingLink:
		return fmt.Sprintf("the links of case %s are not as they were made", f.Case)
	case FindingStray:
		return fmt.Sprintf("there are rows in %s of case %s, which is not there", f.Table, f.Case)
	case FindingChanged:
		return fmt.Sprintf("line %d of %s was changed", f.Line, chain)
	case FindingRemoved:
		return fmt.Sprintf("line %d of %s was removed", f.Line, chain)
	case FindingCut:
		return fmt.Sprintf("%s was cut off after line %d", chain, f.Line)
	case FindingHead:
		return "the head of " + chain + " does not fit it"
	case FindingLost:
		return fmt.Sprintf("number %s stands there as lost at a restore, and the register's own chain does not tell of that", f.Number)
	case FindingList:
		return fmt.Sprintf("line %d of the state file is not as it was written", f.Line)
	case FindingRow:
		return fmt.Sprintf("the register's own copy of the erasure list is not as it was written: %d rows", f.Line)
	case FindingLive:
		return fmt.Sprintf("case %s was erased and is here all the same; the next start erases it again", f.Case)
	case FindingCase:
		return fmt.Sprintf("case %s (%s) was created and is gone", f.Number, f.Case)
	}
	return fmt.Sprintf("number %s was given out and its case is not there", f.Number)
}
