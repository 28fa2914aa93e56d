package queue

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
)

// Row is a row of the outbox.
type Row struct {
	ID        int64  `db:"id"`
	Lane      string `db:"lane"`
	Complaint string `db:"complaint"`
	Version   int    `db:"version"`
	Ordinal   int    `db:"ordinal"`
	Surface   string `db:"surface"`
	Person    string `db:"person"`
	Slot      string `db:"slot"`
	Payload   string `db:"payload"`
	Wanted    int    `db:"wanted"`
	Attempts  int    `db:"attempts"`
	FirstTry  int64  `db:"first_try"`
	Fault     string `db:"fault"`
	Threaded  bool   `db:"threaded"`
	Reposted  bool   `db:"reposted"`
}

func (r Row) kind() outbox.Kind { return outbox.Kind(r.Surface) }

// place names, among the views of its case, the one that the row edits: the case
// message, or one of a person.
func (r Row) place() string {
	if r.Person == "" && r.Slot == "" {
		return r.Surface
	}
	return r.Surface + " " + r.Person + " " + r.Slot
}

// placeOf is Row.place of a delivery.
func placeOf(d outbox.Delivery) string {
	return Row{Surface: string(d.Kind()), Person: string(d.Recipient()), Slot: d.Slot()}.place()
}

// payload is what the row is about. One that can't be read makes no difference to
// the rows beside it: the sender fails at it, and it shows as failing.
func (r Row) payload() outbox.Payload {
	p, err := outbox.Decode(r.kind(), r.Payload)
	if err != nil {
		return outbox.Unreadable{Of: r.kind()}
	}
	return p
}

// values are those of a new row, in the order in which insertRows and upsertRow
// take them. What people are reminded of waits for the end of a sweep.
func (r Row) values(p outbox.Payload, now time.Time) ([]any, error) {
	payload, err := outbox.Encode(p)
	if err != nil {
		return nil, fmt.Errorf("outbox row: %w", err)
	}
	id, err := rowID()
	if err != nil {
		return nil, err
	}
	due := engine.Millis(now)
	switch p.Kind() {
	case outbox.KindReminder, outbox.KindSource, outbox.KindWeeklyDigest:
		due = parkedAt
	}
	return []any{
		id, r.Lane, r.Complaint, r.Version, r.Ordinal, r.Surface, r.Person, r.Slot, r.Wanted, r.Threaded,
		engine.Millis(now), due, payload,
	}, nil
}

// reference is where a message stands in Slack, and whether it was posted anew.
type reference struct {
	Channel  string `db:"channel"`
	TS       string `db:"ts"`
	Reposted bool   `db:"reposted"`
}

// delivery is the row as the sender gets it; root is the case message, or the view
// that the row edits.
func delivery(keys *vault.Ring, r Row, root reference) outbox.Delivery {
	d := outbox.Delivery{
		Payload: r.payload(), ID: r.ID, Lane: outbox.Lane(r.Lane), Case: workflow.CaseID(r.Complaint),
		Version: r.Wanted, Ordinal: r.Ordinal, Key: Key(keys, r), Reposted: r.Reposted,
		Attempts: r.Attempts, FirstTry: engine.FromMillis(r.FirstTry), Fault: r.Fault, Threaded: r.Threaded,
	}
	switch {
	case r.Threaded:
		d.Channel, d.Root = root.Channel, root.TS
	case d.Kind().Edits():
		d.Channel, d.TS = root.Channel, root.TS
		d.Reposted = r.Reposted || root.Reposted
	}
	return d
}

// Key is what the message of a row carries: the same at every attempt
// and for every edit of a message, another for each reminder. Who lacks
// the ring can neither read it nor make one.
func Key(keys *vault.Ring, row Row) string {
	number := row.Version
	switch kind := row.kind(); {
	case kind.Anew():
		number = row.Wanted
	case kind.Edits() && kind.Personal(): // as when it was posted once and never edited
		number = 1
	}
	sum := keys.DeliveryMAC([]byte(row.Complaint), []byte(row.Surface), []byte(row.Person), []byte(row.Slot),
		strconv.AppendInt(nil, int64(number), 10), strconv.AppendInt(nil, int64(row.Ordinal), 10))
	return hex.EncodeToString(sum[:16])
}

const columns = `id, lane, complaint, version, ordinal, surface, person, slot, payload, wanted, attempts, first_try, fault, threaded, reposted`

// kindsThat lists kinds for SQL.
func kindsThat(is func(outbox.Kind) bool) string {
	var words []string
	for _, k := range outbox.Kinds() {
		if is(k) {
			words = append(words, "'"+string(k)+"'")
		}
	}
	return strings.Join(words, ", ")
}
