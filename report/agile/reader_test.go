package agile

import (
	"archive/zip"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// python is where Debian installs the modules of its packages.
const python = "/usr/bin/python3"

// reads has msoffcrypto-tool open a file, check it and give it back.
const reads = `
import msoffcrypto, sys
f = msoffcrypto.OfficeFile(open(sys.argv[1], "rb"))
f.load_key(password=sys.argv[2], verify_password=True)
f.decrypt(open(sys.argv[3], "wb"), verify_integrity=True)
`

// opened is what an independent reader makes of a file; false when it refuses.
func opened(t *testing.T, file []byte, password string) ([]byte, bool) {
	t.Helper()
	in, out := filepath.Join(t.TempDir(), "in.xlsx"), filepath.Join(t.TempDir(), "out.xlsx")
	if err := os.WriteFile(in, file, 0o600); err != nil {
		t.Fatal(err)
	}
	if said, err := exec.CommandContext(t.Context(), python, "-c", reads, in, password, out).CombinedOutput(); err != nil {
		if bytes.Contains(said, []byte("InvalidKeyError")) {
			return nil, false
		}
		t.Fatalf("%v: %s", err, said)
	}
	read, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return read, true
}

// archived is a document as readers want one: a ZIP archive.
func archived(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("xl/workbook.xml")
	if err == nil {
		_, err = w.Write(bytes.Repeat([]byte("<c/>"), 5000))
	}
	if err == nil {
		w, err = z.CreateHeader(&zip.FileHeader{Name: "xl/media.bin", Method: zip.Store})
	}
	if err == nil {
		_, err = w.Write(make([]byte, 20_000))
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestEncrypt_independentReader opens the file with its passphrase only, and
// notices one bit that was turned.
func TestEncrypt_independentReader(t *testing.T) {
	if err := exec.CommandContext(t.Context(), python, "-c", "import msoffcrypto").Run(); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("msoffcrypto-tool is not installed (Debian: python3-msoffcrypto-tool): %v", err)
		}
		t.Skip("msoffcrypto-tool is not installed (Debian: python3-msoffcrypto-tool)")
	}
	document := archived(t)
	file, err := Encrypt(document, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	if read, ok := opened(t, file, passphrase); !ok || !bytes.Equal(read, document) {
		t.Errorf("opened: %v, %d bytes of %d", ok, len(read), len(document))
	}
	if _, ok := opened(t, file, passphrase+"A"); ok {
		t.Error("opens with another passphrase")
	}
	file[len(file)/2] ^= 1
	if _, ok := opened(t, file, passphrase); ok {
		t.Error("one bit was turned, and it opens")
	}
}
