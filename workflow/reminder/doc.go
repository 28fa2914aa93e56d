// Package reminder says when people are reminded of something, and who they
// are. It knows of no complaint: a Watch is what they are reminded of, an
// Escalation its days, a History what was sent, and a Case the little that a
// plan needs of the case behind it.
//
// The steps of an escalation propose people and days, and so does what follows
// the last step. Planner.MayRemind then decides, for the day of the plan and
// again at the moment of sending: nothing else says who may be reminded.
//
// A day that is meant is not always the day of the reminder. The calendar and
// people's own weekdays move it (R7), and an absence hands it to the deputy.
package reminder
