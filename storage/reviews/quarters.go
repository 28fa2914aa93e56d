package reviews

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
			OR c.closed_at >= $4 OR c.disputed_on >= $2 OR c.dispute_ended_on >= $2)`

	// offerQuarter is the lock too: of several replicas one puts the row in.
	offerQuarter = `INSERT INTO quarters (audience, quarter, offered, told, more) VALUES ($1, $2, $3, $3, $4)
		ON CONFLICT (audience, quarter) DO NOTHING`
)

// Remind sees to the quarters and the recommendations, on the first sweep in
// each day's window: nothing about them becomes due within a day, but for a
// first complaint that was logged late.
func (rs *Reviews) Remind(ctx context.Context, now time.Time) error {
	today := rs.Policy.Calendar.Today(now)
	if !rs.Policy.Calendar.InWindow(now) || rs.reviewed.Load() == today.String() {
		return nil
	}
	policy, err := rs.PolicyNow(ctx, rs.Read, now)
	if err != nil {
		return engine.Explain(ctx, err)
	}
	j := job{Reviews: rs, roster: policy.Roster, now: now, today: today}
	for _, part := range []func(context.Context) error{j.offer, j.remindReviews, j.remindRecommendations} {
		if err := part(ctx); err != nil {
			return engine.Explain(ctx, fmt.Errorf("review of quarters: %w", err))
		}
	}
	rs.reviewed.Store(today.String())
	return nil
}

// job is one run over what is due of quarters and recommendations.
type job struct {
	*Reviews
	roster roster.Roster // with who is gone
	now    time.Time
	today  calendar.Date
}

// audiences are those to whom quarters are offered: all directors together,
// and each of them who is there.
func (j *job) audiences() []review.Audience {
	all := []review.Audience{review.AudienceShared}
	for _, who := range core.Remaining(j.roster) {
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
func (j *job) offer(ctx context.Context) error {
	latest := calendar.QuarterOf(j.today).Previous()
	if j.today.Before(review.ReviewOn(j.Policy.Calendar, latest)) {
		return nil
	}
	all, err := j.offerings(ctx, latest)
	if err != nil || len(all) == 0 {
		return err
	}
	err = j.Change(ctx, func(tx engine.Tx) error { return j.putOffers(ctx, tx, all) })
	j.outbox.Wake()
	return err
}

func (j *job) putOffers(ctx context.Context, tx engine.Tx, all []offering) error {
	for _, o := range all {
		n, err := tx.Exec(ctx, offerQuarter, o.audience, o.quarter, j.today, o.more)
		if err != nil {
			return fmt.Errorf("offer: %w", err)
		}
		if n == 0 || o.quiet {
			continue
		}
		if err := j.notify(ctx, tx, outbox.QuarterSummary{Reader: directorsOf(o.audience), Quarter: o.quarter}, 1); err != nil {
			return err
		}
	}
	return nil
}

// notify queues a message to an audience: all directors together have a place
// only where there is a channel.
func (j *job) notify(ctx context.Context, tx engine.Tx, p outbox.Payload, wanted int) error {
	if p.Recipient() == "" && !j.channel {
		return nil
	}
	return j.outbox.QueueAlone(ctx, tx, "", p, wanted)
}

// directorsOf is who reads what is for an audience.
func directorsOf(a review.Audience) outbox.Reader {
	if a == review.AudienceShared {
		return outbox.Reader{}
	}
	return outbox.Reader{To: roster.PersonID(a)}
}

// offerings lists what is to be offered now, earliest first for each audience.
func (j *job) offerings(ctx context.Context, latest calendar.Quarter) ([]offering, error) {
	last, err := j.lastOffered(ctx)
	if err != nil {
		return nil, err
	}
	var all []offering
	first := &firstCase{job: j, until: latest.Last()}
	for _, a := range j.audiences() {
		from, err := j.missed(ctx, a, last, latest, first)
		if err != nil {
			return nil, err
		}
		for q := from; !q.IsZero() && q.Compare(latest) <= 0; q = q.Next() {
			more, err := j.more(ctx, a, q)
			if err != nil {
				return nil, err
			}
			all = append(all, offering{audience: a, quarter: q, more: more, quiet: q != latest})
		}
	}
	if last[review.AudienceShared] == latest {
		return j.quietSettled(ctx, all)
	}
	return all, nil
}

func (j *job) lastOffered(ctx context.Context) (map[review.Audience]calendar.Quarter, error) {
	var rows []struct {
		Audience review.Audience  `db:"audience"`
		Quarter  calendar.Quarter `db:"quarter"`
	}
	if err := j.Read.All(ctx, &rows, lastOffered); err != nil {
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
func (j *job) missed(ctx context.Context, a review.Audience, last map[review.Audience]calendar.Quarter, latest calendar.Quarter, first *firstCase) (calendar.Quarter, error) {
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

// quietSettled leaves out the summaries to who came later than the others, where
// everything was dealt with meanwhile.
func (j *job) quietSettled(ctx context.Context, all []offering) ([]offering, error) {
	for i := range all {
		o := &all[i]
		if o.quiet || o.more {
			continue
		}
		r, err := j.Review(ctx, o.quarter, review.AudienceShared)
		if err != nil {
			return nil, err
		}
		o.quiet = !r.On.IsZero()
	}
	return all, nil
}

// more reports whether a director may know of cases of that quarter that the
// shared figures leave out: those about another director.
func (j *job) more(ctx context.Context, a review.Audience, q calendar.Quarter) (bool, error) {
	for _, about := range j.others(a) {
		n := 0
		began := cases.StartOfDay(q.First().AddDays(-1)) // early enough in every zone
		if err := j.Read.Get(ctx, &n, concerning, j.PersonHash(about), q.First(), q.Last(), began); err != nil {
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
func (j *job) others(a review.Audience) []roster.PersonID {
	if a == review.AudienceShared {
		return nil
	}
	var all []roster.PersonID
	for _, who := range j.roster.Directors {
		if who != roster.PersonID(a) {
			all = append(all, who)
		}
	}
	return all
}

// firstCase finds the first complaint that an audience may know of. What all may
// know of is looked for once: it reads every case of a register that has not
// offered anything yet.
type firstCase struct {
	*job
	until  calendar.Date
	found  bool
	shared calendar.Date
}

// of is the date of receipt; zero when there is none until then.
func (f *firstCase) of(ctx context.Context, a review.Audience) (first calendar.Date, err error) {
	if !f.found {
		query, args, err := f.withoutConcerns(ctx, firstReceived, []any{f.until}, f.roster.Directors)
		if err == nil {
			f.shared, err = f.date(ctx, query, args...)
		}
		if err != nil {
			return first, fmt.Errorf("first complaint: %w", err)
		}
		f.found = true
	}
	first = f.shared
	for _, about := range f.others(a) {
		d, err := f.date(ctx, firstConcerning, f.PersonHash(about), f.until)
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
func (f *firstCase) date(ctx context.Context, query string, args ...any) (calendar.Date, error) {
	var d sql.Null[calendar.Date]
	err := f.Read.Get(ctx, &d, query, args...)
	return d.V, err
}
