package slacksim

import (
	"bytes"
	"net/http"
)

// reply is the JSON body of an answer. A nil reply from a check means that
// nothing was wrong.
type reply map[string]any

func refuse(code string, messages ...string) reply {
	r := reply{"ok": false, "error": code}
	if len(messages) > 0 {
		r["response_metadata"] = map[string]any{"messages": messages}
	}
	return r
}

func refused(r *refusal) reply { return refuse(r.code, r.messages...) }

func missingArg(name string) reply {
	return refuse("invalid_arguments", "[ERROR] missing required field: "+name)
}

// errorName is Slack's error in an answer, "" in a good one.
func (r reply) errorName() string {
	name, ok := r["error"].(string)
	if !ok {
		return ""
	}
	return name
}

// writeBody sends what is left of an answer; a client that is gone has no use for it.
func writeBody(rw http.ResponseWriter, body []byte) {
	_, _ = bytes.NewReader(body).WriteTo(rw)
}
