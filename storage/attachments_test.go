package storage

import (
	"strings"

	"github.com/artra/klachtbot/workflow"
)

// withFiles is the sample complaint with files.
func withFiles(names ...string) workflow.File {
	l := sample()
	l.Attachments = filed(names...)
	return l
}

func filed(names ...string) (files []workflow.Attachment) {
	for _, name := range names {
		files = append(files, workflow.Attachment{File: "F" + strings.ToUpper(name), Name: workflow.Confidential(name + " van de werkplaats.jpg")})
	}
	return files
}

func (h *house) end(id workflow.CaseID, ordinal int, state workflow.AttachmentState) {
	h.Helper()
	mustBe(h, h.Records().EndAttachment(h.Context(), id, ordinal, state, ""), nil)
}
