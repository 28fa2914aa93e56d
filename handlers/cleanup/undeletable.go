// Package cleanup shows people what only they can take out of Slack.
package cleanup

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow/roster"
)

// UndeletableReader reads what erased and moved cases left in Slack that only
// people can delete.
type UndeletableReader interface {
	// UndeletableList returns the part of it that a person may read of.
	UndeletableList(ctx context.Context, who roster.PersonID) (outbox.UndeletableList, error)
	// CheckUndeletables has the bot check what is left of it, and send that person
	// the list.
	CheckUndeletables(ctx context.Context, who roster.PersonID) error
}

// Handler shows what only people can take out of Slack.
type Handler struct {
	*core.Env
	undeletables UndeletableReader
}

func New(e *core.Env, u UndeletableReader) *Handler { return &Handler{e, u} }

// Table registers what stands behind the ids of this subject.
func (h *Handler) Table() core.Table {
	return core.Table{Screens: map[string]core.Screen{
		checkUndeletable: {Open: h.checkAgain},
	}, Messages: map[outbox.Kind]core.Renderer{
		outbox.KindUndeletable: h.render,
	}}
}

// checkUndeletable is the button that asks for another check.
const checkUndeletable = "remnants_look"

// checkAgain answers the button; what is left follows in a message.
func (h *Handler) checkAgain(ctx context.Context, g core.Gesture) error {
	if err := h.undeletables.CheckUndeletables(ctx, g.Who.ID); err != nil || g.ResponseURL == "" {
		return err
	}
	return h.Slack.Respond(ctx, g.ResponseURL, core.Response{Text: g.Speak.Say("replies.looking")})
}

func (h *Handler) render(ctx context.Context, d outbox.Delivery) (core.Message, int, error) {
	n, ok := d.Payload.(outbox.UndeletableNotice)
	if !ok {
		return core.Message{}, 0, fmt.Errorf("%w: %q", core.ErrNoRenderer, d.Kind())
	}
	m, err := h.undeletableMessage(ctx, n)
	return m, d.Version, err
}

// undeletableMessage lists for one person, in the language that they read, what
// is left for people to take out of Slack: case number, place and time, nothing else.
// It waits for the window, unless they asked for it.
func (h *Handler) undeletableMessage(ctx context.Context, n outbox.UndeletableNotice) (core.Message, error) {
	if err := h.AwaitWindow(); err != nil && !n.Asked {
		return core.Message{}, err
	}
	who, err := h.People.Person(ctx, n.To)
	if err != nil {
		return core.Message{}, fmt.Errorf("render %s: %w", n.Kind(), err)
	}
	left, err := h.undeletables.UndeletableList(ctx, n.To)
	if err != nil {
		return core.Message{}, fmt.Errorf("render %s: %w", n.Kind(), err)
	}
	sp := h.SpeakTo(n.To)
	switch {
	case who.Standing != roster.StandingMember, left.Total == 0 && !n.Asked:
		return core.Message{}, core.ErrMoot
	case left.Total == 0:
		text := sp.Say("replies.none")
		return core.Message{Text: text, Blocks: []slack.Block{kit.Section(text, nil)}}, nil
	}
	return h.undeletableList(sp, left), nil
}

func (h *Handler) undeletableList(sp texts.Speaker, left outbox.UndeletableList) core.Message {
	intro := sp.Say("replies.intro", texts.Args{"Count": left.Total})
	why := sp.Say("replies.why")
	blocks := []slack.Block{kit.Section("*"+intro+"*\n"+why, nil)}
	for _, group := range grouped(left.First) {
		blocks = append(blocks, kit.Section(howToDelete(sp, group[0]), nil), h.undeletableLinks(sp, group))
	}
	if more := left.Total - len(left.First); more > 0 {
		blocks = append(blocks, kit.Remark(sp.Say("replies.more", texts.Args{"Count": more})))
	}
	check := kit.Button(checkUndeletable, "", sp.Say("replies.look"), slack.StylePrimary)
	return core.Message{Text: intro, Blocks: append(blocks, kit.Buttons("", check))}
}

