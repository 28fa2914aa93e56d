package blockkit

import (
	"net/url"
	"regexp"
	"slices"
	"time"
)

// The limits of composition objects, in characters and items.
// https://docs.slack.dev/reference/block-kit/composition-objects
const (
	maxID          = 255
	maxObjectText  = 3000
	maxURL         = 3000
	maxPlaceholder = 150

	maxOptions         = 100
	maxGroups          = 100
	maxOptionText      = 75
	maxOptionValue     = 150
	maxGroupLabel      = 75
	maxConfirmTitle    = 100
	maxConfirmText     = 300
	maxConfirmButton   = 30
	maxAccessibleLabel = 75
)

var (
	idText      = stringOf(0, maxID) // an empty id counts as none
	nonEmpty    = stringOf(1, noLimit)
	linkText    = stringThat(maxURL, isLink, "must be a valid url")
	dateText    = stringThat(maxID, isDate, "must be a date as YYYY-MM-DD")
	timeText    = stringThat(maxID, isTime, "must be a time as HH:mm")
	numberText  = stringThat(maxID, isNumber, "must be a number")
	styleWord   = wordOf("primary", "danger")
	placeholder = plainText(maxPlaceholder)
)

// noLimit is a length that no argument reaches.
const noLimit = 1<<31 - 1

// plainText is a text object of type plain_text, 1 to most characters.
func plainText(most int) rule { return textObject(most, "plain_text") }

// anyText is a text object of either type, 1 to most characters.
func anyText(most int) rule { return textObject(most, "plain_text", "mrkdwn") }

func textObject(most int, types ...string) rule {
	known := map[string]kind{}
	for _, name := range types {
		members := []member{needs("text", stringOf(1, most)), may("emoji", flag)}
		if name == "mrkdwn" {
			members = []member{needs("text", stringOf(1, most)), may("verbatim", flag)}
		}
		known[name] = kind{on: everywhere, in: anyPlace, rule: typedObject(members)}
	}
	one := oneOfKinds(known, anyPlace)
	if len(types) == 1 {
		return one
	}
	return anySchema(one)
}

// anySchema says of a faulty value that may look several ways what Slack says
// of it first.
func anySchema(r rule) rule {
	return func(j *judge, v any) {
		before := len(j.faults)
		r(j, v)
		if len(j.faults) > before {
			first := j.line("failed to match all allowed schemas", j.pointer())
			j.faults = slices.Insert(j.faults, before, first)
		}
	}
}

// confirmDialog asks "are you sure?".
var confirmDialog = objectOf([]member{
	needs("title", plainText(maxConfirmTitle)),
	needs("text", anyText(maxConfirmText)),
	needs("confirm", plainText(maxConfirmButton)),
	needs("deny", plainText(maxConfirmButton)),
	may("style", styleWord),
})

// Options: in selects plain text only, in radio buttons and checkboxes mrkdwn
// too, in overflow menus also with a link.
var (
	selectOption = optionOf(plainText(maxOptionText))
	choiceOption = optionOf(anyText(maxOptionText))
	menuOption   = optionOf(plainText(maxOptionText), may("url", linkText))
)

func optionOf(label rule, more ...member) rule {
	return objectOf(with([]member{
		needs("text", label),
		needs("value", stringOf(1, maxOptionValue)),
		may("description", label),
	}, more...))
}

var selectGroup = objectOf([]member{
	needs("label", plainText(maxGroupLabel)),
	needs("options", listOf(1, maxOptions, selectOption)),
})

var dispatchConfig = objectOf([]member{
	needs("trigger_actions_on", listOf(1, 2, wordOf("on_enter_pressed", "on_character_entered"))),
})

var conversationFilter = objectOf([]member{
	may("include", listOf(1, 4, wordOf("im", "mpim", "private", "public"))),
	may("exclude_external_shared_channels", flag),
	may("exclude_bot_users", flag),
}, anyOf("include", "exclude_external_shared_channels", "exclude_bot_users"))

var slackFile = objectOf([]member{may("id", nonEmpty), may("url", linkText)}, exactlyOne("id", "url"))

// initialAmong asks that initial_option or initial_options be among the
// options offered, with the same text.
func initialAmong(j *judge, v any) {
	offered := map[[2]string]bool{}
	for _, option := range optionsOf(v) {
		offered[optionKey(option)] = true
	}
	object, _ := v.(map[string]any)
	if one := object["initial_option"]; one != nil && !offered[optionKey(one)] {
		j.refuseAt("initial_option", "must be one of the options")
	}
	for i, one := range listAt(v, "initial_options") {
		if !offered[optionKey(one)] {
			j.enter("initial_options")
			j.enterItem(i)
			j.refuse("must be one of the options")
			j.leave()
			j.leave()
		}
	}
}

// optionsOf lists an element's options, those in groups too.
func optionsOf(v any) []any {
	lists := [][]any{listAt(v, "options")}
	for _, group := range listAt(v, "option_groups") {
		lists = append(lists, listAt(group, "options"))
	}
	return slices.Concat(lists...)
}

func optionKey(v any) [2]string {
	object, _ := v.(map[string]any)
	return [2]string{stringAt(v, "value"), stringAt(object["text"], "text")}
}

func isLink(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Scheme != "" && (u.Host != "" || u.Opaque != "")
}

func isDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

func isTime(s string) bool {
	_, err := time.Parse("15:04", s)
	return err == nil && len(s) == len("15:04")
}

var decimal = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

func isNumber(s string) bool { return decimal.MatchString(s) }
