package cases

import (
	"crypto/hmac"
	"database/sql/driver"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
)

// What a case holds in the plain is bound by its journal: the last line carries
// a digest of the case's row, of its promises, of its files and of its announcement.
// Whatever changes one of them writes a line.

// Edition is the number of the migration that last added to what is bound, or of the
// version that began to bind what was there. A line says by which edition it binds, so
// that it can be followed when there is more to bind; a case that an earlier edition
// bound is bound anew.
const Edition = 36

// EditionAnnounced is the first edition that binds announcements.
const EditionAnnounced = 33

// later are columns that came after edition 25, by table and name, and with which
// edition they came.
var later = map[string]int{
	"complaints.hearing_on":       26,
	"complaints.ruling":           26,
	"complaints.dispute_ended":    26,
	"complaints.dispute_ended_on": 26,
	"complaints.contact_on":       27,
	"complaints.reactions":        27,
	"complaints.counting":         27,
	"promises.ended":              26,
	"promises.handler":            26,
	"promises.subject":            26,
	"complaints.amended_in_time":  28,
	"promises.reported":           29,
	"complaints.urgent":           36,
	"complaints.urgent_calls":     36,
}

// LeftOut are the columns of a case's tables that nothing binds, by table and
// name, and why.
func LeftOut() map[string]string {
	return map[string]string{
		"complaints.lock":    "counts the changes, as a lock",
		"complaints.next_at": "when the clock looks again: written without a line when the policy changes, somebody is away, or a tick failed",
	}
}

// How other columns are verified that are not in a Holding, by table and name.
// "derived": computed anew from what is bound or sealed.
var unbound = map[string]string{
	"complaints.lock":         "left out",
	"complaints.next_at":      "left out",
	"complaints.lines":        "sealed by the head",
	"complaints.tail":         "sealed by the head",
	"complaints.head":         "the seal itself",
	"complaints.number":       "bound by the register's own chain",
	"complaints.series":       "bound by the register's own chain, as part of the number",
	"complaints.year":         "bound by the register's own chain, as part of the number",
	"complaints.ordinal":      "bound by the register's own chain, as part of the number",
	"complaints.due":          "derived from the promises",
	"complaints.promised":     "derived from the promises",
	"complaints.offering_key": "derived from the offering's name",
	"complaints.concerned":    "derived from what is sealed",
	"complaints.guard":        "derived from what is sealed",
	"promises.complaint":      "whose row it is",
}

// Holding is what the last line of a case binds, each table as values in the
// order of BoundColumns and BoundPromises.
type Holding struct {
	Row      []any
	Promises [][]any
	Attached string // BoundFiles
	// Announced are the values of AnnouncementColumns; nil when nobody was told and
	// nobody is sought.
	Announced []any
}

// boundOf leaves of the columns of a table those that an edition binds.
func boundOf(table, columns string, edition int) (names []string, places []int) {
	for i, name := range strings.Split(columns, ",") {
		name = strings.TrimSpace(name)
		if _, not := unbound[table+"."+name]; not || later[table+"."+name] > edition {
			continue
		}
		names, places = append(names, name), append(places, i)
	}
	return names, places
}

// BoundColumns are the columns of a case's row that an edition binds.
func BoundColumns(edition int) []string {
	names, _ := boundOf("complaints", valueColumns, edition)
	return append(names, "sealed")
}

// BoundPromises are those of a promise.
func BoundPromises(edition int) []string {
	names, _ := boundOf("promises", promiseColumns, edition)
	return names
}

// layout is where the bound values of the present edition stand.
type layout struct {
	names  []string
	places []int // in Values, or PromiseValues
	fields []int // of Row, or PromiseRow; -1 for what is no field of it
}

var rowLayout, promiseLayout = newLayout("complaints", valueColumns, Row{}, ""), newLayout("promises", promiseColumns, PromiseRow{}, "p_")

func newLayout(table, columns string, row any, prefix string) (l layout) {
	l.names, l.places = boundOf(table, columns, Edition)
	of := reflect.TypeOf(row)
	for _, name := range l.names {
		field := -1
		for i := range of.NumField() {
			if of.Field(i).Tag.Get("db") == prefix+name {
				field = i
			}
		}
		l.fields = append(l.fields, field)
	}
	return l
}

// of picks what is bound of the values that are written.
func (l layout) of(values []any) []any {
	some := make([]any, len(l.places), len(l.places)+1)
	for i, at := range l.places {
		some[i] = values[at]
	}
	return some
}

// found picks it of a row that was read; missing is the value of what is no field.
func (l layout) found(row any, missing any) []any {
	v, some := reflect.ValueOf(row), make([]any, len(l.fields), len(l.fields)+1)
	for i, at := range l.fields {
		if some[i] = missing; at >= 0 {
			some[i] = v.Field(at).Interface()
		}
	}
	return some
}

