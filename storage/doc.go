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
// own action through the same door; when no case is left to tick, it releases
// the reminders that were asked for and sees to quarters, recommendations and
// what is left in Slack.
//
// # The parts
//
// DB opens the register, migrates it and changes cases; the packages below do
// the rest, each with a small type over the same Core:
//
//	cases     a case as its rows, promises and sealed particulars
//	filing    new cases: those that come at once share a transaction
//	journal   the chains of lines, and their verification
//	queue     the tables of the outbox: lanes, digests, documents
//	records   dossier, letters and files of a case
//	reviews   quarters, recommendations, figures
//	search    lists, searches, subject access, related cases
//	cleanup   purge, erasure before the term, what is left in Slack
//	vault     seals, and keeps the key file
//	engine    opens the database and runs transactions
//
// DB.Search, DB.Reviews, DB.Records and their like hand these types out.
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
// Which engine it is, only package engine knows. Times of the
// procedure are UTC in whole seconds, dates are text. SQLite has one
// connection that writes and a few that read; a second process on the same
// file is refused. One conformance suite runs on both.
package storage
