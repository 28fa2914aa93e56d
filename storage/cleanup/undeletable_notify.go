package cleanup

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow/roster"
)

// Who is told what is left in Slack: of what a case that moved left at once,
// of what a purge left once a day, and of what is still there every week. Each
// time the bot has looked that day.

// remindEvery is how many days later somebody is reminded of what is still
// there.
const remindEvery = 7

const (
	// ofReader are the undeletables of which $1 reads, whose hash is $2; $3 says that
	// they are an officer. As long as a case is there, the register knows whom it
	// concerns. The cross join keeps SQLite from beginning with every case.
	ofReader = `
FROM remnants r CROSS JOIN complaints c
WHERE c.id = r.complaint AND (r.reader = $1 OR r.author = $1 OR r.reader = '' AND ($3 OR c.owner = $1))
AND NOT EXISTS (SELECT 1 FROM concerns g WHERE g.complaint = r.complaint AND g.person = $2)`

	countOfReader = `SELECT count(*)` + ofReader

	listOfReader = `SELECT ` + undeletableColumns + ofReader + `
ORDER BY c.year, c.series, c.ordinal, r.kind DESC, r.channel, r.ts LIMIT $4`

	// weighOfReader: since when they are known ($4 is until when the person knows),
	// and at which nobody has looked on this day ($5). What can't be looked at
	// holds nobody's message up.
	weighOfReader = `
SELECT count(*) AS total,
    count(CASE WHEN r.since > $4 THEN 1 END) AS fresh,
    count(CASE WHEN r.since > $4 AND c.state <> 'erased' THEN 1 END) AS urgent,
    count(CASE WHEN r.looked < $5 AND EXISTS (
        SELECT 1 FROM outbox o WHERE o.complaint = r.complaint AND o.surface = 'look' AND o.fault = '') THEN 1 END) AS unseen
` + ofReader

	// allReaders looks owners up one by one: PostgreSQL may join with every case.
	allReaders = `
SELECT reader AS person FROM remnants WHERE reader <> '-' UNION SELECT author FROM remnants WHERE author <> ''
UNION SELECT (SELECT c.owner FROM complaints c WHERE c.id = r.complaint) FROM remnants r WHERE r.reader = ''`

	askers = `SELECT person FROM people WHERE remnants_asked = TRUE`

	markNotified = `
UPDATE people SET remnants_told = $2, remnants_asked = FALSE WHERE person = $1`

	// checkUnseen has everything looked at that nobody looked at on that day.
	checkUnseen = `
UPDATE outbox SET due_at = $1 WHERE surface = 'look' AND fault = '' AND due_at > $1
AND complaint IN (SELECT complaint FROM remnants WHERE looked < $2)`

	ask = `
INSERT INTO people (person, gone, gathered, weekly, remnants_asked) VALUES ($1, FALSE, '', '', TRUE)
ON CONFLICT (person) DO UPDATE SET remnants_asked = TRUE`

	uncheck = `
UPDATE remnants SET looked = '' WHERE reader = $1 OR author = $1 OR reader = ''`
)

// UndeletableList returns what is left in Slack of which that person reads.
func (u *Undeletables) UndeletableList(ctx context.Context, who roster.PersonID) (outbox.UndeletableList, error) {
	args := u.reader(who)
	var found outbox.UndeletableList
	var rows []undeletableRow
	err := u.Read.Get(ctx, &found.Total, countOfReader, args...)
	if err == nil && found.Total > 0 {
		err = u.Read.All(ctx, &rows, listOfReader, append(args, outbox.MaxUndeletable)...)
	}
	if err != nil {
		return outbox.UndeletableList{}, engine.Explain(ctx, fmt.Errorf("what is left: %w", err))
	}
	found.First = u.undeletables(rows)
	return found, nil
}

// reader are the first parameters of ofReader.
func (u *Undeletables) reader(who roster.PersonID) []any {
	return []any{string(who), u.PersonHash(who), u.Policy.Roster.IsOfficer(who)}
}

// CheckUndeletables has the bot look at once at what is left of which that person
// reads, and tell them what that is by then.
func (u *Undeletables) CheckUndeletables(ctx context.Context, who roster.PersonID) error {
	err := u.Change(ctx, func(tx engine.Tx) error {
		if _, err := tx.Exec(ctx, ask, string(who)); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, uncheck, string(who))
		return err
	})
	if err != nil {
		return fmt.Errorf("look again: %w", err)
	}
	u.changed.Store(true)
	return nil
}

