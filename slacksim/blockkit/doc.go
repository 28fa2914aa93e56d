// Package blockkit judges Block Kit as Slack does: the blocks, attachments and
// metadata of a message, and the blocks of a view. It looks at JSON and at nothing
// else, so that it can stand beside any app and any test.
//
// JudgeMessage and JudgeView return a Refusal with Slack's name for what is wrong
// and a line with a JSON pointer for each fault; nil means that Slack would take
// it. Elements and Inputs list what a person can use, JudgeValue turns what was
// typed into what the element then holds, or says why the person's own client
// refuses it. FillIDs adds the ids that the app left out.
//
// Each rule stands with the page of Slack's documentation that says so. Where the
// documentation is silent the stricter reading is taken, and the comment says what
// was assumed.
package blockkit
