package agile

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha512"
	"encoding/binary"
	"errors"
	"io"
	"unicode/utf16"
)

// What Office writes.
const (
	keySize  = 32 // AES-256
	saltSize = 16
	spins    = 100_000
	segment  = 4096
)

// The keys of a block say what a derived key or vector is for (2.3.4.11 to
// 2.3.4.14).
var (
	forVerifier     = []byte{0xfe, 0xa7, 0xd2, 0x76, 0x3b, 0x4b, 0x9e, 0x79}
	forVerifierHash = []byte{0xd7, 0xaa, 0x0f, 0x6d, 0x30, 0x61, 0x34, 0x4e}
	forKey          = []byte{0x14, 0x6e, 0x0b, 0xe7, 0xab, 0xac, 0xd0, 0xd6}
	forHMACKey      = []byte{0x5f, 0xb2, 0xad, 0x01, 0x0c, 0xb9, 0xe1, 0xf6}
	forHMACValue    = []byte{0xa0, 0x67, 0x7f, 0x02, 0xb2, 0x2c, 0x84, 0x33}
)

// ErrNoPassphrase: a file without a passphrase would open for anybody.
var ErrNoPassphrase = errors.New("no passphrase to encrypt with")

// Encrypt returns the document encrypted under the passphrase. The same document
// gives another file each time.
func Encrypt(document []byte, passphrase string) ([]byte, error) {
	if passphrase == "" {
		return nil, ErrNoPassphrase
	}
	return encrypt(document, passphrase, rand.Reader)
}

// drawn are the random values of a file.
type drawn struct {
	key, salt               []byte // of the document
	passphraseSalt, checked []byte // of the passphrase, and what shows that it is right
	hmacKey                 []byte
}

func draw(random io.Reader) (d drawn, err error) {
	for _, v := range []struct {
		into *[]byte
		size int
	}{
		{&d.key, keySize}, {&d.salt, saltSize}, {&d.passphraseSalt, saltSize}, {&d.checked, saltSize}, {&d.hmacKey, sha512.Size},
	} {
		*v.into = make([]byte, v.size)
		if _, err := io.ReadFull(random, *v.into); err != nil {
			return drawn{}, err
		}
	}
	return d, nil
}

func encrypt(document []byte, passphrase string, random io.Reader) ([]byte, error) {
	d, err := draw(random)
	if err != nil {
		return nil, err
	}
	stream := d.seal(document)
	mac := hmac.New(sha512.New, d.hmacKey)
	mac.Write(stream)
	checkedHash := sha512.Sum512(d.checked)
	master := stretch(passphrase, d.passphraseSalt)
	i := info{
		Salt: d.salt, PassphraseSalt: d.passphraseSalt,
		HMACKey:      d.encrypted(d.hmacKey, forHMACKey),
		HMACValue:    d.encrypted(mac.Sum(nil), forHMACValue),
		Verifier:     cbc(master.key(forVerifier), d.passphraseSalt, d.checked),
		VerifierHash: cbc(master.key(forVerifierHash), d.passphraseSalt, checkedHash[:]),
		Key:          cbc(master.key(forKey), d.passphraseSalt, d.key),
	}
	return compound(i.stream(), stream), nil
}

// seal is the stream EncryptedPackage: the document's size, and its segments,
// each with a vector of its own.
func (d drawn) seal(document []byte) []byte {
	stream := binary.LittleEndian.AppendUint64(make([]byte, 0, len(document)+2*segment), uint64(len(document)))
	for n := uint32(0); len(document) > 0; n++ {
		part := document[:min(len(document), segment)]
		document = document[len(part):]
		stream = append(stream, cbc(d.key, d.vector(binary.LittleEndian.AppendUint32(nil, n)), part)...)
	}
	return stream
}

func (d drawn) encrypted(value, of []byte) []byte { return cbc(d.key, d.vector(of), value) }

// vector is the one that goes with a block's key, or with the number of a segment.
func (d drawn) vector(of []byte) []byte {
	sum := sha512.Sum512(append(bytes.Clone(d.salt), of...))
	return sum[:aes.BlockSize]
}

// master is what the passphrase comes down to; the keys of blocks are made of it.
type master [sha512.Size]byte

func stretch(passphrase string, salt []byte) master {
	units := utf16.Encode([]rune(passphrase))
	first := bytes.Clone(salt)
	for _, u := range units {
		first = binary.LittleEndian.AppendUint16(first, u)
	}
	sum := sha512.Sum512(first)
	var round [4 + sha512.Size]byte
	for n := range uint32(spins) {
		binary.LittleEndian.PutUint32(round[:4], n)
		copy(round[4:], sum[:])
		sum = sha512.Sum512(round[:])
	}
	return sum
}

func (m master) key(of []byte) []byte {
	sum := sha512.Sum512(append(m[:], of...))
	return sum[:keySize]
}

// cbc encrypts a value, filled up with zeros to whole blocks.
func cbc(key, vector, value []byte) []byte {
	out := make([]byte, (len(value)+aes.BlockSize-1)/aes.BlockSize*aes.BlockSize)
	copy(out, value)
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err) // every key here has the size of one
	}
	cipher.NewCBCEncrypter(block, vector).CryptBlocks(out, out)
	return out
}
