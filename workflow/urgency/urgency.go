// Package urgency is what of a complaint can't wait until tomorrow, and who was told
// of it, when, and saw it. It knows of no complaint.
package urgency

import (
	"slices"
	"strings"
)

// Kind is why something can't wait, as the form's checkboxes name it.
type Kind string

// The kinds of the contract.
const (
	Safety        Kind = "safety"         // somebody is not safe
	Conduct       Kind = "conduct"        // unwanted conduct
	RunningCourse Kind = "running_course" // the course is still going on
)

// Kinds lists them as the form does.
func Kinds() []Kind { return []Kind{Safety, Conduct, RunningCourse} }

// Set is which of them hold, in the order of Kinds, with a space between. It is a
// text so that what holds it stays a plain value; it is stored.
type Set string

// NewSet is the set of what was ticked. A word that is no kind makes it one that is
// not Known.
func NewSet(ticked ...string) Set {
	var all []string
	for _, k := range Kinds() {
		if slices.Contains(ticked, string(k)) {
			all = append(all, string(k))
		}
	}
	for _, word := range ticked {
		if !slices.Contains(Kinds(), Kind(word)) {
			all = append(all, word)
		}
	}
	return Set(strings.Join(all, " "))
}

// Kinds are what is in it.
func (s Set) Kinds() []Kind {
	var all []Kind
	for _, word := range strings.Fields(string(s)) {
		all = append(all, Kind(word))
	}
	return all
}

// Has reports whether a kind is in it.
func (s Set) Has(k Kind) bool { return slices.Contains(s.Kinds(), k) }

// Known reports whether nothing is in it that is no kind.
func (s Set) Known() bool {
	return !slices.ContainsFunc(s.Kinds(), func(k Kind) bool { return !slices.Contains(Kinds(), k) })
}

// Adds reports whether something is in it that was not in the other.
func (s Set) Adds(other Set) bool {
	return slices.ContainsFunc(s.Kinds(), func(k Kind) bool { return !other.Has(k) })
}
