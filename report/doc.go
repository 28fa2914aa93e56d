// Package report makes the figures of a quarter: what directors read (R11).
//
// A Collector is fed one complaint at a time and holds counts only, so that a
// register of any size streams through it; its Summary is a value that the
// formats of this package render: Text, JSON, CSV, XLSX, PNG and PDF. A Summary
// holds no name, story or date of a single case. Whoever feeds the Collector
// leaves out the cases that the audience must not know of; nothing here could
// tell afterwards.
//
// Small numbers: counts in one dimension always show, or a firm with eight
// complaints a year could not learn from them. The table of two dimensions
// hides cells under five, and enough others that none can be computed.
//
// WriteRegister and WriteRegisterCSV write the register itself, case by case,
// without who complained, about what story and whom.
package report
