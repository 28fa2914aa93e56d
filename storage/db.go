package storage

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync/atomic"
	"time"

	"github.com/artra/klachtbot/storage/binding"
	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/cleanup"
	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/filing"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/people"
	"github.com/artra/klachtbot/storage/queue"
	"github.com/artra/klachtbot/storage/records"
	"github.com/artra/klachtbot/storage/reviews"
	"github.com/artra/klachtbot/storage/search"
	"github.com/artra/klachtbot/storage/state"
	"github.com/artra/klachtbot/storage/uptime"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// Why a register does not open, in a sentence for whoever runs the program;
// beside those of engine and vault.
var (
	ErrNewerSchema = errors.New("the register was written by a newer klachtbot; run that version, or restore a backup from before the update")
	ErrEmpty       = errors.New("there is no register here yet (DATABASE_URL)")
	ErrNoKey       = errors.New("the register is sealed, and the key file is missing; put the copy of it back (KLACHTBOT_KEY_FILE)")
)

// Options are what a register is opened with.
type Options struct {
	URL    string // sqlite:PATH or postgres://…
	Keys   *vault.Ring
	State  string // path of the state file; default klachtbot.state beside the key file
	Policy *workflow.Policy
	Now    func() time.Time // the procedure's clock; default time.Now
	Wall   func() time.Time // for leases and look-ups; default time.Now
	// Check compares the procedure's clock with a second one; nil: there is none, and
	// it is believed.
	Check func() ClockCheck
	Pace  time.Duration // gap between posts in one lane after a burst
	Burst int           // posts without a gap; default 3
	Log   *slog.Logger  // ids, states and durations only; default: none

	// NewRegister: an empty register is meant to take the place of the one that the
	// key served before.
	NewRegister bool

	// CaseChannel is Slack's id of the case channel: open cases that stand in another
	// are posted anew. "" leaves them where they are.
	CaseChannel string

	// DirectorsChannel: the directors have a channel, so that what is for all of
	// them goes to outbox.LaneDirectors.
	DirectorsChannel bool
}

// ClockCheck is what a second clock says of the procedure's.
type ClockCheck = core.ClockCheck

// The results of a comparison.
const (
	ClockAgrees    = core.ClockAgrees
	ClockRehearsed = core.ClockRehearsed
	ClockUnchecked = core.ClockUnchecked
	ClockDiffers   = core.ClockDiffers
)

// DB is an open register. It is safe for use by several goroutines.
type DB struct {
	core        *core.Core
	cases       *cases.Reader
	journal     *journal.Journal
	outbox      *queue.Writer
	queue       *queue.Queue
	digests     *queue.Digests
	documents   *queue.Documents
	erasures    *cleanup.Erasures
	undeletable *cleanup.Undeletables
	reviews     *reviews.Reviews
	reader      *search.Reader
	records     *records.Records
	filer       *filing.Filer
	binder      *binding.Binder
	languages   *people.Languages
	heartbeat   *uptime.Heartbeat
	swept       *sweepState
	opened      bool // by Open, and not only looked at
	decoy       *decoy
}

// sweepState is what this process knows it has done, so that it need not ask the
// register at every sweep.
type sweepState struct {
	rekeyed atomic.Bool // every case is searched by the present rule
}

const defaultBurst = 3

// Open opens the register, creating or updating its schema. It refuses, with
// an error that errors.Is finds: ErrAddress, ErrUnreachable, ErrInUse (a
// second process on one file), ErrOldEngine, ErrNewerSchema, ErrNoKey,
// ErrOtherKey, ErrOtherRegister and state.ErrUnwritable. A register that was refused is left as it was.
func Open(ctx context.Context, o Options) (*DB, error) {
	if o.Keys == nil {
		return nil, ErrNoKey
	}
	e, err := engine.Open(ctx, o.URL, engine.LockFile)
	if err != nil {
		return nil, err
	}
	db := newDB(e, o)
	if err := db.start(ctx, o); err != nil {
		return nil, errors.Join(engine.Explain(ctx, err), e.Close())
	}
	return db, nil
}

