package storage

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
	// theirs are the remnants of which $1 reads, whose hash is $2; $3 says that
	// they are an officer. As long as a case is there, the register knows whom it
	// concerns.
	theirs = `
FROM remnants r JOIN complaints c ON c.id = r.complaint
WHERE (r.reader = $1 OR r.author = $1 OR r.reader = '' AND ($3 OR c.owner = $1))
AND NOT EXISTS (SELECT 1 FROM concerns g WHERE g.complaint = r.complaint AND g.person = $2)`

	countTheirs = `SELECT count(*)` + theirs

	listTheirs = `SELECT ` + remnantColumns + theirs + `
ORDER BY c.year, c.series, c.ordinal, r.kind DESC, r.channel, r.ts LIMIT $4`

	// weighTheirs: since when they are known ($4 is until when the person knows),
	// and at which nobody has looked on this day ($5). What can't be looked at
	// holds nobody's message up.
	weighTheirs = `
SELECT count(*) AS total,
    count(CASE WHEN r.since > $4 THEN 1 END) AS fresh,
    count(CASE WHEN r.since > $4 AND c.state <> 'erased' THEN 1 END) AS urgent,
    count(CASE WHEN r.looked < $5 AND EXISTS (
        SELECT 1 FROM outbox o WHERE o.complaint = r.complaint AND o.surface = 'look' AND o.fault = '') THEN 1 END) AS unseen
` + theirs

	remnantReaders = `
SELECT reader AS person FROM remnants WHERE reader <> '-' UNION SELECT author FROM remnants WHERE author <> ''
UNION SELECT c.owner FROM remnants r JOIN complaints c ON c.id = r.complaint WHERE r.reader = ''`

	remnantAskers = `SELECT person FROM people WHERE remnants_asked = TRUE`

	markTold = `
UPDATE people SET remnants_told = $2, remnants_asked = FALSE WHERE person = $1`

	// lookAtUnseen has everything looked at that nobody looked at on that day.
	lookAtUnseen = `
UPDATE outbox SET due_at = $1 WHERE surface = 'look' AND fault = '' AND due_at > $1
AND complaint IN (SELECT complaint FROM remnants WHERE looked < $2)`

	askRemnants = `
INSERT INTO people (person, gone, gathered, weekly, remnants_asked) VALUES ($1, FALSE, '', '', TRUE)
ON CONFLICT (person) DO UPDATE SET remnants_asked = TRUE`

	unsee = `
UPDATE remnants SET looked = '' WHERE reader = $1 OR author = $1 OR reader = ''`
)

// UndeletableList returns what is left in Slack of which that person reads.
func (db *DB) UndeletableList(ctx context.Context, who roster.PersonID) (outbox.UndeletableList, error) {
	args := db.reader(who)
	var found outbox.UndeletableList
	var rows []remnantRow
	err := db.read.Get(ctx, &found.Total, countTheirs, args...)
	if err == nil && found.Total > 0 {
		err = db.read.All(ctx, &rows, listTheirs, append(args, outbox.MaxUndeletable)...)
	}
	if err != nil {
		return outbox.UndeletableList{}, engine.Explain(ctx, fmt.Errorf("remnants: %w", err))
	}
	found.First = db.remnants(rows)
	return found, nil
}

// reader are the first parameters of theirs.
func (db *DB) reader(who roster.PersonID) []any {
	return []any{string(who), db.personHash(who), db.policy.Roster.IsOfficer(who)}
}

// CheckUndeletables has the bot look at once at what is left of which that person
// reads, and tell them what that is by then.
func (db *DB) CheckUndeletables(ctx context.Context, who roster.PersonID) error {
	err := db.change(ctx, func(tx engine.Tx) error {
		if _, err := tx.Exec(ctx, askRemnants, string(who)); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, unsee, string(who))
		return err
	})
	if err != nil {
		return fmt.Errorf("look again: %w", err)
	}
	db.rounds.remnants.Store(true)
	return nil
}

