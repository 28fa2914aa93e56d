package agile

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

const passphrase = "AAA-CCC-DDD-EEE-FFF-HHH"

// decrypted is the reverse of cbc, zeros at the end included.
func decrypted(t *testing.T, key, vector, value []byte) []byte {
	t.Helper()
	block, err := aes.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	out := make([]byte, len(value))
	cipher.NewCBCDecrypter(block, vector).CryptBlocks(out, value)
	return out
}

// vector are the values of a file of another program.
type vector struct {
	Salt           []byte `json:"saltValue"`
	PassphraseSalt []byte `json:"passphraseSaltValue"`
	HMACKey        []byte `json:"encryptedHmacKey"`
	HMACValue      []byte `json:"encryptedHmacValue"`
	Verifier       []byte `json:"encryptedVerifierHashInput"`
	VerifierHash   []byte `json:"encryptedVerifierHashValue"`
	Key            []byte `json:"encryptedKeyValue"`
	Package        []byte `json:"encryptedPackage"`
}

// TestEncrypt_vector: of the same random values our file has the same bytes as
// that of another program.
func TestEncrypt_vector(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("testdata", "vector.json"))
	if err != nil {
		t.Fatal(err)
	}
	var v vector
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	const password = "Voorbeeld-é-🙂"
	document := []byte(strings.Repeat("Een werkmap die er geen is.\n", 200))
	m := stretch(password, v.PassphraseSalt)
	d := drawn{
		key: decrypted(t, m.key(forKey), v.PassphraseSalt, v.Key), salt: v.Salt, passphraseSalt: v.PassphraseSalt,
		checked: decrypted(t, m.key(forVerifier), v.PassphraseSalt, v.Verifier),
	}
	d.hmacKey = decrypted(t, d.key, d.vector(forHMACKey), v.HMACKey)
	file, err := encrypt(document, password, bytes.NewReader(bytes.Join([][]byte{d.key, d.salt, d.passphraseSalt, d.checked, d.hmacKey}, nil)))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][]byte{
		"encryptedHmacKey": v.HMACKey, "encryptedHmacValue": v.HMACValue, "encryptedVerifierHashInput": v.Verifier,
		"encryptedVerifierHashValue": v.VerifierHash, "encryptedKeyValue": v.Key,
	} {
		if got := attribute(t, file, name); !bytes.Equal(got, want) {
			t.Errorf("%s is %x, want %x", name, got, want)
		}
	}
	if !bytes.Equal(d.seal(document), v.Package) {
		t.Error("the package differs")
	}
}

// attribute is a value of the XML in a file.
func attribute(t *testing.T, file []byte, name string) []byte {
	t.Helper()
	found := regexp.MustCompile(` ` + name + `="([^"]*)"`).FindSubmatch(file)
	if found == nil {
		t.Fatalf("no %s", name)
	}
	value, err := base64.StdEncoding.DecodeString(string(found[1]))
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// TestEncrypt_opens: another implementation reads back what was encrypted, also
// where it fills segments and sectors to the last byte, lies in the mini stream,
// or needs more of the table than the header names.
func TestEncrypt_opens(t *testing.T) {
	for _, size := range []int{1, 15, 16, 4087, 4088, 4089, 4096, 8192, 65_537, 109 * 128 * 512} {
		document := make([]byte, size)
		for i := range document {
			document[i] = byte(i * 7 >> 3)
		}
		file, err := Encrypt(document, passphrase)
		if err != nil {
			t.Fatal(err)
		}
		if len(file)%sectorSize != 0 {
			t.Errorf("%d: %d bytes are no whole sectors", size, len(file))
		}
		read, err := excelize.Decrypt(file, &excelize.Options{Password: passphrase})
		if err != nil || len(read) < size || !bytes.Equal(read[:size], document) {
			t.Errorf("%d: %d bytes, %v", size, len(read), err)
		}
		if again, err := Encrypt(document, passphrase); err != nil || bytes.Equal(again, file) {
			t.Errorf("%d: twice the same file, %v", size, err)
		}
	}
}

// TestEncrypt_nothingShows of a document that repeats itself.
func TestEncrypt_nothingShows(t *testing.T) {
	file, err := Encrypt(bytes.Repeat([]byte("Jozefien de Zwart"), 10_000), passphrase)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(file, []byte("Jozefien")) {
		t.Error("the text stands in the file")
	}
	seen := map[string]bool{}
	for at := sectorSize; at+aes.BlockSize <= 150_000; at += aes.BlockSize {
		block := string(file[at : at+aes.BlockSize])
		if seen[block] {
			t.Fatalf("the block at %d was there before", at)
		}
		seen[block] = true
	}
}

// TestEncrypt_everyBitCounts: the HMAC that readers check covers the size and
// every segment.
func TestEncrypt_everyBitCounts(t *testing.T) {
	file, err := Encrypt(bytes.Repeat([]byte{1}, 10_000), passphrase)
	if err != nil {
		t.Fatal(err)
	}
	const stream = 8 + 8192 + 1808 // the first of the file, and longer than the mini stream takes
	if size := binary.LittleEndian.Uint64(file[sectorSize:]); size != 10_000 || !whole(t, file, stream) {
		t.Fatalf("a file of %d bytes is not whole", size)
	}
	for at := 0; at < stream; at += 97 {
		file[sectorSize+at] ^= 1 << (at % 8)
		if whole(t, file, stream) {
			t.Errorf("a bit of byte %d was turned, and nobody notices", at)
		}
		file[sectorSize+at] ^= 1 << (at % 8)
	}
}

// whole checks the HMAC as a reader does.
func whole(t *testing.T, file []byte, stream int) bool {
	t.Helper()
	salts := regexp.MustCompile(` saltValue="([^"]*)"`).FindAllSubmatch(file, -1)
	var d drawn
	d.salt, _ = base64.StdEncoding.DecodeString(string(salts[0][1]))
	d.passphraseSalt, _ = base64.StdEncoding.DecodeString(string(salts[1][1]))
	d.key = decrypted(t, cachedMaster(d.passphraseSalt).key(forKey), d.passphraseSalt, attribute(t, file, "encryptedKeyValue"))
	mac := hmac.New(sha512.New, decrypted(t, d.key, d.vector(forHMACKey), attribute(t, file, "encryptedHmacKey")))
	mac.Write(file[sectorSize : sectorSize+stream])
	return hmac.Equal(mac.Sum(nil), decrypted(t, d.key, d.vector(forHMACValue), attribute(t, file, "encryptedHmacValue")))
}

var masters = map[string]master{}

// cachedMaster stretches the passphrase once a salt.
func cachedMaster(salt []byte) master {
	m, ok := masters[string(salt)]
	if !ok {
		m = stretch(passphrase, salt)
		masters[string(salt)] = m
	}
	return m
}

// TestEncrypt_noPassphrase writes nothing, and neither does a source of random
// values that fails.
func TestEncrypt_noPassphrase(t *testing.T) {
	if file, err := Encrypt([]byte("x"), ""); !errors.Is(err, ErrNoPassphrase) || file != nil {
		t.Errorf("%d bytes, %v", len(file), err)
	}
	if file, err := encrypt([]byte("x"), passphrase, bytes.NewReader(make([]byte, 100))); err == nil || file != nil {
		t.Errorf("%d bytes, %v", len(file), err)
	}
}
