package blockkit

import "regexp"

// richTextBlock is a rich_text block, or one in a table cell or input. Slack
// takes empty lists of elements.
// https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
var richTextBlock = objectOf([]member{
	needs("type", wordOf("rich_text")),
	needs("elements", listOf(0, noLimit, oneOfKinds(richParts, anyPlace))),
	may("block_id", idText),
})

// richParts are the paragraphs of rich text.
var richParts = map[string]kind{
	"rich_text_section":      richPart(richSpans),
	"rich_text_quote":        richPart(richSpans, may("border", borderWidth)),
	"rich_text_preformatted": richPart(richSpans, may("border", borderWidth), may("language", nonEmpty)),
	"rich_text_list": richPart(listOf(1, noLimit, richSection),
		needs("style", wordOf("bullet", "ordered")),
		may("indent", intOf(0, noLimit)),
		may("offset", intOf(0, noLimit)),
		may("border", borderWidth)),
}

var (
	borderWidth = intOf(0, 1)
	richSection = oneOfKinds(map[string]kind{"rich_text_section": richPart(richSpans)}, anyPlace)
	richSpans   = listOf(0, noLimit, oneOfKinds(richSpanKinds, anyPlace))
)

func richPart(elements rule, more ...member) kind {
	return kind{everywhere, anyPlace, typedObject(with([]member{needs("elements", elements)}, more...))}
}

// fromModel marks what a language model wrote.
var fromModel = may("from_llm", anything)

// richSpanKinds are the pieces of a line of rich text.
var richSpanKinds = map[string]kind{
	"text": richSpan(needs("text", stringOf(1, noLimit))),
	"link": richSpan(needs("url", linkText), may("text", stringOf(0, noLimit)), may("unsafe", flag),
		fromModel, may("is_slack_url", anything), may("truncated", anything)),
	"user":      richSpan(needs("user_id", nonEmpty), fromModel),
	"usergroup": richSpan(needs("usergroup_id", nonEmpty)),
	"channel":   richSpan(needs("channel_id", nonEmpty), fromModel, may("tab_id", anything)),
	"team":      richSpan(needs("team_id", nonEmpty)),
	"emoji": richSpan(needs("name", nonEmpty), may("skin_tone", intOf(1, 6)), may("unicode", nonEmpty),
		may("url", anything)),
	"broadcast": richSpan(needs("range", wordOf("here", "channel", "everyone"))),
	"color":     richSpan(needs("value", stringThat(maxID, colour.MatchString, "must be a hex colour"))),
	"date": richSpan(needs("timestamp", intOf(0, lastLongMoment)), needs("format", nonEmpty),
		may("url", linkText), may("fallback", stringOf(0, noLimit)), may("timezone", anything)),
}

var colour = regexp.MustCompile(`^#?[0-9a-fA-F]{6}$`)

func richSpan(members ...member) kind {
	return kind{everywhere, anyPlace, typedObject(with(members, may("style", spanStyle)))}
}

var spanStyle = objectOf([]member{
	may("bold", flag), may("italic", flag), may("strike", flag), may("code", flag),
	may("underline", flag), may("highlight", flag), may("client_highlight", flag), may("unlink", flag),
})
