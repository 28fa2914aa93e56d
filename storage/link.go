package storage

import (
	"context"
	"fmt"

	"github.com/artra/klachtbot/workflow"
)

const insertLink = `INSERT INTO links (complaint, other) VALUES ($1, $2) ON CONFLICT (complaint, other) DO NOTHING`

// mayLink refuses a link with a case that is not there for who asks for it. To
// them it reads like one that was never made, whatever they may see of it.
func (a applying) mayLink(ctx context.Context, policy *workflow.Policy) error {
	link, ok := a.cmd.Action.(workflow.Link)
	if !ok {
		return nil
	}
	_, err := a.db.cases.Full(ctx, a.tx, policy, link.Other, a.cmd.By)
	if len(workflow.Refused(err)) > 0 {
		return workflow.Refusals{{Code: workflow.CodeNoSuchCase}}
	}
	return err
}

// storeLink links two cases both ways, in an order that does not depend on
// which of them was asked to: two people who link them at once don't wait for
// each other. The register's own chain is told the first time.
func (a applying) storeLink(ctx context.Context, one, other workflow.CaseID) error {
	one, other = min(one, other), max(one, other)
	var made int64
	for _, pair := range [][2]workflow.CaseID{{one, other}, {other, one}} {
		n, err := a.tx.Exec(ctx, insertLink, pair[0], pair[1])
		if err != nil {
			return fmt.Errorf("link cases: %w", err)
		}
		made += n
	}
	if made == 0 {
		return nil
	}
	return a.db.journal.NoteLink(ctx, a.tx, one, other, a.now)
}
