package vault

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/artra/klachtbot/workflow"
)

// The vectors below were computed apart from this code, with Python's
// cryptography 48: HKDF-SHA256 without salt and info "klachtbot "+use,
// AES-256-GCM, HMAC-SHA256 over length-prefixed parts. "Random" bytes are
// 0, 1, 2, …: the master key takes 32, the data key 32, each nonce 12.
const (
	vectorFingerprint = "b16d2f5feaa02370ebc52015646020d9"
	vectorWrapped     = "b1d3a3805f9cc9f501404142434445464748494a4b3104555e7cbccfcb0e03c3cdfb5543b45273d07e1828cdf99e87a51a7db8f4e1437232316142a77d8ebe0b0a19c5afd9"
	vectorSealed      = "014c4d4e4f5051525354555657c9c61666b7b879e201f4736bed0980fab6a846c8b17a968e05ff950809dea62ea3998e"
	vectorMAC         = "f5f84f9816478b8cfa8c395d8bcf7d0dc60f8a363207e3871ad5d394f10ba0d1"
	vectorJournal     = "10409fa39ec07f33cad9e9a860851ccd6d8a5b6e2a496ebe055427848ba2bf27"
	vectorSearch      = "a162a816147f1c880a39c18bdbdb151bf458dda180a28d24a7c37e8cdf418578"
)

// counting yields the bytes 0, 1, 2, … and an error when they are used up.
func counting() io.Reader {
	b := make([]byte, 256)
	for i := range b {
		b[i] = byte(i)
	}
	return bytes.NewReader(b)
}

