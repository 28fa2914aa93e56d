package storage

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/durable"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
)

// Rotation is what Rotate did.
type Rotation struct {
	Resumed   bool              // an earlier run was finished, and no key added
	Rewrapped int               // data keys that the newest master key wraps now
	Unopened  []workflow.CaseID // whose data key opens with no master key; they are as before
}

// Rotator gives a register a new master key.
type Rotator struct {
	*core.Core
	journal *journal.Journal
}

// NewRotator returns that of a register.
func NewRotator(c *core.Core, j *journal.Journal) *Rotator { return &Rotator{c, j} }

// ErrRotating means that another run is at work on the same key file.
var ErrRotating = errors.New("another rotation is at work on this key file")

// Rotate adds a master key to the ring's key file and wraps every data key
// anew with it; what a data key sealed stays as it is. It may run beside
// working bots, which find the new key in their file when they meet it, and
// is for a register that Inspect opened.
//
// It goes by steps that each may be the last before a power cut: the key is
// safely in the file before anything is wrapped with it, and a line in the
// register's own chain, with the key's id as its number, says that all are. A
// run that finds a newest key without that line finishes the earlier one
// and adds no key. The search key is wrapped first: a copy of the key file
// that lacks the newest key can't open it, so that Rotate refuses such a copy
// with ErrUnknownKey. Old keys stay in the file, since backups need them.
func (x *Rotator) Rotate(ctx context.Context) (Rotation, error) {
	r, err := x.rotate(ctx)
	return r, engine.Explain(ctx, err)
}

func (x *Rotator) rotate(ctx context.Context) (r Rotation, err error) {
	release, err := lockKeyFile(ctx, x.Keys.Path())
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, release()) }()
	if err := x.Keys.Follow(); err != nil {
		return r, err
	}
	if _, err := x.SearchKey(ctx, x.Read); err != nil {
		return r, err
	}
	if r.Resumed, err = x.unfinished(ctx); err != nil {
		return r, err
	}
	if !r.Resumed {
		if err := x.Keys.Add(); err != nil {
			return r, err
		}
	}
	if err := x.rewrapSearch(ctx); err != nil {
		return r, err
	}
	if err := x.rewrapCases(ctx, &r); err != nil {
		return r, fmt.Errorf("wrap data keys: %w", err)
	}
	return r, x.noteRotation(ctx)
}

