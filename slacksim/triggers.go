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
	view   *openView // the modal that the gesture was made in
}

func (vs *views) newTrigger(person string, in *openView) string {
	id := triggerID(vs.nextSerial())
	vs.triggers.add(id, &trigger{person: person, at: vs.now(), view: in}, vs.now(), triggerMemory)
	return id
}

func triggerID(serial int64) string {
	return fmt.Sprintf("%d.%d.%032x", firstTrigger+serial, 2_000_000, serial)
}

const firstTrigger = 1_000_000

// forgotten tells whether an id was a trigger's once, in an earlier life perhaps.
func (vs *views) forgotten(id string) bool {
	number, _, _ := strings.Cut(id, ".")
	n, err := strconv.ParseInt(number, 10, 64)
	return err == nil && n > firstTrigger && n <= firstTrigger+vs.serial && id == triggerID(n-firstTrigger)
}

// trigger looks at a trigger id without exchanging it.
func (vs *views) trigger(id string) (*trigger, reply) {
	t, _ := vs.triggers.get(id)
	switch {
	case t == nil && vs.forgotten(id):
		return nil, refuse("expired_trigger_id")
	case t == nil:
		return nil, refuse("invalid_trigger_id")
	case t.used:
		return nil, refuse("exchanged_trigger_id")
	case vs.now().Sub(t.at) > triggerLife:
		return nil, refuse("expired_trigger_id")
	}
	return t, nil
}
