package agile

import (
	"encoding/base64"
	"encoding/binary"
	"strings"
	"unicode/utf16"
)

// info is what a reader must know beside the passphrase.
type info struct {
	Salt, PassphraseSalt        []byte
	HMACKey, HMACValue          []byte // encrypted
	Verifier, VerifierHash, Key []byte // encrypted under the passphrase
}

const template = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\r\n" +
	`<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption"` +
	` xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password"` +
	` xmlns:c="http://schemas.microsoft.com/office/2006/keyEncryptor/certificate">` +
	`<keyData {cipher} saltValue="{salt}"/>` +
	`<dataIntegrity encryptedHmacKey="{hmacKey}" encryptedHmacValue="{hmacValue}"/>` +
	`<keyEncryptors><keyEncryptor uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password">` +
	`<p:encryptedKey spinCount="100000" {cipher} saltValue="{passphraseSalt}"` +
	` encryptedVerifierHashInput="{verifier}" encryptedVerifierHashValue="{verifierHash}" encryptedKeyValue="{key}"/>` +
	`</keyEncryptor></keyEncryptors></encryption>`

const ciphers = `saltSize="16" blockSize="16" keyBits="256" hashSize="64"` +
	` cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512"`

// stream is the stream EncryptionInfo (2.3.4.10): the version of the format, and
// XML.
func (i info) stream() []byte {
	base64 := base64.StdEncoding.EncodeToString
	xml := strings.NewReplacer(
		"{cipher}", ciphers, "{salt}", base64(i.Salt), "{passphraseSalt}", base64(i.PassphraseSalt),
		"{hmacKey}", base64(i.HMACKey), "{hmacValue}", base64(i.HMACValue),
		"{verifier}", base64(i.Verifier), "{verifierHash}", base64(i.VerifierHash), "{key}", base64(i.Key),
	).Replace(template)
	return append([]byte{4, 0, 4, 0, 0x40, 0, 0, 0}, xml...)
}

// The streams below say to Office how the package was transformed (2.1.4 to 2.1.8
// and 2.3.4.3); they are the same in every file.

func dataSpaceVersion() []byte {
	return append(prefixed("Microsoft.Container.DataSpaces"), versions...)
}

func dataSpaceMap() []byte {
	entry := words(1, 0)
	entry = append(entry, prefixed("EncryptedPackage")...)
	entry = append(entry, prefixed("StrongEncryptionDataSpace")...)
	return append(words(8, 1, uint32(len(entry)+4)), entry...)
}

func dataSpace() []byte { return append(words(8, 1), prefixed("StrongEncryptionTransform")...) }

func transform() []byte {
	id := prefixed("{FF9A3F03-56EF-4613-BDD5-5A41C1D07246}")
	b := append(words(uint32(8+len(id)), 1), id...)
	b = append(b, prefixed("Microsoft.Container.EncryptionTransform")...)
	b = append(b, versions...)
	return append(b, words(0, 0, 0, 4)...)
}

// versions are those of a reader, an updater and a writer: 1.0 each.
var versions = []byte{1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0}

func words(all ...uint32) (b []byte) {
	for _, w := range all {
		b = binary.LittleEndian.AppendUint32(b, w)
	}
	return b
}

// prefixed is a text in UTF-16 behind its length, filled up to four bytes.
func prefixed(s string) []byte {
	units := utf16.Encode([]rune(s))
	b := words(uint32(2 * len(units)))
	for _, u := range units {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return append(b, make([]byte, -len(b)&3)...)
}
