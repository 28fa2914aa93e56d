package cases

import (
	"encoding/json"
	"fmt"

	"github.com/artra/klachtbot/storage/vault"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

const purposeParticulars = "particulars"

// PurposeRecord is that of an entry of the dossier.
func PurposeRecord(line, ordinal int) string { return fmt.Sprintf("record %d.%d", line, ordinal) }

// sealedParticulars is workflow.Particulars with its texts revealed. It lives
// between JSON and the sealing only.
type sealedParticulars struct {
	Name     string `json:"name"`
	Behalf   string `json:"on_behalf_of,omitempty"`
	Email    string `json:"email"`
	Phone    string `json:"phone"`
	Address  string `json:"address"`
	Story    string `json:"story"`
	Wish     string `json:"wish"`
	Concerns string `json:"concerns"`
}

// SealParticulars seals them under the case's key.
func SealParticulars(key vault.DataKey, p workflow.Particulars) ([]byte, error) {
	s := sealedParticulars{
		Name: p.Name.Reveal(), Behalf: p.OnBehalfOf.Reveal(), Email: p.Email.Reveal(), Phone: p.Phone.Reveal(),
		Address: p.Address.Reveal(), Story: p.Story.Reveal(), Wish: p.Wish.Reveal(),
		Concerns: string(p.Concerns),
	}
	return sealJSON(key, purposeParticulars, s)
}

// OpenParticulars opens what SealParticulars sealed.
func OpenParticulars(key vault.DataKey, sealed []byte) (workflow.Particulars, error) {
	var s sealedParticulars
	if err := openJSON(key, purposeParticulars, sealed, &s); err != nil {
		return workflow.Particulars{}, err
	}
	p := workflow.Particulars{
		Name: workflow.Confidential(s.Name), OnBehalfOf: workflow.Confidential(s.Behalf), Email: workflow.Confidential(s.Email),
		Phone: workflow.Confidential(s.Phone), Address: workflow.Confidential(s.Address),
		Story: workflow.Confidential(s.Story), Wish: workflow.Confidential(s.Wish),
		Concerns: roster.PersonID(s.Concerns),
	}
	return p, nil
}

// SealTexts seals the texts of an entry of the dossier.
func SealTexts(key vault.DataKey, purpose string, texts map[string]workflow.Confidential) ([]byte, error) {
	revealed := make(map[string]string, len(texts))
	for field, text := range texts {
		revealed[field] = text.Reveal()
	}
	return sealJSON(key, purpose, revealed)
}

// OpenTexts opens what SealTexts sealed.
func OpenTexts(key vault.DataKey, purpose string, sealed []byte) (map[string]workflow.Confidential, error) {
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
