package lookup

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
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

// openNumber shows a case by its number: the dossier to whoever may open it, to
// others what they may know. A case that is kept from somebody reads exactly
// like one that does not exist.
func (h *Handler) openNumber(ctx context.Context, g core.Gesture, number string) error {
	read, cancel := context.WithTimeout(ctx, core.ReadTime)
	defer cancel()
	c, access, err := h.Register.Find(read, workflow.Lookup{Number: number}, g.Who.ID)
	switch {
	case err != nil:
		return err
	case access == workflow.AccessNone:
		return workflow.Refusals{{Code: workflow.CodeNoSuchCase}}
	case access < workflow.AccessFull:
		return h.Show(ctx, g, h.cardView(ctx, g.Speak, &c, g.Who.ID, movedRemark(g.Speak, &c, number)...))
	}
	g.Name, g.Ref = string(workflow.ActionDossier), kit.RefTo(&c)
	return h.dossier.OpenDossier(ctx, g, movedRemark(g.Speak, &c, number)...)
}

// movedRemark says that the number somebody asked for is not the case's any more.
func movedRemark(sp texts.Speaker, c *workflow.Complaint, asked string) []slack.Block {
	if c.Number == asked {
		return nil
	}
	return []slack.Block{kit.Section(sp.Say("list.moved", texts.Args{"Old": asked, "Number": c.Number}), nil)}
}

// cardView is what somebody without the dossier may know of a case: number, what it is
// about, state and promises, below what is to be said first.
func (h *Handler) cardView(ctx context.Context, sp texts.Speaker, c *workflow.Complaint, who roster.PersonID, first ...slack.Block) slack.ModalViewRequest {
	var all []kit.Row
	if about := h.aboutLine(sp, c); about != "" {
		first = append(first, kit.Section(strings.TrimSpace(about), nil))
	}
	if c.LoggedBy == who { // a director reads number and promises
		all = append(all,
			kit.Row{Label: sp.Say("common.state"), Text: kit.Choice(sp, "state", c.State)},
			kit.Row{Label: sp.Say("common.received"), Text: sp.Date(c.Facts.Received)})
	}
	all = append(all, h.DueRows(ctx, sp, c)...)
	blocks := append(append([]slack.Block{kit.Header(c.Number)}, first...), kit.Rows(all...)...)
	return kit.Modal("card", sp.Say("list.card.title"), "", sp.Say("common.close"), kit.Metadata{}, blocks...)
}
