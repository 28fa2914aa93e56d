package subject

import (
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// IdentifierKind says what an Identifier is.
type IdentifierKind string

// The kinds of an Identifier.
const (
	IdentifierEmail IdentifierKind = "email"
	IdentifierPhone IdentifierKind = "phone"
	IdentifierName  IdentifierKind = "name"
)

// Identifier is one thing that somebody is known by, as a person typed it.
type Identifier struct {
	Kind IdentifierKind
	Text workflow.Confidential
}

// MaxMatches is how many cases a search shows: as many as one modal holds.
const MaxMatches = 50

// SubjectSearch asks for all that the register holds on one person. Unlike the
// search of a list it reads every case that was not erased, however long that
// takes.
type SubjectSearch struct {
	Viewer      roster.PersonID
	Identifiers []Identifier
	// Progress is called now and then with how many cases have been read; nil
	// when nobody wants to know.
	Progress func(searched int)
}

// SubjectMatches are the cases that a search found, among those on which its
// viewer has an officer's rights. The same name is not the same person: somebody
// has to say which of them are.
type SubjectMatches struct {
	Searched int     // cases
	Found    []Match // newest first, at most MaxMatches
	More     bool    // there were more than MaxMatches; Found is not all of them
	// Mentions are the numbers of other cases whose story or wish has one of
	// the identifiers in it, newest first, at most MaxMatches.
	Mentions []string
}

// Match is a case that may be the person's, with its Particulars.
type Match struct {
	Case workflow.Complaint
	Why  MatchReason
	Via  string // of MatchLinked: the number of the case that it belongs with
}

// MatchReason is why a case may be the person's.
type MatchReason string

// The reasons, the strongest first.
const (
	MatchContact MatchReason = "contact" // the same e-mail address or telephone number
	MatchName    MatchReason = "name"
	MatchFormer  MatchReason = "former" // matched before it was corrected
	MatchLinked  MatchReason = "linked" // of the complainant of another match
)

// MaySearchSubject reports whether the person may ask what is held on somebody:
// officers, and directors for the cases that they handle.
func MaySearchSubject(r roster.Roster, who roster.PersonID) bool { return r.Has(who) }
