package records

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// ErrNoContent means that an attachment was not taken over.
var ErrNoContent = errors.New("the register does not hold this attachment")

const (
	insertAttachment = `INSERT INTO attachments
			(complaint, ordinal, line, file, uploader, at, name, state, fault, size, digest)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', 0, $9)`
	attachmentColumns = `ordinal, line, file, uploader, at, name, state, fault, size`
	caseAttachments   = `SELECT ` + attachmentColumns + ` FROM attachments WHERE complaint = $1 ORDER BY ordinal`
	oneAttachment     = `SELECT ` + attachmentColumns + ` FROM attachments WHERE complaint = $1 AND ordinal = $2`
	attachmentContent = `SELECT content FROM attachments WHERE complaint = $1 AND ordinal = $2`
)

// attachmentRow is a row of attachments without its content.
type attachmentRow struct {
	Ordinal  int                      `db:"ordinal"`
	Line     int                      `db:"line"`
	File     string                   `db:"file"`
	Uploader roster.PersonID          `db:"uploader"`
	At       time.Time                `db:"at"`
	Name     []byte                   `db:"name"`
	State    workflow.AttachmentState `db:"state"`
	Fault    string                   `db:"fault"`
	Size     int                      `db:"size"`
}

// NewFile is a file that comes with a change, ready to be written.
type NewFile struct {
	attachment workflow.Attachment
	name       []byte
	digest     string
}

// NewFiles numbers the files that come with the change of that line, behind those
// that the case has already, and returns what the line binds of them.
func (r *Records) NewFiles(key vault.DataKey, id workflow.CaseID, line, before int, files []workflow.Attachment) (all []NewFile, attached string, err error) {
	var texts []string
	for i, a := range files {
		a.Ordinal, a.Line, a.Fault, a.Size = before+i+1, line, "", 0
		name, err := key.Seal(purposeFileName(a.Ordinal), []byte(a.Name.Reveal()))
		if err != nil {
			return nil, "", err
		}
		one := NewFile{a, name, journal.FileDigest(r.Keys, id, a.Ordinal, a.At, name, nil)}
		all, texts = append(all, one), append(texts, cases.AttachedText(a, one.digest))
	}
	return all, cases.JoinAttached(texts...), nil
}

// StoreFiles writes the files that came with a change and puts their taking over
// into the outbox, in the change's own transaction.
func (r *Records) StoreFiles(ctx context.Context, tx engine.Tx, id workflow.CaseID, files []NewFile) error {
	for _, f := range files {
		a := f.attachment
		_, err := tx.Exec(ctx, insertAttachment, id, a.Ordinal, a.Line, a.File, a.By, a.At.UTC(), f.name, a.State, f.digest)
		if err != nil {
			return err
		}
		if err := r.outbox.QueueAlone(ctx, tx, id, outbox.FileImport{Ordinal: a.Ordinal}, 1); err != nil {
			return err
		}
	}
	return nil
}

// Attachments lists the files of a case in the order in which they came,
// without their content.
func (r *Records) Attachments(ctx context.Context, id workflow.CaseID) ([]workflow.Attachment, error) {
	return r.attachments(ctx, id, caseAttachments, id)
}

// Attachment returns one file of a case, without its content;
// workflow.CodeNoSuchCase when there is none.
func (r *Records) Attachment(ctx context.Context, id workflow.CaseID, ordinal int) (workflow.Attachment, error) {
	found, err := r.attachments(ctx, id, oneAttachment, id, ordinal)
	switch {
	case err != nil:
		return workflow.Attachment{}, err
	case len(found) == 0:
		return workflow.Attachment{}, workflow.Refusals{{Code: workflow.CodeNoSuchCase}}
	}
	return found[0], nil
}

func (r *Records) attachments(ctx context.Context, id workflow.CaseID, query string, args ...any) ([]workflow.Attachment, error) {
	key, err := r.cases.DataKey(ctx, id)
	if err != nil {
		return nil, err
	}
	var rows []attachmentRow
	if err := r.Read.All(ctx, &rows, query, args...); err != nil {
		return nil, engine.Explain(ctx, fmt.Errorf("attachments of case %s: %w", id, err))
	}
	found := make([]workflow.Attachment, len(rows))
	for i, r := range rows {
		name, err := key.Open(purposeFileName(r.Ordinal), r.Name)
		if err != nil {
			return nil, fmt.Errorf("attachment %d of case %s: %w", r.Ordinal, id, err)
		}
		found[i] = workflow.Attachment{
			Ordinal: r.Ordinal, Line: r.Line, File: r.File, Name: workflow.Confidential(name), By: r.Uploader,
			At: r.At.UTC(), State: r.State, Fault: r.Fault, Size: r.Size,
		}
	}
	return found, nil
}

// AttachmentBytes returns the content of a file. Who asks has left a line in
// the journal before. It fails with ErrNoContent when it was not taken over,
// and with workflow.CodeNoSuchCase when there is no such file.
func (r *Records) AttachmentBytes(ctx context.Context, id workflow.CaseID, ordinal int) ([]byte, error) {
	key, err := r.cases.DataKey(ctx, id)
	if err != nil {
		return nil, err
	}
	var sealed []byte
	if err := r.Read.Get(ctx, &sealed, attachmentContent, id, ordinal); err != nil {
		return nil, engine.Explain(ctx, cases.Missing(fmt.Errorf("attachment %d of case %s: %w", ordinal, id, err)))
	}
	if sealed == nil {
		return nil, ErrNoContent
	}
	content, err := key.Open(purposeFile(ordinal), sealed)
	if err != nil {
		return nil, fmt.Errorf("attachment %d of case %s: %w", ordinal, id, err)
	}
	return content, nil
}

func purposeFile(ordinal int) string { return fmt.Sprintf("attachment %d", ordinal) }

func purposeFileName(ordinal int) string { return fmt.Sprintf("name of attachment %d", ordinal) }
