package slacksim

import "strings"

// reply is the JSON body of an answer. A nil reply from a check means that
// nothing was wrong.
type reply map[string]any

// refuse is the answer to a call that Slack refuses: its error's name, and lines
// for response_metadata.messages.
func refuse(code string, messages ...string) reply {
	r := reply{"ok": false, "error": code}
	if len(messages) > 0 {
		r["response_metadata"] = map[string]any{"messages": messages}
	}
	return r
}

// refused is the answer to a message or a view that breaks a rule of Block Kit.
func refused(r *refusal) reply { return refuse(r.code, r.messages...) }

// missingArg is the answer to a call that lacks an argument.
func missingArg(name string) reply {
	return refuse("invalid_arguments", "[ERROR] missing required field: "+name)
}

// missingScope is the answer to a call for which the app has none of the scopes.
func missingScope(provided []string, needed ...string) reply {
	answer := refuse("missing_scope")
	answer["needed"] = strings.Join(needed, ",")
	answer["provided"] = strings.Join(provided, ",")
	return answer
}

// errorName is Slack's error in an answer, "" in a good one.
func (r reply) errorName() string {
	name, ok := r["error"].(string)
	if !ok {
		return ""
	}
	return name
}
