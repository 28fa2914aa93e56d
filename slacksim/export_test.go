package slacksim

// Emit sends the app events that nothing in the workspace made.
func (s *Sim) Emit(list ...map[string]any) { s.events.Emit(list...) }
