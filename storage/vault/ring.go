package vault

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"sync/atomic"

	"github.com/artra/klachtbot/workflow"
)

// ErrOtherKey means that these are not the master keys of this register.
var ErrOtherKey = errors.New("this key file is not the one that the register was sealed with; put the right one back (KLACHTBOT_KEY_FILE)")

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
// opens as before, so a rotation adds a key, wraps data keys anew and re-seals
// nothing. A ring that came from a file follows it: what a rotation added
// beside a running process is found there. A Ring is safe for use by several
// goroutines and prints as a mask.
type Ring struct {
	masked
	masters     *keySet
	fingerprint string
	journal     *secret
	delivery    *secret
	random      io.Reader
	unwrapped   atomic.Uint64
}

// NewRing makes a ring of 32-byte master keys, oldest first. Nonces and new
// keys come from random.
func NewRing(masters [][]byte, random io.Reader) (*Ring, error) {
	keys, err := newMasterKeys(masters, random)
	if err != nil {
		return nil, err
	}
	r := &Ring{random: random, masters: newKeySet(keys)}
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

func newMasterKeys(masters [][]byte, random io.Reader) ([]masterKey, error) {
	keys := make([]masterKey, len(masters))
	for i, master := range masters {
		var err error
		if keys[i], err = newMasterKey(master, random); err != nil {
			return nil, err
		}
	}
	return keys, nil
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
	r.unwrapped.Add(1)
	s, err := r.unwrap(caseContext(id), wrapped)
	return DataKey{s: s}, err
}

// Unwrapped is how often the data key of a case was unwrapped, which comes before
// anything of the case is read.
func (r *Ring) Unwrapped() uint64 { return r.unwrapped.Load() }

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

// DeliveryMAC is what a message carries to be recognised by. Who lacks the ring
// can neither read it nor make one; rotation does not change it.
func (r *Ring) DeliveryMAC(data ...[]byte) []byte { return r.delivery.sum(data...) }

const searchContext = "search key"

func caseContext(id workflow.CaseID) string { return "data key of case " + string(id) }

// newKey follows the file first, so that a process that has not met the newest
// key yet wraps nothing more with the one before. A file that can't be read
// just now changes nothing: the keys at hand serve.
func (r *Ring) newKey(context string) (*secret, []byte, error) {
	_ = r.masters.follow(r.random)
	key := make([]byte, secretSize)
	if _, err := io.ReadFull(r.random, key); err != nil {
		return nil, nil, fmt.Errorf("new key: %w", err)
	}
	wrapped, err := r.masters.newest().wrap(context, key)
	if err != nil {
		return nil, nil, err
	}
	s, err := newSecret(key, r.random)
	return s, wrapped, err
}

func (r *Ring) unwrap(context string, wrapped []byte) (*secret, error) {
	key, err := r.keyBytes(context, wrapped)
	if err != nil {
		return nil, fmt.Errorf("unwrap key: %w", err)
	}
	return newSecret(key, r.random)
}

// keyBytes returns the bytes of a wrapped key. Of a master key that it does
// not hold it looks whether the file does by now.
func (r *Ring) keyBytes(context string, wrapped []byte) ([]byte, error) {
	if len(wrapped) < keyIDSize {
		return nil, ErrSealed
	}
	id := keyID(wrapped[:keyIDSize])
	master, ok := r.masters.find(id)
	if !ok {
		if err := r.masters.follow(r.random); err != nil {
			return nil, fmt.Errorf("%w: %w", ErrUnknownKey, err)
		}
		if master, ok = r.masters.find(id); !ok {
			return nil, ErrUnknownKey
		}
	}
	return master.open(context, wrapped[keyIDSize:])
}

// Path is that of the file that the ring came from and follows; "" when it came
// from none.
func (r *Ring) Path() string { return r.masters.path }

// Follow takes over the master keys that were added to the file since it was
// read last. It fails with ErrOtherKey when the file no longer begins with the
// keys at hand.
func (r *Ring) Follow() error { return r.masters.follow(r.random) }

// Add adds a random master key to the ring's file and takes it over. It may
// not run twice at once on one file.
func (r *Ring) Add() error {
	if err := addKey(r.masters.path, r.random); err != nil {
		return err
	}
	return r.Follow()
}

// Rotated reports whether the ring holds a key beside the root.
func (r *Ring) Rotated() bool { return len(r.masters.all()) > 1 }

// NewestID is the id of the master key that wraps, with which everything that
// it wraps begins.
func (r *Ring) NewestID() []byte {
	id := r.masters.newest().id
	return id[:]
}

// RewrapDataKey wraps a case's data key anew under the newest master key. It
// fails as Unwrap does.
func (r *Ring) RewrapDataKey(id workflow.CaseID, wrapped []byte) ([]byte, error) {
	return r.rewrap(caseContext(id), wrapped)
}

// RewrapSearchKey wraps the search key anew under the newest master key.
func (r *Ring) RewrapSearchKey(wrapped []byte) ([]byte, error) {
	return r.rewrap(searchContext, wrapped)
}

func (r *Ring) rewrap(context string, wrapped []byte) ([]byte, error) {
	key, err := r.keyBytes(context, wrapped)
	if err != nil {
		return nil, fmt.Errorf("unwrap key: %w", err)
	}
	return r.masters.newest().wrap(context, key)
}

// wrap is the stored form of a key: the master key's id, then what it sealed.
func (m masterKey) wrap(context string, key []byte) ([]byte, error) {
	sealed, err := m.seal(context, key)
	if err != nil {
		return nil, fmt.Errorf("wrap key: %w", err)
	}
	return append(m.id[:], sealed...), nil
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
