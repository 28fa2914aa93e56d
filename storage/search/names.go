package search

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"time"

	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/roster"
)

// searchNames unseals case after case.
func (r *Reader) searchNames(ctx context.Context, q lists.Query) (lists.Page, error) {
	var p lists.Page
	var ids []workflow.CaseID
	asked := q.Search.Text.Reveal()
	looked, until := 0, r.Wall().Add(lookTime)
	for one, err := range r.sealedCases(ctx, q.Viewer) {
		if err != nil {
			return lists.Page{}, err
		}
		if looked == maxLooked || len(ids) == q.Limit || r.Wall().After(until) {
			p.Bounded = true
			break
		}
		looked++
		particulars, err := r.particulars(&one)
		if err != nil {
			return lists.Page{}, fmt.Errorf("case %s: %w", one.ID, err)
		}
		if particulars.Concerns != q.Viewer && named(particulars, asked) {
			ids = append(ids, one.ID)
		}
	}
	return r.found(ctx, q, ids, p)
}

// named reports whether who complains, or for whom, is found by that text.
func named(p workflow.Particulars, asked string) bool {
	return contact.Name(p.Name.Reveal()).Found(asked) || contact.Name(p.OnBehalfOf.Reveal()).Found(asked)
}

// sealedCase is a case of which only the Particulars are looked at.
type sealedCase struct {
	ID workflow.CaseID `db:"id"`
	cases.CaseNumber
	ClosedAt sql.NullTime `db:"closed_at"`
	Sealed   []byte       `db:"sealed"`
	Wrapped  []byte       `db:"wrapped"`
}

func (r *Reader) particulars(one *sealedCase) (workflow.Particulars, error) {
	key, err := r.Keys.Unwrap(one.ID, one.Wrapped)
	if err != nil {
		return workflow.Particulars{}, err
	}
	return cases.OpenParticulars(key, one.Sealed)
}

// sealedCases are the open cases, newest first, then those that were closed in
// the last year, the last one first.
func (r *Reader) sealedCases(ctx context.Context, viewer roster.PersonID) iter.Seq2[sealedCase, error] {
	now, hash := r.Instant(), r.PersonHash(viewer)
	open := func(at sealedCase) (string, []any) {
		return openSealed, at.OrLast().Args()
	}
	closed := func(at sealedCase) (string, []any) {
		from := at.ClosedAt.Time
		if !at.ClosedAt.Valid {
			from = now.Add(time.Hour) // no case is closed after now
		}
		return closedSealed, append(append([]any{from.UTC()}, at.OrLast().Args()...), now.AddDate(-1, 0, 0))
	}
	return func(yield func(sealedCase, error) bool) {
		for _, part := range []func(sealedCase) (string, []any){open, closed} {
			if !r.eachSealed(ctx, hash, part, yield) {
				return
			}
		}
	}
}

// eachSealed goes through the pages of one part, each of which begins behind
// the last case of the one before; false when nobody wants more.
func (r *Reader) eachSealed(ctx context.Context, viewer []byte, part func(sealedCase) (string, []any), yield func(sealedCase, error) bool) bool {
	var at sealedCase
	for {
		var page []sealedCase
		query, args := part(at)
		if err := r.Read.All(ctx, &page, query, append([]any{viewer, sealedPage}, args...)...); err != nil {
			yield(sealedCase{}, fmt.Errorf("look at names: %w", err))
			return false
		}
		for _, one := range page {
			if !yield(one, nil) {
				return false
			}
		}
		if len(page) < sealedPage {
			return true
		}
		at = page[len(page)-1]
	}
}

// noteSearch keeps in the register's own chain that somebody searched for a
// person: who, when and in which way, never for whom.
func (r *Reader) noteSearch(ctx context.Context, viewer roster.PersonID, way string) error {
	l := journal.Entry{Action: journal.Searched, At: r.Instant(), Number: way}
	return r.Change(ctx, func(tx engine.Tx) error {
		return r.journal.Add(ctx, tx, l, r.journal.UnderSearchKey(viewer, purposeSearched))
	})
}

func purposeSearched(line int) string { return fmt.Sprintf("person who searched in line %d", line) }
