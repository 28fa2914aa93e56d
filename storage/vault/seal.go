// Package vault seals what the register must not hold in the clear. A Ring of
// master keys, from the key file, wraps a DataKey for each case and the one
// SearchKey; what those seal opens only where it belongs. Erasing the wrapped
// form of a data key erases everything that it sealed.
package vault

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"log/slog"
)

// How things are sealed. Every secret is 32 random bytes that are never used
// directly: HKDF-SHA256 makes of each one key for AES-256-GCM and one for
// HMAC-SHA256. What is sealed reads
//
//	version (1 byte, 1) | nonce (12 random bytes) | ciphertext and tag
//
// with a context as associated data, so that a sealed text opens only where
// it belongs. Wrapped keys have the id of their master key in front.

// ErrSealed means that something sealed did not open: it was damaged, or it
// was sealed under another key or for another place.
var ErrSealed = errors.New("sealed data does not open with this key")

const (
	secretSize  = 32
	sealVersion = 1
)

// secret is what HKDF made of 32 random bytes. It is always held by pointer,
// because fmt follows no pointers below the top.
type secret struct {
	aead   cipher.AEAD
	mac    []byte
	random io.Reader // of nonces
}

func newSecret(key []byte, random io.Reader) (*secret, error) {
	sealing, err := derive(key, "seal")
	if err != nil {
		return nil, err
	}
	mac, err := derive(key, "mac")
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(sealing)
	if err != nil {
		return nil, fmt.Errorf("cipher: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("cipher: %w", err)
	}
	return &secret{aead: aead, mac: mac, random: random}, nil
}

// derive makes the key for one use of a secret.
func derive(key []byte, use string) ([]byte, error) {
	out, err := hkdf.Key(sha256.New, key, nil, "klachtbot "+use, secretSize)
	if err != nil {
		return nil, fmt.Errorf("derive key: %w", err)
	}
	return out, nil
}

func (s *secret) seal(context string, plain []byte) ([]byte, error) {
	start := 1 + s.aead.NonceSize()
	out := make([]byte, start, start+len(plain)+s.aead.Overhead())
	out[0] = sealVersion
	if _, err := io.ReadFull(s.random, out[1:start]); err != nil {
		return nil, fmt.Errorf("nonce: %w", err)
	}
	return s.aead.Seal(out, out[1:start], plain, []byte(context)), nil
}

func (s *secret) open(context string, sealed []byte) ([]byte, error) {
	start := 1 + s.aead.NonceSize()
	if len(sealed) < start || sealed[0] != sealVersion {
		return nil, ErrSealed
	}
	plain, err := s.aead.Open(nil, sealed[1:start], sealed[start:], []byte(context))
	if err != nil {
		return nil, ErrSealed
	}
	return plain, nil
}

// sum is the HMAC of the parts, each preceded by its length, so that no two
// lists of parts look alike.
func (s *secret) sum(parts ...[]byte) []byte {
	h := hmac.New(sha256.New, s.mac)
	for _, part := range parts {
		_, _ = h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(part)))) // a hash takes everything
		_, _ = h.Write(part)
	}
	return h.Sum(nil)
}

// DataKey seals what belongs to one case. Erasing its wrapped form erases
// everything that it sealed. Only Ring makes one; the zero DataKey is of no
// use. It prints as a mask.
type DataKey struct {
	masked
	s *secret
}

// Seal encrypts plain for a purpose ("story", "letter of entry 3"), which
// Open must name again.
func (k DataKey) Seal(purpose string, plain []byte) ([]byte, error) {
	return k.s.seal(purpose, plain)
}

// Open returns what was sealed for that purpose, or ErrSealed.
func (k DataKey) Open(purpose string, sealed []byte) ([]byte, error) {
	return k.s.open(purpose, sealed)
}

// MAC is a pseudonym of data that nobody can recompute once the key is gone.
func (k DataKey) MAC(purpose string, data []byte) []byte {
	return k.s.sum([]byte(purpose), data)
}

// SearchKey makes the keyed hashes by which a sealed value is found again. It
// is random and outlives the rotation of master keys. It prints as a mask.
type SearchKey struct {
	masked
	s *secret
}

// Seal encrypts what is of no case, for a purpose that Open must name again.
func (k SearchKey) Seal(purpose string, plain []byte) ([]byte, error) {
	return k.s.seal(purpose, plain)
}

// Open returns what was sealed for that purpose, or ErrSealed.
func (k SearchKey) Open(purpose string, sealed []byte) ([]byte, error) {
	return k.s.open(purpose, sealed)
}

// Hash is the keyed hash of a value of that kind ("email", "phone"); bring the
// value to one spelling first.
func (k SearchKey) Hash(kind, value string) []byte {
	return k.s.sum([]byte(kind), []byte(value))
}

// masked, embedded, keeps a type out of fmt, slog and JSON.
type masked struct{}

const mask = "[key]"

func (masked) Format(f fmt.State, _ rune)   { _, _ = io.WriteString(f, mask) }
func (masked) LogValue() slog.Value         { return slog.StringValue(mask) }
func (masked) MarshalText() ([]byte, error) { return []byte(mask), nil }
