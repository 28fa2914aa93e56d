// Package workflowtest lists the values of workflow's closed sets, for tests
// that leave none out.
package workflowtest

import "github.com/artra/klachtbot/workflow"

// States are those of a complaint, in the order of the procedure.
func States() []workflow.State {
	return []workflow.State{
		workflow.StateReceived, workflow.StateInProgress, workflow.StateWaiting, workflow.StateDecided,
		workflow.StateClosed, workflow.StateDisputed, workflow.StateErased,
	}
}

// RecordKinds are the kinds of entry that a dossier may have.
func RecordKinds() []workflow.RecordKind {
	return []workflow.RecordKind{
		workflow.RecordAcknowledgement, workflow.RecordQuestion, workflow.RecordAnswer, workflow.RecordDecision,
		workflow.RecordConfirmation, workflow.RecordNote, workflow.RecordProgress, workflow.RecordWithdrawal,
		workflow.RecordReopening, workflow.RecordDispute, workflow.RecordDisputeDates, workflow.RecordDisputeEnd, workflow.RecordRuling, workflow.RecordAssignment,
		workflow.RecordCorrection, workflow.RecordAmendment, workflow.RecordRetraction, workflow.RecordHold, workflow.RecordSnooze, workflow.RecordLink,
		workflow.RecordMailWaits, workflow.RecordMailFailed, workflow.RecordMailDoubt, workflow.RecordMailLeft, workflow.RecordMailSelf, workflow.RecordDisclosure,
		workflow.RecordErasure, workflow.RecordErasureDeclined,
		workflow.RecordRemedy, workflow.RecordRemedyDone, workflow.RecordRemedyLetter, workflow.RecordSatisfaction,
		workflow.RecordConsult, workflow.RecordConsultAnswer,
	}
}

// AttachmentStates are those of a file that came with a form.
func AttachmentStates() []workflow.AttachmentState {
	return []workflow.AttachmentState{
		workflow.AttachmentWaiting, workflow.AttachmentTaken, workflow.AttachmentRemoved, workflow.AttachmentAsked,
		workflow.AttachmentLost, workflow.AttachmentRefused,
	}
}
