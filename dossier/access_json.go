package dossier

import (
	"encoding/json"
	"fmt"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
	"github.com/artra/klachtbot/workflow/urgency"
)

// The form of the machine-readable answer. Its names and values are fixed: a
// field may be added, none changes its meaning within a version. Dates read
// 2026-11-26, instants are RFC 3339 in UTC, values of lists are the register's
// own words in English, and what is empty is left out.
type (
	accessFile struct {
		Format  string       `json:"format"` // accessFormat
		Version int          `json:"version"`
		Made    time.Time    `json:"made"`
		MadeBy  string       `json:"made_by"`
		Firm    firmInfo     `json:"controller"`
		Cases   []caseInJSON `json:"cases"`
	}
	firmInfo struct {
		Name    string   `json:"name"`
		Contact []string `json:"contact,omitempty"`
	}
	caseInJSON struct {
		Number      string          `json:"number"`
		State       workflow.State  `json:"state"`
		Person      personInJSON    `json:"person"`
		Complaint   complaintInJSON `json:"complaint"`
		LoggedBy    string          `json:"logged_by"`
		LoggedAt    time.Time       `json:"logged_at"`
		ClosedAt    *time.Time      `json:"closed_at,omitempty"`
		HandledBy   []string        `json:"handled_by"`
		KeptUntil   string          `json:"kept_until,omitempty"` // the last day; left out while there is none
		HeldUntil   string          `json:"hold_review,omitempty"`
		Promises    []promiseInJSON `json:"promises"`
		Decision    *decisionInJSON `json:"decision,omitempty"`
		Entries     []entryInJSON   `json:"entries"`
		Attachments []fileInJSON    `json:"attachments"`
	}
	personInJSON struct {
		Name      string           `json:"name"`
		Behalf    string           `json:"on_behalf_of,omitempty"`
		Email     string           `json:"email,omitempty"`
		Phone     string           `json:"phone,omitempty"`
		Address   string           `json:"address,omitempty"`
		Kind      string           `json:"kind,omitempty"`
		Preferred workflow.Contact `json:"preferred_contact"`
		Language  string           `json:"language"`
	}
	complaintInJSON struct {
		Received     string       `json:"received"`
		ReceivedVia  workflow.Way `json:"received_via"`
		Incident     string       `json:"incident,omitempty"`
		Urgent       urgency.Set  `json:"urgent,omitempty"` // with a space between
		OfferingKind string       `json:"offering_kind,omitempty"`
		OfferingName string       `json:"offering_name"`
		Category     string       `json:"category,omitempty"`
		Description  string       `json:"description"`
		Wish         string       `json:"desired_outcome,omitempty"`
	}
	promiseInJSON struct {
		Kind workflow.PromiseKind `json:"kind"`
		Due  string               `json:"due"`
		Kept string               `json:"kept_on,omitempty"`
		Way  workflow.Way         `json:"way,omitempty"`

		Ended   workflow.Ending `json:"ended,omitempty"` // why it was not kept, and is owed no more
		EndedOn string          `json:"ended_on,omitempty"`
	}
	decisionInJSON struct {
		Verdict workflow.Verdict `json:"verdict"`
		Cause   string           `json:"cause,omitempty"`
		On      string           `json:"date,omitempty"`
	}
	entryInJSON struct {
		Kind       workflow.RecordKind `json:"kind"`
		RecordedAt time.Time           `json:"recorded_at"`
		RecordedBy string              `json:"recorded_by,omitempty"` // left out for what the bot did
		Date       string              `json:"date,omitempty"`
		Way        workflow.Way        `json:"way,omitempty"`
		Texts      map[string]string   `json:"texts"`
	}
	fileInJSON struct {
		Name    string `json:"name"`
		Size    int    `json:"size"`
		With    string `json:"came_with"` // complaint, note
		Left    string `json:"left_out,omitempty"`
		Content []byte `json:"content_base64,omitempty"`
	}
)

const (
	accessFormat  = "klachtbot access"
	accessVersion = 1
	accessName    = "inzage.json"
)

