package journal

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
)

// Verification of what a case consists of. The last line of a case binds its row,
// its promises and its files, each line the entries of the dossier that came with
// it; what is left is computed anew from what is bound or sealed. Rows are read as
// the driver has them, since somebody may have put anything there.

// searchRule is what hashes are compared by. Before every case is searched by the
// present rule they are not.
type searchRule struct {
	key     vault.SearchKey
	rekeyed bool
}

func (j *Journal) searchRule(ctx context.Context, q engine.Runner) (searchRule, error) {
	key, err := j.SearchKey(ctx, q)
	if err != nil {
		return searchRule{}, err
	}
	var rule []byte
	if err = q.Get(ctx, &rule, core.ReadMeta, core.MetaContactRule); errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return searchRule{key, string(rule) == cases.Rule()}, err
}

// caseRows are the rows of one case.
type caseRows struct {
	id       workflow.CaseID
	number   string
	row      map[string]any // by column
	held     cases.Holding
	lines    []headedLine
	entries  [][]any
	concerns [][]any
	contacts [][]any
	files    [][]any
}

// besideColumns are what is read of a case's row beside what is bound.
const besideColumns = `number, series, year, ordinal, due, promised, offering_key, concerned, guard`

func caseRowsPage() (query string, columns []string) {
	columns = slices.Concat(strings.Split(besideColumns, ", "), cases.BoundColumns(cases.Edition))
	return `SELECT k.wrapped, c.` + strings.Join(columns, ", c.") + `
		FROM complaints c LEFT JOIN case_keys k ON k.complaint = c.id WHERE c.id >= $1 AND c.id <= $2`, columns
}

// between reads the rows of cases from first to last.
func between(what, order string) string {
	return `SELECT ` + what + ` WHERE complaint >= $1 AND complaint <= $2 ORDER BY complaint` + order
}

var (
	promisesBetween = between(`complaint, `+strings.Join(cases.BoundPromises(cases.Edition), ", ")+` FROM promises`, `, ordinal`)
	entriesBetween  = between(entryColumns+` FROM records`, `, line, ordinal`)
	concernsBetween = between(`complaint, person FROM concerns`, `, person`)
	contactsBetween = between(`complaint, kind, hash FROM contacts`, `, kind`)
	filesBetween    = between(`complaint, ordinal, at, name, digest, state FROM attachments`, `, ordinal`)
	toldBetween     = between(`complaint, `+cases.AnnouncementColumns+` FROM announcements`, ``)
)

// rows compares what the cases of a page hold with their lines. What seems wrong
// is looked at again, by itself: the bot may have been at work on it.
func (v verifier) rows(ctx context.Context, first, last workflow.CaseID, lines []headedLine) error {
	all, err := v.readRows(ctx, first, last, lines)
	if err != nil {
		return err
	}
	for _, one := range all {
		found, err := v.compare(ctx, one)
		if err == nil && len(found) > 0 {
			found, err = v.settled(ctx, one.id)
		}
		if err != nil {
			return err
		}
		for _, f := range found {
			v.report(f)
		}
	}
	return nil
}

const (
	stampOf = `SELECT lock, lines FROM complaints WHERE id = $1`
	oneCase = `SELECT c.id, c.number, c.lines, c.tail, c.head,
		j.line, j.version, j.action, j.at, j.gesture, j.actor, j.person, j.held, j.brought, j.seal
	FROM complaints c LEFT JOIN journal j ON j.complaint = c.id WHERE c.id = $1 ORDER BY j.line`
	maxLooks = 8
)

// settled compares one case while nobody changes it.
func (v verifier) settled(ctx context.Context, id workflow.CaseID) (found []Finding, err error) {
	type stamp struct {
		Lock  int `db:"lock"`
		Lines int `db:"lines"`
	}
	for range maxLooks {
		var before, after stamp
		if err := v.q.Get(ctx, &before, stampOf, id); err != nil {
			return nil, err
		}
		var lines []headedLine
		if err := v.q.All(ctx, &lines, oneCase, id); err != nil {
			return nil, err
		}
		all, err := v.readRows(ctx, id, id, lines)
		if err != nil || len(all) == 0 {
			return nil, err
		}
		if found, err = v.compare(ctx, all[0]); err != nil {
			return nil, err
		}
		if err := v.q.Get(ctx, &after, stampOf, id); err != nil {
			return nil, err
		}
		if before == after {
			return found, nil
		}
	}
	return found, nil
}

