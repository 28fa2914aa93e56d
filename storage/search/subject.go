package search

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/subject"
)

// searchedAll is what the register's own chain says of a search for a subject access request.
const searchedAll = "trace"

// A subject search reads every case that has a key, in the order of that key's row, so
// that a page costs the same wherever it is: the page is cut before anything is
// joined, so that no engine sorts the register for each. $1 is the viewer's hash.
const (
	subjectPage = `SELECT c.id, c.year, c.series, c.ordinal, c.sealed, k.wrapped,
			CASE WHEN ` + visible + ` THEN 1 ELSE 0 END AS shown
		FROM (SELECT complaint, wrapped FROM case_keys WHERE complaint > $3 ORDER BY complaint LIMIT $2) k
		JOIN complaints c ON c.id = k.complaint ORDER BY k.complaint`

	// corrected are the entries that hold what a case said before.
	corrected = `SELECT complaint, line, ordinal, sealed FROM records
		WHERE complaint > $1 AND complaint <= $2 AND kind = 'correction'`

	// belonging are the cases that are, or by a means of contact may be, of
	// the complainant of case $1, in whatever state.
	belonging = `SELECT l.other FROM links l WHERE l.complaint = $1
		UNION SELECT k.complaint FROM contacts own JOIN contacts k ON k.hash = own.hash WHERE own.complaint = $1`
)

// candidate is a case that may be the person's, or speaks of them.
type candidate struct {
	id workflow.CaseID
	cases.CaseNumber
	why subject.MatchReason // "" for one that only speaks of them
}

// SubjectSearch finds all that is held on somebody, as workflow.Trace asks: it unseals
// every case, and takes some seconds for 100,000 of them. A case that is logged
// meanwhile may be missing. Names are compared loosely, since the same person
// may be written in several ways: see matcher. What belongs with a case that
// was found, linked by somebody or by an address or number, is found with it.
//
// It is refused with workflow.CodeForbidden for who may not ask; before
// anything is read, the register's own chain gets a line of it (see noteSearch).
func (r *Reader) SearchSubject(ctx context.Context, t subject.SubjectSearch) (subject.SubjectMatches, error) {
	if !subject.MaySearchSubject(r.Policy.Roster, t.Viewer) {
		return subject.SubjectMatches{}, workflow.Refusals{{Code: workflow.CodeForbidden}}
	}
	if err := r.noteSearch(ctx, t.Viewer, searchedAll); err != nil {
		return subject.SubjectMatches{}, engine.Explain(ctx, err)
	}
	policy, err := r.PolicyNow(ctx, r.Read, r.Instant())
	if err != nil {
		return subject.SubjectMatches{}, engine.Explain(ctx, err)
	}
	s := subjectRun{Reader: r, policy: policy, SubjectSearch: t, match: newMatcher(t.Identifiers)}
	if err := s.compareAll(ctx); err != nil {
		return subject.SubjectMatches{}, engine.Explain(ctx, fmt.Errorf("subject search: %w", err))
	}
	found, err := s.collect(ctx)
	if err != nil {
		return subject.SubjectMatches{}, engine.Explain(ctx, fmt.Errorf("subject search: %w", err))
	}
	return found, nil
}

// subjectRun is one run over the register.
type subjectRun struct {
	*Reader
	subject.SubjectSearch
	policy *workflow.Policy
	match  matcher
	looked int
	found  []candidate
}

// compareAll unseals case after case, page by page.
func (s *subjectRun) compareAll(ctx context.Context) error {
	for at := workflow.CaseID(""); ; {
		var page []shownCase
		if err := s.Read.All(ctx, &page, subjectPage, s.PersonHash(s.Viewer), sealedPage, at); err != nil {
			return fmt.Errorf("look at cases: %w", err)
		}
		if len(page) > 0 {
			last := page[len(page)-1].ID
			if err := s.comparePage(ctx, page, at, last); err != nil {
				return err
			}
			at = last
		}
		if len(page) < sealedPage {
			return nil
		}
	}
}

// shownCase is a case to compare. One that is not shown does not exist for the
// viewer: it is neither unsealed nor counted.
type shownCase struct {
	sealedCase
	Shown int `db:"shown"`
}

// comparePage compares the cases of a page, which come after from and end with to.
func (s *subjectRun) comparePage(ctx context.Context, page []shownCase, from, to workflow.CaseID) error {
	former, err := s.corrections(ctx, from, to)
	if err != nil {
		return err
	}
	for i := range page {
		if page[i].Shown == 0 {
			continue
		}
		s.looked++
		one := &page[i].sealedCase
		why, speaks, err := s.compare(one, former[one.ID])
		if err != nil {
			return fmt.Errorf("case %s: %w", one.ID, err)
		}
		if why != "" || speaks {
			s.found = append(s.found, candidate{one.ID, one.CaseNumber, why})
		}
	}
	if s.Progress != nil {
		s.Progress(s.looked)
	}
	return nil
}

