package report

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
)

// Each hands out the cases of a register one by one.
type Each func(func(workflow.Complaint) error) error

// ErrTooLong means that a sheet has no room for the register; CSV has.
var ErrTooLong = errors.New("the register has more lines than a sheet can hold; use csv")

// columnsOfCases are the headers of a case; caseCells makes the cells in that
// order. Neither knows who complained, about what story or whom, nor who of
// the firm did what.
func columnsOfCases(sp texts.Speaker) []string {
	return []string{
		sp.Say("register.number"), sp.Say("register.state"), sp.Say("register.received"), sp.Say("register.incident"),
		sp.Say("register.via"), sp.Say("register.complainant_kind"), sp.Say("register.offering_kind"),
		sp.Say("register.offering"), sp.Say("register.category"), sp.Say("register.logged"), sp.Say("register.late_logged"),
		sp.Say("register.out_of_time"), sp.Say("register.class"), sp.Say("register.verdict"), sp.Say("register.cause"),
		sp.Say("register.lesson"), sp.Say("register.decided"), sp.Say("register.closed"), sp.Say("register.waited"),
		sp.Say("register.disputed"), sp.Say("register.hold"),
	}
}

func columnsOfPromises(sp texts.Speaker) []string {
	return []string{
		sp.Say("register.number"), sp.Say("register.promise"), sp.Say("register.made"), sp.Say("register.due"),
		sp.Say("register.kept"), sp.Say("register.entered"), sp.Say("register.way"), sp.Say("register.afterwards"),
		sp.Say("register.lapsed"),
	}
}

// Register writes the register, as it is today.
type Register struct {
	Speaker  texts.Speaker
	Calendar workflow.Calendar
	Today    workflow.Date
}

func (r Register) caseCells(c *workflow.Complaint) []any {
	f, d, sp := c.Facts, c.Decision, r.Speaker
	return []any{
		c.Number, choice(sp, "state", c.State), f.Received, f.Incident,
		choice(sp, "way", f.ReceivedVia), choice(sp, "complainant_kind", f.ComplainantKind), choice(sp, "offering_kind", f.OfferingKind),
		f.OfferingName, choice(sp, "category", f.Category), r.local(c.LoggedAt), r.yes(c.LateLogged),
		r.yes(c.OutOfTime), r.class(c), choice(sp, "verdict", d.Verdict), choice(sp, "cause", d.Cause),
		d.Lesson, d.On, r.local(c.ClosedAt), c.WaitedDays,
		c.Dispute.On, c.HoldReview,
	}
}

func (r Register) promiseCells(number string, p workflow.Promise) []any {
	return []any{
		number, r.Speaker.Say("common.promise_name." + string(p.Kind)), p.Made, p.Due,
		p.Kept.On, p.Kept.Entered, choice(r.Speaker, "way", p.Kept.Way), r.yes(p.Kept.Later), p.Lapsed,
	}
}

func (r Register) class(c *workflow.Complaint) string {
	names := classNames(r.Speaker)
	switch c.Class(r.Today) {
	case workflow.ClassInTime:
		return names[0]
	case workflow.ClassNoticed:
		return names[1]
	case workflow.ClassLate:
		return names[2]
	}
	return names[3]
}

func (r Register) yes(b bool) string {
	if b {
		return r.Speaker.Say("register.yes")
	}
	return ""
}

// local is the local date of an instant; unknown for none.
func (r Register) local(t time.Time) workflow.Date {
	if t.IsZero() {
		return workflow.Date{}
	}
	return r.Calendar.Today(t)
}

// XLSX writes a workbook with a sheet of cases and one of promises. It fails
// with ErrTooLong when one would be longer than a sheet can be.
func (r Register) XLSX(w io.Writer, each Each) error {
	b, err := newBook()
	if err != nil {
		return err
	}
	caseNames, promiseNames := columnsOfCases(r.Speaker), columnsOfPromises(r.Speaker)
	caseSheet, promiseSheet := r.Speaker.Say("register.cases"), r.Speaker.Say("register.promises")
	cases, err := b.sheet(caseSheet, widths(len(caseNames)), caseNames)
	if err != nil {
		return err
	}
	promises, err := b.sheet(promiseSheet, widths(len(promiseNames)), promiseNames)
	if err != nil {
		return err
	}
	err = each(func(c workflow.Complaint) error {
		if cases.rows >= excelize.TotalRows || promises.rows+len(c.Promises) > excelize.TotalRows {
			return ErrTooLong
		}
		if err := cases.add(b.typed(r.caseCells(&c))...); err != nil {
			return fmt.Errorf("case: %w", err)
		}
		for _, p := range c.Promises {
			if err := promises.add(b.typed(r.promiseCells(c.Number, p))...); err != nil {
				return fmt.Errorf("promise: %w", err)
			}
		}
		return nil
	})
	if err := errors.Join(err, b.finish(caseSheet, cases), b.finish(promiseSheet, promises)); err != nil {
		return err
	}
	return b.write(w)
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
		d, ok := c.(workflow.Date)
		switch {
		case ok && d.IsZero():
			cells[i] = nil
		case ok:
			cells[i] = excelize.Cell{StyleID: b.date, Value: time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)}
		}
	}
	return cells
}

// CSV writes the cases.
func (r Register) CSV(w io.Writer, each Each) error {
	out, err := newTableWriter(w)
	if err != nil {
		return err
	}
	if err := out.row(columnsOfCases(r.Speaker)...); err != nil {
		return err
	}
	err = each(func(c workflow.Complaint) error {
		cells := r.caseCells(&c)
		line := make([]string, len(cells))
		for i, cell := range cells {
			line[i] = fmt.Sprint(cell)
		}
		return out.row(line...)
	})
	return errors.Join(err, out.end())
}
