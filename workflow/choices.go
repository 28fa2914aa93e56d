package workflow

import "slices"

// Way is how something reached the firm or the complainant. The values are
// the option values of the contract.
type Way string

// The ways of the contract (design section 5).
const (
	WayEmail       Way = "email"
	WayPhone       Way = "phone"
	WayLetter      Way = "letter"
	WayInPerson    Way = "in_person"
	WayNotPossible Way = "not_possible" // for a complainant who can't be reached
)

// ReceiptWays are the ways in which a complaint comes in.
func ReceiptWays() []Way { return []Way{WayPhone, WayEmail, WayLetter, WayInPerson} }

// ContactWays are the ways in which the firm answers.
func ContactWays() []Way { return []Way{WayEmail, WayPhone, WayLetter, WayInPerson, WayNotPossible} }

// written reports whether the way leaves a text with the other side (R8).
func (w Way) written() bool { return w == WayEmail || w == WayLetter }

// Contact is how the complainant wants to be reached.
type Contact string

// The contacts of the contract. ContactNone is a caller who stays anonymous.
const (
	ContactEmail  Contact = "email"
	ContactPhone  Contact = "phone"
	ContactLetter Contact = "letter"
	ContactNone   Contact = "none"
)

// Contacts lists them as the modal does.
func Contacts() []Contact {
	return []Contact{ContactEmail, ContactPhone, ContactLetter, ContactNone}
}

// Way is the way that fits the wish: the default in every letter's modal.
func (c Contact) Way() Way {
	if c == ContactNone {
		return WayNotPossible
	}
	return Way(c)
}

// ComplainantKinds are the regulation's definition of "klager".
func ComplainantKinds() []string {
	return []string{"participant", "future_participant", "customer", "future_customer"}
}

// OfferingKinds are what the regulation's definition of "klacht" names, and a
// last one for discontent about something else of the firm.
func OfferingKinds() []string {
	return []string{"training", "course", "workshop", "masterclass", "other"}
}

// Categories say what a complaint is about.
func Categories() []string {
	return []string{"content", "trainer", "organisation", "location", "material", "information", "invoice", "conduct", "other"}
}

// Causes say, at the decision, what lay behind it.
func Causes() []string {
	return []string{"content", "person", "planning", "information", "administration", "facilities", "supplier", "expectation", "none", "other"}
}

// Languages are those of letters.
func Languages() []string { return []string{"nl", "en"} }

// Verdict is the decision in one word.
type Verdict string

// The verdicts of the contract; VerdictWithdrawn is never chosen, it follows
// from a withdrawal.
const (
	VerdictUpheld        Verdict = "upheld"         // gegrond
	VerdictPartly        Verdict = "partly_upheld"  // deels gegrond
	VerdictNotUpheld     Verdict = "not_upheld"     // ongegrond
	VerdictNotConsidered Verdict = "not_considered" // niet in behandeling
	VerdictSettled       Verdict = "settled"        // geschikt
	VerdictWithdrawn     Verdict = "withdrawn"      // ingetrokken
)

// Verdicts lists those that an officer chooses from.
func Verdicts() []Verdict {
	return []Verdict{VerdictUpheld, VerdictPartly, VerdictNotUpheld, VerdictNotConsidered, VerdictSettled}
}

func known[T comparable](v T, among []T) bool { return slices.Contains(among, v) }
