// Package journal makes every change of the register show. Each case has a
// chain of Lines, and the register has a chain of Entries of its own; every line
// carries a keyed hash of itself and of the line before it.
//
// A line names nobody: it holds a pseudonym, and the readable id sealed under the
// case's data key. Verification walks the chains and returns Findings: what was
// changed, removed or cut off.
package journal
