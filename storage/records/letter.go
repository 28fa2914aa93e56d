package records

import (
	"context"
	"encoding/hex"
	"fmt"
	"strconv"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
)

const (
	lineOfVersion = `SELECT line FROM journal WHERE complaint = $1 AND version = $2 ORDER BY line LIMIT 1`
)

// Letter returns the letter that the change with that version recorded, as it
// was written down, and to whom it goes as the case is now.
// workflow.CodeNoSuchCase when the case, or a letter in it, is not there.
func (r *Records) Letter(ctx context.Context, id workflow.CaseID, version int) (outbox.Letter, error) {
	c, err := r.cases.Case(ctx, id)
	if err != nil {
		return outbox.Letter{}, err
	}
	records, err := r.entries(ctx, id, version)
	if err != nil {
		return outbox.Letter{}, err
	}
	for _, one := range records {
		if text := one.Texts["letter"]; !text.Blank() {
			key := r.Keys.DeliveryMAC([]byte("letter"), []byte(id), strconv.AppendInt(nil, int64(version), 10))
			return outbox.Letter{
				Kind: one.Kind, At: one.At, Key: hex.EncodeToString(key[:16]), Language: c.Facts.Language,
				To: c.Particulars.Email, Name: c.Particulars.Name, Text: text,
			}, nil
		}
	}
	return outbox.Letter{}, workflow.Refusals{{Code: workflow.CodeNoSuchCase}}
}

// entries returns what a change of that version put into the dossier.
func (r *Records) entries(ctx context.Context, id workflow.CaseID, version int) ([]workflow.Record, error) {
	var line int
	if err := r.Read.Get(ctx, &line, lineOfVersion, id, version); err != nil {
		return nil, engine.Explain(ctx, cases.Missing(fmt.Errorf("version %d of case %s: %w", version, id, err)))
	}
	return r.dossier(ctx, id, line, line)
}
