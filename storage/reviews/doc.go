// Package reviews keeps what the directors make of a quarter (R11): what was
// offered to whom, what they recommended, the snapshot of the figures they read,
// and what they are reminded of. Figures reads every case once, for the figures
// of a quarter and for the register as a file.
package reviews
