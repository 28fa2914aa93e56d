// Package cases reads and writes a case as the register holds it: its row, its
// promises, its number, and what is sealed under its data key.
//
// A Reader loads a case into a Stored, which has beside the complaint what it
// takes to write the case again. What somebody may see of it is left to
// Limited.
package cases
