package blockkit

import "encoding/json"

// The limits of a view, in bytes and characters.
// https://docs.slack.dev/reference/views
const (
	maxViewBytes       = 250_000
	maxViewTitle       = 24 // title, submit and close
	maxPrivateMetadata = 3000
)

var viewMembers = []member{
	needs("blocks", judgeBlocks),
	may("private_metadata", stringOf(0, maxPrivateMetadata)),
	may("callback_id", idText),
	may("external_id", idText),
}

// viewKinds is each kind of view and what it looks like. submit_disabled is for
// the modals of workflow steps only (github.com/slackapi/python-slack-sdk/issues/1033).
var viewKinds = map[string]kind{
	"modal": {onModal, anyPlace, typedObject(with([]member{
		needs("title", plainText(maxViewTitle)),
		may("submit", plainText(maxViewTitle)),
		may("close", plainText(maxViewTitle)),
		may("clear_on_close", flag),
		may("notify_on_close", flag),
	}, viewMembers...), submitForInput)},
	"home": {onHome, anyPlace, typedObject(viewMembers)},
}

// JudgeView judges a view as views.open, views.push and views.update do
// (on "modal") or views.publish (on "home").
func JudgeView(raw json.RawMessage, on string) *Refusal {
	if len(raw) > maxViewBytes {
		return &Refusal{Code: CodeViewTooLarge}
	}
	want, known := viewKinds[on]
	if !known {
		return &Refusal{Code: CodeArguments}
	}
	j := newJudge(want.on, "view")
	view, ok := decodeObject(raw)
	switch {
	case !ok:
		j.refuse("must provide an object")
	case view["type"] == nil:
		j.refuse("missing required field: type")
	case view["type"] != on:
		j.refuseAt("type", "must be a valid enum value")
	default:
		want.rule(j, view)
	}
	return j.verdict(CodeArguments)
}

// submitForInput asks for a submit button where there is something to fill in.
func submitForInput(j *judge, v any) {
	view, _ := v.(map[string]any)
	if view["submit"] != nil {
		return
	}
	for i, block := range listAt(v, "blocks") {
		if stringAt(block, "type") != "input" {
			continue
		}
		j.enter("blocks")
		j.enterItem(i)
		j.refuseAt("input", "must define `submit` to use `input` block")
		j.leave()
		j.leave()
		return
	}
}
