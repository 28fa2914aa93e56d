package reviews

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/jmoiron/sqlx"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/reaction"
)

// figuresRow is a row of quarterlyCases. Only a case of the quarter has the last
// three columns.
type figuresRow struct {
	course                  string // number, dates and promises
	facts, offering, lesson sql.NullString
}

// rowsAtOnce is how many rows go from the one who reads to the one who counts
// at a time: each has a processor of its own where there are two.
const rowsAtOnce = 256

func eachFiguresRow(rows *sqlx.Rows, f caseFunc) error {
	read, enough := make(chan []figuresRow, 2), make(chan struct{})
	var unread error
	go func() {
		defer close(read)
		unread = readRows(rows, read, enough)
	}()
	err := passRows(read, f)
	close(enough)
	for range read { // until nobody reads any more
	}
	return errors.Join(err, unread)
}

// readRows reads to the last row, or until it is enough.
func readRows(rows *sqlx.Rows, read chan<- []figuresRow, enough <-chan struct{}) error {
	for {
		all, err := scanRows(rows)
		if err != nil {
			return fmt.Errorf("row of figures: %w", err)
		}
		if len(all) == 0 {
			return rows.Err()
		}
		select {
		case read <- all:
		case <-enough:
			return nil
		}
	}
}

func scanRows(rows *sqlx.Rows) ([]figuresRow, error) {
	all := make([]figuresRow, 0, rowsAtOnce)
	for len(all) < rowsAtOnce && rows.Next() {
		all = append(all, figuresRow{})
		b := &all[len(all)-1]
		if err := rows.Scan(&b.course, &b.facts, &b.offering, &b.lesson); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func passRows(read <-chan []figuresRow, f caseFunc) error {
	var room []workflow.Promise // used again for each
	for all := range read {
		for i := range all {
			c, err := all[i].complaint(room)
			if err != nil {
				return fmt.Errorf("row of figures: %w", err)
			}
			if err := f(c); err != nil {
				return err
			}
			room = c.Promises
		}
	}
	return nil
}

// complaint is the case, its promises in the room that there is.
func (b *figuresRow) complaint(room []workflow.Promise) (c workflow.Complaint, err error) {
	if err := b.addCourse(&c, room[:0]); err != nil || !b.facts.Valid {
		return c, err
	}
	c.Facts.OfferingName, c.Decision.Lesson = b.offering.String, b.lesson.String
	return c, addFacts(&c, b.facts.String)
}

func (b *figuresRow) addCourse(c *workflow.Complaint, room []workflow.Promise) (err error) {
	in := cases.Fields{Rest: b.course}
	c.Number = in.Text()
	c.Facts.Received = in.Date()
	c.ClosedAt = in.Instant()
	c.Decision.On = in.Date()
	c.Dispute.On = in.Date()
	if dispute := in.Text(); dispute != "" && !addDispute(c, dispute) {
		return cases.ErrFields
	}
	if in.Wrong {
		return cases.ErrFields
	}
	c.Promises, err = cases.DecodePromises(room, in.Rest)
	return err
}

// addDispute reads where a case stands that was ever disputed, and how that went.
func addDispute(c *workflow.Complaint, s string) (ok bool) {
	parts := strings.Split(s, "/")
	if len(parts) != 4 {
		return false
	}
	c.State = workflow.State(parts[0])
	c.Dispute.Ruling, c.Dispute.Ended = workflow.RulingVerdict(parts[1]), workflow.Ending(parts[2])
	if parts[3] == "" {
		return true
	}
	on, err := calendar.ParseDate(parts[3])
	c.Dispute.EndedOn = on
	return err == nil
}

func addFacts(c *workflow.Complaint, s string) error {
	in := cases.Fields{Rest: s}
	c.State = workflow.State(in.Text())
	c.Facts.ReceivedVia = workflow.Way(in.Text())
	c.Facts.OfferingKind = in.Text()
	c.Facts.Category = in.Text()
	c.LateLogged = in.Flag()
	c.OutOfTime = in.Flag()
	c.AmendedInTime = in.Number()
	c.Decision.Verdict = workflow.Verdict(in.Text())
	c.Decision.Cause = in.Text()
	c.Satisfaction = workflow.Satisfaction(in.Text())
	c.Reactions = reaction.Days(in.Text())
	c.Counting = workflow.Counting(in.Last())
	return in.Err()
}
