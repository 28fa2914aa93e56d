package handlers

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

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
func (h *listsHandler) openNumber(ctx context.Context, g gesture, number string) error {
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
	return h.dossier.openDossier(ctx, g)
}

// cardView is what somebody without the dossier may know of a case: number,
// state and promises.
func (h *listsHandler) cardView(ctx context.Context, sp texts.Speaker, c *workflow.Complaint, who roster.PersonID) slack.ModalViewRequest {
	var all []row
	if c.LoggedBy == who { // a director reads number and promises
		all = []row{
			{sp.Say("common.state"), choice(sp, "state", c.State)},
			{sp.Say("common.received"), sp.Date(c.Facts.Received)},
		}
	}
	all = append(all, h.dueRows(ctx, sp, c)...)
	blocks := append([]slack.Block{header(c.Number)}, rows(all...)...)
	return modal("card", sp.Say("list.card.title"), "", sp.Say("common.close"), metadata{}, blocks...)
}
