package report

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/artra/klachtbot/report/agile"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// Each hands out the cases of a register one by one.
type Each func(func(workflow.Complaint) error) error

// ErrTooLong means that a sheet has no room for the register; CSV has.
var ErrTooLong = errors.New("the register has more lines than a sheet can hold; use csv")

// ErrUnprotected means that who complains would stand in a file that opens
// without a passphrase.
var ErrUnprotected = errors.New("the register with identity is written as xlsx with a passphrase only")

// View is how much the register discloses of a case.
type View int

// The views.
const (
	ViewPlain    View = iota // nothing of who complained, about what story or whom, nor who of the firm did what
	ViewOverview             // less: what a director may know of a single case (design section 4)
	ViewIdentity             // more: who complained and how to reach them
)

// Register writes the register, as it is today.
type Register struct {
	Speaker  texts.Speaker
	Calendar calendar.Calendar
	Today    calendar.Date
	View     View
	// Passphrase encrypts the workbook; ViewIdentity needs one.
	Passphrase workflow.Confidential
	// InMemory keeps what is being written off the disk, where it would lie as
	// it is until it was encrypted. A passphrase implies it.
	InMemory bool
}

func (r Register) yes(b bool) string {
	if b {
		return r.Speaker.Say("register.yes")
	}
	return ""
}

// local is the local date of an instant; unknown for none.
func (r Register) local(t time.Time) calendar.Date {
	if t.IsZero() {
		return calendar.Date{}
	}
	return r.Calendar.Today(t)
}

// XLSX writes a workbook with a sheet of cases and one of promises. It fails
// with ErrTooLong when either would be longer than a sheet can be, and with
// ErrUnprotected for ViewIdentity without a passphrase.
func (r Register) XLSX(w io.Writer, each Each) error {
	if r.Passphrase.Blank() && r.View == ViewIdentity {
		return ErrUnprotected
	}
	if r.Passphrase.Blank() {
		return r.workbook(w, each)
	}
	var plain bytes.Buffer
	if err := r.workbook(&plain, each); err != nil {
		return err
	}
	file, err := agile.Encrypt(plain.Bytes(), r.Passphrase.Reveal())
	if err != nil {
		return fmt.Errorf("encryption of workbook: %w", err)
	}
	_, err = w.Write(file)
	return err
}

// workbook writes it as it is, not encrypted.
func (r Register) workbook(w io.Writer, each Each) error {
	b, err := newBook(r.options())
	if err != nil {
		return err
	}
	caseSheet, promiseSheet := r.Speaker.Say("register.cases"), r.Speaker.Say("register.promises")
	ofCase, ofPromise := r.caseColumns(), r.promiseColumns()
	cases, err := b.sheet(caseSheet, widths(len(ofCase)), names(ofCase))
	if err != nil {
		return err
	}
	promises, err := b.sheet(promiseSheet, widths(len(ofPromise)), names(ofPromise))
	if err != nil {
		return err
	}
	err = each(func(c workflow.Complaint) error {
		if cases.rows >= excelize.TotalRows || promises.rows+len(c.Promises) > excelize.TotalRows {
			return ErrTooLong
		}
		if err := cases.add(b.typed(cells(ofCase, &c))...); err != nil {
			return fmt.Errorf("case: %w", err)
		}
		for _, p := range c.Promises {
			if p.Kind == workflow.PromiseConsultation { // nothing that the complainant was promised
				continue
			}
			if err := promises.add(b.typed(cells(ofPromise, &promised{c.Number, p}))...); err != nil {
				return fmt.Errorf("promise: %w", err)
			}
		}
		return nil
	})
	if err := errors.Join(err, b.finish(caseSheet, cases), b.finish(promiseSheet, promises)); err != nil {
		return errors.Join(err, b.file.Close())
	}
	return b.write(w)
}

// noFolder is a path where no temporary file can be created, which makes the
// library work in memory.
const noFolder = os.DevNull + "/klachtbot"

func (r Register) options() excelize.Options {
	var o excelize.Options
	if r.InMemory || !r.Passphrase.Blank() {
		o.TmpDir = noFolder
	}
	return o
}

func widths(n int) []float64 {
	all := make([]float64, n)
	for i := range all {
		all[i] = 18
	}
	return all
}

// typed makes dates of a row into dates of the sheet; an unknown one is empty.
func (b *book) typed(cells []any) []any {
	for i, c := range cells {
		d, ok := c.(calendar.Date)
		switch {
		case ok && d.IsZero():
			cells[i] = nil
		case ok:
			cells[i] = excelize.Cell{StyleID: b.date, Value: time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)}
		}
	}
	return cells
}

// CSV writes the cases, and no promises. It fails with ErrUnprotected for
// ViewIdentity, since CSV can't be encrypted.
func (r Register) CSV(w io.Writer, each Each) error {
	if r.View == ViewIdentity {
		return ErrUnprotected
	}
	out, err := newCSVWriter(w)
	if err != nil {
		return err
	}
	columns := r.caseColumns()
	if err := out.row(names(columns)...); err != nil {
		return err
	}
	err = each(func(c workflow.Complaint) error {
		all := cells(columns, &c)
		line := make([]string, len(all))
		for i, cell := range all {
			line[i] = fmt.Sprint(cell)
		}
		return out.row(line...)
	})
	return errors.Join(err, out.end())
}
