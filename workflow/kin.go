package workflow

// MaxKin is the most cases that either list of a Kin holds.
const MaxKin = 10

// Kin is what else there is of the complainant of a case: open cases with the
// same e-mail address or telephone number, and those that somebody linked with
// it, which are no candidates any more. Both come newest first.
type Kin struct{ Candidates, Linked []Relative }

// Relative is another case, by the number that it has now.
type Relative struct {
	ID     CaseID
	Number string
}
