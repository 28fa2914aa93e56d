package lookup

import (
	"encoding/json"
	"time"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/lists"
	"github.com/artra/klachtbot/workflow/roster"
)

// Listing says which list or search a page shows and where it begins. It is the
// value of the buttons and options that lead there, so it never holds a search
// for a person.
type Listing struct {
	Filter lists.Filter     `json:"filter,omitempty"`
	Month  string           `json:"month,omitempty"` // of closed cases, 2026-11
	Kind   lists.SearchKind `json:"kind,omitempty"`
	Text   string           `json:"text,omitempty"` // of a search
	After  string           `json:"after,omitempty"`
}

// monthForm is how a listing writes a month.
const monthForm = "2006-01"

// String is the listing as JSON.
func (s Listing) String() string {
	b, err := json.Marshal(s)
	if err != nil { // strings always marshal
		return ""
	}
	return string(b)
}

// parseListing reads what String wrote; the zero listing, the viewer's first
// list, when it is anything else.
func parseListing(value string) Listing {
	var s Listing
	if json.Unmarshal([]byte(value), &s) != nil || s.Kind.Personal() || s.Kind == "" && s.Text != "" {
		return Listing{}
	}
	return s
}

// query asks for the page; a month that is none reads as the year 1, in which
// nothing was closed.
func (s Listing) query(who roster.PersonID, limit int) lists.Query {
	month, _ := time.Parse(monthForm, s.Month)
	return lists.Query{
		Viewer: who, Filter: s.Filter, Month: calendar.NewDate(month.Year(), month.Month(), 1),
		Search: lists.Search{Kind: s.Kind, Text: workflow.Confidential(s.Text)},
		After:  s.After, Limit: limit,
	}
}
