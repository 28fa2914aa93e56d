package outbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/artra/klachtbot/workflow/roster"
)

// Payload is what a delivery is about: a struct of its own for each kind, or
// for each thing that a kind can say. The register keeps it as JSON. It holds no
// text of a complaint and no name.
type Payload interface {
	Kind() Kind
	// Recipient is the person whom the delivery is for, "" for whoever reads its
	// lane.
	Recipient() roster.PersonID
	// Slot tells payloads of one kind for one recipient apart. It is part of what
	// makes a row of the outbox unique, and of the key that its message carries in
	// Slack: what it returns for a payload never changes.
	Slot() string
	// valid reports whether nothing is missing, and nothing in it would make
	// Slot ambiguous.
	valid() bool
}

// Unreadable stands for a payload that the register holds and this program
// can't read. Nothing can be made of the delivery; it shows as failing.
type Unreadable struct{ Of Kind }

// errPayload never repeats the input: nobody knows what it holds.
var errPayload = errors.New("not a payload of this kind")

// Encode is a payload as the register keeps it.
func Encode(p Payload) (string, error) {
	if !p.valid() {
		return "", fmt.Errorf("%s: %w", p.Kind(), errPayload)
	}
	text, err := json.Marshal(p)
	if err != nil {
		return "", fmt.Errorf("payload of %s: %w", p.Kind(), err)
	}
	return string(text), nil
}

// Decode reads what Encode wrote. A kind may have payloads of several types;
// these differ in their fields, of which none is left out, so one fits.
func Decode(k Kind, text string) (Payload, error) {
	for _, empty := range kinds[k].payloads {
		if p, err := decodeAs(empty, text); err == nil {
			return p, nil
		}
	}
	return nil, fmt.Errorf("%s: %w", k, errPayload)
}

func decodeAs(empty Payload, text string) (Payload, error) {
	into := reflect.New(reflect.TypeOf(empty))
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(into.Interface()); err != nil || d.More() {
		return nil, errPayload
	}
	p, ok := into.Elem().Interface().(Payload)
	if !ok || !p.valid() {
		return nil, errPayload
	}
	return p, nil
}

// isWord reports whether a value can be part of a slot.
func isWord[T ~string](s T) bool {
	return s != "" && utf8.ValidString(string(s)) && !strings.ContainsAny(string(s), " \x00")
}

func (u Unreadable) Kind() Kind { return u.Of }

func (Unreadable) Recipient() roster.PersonID { return "" }

func (Unreadable) Slot() string { return "" }

func (Unreadable) valid() bool { return false }
