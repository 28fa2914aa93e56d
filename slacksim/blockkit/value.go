package blockkit

import (
	"encoding/json"
	"fmt"
	"net/mail"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// form is how a kind of element holds what a person gave.
type form uint8

const (
	oneString form = iota
	manyStrings
	oneOption
	manyOptions
	oneMoment // a number of seconds
	richForm
	fileForm
)

// stateKind is how an element stands in view.state.values: under which key,
// what it starts with, and what a client checks while the person types.
type stateKind struct {
	key     string
	initial string
	form    form
	check   func(el Element, s string) (complaint string)
}

// stateKinds is every element with a state. An overflow menu has none, but its
// choice is sent in a block action in the same form.
// https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
var stateKinds = map[string]stateKind{
	"plain_text_input":           {"value", "initial_value", oneString, checkLength},
	"email_text_input":           {"value", "initial_value", oneString, checkEmail},
	"url_text_input":             {"value", "initial_value", oneString, checkURL},
	"number_input":               {"value", "initial_value", oneString, checkNumber},
	"rich_text_input":            {"rich_text_value", "initial_value", richForm, nil},
	"datepicker":                 {"selected_date", "initial_date", oneString, checkDate},
	"timepicker":                 {"selected_time", "initial_time", oneString, checkTime},
	"datetimepicker":             {"selected_date_time", "initial_date_time", oneMoment, nil},
	"static_select":              {"selected_option", "initial_option", oneOption, nil},
	"radio_buttons":              {"selected_option", "initial_option", oneOption, nil},
	"overflow":                   {"selected_option", "", oneOption, nil},
	"multi_static_select":        {"selected_options", "initial_options", manyOptions, nil},
	"checkboxes":                 {"selected_options", "initial_options", manyOptions, nil},
	"users_select":               {"selected_user", "initial_user", oneString, nil},
	"multi_users_select":         {"selected_users", "initial_users", manyStrings, nil},
	"conversations_select":       {"selected_conversation", "initial_conversation", oneString, nil},
	"multi_conversations_select": {"selected_conversations", "initial_conversations", manyStrings, nil},
	"channels_select":            {"selected_channel", "initial_channel", oneString, nil},
	"multi_channels_select":      {"selected_channels", "initial_channels", manyStrings, nil},
	"file_input":                 {"files", "", fileForm, nil},
}

// What a client says; Slack's own words differ by language and version.
const (
	MsgRequired  = "Please complete this required field."
	MsgNotOption = "Please choose one of the options."
	MsgNoEmail   = "Please enter a valid email address."
	MsgNoURL     = "Please enter a valid URL."
	MsgNoNumber  = "Please enter a number."
	MsgNoWhole   = "Please enter a whole number."
	MsgNoDate    = "Please enter a valid date."
	MsgNoTime    = "Please enter a valid time."
	MsgNoState   = "This element takes no value."
	MsgFileSize  = "Files can be at most 10 MB."
	MsgFileType  = "This file type is not allowed."
	MsgMost      = "Please choose at most %d."
	MsgFiles     = "Please add at most %d files."
	MsgLonger    = "Please enter at least %d characters."
	MsgShorter   = "Please enter at most %d characters."
)

// JudgeValue is the client between a person and a view: it turns what the
// person gave into the element's object in view.state.values, or complains as
// the client does, before anything is sent. v is a string (typed text, an id,
// a date, an option's value), a []string for what takes several, a
// []json.RawMessage of file objects for a file_input, a string or a rich_text
// object as json.RawMessage for a rich_text_input; nil, "" and empty lists
// leave the element empty. Whether an id exists is not checked.
func JudgeValue(el Element, v any) (state json.RawMessage, complaint string) {
	how, ok := stateKinds[el.Kind]
	if !ok {
		return nil, MsgNoState
	}
	held, empty, complaint := how.hold(el, v)
	if complaint == "" && empty && !el.Optional {
		complaint = MsgRequired
	}
	if complaint != "" {
		return nil, complaint
	}
	return encode(map[string]any{"type": el.Kind, how.key: held}), ""
}

// hold is what the state holds under its key; null or [] when empty.
func (k stateKind) hold(el Element, v any) (held any, empty bool, complaint string) {
	switch k.form {
	case manyStrings, manyOptions:
		return k.holdMany(el, v)
	case fileForm:
		return holdFiles(el, v)
	case richForm:
		if raw, ok := v.(json.RawMessage); ok {
			return holdRich(raw)
		}
	}
	s, ok := v.(string)
	switch {
	case v != nil && !ok:
		return nil, false, fmt.Sprintf("%s takes one value.", el.Kind)
	case s == "":
		return nil, true, ""
	}
	held, complaint = k.holdOne(el, s)
	return held, false, complaint
}

func (k stateKind) holdOne(el Element, s string) (held any, complaint string) {
	if k.check != nil {
		complaint = k.check(el, s)
	}
	switch k.form {
	case oneOption:
		option, ok := el.option(s)
		if !ok {
			return nil, MsgNotOption
		}
		return option.Raw, ""
	case oneMoment:
		seconds, err := strconv.ParseInt(s, 10, 64)
		inRange := err == nil && seconds >= firstLongMoment && seconds <= lastLongMoment
		return seconds, unless(inRange, MsgNoTime)
	case richForm:
		return plainRichText(s), complaint
	default:
		return s, complaint
	}
}

func (k stateKind) holdMany(el Element, v any) (held any, empty bool, complaint string) {
	values, ok := v.([]string)
	if one, is := v.(string); is && one != "" {
		values, ok = []string{one}, true
	}
	if !ok && v != nil && v != "" {
		return nil, false, fmt.Sprintf("%s takes a list of values.", el.Kind)
	}
	if el.MaxSelected > 0 && len(values) > el.MaxSelected {
		return nil, false, fmt.Sprintf(MsgMost, el.MaxSelected)
	}
	list := make([]any, 0, len(values))
	for _, s := range values {
		if k.form == manyStrings {
			list = append(list, s)
			continue
		}
		option, known := el.option(s)
		if !known {
			return nil, false, MsgNotOption
		}
		list = append(list, option.Raw)
	}
	return list, len(list) == 0, ""
}

// option finds a choice by its value.
func (el Element) option(value string) (Option, bool) {
	i := slices.IndexFunc(el.Options, func(o Option) bool { return o.Value == value })
	if i < 0 {
		return Option{}, false
	}
	return el.Options[i], true
}

func holdFiles(el Element, v any) (held any, empty bool, complaint string) {
	given, ok := v.([]json.RawMessage)
	if !ok && v != nil && v != "" {
		return nil, false, "file_input takes files."
	}
	if len(given) > el.MaxFiles {
		return nil, false, fmt.Sprintf(MsgFiles, el.MaxFiles)
	}
	for _, raw := range given {
		if complaint := checkFile(el, raw); complaint != "" {
			return nil, false, complaint
		}
	}
	return append([]json.RawMessage{}, given...), len(given) == 0, ""
}

func checkFile(el Element, raw json.RawMessage) (complaint string) {
	file, ok := decodeObject(raw)
	if !ok {
		return "file_input takes files."
	}
	if intAt(file, "size", 0) > maxFileBytes {
		return MsgFileSize
	}
	extension := strings.TrimPrefix(path.Ext(stringAt(file, "name")), ".")
	allowed := func(t string) bool { return strings.EqualFold(t, extension) }
	if len(el.FileTypes) > 0 && !slices.ContainsFunc(el.FileTypes, allowed) {
		return MsgFileType
	}
	return ""
}

// checkLength counts strictly both ways: the least in code points, the most in
// UTF-16 code units, see length.
func checkLength(el Element, s string) string {
	if utf8.RuneCountInString(s) < el.MinLength {
		return fmt.Sprintf(MsgLonger, el.MinLength)
	}
	if el.MaxLength > 0 && Length(s) > el.MaxLength {
		return fmt.Sprintf(MsgShorter, el.MaxLength)
	}
	return ""
}

func checkEmail(_ Element, s string) string {
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s {
		return MsgNoEmail
	}
	if _, domain, _ := strings.Cut(s, "@"); !strings.Contains(strings.Trim(domain, "."), ".") {
		return MsgNoEmail
	}
	return ""
}

func checkURL(_ Element, s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return MsgNoURL
	}
	return ""
}

