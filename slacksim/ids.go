package slacksim

import (
	"encoding/json"
	"fmt"
)

// withIDs fills in the block and action ids that the app left out, as Slack does.
// It leaves what is no array of objects as it is.
func (w *workspace) withIDs(blocks json.RawMessage) json.RawMessage {
	var list []map[string]json.RawMessage
	if len(blocks) == 0 || json.Unmarshal(blocks, &list) != nil {
		return blocks
	}
	for _, block := range list {
		w.fillID(block, "block_id")
		for _, part := range []string{"element", "accessory"} {
			if raw, ok := block[part]; ok {
				block[part] = w.withActionID(raw)
			}
		}
		if raw, ok := block["elements"]; ok {
			block["elements"] = w.withActionIDs(raw)
		}
	}
	return mustJSON(list)
}

func (w *workspace) withActionIDs(elements json.RawMessage) json.RawMessage {
	var list []json.RawMessage
	if json.Unmarshal(elements, &list) != nil {
		return elements
	}
	for i := range list {
		list[i] = w.withActionID(list[i])
	}
	return mustJSON(list)
}

func (w *workspace) withActionID(element json.RawMessage) json.RawMessage {
	var el map[string]json.RawMessage
	if json.Unmarshal(element, &el) != nil || !interactive(el) {
		return element
	}
	w.fillID(el, "action_id")
	return mustJSON(el)
}

// fillID leaves an id that the app chose.
func (w *workspace) fillID(object map[string]json.RawMessage, key string) {
	var id string
	if json.Unmarshal(object[key], &id) == nil && id != "" {
		return
	}
	w.serial++
	object[key] = mustJSON(fmt.Sprintf("sim%s", upper36(w.serial)))
}

// interactive tells the elements that carry an action id from those that don't.
func interactive(el map[string]json.RawMessage) bool {
	var kind string
	if json.Unmarshal(el["type"], &kind) != nil {
		return false
	}
	switch kind {
	case "image", "mrkdwn", "plain_text", "icon_button", "":
		return false
	}
	return kind[:min(4, len(kind))] != "rich" || kind == "rich_text_input"
}
