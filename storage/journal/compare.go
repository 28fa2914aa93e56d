package journal

import (
	"bytes"
	"context"
	"crypto/hmac"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// comparison is one case compared with what binds it.
type comparison struct {
	verifier
	*caseRows
	found []Finding
}

func (v verifier) compare(ctx context.Context, one *caseRows) ([]Finding, error) {
	c := comparison{verifier: v, caseRows: one}
	c.compareNumber()
	c.compareHeld()
	c.compareEntries()
	if err := c.compareFiles(ctx); err != nil {
		return nil, err
	}
	c.comparePromises()
	c.compareSealed()
	return c.found, nil
}

func (c *comparison) find(kind FindingKind, table string, line int) {
	f := Finding{Kind: kind, Case: c.id, Number: c.number, Table: table, Line: line}
	if !slices.Contains(c.found, f) {
		c.found = append(c.found, f)
	}
}

func (c *comparison) erased() bool { return text(c.row["state"]) == string(workflow.StateErased) }

// compareNumber compares a number with the parts of which it consists, and with
// the last one that the case was given. That it was given some number, the
// register's own chain tells.
func (c *comparison) compareNumber() {
	parts := fmt.Sprintf("%s-%v-%04d", text(c.row["series"]), c.row["year"], c.row["ordinal"])
	given := c.given[c.id]
	if parts != text(c.row["number"]) || len(given) > 0 && given[len(given)-1] != parts {
		c.find(FindingNumber, "complaints", 0)
	}
}

// last is the last line that binds something; false for a case from before.
func (c *comparison) last() (*headedLine, bool) {
	for i := len(c.lines) - 1; i >= 0; i-- {
		if editionOf(c.lines[i].Held) > 0 {
			return &c.lines[i], true
		}
	}
	return nil, false
}

func (c *comparison) compareHeld() {
	last, bound := c.last()
	if !bound {
		return
	}
	edition := editionOf(last.Held)
	for _, table := range differing(last.Held, c.Held(c.id, c.held.At(edition), edition)) {
		c.find(FindingHeld, table, 0)
	}
}

// compareEntries compares the entries of the dossier with the lines that they came
// with. The first line that binds stands for all before it.
func (c *comparison) compareEntries() {
	if c.erased() {
		if len(c.entries) > 0 {
			c.find(FindingHeld, "records", 0)
		}
		return
	}
	rest, first := c.entries, true
	for i := range c.lines {
		l := &c.lines[i]
		if editionOf(l.Held) == 0 {
			continue
		}
		n := 0
		for n < len(rest) && whole(rest[n][1]) <= int(l.Line.Int64) {
			n++
		}
		came := rest[:n]
		for !first && len(came) > 0 && whole(came[0][1]) < int(l.Line.Int64) {
			came = came[1:] // of a line that is gone, which shows
		}
		if !bytes.Equal(l.Brought, c.Brought(c.id, came)) {
			c.find(FindingEntries, "records", int(l.Line.Int64))
		}
		rest, first = rest[n:], false
	}
	if !first && len(rest) > 0 {
		c.find(FindingEntries, "records", whole(rest[0][1]))
	}
}

// whole is a value that should be a number.
func whole(v any) int {
	n, ok := v.(int64)
	if !ok {
		return -1
	}
	return int(n)
}

// compareFiles compares name and content of the files with their digests, which
// are bound.
func (c *comparison) compareFiles(ctx context.Context) error {
	if _, bound := c.last(); !bound {
		return nil
	}
	if c.erased() && len(c.files) > 0 {
		c.find(FindingHeld, "attachments", 0)
	}
	for _, row := range c.files {
		var content []byte
		if err := c.q.Get(ctx, &content, contentOf, c.id, row[1]); err != nil {
			return fmt.Errorf("file of case %s: %w", c.id, err)
		}
		at, _ := row[2].(time.Time)
		if !at.Equal(at.Truncate(time.Second)) ||
			FileDigest(c.Keys, c.id, whole(row[1]), at, []byte(text(row[3])), content) != text(row[4]) {
			c.find(FindingHeld, "attachments", 0)
		}
	}
	return nil
}

// comparePromises computes anew what stands in the row of the promises.
func (c *comparison) comparePromises() {
	of := workflow.Complaint{State: workflow.State(text(c.row["state"]))}
	for _, row := range c.held.Promises {
		of.Promises = append(of.Promises, promiseOf(row))
	}
	if cases.EncodePromises(of.Promises) != text(c.row["promised"]) || of.NextDue().String() != text(c.row["due"]) {
		c.find(FindingHeld, "complaints", 0)
	}
}

// promiseOf is a promise as far as its row can be read.
func promiseOf(row []any) workflow.Promise {
	by := map[string]any{}
	for i, name := range cases.BoundPromises(cases.Edition) {
		by[name] = row[i]
	}
	date := func(name string) calendar.Date {
		d, _ := calendar.ParseDate(text(by[name])) // what is no date differs
		return d
	}
	p := workflow.Promise{Kind: workflow.PromiseKind(text(by["kind"])), Made: date("made"), Due: date("due"), Lapsed: date("lapsed")}
	p.Ended, p.Subject = workflow.Ending(text(by["ended"])), text(by["subject"])
	p.Kept.On, p.Kept.Entered, p.Kept.Way = date("kept_on"), date("entered"), workflow.Way(text(by["way"]))
	p.Kept.At, _ = by["kept_at"].(time.Time)
	p.Kept.Later = slices.Equal(cases.Plain(by["later"]), cases.Plain(true))
	return p
}

// compareSealed opens what is sealed of the case itself, and computes anew what
// lists and searches go by.
func (c *comparison) compareSealed() {
	wrapped, _ := c.row["wrapped"].([]byte)
	var p workflow.Particulars
	if c.erased() {
		if len(wrapped) > 0 {
			c.find(FindingKey, "case_keys", 0)
		}
	} else {
		key, err := c.Keys.Unwrap(c.id, wrapped)
		if err != nil {
			c.find(FindingKey, "case_keys", 0)
			return
		}
		if p, err = cases.OpenParticulars(key, []byte(text(c.row["sealed"]))); err != nil {
			c.find(FindingKey, "complaints", 0)
			return
		}
	}
	c.compareConcern(p)
	if !c.search.rekeyed {
		return
	}
	if !sameRows(c.contacts, cases.ContactRows(c.search.key, c.id, p)) {
		c.find(FindingHeld, "contacts", 0)
	}
	if !c.erased() && text(c.row["offering_key"]) != string(cases.OfferingKey(text(c.row["offering_name"]))) {
		c.find(FindingHeld, "complaints", 0)
	}
}

func (c *comparison) compareConcern(p workflow.Particulars) {
	if !sameRows(c.concerns, cases.ConcernRows(c.search.key, c.id, p)) {
		c.find(FindingHeld, "concerns", 0)
	}
	if _, bound := c.last(); !bound {
		return
	}
	guard := cases.GuardOf(c.Keys, c.search.key, &workflow.Complaint{ID: c.id, Particulars: p})
	if !hmac.Equal(guard.Digest, []byte(text(c.row["guard"]))) || whole(c.row["concerned"]) != guard.People {
		c.find(FindingHeld, "complaints", 0)
	}
}

// sameRows reports whether the rows are those, in whatever order.
func sameRows(found, wanted [][]any) bool {
	said := func(rows [][]any) (all []string) {
		for _, row := range rows {
			var b strings.Builder
			for _, v := range row {
				fmt.Fprintf(&b, "%x ", cases.Plain(v))
			}
			all = append(all, b.String())
		}
		slices.Sort(all)
		return all
	}
	return slices.Equal(said(found), said(wanted))
}
