// Package roster is who has which role at the firm and who is there: officers,
// directors, their working days and absences, and how Slack knows a person. It
// knows of no complaint.
package roster
