package slacksim

import (
	"encoding/json"
	"maps"
)

// changeKind is the part of the screen that the view is.
func (v *openView) changeKind() ChangeKind {
	if v.def.Type == "home" {
		return ChangeHome
	}
	return ChangeModal
}

// inputs are the view's input blocks by block id.
func (v *openView) inputs() map[string]inputElement {
	return inputBlocks(mustJSON(map[string]any{"blocks": v.blocks}))
}

func (s State) set(el inputElement, value json.RawMessage) {
	if s[el.blockID] == nil {
		s[el.blockID] = map[string]json.RawMessage{}
	}
	s[el.blockID][el.actionID] = value
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

// initialState is what an element holds before anyone touches it; nil for
// elements that hold nothing, such as buttons and overflow menus.
func initialState(el inputElement) json.RawMessage {
	if el.kind == "overflow" {
		return nil
	}
	el.optional = true
	if state, complaint := judgeValue(el, el.initial); complaint == "" {
		return state
	}
	empty, _ := judgeValue(el, nil)
	return empty
}
