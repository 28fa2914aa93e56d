package storage

import (
	"io"
	"io/fs"
	"os"
	"sync"
	"sync/atomic"
)

// bunch is the master keys that a process holds, and the file that they came
// from, which it follows: a rotation beside it only ever adds keys there.
type bunch struct {
	keys atomic.Pointer[[]masterKey] // oldest first, never empty
	path string                      // "" when they came from nowhere

	mu   sync.Mutex  // held while the file is looked at
	seen fs.FileInfo // the file as it was read last; nil before
}

func newBunch(keys []masterKey) *bunch {
	b := &bunch{}
	b.keys.Store(&keys)
	return b
}

func (b *bunch) all() []masterKey { return *b.keys.Load() }

// newest is the key that wraps.
func (b *bunch) newest() masterKey {
	keys := b.all()
	return keys[len(keys)-1]
}

func (b *bunch) find(id keyID) (masterKey, bool) {
	for _, key := range b.all() {
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
func (b *bunch) follow(random io.Reader) error {
	if b.path == "" {
		return nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	now, err := os.Stat(b.path)
	if err != nil {
		return err
	}
	if b.seen != nil && untouched(b.seen, now) {
		return nil
	}
	masters, seen, err := readKeys(b.path)
	if err != nil {
		return err
	}
	keys, err := newMasterKeys(masters, random)
	if err != nil {
		return err
	}
	b.seen = seen
	if !extends(keys, b.all()) {
		return ErrOtherKey
	}
	b.keys.Store(&keys)
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
