package search

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/lists"
)

// What a search that looks at many cases may cost. Names are sealed, each
// under a key of its own, so that they can only be compared one by one.
const (
	maxLooked  = 2000        // cases
	lookTime   = time.Second // for unsealing
	sealedPage = 200         // cases read at a time
)

// search answers a search of workflow.Query. Categories, owners, addresses and
// the beginning of an offering's name are pages of an index, however many
// cases there are. Words inside an offering's name are looked for in the
// newest 2,000 cases, of everybody's or of the viewer's own. A complainant's name is looked for in at most 2,000
// cases and one second: the open ones, newest first, then those that were
// closed in the last year; there is one page of it. Both say in Page.Bounded
// that they stopped before the end.
//
// Before a search that tells who complains, the register's own chain gets a
// line of it (see noteSearch).
func (r *Reader) search(ctx context.Context, q lists.Query) (lists.Page, error) {
	if q.Search.Kind == lists.SearchOwn {
		return r.searchWords(ctx, q, parseCursor(q.After), loggedNames, r.PersonHash(q.Viewer), maxLooked, q.Viewer)
	}
	if !lists.MaySearch(r.Policy.Roster, q.Viewer) {
		return lists.Page{}, workflow.Refusals{{Code: workflow.CodeForbidden}}
	}
	if q.Search.Kind.Personal() {
		if err := r.noteSearch(ctx, q.Viewer, string(q.Search.Kind)); err != nil {
			return lists.Page{}, err
		}
	}
	at, text := parseCursor(q.After), q.Search.Text.Reveal()
	switch q.Search.Kind {
	case lists.SearchCategory:
		return r.page(ctx, q, pageQuery{query: categoryPage, args: append(at.OrLast().Args(), text)})
	case lists.SearchOwner:
		return r.page(ctx, q, pageQuery{query: ownerPage, args: append(at.OrLast().Args(), text)})
	case lists.SearchContact:
		return r.page(ctx, q, pageQuery{query: contactPage, args: append(at.OrLast().Args(), r.contactHashes(text)...)})
	case lists.SearchOffering:
		return r.searchOfferings(ctx, q, at)
	case lists.SearchWords:
		return r.searchWords(ctx, q, at, newestNames, r.PersonHash(q.Viewer), maxLooked)
	}
	return r.searchNames(ctx, q)
}

// contactHashes are those under which an address or number stands in contacts:
// by the rule of today, and as long as there may be such a case by the one before.
func (r *Reader) contactHashes(text string) []any {
	now := r.Search.Hash(cases.HashPhone, contact.PhoneKey(text))
	if strings.Contains(text, "@") {
		now = r.Search.Hash(cases.HashEmail, contact.EmailKey(text))
	}
	if r.rekeyed.Load() {
		return []any{now, now}
	}
	return []any{now, r.formerHash(text)}
}

// searchOfferings finds nothing for a text without a letter, digit or sign: every
// name begins with that.
func (r *Reader) searchOfferings(ctx context.Context, q lists.Query, at cursor) (lists.Page, error) {
	text := contact.Plain(q.Search.Text.Reveal())
	if text == "" {
		return lists.Page{}, nil
	}
	return r.page(ctx, q, offeringQuery(at, text))
}

// offeringQuery holds the offerings whose name begins with the text; the first
// place is before every case with that very name. A cursor that was made by
// another rule of comparison begins anew.
func offeringQuery(at cursor, text string) pageQuery {
	made, key, _ := strings.Cut(at.Key, ruleEnd)
	if made != cases.Rule() || !strings.HasPrefix(key, text) {
		key, at = text, cursor{}
	}
	return pageQuery{
		query: offeringPage, args: append(append([]any{[]byte(key)}, at.Args()...), beyond(text)),
		key: func(_ *workflow.Complaint, row *cases.JoinedRow) string {
			return cases.Rule() + ruleEnd + string(row.OfferingKey)
		},
	}
}

// ruleEnd stands behind the rule's number in a cursor; no name has it.
const ruleEnd = "\x00"

// beyond comes after every text that begins with this one: no UTF-8 has the
// byte 0xff.
func beyond(text string) []byte { return append([]byte(text), 0xff) }

// searchWords looks at the names that a statement reads. SearchWords leaves out what
// SearchOffering finds.
func (r *Reader) searchWords(ctx context.Context, q lists.Query, at cursor, names string, args ...any) (lists.Page, error) {
	var rows []struct {
		ID workflow.CaseID `db:"id"`
		cases.CaseNumber
		Name string `db:"offering_name"`
	}
	if err := r.Read.All(ctx, &rows, names, args...); err != nil {
		return lists.Page{}, fmt.Errorf("look at offerings: %w", err)
	}
	text := contact.Plain(q.Search.Text.Reveal())
	words, from := strings.Fields(text), at.OrLast()
	p := lists.Page{Bounded: len(rows) == maxLooked}
	var hits []cases.CaseNumber
	var ids []workflow.CaseID
	for _, r := range rows {
		name := contact.Plain(r.Name)
		elsewhere := q.Search.Kind == lists.SearchWords && strings.HasPrefix(name, text)
		if !r.Before(from) || elsewhere || !containsAll(name, words) {
			continue
		}
		if hits, ids = append(hits, r.CaseNumber), append(ids, r.ID); len(hits) > q.Limit {
			ids, p.Next = ids[:q.Limit], cursor{CaseNumber: hits[q.Limit-1]}.String()
			break
		}
	}
	return r.found(ctx, q, ids, p)
}

func containsAll(name string, words []string) bool {
	return len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(name, w) })
}

// found adds the cases that were found by looking at many.
func (r *Reader) found(ctx context.Context, q lists.Query, ids []workflow.CaseID, p lists.Page) (lists.Page, error) {
	for _, id := range ids {
		var rows []cases.JoinedRow
		if err := r.Read.All(ctx, &rows, oneListed, r.PersonHash(q.Viewer), id); err != nil {
			return lists.Page{}, fmt.Errorf("case %s: %w", id, err)
		}
		kept, err := r.cases.AllKept(ctx, rows)
		if err != nil {
			return lists.Page{}, err
		}
		for _, c := range cases.Join(rows) {
			if !kept[c.ID] || !r.open(q, &c) {
				continue
			}
			p.Cases = append(p.Cases, cases.Limited(c, c.Access(r.Policy.Roster, q.Viewer)))
		}
	}
	return p, nil
}
