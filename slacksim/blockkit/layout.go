package blockkit

// The limits of blocks, in characters and items.
// https://docs.slack.dev/reference/block-kit/blocks
const (
	maxMessageBlocks = 50
	maxViewBlocks    = 100
	maxSectionText   = 3000
	maxFields        = 10
	maxFieldText     = 2000
	maxHeaderText    = 150
	maxContext       = 10
	maxActions       = 25
	maxLabel         = 2000 // an input's label and hint
	maxImageTitle    = 2000
	maxMarkdown      = 12000 // in all markdown blocks of a message together
)

// blockKinds is every block, where it may stand and what it looks like. Known
// to Slack but refused here: video (needs a scope the app has not), file (never
// sent by apps), and the blocks for agents (plan, task_card, card, …).
var blockKinds = map[string]kind{
	"section": {everywhere, anyPlace, blockOf([]member{
		may("text", anyText(maxSectionText)),
		may("fields", listOf(1, maxFields, anyText(maxFieldText))),
		may("accessory", elementIn(inAccessory)),
		may("expand", flag),
	}, anyOf("text", "fields"))},
	"header": {everywhere, anyPlace, blockOf([]member{
		needs("text", plainText(maxHeaderText)),
		may("level", intOf(1, 4)),
	})},
	"divider": {everywhere, anyPlace, blockOf(nil)},
	"context": {everywhere, anyPlace, blockOf([]member{
		needs("elements", listOf(1, maxContext, contextElement)),
	})},
	"actions": {everywhere, anyPlace, blockOf([]member{
		needs("elements", listOf(1, maxActions, elementIn(inActions))),
	})},
	"image": {everywhere, anyPlace, blockOf([]member{
		needs("alt_text", stringOf(1, maxAltText)),
		may("title", plainText(maxImageTitle)),
		may("image_url", linkText),
		may("slack_file", slackFile),
	}, exactlyOne("image_url", "slack_file"))},
	"input": {everywhere, anyPlace, blockOf([]member{
		needs("label", plainText(maxLabel)),
		needs("element", elementIn(inInput)),
		may("hint", plainText(maxLabel)),
		may("optional", flag),
		may("dispatch_action", flag),
	}, quietFiles)},
	"rich_text":          {everywhere, anyPlace, richTextBlock},
	"markdown":           {onMessage, anyPlace, blockOf([]member{needs("text", stringOf(1, maxMarkdown))})},
	"table":              {onMessage, anyPlace, tableBlock},
	"data_visualization": {onMessage | onHome, anyPlace, chartBlock},
}

// judgeBlocks looks at the blocks of one message, attachment or view.
func judgeBlocks(j *judge, v any) {
	most := maxViewBlocks
	if j.surface == onMessage {
		most = maxMessageBlocks
	}
	listOf(0, most, oneBlock)(j, v)
}

// oneBlock is a block of a known kind whose block_id is its own.
func oneBlock(j *judge, v any) {
	j.actions = map[string]bool{}
	oneOfKinds(blockKinds, anyPlace)(j, v)
	unique(j, j.blockIDs, "block_id", stringAt(v, "block_id"))
}

// blockOf is a block with these members, and with what every block has.
func blockOf(members []member, more ...rule) rule {
	return typedObject(with(members, may("block_id", idText)), more...)
}

// elementIn is an element that may stand there, with an action_id that no
// other element of the block has.
func elementIn(in place) rule {
	known := oneOfKinds(elementKinds, in)
	return func(j *judge, v any) {
		known(j, v)
		unique(j, j.actions, "action_id", stringAt(v, "action_id"))
	}
}

var (
	contextText  = anyText(maxObjectText)
	contextImage = elementIn(inContext)
)

// contextElement is an image or a text object.
func contextElement(j *judge, v any) {
	if t := stringAt(v, "type"); t == "plain_text" || t == "mrkdwn" {
		contextText(j, v)
		return
	}
	contextImage(j, v)
}

// quietFiles refuses dispatch_action on a file_input.
func quietFiles(j *judge, v any) {
	object, _ := v.(map[string]any)
	if boolAt(v, "dispatch_action") && stringAt(object["element"], "type") == "file_input" {
		j.enter("element")
		j.refuseAt("type", "unsupported type: file_input")
		j.leave()
	}
}
