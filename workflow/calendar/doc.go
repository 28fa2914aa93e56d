// Package calendar is the firm's time: dates and quarters without a clock, the
// Dutch working days, and the hours in which people may be reminded (R7). It
// knows of no complaint.
package calendar
