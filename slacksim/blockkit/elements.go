package blockkit

import "math/big"

// place is where an element stands; a set of them says where it may.
type place uint8

const (
	inAccessory place = 1 << iota
	inActions
	inInput
	inContext
)

const (
	anyPlace  = inAccessory | inActions | inInput | inContext
	clickable = inAccessory | inActions
	pickable  = inAccessory | inActions | inInput
)

// The limits of elements, in characters and items.
// https://docs.slack.dev/reference/block-kit/block-elements
const (
	maxButtonText   = 75
	maxButtonValue  = 2000
	maxChoices      = 10 // radio buttons, checkboxes
	maxMenuOptions  = 5  // overflow
	maxInputLength  = 3000
	maxFiles        = 10
	maxFileBytes    = 10 << 20 // a file given to a file_input
	maxAltText      = 2000
	firstLongMoment = 1_000_000_000 // a datetimepicker's time has ten digits
	lastLongMoment  = 9_999_999_999
)

// Members that many elements share.
var (
	actionMember  = may("action_id", idText)
	confirmMember = may("confirm", confirmDialog)
	focusMember   = may("focus_on_load", focus)
	holderMember  = may("placeholder", placeholder)
	onEachMember  = may("dispatch_action_config", dispatchConfig)
	mostMember    = may("max_selected_items", intOf(1, noLimit))
	audience      = may("visible_to_user_ids", anything)

	pickerMembers = []member{actionMember, confirmMember, focusMember}
	selectMembers = with(pickerMembers, holderMember)
	typedMembers  = []member{actionMember, onEachMember, focusMember, holderMember}
	optionMembers = with(selectMembers,
		may("options", listOf(1, maxOptions, selectOption)),
		may("option_groups", listOf(1, maxGroups, selectGroup)))
)

