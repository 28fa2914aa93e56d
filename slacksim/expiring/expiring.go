package expiring

import (
	"slices"
	"time"
)

// Map holds things by id, in the order they came, until they are too old to be
// asked for.
type Map[T any] struct {
	byID  map[string]T
	order []arrival
}

type arrival struct {
	id string
	at time.Time
}

// New is an empty map.
func New[T any]() Map[T] { return Map[T]{byID: map[string]T{}} }

// Add stores v, and forgets what came more than span before it.
func (a *Map[T]) Add(id string, v T, at time.Time, span time.Duration) {
	a.byID[id] = v
	a.order = append(a.order, arrival{id: id, at: at})
	for at.Sub(a.order[0].at) > span {
		delete(a.byID, a.order[0].id)
		a.order = a.order[1:]
	}
}

// Len is how many things are there.
func (a *Map[T]) Len() int { return len(a.byID) }

// Get finds what is still there.
func (a *Map[T]) Get(id string) (T, bool) {
	v, found := a.byID[id]
	return v, found
}

// AppendLatest adds to a list of which only the latest few count. To copy seldom,
// it lets the list grow to twice that length.
func AppendLatest[T any](list []T, v T, most int) []T {
	if len(list) >= 2*most {
		list = slices.Clone(Latest(list, most))
	}
	return append(list, v)
}

// Latest is the end of a list.
func Latest[T any](list []T, most int) []T { return list[max(0, len(list)-most):] }
