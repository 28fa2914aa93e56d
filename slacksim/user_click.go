package slacksim

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// Click presses a button of a message, or picks from a menu: an option by its
// value, people and channels by id, dates as "2026-01-31"; several are separated
// by commas. A button needs no value, but when several share an action id the
// value tells which.
func (u *User) Click(ctx context.Context, channel, ts, actionID, value string) error {
	payload, err := u.clickPayload(channel, ts, actionID, value)
	if err != nil {
		return err
	}
	return u.interact(ctx, "click "+actionID, payload)
}

func (u *User) clickPayload(channel, ts, actionID, value string) (map[string]any, error) {
	u.w.Lock()
	defer u.w.Unlock()
	w := u.w
	c, err := w.channels.writable(u.id, channel)
	if err != nil {
		return nil, err
	}
	m := c.message(ts)
	if m == nil {
		m = c.ephemeral(u.id, ts)
	}
	if m == nil || m.BotID != botID {
		return nil, notThere("no message %s of the app in %s", ts, channel)
	}
	elements := interactiveElements(m.Blocks)
	el, raw, err := clicked(m.Blocks, elements, actionID, value)
	if err != nil {
		return nil, err
	}
	action, chosen, err := newAction(w, el, raw, value)
	if err != nil {
		return nil, err
	}
	state := State{}
	for _, other := range elements {
		if held := initialState(other); held != nil {
			state.set(other, held)
		}
	}
	if chosen != nil {
		state.set(el, chosen)
	}
	return messageActions(w, u.id, c, m, action, state), nil
}

// ClickView does the same in a modal or Home tab. The view's inputs go along as
// they stand. An input with dispatch_action takes value and dispatches it.
func (u *User) ClickView(ctx context.Context, viewID, actionID, value string) error {
	payload, err := u.clickViewPayload(viewID, actionID, value)
	if err != nil {
		return err
	}
	return u.interact(ctx, "click "+actionID, payload)
}

func (u *User) clickViewPayload(viewID, actionID, value string) (map[string]any, error) {
	u.w.Lock()
	defer u.w.Unlock()
	w := u.w
	v, err := w.onScreen(u.id, viewID)
	if err != nil {
		return nil, err
	}
	el, raw, err := clicked(v.blocks, interactiveElements(v.blocks), actionID, value)
	if err != nil {
		return nil, err
	}
	if _, input := v.inputs()[el.blockID]; input && !el.dispatch {
		return nil, notThere("input %s dispatches nothing", actionID)
	}
	action, chosen, err := newAction(w, el, raw, value)
	if err != nil {
		return nil, err
	}
	if chosen != nil {
		v.state.set(el, chosen)
		w.notify(v.changeKind(), u.id, "")
	}
	return viewActions(w, v, action), nil
}

// clicked finds the element that a person means, and its JSON.
func clicked(blocks json.RawMessage, elements []inputElement, actionID, value string) (inputElement, map[string]json.RawMessage, error) {
	raws := rawElements(blocks)
	for _, el := range elements {
		if el.actionID != actionID {
			continue
		}
		for _, raw := range raws {
			if raw.blockID == el.blockID && jsonString(raw.element["action_id"]) == actionID &&
				(el.kind != "button" || value == "" || value == jsonString(raw.element["value"])) {
				return el, raw.element, nil
			}
		}
	}
	return inputElement{}, nil, notThere("no element %q with value %q", actionID, value)
}

// rawElement is an element with the block it stands in.
type rawElement struct {
	blockID string
	element map[string]json.RawMessage
}

func rawElements(blocks json.RawMessage) []rawElement {
	var list []struct {
		BlockID   string                       `json:"block_id"`
		Element   map[string]json.RawMessage   `json:"element"`
		Accessory map[string]json.RawMessage   `json:"accessory"`
		Elements  []map[string]json.RawMessage `json:"elements"`
	}
	if json.Unmarshal(blocks, &list) != nil {
		return nil
	}
	var out []rawElement
	for _, b := range list {
		for _, el := range slices.Concat([]map[string]json.RawMessage{b.Element, b.Accessory}, b.Elements) {
			if el != nil {
				out = append(out, rawElement{blockID: b.BlockID, element: el})
			}
		}
	}
	return out
}

// jsonString is a JSON string, "" for anything else.
func jsonString(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return ""
	}
	return s
}

// newAction is one entry of a payload's actions, and what the element then holds.
func newAction(w *workspace, el inputElement, raw map[string]json.RawMessage, value string) (map[string]any, json.RawMessage, error) {
	action := map[string]any{"type": el.kind, "action_id": el.actionID, "block_id": el.blockID, "action_ts": w.stamp()}
	copyKeys := func(keys ...string) {
		for _, key := range keys {
			if raw[key] != nil {
				action[key] = raw[key]
			}
		}
	}
	switch el.kind {
	case "button":
		copyKeys("text", "value", "style", "url")
		return action, nil, nil
	case "overflow":
		for _, o := range el.options {
			if o.value == value {
				action["selected_option"] = o.raw
				return action, nil, nil
			}
		}
		return nil, nil, notThere("no option %q", value)
	}
	copyKeys("placeholder")
	state, err := held(el, value)
	if err != nil {
		return nil, nil, err
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(state, &fields) == nil {
		for key, field := range maps.All(fields) {
			action[key] = field
		}
	}
	return action, state, nil
}

// held is what an element holds once value is picked or typed.
func held(el inputElement, value string) (json.RawMessage, error) {
	var v any = value
	if strings.HasPrefix(el.kind, "multi_") || el.kind == "checkboxes" {
		v = []string{}
		if value != "" {
			v = strings.Split(value, ",")
		}
	}
	el.optional = true
	state, complaint := judgeValue(el, v)
	if complaint != "" {
		return nil, notThere("%s: %s", el.actionID, complaint)
	}
	return state, nil
}
