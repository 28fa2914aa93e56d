package slacksim

import (
	"slices"
	"time"
)

// expiringMap keeps things by id, in the order they came, until they are too old to
// be asked for.
type expiringMap[T any] struct {
	byID  map[string]T
	order []arrival
}

type arrival struct {
	id string
	at time.Time
}

func newExpiringMap[T any]() expiringMap[T] { return expiringMap[T]{byID: map[string]T{}} }

// add keeps v, and forgets what came more than span before it.
func (a *expiringMap[T]) add(id string, v T, at time.Time, span time.Duration) {
	a.byID[id] = v
	a.order = append(a.order, arrival{id: id, at: at})
	for at.Sub(a.order[0].at) > span {
		delete(a.byID, a.order[0].id)
		a.order = a.order[1:]
	}
}

// size is how many things are there.
func (a *expiringMap[T]) size() int { return len(a.byID) }

// get finds what is still there.
func (a *expiringMap[T]) get(id string) (T, bool) {
	v, found := a.byID[id]
	return v, found
}

// appendLatest adds to a list of which only the latest few count. To copy seldom,
// it lets the list grow to twice that length.
func appendLatest[T any](list []T, v T, most int) []T {
	if len(list) >= 2*most {
		list = slices.Clone(latest(list, most))
	}
	return append(list, v)
}

// latest is the end of a list.
func latest[T any](list []T, most int) []T { return list[max(0, len(list)-most):] }
