package report

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// maxSpellings bounds how many different texts are counted, and with that what
// a register of any size costs. A firm has tens of offerings.
const maxSpellings = 1000

// textCounter counts texts that people typed. Capitals and spaces make no
// difference; of several spellings the first in the alphabet shows. Of more
// than maxSpellings texts the first in the alphabet stay, so that the order in
// which they come makes no difference.
type textCounter struct {
	counts map[string]*Count // by the text in small letters
	total  int
}

// spaced is a text with single spaces; fold is what its spellings have in
// common.
func spaced(text string) string { return strings.Join(strings.Fields(text), " ") }
func fold(text string) string   { return strings.ToLower(spaced(text)) }

func (s *textCounter) add(text string) {
	text = spaced(text)
	if text == "" {
		return
	}
	if s.counts == nil {
		s.counts = map[string]*Count{}
	}
	s.total++
	folded := fold(text)
	known, ok := s.counts[folded]
	if !ok {
		known = &Count{Key: strings.Clone(text)}
		s.counts[folded] = known
	}
	known.Key = min(known.Key, text)
	known.Count++
	if len(s.counts) > 2*maxSpellings {
		s.trim()
	}
}

// trim drops all but the first maxSpellings texts in the alphabet.
func (s *textCounter) trim() {
	for _, folded := range slices.Sorted(maps.Keys(s.counts))[maxSpellings:] {
		delete(s.counts, folded)
	}
}

// byCount lists the texts, the most frequent first.
func (s *textCounter) byCount() []Count {
	all := s.first()
	slices.SortStableFunc(all, func(a, b Count) int { return cmp.Compare(b.Count, a.Count) })
	return all
}

// sorted lists the texts in alphabetical order, and how many were left out.
func (s *textCounter) sorted() (all []string, more int) {
	all, more = []string{}, s.total
	for _, c := range s.first() {
		all = append(all, c.Key)
		more -= c.Count
	}
	return all, more
}

func (s *textCounter) first() []Count {
	if len(s.counts) > maxSpellings {
		s.trim()
	}
	all := []Count{}
	for _, folded := range slices.Sorted(maps.Keys(s.counts)) {
		all = append(all, *s.counts[folded])
	}
	return all
}

// maxDays is the longest duration that is counted by itself, in days; anything
// longer counts as this. It is well above the age that a complaint may have when
// it is filed.
const maxDays = 4000

// durationCounter counts how many complaints took how many days, so that the
// median of any number of them costs the same memory.
type durationCounter struct {
	took           [maxDays + 1]int
	count, longest int
}

func (d *durationCounter) add(days int) {
	days = max(0, days)
	d.took[min(days, maxDays)]++
	d.count++
	d.longest = max(d.longest, days)
}

func (d *durationCounter) duration() Duration {
	median, seen := 0, 0
	for days, n := range d.took {
		if seen += n; seen >= (d.count+1)/2 {
			median = days
			break
		}
	}
	return Duration{Decided: d.count, Median: median, Longest: d.longest}
}
