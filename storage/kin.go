package storage

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
		AND NOT EXISTS (SELECT 1 FROM links l WHERE l.complaint = $2 AND l.other = c.id)` + newestKin
	linkedCases = `SELECT c.id FROM links l JOIN complaints c ON c.id = l.other
		WHERE ` + visible + ` AND l.complaint = $2` + newestKin
	newestKin = ` ORDER BY c.year DESC, c.series DESC, c.ordinal DESC LIMIT $3`

	insertLink = `INSERT INTO links (complaint, other) VALUES ($1, $2) ON CONFLICT (complaint, other) DO NOTHING`
)

// maxKinLooked is how many cases are looked at for either list of a Kin: a
// director has an officer's rights on few of them.
const maxKinLooked = 50

// Related returns the other cases that are, or by an e-mail address or telephone
// number may be, of a case's complainant; of them only those on which viewer
// has an officer's rights. The case itself is refused as Find and Apply do for
// who has none on it.
func (db *DB) Related(ctx context.Context, id workflow.CaseID, viewer roster.PersonID) (workflow.Related, error) {
	policy, err := db.core.PolicyNow(ctx, db.read, db.instant())
	if err != nil {
		return workflow.Related{}, engine.Explain(ctx, err)
	}
	if _, err := db.cases.Full(ctx, db.read, policy, id, viewer); err != nil {
		return workflow.Related{}, engine.Explain(ctx, err)
	}
	var kin workflow.Related
	if kin.Candidates, err = db.relatedCases(ctx, policy, sameContact, id, viewer); err != nil {
		return workflow.Related{}, engine.Explain(ctx, err)
	}
	if kin.Linked, err = db.relatedCases(ctx, policy, linkedCases, id, viewer); err != nil {
		return workflow.Related{}, engine.Explain(ctx, err)
	}
	return kin, nil
}

func (db *DB) relatedCases(ctx context.Context, policy *workflow.Policy, query string, id workflow.CaseID, viewer roster.PersonID) ([]workflow.RelatedCase, error) {
	var ids []workflow.CaseID
	if err := db.read.All(ctx, &ids, query, db.personHash(viewer), id, maxKinLooked); err != nil {
		return nil, fmt.Errorf("other cases of the complainant: %w", err)
	}
	var all []workflow.RelatedCase
	for _, other := range ids {
		c, err := db.cases.Full(ctx, db.read, policy, other, viewer)
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

// mayLink refuses a link with a case that is not there for who asks for it. To
// them it reads like one that was never made, whatever they may see of it.
func (db *DB) mayLink(ctx context.Context, tx engine.Tx, policy *workflow.Policy, cmd workflow.Command) error {
	link, ok := cmd.Action.(workflow.Link)
	if !ok {
		return nil
	}
	_, err := db.cases.Full(ctx, tx, policy, link.Other, cmd.By)
	if len(workflow.Refused(err)) > 0 {
		return workflow.Refusals{{Code: workflow.CodeNoSuchCase}}
	}
	return err
}

// storeLink links two cases both ways, in an order that does not depend on
// which of them was asked to: two people who link them at once don't wait for
// each other.
func storeLink(ctx context.Context, tx engine.Tx, one, other workflow.CaseID) error {
	one, other = min(one, other), max(one, other)
	for _, pair := range [][2]workflow.CaseID{{one, other}, {other, one}} {
		if _, err := tx.Exec(ctx, insertLink, pair[0], pair[1]); err != nil {
			return fmt.Errorf("link cases: %w", err)
		}
	}
	return nil
}
