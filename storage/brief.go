package storage

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// brief is a row of quarterlyCases. Only a case of the quarter has the last
// three columns.
type brief struct {
	course                  string // number, dates and promises
	facts, offering, lesson sql.NullString
}

// briefsAtOnce is how many rows go from the one who reads to the one who counts
// at a time: each has a processor of its own where there are two.
const briefsAtOnce = 256

func eachBrief(rows *sqlx.Rows, f caseFunc) error {
	read, enough := make(chan []brief, 2), make(chan struct{})
	var unread error
	go func() {
		defer close(read)
		unread = readBriefs(rows, read, enough)
	}()
	err := tellBriefs(read, f)
	close(enough)
	for range read { // until nobody reads any more
	}
	return errors.Join(err, unread)
}

// readBriefs reads to the last row, or until it is enough.
func readBriefs(rows *sqlx.Rows, read chan<- []brief, enough <-chan struct{}) error {
	for {
		all, err := scanBriefs(rows)
		if err != nil {
			return fmt.Errorf("case in brief: %w", err)
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

func scanBriefs(rows *sqlx.Rows) ([]brief, error) {
	all := make([]brief, 0, briefsAtOnce)
	for len(all) < briefsAtOnce && rows.Next() {
		all = append(all, brief{})
		b := &all[len(all)-1]
		if err := rows.Scan(&b.course, &b.facts, &b.offering, &b.lesson); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func tellBriefs(read <-chan []brief, f caseFunc) error {
	var room []workflow.Promise // used again for each
	for all := range read {
		for i := range all {
			c, err := all[i].complaint(room)
			if err != nil {
				return fmt.Errorf("case in brief: %w", err)
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
func (b *brief) complaint(room []workflow.Promise) (c workflow.Complaint, err error) {
	if err := b.addCourse(&c, room[:0]); err != nil || !b.facts.Valid {
		return c, err
	}
	c.Facts.OfferingName, c.Decision.Lesson = b.offering.String, b.lesson.String
	return c, addFacts(&c, b.facts.String)
}

func (b *brief) addCourse(c *workflow.Complaint, room []workflow.Promise) (err error) {
	in := fields{rest: b.course}
	c.Number = in.text()
	c.Facts.Received = in.date()
	c.ClosedAt = in.instant()
	c.Decision.On = in.date()
	c.Dispute.On = in.date()
	if in.wrong {
		return errFields
	}
	c.Promises, err = appendPromised(room, in.rest)
	return err
}

func addFacts(c *workflow.Complaint, s string) error {
	in := fields{rest: s}
	c.State = workflow.State(in.text())
	c.Facts.ReceivedVia = workflow.Way(in.text())
	c.Facts.OfferingKind = in.text()
	c.Facts.Category = in.text()
	c.LateLogged = in.flag()
	c.OutOfTime = in.flag()
	c.Decision.Verdict = workflow.Verdict(in.text())
	c.Decision.Cause = in.last()
	return in.err()
}

// fields are read in order from a text with ',' between them. The figures of a
// million cases read thirty million: each is a slice of the text.
type fields struct {
	rest  string
	wrong bool
}

// errFields never repeats the text, which may be anything.
var errFields = errors.New("not the fields it should have")

// text is a field after which another comes.
func (f *fields) text() (field string) {
	i := strings.IndexByte(f.rest, ',')
	if i < 0 {
		f.wrong = true
		return ""
	}
	field, f.rest = f.rest[:i], f.rest[i+1:]
	return field
}

// last is the last field.
func (f *fields) last() string {
	f.wrong = f.wrong || strings.Contains(f.rest, ",")
	return f.rest
}

func (f *fields) flag() bool { return f.text() == "1" }

// date is a date, or nothing.
func (f *fields) date() calendar.Date {
	text := f.text()
	if text == "" {
		return calendar.Date{}
	}
	d, err := calendar.ParseDate(text)
	f.wrong = f.wrong || err != nil
	return d
}

// instant is a time in UTC, which one engine says, or nothing.
func (f *fields) instant() time.Time {
	text := f.text()
	if text == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.DateTime, strings.TrimSuffix(text, "+00:00"))
	f.wrong = f.wrong || err != nil
	return t
}

func (f *fields) err() error {
	if f.wrong {
		return errFields
	}
	return nil
}
