package slacksim

// methodNames are the methods that are simulated.
func methodNames() map[string]bool {
	names := map[string]bool{}
	for name := range methods() {
		names[name] = true
	}
	return names
}
