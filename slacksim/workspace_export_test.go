package slacksim

// What the tests of a workspace know of it.
const (
	theMemory        = responseURLMemory
	theMaxComplaints = maxComplaints
)

// openQueues is how many waits for a message are under way.
func openQueues(w *workspace) int { return len(w.channels.queues) }

// remembered is how many triggers and response URLs are known.
func remembered(w *workspace) (triggers, urls int) {
	return w.views.triggers.size(), w.responseURLs.byID.size()
}

// anyTrigger is what the trigger with that number is called.
func anyTrigger(serial int64) string { return triggerID(serial) }
