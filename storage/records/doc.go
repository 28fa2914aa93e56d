// Package records keeps what a case says beside its row: the entries of its
// dossier, the letters that wait to be mailed, and the files that came with it.
// All of it is sealed under the case's data key.
package records