// JSON returns the same data in machine-readable form, as a document to encrypt: a page
// that says what it is, with inzage.json in it. A file that everybody can open
// and that nobody can open without its passphrase is a PDF (decision 0031).
func (a Access) JSON() ([]byte, error) {
	content, err := json.MarshalIndent(a.asJSON(), "", "  ")
	if err != nil {
		return nil, fmt.Errorf("access as JSON: %w", err)
	}
	w := a.writer()
	w.cover()
	w.say("access.json", map[string]any{"Name": accessName})
	w.rights()
	w.files = []fpdf.Attachment{{Content: content, Filename: accessName}}
	w.embedded()
	return w.finish()
}

func (a Access) asJSON() accessFile {
	all := accessFile{
		Format: accessFormat, Version: accessVersion, Made: a.Made.UTC().Truncate(time.Second), MadeBy: a.By,
		Firm: firmInfo{a.Firm, a.Contact}, Cases: []caseInJSON{},
	}
	for i := range a.Cases {
		all.Cases = append(all.Cases, a.caseAsJSON(&a.Cases[i]))
	}
	return all
}

func (a Access) caseAsJSON(h *Held) caseInJSON {
	c := &h.Complaint
	f, p := c.Facts, c.Particulars
	one := caseInJSON{
		Number: c.Number, State: c.State,
		Person: personInJSON{
			Name: p.Name.Reveal(), Behalf: p.OnBehalfOf.Reveal(), Email: p.Email.Reveal(), Phone: p.Phone.Reveal(), Address: p.Address.Reveal(),
			Kind: f.ComplainantKind, Preferred: f.Preferred, Language: f.Language,
		},
		Complaint: complaintInJSON{
			Received: f.Received.String(), ReceivedVia: f.ReceivedVia, Incident: f.Incident.String(), Urgent: f.Urgent,
			OfferingKind: f.OfferingKind, OfferingName: f.OfferingName, Category: f.Category,
			Description: p.Story.Reveal(), Wish: p.Wish.Reveal(),
		},
		LoggedBy: a.Names(c.LoggedBy), LoggedAt: c.LoggedAt.UTC(), HandledBy: a.handled(h),
		HeldUntil: c.HoldReview.String(), Promises: []promiseInJSON{}, Entries: []entryInJSON{}, Attachments: []fileInJSON{},
	}
	if !c.ClosedAt.IsZero() {
		closed := c.ClosedAt.UTC()
		one.ClosedAt = &closed
	}
	if last, ok := a.Policy.RetainUntil(c); ok {
		one.KeptUntil = last.String()
	}
	for _, p := range c.Promises {
		one.Promises = append(one.Promises, promiseInJSON{
			p.Kind, p.Due.String(), p.Kept.Entered.String(), p.Kept.Way, p.Ended, p.Lapsed.String(),
		})
	}
	if d := c.Decision; d.Verdict != "" {
		one.Decision = &decisionInJSON{d.Verdict, d.Cause, d.On.String()}
	}
	for _, r := range a.forPerson(h.Records) {
		one.Entries = append(one.Entries, a.entryAsJSON(r))
	}
	for _, file := range h.Files {
		one.Attachments = append(one.Attachments, fileAsJSON(file))
	}
	return one
}

func (a Access) entryAsJSON(r workflow.Record) entryInJSON {
	one := entryInJSON{Kind: r.Kind, RecordedAt: r.At.UTC(), Date: r.Date.String(), Way: r.Way, Texts: map[string]string{}}
	if r.By != roster.Clock {
		one.RecordedBy = a.Names(r.By)
	}
	for _, name := range heldTexts(r) {
		value := r.Texts[name].Reveal()
		switch name {
		case "owner", "remedy_owner":
			value = a.Names(roster.PersonID(value))
		case "linked":
			value = a.numberOf(workflow.CaseID(value))
		}
		if value != "" {
			one.Texts[name] = value
		}
	}
	return one
}

func fileAsJSON(f HeldFile) fileInJSON {
	one := fileInJSON{Name: f.Name.Reveal(), Size: f.Size, With: "complaint", Content: f.Bytes}
	if f.Note {
		one.With = "note"
	}
	switch {
	case f.TooMuch:
		one.Left = "too_large"
	case len(f.Bytes) == 0:
		one.Left = "not_held"
	}
	return one
}
