package blockkit

// Refusal is Slack's answer to a bad call: the error's name and the lines of
// response_metadata.messages. A nil *Refusal means Slack would accept the call.
type Refusal struct {
	Code     string
	Messages []string
}

// Slack's names for what is wrong with a message or a view.
const (
	CodeNoText             = "no_text"
	CodeMsgTooLong         = "msg_too_long"
	CodeBlocksTooLong      = "msg_blocks_too_long"
	CodeBlocksFormat       = "invalid_blocks_format"
	CodeBlocks             = "invalid_blocks"
	CodeAttachments        = "invalid_attachments"
	CodeTooManyAttachments = "too_many_attachments"
	CodeMetadataFormat     = "invalid_metadata_format"
	CodeMetadataSchema     = "invalid_metadata_schema"
	CodeMetadataTooLarge   = "metadata_too_large"
	CodeArguments          = "invalid_arguments"
	CodeViewTooLarge       = "view_too_large"
)
