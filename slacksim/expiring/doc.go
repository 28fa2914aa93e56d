// Package expiring holds what need not be remembered for good: maps that forget
// what is too old, and lists of which only the end counts.
package expiring