// correctedRow is an entry of a correction.
type correctedRow struct {
	Complaint workflow.CaseID `db:"complaint"`
	Line      int             `db:"line"`
	Ordinal   int             `db:"ordinal"`
	Sealed    []byte          `db:"sealed"`
}

func (s *subjectRun) corrections(ctx context.Context, from, to workflow.CaseID) (map[workflow.CaseID][]correctedRow, error) {
	var rows []correctedRow
	if err := s.Read.All(ctx, &rows, corrected, from, to); err != nil {
		return nil, fmt.Errorf("look at corrections: %w", err)
	}
	all := map[workflow.CaseID][]correctedRow{}
	for _, r := range rows {
		all[r.Complaint] = append(all[r.Complaint], r)
	}
	return all, nil
}

// compare says why a case may be the person's; speaks, that its text has a mark
// in it.
func (s *subjectRun) compare(one *sealedCase, former []correctedRow) (why subject.MatchReason, speaks bool, err error) {
	key, err := s.Keys.Unwrap(one.ID, one.Wrapped)
	if err != nil {
		return "", false, err
	}
	p, err := cases.OpenParticulars(key, one.Sealed)
	if err != nil {
		return "", false, err
	}
	if why = s.match.why(p); why != "" {
		return why, false, nil
	}
	for _, r := range former {
		texts, err := cases.OpenTexts(key, cases.PurposeRecord(r.Line, r.Ordinal), r.Sealed)
		if err != nil {
			return "", false, err
		}
		was := workflow.Particulars{
			Name: texts["old.complainant_name"], OnBehalfOf: texts["old.on_behalf_of"], Email: texts["old.email"], Phone: texts["old.phone"],
		}
		if s.match.why(was) != "" {
			return subject.MatchFormer, false, nil
		}
	}
	return "", s.match.mentioned(p), nil
}

// collect reads what was found as the viewer may see it, newest first, and what
// belongs with it.
func (s *subjectRun) collect(ctx context.Context) (subject.SubjectMatches, error) {
	slices.SortFunc(s.found, func(a, b candidate) int {
		return -cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Series, b.Series), cmp.Compare(a.Ordinal, b.Ordinal))
	})
	found := subject.SubjectMatches{Searched: s.looked}
	seen := map[workflow.CaseID]bool{}
	for _, t := range s.found {
		if t.why == "" {
			continue
		}
		if err := s.add(ctx, &found, seen, t.id, subject.Match{Why: t.why}); err != nil || found.More {
			return found, err
		}
	}
	if err := s.addBelonging(ctx, &found, seen); err != nil {
		return found, err
	}
	return found, s.addMentions(ctx, &found, seen)
}

// add adds a case on which the viewer has an officer's rights, once.
func (s *subjectRun) add(ctx context.Context, found *subject.SubjectMatches, seen map[workflow.CaseID]bool, id workflow.CaseID, hit subject.Match) error {
	if seen[id] {
		return nil
	}
	seen[id] = true
	c, err := s.cases.Full(ctx, s.Read, s.policy, id, s.Viewer)
	switch {
	case len(workflow.Refused(err)) > 0: // not this viewer's, or erased since
		return nil
	case err == nil && s.policy.PastTerm(&c, s.Today()): // not handed out any more
		return nil
	case err != nil:
		return err
	case len(found.Found) == subject.MaxMatches:
		found.More = true
		return nil
	}
	hit.Case = c
	found.Found = append(found.Found, hit)
	return nil
}

// addBelonging follows the links of what was found, and of what it finds so.
func (s *subjectRun) addBelonging(ctx context.Context, found *subject.SubjectMatches, seen map[workflow.CaseID]bool) error {
	for i := 0; i < len(found.Found) && !found.More; i++ {
		of := &found.Found[i].Case
		number := of.Number
		var others []workflow.CaseID
		if err := s.Read.All(ctx, &others, belonging, of.ID); err != nil {
			return fmt.Errorf("what belongs with case %s: %w", of.ID, err)
		}
		slices.Sort(others)
		for _, id := range others {
			if err := s.add(ctx, found, seen, id, subject.Match{Why: subject.MatchLinked, Via: number}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *subjectRun) addMentions(ctx context.Context, found *subject.SubjectMatches, seen map[workflow.CaseID]bool) error {
	for _, t := range s.found {
		if len(found.Mentions) == subject.MaxMatches {
			return nil
		}
		if seen[t.id] {
			continue
		}
		c, err := s.cases.Full(ctx, s.Read, s.policy, t.id, s.Viewer)
		switch {
		case len(workflow.Refused(err)) > 0, err == nil && s.policy.PastTerm(&c, s.Today()):
			continue
		case err != nil:
			return err
		}
		found.Mentions = append(found.Mentions, c.Number)
	}
	return nil
}
