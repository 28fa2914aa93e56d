package wire

import "encoding/json"

// JSON encodes what is known to encode: maps of plain values and raw JSON
// that was checked on its way in. What can't be encoded reads as null.
func JSON(v any) json.RawMessage {
	raw, err := json.Marshal(v)
	if err != nil {
		return json.RawMessage("null")
	}
	return raw
}

// Present is a JSON array that is really there: null and [] are not.
func Present(raw json.RawMessage) json.RawMessage {
	switch string(raw) {
	case "", "null", "[]":
		return nil
	}
	return raw
}

// Nullable writes what is absent as null.
func Nullable(raw json.RawMessage) json.RawMessage {
	if len(raw) == 0 {
		return json.RawMessage("null")
	}
	return raw
}
