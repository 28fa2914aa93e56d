// Package workflow is the complaints procedure itself, without a clock, a
// database or Slack: values in, values out. It imports the standard library,
// contact, and its own calendar, roster and reminder only.
//
// A Complaint is a value. Policy.Step takes one, an Action, the person who acts
// and the instant, and returns a Change: the complaint as it becomes, entries
// for the dossier, and the Effects that it asks for. Or it returns Refusals, and
// then nothing has changed. Everything else in this program either brings an
// action to Step or carries out what Step decided.
//
// A Promise is what the regulation promises: due on a date, and open until Kept
// holds the evidence. Screens and figures read promises; nothing else says
// whether a case is late.
//
// The clock is an actor like any other. Step leaves in Complaint.NextAt when
// the case must be looked at again, and the action Tick, performed by
// roster.Clock, asks for the reminders that have come due. There are no timers.
// A Watch is something that people are reminded of, by an escalation; package
// reminder says when, and who may be.
//
// What a person may see or do is decided in one place, Complaint.Access.
//
// A step that was recorded wrongly is put right by a replay: Amend runs the
// recorded steps through the same rules again, with the one amended or left out,
// and takes over what comes out differently. The table replays says of every kind
// of Record which action it is.
//
// The rules of the procedure. Deadlines are dates: a promise is kept until the
// end of its day, and overdue from the next (R12: no arithmetic on instants).
//
//   - R1: a complaint counts from the day of receipt, not of filing; the dates
//     of a filing are checked, and a correction recomputes the promises.
//   - R2: it is acknowledged within five days, working days or not.
//   - R3: the outcome is due on the same day of the next month, or on that
//     month's last day.
//   - R4: a progress notice promises the outcome, or a new notice, by a date at
//     most two months off; the date of R3 stays, and figures have three classes.
//   - R4a: within four weeks the complainant hears something of the matter itself;
//     that is only counted. From the third notice on the directors are told.
//   - R5: a complaint that came later than the term for complaining is flagged,
//     never refused.
//   - R6: terms run on while the complainant is asked something; the days are
//     only counted.
//   - R7: weekends, holidays and own weekdays move reminders, never a deadline.
//   - R8: the day from which the dispute committee may be asked, four weeks after
//     something written, is shown for information.
//   - R9: a decision is confirmed within five days, and no case closes before.
//   - R10: personal data is purged when the term of retention is over, unless
//     the case is held; not before officers were told, and the bot was at work
//     for a week after that. The months count from the last of closing, the end of
//     a dispute and the settling of a remedy.
//   - R11: quarters are calendar quarters, which the directors review (package
//     review).
//   - R12: dates are counted in days and months, so that a clock change moves
//     nothing.
//   - R13: the outcome is kept on the day on which the complainant was told, not on
//     that of the decision; until then it stays open, also once it was decided.
//   - R14: a remedy is a promise with a kind, a last day and somebody who sees to
//     it. It outlives the closing of its case and keeps it from the purge until it
//     is done or dropped; six months overdue and not renewed, it ends as not kept.
//   - R15: what the dispute committee asks is a promise: the defence by its date,
//     until it is sent or the dispute is over, and what a ruling has us do.
//   - R18: a letter by post counts when it is delivered, by a table of dates
//     (package calendar).
//
// What can't wait until tomorrow has no date: it is told at once, or as soon as people
// may be reminded, and once more after an hour in which nobody saw it (urgent.go).
//
// Of the same list R16, how the complainant found the handling, and R17, judging
// mail, are still to come.
//
// The procedure, drawn from the transition table (a test compares the two):
//
//	none         log_complaint  received
//	received     acknowledge    in_progress
//	received     question       waiting
//	received     resolve        decided
//	received     withdraw       decided
//	received     dispute        disputed
//	in_progress  question       waiting
//	in_progress  resolve        decided
//	in_progress  withdraw       decided
//	in_progress  dispute        disputed
//	waiting      answer         in_progress
//	waiting      resolve        decided
//	waiting      withdraw       decided
//	waiting      dispute        disputed
//	decided      confirm        closed
//	decided      dispute        disputed
//	closed       dispute        disputed
//	closed       reopen         in_progress
//	closed       purge          erased
//	closed       erase_confirm  erased
//	disputed     dispute        back
//	disputed     reopen         in_progress
//	received     erase_replay   erased
//	in_progress  erase_replay   erased
//	waiting      erase_replay   erased
//	decided      erase_replay   erased
//	closed       erase_replay   erased
//	disputed     erase_replay   erased
//
// "back" is where the case was before it was disputed, once the dispute is over;
// until then it stays there. A dispute that is over when it is recorded leaves the
// case where it is. A replay repeats on an
// older copy of the register what two people had decided on a closed case.
//
// Where a state has no line for an action that is allowed there, the action
// leaves it as it is: an acknowledgement in waiting, say, or a note anywhere. An
// amendment takes it to where the replay ends.
package workflow
