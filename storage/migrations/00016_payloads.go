package migrations

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Migration 16 writes the payloads of what waits in the outbox of a register from
// before it had any. What a delivery was about stood in two columns: person, and
// what is called slot now. The payloads are written here as they were read at
// that version, and not by today's types: a later migration goes on from them.
//
// A row that can't be understood keeps an empty payload. It stays, with its key
// and its attempts, can't be sent, and is reported as failing.

// oldDelivery is a row that waits.
type oldDelivery struct {
	id                 int64
	kind, person, slot string
}

func writePayloads(ctx context.Context, tx *sql.Tx) error {
	waiting, err := oldDeliveries(ctx, tx)
	if err != nil {
		return fmt.Errorf("deliveries that wait: %w", err)
	}
	for _, d := range waiting {
		text, ok := payload(d.kind, d.person, d.slot)
		if !ok {
			continue
		}
		if _, err := tx.ExecContext(ctx, `UPDATE outbox SET payload = $2 WHERE id = $1`, d.id, string(text)); err != nil {
			return fmt.Errorf("payload: %w", err)
		}
	}
	return nil
}

func oldDeliveries(ctx context.Context, tx *sql.Tx) (all []oldDelivery, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT id, surface, person, slot FROM outbox`)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var d oldDelivery
		if err := rows.Scan(&d.id, &d.kind, &d.person, &d.slot); err != nil {
			return nil, err
		}
		all = append(all, d)
	}
	return all, rows.Err()
}

// payload is what a row was about; ok is false when that can't be understood.
func payload(kind, person, slot string) (text json.RawMessage, ok bool) {
	fields, ok := payloadFields(kind, slot)
	if !ok || !addressed(kind, person, fields) {
		return nil, false
	}
	if person != "" && kind != "picture" {
		fields["to"] = person
	}
	if below, has := fields["below"].(string); has { // of a picture: what its message is about
		inner, ok := payload(fields["kind"].(string), person, below)
		if !ok {
			return nil, false
		}
		fields["below"] = inner
	}
	text, err := json.Marshal(fields)
	return text, err == nil
}

// addressed reports whether a row is for a person exactly if its kind is.
func addressed(kind, person string, fields map[string]any) bool {
	switch kind {
	case "case", "story", "line", "mail", "clear", "file", "look":
		return person == ""
	case "picture":
		return true
	case "quarter", "reviews", "reviewed": // for the directors' channel, or one director
		return isWord(person) || person == "" && fields["instead"] == nil
	}
	return isWord(person)
}

// payloadFields are the fields of a payload without its recipient.
func payloadFields(kind, slot string) (fields map[string]any, ok bool) {
	switch kind {
	case "case", "story", "handover", "digest", "look":
		return map[string]any{}, slot == ""
	case "line":
		return lineFields(slot)
	case "nudge":
		return map[string]any{"watch": slot}, isWord(slot)
	case "mail":
		return letterFields(slot)
	case "clear":
		return map[string]any{"erased": slot == "purge"}, slot == "" || slot == "purge"
	case "erasure":
		return map[string]any{"how": slot}, isWord(slot)
	case "erased":
		return map[string]any{"number": slot}, isWord(slot)
	case "weekly":
		return map[string]any{"week": slot}, isDate(slot)
	case "remnants":
		return map[string]any{"asked": slot == "asked"}, slot == "" || slot == "asked"
	case "file":
		return numberField("ordinal", slot)
	case "removal":
		return numberField("line", slot)
	case "outgoing", "recall", "asked", "recommendation":
		return map[string]any{"id": slot}, isWord(slot)
	case "quarter", "reviews", "reviewed":
		return reviewFields(kind, slot)
	case "picture":
		return pictureFields(slot)
	}
	return nil, false
}

var quarter = regexp.MustCompile(`^\d{4}-Q[1-4]$`)

func isQuarter(s string) bool { return quarter.MatchString(s) && !strings.HasPrefix(s, "0000") }

func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// lineFields: beside the name of an action there were two lines about a letter.
func lineFields(slot string) (map[string]any, bool) {
	action, about, two := strings.Cut(slot, " ")
	switch {
	case !two:
		return map[string]any{"action": action}, isWord(action)
	case action == "mail_failed":
		return map[string]any{"failed": about}, isWord(about)
	case action == "mail_doubt":
		return numberField("in_doubt", about)
	}
	return nil, false
}

// letterFields: a new letter was named by its kind, one to be sent again by its
// version.
func letterFields(slot string) (map[string]any, bool) {
	if fields, ok := numberField("version", slot); ok {
		return fields, true
	}
	_, err := strconv.Atoi(slot)
	return map[string]any{"letter": slot}, err != nil && isWord(slot)
}

func reviewFields(kind, slot string) (map[string]any, bool) {
	fields := map[string]any{}
	about, instead := strings.CutSuffix(slot, "/instead")
	if instead {
		fields["instead"] = true
	}
	if kind == "reviews" {
		return fields, about == ""
	}
	fields["quarter"] = about
	return fields, isQuarter(about)
}

// pictureFields: kind and slot of the message below which it goes, channel and
// ts of that message.
func pictureFields(slot string) (map[string]any, bool) {
	parts := strings.Split(slot, " ")
	if len(parts) != 4 || parts[0] == "picture" || !isWord(parts[2]) || !isWord(parts[3]) {
		return nil, false
	}
	return map[string]any{"kind": parts[0], "below": parts[1], "channel": parts[2], "ts": parts[3]}, true
}

// numberField takes a number as the old program wrote it, from 1.
func numberField(name, slot string) (map[string]any, bool) {
	n, err := strconv.Atoi(slot)
	return map[string]any{name: n}, err == nil && n > 0 && strconv.Itoa(n) == slot
}

// isWord reports whether a value is one word, as each of an old row is.
func isWord(s string) bool {
	return s != "" && utf8.ValidString(s) && !strings.ContainsAny(s, " \x00")
}
