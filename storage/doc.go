// Package storage is the register of complaints: what the firm keeps, on
// SQLite in one file or on PostgreSQL, with one SQL text for both.
//
// # One door
//
// DB.Apply is the only way to change a case. In one transaction it locks the
// case by writing to it, so that whoever comes second waits and then reads
// what the first has made of it; looks whether the gesture was carried out
// before; asks workflow.Policy.Step what becomes of the case; and writes row,
// promises, dossier, journal and outbox together. DB.Sweep brings the clock's
// own action through the same door, releases the nudges that it asked for
// (gather.go), and offers each quarter to the directors (quarters.go). What they
// make of it comes in by DB.Deal and DB.FollowUp, which touch no case. Find,
// List, Case, Dossier and Deed read.
//
// # What is sealed
//
// Every case has a data key, wrapped by the vault.Ring of master keys from the
// key file. Who complains, about what and whom, and every text of the dossier are
// sealed with it; erasing the key erases them. To find a case again by an
// e-mail address or a telephone number, and to keep a case from whom it
// concerns, the register holds hashes under a key of their own. That key also
// seals what is of no case: who searched, figures that were kept,
// recommendations.
//
// # What can't be undone unseen
//
// Each change leaves a journal line that names nobody: a pseudonym, and the
// readable id under the case's key. The lines of a case form a chain, and the
// register has a chain of its own for creations, refusals, reviews and rotations; DB.Verify reads
// them all and tells what was changed, removed or cut off.
//
// # Two engines
//
// Which engine it is, only two files of package engine know. Times of the
// procedure are UTC in whole seconds, dates are text. SQLite has one
// connection that writes and a few that read; a second process on the same
// file is refused. One conformance suite runs on both.
package storage
