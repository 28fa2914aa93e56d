package workflow

// Outgoing is a document on its way to one person through Slack, which keeps
// it for a day. Content is encrypted already, for a reader who has its
// passphrase: the register seals it once more, and forgets it when it was
// sent.
type Outgoing struct {
	ID      string // given by the register
	Case    CaseID
	To      PersonID
	Name    string // of the file; tells nothing about anybody
	Content []byte // nil when it was sent, or waited for too long
	File    string // Slack's id, once it was sent
}