// lockKeyFile keeps a second rotation away: of two that each add a key to the
// file as they read it, one key would be lost, and all that it wrapped.
func lockKeyFile(ctx context.Context, path string) (release func() error, err error) {
	path, err = filepath.EvalSymlinks(path)
	if err != nil {
		return nil, fmt.Errorf("key file: %w", err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("key file: %w", err)
	}
	release, err = engine.LockFile(ctx, path)
	if errors.Is(err, engine.ErrInUse) {
		return nil, ErrRotating
	}
	if err != nil {
		return nil, err
	}
	if err := durable.SameOwner(path+".lock", info); err != nil {
		return nil, errors.Join(fmt.Errorf("lock of key file: %w", err), release())
	}
	return release, nil
}

const rotationNoted = `SELECT count(*) FROM register_chain WHERE action = $1 AND number = $2`

// unfinished reports whether the newest key came with a rotation that did not
// come to its end. The root came with the register.
func (x *Rotator) unfinished(ctx context.Context) (bool, error) {
	if !x.Keys.Rotated() {
		return false, nil
	}
	noted := 0
	if err := x.Read.Get(ctx, &noted, rotationNoted, journal.Rotated, x.newestKey()); err != nil {
		return false, fmt.Errorf("earlier rotations: %w", err)
	}
	return noted == 0, nil
}

// newestKey is the id of the master key that wraps, as the chain keeps it.
func (x *Rotator) newestKey() string { return hex.EncodeToString(x.Keys.NewestID()) }

func (x *Rotator) noteRotation(ctx context.Context) error {
	l := journal.Entry{Action: journal.Rotated, At: x.Instant(), Number: x.newestKey()}
	return x.Change(ctx, func(tx engine.Tx) error { return x.journal.Add(ctx, tx, l, nil) })
}

// A data key is changed only while it is as it was read: a case that was
// erased meanwhile stays erased.
const (
	rewrapMeta = `UPDATE meta SET value = $1 WHERE name = $2 AND value = $3`
	rewrapCase = `UPDATE case_keys SET wrapped = $1 WHERE complaint = $2 AND wrapped = $3`
	keysToWrap = `SELECT complaint, wrapped FROM case_keys
		WHERE complaint > $1 AND substr(wrapped, 1, 8) <> $2 ORDER BY complaint LIMIT $3`
)

func (x *Rotator) rewrapSearch(ctx context.Context) error {
	var wrapped []byte
	if err := x.Read.Get(ctx, &wrapped, core.ReadMeta, core.MetaSearch); err != nil {
		return fmt.Errorf("search key: %w", err)
	}
	if x.wrappedByNewest(wrapped) {
		return nil
	}
	fresh, err := x.Keys.RewrapSearchKey(wrapped)
	if err != nil {
		return fmt.Errorf("search key: %w", err)
	}
	n, err := x.Write.Exec(ctx, rewrapMeta, fresh, core.MetaSearch, wrapped)
	if err != nil {
		return fmt.Errorf("search key: %w", err)
	}
	if n == 0 { // somebody rotated another copy of the file
		return ErrRotating
	}
	return nil
}

func (x *Rotator) wrappedByNewest(wrapped []byte) bool {
	return bytes.HasPrefix(wrapped, x.Keys.NewestID())
}

// rewrapBatch is how many data keys are wrapped in one transaction: few
// enough that a bot beside it waits for milliseconds.
const rewrapBatch = 100

// wrappedKey is a row of case_keys.
type wrappedKey struct {
	Complaint workflow.CaseID `db:"complaint"`
	Wrapped   []byte          `db:"wrapped"`
}

// rewrapCases goes through the data keys until it finds none left: a bot that
// was at work on a new case may have wrapped one the old way meanwhile.
func (x *Rotator) rewrapCases(ctx context.Context, r *Rotation) error {
	id := x.Keys.NewestID()
	for before := -1; before < r.Rewrapped; {
		before, r.Unopened = r.Rewrapped, nil
		var batch []wrappedKey
		for after := workflow.CaseID(""); ; after = batch[len(batch)-1].Complaint {
			batch = nil
			if err := x.Read.All(ctx, &batch, keysToWrap, after, id, rewrapBatch); err != nil {
				return err
			}
			if len(batch) == 0 {
				break
			}
			if err := x.rewrapKeys(ctx, batch, r); err != nil {
				return err
			}
		}
	}
	return nil
}

// rewrapKeys wraps a batch, as one change. One that does not open must not
// keep the others from a new key.
func (x *Rotator) rewrapKeys(ctx context.Context, batch []wrappedKey, r *Rotation) error {
	fresh := map[workflow.CaseID][]byte{}
	for _, k := range batch {
		wrapped, err := x.Keys.RewrapDataKey(k.Complaint, k.Wrapped)
		switch {
		case errors.Is(err, vault.ErrSealed), errors.Is(err, vault.ErrUnknownKey):
			r.Unopened = append(r.Unopened, k.Complaint)
			continue
		case err != nil:
			return err
		}
		fresh[k.Complaint] = wrapped
	}
	done := 0
	err := x.Change(ctx, func(tx engine.Tx) error {
		done = 0
		for _, k := range batch {
			if fresh[k.Complaint] == nil {
				continue
			}
			n, err := tx.Exec(ctx, rewrapCase, fresh[k.Complaint], k.Complaint, k.Wrapped)
			if err != nil {
				return err
			}
			done += int(n)
		}
		return nil
	})
	if err == nil {
		r.Rewrapped += done
	}
	return err
}
