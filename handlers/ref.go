package handlers

import (
	"strconv"
	"strings"

	"github.com/artra/klachtbot/workflow"
)

// ref is how a button says which case it is about and which version of it
// the person saw. The version only informs: the rules alone decide whether
// an action is still possible (design section 3).
type ref struct {
	Case    workflow.CaseID
	Version int
}

func refTo(c *workflow.Complaint) ref { return ref{c.ID, c.Version} }

// String is the value of a button and the block id of a case's row of
// buttons.
func (r ref) String() string { return string(r.Case) + "." + strconv.Itoa(r.Version) }

// parseRef reads what String wrote; ok is false for anything else.
func parseRef(s string) (r ref, ok bool) {
	id, version, found := strings.Cut(s, ".")
	n, err := strconv.Atoi(version)
	if !found || err != nil || id == "" || n < 0 {
		return ref{}, false
	}
	return ref{workflow.CaseID(id), n}, true
}
