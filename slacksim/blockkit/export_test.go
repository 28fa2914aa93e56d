package blockkit

import (
	"maps"
	"slices"
)

// InputKinds are the elements that hold a value.
func InputKinds() []string { return slices.Sorted(maps.Keys(stateKinds)) }
