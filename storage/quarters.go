package storage

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
	"github.com/artra/klachtbot/workflow/roster"
)

// The quarters (R11): what was offered to whom, and the weekly reminder until
// it was dealt with. Each audience has rows of its own, so that a quarter is
// offered to a director only when there is something that they may know of; a
// register whose only case concerns them offers them nothing.

const (
	lastOffered = `SELECT audience, max(quarter) AS quarter FROM quarters GROUP BY audience`

	// firstReceived has conditions added to it: see withoutConcerns.
	firstReceived = `SELECT min(c.received) FROM complaints c WHERE c.received <= $1`

	// firstConcerning is the first case about that person ($1); a case concerns
	// one person, so that it may be known to everybody else.
	firstConcerning = `SELECT min(c.received) FROM concerns g JOIN complaints c ON c.id = g.complaint
		WHERE g.person = $1 AND c.received <= $2`

	// concerning finds a case about that person ($1) that lived in the quarter
	// from $2 to $3; $4 is the instant at which it began.
	concerning = `SELECT count(*) FROM concerns g JOIN complaints c ON c.id = g.complaint
		WHERE g.person = $1 AND c.received <= $3 AND (c.received >= $2 OR c.state NOT IN ('closed', 'erased')
			OR c.closed_at >= $4 OR c.disputed_on >= $2)`

	// offerQuarter is the lock too: of several replicas one puts the row in.
	offerQuarter = `INSERT INTO quarters (audience, quarter, offered, told, more) VALUES ($1, $2, $3, $3, $4)
		ON CONFLICT (audience, quarter) DO NOTHING`
)

// reviews sees to the quarters and the recommendations, on the first sweep in
// each day's window: nothing about them becomes due within a day, but for a
// first complaint that was logged late.
func (db *DB) reviews(ctx context.Context, now time.Time) error {
	today := db.policy.Calendar.Today(now)
	if !db.policy.Calendar.InWindow(now) || db.rounds.reviewed.Load() == today.String() {
		return nil
	}
	policy, err := db.core.PolicyNow(ctx, db.read, now)
	if err != nil {
		return engine.Explain(ctx, err)
	}
	l := look{DB: db, roster: policy.Roster, now: now, today: today}
	for _, part := range []func(context.Context) error{l.offer, l.remindReviews, l.remindRecommendations} {
		if err := part(ctx); err != nil {
			return engine.Explain(ctx, fmt.Errorf("review of quarters: %w", err))
		}
	}
	db.rounds.reviewed.Store(today.String())
	return nil
}

// look is one look at what is due of quarters and recommendations.
type look struct {
	*DB
	roster roster.Roster // with who is gone
	now    time.Time
	today  calendar.Date
}

// audiences are those to whom quarters are offered: all directors together,
// and each of them who is there.
func (l *look) audiences() []review.Audience {
	all := []review.Audience{review.AudienceShared}
	for _, who := range core.Remaining(l.roster) {
		all = append(all, review.Audience(who))
	}
	return all
}

// offering is a quarter that an audience has not been offered yet.
type offering struct {
	audience review.Audience
	quarter  calendar.Quarter
	more     bool // see the table quarters
	quiet    bool // without a summary
}

// offer offers the quarter that ended last, once its day has come. Earlier ones
// that were missed are offered without a summary of their own: they wait, and
// the weekly reminder tells of them. All is one change, so that a crash leaves
// nobody out.
func (l *look) offer(ctx context.Context) error {
	latest := calendar.QuarterOf(l.today).Previous()
	if l.today.Before(review.ReviewOn(l.policy.Calendar, latest)) {
		return nil
	}
	all, err := l.offerings(ctx, latest)
	if err != nil || len(all) == 0 {
		return err
	}
	err = l.change(ctx, func(tx engine.Tx) error { return l.putOffers(ctx, tx, all) })
	l.outbox.Wake()
	return err
}

func (l *look) putOffers(ctx context.Context, tx engine.Tx, all []offering) error {
	for _, o := range all {
		n, err := tx.Exec(ctx, offerQuarter, o.audience, o.quarter, l.today, o.more)
		if err != nil {
			return fmt.Errorf("offer: %w", err)
		}
		if n == 0 || o.quiet {
			continue
		}
		if err := l.tell(ctx, tx, outbox.QuarterSummary{Reader: directorsOf(o.audience), Quarter: o.quarter}, 1); err != nil {
			return err
		}
	}
	return nil
}

// tell queues a message to an audience: all directors together have a place
// only where there is a channel.
func (l *look) tell(ctx context.Context, tx engine.Tx, p outbox.Payload, wanted int) error {
	if p.Recipient() == "" && !l.channel {
		return nil
	}
	return l.outbox.QueueAlone(ctx, tx, "", p, wanted)
}