// NewHolding is what a case holds once it was written; attached is the text of its
// files.
func NewHolding(c *workflow.Complaint, sealed []byte, attached string) Holding {
	h := Holding{Row: append(rowLayout.of(Values(c)), sealed), Attached: attached, Announced: announced(c.Announcement)}
	for i, p := range c.Promises {
		h.Promises = append(h.Promises, promiseLayout.of(PromiseValues(c.ID, i, p)))
	}
	return h
}

// foundHolding is what a case holds as it was found.
func foundHolding(rows []sealedRow) Holding {
	h := Holding{
		Row: append(rowLayout.found(rows[0].Row, nil), rows[0].Sealed), Attached: rows[0].Attached.String,
		Announced: announced(rows[0].announcement()),
	}
	for i := range rows {
		h.Promises = append(h.Promises, promiseLayout.found(rows[i].PromiseRow, i))
	}
	return h
}

// At is what is held by an earlier edition of what is bound.
func (h Holding) At(edition int) Holding {
	if edition == Edition {
		return h
	}
	keep := func(table string, l layout, values []any) (some []any) {
		for i, v := range values {
			if i >= len(l.names) || later[table+"."+l.names[i]] <= edition {
				some = append(some, v)
			}
		}
		return some
	}
	then := Holding{Row: keep("complaints", rowLayout, h.Row), Attached: h.Attached, Announced: h.Announced}
	for _, p := range h.Promises {
		then.Promises = append(then.Promises, keep("promises", promiseLayout, p))
	}
	return then
}

// attachedText says of a row a of attachments what its case's last line binds.
const attachedText = `a.ordinal || ',' || a.line || ',' || a.file || ',' || a.uploader || ',' || a.state || ',' || a.fault || ',' || a.size || ',' || a.digest`

// BoundFiles is the statement that reads the text of the files of cases from $1
// to $2.
const BoundFiles = `SELECT a.complaint, string_agg(` + attachedText + `, ';' ORDER BY a.ordinal) AS text
	FROM attachments a WHERE a.complaint >= $1 AND a.complaint <= $2 GROUP BY a.complaint`

// AttachedText is that of one file that was written just now.
func AttachedText(a workflow.Attachment, digest string) string {
	return fmt.Sprintf("%d,%d,%s,%s,%s,%s,%d,%s", a.Ordinal, a.Line, a.File, a.By, a.State, a.Fault, a.Size, digest)
}

// JoinAttached is the text of several files.
func JoinAttached(texts ...string) string {
	var some []string
	for _, text := range texts {
		if text != "" {
			some = append(some, text)
		}
	}
	return strings.Join(some, ";")
}

// Plain is a value as digests are made of it, whether it comes from the program
// or from either engine: what it says, and of which kind it is.
func Plain(v any) []byte {
	v, err := driver.DefaultParameterConverter.ConvertValue(v)
	if err != nil {
		return []byte("?")
	}
	switch v := v.(type) {
	case nil:
		return []byte{'-'}
	case string:
		return append([]byte{'s'}, v...)
	case []byte:
		return append([]byte{'s'}, v...)
	case int64:
		return strconv.AppendInt([]byte{'i'}, v, 10)
	case bool:
		if v {
			return []byte("i1")
		}
		return []byte("i0")
	case time.Time:
		return v.UTC().AppendFormat([]byte{'t'}, time.RFC3339Nano)
	}
	return fmt.Appendf([]byte{'?'}, "%v", v)
}

// Guard is whom a case concerns, so that rows of concerns which say something else
// show: how many people, and a keyed digest of case and person.
type Guard struct {
	People int
	Digest []byte
}

// NewGuard is that of a case; person is the hash of whom it concerns, nil for
// nobody.
func NewGuard(keys *vault.Ring, id workflow.CaseID, person []byte) Guard {
	g := Guard{Digest: keys.JournalMAC([]byte("guard"), []byte(id), person)}
	if len(person) > 0 {
		g.People = 1
	}
	return g
}

// ConcernStands is the condition that the rows of concerns say of as many people as
// the row of a case c that it concerns. It needs no key, and so can't see that one
// person was put in the place of another: ConcernKept does.
const ConcernStands = `(c.concerned = 0 OR c.concerned = (SELECT count(*) FROM concerns w WHERE w.complaint = c.id))`

// ConcernKept reports whether the rows of concerns say of a case what was written.
// known is false for a case from before, of which the row does not tell.
func (r *Row) ConcernKept(keys *vault.Ring) (kept, known bool) {
	if len(r.Guard) == 0 {
		return false, false
	}
	return hmac.Equal(r.Guard, NewGuard(keys, r.ID, r.Concerning).Digest), true
}