// readRows brings together the rows of the cases of which there are lines.
func (v verifier) readRows(ctx context.Context, first, last workflow.CaseID, lines []headedLine) (all []*caseRows, err error) {
	byID := map[workflow.CaseID]*caseRows{}
	for i := range lines {
		l := &lines[i]
		if byID[l.ID] == nil {
			byID[l.ID] = &caseRows{id: l.ID, number: l.Number}
			all = append(all, byID[l.ID])
		}
		byID[l.ID].lines = append(byID[l.ID].lines, *l)
	}
	query, columns := caseRowsPage()
	err = v.each(ctx, query, first, last, func(values []any) {
		row := map[string]any{"wrapped": values[0]}
		for i, name := range columns {
			row[name] = values[i+1]
		}
		if one := byID[workflow.CaseID(text(row["id"]))]; one != nil {
			one.row, one.held.Row = row, values[len(values)-len(cases.BoundColumns(cases.Edition)):]
		}
	})
	for _, part := range []struct {
		query string
		add   func(*caseRows, []any)
	}{
		{promisesBetween, func(c *caseRows, row []any) { c.held.Promises = append(c.held.Promises, row[1:]) }},
		{cases.BoundFiles, func(c *caseRows, row []any) { c.held.Attached = text(row[1]) }},
		{toldBetween, func(c *caseRows, row []any) { c.held.Announced = row[1:] }},
		{entriesBetween, func(c *caseRows, row []any) { c.entries = append(c.entries, row) }},
		{concernsBetween, func(c *caseRows, row []any) { c.concerns = append(c.concerns, row) }},
		{contactsBetween, func(c *caseRows, row []any) { c.contacts = append(c.contacts, row) }},
		{filesBetween, func(c *caseRows, row []any) { c.files = append(c.files, row) }},
	} {
		if err == nil {
			err = v.each(ctx, part.query, first, last, func(row []any) {
				if one := byID[workflow.CaseID(text(row[0]))]; one != nil {
					part.add(one, row)
				}
			})
		}
	}
	return slices.DeleteFunc(all, func(c *caseRows) bool { return c.row == nil }), err
}

func (v verifier) each(ctx context.Context, query string, first, last workflow.CaseID, f func([]any)) error {
	rows, err := v.q.Raw(ctx, query, first, last)
	for _, row := range rows {
		f(row)
	}
	return err
}

// text is a value that should be one.
func text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []byte:
		return string(v)
	}
	return ""
}

// links compares the links with what the register's own chain tells of them, once
// both cases are bound.
func (v verifier) links(ctx context.Context) error {
	for _, query := range []string{linkedUnseen, linkGone} {
		var some []workflow.CaseID
		if err := v.q.All(ctx, &some, query); err != nil {
			return err
		}
		for _, id := range some {
			v.report(Finding{Kind: FindingLink, Case: id, Table: "links"})
		}
	}
	return nil
}

const (
	linkedUnseen = `SELECT DISTINCT l.complaint FROM links l
		JOIN complaints a ON a.id = l.complaint JOIN complaints b ON b.id = l.other
		WHERE (length(a.guard) > 0 OR length(b.guard) > 0) AND l.complaint || ' ' || l.other NOT IN (
			SELECT r.complaint || ' ' || r.number FROM register_chain r WHERE r.action = 'linked'
			UNION ALL SELECT r.number || ' ' || r.complaint FROM register_chain r WHERE r.action = 'linked')`
	linkGone = `SELECT DISTINCT r.complaint FROM register_chain r
		JOIN complaints a ON a.id = r.complaint JOIN complaints b ON b.id = r.number
		WHERE r.action = 'linked' AND a.state <> 'erased' AND b.state <> 'erased' AND 2 <> (
			SELECT count(*) FROM links l
			WHERE (l.complaint = r.complaint AND l.other = r.number) OR (l.complaint = r.number AND l.other = r.complaint))`
)

// strays looks for rows of cases that are not there: an engine may have been told
// not to mind.
func (v verifier) strays(ctx context.Context) error {
	for _, table := range []string{"journal", "case_keys", "promises", "records", "attachments", "concerns", "contacts", "links", "announcements"} {
		var some []workflow.CaseID
		err := v.q.All(ctx, &some, `SELECT DISTINCT complaint FROM `+table+` t
			WHERE NOT EXISTS (SELECT 1 FROM complaints c WHERE c.id = t.complaint) LIMIT $1`, v.page)
		if err != nil {
			return err
		}
		for _, id := range some {
			v.report(Finding{Kind: FindingStray, Case: id, Table: table})
		}
	}
	return v.voids(ctx)
}

// voids looks for numbers that are void though their case was never given another,
// and the chain does not tell of their loss: they would hide a case that was removed.
func (v verifier) voids(ctx context.Context) error {
	var all []struct {
		cases.CaseNumber
		Number    string          `db:"number"`
		Complaint workflow.CaseID `db:"complaint"`
	}
	if err := v.q.All(ctx, &all, `SELECT number, series, year, ordinal, complaint FROM void_numbers`); err != nil {
		return err
	}
	for _, n := range all {
		given := v.given[n.Complaint]
		if n.Complaint == "" {
			if n.String() != n.Number || !slices.Contains(given, n.Number) {
				v.report(Finding{Kind: FindingLost, Number: n.Number})
			}
			continue
		}
		if len(given) == 0 || n.Number == given[len(given)-1] || n.String() != n.Number {
			v.report(Finding{Kind: FindingNumber, Case: n.Complaint, Number: n.Number, Table: "void_numbers"})
		}
	}
	return nil
}
