package search

import (
	"context"
	"fmt"

	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// The other cases of one complainant. $1 is the viewer's hash, $2 the case, $3
// the limit; each begins at the few rows that an index has for the case.
const (
	sameContact = `SELECT c.id FROM (SELECT DISTINCT k.complaint FROM contacts own
			JOIN contacts k ON k.hash = own.hash WHERE own.complaint = $2) m
		JOIN complaints c ON c.id = m.complaint
		WHERE ` + visible + ` AND c.id <> $2 AND c.state <> 'closed'
		AND NOT EXISTS (SELECT 1 FROM links l WHERE l.complaint = $2 AND l.other = c.id)` + newestRelated
	linkedCases = `SELECT c.id FROM links l JOIN complaints c ON c.id = l.other
		WHERE ` + visible + ` AND l.complaint = $2` + newestRelated
	newestRelated = ` ORDER BY c.year DESC, c.series DESC, c.ordinal DESC LIMIT $3`
)

// maxRelated is how many cases are looked at for either list: a
// director has an officer's rights on few of them.
const maxRelated = 50

// Related returns the other cases that are, or by an e-mail address or telephone
// number may be, of a case's complainant; of them only those on which viewer
// has an officer's rights. The case itself is refused as Find and Apply do for
// who has none on it.
func (r *Reader) Related(ctx context.Context, id workflow.CaseID, viewer roster.PersonID) (workflow.Related, error) {
	policy, err := r.PolicyNow(ctx, r.Read, r.Instant())
	if err != nil {
		return workflow.Related{}, engine.Explain(ctx, err)
	}
	if _, err := r.cases.Full(ctx, r.Read, policy, id, viewer); err != nil {
		return workflow.Related{}, engine.Explain(ctx, err)
	}
	var related workflow.Related
	if related.Candidates, err = r.relatedCases(ctx, policy, sameContact, id, viewer); err != nil {
		return workflow.Related{}, engine.Explain(ctx, err)
	}
	if related.Linked, err = r.relatedCases(ctx, policy, linkedCases, id, viewer); err != nil {
		return workflow.Related{}, engine.Explain(ctx, err)
	}
	return related, nil
}

func (r *Reader) relatedCases(ctx context.Context, policy *workflow.Policy, query string, id workflow.CaseID, viewer roster.PersonID) ([]workflow.RelatedCase, error) {
	var ids []workflow.CaseID
	if err := r.Read.All(ctx, &ids, query, r.PersonHash(viewer), id, maxRelated); err != nil {
		return nil, fmt.Errorf("other cases of the complainant: %w", err)
	}
	var all []workflow.RelatedCase
	for _, other := range ids {
		c, err := r.cases.Full(ctx, r.Read, policy, other, viewer)
		switch {
		case len(workflow.Refused(err)) > 0: // not this viewer's, or gone since
			continue
		case err != nil:
			return nil, err
		}
		all = append(all, workflow.RelatedCase{ID: other, Number: c.Number})
		if len(all) == workflow.MaxRelated {
			break
		}
	}
	return all, nil
}
