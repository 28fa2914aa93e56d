package workspace

import (
	"bytes"
	"encoding/json"
	"maps"
	"strings"

	"github.com/artra/klachtbot/slacksim/blockkit"
	"github.com/artra/klachtbot/slacksim/wire"
)

// ChangeKind is the part of the screen that the view is.
func (v *OpenView) ChangeKind() ChangeKind {
	if v.Def.Type == "home" {
		return ChangeHome
	}
	return ChangeModal
}

// Inputs are the view's input blocks by block id.
func (v *OpenView) Inputs() map[string]blockkit.Element {
	return blockkit.Inputs(wire.JSON(map[string]any{"blocks": v.Blocks}))
}

// Set stores what an element holds.
func (s State) Set(el blockkit.Element, value json.RawMessage) {
	if s[el.BlockID] == nil {
		s[el.BlockID] = map[string]json.RawMessage{}
	}
	s[el.BlockID][el.ActionID] = value
}

// Holding is what the elements of a message hold on one person's screen: what they
// picked, as long as the message has that block, and else what it was posted with.
func (c *Conversation) Holding(person string, m *Message) State {
	at := pickedIn{person, m.TS}
	out, picked := State{}, State{}
	for _, el := range blockkit.Elements(m.Blocks) {
		if held, ok := c.picked[at][el.BlockID][el.ActionID]; ok && kindOf(held) == el.Kind {
			out.Set(el, held)
			picked.Set(el, held)
		} else if initial := InitialState(el); initial != nil {
			out.Set(el, initial)
		}
	}
	if delete(c.picked, at); len(picked) > 0 {
		c.picked[at] = picked // what is gone from the message is forgotten
	}
	return out
}

// Pick has an element of a message hold something on one person's screen.
func (c *Conversation) Pick(person string, m *Message, el blockkit.Element, value json.RawMessage) {
	at := pickedIn{person, m.TS}
	if c.picked[at] == nil {
		c.picked[at] = State{}
	}
	c.picked[at].Set(el, value)
}

// Sticks reports whether an element holds that value already, and is of a kind of
// which Slack's client then sends nothing.
func (s State) Sticks(el blockkit.Element, value json.RawMessage) bool {
	single := strings.HasSuffix(el.Kind, "_select") && !strings.HasPrefix(el.Kind, "multi_") || el.Kind == "radio_buttons"
	return single && bytes.Equal(s[el.BlockID][el.ActionID], value)
}

func (s State) clone() State {
	out := make(State, len(s))
	for block, values := range s {
		out[block] = maps.Clone(values)
	}
	return out
}

// kindOf is the element type that a state value belongs to.
func kindOf(state json.RawMessage) string {
	var typed struct {
		Type string `json:"type"`
	}
	if json.Unmarshal(state, &typed) != nil {
		return ""
	}
	return typed.Type
}

// InitialState is what an element holds before anyone touches it; nil for
// elements that hold nothing, such as buttons and overflow menus.
func InitialState(el blockkit.Element) json.RawMessage {
	if el.Kind == "overflow" {
		return nil
	}
	el.Optional = true
	if state, complaint := blockkit.JudgeValue(el, el.Initial); complaint == "" {
		return state
	}
	empty, _ := blockkit.JudgeValue(el, nil)
	return empty
}
