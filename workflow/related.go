package workflow

// MaxRelated is the most cases that either list of a Kin holds.
const MaxRelated = 10

// Related is what else there is of the complainant of a case: open cases with the
// same e-mail address or telephone number, and those that somebody linked with
// it, which are no candidates any more. Both come newest first.
type Related struct{ Candidates, Linked []RelatedCase }

// RelatedCase is another case, by the number that it has now.
type RelatedCase struct {
	ID     CaseID
	Number string
}
