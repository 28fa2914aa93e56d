package slacksim

import (
	"fmt"
	"regexp"
	"time"
)

// triggerLife is how long a trigger id can be exchanged for a modal.
const triggerLife = 3 * time.Second

// trigger is what a gesture gives the app: the right to open one modal for that
// person, once, soon.
type trigger struct {
	person string
	at     time.Time
	used   bool
	view   *view // the modal that the gesture was made in
}

// triggerForm is Slack's: two numbers and a hexadecimal hash.
var triggerForm = regexp.MustCompile(`^\d+\.\d+\.[0-9a-f]+$`)

func (w *workspace) newTrigger(person string, in *view) string {
	w.serial++
	id := fmt.Sprintf("%d.%d.%032x", 1_000_000+w.serial, 2_000_000, w.serial)
	w.triggers[id] = &trigger{person: person, at: w.now(), view: in}
	return id
}

// trigger looks at a trigger id without exchanging it.
func (w *workspace) trigger(id string) (*trigger, reply) {
	t := w.triggers[id]
	switch {
	case t == nil || !triggerForm.MatchString(id):
		return nil, refuse("invalid_trigger_id")
	case t.used:
		return nil, refuse("exchanged_trigger_id")
	case w.now().Sub(t.at) > triggerLife:
		return nil, refuse("expired_trigger_id")
	}
	return t, nil
}
