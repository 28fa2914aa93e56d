package kit

import (
	"strconv"
	"strings"

	"github.com/artra/klachtbot/workflow"
)

// Ref is how a button says which case it is about and which version of it
// the person saw. The version only informs: the rules alone decide whether
// an action is still possible (design section 3).
type Ref struct {
	Case    workflow.CaseID
	Version int
}

func RefTo(c *workflow.Complaint) Ref { return Ref{c.ID, c.Version} }

// String is the value of a button and the block id of a case's row of
// buttons.
func (r Ref) String() string { return string(r.Case) + "." + strconv.Itoa(r.Version) }

// Row is the block id of a row with a select, another one for each showing: Slack
// keeps what was picked on the screen until the block is another, and sends nothing
// when it is picked again.
func (r Ref) Row(showing string) string { return r.String() + "." + showing }

// ParseRef reads what String or Row wrote; ok is false for anything else.
func ParseRef(s string) (r Ref, ok bool) {
	id, rest, found := strings.Cut(s, ".")
	version, _, _ := strings.Cut(rest, ".")
	n, err := strconv.Atoi(version)
	if !found || err != nil || id == "" || n < 0 {
		return Ref{}, false
	}
	return Ref{workflow.CaseID(id), n}, true
}
