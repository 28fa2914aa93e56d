package user

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/artra/klachtbot/slacksim/blockkit"
	"github.com/artra/klachtbot/slacksim/workspace"
)

// Click presses a button of a message, or picks from a menu: an option by its
// value, people and channels by id, dates as "2026-01-31"; several are separated
// by commas. A button needs no value, but when several share an action id the
// value says which. A select or radio button that stands on that option already
// sends nothing, as long as its block is the same one: ErrShowsAlready.
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
	c, err := w.Channels.Writable(u.id, channel)
	if err != nil {
		return nil, err
	}
	m := c.Message(ts)
	if m == nil {
		m = c.Ephemeral(u.id, ts)
	}
	if m == nil || m.BotID != workspace.BotID {
		return nil, workspace.NotThere("no message %s of the app in %s", ts, channel)
	}
	elements := blockkit.Elements(m.Blocks)
	el, raw, err := clicked(m.Blocks, elements, actionID, value)
	if err != nil {
		return nil, err
	}
	action, chosen, err := newAction(w, el, raw, value)
	if err != nil {
		return nil, err
	}
	state := c.Holding(u.id, m)
	if chosen != nil {
		if state.Sticks(el, chosen) {
			return nil, fmt.Errorf("%s: %w", actionID, ErrShowsAlready)
		}
		c.Pick(u.id, m, el, chosen)
		state.Set(el, chosen)
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
	v, err := w.OnScreen(u.id, viewID)
	if err != nil {
		return nil, err
	}
	el, raw, err := clicked(v.Blocks, blockkit.Elements(v.Blocks), actionID, value)
	if err != nil {
		return nil, err
	}
	if _, input := v.Inputs()[el.BlockID]; input && !el.Dispatch {
		return nil, workspace.NotThere("input %s dispatches nothing", actionID)
	}
	action, chosen, err := newAction(w, el, raw, value)
	if err != nil {
		return nil, err
	}
	if chosen != nil {
		if v.State.Sticks(el, chosen) {
			return nil, fmt.Errorf("%s: %w", actionID, ErrShowsAlready)
		}
		v.State.Set(el, chosen)
		w.Notify(v.ChangeKind(), u.id, "")
	}
	return viewActions(w, v, action), nil
}

// clicked finds the element that a person means, and its JSON.
func clicked(blocks json.RawMessage, elements []blockkit.Element, actionID, value string) (blockkit.Element, map[string]json.RawMessage, error) {
	raws := rawElements(blocks)
	for _, el := range elements {
		if el.ActionID != actionID {
			continue
		}
		for _, raw := range raws {
			if raw.blockID == el.BlockID && jsonString(raw.element["action_id"]) == actionID &&
				(el.Kind != "button" || value == "" || value == jsonString(raw.element["value"])) {
				return el, raw.element, nil
			}
		}
	}
	return blockkit.Element{}, nil, workspace.NotThere("no element %q with value %q", actionID, value)
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
func newAction(w *workspace.Workspace, el blockkit.Element, raw map[string]json.RawMessage, value string) (map[string]any, json.RawMessage, error) {
	action := map[string]any{"type": el.Kind, "action_id": el.ActionID, "block_id": el.BlockID, "action_ts": w.Stamp()}
	copyKeys := func(keys ...string) {
		for _, key := range keys {
			if raw[key] != nil {
				action[key] = raw[key]
			}
		}
	}
	switch el.Kind {
	case "button":
		copyKeys("text", "value", "style", "url")
		return action, nil, nil
	case "overflow":
		for _, o := range el.Options {
			if o.Value == value {
				action["selected_option"] = o.Raw
				return action, nil, nil
			}
		}
		return nil, nil, workspace.NotThere("no option %q", value)
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
func held(el blockkit.Element, value string) (json.RawMessage, error) {
	var v any = value
	if strings.HasPrefix(el.Kind, "multi_") || el.Kind == "checkboxes" {
		v = []string{}
		if value != "" {
			v = strings.Split(value, ",")
		}
	}
	el.Optional = true
	state, complaint := blockkit.JudgeValue(el, v)
	if complaint != "" {
		return nil, workspace.NotThere("%s: %s", el.ActionID, complaint)
	}
	return state, nil
}