func newDB(e *engine.Database, o Options) *DB {
	highest := &uptime.Highest{}
	c := &core.Core{
		Database: e, Keys: o.Keys, State: state.New(o.State, o.Keys), Policy: o.Policy,
		Now: clock(o.Now), Wall: highest.Watch(clock(o.Wall)),
		Log: cmp.Or(o.Log, slog.New(slog.DiscardHandler)), Check: o.Check,
	}
	db := &DB{core: c, cases: cases.New(c), journal: journal.New(c), swept: &sweepState{}, decoy: &decoy{keys: o.Keys}, languages: people.New(c)}
	db.heartbeat = uptime.New(c, highest, policyFollower{c}.recompute, func(ctx context.Context) error {
		if err := db.Try(ctx, false); err != nil {
			return err
		}
		return db.journal.Share(ctx)
	})
	db.outbox = queue.NewWriter(c)
	db.digests = queue.NewDigests(db.outbox)
	db.documents = queue.NewDocuments(db.outbox, db.cases, db.journal)
	db.erasures = cleanup.NewErasures(c, db.journal, db.outbox, db)
	db.undeletable = cleanup.NewUndeletables(c, db.outbox)
	db.records = records.New(c, db.cases, db.journal, db.outbox)
	db.binder = binding.New(c, db.journal)
	db.filer = filing.New(c, db.cases, db.journal, db.outbox, db.records)
	db.reader = search.New(c, db.journal, db.cases, &db.swept.rekeyed)
	db.reviews = reviews.New(reviews.NewFigures(c, db.journal), db.outbox, o.DirectorsChannel)
	db.queue = queue.New(db.outbox, db.documents, db.journal, db.undeletable,
		queue.Options{Pace: o.Pace, Burst: cmp.Or(o.Burst, defaultBurst), Channel: o.CaseChannel})
	return db
}

func clock(f func() time.Time) func() time.Time {
	if f == nil {
		return time.Now
	}
	return f
}

// start checks before it changes anything: schema and key first, then the
// migrations.
func (db *DB) start(ctx context.Context, o Options) error {
	m, err := newMigrator(db.core.Database)
	if err != nil {
		return err
	}
	exists, err := m.check(ctx)
	if err != nil {
		return err
	}
	if exists {
		if err := checkKey(ctx, db.core); err != nil {
			return err
		}
	}
	known, err := recognize(ctx, db.core, o)
	if err != nil {
		return err
	}
	if err := tryFirst(ctx, db.core.Database, exists); err != nil {
		return err
	}
	if err := m.migrate(ctx); err != nil {
		return err
	}
	if err := db.core.Prepare(ctx, hotStatements()); err != nil {
		return err
	}
	if err := db.settleKey(ctx); err != nil {
		return err
	}
	if err := recoverNumbers(ctx, db.journal, known); err != nil {
		return err
	}
	if err := (policyFollower{db.core}).run(ctx); err != nil {
		return err
	}
	if err := db.queue.Views().Move(ctx); err != nil {
		return err
	}
	db.opened = true
	if err := db.languages.Refresh(ctx); err != nil {
		return err
	}
	return db.erasures.Settle(ctx)
}

// Close closes the register; a file is then free for others.
func (db *DB) Close() error {
	var err error
	if db.opened && !db.core.Shared() {
		err = db.core.State.Stop()
	}
	return errors.Join(err, db.core.Close())
}

// Ping reports whether the database answers, for a readiness check.
func (db *DB) Ping(ctx context.Context) error {
	return db.core.Ping(ctx)
}

// Empty reports whether the register that DATABASE_URL names holds nothing
// yet, so that a first key file may be made for it. It changes nothing, and
// makes no file.
func Empty(ctx context.Context, address string) (bool, error) {
	if engine.EmptyFile(address) {
		return true, nil
	}
	e, err := engine.Open(ctx, address, engine.LockFile)
	if err != nil {
		return false, err
	}
	stored, err := storedFingerprint(ctx, e.Write)
	return stored == "" && err == nil, errors.Join(engine.Explain(ctx, err), e.Close())
}

// Presence returns who is away today or later.
func (db *DB) Presence(ctx context.Context) (roster.Presence, error) {
	p, err := db.core.Presence(ctx, db.core.Read, db.core.Instant())
	return p, engine.Explain(ctx, err)
}

// hotStatements are those that every change, sweep or look needs.
func hotStatements() []string {
	return append([]string{
		lockDue,
		deedOfVersion,
		dueComplaints,
		voidCase,
	}, slices.Concat(core.Statements(), people.Statements(), journal.Statements(), cases.Statements(), search.Statements(), records.Statements(), queue.Statements())...)
}
