package workspace

// What the tests of a workspace know of it.
const (
	ResponseURLMemory = responseURLMemory
	MaxComplaints     = maxComplaints
)

// OpenQueues is how many waits for a message are under way.
func OpenQueues(w *Workspace) int { return len(w.Channels.queues) }

// Remembered is how many triggers and response URLs are known.
func Remembered(w *Workspace) (triggers, urls int) {
	return w.Views.triggers.Len(), w.ResponseURLs.byID.Len()
}

// TriggerID is what the trigger with that number is called.
func TriggerID(serial int64) string { return triggerID(serial) }
