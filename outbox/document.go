package outbox

import (
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// Document is a document on its way to one person through Slack, which keeps
// it for a day. What gives away who complains, about what or whom, is encrypted
// already, for a reader who has its passphrase; the register seals it once more,
// and forgets it when it was sent.
type Document struct {
	ID      string          // given by the register
	Case    workflow.CaseID // "" for a document of no case, which has a Kind
	Kind    DocumentKind
	To      roster.PersonID
	Name    string // of the file; tells nothing about anybody
	Content []byte // nil when it was sent, waited for too long, or was withdrawn
	File    string // Slack's id, once it was sent
	// Withdrawn says of a document of no case that, since it was made, a case
	// in it was found to concern its person, or was erased.
	Withdrawn bool
}

// DocumentKind says what a document of no case is, and so who may have it.
type DocumentKind string

// The kinds of documents of no case.
const (
	DocumentRegister DocumentKind = "register"          // without who complains
	DocumentOverview DocumentKind = "register_overview" // what directors may know of it
	DocumentIdentity DocumentKind = "register_identity" // with who complains
	DocumentPerson   DocumentKind = "person"            // all that is held on one person
)

// Identifies reports whether a document of that kind says who complains.
func (k DocumentKind) Identifies() bool { return k != DocumentRegister && k != DocumentOverview }

// MayHave reports whether somebody's role gives them documents of that kind:
// officers have all, directors an overview of the register, and what is held on
// a person in the cases that they handle. In none of them is a case that
// concerns its reader.
func MayHave(r roster.Roster, who roster.PersonID, k DocumentKind) bool {
	switch k {
	case DocumentOverview, DocumentPerson:
		return r.Has(who)
	case DocumentRegister, DocumentIdentity:
		return r.IsOfficer(who)
	}
	return false
}

// DocumentRequest says that somebody has a document of no case made.
type DocumentRequest struct {
	Kind    DocumentKind
	By      roster.PersonID
	Gesture string // identity of the gesture; the same one twice makes one document
}
