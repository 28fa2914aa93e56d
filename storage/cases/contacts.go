package cases

import (
	"strconv"

	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/storage/core"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
)

// The kinds of keyed hashes by which a sealed value is found again.
const (
	HashEmail = "email"
	HashPhone = "phone"
)

// Contact is a means of contact as the register searches for it.
type Contact struct{ Kind, Value string }

// Contacts returns what the complainant can be found by.
func Contacts(p workflow.Particulars) []Contact {
	var found []Contact
	if v := contact.EmailKey(p.Email.Reveal()); v != "" {
		found = append(found, Contact{HashEmail, v})
	}
	if v := contact.PhoneKey(p.Phone.Reveal()); v != "" {
		found = append(found, Contact{HashPhone, v})
	}
	return found
}

// InsertContacts and InsertConcerns insert keyed hashes: of how complainants can
// be reached, and of whom cases concern.
var (
	InsertContacts = engine.NewInsert("contacts (complaint, kind, hash)", 3, "")
	InsertConcerns = engine.NewInsert("concerns (complaint, person)", 2, "")
)

// ContactRows are the rows of InsertContacts for a case.
func ContactRows(key vault.SearchKey, id workflow.CaseID, p workflow.Particulars) (rows [][]any) {
	for _, k := range Contacts(p) {
		rows = append(rows, []any{id, k.Kind, key.Hash(k.Kind, k.Value)})
	}
	return rows
}

// ConcernRows are the rows of InsertConcerns for a case: none or one.
func ConcernRows(key vault.SearchKey, id workflow.CaseID, p workflow.Particulars) (rows [][]any) {
	if p.Concerns != "" {
		rows = append(rows, []any{id, core.HashOf(key, p.Concerns)})
	}
	return rows
}

// Rule is the rule by which cases are searched, as cursors and the register
// have it.
func Rule() string { return strconv.Itoa(contact.Rule) }

// OfferingKey is an offering's name as its index has it, in bytes, because
// engines order text by rules of their own.
func OfferingKey(name string) []byte { return []byte(contact.Plain(name)) }

// GuardOf is the guard of a case by its Particulars.
func GuardOf(keys *vault.Ring, key vault.SearchKey, of *workflow.Complaint) Guard {
	if of.Particulars.Concerns == "" {
		return NewGuard(keys, of.ID, nil)
	}
	return NewGuard(keys, of.ID, core.HashOf(key, of.Particulars.Concerns))
}
