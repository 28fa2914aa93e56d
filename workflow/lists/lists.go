package lists

import (
	"slices"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// Filter says which cases a list shows.
type Filter string

// The filters. A list about one person is about Query.Viewer.
const (
	FilterOpen    Filter = "open"    // everything under way; the default
	FilterOverdue Filter = "overdue" // a promise is past its date
	FilterToday   Filter = "today"   // a promise is due today, or before the next working day
	FilterWaiting Filter = "waiting" // for an answer of the complainant
	FilterHandled Filter = "handled" // under way, with the viewer as its owner
	FilterLogged  Filter = "logged"  // what the viewer logged, closed ones too
	FilterClosed  Filter = "closed"  // closed in Query.Month
	FilterLater   Filter = "later"   // under way, and in none of overdue, today and waiting: Home's last section
)

// Filters returns the lists that the person may have, the default one first.
// Complaint.Access decides which cases stand in them. A director may know of
// promises and not of states (design section 4), so gets no list that discloses
// a state.
func Filters(r roster.Roster, who roster.PersonID) []Filter {
	switch {
	case r.IsOfficer(who):
		return []Filter{FilterOpen, FilterOverdue, FilterToday, FilterWaiting, FilterHandled, FilterLogged, FilterClosed}
	case r.IsDirector(who):
		return []Filter{FilterOpen, FilterOverdue, FilterHandled, FilterLogged}
	}
	return []Filter{FilterLogged}
}

// MayList reports whether the person may have that list. What is left of Home's
// sections is no list that anybody chooses.
func MayList(r roster.Roster, who roster.PersonID, f Filter) bool {
	return slices.Contains(Filters(r, who), f) || f == FilterLater && r.IsOfficer(who)
}

// MaySearch reports whether the person may search among all cases: officers only,
// since a search by name or address discloses who complains. Everybody may search
// among what they logged themselves (SearchOwn).
func MaySearch(r roster.Roster, who roster.PersonID) bool { return r.IsOfficer(who) }

// SearchKind says what a search compares.
type SearchKind string

// The searches. Each is a list of its own, so that each can be cut from an
// index of its own; a person's typed text is tried as several of them.
const (
	SearchOffering SearchKind = "offering" // the offering's name begins with the text
	SearchWords    SearchKind = "words"    // all its words stand in the offering's name; newest cases only
	SearchCategory SearchKind = "category" // Text is one of Categories
	SearchOwner    SearchKind = "owner"    // Text is a PersonID
	SearchContact  SearchKind = "contact"  // Text is an e-mail address or telephone number, whole
	SearchName     SearchKind = "name"     // all its words begin words of the complainant's name
	SearchOwn      SearchKind = "own"      // all its words stand in the offering's name; of the newest that the viewer logged
)

// Personal reports whether the search discloses who complains. The register
// journals such a search, and who made it, before it answers.
func (k SearchKind) Personal() bool { return k == SearchContact || k == SearchName }

// OfContents reports whether the search looks at what a case says, which is closed
// past its term (R10).
func (k SearchKind) OfContents() bool {
	return k.Personal() || k == SearchOffering || k == SearchWords || k == SearchOwn
}

// Search is one search; the zero Search is none. The text may be a
// complainant's name.
type Search struct {
	Kind SearchKind
	Text workflow.Confidential
}

// Query asks for a page of cases as Viewer may see them: of a list, or with
// Search.Kind of a search.
type Query struct {
	Viewer roster.PersonID
	Filter Filter        // "" is FilterOpen
	Month  calendar.Date // with FilterClosed: any day of the month
	Search Search
	After  string // Page.Next of the page before; "" for the first
	Limit  int    // rows, at most 100
}

// Page is a part of a list; Particulars are left out.
type Page struct {
	Cases []workflow.Complaint
	Next  string // "" on the last page
	// Bounded says that a search stopped at its limit, before it had compared
	// every case.
	Bounded bool
}

// MaxCount is where counting stops: a count of MaxCount means that many or more.
const MaxCount = 100

// Counts are how many cases the lists hold that a viewer may see, each at most
// MaxCount.
type Counts map[Filter]int
