package dossier

import (
	"bytes"
	"crypto/rand"
	"math"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf16"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"github.com/artra/klachtbot/internal/poppler"
	"github.com/artra/klachtbot/workflow"
)

func encrypted(t testing.TB, pdf []byte, passphrase workflow.Confidential) []byte {
	t.Helper()
	sealed, err := Encrypt(pdf, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

func TestEncrypt_opensOnlyWithThePassphrase(t *testing.T) {
	passphrase := Passphrase()
	sealed := encrypted(t, pdfOf(t, invented(t, "nl")), passphrase)
	for name, tc := range map[string]struct {
		try   string
		opens bool
	}{
		"none": {"", false}, "another": {Passphrase().Reveal(), false}, "the right one": {passphrase.Reveal(), true},
	} {
		var plain bytes.Buffer
		err := api.Decrypt(bytes.NewReader(sealed), &plain, model.NewAESConfiguration(tc.try, "", 256))
		if (err == nil) != tc.opens {
			t.Errorf("%s: the library opens it: %v", name, err == nil)
		}
		text, err := poppler.Run(t, "pdftotext", sealed, []string{"-upw", tc.try}, "-")
		if (err == nil) != tc.opens || strings.Contains(text, "De zaal was te koud") != tc.opens {
			t.Errorf("%s: poppler opens it: %v", name, err == nil)
		}
	}
}

func TestEncrypt_saysHow(t *testing.T) {
	sealed := encrypted(t, pdfOf(t, invented(t, "nl")), "geheim")
	about, err := poppler.Run(t, "pdfinfo", sealed, []string{"-upw", "geheim"})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"K-2026-0042", "AES-256", "print:yes", "copy:yes", "change:no"} {
		if !strings.Contains(about, want) {
			t.Errorf("pdfinfo does not say %s", want)
		}
	}
	if strings.Contains(about, "Noor") || strings.Contains(about, "koud") {
		t.Error("what is said about the document tells of the complaint")
	}
}

// TestEncrypt_leavesNothingReadable looks for the texts and for the files as they are,
// as UTF-16 (how PDF writes them), and for parts of the picture.
func TestEncrypt_leavesNothingReadable(t *testing.T) {
	in := invented(t, "nl")
	noise := make([]byte, 4096) // deflate leaves it as it is
	_, _ = rand.Read(noise)
	in.Attachments = append(in.Attachments, File{Name: "ruis.bin", Bytes: noise})
	plain := pdfOf(t, in)
	sealed := encrypted(t, plain, Passphrase())
	if !bytes.Contains(plain, noise) || !bytes.Contains(plain, inUTF16("factuur")) {
		t.Fatal("the search finds nothing in the plain document either")
	}
	if bytes.Contains(sealed, noise[:64]) {
		t.Error("an attachment is left")
	}
	for _, text := range []string{"Noor", "Hof", "koud", "K-2026-0042", "factuur", "foto", "scherm.png", "Voorbeeld", "klacht"} {
		if bytes.Contains(sealed, []byte(text)) || bytes.Contains(sealed, inUTF16(text)) {
			t.Errorf("%q is left", text)
		}
	}
}

func inUTF16(text string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(text)) {
		b = append(b, byte(u>>8), byte(u))
	}
	return b
}

func TestEncrypt_attachmentsComeOutAsTheyWentIn(t *testing.T) {
	in := invented(t, "nl")
	sealed := encrypted(t, pdfOf(t, in), "geheim")
	dir := t.TempDir()
	if _, err := poppler.Run(t, "pdfdetach", sealed, []string{"-upw", "geheim", "-saveall", "-o", dir}); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][]byte{
		"01 factuur 2026-118.pdf": in.Attachments[0].Bytes, "02 foto van de zaal.jpg": in.Attachments[1].Bytes,
		"03 scherm.png": in.Attachments[2].Bytes, "04 kapot.jpg": in.Attachments[3].Bytes,
	} {
		got, err := os.ReadFile(dir + "/" + name)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %d bytes, want %d (%v)", name, len(got), len(want), err)
		}
	}
}

func TestEncrypt_refusesNoPassphrase(t *testing.T) {
	for _, none := range []workflow.Confidential{"", "  "} {
		if _, err := Encrypt(pdfOf(t, invented(t, "nl")), none); err == nil {
			t.Errorf("a passphrase of %d characters is taken", len(none))
		}
	}
}

func TestEncrypt_failsOnWhatIsNoPDF(t *testing.T) {
	if _, err := Encrypt([]byte("Noor woont in de Dorpsstraat"), "geheim"); err == nil || strings.Contains(err.Error(), "Noor") {
		t.Error("no error, or one that tells what it read")
	}
}

// TestEncrypt_writesNothingOnDisk: neither the document nor the library's own
// settings.
func TestEncrypt_writesNothingOnDisk(t *testing.T) {
	home := t.TempDir()
	for _, place := range []string{"HOME", "XDG_CONFIG_HOME", "TMPDIR"} {
		t.Setenv(place, home)
	}
	encrypted(t, pdfOf(t, invented(t, "nl")), "geheim")
	if left, err := os.ReadDir(home); err != nil || len(left) > 0 {
		t.Errorf("%d entries are left, %v", len(left), err)
	}
}

func TestPassphrase_form(t *testing.T) {
	form := regexp.MustCompile(`^([` + alphabet + `]{3}-){5}[` + alphabet + `]{3}$`)
	seen, used := map[string]bool{}, map[rune]bool{}
	for range 1000 {
		p := Passphrase().Reveal()
		if !form.MatchString(p) || seen[p] {
			t.Fatal("not of the form, or twice the same")
		}
		seen[p] = true
		for _, r := range p {
			used[r] = true
		}
	}
	if len(used) != len(alphabet)+1 {
		t.Errorf("%d characters are used, want all %d and the hyphen", len(used), len(alphabet))
	}
	if bits := groups * groupSize * math.Log2(float64(len(alphabet))); bits < 80 {
		t.Errorf("%.1f bits", bits)
	}
}

func TestPassphrase_alphabetHasNoLookAlikes(t *testing.T) {
	for _, pair := range []string{"0O", "1I", "1L", "IL", "2Z", "5S", "8B", "UV", "MN", "QG", "QO", "6G"} {
		if n := strings.Count(alphabet, pair[:1]) + strings.Count(alphabet, pair[1:]); n > 1 {
			t.Errorf("%s are both in the alphabet", pair)
		}
	}
	all := []rune(alphabet)
	slices.Sort(all)
	if len(slices.Compact(all)) != len(alphabet) {
		t.Error("a character stands in the alphabet twice and comes up more often")
	}
}

// TestEncrypt_severalAtOnce: two officers export at the same moment (run with -race).
func TestEncrypt_severalAtOnce(t *testing.T) {
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			pdf, err := PDF(withoutFiles(t, "nl"))
			if err == nil {
				_, err = Encrypt(pdf, Passphrase())
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}