// directorsOf is who reads what is for an audience.
func directorsOf(a review.Audience) outbox.Reader {
	if a == review.AudienceShared {
		return outbox.Reader{}
	}
	return outbox.Reader{To: roster.PersonID(a)}
}

// offerings lists what is to be offered now, earliest first for each audience.
func (l *look) offerings(ctx context.Context, latest calendar.Quarter) ([]offering, error) {
	last, err := l.lastOffered(ctx)
	if err != nil {
		return nil, err
	}
	var all []offering
	first := &firsts{look: l, until: latest.Last()}
	for _, a := range l.audiences() {
		from, err := l.missed(ctx, a, last, latest, first)
		if err != nil {
			return nil, err
		}
		for q := from; !q.IsZero() && q.Compare(latest) <= 0; q = q.Next() {
			more, err := l.more(ctx, a, q)
			if err != nil {
				return nil, err
			}
			all = append(all, offering{audience: a, quarter: q, more: more, quiet: q != latest})
		}
	}
	if last[review.AudienceShared] == latest {
		return l.hush(ctx, all)
	}
	return all, nil
}

func (l *look) lastOffered(ctx context.Context) (map[review.Audience]calendar.Quarter, error) {
	var rows []struct {
		Audience review.Audience  `db:"audience"`
		Quarter  calendar.Quarter `db:"quarter"`
	}
	if err := l.read.All(ctx, &rows, lastOffered); err != nil {
		return nil, fmt.Errorf("offered quarters: %w", err)
	}
	last := map[review.Audience]calendar.Quarter{}
	for _, r := range rows {
		last[r.Audience] = r.Quarter
	}
	return last, nil
}

// missed is the first quarter that an audience was not offered; zero when there
// is none. Who becomes a director is offered the latest one only.
func (l *look) missed(ctx context.Context, a review.Audience, last map[review.Audience]calendar.Quarter, latest calendar.Quarter, first *firsts) (calendar.Quarter, error) {
	if before, ok := last[a]; ok {
		return before.Next(), nil
	}
	received, err := first.of(ctx, a)
	if err != nil || received.IsZero() {
		return calendar.Quarter{}, err
	}
	if len(last) > 0 {
		return latest, nil
	}
	return calendar.QuarterOf(received), nil
}

// hush leaves out the summaries to who came later than the others, where
// everything was dealt with meanwhile.
func (l *look) hush(ctx context.Context, all []offering) ([]offering, error) {
	for i := range all {
		o := &all[i]
		if o.quiet || o.more {
			continue
		}
		r, err := l.Review(ctx, o.quarter, review.AudienceShared)
		if err != nil {
			return nil, err
		}
		o.quiet = !r.On.IsZero()
	}
	return all, nil
}

// more reports whether a director may know of cases of that quarter that the
// shared figures leave out: those about another director.
func (l *look) more(ctx context.Context, a review.Audience, q calendar.Quarter) (bool, error) {
	for _, about := range l.others(a) {
		n := 0
		began := cases.StartOfDay(q.First().AddDays(-1)) // early enough in every zone
		if err := l.read.Get(ctx, &n, concerning, l.personHash(about), q.First(), q.Last(), began); err != nil {
			return false, fmt.Errorf("cases about directors: %w", err)
		}
		if n > 0 {
			return true, nil
		}
	}
	return false, nil
}

// others are the directors about whom a director may know what the shared
// figures leave out.
func (l *look) others(a review.Audience) []roster.PersonID {
	if a == review.AudienceShared {
		return nil
	}
	var all []roster.PersonID
	for _, who := range l.roster.Directors {
		if who != roster.PersonID(a) {
			all = append(all, who)
		}
	}
	return all
}

// firsts find the first complaint that an audience may know of. What all may
// know of is looked for once: it reads every case of a register that has not
// offered anything yet.
type firsts struct {
	*look
	until  calendar.Date
	looked bool
	shared calendar.Date
}

// of is the date of receipt; zero when there is none until then.
func (f *firsts) of(ctx context.Context, a review.Audience) (first calendar.Date, err error) {
	if !f.looked {
		query, args, err := f.withoutConcerns(ctx, firstReceived, []any{f.until}, f.roster.Directors)
		if err == nil {
			f.shared, err = f.date(ctx, query, args...)
		}
		if err != nil {
			return first, fmt.Errorf("first complaint: %w", err)
		}
		f.looked = true
	}
	first = f.shared
	for _, about := range f.others(a) {
		d, err := f.date(ctx, firstConcerning, f.personHash(about), f.until)
		if err != nil {
			return first, fmt.Errorf("first complaint: %w", err)
		}
		if first.IsZero() || !d.IsZero() && d.Before(first) {
			first = d
		}
	}
	return first, nil
}

// date is that of a "SELECT min", zero for none.
func (f *firsts) date(ctx context.Context, query string, args ...any) (calendar.Date, error) {
	var d sql.Null[calendar.Date]
	err := f.read.Get(ctx, &d, query, args...)
	return d.V, err
}
