package storage

import (
	"context"
	"fmt"

	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
)

const insertLink = `INSERT INTO links (complaint, other) VALUES ($1, $2) ON CONFLICT (complaint, other) DO NOTHING`

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
