package slackapi

// Slack's methods that the bot names; a rate limit holds for one of them. A
// document's bytes go to an address of their own, and come from one.
const (
	MethodOpenView    = "views.open"
	MethodUpdateView  = "views.update"
	MethodPublishView = "views.publish"
	MethodPost        = "chat.postMessage"
	MethodUpdate      = "chat.update"
	MethodDelete      = "chat.delete"
	MethodPermalink   = "chat.getPermalink"
	MethodHistory     = "conversations.history"
	MethodReplies     = "conversations.replies"
	MethodOpen        = "conversations.open"
	MethodFileInfo    = "files.info"
	MethodFileDelete  = "files.delete"
	MethodUploadURL   = "files.getUploadURLExternal"
	MethodUpload      = "files.upload"
	MethodComplete    = "files.completeUploadExternal"
	MethodDownload    = "files.download"
)

// Failure is what a failed call means for what comes next.
type Failure int

// The failures.
const (
	Unsure     Failure = iota // nobody knows whether it was carried out
	Lasting                   // will fail again until somebody mends it
	BadContent                // Slack refuses what is in the message
	BadPlace                  // Slack refuses the channel or the person
	NoThread                  // Slack refuses the reply, not the channel
	Gone                      // the message to edit, or the thread, is not there
)

// failures sorts Slack's error names; what is not in it is lasting.
var failures = map[string]Failure{
	"internal_error": Unsure, "fatal_error": Unsure, "request_timeout": Unsure,
	"service_unavailable": Unsure, "team_added_to_org": Unsure, "accesslimited": Unsure,
	"ratelimited": Unsure, "rate_limited": Unsure, // without the status that says for how long
	"file_not_found":     Unsure, // of a document: its bytes did not arrive
	"file_update_failed": Unsure, "upload_failed": Unsure,

	"msg_too_long": BadContent, "msg_blocks_too_long": BadContent, "invalid_blocks": BadContent,
	"invalid_blocks_format": BadContent, "too_many_attachments": BadContent, "no_text": BadContent,

	"channel_not_found": BadPlace, "not_in_channel": BadPlace, "is_archived": BadPlace, "is_inactive": BadPlace,
	"restricted_action": BadPlace, "restricted_action_read_only_channel": BadPlace,
	"user_disabled": BadPlace, "user_not_found": BadPlace, "users_not_found": BadPlace, "user_not_visible": BadPlace,
	FaultPublic: BadPlace, FaultShared: BadPlace, FaultUnseen: BadPlace, // the bot's own refusals
	"cannot_dm_bot": BadPlace, "channel_is_limited_access": BadPlace, "messages_tab_disabled": BadPlace,

	"cannot_reply_to_message": NoThread, "restricted_action_thread_locked": NoThread,
	"restricted_action_non_threadable_channel": NoThread,

	"message_not_found": Gone, "thread_not_found": Gone, "cant_update_message": Gone, "edit_window_closed": Gone,
}

// FailureOf sorts an error of a call. Without a word from Slack nobody knows
// what became of it.
func FailureOf(err error) Failure {
	code := Code(err)
	if code == "" {
		return Unsure
	}
	if f, ok := failures[code]; ok {
		return f
	}
	return Lasting
}

// Means reports whether err is a failure of that kind; nil is none.
func (f Failure) Means(err error) bool { return err != nil && FailureOf(err) == f }

// Posts reports whether a method shows a message.
func Posts(method string) bool { return method == MethodPost || method == MethodUpdate }

// Refused reports whether Slack said no, and will say no until a person changes
// something: there is no use in asking again. A refused token is another matter.
func Refused(err error) bool {
	return Code(err) != "" && FailureOf(err) != Unsure && RefusedToken(BotSetting, err) == nil
}

// FileGone reports whether Slack knows no such file any more.
func FileGone(err error) bool {
	code := Code(err)
	return code == "file_not_found" || code == "file_deleted"
}

// FileUnknown reports whether Slack knows no such file, or shows none, which it
// says also of one that was uploaded a moment ago.
func FileUnknown(err error) bool {
	code := Code(err)
	return code == "file_not_found" || code == "not_visible"
}
