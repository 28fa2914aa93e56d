package blockkit

import "encoding/json"

// FillIDs fills in the block and action ids that the app left out, as Slack does:
// mint makes a new one. It leaves what is no array of objects as it is.
func FillIDs(blocks json.RawMessage, mint func() string) json.RawMessage {
	var list []map[string]json.RawMessage
	if len(blocks) == 0 || json.Unmarshal(blocks, &list) != nil {
		return blocks
	}
	for _, block := range list {
		fillID(block, "block_id", mint)
		for _, part := range []string{"element", "accessory"} {
			if raw, ok := block[part]; ok {
				block[part] = withActionID(raw, mint)
			}
		}
		if raw, ok := block["elements"]; ok {
			block["elements"] = withActionIDs(raw, mint)
		}
	}
	return encode(list)
}

func withActionIDs(elements json.RawMessage, mint func() string) json.RawMessage {
	var list []json.RawMessage
	if json.Unmarshal(elements, &list) != nil {
		return elements
	}
	for i := range list {
		list[i] = withActionID(list[i], mint)
	}
	return encode(list)
}

func withActionID(element json.RawMessage, mint func() string) json.RawMessage {
	var el map[string]json.RawMessage
	if json.Unmarshal(element, &el) != nil || !interactive(el) {
		return element
	}
	fillID(el, "action_id", mint)
	return encode(el)
}

// fillID leaves an id that the app chose.
func fillID(object map[string]json.RawMessage, key string, mint func() string) {
	var id string
	if json.Unmarshal(object[key], &id) == nil && id != "" {
		return
	}
	object[key] = encode(mint())
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
