package filing

// Waiting is how many complaints wait for their turn, and whether others have
// theirs.
func (f *Filer) Waiting() (n int, working bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.waiting), f.working
}
