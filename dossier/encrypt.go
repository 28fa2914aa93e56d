package dossier

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"github.com/artra/klachtbot/workflow"
)

// errNoPassphrase: a document without a passphrase would open for anybody.
var errNoPassphrase = errors.New("no passphrase to encrypt with")

// disableConfigDir stops the library from creating a settings folder in the
// user's home. It sets a variable that every later call reads, so it runs once.
var disableConfigDir = sync.OnceFunc(api.DisableConfigDir)

// allowed is what a reader may do with an encrypted document: print it and copy
// from it. The third bit is what programs that read aloud ask for (PDF 2.0 says
// to set it always).
const allowed = model.PermissionsPrint | model.PermissionExtract | model.PermissionExtractRev3

// Encrypt returns the document encrypted with AES-256 (PDF 2.0, revision 6),
// attachments and title included. The passphrase opens it; its reader may
// print it, and copy from it. Nobody has the owner's password, which would lift that limit: it
// is random and forgotten.
func Encrypt(pdf []byte, passphrase workflow.Confidential) ([]byte, error) {
	if passphrase.Blank() {
		return nil, errNoPassphrase
	}
	disableConfigDir()
	conf := model.NewAESConfiguration(passphrase.Reveal(), rand.Text(), 256)
	conf.Permissions = allowed
	conf.Offline = true
	var b bytes.Buffer
	if err := api.Encrypt(bytes.NewReader(pdf), &b, conf); err != nil {
		return nil, fmt.Errorf("encryption of dossier: %w", err)
	}
	return b.Bytes(), nil
}

// alphabet has the letters and figures that neither look nor sound like
// another one of it: no 0 and O, 1, I and L, 2 and Z, 5 and S, 8 and B, U and
// V, M and N, Q and G.
const (
	alphabet  = "ACDEFHJKMPRTUWXY346789"
	groups    = 6
	groupSize = 3
)

// Passphrase returns a new random passphrase, six groups of three to read out
// over the telephone: "K7R-3WE-…". 18 characters out of 22 are 80.2 bits.
func Passphrase() workflow.Confidential {
	all := make([]string, groups)
	for i := range all {
		all[i] = group()
	}
	return workflow.Confidential(strings.Join(all, "-"))
}

// group draws characters; bytes that would favour the first ones are thrown
// back.
func group() string {
	const even = 256 - 256%len(alphabet)
	var drawn []byte
	for one := make([]byte, 1); len(drawn) < groupSize; {
		_, _ = rand.Read(one) // never fails: the program ends first
		if n := int(one[0]); n < even {
			drawn = append(drawn, alphabet[n%len(alphabet)])
		}
	}
	return string(drawn)
}
