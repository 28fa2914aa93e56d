package workflow

import (
	"slices"
	"time"

	"github.com/artra/klachtbot/workflow/roster"
)

// Limits of the files that come with one form: Slack's own for a file_input.
const (
	MaxAttachments = 10
	MaxAttached    = 10 << 20 // bytes of one file
)

// Attachment is a file that came with a complaint or a note. The register
// takes it over, sealed, and has it removed from Slack.
type Attachment struct {
	Ordinal int    // within the case, from 1
	File    string // Slack's file id
	Name    Confidential
	By      roster.PersonID // who sent it in
	At      time.Time
	Line    int // the journal line of the change that it came with
	State   AttachmentState
	Fault   string // of AttachmentRefused: why, a word
	Size    int    // bytes; 0 until it was taken over
}

// AttachmentState is what became of an attachment.
type AttachmentState string

// The states of an attachment.
const (
	AttachmentWaiting AttachmentState = "waiting" // only in Slack
	AttachmentTaken   AttachmentState = "taken"   // in the register, and still in Slack
	AttachmentRemoved AttachmentState = "removed" // in the register only
	AttachmentAsked   AttachmentState = "asked"   // as taken; who sent it in is asked to remove it
	AttachmentLost    AttachmentState = "lost"    // gone from Slack before it was taken over
	AttachmentRefused AttachmentState = "refused" // too large; only in Slack
)

// AttachmentStates lists them.
func AttachmentStates() []AttachmentState {
	return []AttachmentState{
		AttachmentWaiting, AttachmentTaken, AttachmentRemoved, AttachmentAsked, AttachmentLost, AttachmentRefused,
	}
}

// Settled reports whether nothing more happens with it by itself.
func (s AttachmentState) Settled() bool { return s != AttachmentWaiting && s != AttachmentTaken }

// Held reports whether the register has the content.
func (a Attachment) Held() bool {
	return a.State == AttachmentTaken || a.State == AttachmentRemoved || a.State == AttachmentAsked
}

// attach takes in the files of a form.
func (s *step) attach(files []Attachment) {
	if len(files) > MaxAttachments {
		s.refuseWith("attachments", CodeTooMany, Args{Max: MaxAttachments})
	}
	s.Attachments = slices.Clone(files)
	for i := range s.Attachments {
		a := &s.Attachments[i]
		a.Name = Confidential(Clean(a.Name.Reveal()))
		a.By, a.At, a.State = s.by, s.now, AttachmentWaiting
	}
}
