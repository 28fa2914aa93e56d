package reviews

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/jmoiron/sqlx"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// The figures and the register for export read every case once, without an
// order, so that no sorting stands between the first row and the last. What the
// figures need comes as one text, and a second one for a case of the quarter
// itself ($1 is its first day): each column of each row costs half a second in a
// million. Whom a case concerns is added by withoutConcerns.
const (
	quarterlyCases = `SELECT
			concat(c.number, ',', c.received, ',', c.closed_at, ',', c.decided_on, ',', c.disputed_on, ',',
				CASE WHEN c.disputed_on = '' THEN '' ELSE concat(c.state, '/', c.ruling, '/', c.dispute_ended, '/', c.dispute_ended_on) END, ',', c.promised),
			CASE WHEN c.received >= $1 THEN concat(c.state, ',', c.received_via, ',', c.offering_kind, ',', c.category, ',',
				CASE WHEN c.late_logged THEN '1' ELSE '0' END, ',', CASE WHEN c.out_of_time THEN '1' ELSE '0' END, ',',
				c.amended_in_time, ',', c.verdict, ',', c.cause, ',', c.satisfaction, ',', c.reactions, ',', c.counting) END,
			CASE WHEN c.received >= $1 THEN c.offering_name END,
			CASE WHEN c.received >= $1 THEN c.lesson END
		FROM complaints c WHERE c.received <= $2
		AND (c.received >= $3 OR c.state NOT IN ('closed', 'erased') OR c.closed_at >= $4 OR c.disputed_on >= $1 OR c.dispute_ended_on >= $1)`

	registerCases = `SELECT ` + cases.Columns + `, c.promised FROM complaints c WHERE c.received <= $1`
)

// guardGone leaves out the cases of which the rows don't say any more whom they
// concern.
const guardGone = ` AND c.id NOT IN (SELECT c.id FROM complaints c WHERE c.concerned > 0 AND NOT ` + cases.ConcernStands + `)`

// Figures reads every case once, for figures and for the register on paper.
type Figures struct {
	*core.Core
	journal *journal.Journal
}

// NewFigures returns those of a register.
func NewFigures(c *core.Core, j *journal.Journal) *Figures { return &Figures{c, j} }

// caseFunc is told of a case.
type caseFunc = func(workflow.Complaint) error

// promisedRow is a complaint beside its promises in short.
type promisedRow struct {
	cases.Row
	Promised string `db:"promised"`
}

// Quarterly calls f with every complaint that the figures of a quarter may
// count: those received in it, with the facts that figures may show, and those
// of the quarters from since on, or from before and still going on in the
// quarter, with date of receipt, closing, date of decision, dispute and promises
// only. It may bring a few more. The promises are without who kept them and when
// that was recorded, and stay as they are only until f returns. A case that
// concerns one of those in without is left out, as if it did not exist (design
// section 4). The cases come in no order and are of one moment; an error of f
// ends it.
func (g *Figures) Quarterly(ctx context.Context, since, quarter calendar.Quarter, without []roster.PersonID, f func(workflow.Complaint) error) error {
	first := quarter.First()
	dayBefore := cases.StartOfDay(first.AddDays(-1)) // early enough in every zone
	args := []any{first, quarter.Last(), since.First(), dayBefore}
	return g.everyCase(ctx, quarterlyCases, args, without, eachFiguresRow, f)
}

// Register calls f with every complaint received by the last day, without the
// Particulars: see Quarterly. It is of one moment.
func (g *Figures) Register(ctx context.Context, last calendar.Date, without []roster.PersonID, f func(workflow.Complaint) error) error {
	return g.everyCase(ctx, registerCases, []any{last}, without, eachRow, f)
}

// RegisterExported keeps in the register's own chain that the register was written
// somewhere. It comes before anything is written.
func (g *Figures) RegisterExported(ctx context.Context) error {
	l := journal.Entry{Action: journal.Exported, At: g.Instant()}
	return g.Change(ctx, func(tx engine.Tx) error { return g.journal.Add(ctx, tx, l, nil) })
}

func (g *Figures) everyCase(ctx context.Context, query string, args []any, without []roster.PersonID,
	each func(*sqlx.Rows, caseFunc) error, f caseFunc) (err error) {
	query, args, err = g.withoutConcerns(ctx, query, args, without)
	if err != nil {
		return engine.Explain(ctx, err)
	}
	rows, err := g.Read.Rows(ctx, query, args...)
	if err != nil {
		return engine.Explain(ctx, fmt.Errorf("cases for figures: %w", err))
	}
	defer func() { err = engine.Explain(ctx, errors.Join(err, rows.Close())) }()
	return each(rows, f)
}

// withoutConcerns adds to a query that the case must not concern any of these
// people. Whom an erased case concerned nobody knows any more: every guarded one
// is left out then. The key of their hashes is read each time, since Inspect does not open
// it.
func (g *Figures) withoutConcerns(ctx context.Context, query string, args []any, people []roster.PersonID) (string, []any, error) {
	if len(people) == 0 {
		return query, args, nil
	}
	key, err := g.SearchKey(ctx, g.Read)
	if err != nil {
		return "", nil, err
	}
	var b strings.Builder
	b.WriteString(query + ` AND NOT (c.state = 'erased' AND c.series = 'V') AND c.id NOT IN (SELECT g.complaint FROM concerns g WHERE g.person IN (`)
	for i, who := range people {
		if i > 0 {
			b.WriteString(", ")
		}
		args = append(args, key.Hash(core.HashPerson, string(who)))
		b.WriteString("$" + strconv.Itoa(len(args)))
	}
	b.WriteString("))" + guardGone)
	return b.String(), args, nil
}

func eachRow(rows *sqlx.Rows, f caseFunc) error {
	var row promisedRow
	places, err := row.places(rows)
	if err != nil {
		return fmt.Errorf("cases for figures: %w", err)
	}
	for rows.Next() {
		if err := rows.Scan(places...); err != nil {
			return fmt.Errorf("case for figures: %w", err)
		}
		c := row.Complaint()
		if c.Promises, err = cases.DecodePromises(nil, row.Promised); err != nil {
			return fmt.Errorf("case for figures: %w", err)
		}
		if err := f(c); err != nil {
			return err
		}
	}
	return rows.Err()
}

// places are the fields into which the columns are scanned: looked up once, not
// for each of a million rows.
func (r *promisedRow) places(rows *sqlx.Rows) ([]any, error) {
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	fields := rows.Mapper.FieldMap(reflect.ValueOf(r))
	places := make([]any, len(columns))
	for i, name := range columns {
		places[i] = fields[name].Addr().Interface()
	}
	return places, nil
}
