package wire

import (
	"strings"

	"github.com/artra/klachtbot/slacksim/blockkit"
)

// Reply is the JSON body of an answer. A nil reply from a check means that
// nothing was wrong.
type Reply map[string]any

// Refuse is the answer to a call that Slack refuses: its error's name, and lines
// for response_metadata.messages.
func Refuse(code string, messages ...string) Reply {
	r := Reply{"ok": false, "error": code}
	if len(messages) > 0 {
		r["response_metadata"] = map[string]any{"messages": messages}
	}
	return r
}

// Refused is the answer to a message or a view that breaks a rule of Block Kit.
func Refused(r *blockkit.Refusal) Reply { return Refuse(r.Code, r.Messages...) }

// MissingArg is the answer to a call that lacks an argument.
func MissingArg(name string) Reply {
	return Refuse("invalid_arguments", "[ERROR] missing required field: "+name)
}

// MissingScope is the answer to a call for which the app has none of the scopes.
func MissingScope(provided []string, needed ...string) Reply {
	answer := Refuse("missing_scope")
	answer["needed"] = strings.Join(needed, ",")
	answer["provided"] = strings.Join(provided, ",")
	return answer
}

// ErrorName is Slack's error in an answer, "" in a good one.
func (r Reply) ErrorName() string {
	name, ok := r["error"].(string)
	if !ok {
		return ""
	}
	return name
}