func checkNumber(el Element, s string) string {
	n, ok := numberOf(s)
	if !ok {
		return MsgNoNumber
	}
	if !el.Decimals && strings.Contains(s, ".") {
		return MsgNoWhole
	}
	if least, ok := numberOf(el.MinValue); ok && n.Cmp(least) < 0 {
		return "Please enter a number of at least " + el.MinValue + "."
	}
	if most, ok := numberOf(el.MaxValue); ok && n.Cmp(most) > 0 {
		return "Please enter a number of at most " + el.MaxValue + "."
	}
	return ""
}

func checkDate(_ Element, s string) string { return unless(isDate(s), MsgNoDate) }
func checkTime(_ Element, s string) string { return unless(isTime(s), MsgNoTime) }

func unless(ok bool, complaint string) string {
	if ok {
		return ""
	}
	return complaint
}

// holdRich takes a rich_text object as the client makes it.
func holdRich(raw json.RawMessage) (held any, empty bool, complaint string) {
	if absent(raw) {
		return nil, true, ""
	}
	object, ok := decodeObject(raw)
	if !ok {
		return nil, false, MsgNoState
	}
	j := newJudge(onViews)
	richTextBlock(j, object)
	return object, false, unless(len(j.faults) == 0, MsgNoState)
}

// plainRichText is typed text as a rich_text_input gives it.
func plainRichText(s string) any {
	span := map[string]any{"type": "text", "text": s}
	section := map[string]any{"type": "rich_text_section", "elements": []any{span}}
	return map[string]any{"type": "rich_text", "elements": []any{section}}
}

// wholeNumber writes a decoded JSON number without exponent.
func wholeNumber(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// encode is JSON of a value that came from JSON or is made of strings, maps
// and lists, which cannot fail.
func encode(v any) json.RawMessage {
	raw, err := json.Marshal(v)
	if err != nil {
		return json.RawMessage("null")
	}
	return raw
}

// EmptyState reports whether an input holds nothing: its value is null, "" or [].
func EmptyState(state json.RawMessage) bool {
	var fields map[string]json.RawMessage
	if json.Unmarshal(state, &fields) != nil {
		return true
	}
	for key, value := range fields {
		if v := string(value); key != "type" && v != "null" && v != `""` && v != "[]" {
			return false
		}
	}
	return true
}
