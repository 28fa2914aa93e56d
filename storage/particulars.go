package storage

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// What is sealed, and for which purpose: a sealed text opens only in the
// place that it was made for.
const purposeParticulars = "particulars"

func purposeRecord(line, ordinal int) string { return fmt.Sprintf("record %d.%d", line, ordinal) }
func purposePerson(line int) string          { return fmt.Sprintf("person of line %d", line) }
func purposeFile(ordinal int) string         { return fmt.Sprintf("attachment %d", ordinal) }
func purposeFileName(ordinal int) string     { return fmt.Sprintf("name of attachment %d", ordinal) }
func purposeRefused(line int) string         { return fmt.Sprintf("person refused in line %d", line) }
func purposeSearched(line int) string        { return fmt.Sprintf("person who searched in line %d", line) }
func purposeExported(line int) string        { return fmt.Sprintf("person who exported in line %d", line) }

// purposeActor is that of pseudonyms.
const purposeActor = "actor"

// sealedParticulars is workflow.Particulars with its texts revealed. It lives
// between JSON and the sealing only.
type sealedParticulars struct {
	Name     string `json:"name"`
	Email    string `json:"email"`
	Phone    string `json:"phone"`
	Address  string `json:"address"`
	Story    string `json:"story"`
	Wish     string `json:"wish"`
	Concerns string `json:"concerns"`
}

func sealParticulars(key vault.DataKey, p workflow.Particulars) ([]byte, error) {
	s := sealedParticulars{
		Name: p.Name.Reveal(), Email: p.Email.Reveal(), Phone: p.Phone.Reveal(),
		Address: p.Address.Reveal(), Story: p.Story.Reveal(), Wish: p.Wish.Reveal(),
		Concerns: string(p.Concerns),
	}
	return sealJSON(key, purposeParticulars, s)
}

func openParticulars(key vault.DataKey, sealed []byte) (workflow.Particulars, error) {
	var s sealedParticulars
	if err := openJSON(key, purposeParticulars, sealed, &s); err != nil {
		return workflow.Particulars{}, err
	}
	p := workflow.Particulars{
		Name: workflow.Confidential(s.Name), Email: workflow.Confidential(s.Email),
		Phone: workflow.Confidential(s.Phone), Address: workflow.Confidential(s.Address),
		Story: workflow.Confidential(s.Story), Wish: workflow.Confidential(s.Wish),
		Concerns: roster.PersonID(s.Concerns),
	}
	return p, nil
}

func sealTexts(key vault.DataKey, purpose string, texts map[string]workflow.Confidential) ([]byte, error) {
	revealed := make(map[string]string, len(texts))
	for field, text := range texts {
		revealed[field] = text.Reveal()
	}
	return sealJSON(key, purpose, revealed)
}

func openTexts(key vault.DataKey, purpose string, sealed []byte) (map[string]workflow.Confidential, error) {
	var revealed map[string]string
	if err := openJSON(key, purpose, sealed, &revealed); err != nil {
		return nil, err
	}
	texts := make(map[string]workflow.Confidential, len(revealed))
	for field, text := range revealed {
		texts[field] = workflow.Confidential(text)
	}
	return texts, nil
}

func sealJSON(key vault.DataKey, purpose string, v any) ([]byte, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", purpose, err)
	}
	return key.Seal(purpose, plain)
}

// openJSON does not repeat what the decoder says: it may quote a text.
func openJSON(key vault.DataKey, purpose string, sealed []byte, v any) error {
	plain, err := key.Open(purpose, sealed)
	if err != nil {
		return fmt.Errorf("open %s: %w", purpose, err)
	}
	if json.Unmarshal(plain, v) != nil {
		return fmt.Errorf("decode %s: %w", purpose, vault.ErrSealed)
	}
	return nil
}

// The kinds of keyed hashes by which a sealed value is found again.
const (
	hashPerson = "person"
	hashEmail  = "email"
	hashPhone  = "phone"
)

// contact is a means of contact as the register searches for it.
type contact struct{ kind, value string }

// contacts returns what the complainant can be found by, in one spelling.
func contacts(p workflow.Particulars) []contact {
	var found []contact
	if v := oneEmail(p.Email.Reveal()); v != "" {
		found = append(found, contact{hashEmail, v})
	}
	if v := onePhone(p.Phone.Reveal()); v != "" {
		found = append(found, contact{hashPhone, v})
	}
	return found
}

// oneEmail is an e-mail address in one spelling: capitals don't tell two
// mailboxes apart anywhere in practice.
func oneEmail(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// onePhone is a telephone number in one spelling: the digits of the
// international form. A number without a country is Dutch.
func onePhone(s string) string {
	s = strings.ReplaceAll(s, "(0)", "")
	international := strings.HasPrefix(strings.TrimSpace(s), "+")
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
	switch {
	case international:
		return digits
	case strings.HasPrefix(digits, "00"):
		return digits[2:]
	case strings.HasPrefix(digits, "0"):
		return "31" + digits[1:]
	}
	return digits
}
