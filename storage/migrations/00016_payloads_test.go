package migrations

import (
	"slices"
	"testing"

	"github.com/artra/klachtbot/outbox"
)

// oldRows are values of every form that a row had before it had a payload, and
// of forms that none had.
func oldRows() (well, ill []oldDelivery) {
	well = []oldDelivery{
		{kind: "case"}, {kind: "story"}, {kind: "look"}, {kind: "clear"}, {kind: "clear", slot: "purge"},
		{kind: "line", slot: "note"}, {kind: "line", slot: "mail_waits"}, {kind: "line", slot: "mail_failed acknowledgement"},
		{kind: "line", slot: "mail_doubt 6"}, {kind: "mail", slot: "acknowledgement"}, {kind: "mail", slot: "2"},
		{kind: "nudge", person: "U0OMAR", slot: "retention"}, {kind: "handover", person: "U0DIRK"},
		{kind: "erasure", person: "U0OMAR", slot: "declined"}, {kind: "erased", person: "U0OMAR", slot: "K-2026-0001"},
		{kind: "file", slot: "1"}, {kind: "removal", person: "U0STAFF", slot: "12"},
		{kind: "outgoing", person: "U0OMAR", slot: "ABC"}, {kind: "recall", person: "U0OMAR", slot: "ABC"},
		{kind: "digest", person: "U0OMAR"}, {kind: "weekly", person: "U0DIRK", slot: "2026-11-30"},
		{kind: "remnants", person: "U0OMAR"}, {kind: "remnants", person: "U0OMAR", slot: "asked"},
		{kind: "quarter", slot: "2026-Q3"}, {kind: "quarter", person: "U0DIRK", slot: "2026-Q3"},
		{kind: "quarter", person: "U0DIRK", slot: "2026-Q3/instead"}, {kind: "reviews"}, {kind: "reviews", person: "U0DIRK"},
		{kind: "reviews", person: "U0DIRK", slot: "/instead"}, {kind: "reviewed", slot: "2026-Q4"},
		{kind: "reviewed", person: "U0DIRK", slot: "2026-Q4/instead"},
		{kind: "asked", person: "U0STAFF", slot: "XYZ"}, {kind: "recommendation", person: "U0STAFF", slot: "XYZ"},
		{kind: "picture", slot: "quarter 2026-Q3 C0BOARD 12.000001"},
		{kind: "picture", person: "U0DIRK", slot: "quarter 2026-Q3/instead D1 1.2"}, {kind: "picture", slot: "reviews  D1 1.2"},
	}
	ill = []oldDelivery{
		{}, {kind: "wall"}, {kind: "case", slot: "x"}, {kind: "case", person: "U0OMAR"}, {kind: "line"}, {kind: "line", slot: "note 6"},
		{kind: "line", slot: "mail_doubt six"}, {kind: "line", slot: "mail_failed "}, {kind: "mail"}, {kind: "mail", slot: "02"},
		{kind: "mail", slot: "-1"}, {kind: "nudge", slot: "outcome"}, {kind: "nudge", person: "U0OMAR"}, {kind: "file", slot: "0"},
		{kind: "file", slot: "+1"}, {kind: "removal", slot: "1"}, {kind: "weekly", person: "U0DIRK", slot: "2026-02-30"},
		{kind: "quarter", slot: "2026-Q5"}, {kind: "quarter", slot: "2026-Q3/instead"}, {kind: "quarter", slot: "0000-Q1"},
		{kind: "picture", slot: "quarter 2026-Q3 C0BOARD"}, {kind: "picture", slot: "picture x C0BOARD 1.2"},
		{kind: "picture", slot: "quarter  C0BOARD 1.2"}, {kind: "line", slot: "\xff"}, {kind: "remnants", person: "U0OMAR", slot: "x"},
	}
	return well, ill
}

// TestPayloads_isRead: what a row was about is read as the same, with the slot and
// the recipient that it had; what can't be understood has no payload.
func TestPayloads_isRead(t *testing.T) {
	well, ill := oldRows()
	seen := map[outbox.Kind]bool{}
	for _, d := range well {
		seen[outbox.Kind(d.kind)] = true
		if !d.understood(t) {
			t.Errorf("%+v is not understood", d)
		}
	}
	later := []outbox.Kind{outbox.KindSource, outbox.KindRemedy, outbox.KindRemedyNews, outbox.KindRepeatedNotice, outbox.KindRootCheck, outbox.KindViewCheck, outbox.KindUrgent} // no version before had them
	for _, k := range outbox.Kinds() {
		if !seen[k] && !slices.Contains(later, k) {
			t.Errorf("no row of kind %s", k)
		}
	}
	for _, d := range ill {
		if d.understood(t) {
			t.Errorf("%+v is understood", d)
		}
	}
}

// understood reports whether a row gets a payload, and checks that.
func (d oldDelivery) understood(t *testing.T) bool {
	t.Helper()
	text, ok := payload(d.kind, d.person, d.slot)
	if !ok {
		return false
	}
	p, err := outbox.Decode(outbox.Kind(d.kind), string(text))
	if err != nil || p.Slot() != d.slot || string(p.Recipient()) != d.person {
		t.Errorf("%+v got %s, which reads as %#v: %v", d, text, p, err)
	}
	return true
}

func FuzzOldWhat(f *testing.F) {
	well, ill := oldRows()
	for _, d := range append(well, ill...) {
		f.Add(d.kind, d.person, d.slot)
	}
	f.Fuzz(func(t *testing.T, kind, person, slot string) {
		oldDelivery{kind: kind, person: person, slot: slot}.understood(t)
	})
}
