package workspace

import (
	"encoding/json"
	"maps"

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
