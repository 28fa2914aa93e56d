package core

import (
	"context"
	"fmt"

	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// lockPerson is taken by writing, as every lock is.
const lockPerson = `INSERT INTO people (person, gone, gathered, weekly) VALUES ($1, FALSE, '', '')
	ON CONFLICT (person) DO UPDATE SET gone = people.gone RETURNING gathered, digest_round, weekly, remnants_told, remnants_asked, repeats_seen`

// PersonState is what the register remembers of somebody's messages.
type PersonState struct {
	Gathered    calendar.Date `db:"gathered"`       // day whose first send was decided on last
	DigestRound int           `db:"digest_round"`   // of the digest that is being made, 0 for none
	Weekly      calendar.Date `db:"weekly"`         // Monday of the week of the last weekly digest
	Told        int64         `db:"remnants_told"`  // when they were told of what is left in Slack, in ms
	Asked       bool          `db:"remnants_asked"` // to be told
	Repeats     int64         `db:"repeats_seen"`   // up to when their cases were looked at for others on the same offering, in ms
}

// LockPerson locks what is remembered of somebody, and returns it.
func LockPerson(ctx context.Context, tx engine.Tx, who roster.PersonID) (state PersonState, err error) {
	if err = tx.Get(ctx, &state, lockPerson, who); err != nil {
		err = fmt.Errorf("lock person: %w", err)
	}
	return state, err
}
