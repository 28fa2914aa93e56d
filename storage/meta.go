package storage

import (
	"cmp"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/journal"
	"github.com/artra/klachtbot/storage/state"
	"github.com/artra/klachtbot/storage/vault"
)

// The names in the table meta.
const (
	metaRing      = "ring"      // the ring's fingerprint
	metaRegister  = "register"  // the register's own name, random
	metaPolicy    = "policy"    // the policy's fingerprint
	metaRetention = "retention" // that of how long cases are kept

	metaContactRule = core.MetaContactRule // see rekeyMark
)

const claimMeta = `INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING`

// checkKey compares the ring with the one that the register was sealed with.
func checkKey(ctx context.Context, c *core.Core) error {
	stored, err := storedFingerprint(ctx, c.Write)
	if err != nil {
		return err
	}
	if stored != "" && stored != c.Keys.Fingerprint() {
		return vault.ErrOtherKey
	}
	return nil
}

// storedFingerprint is the fingerprint that the register keeps, "" when it
// keeps none or has no schema yet.
func storedFingerprint(ctx context.Context, q engine.Runner) (string, error) {
	return storedMeta(ctx, q, metaRing)
}

// storedMeta is a value of meta; "" when there is none, or no schema yet.
func storedMeta(ctx context.Context, q engine.Runner, name string) (string, error) {
	var value []byte
	err := q.Get(ctx, &value, core.ReadMeta, name)
	if errors.Is(err, sql.ErrNoRows) || engine.NoSchema(err) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("read %s: %w", name, err)
	}
	return string(value), nil
}

// settleKey binds an empty register to the ring, with a search key of its
// own, and opens that key. Of replicas that start together one does the
// binding; what it wrote is read back by all.
func (db *DB) settleKey(ctx context.Context) error {
	_, wrapped, err := db.core.Keys.NewSearchKey()
	if err != nil {
		return err
	}
	err = db.core.Change(ctx, func(tx engine.Tx) error {
		n, err := tx.Exec(ctx, claimMeta, metaRing, []byte(db.core.Keys.Fingerprint()))
		if err != nil || n == 0 {
			return err
		}
		if _, err := tx.Exec(ctx, claimMeta, core.MetaSearch, wrapped); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, claimMeta, metaContactRule, []byte(cases.Rule())); err != nil {
			return err
		}
		return db.journal.Begin(ctx, tx)
	})
	if err != nil {
		return fmt.Errorf("bind register to key file: %w", err)
	}
	if err := checkKey(ctx, db.core); err != nil {
		return err
	}
	db.core.Search, err = db.core.SearchKey(ctx, db.core.Read)
	return err
}

// ErrOtherRegister: the key served another register than the one that is here.
var ErrOtherRegister = errors.New("the key has served another register than this one")

func otherRegister(address, stateFile string) error {
	return fmt.Errorf("%w: the database is %s, the state file is %s", ErrOtherRegister, engine.Shown(address), stateFile)
}

// recognize refuses an empty register in the place of the one that the key
// served, and one that is another, unless that is meant: a path that is wrong by
// a letter would else begin anew. It returns what the state file says.
func recognize(ctx context.Context, c *core.Core, o Options) (state.Contents, error) {
	known, err := c.State.Read()
	if err != nil {
		return known, err
	}
	sealed, err := storedFingerprint(ctx, c.Write)
	if err != nil {
		return known, err
	}
	name, err := storedMeta(ctx, c.Write, metaRegister)
	if err != nil {
		return known, err
	}
	other := sealed == "" && known.Served || name != "" && known.Register != "" && name != known.Register
	if other && !o.NewRegister {
		return known, otherRegister(o.URL, c.State.Path())
	}
	if other || name != known.Register && name != "" {
		known.Register, known.Numbers = "", nil
	}
	return known, nil
}

// recoverNumbers gives the register its name, unless it has one, has the state file
// speak of it, and goes on after the numbers that were given out since.
func recoverNumbers(ctx context.Context, j *journal.Journal, known state.Contents) error {
	fresh := cmp.Or(known.Register, rand.Text())
	if _, err := j.Write.Exec(ctx, claimMeta, metaRegister, []byte(fresh)); err != nil {
		return fmt.Errorf("name register: %w", err)
	}
	name, err := storedMeta(ctx, j.Write, metaRegister)
	if err != nil {
		return err
	}
	if err := j.State.Begin(name); err != nil {
		return err
	}
	lost, err := j.Recover(ctx, known)
	if len(lost) > 0 {
		j.Log.WarnContext(ctx, "numbers lost at a restore: their cases are not in this register",
			"count", len(lost), "first", lost[0], "last", lost[len(lost)-1])
	}
	return err
}
