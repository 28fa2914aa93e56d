package queue

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/workflow"
)

// Documents of no case: the register, or what is held on one person. Their row
// is there before the first case is read for them. So a correction that comes
// meanwhile finds it, whatever has been read by then, and what is withdrawn is
// never sent, or taken back at once. They are sealed with the search key, which
// rotation only wraps anew.

const (
	announceDocument = `
INSERT INTO outgoing_files (id, complaint, kind, person, name, sealed, file, delete_at, withdrawn)
VALUES ($1, '', $2, $3, '', NULL, '', $4, FALSE) ON CONFLICT (id) DO NOTHING`

	// forgetUnmade: whoever was making them died.
	forgetUnmade = `DELETE FROM outgoing_files WHERE complaint = '' AND name = '' AND delete_at <= $1`

	fillDocument = `
UPDATE outgoing_files SET name = $4, sealed = $5, delete_at = $6
WHERE id = $1 AND complaint = '' AND kind = $2 AND person = $3 AND name = '' AND withdrawn = FALSE`
)

// RequestDocument keeps in the register's own chain that somebody has a document of
// no case made: who, when and of which kind. It comes before anything is read
// for the document, and returns the id under which that goes to SendDocument. The same
// gesture a second time adds no line: repeated is true, and there is nothing to
// make. Who may not have that kind is refused with workflow.CodeForbidden.
func (docs *Documents) RequestDocument(ctx context.Context, a outbox.DocumentRequest) (id string, repeated bool, err error) {
	if !outbox.MayHave(docs.Policy.Roster, a.By, a.Kind) {
		return "", false, workflow.Refusals{{Code: workflow.CodeForbidden}}
	}
	id = rand.Text()
	if hash := docs.journal.Gesture(a.Gesture); hash != nil {
		id = hex.EncodeToString(hash)
	}
	l := journal.Entry{Action: journal.Exported, At: docs.Instant(), Number: string(a.Kind)}
	err = docs.Change(ctx, func(tx engine.Tx) error {
		now := docs.Wall()
		if _, err := tx.Exec(ctx, forgetUnmade, engine.Millis(now)); err != nil {
			return fmt.Errorf("documents that were never made: %w", err)
		}
		n, err := tx.Exec(ctx, announceDocument, id, a.Kind, a.By, engine.Millis(now.Add(DocumentTime)))
		if err != nil {
			return fmt.Errorf("announce document: %w", err)
		}
		if repeated = n == 0; repeated {
			return nil
		}
		return docs.journal.Add(ctx, tx, l, docs.journal.UnderSearchKey(a.By, purposeExported))
	})
	return id, repeated, err
}

// sendRegisterDocument is SendDocument for what was announced. It is refused with
// workflow.CodeOutdated when the document was withdrawn meanwhile, or too long
// in the making.
func (docs *Documents) sendRegisterDocument(ctx context.Context, o outbox.Document) error {
	sealed, err := docs.Search.Seal(purposeDocument(o.ID), o.Content)
	if err != nil {
		return fmt.Errorf("seal document: %w", err)
	}
	err = docs.Change(ctx, func(tx engine.Tx) error {
		now := docs.Wall()
		n, err := tx.Exec(ctx, fillDocument, o.ID, o.Kind, o.To, o.Name, sealed, engine.Millis(now.Add(DocumentTime)))
		switch {
		case err != nil:
			return err
		case n == 0:
			return workflow.Refusals{{Code: workflow.CodeOutdated}}
		}
		return docs.writer.QueueAlone(ctx, tx, "", outbox.DocumentFile{To: o.To, ID: o.ID}, 1)
	})
	if err != nil {
		return fmt.Errorf("document: %w", err)
	}
	docs.writer.Wake()
	return nil
}

func purposeExported(line int) string { return fmt.Sprintf("person who exported in line %d", line) }
