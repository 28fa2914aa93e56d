package blockkit

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// surface is where blocks are shown; a set of them says where a kind may stand.
type surface uint8

const (
	onMessage surface = 1 << iota
	onModal
	onHome
)

const (
	onViews    = onModal | onHome
	everywhere = onMessage | onModal | onHome
)

// judge walks decoded JSON along the rules, remembers where it is, and writes
// down every fault with the JSON pointer Slack gives.
type judge struct {
	surface  surface
	faults   []string
	at       []step
	blockIDs map[string]bool
	actions  map[string]bool // action ids of the block at hand
	focused  bool            // an element with focus_on_load was seen
	charts   int
}

// step is one segment of the way down: a key, or an index when key is empty.
type step struct {
	key   string
	index int
}

// newJudge starts below root, such as "view" or "attachments"; keys only.
func newJudge(on surface, root ...string) *judge {
	j := &judge{surface: on, blockIDs: map[string]bool{}}
	for _, key := range root {
		j.enter(key)
	}
	return j
}

func (j *judge) enter(key string)  { j.at = append(j.at, step{key: key}) }
func (j *judge) enterItem(i int)   { j.at = append(j.at, step{index: i}) }
func (j *judge) leave()            { j.at = j.at[:len(j.at)-1] }
func (j *judge) refuse(say string) { j.faults = append(j.faults, j.line(say, j.pointer())) }

func (j *judge) refusef(format string, args ...any) { j.refuse(fmt.Sprintf(format, args...)) }

// refuseAt refuses a member of the object at user.
func (j *judge) refuseAt(key, say string) {
	j.enter(key)
	j.refuse(say)
	j.leave()
}

func (j *judge) line(say, pointer string) string {
	return "[ERROR] " + say + " [json-pointer:" + pointer + "]"
}

func (j *judge) pointer() string {
	var b strings.Builder
	for _, s := range j.at {
		b.WriteByte('/')
		if s.key == "" {
			b.WriteString(strconv.Itoa(s.index))
		} else {
			b.WriteString(s.key)
		}
	}
	return b.String()
}

// verdict is nil when nothing was refused.
func (j *judge) verdict(code string) *Refusal {
	if len(j.faults) == 0 {
		return nil
	}
	return &Refusal{Code: code, Messages: j.faults}
}

// absent reports whether a JSON argument was not given; Slack takes null for that.
func absent(raw json.RawMessage) bool {
	s := strings.TrimSpace(string(raw))
	return s == "" || s == "null"
}

// decodeList decodes a JSON array; ok is false for anything else.
func decodeList(raw json.RawMessage) (items []any, ok bool) {
	err := json.Unmarshal(raw, &items)
	return items, err == nil
}

// decodeObject decodes a JSON object; ok is false for anything else.
func decodeObject(raw json.RawMessage) (object map[string]any, ok bool) {
	err := json.Unmarshal(raw, &object)
	return object, err == nil && object != nil
}

// stringAt is the string under key, "" when there is none.
func stringAt(v any, key string) string {
	object, _ := v.(map[string]any)
	s, _ := object[key].(string)
	return s
}

// listAt is the array under key, nil when there is none.
func listAt(v any, key string) []any {
	object, _ := v.(map[string]any)
	items, _ := object[key].([]any)
	return items
}

// boolAt is the boolean under key, false when there is none.
func boolAt(v any, key string) bool {
	object, _ := v.(map[string]any)
	b, _ := object[key].(bool)
	return b
}

// intAt is the number under key, otherwise when there is none.
func intAt(v any, key string, otherwise int) int {
	object, _ := v.(map[string]any)
	if n, ok := object[key].(float64); ok {
		return int(n)
	}
	return otherwise
}