// grouped puts together what the same people can do something about.
func grouped(all []outbox.Undeletable) (groups [][]outbox.Undeletable) {
	for _, kind := range outbox.UndeletableKinds() {
		byFault := map[string]int{}
		for _, r := range all {
			if r.Kind != kind {
				continue
			}
			i, known := byFault[r.Fault]
			if !known {
				i = len(groups)
				byFault[r.Fault], groups = i, append(groups, nil)
			}
			groups[i] = append(groups[i], r)
		}
	}
	return groups
}

// howToDelete says what to do about such a thing.
func howToDelete(sp texts.Speaker, r outbox.Undeletable) string {
	title, how := sp.Say("replies.kind."+string(r.Kind)), sp.Say("replies.how."+string(r.Kind))
	lines := []string{"*" + title + "*", how}
	switch {
	case r.Fault == "is_archived", r.Fault == "is_inactive":
		lines = append(lines, sp.Say("replies.archived"))
	case r.Fault != "":
		lines = append(lines, sp.Say("replies.refused", texts.Args{"Code": r.Fault}))
	}
	return strings.Join(lines, "\n")
}

func (h *Handler) undeletableLinks(sp texts.Speaker, group []outbox.Undeletable) slack.Block {
	lines := make([]slack.RichTextElement, len(group))
	for i, r := range group {
		runs := slices.Concat([]slack.RichTextSectionElement{kit.Bold(r.Number), kit.Words("  ")}, h.linkTo(sp, r))
		lines[i] = slack.NewRichTextSection(runs...)
	}
	return slack.NewRichTextBlock("", slack.NewRichTextList(slack.RTEListBullet, 0, lines...))
}

// linkTo is where it stands: Slack's own link to it, or the place and
// the time.
func (h *Handler) linkTo(sp texts.Speaker, r outbox.Undeletable) []slack.RichTextSectionElement {
	label := sp.Say("replies.file", texts.Args{"File": r.TS})
	if r.Kind != outbox.UndeletableFile {
		label = sp.Instant(instantOf(r.TS), h.Policy.Calendar.Location)
	}
	switch {
	case linkable(r.Link):
		return []slack.RichTextSectionElement{slack.NewRichTextSectionLinkElement(r.Link, label, nil)}
	case r.Kind == outbox.UndeletableFile:
		return []slack.RichTextSectionElement{kit.Words(label)}
	case r.Reader != "":
		place := sp.Say("replies.direct")
		return []slack.RichTextSectionElement{kit.Words(place + ", " + label)}
	}
	return []slack.RichTextSectionElement{slack.NewRichTextSectionChannelElement(r.Channel, nil), kit.Words(", " + label)}
}

// linkable reports whether a link is one to follow.
func linkable(link string) bool {
	u, err := url.Parse(link)
	return err == nil && u.Host != "" && (u.Scheme == "https" || u.Scheme == "http")
}

// instantOf is when a message was posted, by its ts.
func instantOf(ts string) time.Time {
	whole, _, _ := strings.Cut(ts, ".")
	seconds, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.Unix(seconds, 0)
}

// HomeSection shows somebody with a role how much is left for them to take out
// of Slack, with a button that brings the list.
func (h *Handler) HomeSection(ctx context.Context, g core.Gesture) []slack.Block {
	if !h.Policy.Roster.Has(g.Who.ID) {
		return nil
	}
	left, err := h.undeletables.UndeletableList(ctx, g.Who.ID)
	if err != nil || left.Total == 0 { // the list below says that the register is lost
		return nil
	}
	text := g.Speak.Say("replies.home", texts.Args{"Count": left.Total})
	return []slack.Block{kit.Section(text, kit.Button(checkUndeletable, "", g.Speak.Say("replies.list"), ""))}
}
