package blockkit

// Refusal is Slack's answer to a bad call: the error's name and the lines of
// response_metadata.messages. A nil *refusal means Slack would accept the call.
type Refusal struct {
	Code     string
	Messages []string
}

// Slack's names for what is wrong with a message or a view.
const (
	codeNoText             = "no_text"
	codeMsgTooLong         = "msg_too_long"
	codeBlocksTooLong      = "msg_blocks_too_long"
	codeBlocksFormat       = "invalid_blocks_format"
	CodeBlocks             = "invalid_blocks"
	codeAttachments        = "invalid_attachments"
	codeTooManyAttachments = "too_many_attachments"
	codeMetadataFormat     = "invalid_metadata_format"
	codeMetadataSchema     = "invalid_metadata_schema"
	codeMetadataTooLarge   = "metadata_too_large"
	codeArguments          = "invalid_arguments"
	codeViewTooLarge       = "view_too_large"
)
