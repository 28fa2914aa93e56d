package filing

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"time"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/queue"
	"github.com/artra/klachtbot/storage/records"
	"github.com/artra/klachtbot/workflow"
)

// rows are what a complaint brings to the tables, sealed.
type rows struct {
	complaint []any // without its number
	key       []any
	contacts  [][]any
	concerns  [][]any
	promises  [][]any
	records   [][]any
	files     []records.NewFile
}

// prepare asks the rules, and seals and encodes all that needs no number. Its
// error is that of this complaint alone.
func (f *Filer) prepare(one *filing, policy *workflow.Policy, now time.Time) error {
	change, err := policy.Step(workflow.Complaint{}, one.cmd.Action, one.cmd.By, now)
	if err != nil {
		return err
	}
	c := &change.Complaint
	c.ID = workflow.CaseID(rand.Text())
	key, wrapped, err := f.Keys.NewDataKey(c.ID)
	if err != nil {
		return err
	}
	sealed, err := cases.SealParticulars(key, c.Particulars)
	if err != nil {
		return err
	}
	const first = 1 // line
	r := rows{
		key:      []any{c.ID, wrapped},
		contacts: cases.ContactRows(f.Search, c.ID, c.Particulars),
		concerns: cases.ConcernRows(f.Search, c.ID, c.Particulars),
		promises: cases.PromiseRows(c),
	}
	if r.records, err = records.Rows(key, c.ID, first, change.Records); err != nil {
		return err
	}
	var attached string
	if r.files, attached, err = f.records.NewFiles(key, c.ID, first, 0, change.Attachments); err != nil {
		return err
	}
	b := f.journal.NewBinding(c.ID, cases.NewHolding(c, sealed, attached), r.records)
	line, err := f.journal.NewLine(cases.Chain{}, &change, key, one.cmd, now, b)
	if err != nil {
		return err
	}
	r.complaint = cases.UpdateValues(c, sealed, f.journal.Extend(line), cases.GuardOf(f.Keys, f.Search, c))
	one.change, one.line, one.rows, one.registered = change, line, r, false
	return nil
}

// write registers complaints in one transaction. The journal's lines, whose
// gestures claim what was asked for, and the outbox come first; the head of the
// register's chain, which gives out the numbers, comes after them; what refers to
// a case comes behind it. Gestures are claimed in one order, so that of two
// processes neither waits for the other.
func (f *Filer) write(ctx context.Context, all []*filing, now time.Time) error {
	slices.SortFunc(all, func(a, b *filing) int { return bytes.Compare(a.line.Gesture, b.line.Gesture) })
	var mine []*filing
	err := f.Change(ctx, func(tx engine.Tx) (err error) {
		if mine, err = f.claim(ctx, tx, all); err != nil || len(mine) == 0 {
			return err
		}
		if err := f.enqueue(ctx, tx, mine); err != nil {
			return err
		}
		head, err := f.journal.Hold(ctx, tx)
		if err != nil {
			return err
		}
		if err := insertCases(ctx, tx, head, mine); err != nil {
			return err
		}
		if err := f.insertAttachments(ctx, tx, mine); err != nil {
			return err
		}
		for _, one := range mine {
			c := &one.change.Complaint
			created := journal.Entry{Action: journal.Created, At: now, Complaint: c.ID, Number: c.Number}
			if err := head.Add(created, nil); err != nil {
				return err
			}
		}
		return head.Write(ctx, tx)
	})
	if err != nil {
		return err
	}
	numbers := make([]string, len(mine))
	for i, one := range mine {
		one.registered, numbers[i] = true, one.change.Complaint.Number
	}
	f.journal.Given(ctx, numbers...)
	return nil
}

// claim writes the journal's lines, and returns the filings whose gesture was
// not carried out before.
func (f *Filer) claim(ctx context.Context, tx engine.Tx, all []*filing) (mine []*filing, err error) {
	lines := make([]journal.Line, len(all))
	for i, one := range all {
		lines[i] = one.line
	}
	written, err := journal.WriteLines(ctx, tx, lines)
	if err != nil {
		return nil, err
	}
	for _, one := range all {
		if slices.Contains(written, one.change.Complaint.ID) {
			mine = append(mine, one)
		}
	}
	return mine, nil
}

func (f *Filer) enqueue(ctx context.Context, tx engine.Tx, mine []*filing) error {
	asked := make([]queue.Asked, len(mine))
	for i, one := range mine {
		asked[i] = queue.Asked{Case: &one.change.Complaint, Effects: one.change.Effects}
	}
	return f.outbox.EnqueueNew(ctx, tx, asked)
}

// insertCases gives each case its number, and inserts all with what refers to
// them.
func insertCases(ctx context.Context, tx engine.Tx, head *journal.Head, mine []*filing) error {
	var complaints, keys, promises, contacts, concerns, entries [][]any
	for _, one := range mine {
		c := &one.change.Complaint
		at := head.Number(c.Series, c.Year)
		c.Number = at.String()
		complaints = append(complaints, cases.InsertValues(one.rows.complaint, c.Number, at))
		keys = append(keys, one.rows.key)
		promises, contacts = append(promises, one.rows.promises...), append(contacts, one.rows.contacts...)
		concerns, entries = append(concerns, one.rows.concerns...), append(entries, one.rows.records...)
	}
	for _, table := range []struct {
		name string
		into engine.Many
		rows [][]any
	}{
		{"case", cases.InsertComplaints, complaints},
		{"data key", cases.InsertKeys, keys},
		{"promise", cases.UpsertPromises, promises},
		{"contact", cases.InsertContacts, contacts},
		{"concerned person", cases.InsertConcerns, concerns},
		{"dossier", records.Insert, entries},
	} {
		if _, err := table.into.Write(ctx, tx, nil, table.rows); err != nil {
			return fmt.Errorf("%s: %w", table.name, err)
		}
	}
	return nil
}

func (f *Filer) insertAttachments(ctx context.Context, tx engine.Tx, mine []*filing) error {
	for _, one := range mine {
		if err := f.records.StoreFiles(ctx, tx, one.change.Complaint.ID, one.rows.files); err != nil {
			return fmt.Errorf("attachments: %w", err)
		}
	}
	return nil
}
