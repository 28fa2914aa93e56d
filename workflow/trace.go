package workflow

// MarkKind is what one thing is that somebody is known by.
type MarkKind string

// The kinds of a Mark.
const (
	MarkEmail MarkKind = "email"
	MarkPhone MarkKind = "phone"
	MarkName  MarkKind = "name"
)

// Mark is one thing that somebody is known by, as a person typed it.
type Mark struct {
	Kind MarkKind
	Text Confidential
}

// MaxTraced is how many cases a trace shows: what one modal holds.
const MaxTraced = 50

// Trace asks for all that the register holds on one person: unlike a search it
// looks at every case that was not erased, however long that takes.
type Trace struct {
	Viewer PersonID
	Marks  []Mark
	// Progress is told now and then how many cases were looked at; nil for
	// nobody.
	Progress func(looked int)
}

// Traced is what a trace found, of the cases on which its viewer has an
// officer's rights. The same name is not the same person: somebody has to say
// which of them are.
type Traced struct {
	Looked int   // cases
	Found  []Hit // newest first, at most MaxTraced
	More   bool  // there were more than MaxTraced; Found is not all of them
	// Mentions are the numbers of other cases whose story or wish has one of
	// the marks in it, newest first, at most MaxTraced.
	Mentions []string
}

// Hit is a case that may be the person's, with its Particulars.
type Hit struct {
	Case Complaint
	Why  HitReason
	Via  string // of HitLinked: the number of the case that it belongs with
}

// HitReason is why a case may be the person's.
type HitReason string

// The reasons, the strongest first.
const (
	HitContact HitReason = "contact" // the same e-mail address or telephone number
	HitName    HitReason = "name"
	HitFormer  HitReason = "former" // it said so before it was corrected
	HitLinked  HitReason = "linked" // of the complainant of another hit
)

// MayTrace reports whether the person may ask what is held on somebody:
// officers, and directors for the cases that they handle.
func (r Roster) MayTrace(who PersonID) bool { return r.Has(who) }
