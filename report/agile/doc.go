// Package agile encrypts a workbook as Office does: the agile encryption of
// ECMA-376, as [MS-OFFCRYPTO] 2.3.4.10 to 2.3.4.15 describe it. AES-256 in CBC
// mode over segments of 4,096 bytes, a key that 100,000 rounds of SHA-512 make of
// the passphrase, and an HMAC over all of it, so that a file with one bit
// changed opens in no program that asks for the HMAC, as Excel and LibreOffice
// do.
//
// A package of its own since no library at hand writes it: the one that makes the
// workbook writes AES-128 in ECB mode and no HMAC. It writes the one set of
// algorithms that Office writes itself, and reads nothing.
//
// encrypt.go has the ciphers, info.go what a reader must know to open the file,
// and container.go the compound file ([MS-CFB]) that holds both.
package agile