// Notify queues a message for everybody who is to be told. It asks the
// register when something is new, and once a day.
func (u *Undeletables) Notify(ctx context.Context, now time.Time) error {
	today := u.Policy.Calendar.Today(now).String()
	if news := u.changed.Swap(false); !news && u.notifiedOn.Load() == today {
		return nil
	}
	people, err := u.recipients(ctx, now)
	waiting := err != nil || !u.Policy.Calendar.InWindow(now)
	for _, who := range people {
		var later bool
		err := u.Change(ctx, func(tx engine.Tx) (err error) {
			later, err = u.notify(ctx, tx, who, now)
			return err
		})
		if err != nil {
			u.changed.Store(true)
			return fmt.Errorf("notify of what is left: %w", err)
		}
		waiting = waiting || later
	}
	if waiting {
		u.changed.Store(true)
	}
	if len(people) > 0 {
		u.outbox.Wake()
	}
	u.notifiedOn.Store(today)
	return engine.Explain(ctx, err)
}

// recipients lists who may have to be told: when nobody may be reminded, who
// asked. "" among the readers stands for the officers.
func (u *Undeletables) recipients(ctx context.Context, now time.Time) ([]roster.PersonID, error) {
	var readers []roster.PersonID
	if !u.Policy.Calendar.InWindow(now) {
		err := u.Read.All(ctx, &readers, askers)
		return readers, err
	}
	if err := u.Read.All(ctx, &readers, allReaders+` UNION `+askers); err != nil || len(readers) == 0 {
		return nil, err
	}
	state, err := u.Presence(ctx, u.Read, now)
	if err != nil {
		return nil, err
	}
	people := map[roster.PersonID]bool{}
	for _, who := range slices.Concat(readers, u.Policy.Roster.Officers) {
		if who != "" && !state.Gone[who] {
			people[who] = true
		}
	}
	return slices.Sorted(maps.Keys(people)), nil
}

// notify queues the message for one person when it is time; later says that
// the bot has to look first.
func (u *Undeletables) notify(ctx context.Context, tx engine.Tx, who roster.PersonID, now time.Time) (later bool, err error) {
	state, err := core.LockPerson(ctx, tx, who)
	if err != nil {
		return false, err
	}
	var left struct {
		Total  int `db:"total"`
		Fresh  int `db:"fresh"`
		Urgent int `db:"urgent"`
		Unseen int `db:"unseen"`
	}
	calendar := u.Policy.Calendar
	today := calendar.Today(now)
	if err := tx.Get(ctx, &left, weighOfReader, append(u.reader(who), state.Told, today)...); err != nil {
		return false, err
	}
	days := today.DaysSince(calendar.Today(engine.FromMillis(state.Told)))
	due := left.Urgent > 0 || left.Fresh > 0 && days > 0 || left.Total > 0 && days >= remindEvery
	switch {
	case !state.Asked && !due:
		return false, nil
	case left.Unseen > 0:
		_, err := tx.Exec(ctx, checkUnseen, engine.Millis(u.Wall()), today)
		return true, err
	}
	notice := outbox.UndeletableNotice{To: who, Asked: state.Asked}
	if err := u.outbox.QueueAlone(ctx, tx, "", notice, int(now.Unix())); err != nil {
		return false, err
	}
	_, err = tx.Exec(ctx, markNotified, string(who), engine.Millis(u.Now()))
	return false, err
}

const (
	countUnfinished = `
SELECT count(DISTINCT CASE WHEN c.state = 'erased' THEN r.complaint END) AS erased,
    count(DISTINCT CASE WHEN c.state <> 'erased' THEN r.complaint END) AS moved,
    count(CASE WHEN r.kind = 'reply' THEN 1 END) AS replies,
    count(CASE WHEN r.kind = 'message' THEN 1 END) AS messages,
    count(CASE WHEN r.kind = 'file' THEN 1 END) AS files
FROM remnants r CROSS JOIN complaints c WHERE c.id = r.complaint`
)

// Unfinished tells what the register knows to be left in Slack, for the
// operator: numbers only.
func (u *Undeletables) Unfinished(ctx context.Context) (outbox.Unfinished, error) {
	var row struct {
		Erased   int `db:"erased"`
		Moved    int `db:"moved"`
		Replies  int `db:"replies"`
		Messages int `db:"messages"`
		Files    int `db:"files"`
	}
	if err := u.Read.Get(ctx, &row, countUnfinished); err != nil {
		return outbox.Unfinished{}, engine.Explain(ctx, fmt.Errorf("what is left: %w", err))
	}
	return outbox.Unfinished(row), nil
}
