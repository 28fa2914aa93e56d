// Package storagetest is what the tests of storage and of the packages below it
// share.
package storagetest

import (
	"bytes"
	"crypto/rand"
	"errors"
	"path/filepath"
	"testing"

	"github.com/artra/klachtbot/storage/vault"
)

// Keys is a ring with a key file of its own.
func Keys(t testing.TB) *vault.Ring {
	t.Helper()
	keys, err := vault.CreateKeyFile(filepath.Join(t.TempDir(), "klachtbot.key"))
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

// MemoryRing is a ring of n master keys that came from no file, the first made
// of one byte.
func MemoryRing(t testing.TB, n int, first byte) *vault.Ring {
	t.Helper()
	var masters [][]byte
	for i := range n {
		masters = append(masters, bytes.Repeat([]byte{first + byte(i)}, 32))
	}
	ring, err := vault.NewRing(masters, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return ring
}

// MustBe ends a test whose error is not what it wants.
func MustBe(t testing.TB, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("got %v, want %v", err, want)
	}
}
