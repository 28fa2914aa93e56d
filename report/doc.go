// Package report makes the figures of a quarter: what directors read (R11).
//
// A Collector is fed one complaint at a time and holds counts only, so that a
// register of any size streams through it; its Summary is a value that the
// formats of this package render: text, JSON, CSV, XLSX, PNG and PDF. A Summary
// holds no name, story or date of a single case. Whoever feeds the Collector
// leaves out the cases that the audience must not know of: the figures no longer
// say what is in them.
//
// Small numbers: counts in one dimension always show, or a firm with eight
// complaints a year could not learn from them. The table of two dimensions
// hides cells under five, and enough others that none can be computed.
//
// Register writes the register itself, case by case, as XLSX or CSV. Its View
// says how much of each case the reader may know.
package report
