package outbox

import (
	"errors"
	"strings"
)

// Below is where a picture goes, and what it is a picture of: the message of a
// surface that stands at Channel and TS. The register keeps it as one word
// for each.
type Below struct {
	Kind        Kind
	What        string // of the message's delivery
	Channel, TS string
}

// errBelow never repeats the input: see errDate.
var errBelow = errors.New("not a place below a message")

// ParseBelow reads what String wrote.
func ParseBelow(s string) (Below, error) {
	parts := strings.Split(s, " ")
	if len(parts) != 4 || parts[0] == "" || parts[2] == "" || parts[3] == "" {
		return Below{}, errBelow
	}
	return Below{Kind(parts[0]), parts[1], parts[2], parts[3]}, nil
}

// String writes it with single spaces between. No part of it may hold one.
func (b Below) String() string {
	return strings.Join([]string{string(b.Kind), b.What, b.Channel, b.TS}, " ")
}
