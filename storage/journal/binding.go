package journal

import (
	"crypto/hmac"
	"encoding/binary"

	"github.com/artra/klachtbot/storage/cases"
	"github.com/artra/klachtbot/workflow"
)

// Binding is what a line says of the rows of its case. Held is what the case holds
// after it: the edition of what is bound, and a digest of the case's row, one of
// its promises, one of its files and one of its announcement. Brought is a digest of the dossier's entries
// that came with the line, empty without any. A line from before binds nothing.
type Binding struct {
	Held    []byte `db:"held"`
	Brought []byte `db:"brought"`
}

func (b Binding) binds() bool { return len(b.Held) > 0 }

// ActionMigrated is the line of a case that was bound as it was found,
// ActionAttachment that of a file which was taken over or settled, and ActionAnnounced
// that of an announcement which was delivered. No person does any of them.
const (
	ActionMigrated   workflow.ActionName = "migrated"
	ActionAttachment workflow.ActionName = "attachment"
	ActionAnnounced  workflow.ActionName = "announced"
)

// The parts of Binding.Held.
const (
	editionSize = 2
	partSize    = 16
)

// heldTables are the tables of the digests, in their order.
var heldTables = [...]string{"complaints", "promises", "attachments", "announcements"}

// heldBy are the tables that an edition binds.
func heldBy(edition int) []string {
	if edition < cases.EditionAnnounced {
		return heldTables[:3]
	}
	return heldTables[:]
}

// Held is the digest of what a case holds, by that edition of what is bound.
func (j *Journal) Held(id workflow.CaseID, h cases.Holding, edition int) []byte {
	var promises [][]byte
	for _, p := range h.Promises {
		promises = append(promises, plain(p)...)
	}
	held := binary.BigEndian.AppendUint16(nil, uint16(edition))
	parts := [...][][]byte{plain(h.Row), promises, {[]byte(h.Attached)}, plain(h.Announced)}
	for i, table := range heldBy(edition) {
		of := append([][]byte{[]byte("held"), []byte(table), []byte(id), number(edition)}, parts[i]...)
		held = append(held, j.Keys.JournalMAC(of...)[:partSize]...)
	}
	return held
}

func plain(values []any) [][]byte {
	parts := make([][]byte, len(values))
	for i, v := range values {
		parts[i] = cases.Plain(v)
	}
	return parts
}

// editionOf is by which edition a line binds, 0 when it binds nothing.
func editionOf(held []byte) int {
	if len(held) < editionSize {
		return 0
	}
	edition := int(binary.BigEndian.Uint16(held))
	if len(held) != editionSize+len(heldBy(edition))*partSize {
		return 0
	}
	return edition
}

// differing are the tables of which two digests by one edition differ.
func differing(a, b []byte) (tables []string) {
	for i, table := range heldTables[:(min(len(a), len(b))-editionSize)/partSize] {
		at := editionSize + i*partSize
		if !hmac.Equal(a[at:at+partSize], b[at:at+partSize]) {
			tables = append(tables, table)
		}
	}
	return tables
}

// Brought is the digest of entries of a dossier as records.Rows has them, without
// the case.
func (j *Journal) Brought(id workflow.CaseID, entries [][]any) []byte {
	if len(entries) == 0 {
		return nil
	}
	parts := [][]byte{[]byte("brought"), []byte(id)}
	for _, e := range entries {
		parts = append(parts, plain(e)...)
	}
	return j.Keys.JournalMAC(parts...)
}

// NewBinding is the binding of a line after which the case holds that.
func (j *Journal) NewBinding(id workflow.CaseID, after cases.Holding, entries [][]any) Binding {
	return Binding{Held: j.Held(id, after, cases.Edition), Brought: j.Brought(id, entries)}
}

// Bind is the binding of the next line of a case that was s. Of a case that does
// not hold what its last line says, the next line binds nothing that it could ever
// hold: what somebody changed is not bound anew by whoever goes on with the case,
// and verification goes on naming it. known is false for such a case.
func (j *Journal) Bind(s cases.Stored, after cases.Holding, entries [][]any) (b Binding, known bool) {
	id := s.Complaint.ID
	b = j.NewBinding(id, after, entries)
	edition := editionOf(s.Held)
	if edition == 0 {
		return b, true
	}
	now := j.Held(id, s.Found.At(edition), edition)
	for i := range heldBy(edition) {
		at := editionSize + i*partSize
		if !hmac.Equal(now[at:at+partSize], s.Held[at:at+partSize]) {
			copy(b.Held[at:], j.Keys.JournalMAC([]byte("not as it was written"), b.Held[at:at+partSize])[:partSize])
			known = true
		}
	}
	return b, !known
}

// Binds reports whether a line that binds the one binds the other as well.
func (j *Journal) Binds(id workflow.CaseID, one, other cases.Holding) bool {
	return hmac.Equal(j.Held(id, one, cases.Edition), j.Held(id, other, cases.Edition))
}

// notNil is an empty value for a column that may not be NULL.
func notNil(b []byte) []byte { return append([]byte{}, b...) }
