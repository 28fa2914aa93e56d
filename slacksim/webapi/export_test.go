package webapi

// MethodNames are the methods that are simulated.
func MethodNames() map[string]bool {
	names := map[string]bool{}
	for name := range methods() {
		names[name] = true
	}
	return names
}
