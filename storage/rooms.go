package storage

import (
	"context"

	"github.com/artra/klachtbot/storage/cleanup"
	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/people"
	"github.com/artra/klachtbot/storage/queue"
	"github.com/artra/klachtbot/storage/records"
	"github.com/artra/klachtbot/storage/reviews"
	"github.com/artra/klachtbot/storage/search"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
)

// Queue is the outbox as its sender sees it.
func (db *DB) Queue() *queue.Queue { return db.queue }

// Documents keeps what is sent to one person as a file.
func (db *DB) Documents() *queue.Documents { return db.documents }

// Erasures ends cases, and keeps the list of those that were erased before
// their term.
func (db *DB) Erasures() *cleanup.Erasures { return db.erasures }

// Undeletables is what can't be taken out of Slack by the bot.
func (db *DB) Undeletables() *cleanup.Undeletables { return db.undeletable }

// Reviews keeps what the directors make of quarters, and reads for figures.
func (db *DB) Reviews() *reviews.Reviews { return db.reviews }

// Search finds cases: lists, searches, subject access, related cases.
func (db *DB) Search() *search.Reader { return db.reader }

// Records keeps what a case says beside its row: entries, letters and files.
func (db *DB) Records() *records.Records { return db.records }

// Rotator gives the register a new master key.
func (db *DB) Rotator() *Rotator { return NewRotator(db.core, db.journal) }

// Digests gather what people are reminded of.
func (db *DB) Digests() *queue.Digests { return db.digests }

// Languages are those that people chose for themselves.
func (db *DB) Languages() *people.Languages { return db.languages }

// Core is what the rooms share, for whoever opens one more over the same register.
func (db *DB) Core() *core.Core { return db.core }

// Rooms are the register for whom reads in more than one room of it.
type Rooms struct {
	*DB
	*search.Reader
	*reviews.Reviews
	*records.Records
	*queue.Digests
	*queue.Queue
}

// Rooms are those of the register.
func (db *DB) Rooms() Rooms {
	return Rooms{db, db.reader, db.reviews, db.records, db.digests, db.queue}
}

// Unannounced is that of Erasures.
func (r Rooms) Unannounced(ctx context.Context, since calendar.Date, guarded bool) ([]string, error) {
	return r.erasures.Unannounced(ctx, since, guarded)
}

// Outage returns the last time in which no replica was at work for more than
// 15 minutes; zero when none is known.
func (r Rooms) Outage(ctx context.Context) (workflow.Outage, error) { return r.heartbeat.Outage(ctx) }