// tellOfRemnants queues a message for everybody who is to be told. It asks the
// register when something is new, and once a day.
func (db *DB) tellOfRemnants(ctx context.Context, now time.Time) error {
	today := db.policy.Calendar.Today(now).String()
	if news := db.rounds.remnants.Swap(false); !news && db.rounds.remnantsOn.Load() == today {
		return nil
	}
	people, err := db.toldOfRemnants(ctx, now)
	waiting := err != nil || !db.policy.Calendar.InWindow(now)
	for _, who := range people {
		var later bool
		err := db.change(ctx, func(tx engine.Tx) (err error) {
			later, err = db.tellOne(ctx, tx, who, now)
			return err
		})
		if err != nil {
			db.rounds.remnants.Store(true)
			return fmt.Errorf("tell of remnants: %w", err)
		}
		waiting = waiting || later
	}
	if waiting {
		db.rounds.remnants.Store(true)
	}
	if len(people) > 0 {
		db.outbox.Wake()
	}
	db.rounds.remnantsOn.Store(today)
	return engine.Explain(ctx, err)
}

// toldOfRemnants lists who may have to be told: when nobody may be nudged, who
// asked. "" among the readers stands for the officers.
func (db *DB) toldOfRemnants(ctx context.Context, now time.Time) ([]roster.PersonID, error) {
	var readers []roster.PersonID
	if !db.policy.Calendar.InWindow(now) {
		err := db.read.All(ctx, &readers, remnantAskers)
		return readers, err
	}
	if err := db.read.All(ctx, &readers, remnantReaders+` UNION `+remnantAskers); err != nil || len(readers) == 0 {
		return nil, err
	}
	state, err := db.core.Presence(ctx, db.read, now)
	if err != nil {
		return nil, err
	}
	people := map[roster.PersonID]bool{}
	for _, who := range slices.Concat(readers, db.policy.Roster.Officers) {
		if who != "" && !state.Gone[who] {
			people[who] = true
		}
	}
	return slices.Sorted(maps.Keys(people)), nil
}

// tellOne queues the message for one person when it is time; later says that
// the bot has to look first.
func (db *DB) tellOne(ctx context.Context, tx engine.Tx, who roster.PersonID, now time.Time) (later bool, err error) {
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
	calendar := db.policy.Calendar
	today := calendar.Today(now)
	if err := tx.Get(ctx, &left, weighTheirs, append(db.reader(who), state.Told, today)...); err != nil {
		return false, err
	}
	days := today.DaysSince(calendar.Today(engine.FromMillis(state.Told)))
	due := left.Urgent > 0 || left.Fresh > 0 && days > 0 || left.Total > 0 && days >= remindEvery
	switch {
	case !state.Asked && !due:
		return false, nil
	case left.Unseen > 0:
		_, err := tx.Exec(ctx, lookAtUnseen, engine.Millis(db.wall()), today)
		return true, err
	}
	notice := outbox.UndeletableNotice{To: who, Asked: state.Asked}
	if err := db.outbox.QueueAlone(ctx, tx, "", notice, int(now.Unix())); err != nil {
		return false, err
	}
	_, err = tx.Exec(ctx, markTold, string(who), engine.Millis(db.now()))
	return false, err
}

const (
	countUnfinished = `
SELECT count(DISTINCT CASE WHEN c.state = 'erased' THEN r.complaint END) AS erased,
    count(DISTINCT CASE WHEN c.state <> 'erased' THEN r.complaint END) AS moved,
    count(CASE WHEN r.kind = 'reply' THEN 1 END) AS replies,
    count(CASE WHEN r.kind = 'message' THEN 1 END) AS messages,
    count(CASE WHEN r.kind = 'file' THEN 1 END) AS files
FROM remnants r JOIN complaints c ON c.id = r.complaint`
)

// Unfinished tells what the register knows to be left in Slack, for the
// operator: numbers only.
func (db *DB) Unfinished(ctx context.Context) (outbox.Unfinished, error) {
	var row struct {
		Erased   int `db:"erased"`
		Moved    int `db:"moved"`
		Replies  int `db:"replies"`
		Messages int `db:"messages"`
		Files    int `db:"files"`
	}
	if err := db.read.Get(ctx, &row, countUnfinished); err != nil {
		return outbox.Unfinished{}, engine.Explain(ctx, fmt.Errorf("remnants: %w", err))
	}
	return outbox.Unfinished(row), nil
}
