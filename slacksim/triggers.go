package slacksim

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// triggerLife is how long a trigger id can be exchanged for a modal, and
// triggerMemory how long it is remembered whether it was.
const (
	triggerLife   = 3 * time.Second
	triggerMemory = 5 * time.Minute
)

// trigger is what a gesture gives the app: the right to open one modal for that
// person, once, soon.
type trigger struct {
	person string
	at     time.Time
	used   bool
	view   *view // the modal that the gesture was made in
}

func (w *workspace) newTrigger(person string, in *view) string {
	w.serial++
	id := triggerID(w.serial)
	w.triggers.add(id, &trigger{person: person, at: w.now(), view: in}, w.now(), triggerMemory)
	return id
}

func triggerID(serial int64) string {
	return fmt.Sprintf("%d.%d.%032x", firstTrigger+serial, 2_000_000, serial)
}

const firstTrigger = 1_000_000

// forgotten tells whether an id was a trigger's once, in an earlier life perhaps.
func (w *workspace) forgotten(id string) bool {
	number, _, _ := strings.Cut(id, ".")
	n, err := strconv.ParseInt(number, 10, 64)
	return err == nil && n > firstTrigger && n <= firstTrigger+w.serial && id == triggerID(n-firstTrigger)
}

// trigger looks at a trigger id without exchanging it.
func (w *workspace) trigger(id string) (*trigger, reply) {
	t := w.triggers.byID[id]
	switch {
	case t == nil && w.forgotten(id):
		return nil, refuse("expired_trigger_id")
	case t == nil:
		return nil, refuse("invalid_trigger_id")
	case t.used:
		return nil, refuse("exchanged_trigger_id")
	case w.now().Sub(t.at) > triggerLife:
		return nil, refuse("expired_trigger_id")
	}
	return t, nil
}