// elementKinds is every element, where it may stand and what it looks like.
// Known to Slack but refused here, since nothing answers them: external selects
// (they ask the app for options), workflow_button, feedback_buttons, icon_button.
var elementKinds = map[string]kind{
	"image": {everywhere, inAccessory | inContext, typedObject([]member{
		needs("alt_text", stringOf(1, maxAltText)),
		may("image_url", linkText),
		may("slack_file", slackFile),
	}, exactlyOne("image_url", "slack_file"))},

	"button": {everywhere, clickable, typedObject([]member{
		needs("text", plainText(maxButtonText)),
		actionMember,
		may("value", stringOf(0, maxButtonValue)),
		may("url", linkText),
		may("style", styleWord),
		confirmMember,
		may("accessibility_label", stringOf(1, maxAccessibleLabel)),
		may("agent_prompt", anything), may("agent_prompt_display", anything), audience,
	})},
	"overflow": {everywhere, clickable, typedObject([]member{
		needs("options", listOf(1, maxMenuOptions, menuOption)),
		actionMember, confirmMember,
	})},

	"radio_buttons": {everywhere, pickable, typedObject(with(pickerMembers,
		needs("options", listOf(1, maxChoices, choiceOption)),
		may("initial_option", choiceOption)), initialAmong)},
	"checkboxes": {everywhere, pickable, typedObject(with(pickerMembers,
		needs("options", listOf(1, maxChoices, choiceOption)), audience,
		may("initial_options", listOf(1, maxChoices, choiceOption))), initialAmong)},
	"static_select": {everywhere, pickable, typedObject(with(optionMembers,
		may("initial_option", selectOption)), exactlyOne("options", "option_groups"), initialAmong)},
	"multi_static_select": {everywhere, pickable, typedObject(with(optionMembers, mostMember,
		may("initial_options", listOf(1, maxOptions, selectOption))),
		exactlyOne("options", "option_groups"), initialAmong)},

	"users_select": {everywhere, pickable, typedObject(with(selectMembers,
		may("initial_user", nonEmpty)))},
	"multi_users_select": {everywhere, pickable, typedObject(with(selectMembers, mostMember,
		may("initial_users", listOf(1, noLimit, nonEmpty))))},
	"conversations_select": {everywhere, pickable, typedObject(with(selectMembers,
		may("initial_conversation", nonEmpty),
		may("default_to_current_conversation", flag),
		may("response_url_enabled", flag),
		may("filter", conversationFilter)))},
	"multi_conversations_select": {everywhere, pickable, typedObject(with(selectMembers, mostMember,
		may("initial_conversations", listOf(1, noLimit, nonEmpty)),
		may("default_to_current_conversation", flag),
		may("filter", conversationFilter)))},
	"channels_select": {everywhere, pickable, typedObject(with(selectMembers,
		may("initial_channel", nonEmpty),
		may("response_url_enabled", flag)))},
	"multi_channels_select": {everywhere, pickable, typedObject(with(selectMembers, mostMember,
		may("initial_channels", listOf(1, noLimit, nonEmpty))))},

	"datepicker": {everywhere, pickable, typedObject(with(selectMembers,
		may("initial_date", dateText)))},
	"timepicker": {everywhere, pickable, typedObject(with(selectMembers,
		may("initial_time", timeText),
		may("timezone", nonEmpty)))},
	"datetimepicker": {onMessage | onModal, inActions | inInput, typedObject(with(pickerMembers,
		may("initial_date_time", intOf(firstLongMoment, lastLongMoment))))},

	"plain_text_input": {everywhere, inInput, typedObject(with(typedMembers,
		may("multiline", flag),
		may("min_length", intOf(0, maxInputLength)),
		may("max_length", intOf(1, maxInputLength)),
		may("initial_value", stringOf(0, maxInputLength))), lengthsAgree)},
	"email_text_input": {onModal, inInput, typedObject(with(typedMembers,
		may("initial_value", stringOf(0, maxInputLength))))},
	"url_text_input": {onModal, inInput, typedObject(with(typedMembers,
		may("initial_value", stringOf(0, maxInputLength))))},
	"number_input": {onModal, inInput, typedObject(with(typedMembers,
		needs("is_decimal_allowed", flag),
		may("min_value", numberText),
		may("max_value", numberText),
		may("initial_value", numberText)), boundsAgree)},
	"rich_text_input": {onViews, inInput, typedObject(with(typedMembers,
		may("initial_value", richTextBlock),
		may("min_lines", anything), may("max_lines", anything)))},
	"file_input": {onModal, inInput, typedObject([]member{
		actionMember,
		may("filetypes", listOf(1, noLimit, nonEmpty)),
		may("max_files", intOf(1, maxFiles)),
	})},
}

// focus is focus_on_load: one element a view.
func focus(j *judge, v any) {
	on, ok := v.(bool)
	switch {
	case !ok:
		j.refuse("must be a boolean")
	case on && j.focused:
		j.refuse("only one element may have `focus_on_load`")
	case on:
		j.focused = true
	}
}

// lengthsAgree asks of a plain_text_input that min ≤ max and that the initial
// value fits.
func lengthsAgree(j *judge, v any) {
	least, most := intAt(v, "min_length", 0), intAt(v, "max_length", maxInputLength)
	if least > most {
		j.refuseAt("min_length", "must not be greater than `max_length`")
	}
	if n := Length(stringAt(v, "initial_value")); n > most && n <= maxInputLength {
		j.enter("initial_value")
		j.refusef("must be less than %d characters", most+1)
		j.leave()
	}
}

// boundsAgree asks of a number_input that min ≤ max.
func boundsAgree(j *judge, v any) {
	least, okLeast := numberOf(stringAt(v, "min_value"))
	most, okMost := numberOf(stringAt(v, "max_value"))
	if okLeast && okMost && least.Cmp(most) > 0 {
		j.refuseAt("min_value", "must not be greater than `max_value`")
	}
}

// numberOf reads a number as number_input takes it; no exponents, no fractions.
func numberOf(s string) (*big.Rat, bool) {
	if !isNumber(s) || len(s) > maxInputLength {
		return nil, false
	}
	return new(big.Rat).SetString(s)
}
