// Package workflow is the complaints procedure itself, without a clock, a
// database or Slack: values in, values out. It imports the standard library
// only.
//
// A Complaint is a value. Policy.Step takes one, an Action, who acts and the
// instant, and returns a Change: the complaint as it becomes, entries for the
// dossier, and the Effects that ask for something to be shown. Or it returns
// Refusals, and then nothing changed. Everything else in this program either
// brings an action to Step or carries out what it decided.
//
// A Promise is a first-class thing: what the regulation promises, due on a
// Date, open until Kept holds the evidence. Screens and figures read promises;
// nothing else says whether a case is late.
//
// The clock is an actor like any other. Step leaves in Complaint.NextAt when
// the case must be looked at again, and the action Tick, done by Clock, asks
// for the nudges that have come due. There are no timers. What people are
// nudged about is a Watch; on which days, the table of ladders says; who was
// nudged already, Marks remember.
//
// Who may see or do what is said in one place, Roster.Access.
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
// "back" is where the case was before it was disputed. A replay repeats on an
// older copy of the register what two people had decided on a closed case.
//
// Where a state has no line for an action that is allowed there, the action
// leaves it as it is: an acknowledgement in waiting, say, or a note anywhere.
package workflow