// vectorRing is the ring of the vectors, with the rest of the bytes to come.
func vectorRing(t *testing.T) *Ring {
	t.Helper()
	random := counting()
	master, err := generate(random)
	if err != nil {
		t.Fatal(err)
	}
	r, err := NewRing([][]byte{master}, random)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// testRing is a ring of n master keys, oldest first, the i-th made of bytes i.
func testRing(t testing.TB, n int) *Ring {
	t.Helper()
	var masters [][]byte
	for i := range n {
		masters = append(masters, bytes.Repeat([]byte{byte(i)}, secretSize))
	}
	r, err := NewRing(masters, random())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestSeal_vectors(t *testing.T) {
	ring := vectorRing(t)
	key, wrapped, err := ring.NewDataKey("c-1")
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := key.Seal("story", []byte("De koffie was koud."))
	if err != nil {
		t.Fatal(err)
	}
	search, err := newSecret(counted(secretSize, 2*secretSize), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range []struct{ name, got, want string }{
		{"fingerprint", ring.Fingerprint(), vectorFingerprint},
		{"wrapped", hex.EncodeToString(wrapped), vectorWrapped},
		{"sealed", hex.EncodeToString(sealed), vectorSealed},
		{"mac", hex.EncodeToString(key.MAC("actor", []byte("U0OFFICER1"))), vectorMAC},
		{"journal", hex.EncodeToString(ring.JournalMAC([]byte("head"), []byte("line"))), vectorJournal},
		{"search", hex.EncodeToString(SearchKey{s: search}.Hash("email", "anna@example.com")), vectorSearch},
	} {
		if v.got != v.want {
			t.Errorf("%s\n got %s\nwant %s", v.name, v.got, v.want)
		}
	}
}

// counted returns the bytes from, from+1, … below to.
func counted(from, to int) []byte {
	var b []byte
	for i := from; i < to; i++ {
		b = append(b, byte(i))
	}
	return b
}

// What an earlier version wrote must open for ever.
func TestOpen_vectors(t *testing.T) {
	ring := vectorRing(t)
	wrapped, _ := hex.DecodeString(vectorWrapped)
	sealed, _ := hex.DecodeString(vectorSealed)
	key, err := ring.Unwrap("c-1", wrapped)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := key.Open("story", sealed)
	if err != nil || string(plain) != "De koffie was koud." {
		t.Fatalf("Open = %q, %v", plain, err)
	}
}

func TestOpen_nowhereElse(t *testing.T) {
	ring := testRing(t, 1)
	key, wrapped, err := ring.NewDataKey("c-1")
	if err != nil {
		t.Fatal(err)
	}
	other, _, err := ring.NewDataKey("c-2")
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := key.Seal("story", []byte("tekst"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := key.Open("wish", sealed); !errors.Is(err, ErrSealed) {
		t.Errorf("other purpose: %v", err)
	}
	if _, err := other.Open("story", sealed); !errors.Is(err, ErrSealed) {
		t.Errorf("other case's key: %v", err)
	}
	if _, err := ring.Unwrap("c-2", wrapped); !errors.Is(err, ErrSealed) {
		t.Errorf("data key of another case: %v", err)
	}
	if _, err := ring.UnwrapSearchKey(wrapped); !errors.Is(err, ErrSealed) {
		t.Errorf("data key as search key: %v", err)
	}
}

// Every bit counts, also those of version, key id and nonce.
func TestOpen_damaged(t *testing.T) {
	ring := testRing(t, 1)
	key, wrapped, err := ring.NewDataKey("c-1")
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := key.Seal("story", []byte("tekst"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range sealed {
		damaged := bytes.Clone(sealed)
		damaged[i] ^= 1
		if _, err := key.Open("story", damaged); !errors.Is(err, ErrSealed) {
			t.Errorf("byte %d of a text: %v", i, err)
		}
		if _, err := key.Open("story", sealed[:i]); !errors.Is(err, ErrSealed) {
			t.Errorf("first %d bytes of a text: %v", i, err)
		}
	}
	for i := range wrapped {
		damaged := bytes.Clone(wrapped)
		damaged[i] ^= 1
		if _, err := ring.Unwrap("c-1", damaged); !errors.Is(err, ErrSealed) && !errors.Is(err, ErrUnknownKey) {
			t.Errorf("byte %d of a key: %v", i, err)
		}
		if _, err := ring.Unwrap("c-1", wrapped[:i]); !errors.Is(err, ErrSealed) {
			t.Errorf("first %d bytes of a key: %v", i, err)
		}
	}
}

func TestRing_rotation(t *testing.T) {
	before, after := testRing(t, 1), testRing(t, 2)
	old, wrappedOld, err := before.NewDataKey("c-1")
	if err != nil {
		t.Fatal(err)
	}
	_, wrappedNew, err := after.NewDataKey("c-2")
	if err != nil {
		t.Fatal(err)
	}
	same, err := after.Unwrap("c-1", wrappedOld)
	if err != nil {
		t.Fatalf("what the old key wrapped: %v", err)
	}
	if a, b := old.MAC("x", nil), same.MAC("x", nil); !bytes.Equal(a, b) {
		t.Error("another data key came out")
	}
	if _, err := before.Unwrap("c-2", wrappedNew); !errors.Is(err, ErrUnknownKey) {
		t.Errorf("an old copy of the key file: %v", err)
	}
	if before.Fingerprint() != after.Fingerprint() {
		t.Error("rotation changed the fingerprint")
	}
	if a, b := before.JournalMAC([]byte("x")), after.JournalMAC([]byte("x")); !bytes.Equal(a, b) {
		t.Error("rotation changed the journal key")
	}
}

func TestSearchKey_hashes(t *testing.T) {
	ring := testRing(t, 2)
	key, wrapped, err := ring.NewSearchKey()
	if err != nil {
		t.Fatal(err)
	}
	same, err := ring.UnwrapSearchKey(wrapped)
	if err != nil {
		t.Fatal(err)
	}
	hash := key.Hash("email", "anna@example.com")
	if !bytes.Equal(hash, same.Hash("email", "anna@example.com")) {
		t.Error("the unwrapped key hashes otherwise")
	}
	if bytes.Equal(hash, key.Hash("phone", "anna@example.com")) {
		t.Error("the kind makes no difference")
	}
}

// Parts are framed: moving a byte from one to the next is another list.
func TestSum_framesItsParts(t *testing.T) {
	ring := testRing(t, 1)
	sums := map[string]bool{}
	for _, parts := range [][][]byte{
		{[]byte("ab"), []byte("c")}, {[]byte("a"), []byte("bc")}, {[]byte("abc")},
		{[]byte("abc"), nil}, {nil, []byte("abc")}, {},
	} {
		sums[string(ring.JournalMAC(parts...))] = true
	}
	if len(sums) != 6 {
		t.Errorf("%d different sums of 6 lists", len(sums))
	}
}

func TestRing_noRandomness(t *testing.T) {
	broken := iotest.ErrReader(errors.New("no entropy"))
	if _, err := generate(broken); err == nil {
		t.Error("a master key without randomness")
	}
	ring, err := NewRing([][]byte{make([]byte, secretSize)}, broken)
	if err != nil {
		t.Fatal(err)
	}
	if _, wrapped, err := ring.NewDataKey("c-1"); err == nil || wrapped != nil {
		t.Error("a data key without randomness")
	}
	// Enough for the key, not for the nonce.
	ring.random = io.MultiReader(bytes.NewReader(make([]byte, secretSize)), broken)
	if _, wrapped, err := ring.NewDataKey("c-1"); err == nil || wrapped != nil {
		t.Error("a nonce without randomness")
	}
}

func TestKeys_printMasked(t *testing.T) {
	ring := vectorRing(t)
	data, _, err := ring.NewDataKey("c-1")
	if err != nil {
		t.Fatal(err)
	}
	search, _, err := ring.NewSearchKey()
	if err != nil {
		t.Fatal(err)
	}
	type holder struct { // fmt calls no methods on unexported fields
		ring   *Ring
		data   DataKey
		search SearchKey
	}
	for name, v := range map[string]any{"ring": ring, "data key": data, "search key": search} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			if got := fmt.Sprintf(verb, v); got != mask {
				t.Errorf("%s as %s: %d characters, want the mask", name, verb, len(got))
			}
		}
		out, err := json.Marshal(map[string]any{"key": v})
		if err != nil || string(out) != `{"key":"`+mask+`"}` {
			t.Errorf("%s as JSON: %d bytes, %v", name, len(out), err)
		}
		var log strings.Builder
		slog.New(slog.NewTextHandler(&log, nil)).Info("x", "key", v)
		slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "key", v)
		if strings.Count(log.String(), mask) != 2 {
			t.Errorf("%s in slog is not masked", name)
		}
	}
	inside := fmt.Sprintf("%+v %#v", holder{ring, data, search}, holder{ring, data, search})
	if strings.Contains(inside, "[]byte{") || strings.Contains(inside, " 1 2 3 ") || strings.Contains(inside, "0x1, 0x2") {
		t.Error("key material shows inside another struct")
	}
}

func FuzzOpen(f *testing.F) {
	ring := testRing(f, 1)
	key, wrapped, err := ring.NewDataKey("c-1")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(wrapped)
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, blob []byte) {
		if _, err := key.Open("story", blob); !errors.Is(err, ErrSealed) {
			t.Errorf("opened what it never sealed: %v", err)
		}
		if _, err := ring.Unwrap("c-2", blob); err == nil {
			t.Error("unwrapped what it never wrapped")
		}
	})
}

func BenchmarkSeal(b *testing.B) {
	ring := testRing(b, 1)
	key, wrapped, err := ring.NewDataKey("c-1")
	if err != nil {
		b.Fatal(err)
	}
	plain := bytes.Repeat([]byte("a"), 1024)
	sealed, err := key.Seal("story", plain)
	if err != nil {
		b.Fatal(err)
	}
	run := func(name string, f func() error) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := f(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	run("seal-1KB", func() error { _, err := key.Seal("story", plain); return err })
	run("open-1KB", func() error { _, err := key.Open("story", sealed); return err })
	run("unwrap", func() error { _, err := ring.Unwrap("c-1", wrapped); return err })
	run("new", func() error { _, _, err := ring.NewDataKey(workflow.CaseID("c-1")); return err })
}
