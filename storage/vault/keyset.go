package vault

import (
	"io"
	"io/fs"
	"os"
	"sync"
	"sync/atomic"
)

// keySet is the master keys that a process holds, and the file that they came
// from, which it follows: a rotation beside it only ever adds keys there.
type keySet struct {
	keys atomic.Pointer[[]masterKey] // oldest first, never empty
	path string                      // "" when they came from nowhere

	mu   sync.Mutex  // held while the file is looked at
	seen fs.FileInfo // the file as it was read last; nil before
}

func newKeySet(keys []masterKey) *keySet {
	k := &keySet{}
	k.keys.Store(&keys)
	return k
}

func (k *keySet) all() []masterKey { return *k.keys.Load() }

// newest is the key that wraps.
func (k *keySet) newest() masterKey {
	keys := k.all()
	return keys[len(keys)-1]
}

func (k *keySet) find(id keyID) (masterKey, bool) {
	for _, key := range k.all() {
		if key.id == id {
			return key, true
		}
	}
	return masterKey{}, false
}

// follow reads the file again if it is another than was read last, or was
// touched since: once for each state of the file, however often it is asked.
// It takes over what begins with all the keys at hand; an older copy, or the
// file of another register, is ErrOtherKey and changes nothing.
func (k *keySet) follow(random io.Reader) error {
	if k.path == "" {
		return nil
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	now, err := os.Stat(k.path)
	if err != nil {
		return err
	}
	if k.seen != nil && untouched(k.seen, now) {
		return nil
	}
	masters, seen, err := readKeys(k.path)
	if err != nil {
		return err
	}
	keys, err := newMasterKeys(masters, random)
	if err != nil {
		return err
	}
	k.seen = seen
	if !extends(keys, k.all()) {
		return ErrOtherKey
	}
	k.keys.Store(&keys)
	return nil
}

// untouched reports whether a path leads to the same file, as it was. The
// mode counts: a file that could not be read then may be readable now.
func untouched(then, now fs.FileInfo) bool {
	return os.SameFile(then, now) && then.ModTime().Equal(now.ModTime()) &&
		then.Size() == now.Size() && then.Mode() == now.Mode()
}

// extends reports whether keys begins with all of held.
func extends(keys, held []masterKey) bool {
	if len(keys) < len(held) {
		return false
	}
	for i, key := range held {
		if keys[i].id != key.id {
			return false
		}
	}
	return true
}
