package storage

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"github.com/artra/klachtbot/workflow"
)

// ErrUnknownKey means that a data key was wrapped by a master key that the
// key file does not hold: the file is not the one of this register, or an
// old copy of it.
var ErrUnknownKey = errors.New("the key file lacks the master key that is needed")

// keyIDSize is the length of a master key's id, in bytes.
const keyIDSize = 8

// keyID names a master key. It is derived from the key, so that a mistyped or
// swapped line of the key file shows at once.
type keyID [keyIDSize]byte

// masterKey wraps data keys.
type masterKey struct {
	id keyID
	*secret
}

// Ring holds the master keys: the oldest is the root, from which fingerprint,
// journal key and delivery key come, so that these never change; the newest
// wraps every new data key. What older ones wrapped carries their id and
// opens as before, so a rotation adds a key and re-seals nothing. A Ring is
// safe for use by several goroutines and prints as a mask.
type Ring struct {
	masked
	keys        []masterKey // oldest first, never empty
	fingerprint string
	journal     *secret
	delivery    *secret
	random      io.Reader
}

// newRing makes a ring of 32-byte master keys, oldest first. Nonces and new
// keys come from random.
func newRing(masters [][]byte, random io.Reader) (*Ring, error) {
	r := &Ring{random: random}
	for _, master := range masters {
		key, err := newMasterKey(master, random)
		if err != nil {
			return nil, err
		}
		r.keys = append(r.keys, key)
	}
	root := masters[0]
	fingerprint, err := derive(root, "fingerprint")
	if err != nil {
		return nil, err
	}
	r.fingerprint = hex.EncodeToString(fingerprint[:16])
	if r.journal, err = subkey(root, "journal", random); err != nil {
		return nil, err
	}
	r.delivery, err = subkey(root, "delivery", random)
	return r, err
}

func newMasterKey(master []byte, random io.Reader) (masterKey, error) {
	id, err := idOf(master)
	if err != nil {
		return masterKey{}, err
	}
	s, err := subkey(master, "wrap", random)
	return masterKey{id, s}, err
}

func idOf(master []byte) (id keyID, err error) {
	b, err := derive(master, "id")
	copy(id[:], b)
	return id, err
}

func subkey(master []byte, use string, random io.Reader) (*secret, error) {
	key, err := derive(master, use)
	if err != nil {
		return nil, err
	}
	return newSecret(key, random)
}

// Fingerprint tells one ring from another without giving anything away: 32
// hexadecimal digits of the root key. The register keeps it, so that it opens
// with no other ring. Rotation does not change it.
func (r *Ring) Fingerprint() string { return r.fingerprint }

// NewDataKey makes the data key of a case, and its wrapped form to store.
func (r *Ring) NewDataKey(id workflow.CaseID) (DataKey, []byte, error) {
	s, wrapped, err := r.newKey(caseContext(id))
	return DataKey{s: s}, wrapped, err
}

// Unwrap returns the data key of that case from its wrapped form. It fails
// with ErrUnknownKey, or with ErrSealed when it is another case's or damaged.
func (r *Ring) Unwrap(id workflow.CaseID, wrapped []byte) (DataKey, error) {
	s, err := r.unwrap(caseContext(id), wrapped)
	return DataKey{s: s}, err
}

// NewSearchKey makes the register's search key, and its wrapped form to store.
func (r *Ring) NewSearchKey() (SearchKey, []byte, error) {
	s, wrapped, err := r.newKey(searchContext)
	return SearchKey{s: s}, wrapped, err
}

// UnwrapSearchKey returns the search key; it fails as Unwrap does.
func (r *Ring) UnwrapSearchKey(wrapped []byte) (SearchKey, error) {
	s, err := r.unwrap(searchContext, wrapped)
	return SearchKey{s: s}, err
}

// JournalMAC is the link of a journal's chain over the given parts. Its key
// comes from the root, so that chains outlive erasure and rotation.
func (r *Ring) JournalMAC(data ...[]byte) []byte { return r.journal.sum(data...) }

const searchContext = "search key"

func caseContext(id workflow.CaseID) string { return "data key of case " + string(id) }

func (r *Ring) newKey(context string) (*secret, []byte, error) {
	key := make([]byte, secretSize)
	if _, err := io.ReadFull(r.random, key); err != nil {
		return nil, nil, fmt.Errorf("new key: %w", err)
	}
	current := r.keys[len(r.keys)-1]
	sealed, err := current.seal(context, key)
	if err != nil {
		return nil, nil, fmt.Errorf("wrap key: %w", err)
	}
	s, err := newSecret(key, r.random)
	return s, append(current.id[:], sealed...), err
}

func (r *Ring) unwrap(context string, wrapped []byte) (*secret, error) {
	if len(wrapped) < keyIDSize {
		return nil, fmt.Errorf("unwrap key: %w", ErrSealed)
	}
	for _, master := range r.keys {
		if master.id == keyID(wrapped[:keyIDSize]) {
			key, err := master.open(context, wrapped[keyIDSize:])
			if err != nil {
				return nil, fmt.Errorf("unwrap key: %w", err)
			}
			return newSecret(key, r.random)
		}
	}
	return nil, fmt.Errorf("unwrap key: %w", ErrUnknownKey)
}

// generate returns a new master key.
func generate(random io.Reader) ([]byte, error) {
	key := make([]byte, secretSize)
	if _, err := io.ReadFull(random, key); err != nil {
		return nil, fmt.Errorf("new master key: %w", err)
	}
	return key, nil
}

// random is where keys and nonces come from outside of tests.
func random() io.Reader { return rand.Reader }
