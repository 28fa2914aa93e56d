package handlers

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// reply is the answer to a command, seen only by who typed it.
type reply struct {
	ResponseType string `json:"response_type"`
	Text         string `json:"text"`
}

// say answers a command with mrkdwn.
func say(text string) Ack { return Ack{Payload: reply{slack.ResponseTypeEphemeral, text}} }

// Command answers /klacht. What shows a case shows it in a modal; a refusal
// is the text of the answer.
func (h *Handler) Command(ctx context.Context, cmd slack.SlashCommand) Ack {
	g := gesture{
		id:      identity("command", cmd.UserID, cmd.TriggerID),
		name:    cmd.Command,
		trigger: cmd.TriggerID,
	}
	err := h.admit(ctx, &g, roster.PersonID(cmd.UserID))
	if err != nil {
		return say(escape(h.why(ctx, g, err)))
	}
	g.typed = cmd.Text
	word := squeeze(cmd.Text)
	if help[word] {
		return say(g.speak.Say("common.help"))
	}
	if text, ok := quarterText(word); ok {
		rest, err := h.beginQuarterText(ctx, g, text)
		if err != nil {
			return say(escape(h.why(ctx, g, err)))
		}
		return Ack{Then: rest}
	}
	answer := h.ask(word)
	if answer == nil {
		return say(g.speak.Say("common.unknown_command", texts.Args{"Text": escape(cut(word, maxLabel))}))
	}
	if err := answer(ctx, g); err != nil {
		return say(escape(h.why(ctx, g, err)))
	}
	return Ack{}
}

// help are the words that ask for an explanation, in both languages.
var help = map[string]bool{"help": true, "hulp": true, "?": true}

// ask returns what answers the text behind /klacht; nil when nothing does.
func (h *Handler) ask(word string) func(context.Context, gesture) error {
	if number, ok := caseNumber(word); ok {
		return func(ctx context.Context, g gesture) error { return h.openNumber(ctx, g, number) }
	}
	if text, ok := searchText(word); ok {
		return func(ctx context.Context, g gesture) error { return h.openSearch(ctx, g, text) }
	}
	if accessText(word) {
		return h.openAccess
	}
	return map[string]func(context.Context, gesture) error{
		"":       h.openLog,
		"lijst":  h.openList,
		"list":   h.openList,
		"export": h.openRegister,
	}[word]
}

// squeeze brings what was typed to lower case, without control characters
// and with single spaces.
func squeeze(text string) string {
	return strings.ToLower(strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || !unicode.IsPrint(r)
	}), " "))
}

var numberForm = regexp.MustCompile(`^([kv])[-–—]?([0-9]{4})[-–—]?([0-9]{1,9})$`)

// caseNumber reads a case number as people type it: in lower case, with
// spaces, without dashes or leading zeros.
func caseNumber(text string) (number string, ok bool) {
	m := numberForm.FindStringSubmatch(strings.ReplaceAll(text, " ", ""))
	if m == nil {
		return "", false
	}
	n, err := strconv.Atoi(m[3])
	if err != nil {
		return "", false
	}
	return fmt.Sprintf("%s-%s-%04d", strings.ToUpper(m[1]), m[2], n), true
}

// openNumber shows a case by its number: the dossier to whom handles it, what
// they may know to others. That a case is kept from somebody reads exactly
// like that it does not exist.
func (h *Handler) openNumber(ctx context.Context, g gesture, number string) error {
	read, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	c, access, err := h.Register.Find(read, workflow.Lookup{Number: number}, g.who.ID)
	switch {
	case err != nil:
		return err
	case access == workflow.AccessNone:
		return workflow.Refusals{{Code: workflow.CodeNoSuchCase}}
	case access < workflow.AccessFull:
		return h.show(ctx, g, h.cardView(ctx, g.speak, &c, g.who.ID))
	}
	g.name, g.ref = string(workflow.ActionDossier), refTo(&c)
	return h.openDossier(ctx, g)
}

// cardView is what somebody without the dossier may know of a case: number,
// state and promises.
func (h *Handler) cardView(ctx context.Context, sp texts.Speaker, c *workflow.Complaint, who roster.PersonID) slack.ModalViewRequest {
	var all []row
	if c.LoggedBy == who { // a director reads number and promises
		all = []row{
			{sp.Say("common.state"), choice(sp, "state", c.State)},
			{sp.Say("common.received"), sp.Date(c.Facts.Received)},
		}
	}
	all = append(all, h.dueRows(ctx, sp, c)...)
	blocks := append([]slack.Block{header(c.Number)}, rows(all...)...)
	return modal("card", sp.Say("list.card.title"), "", sp.Say("common.close"), memo{}, blocks...)
}
