package handlers

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow/roster"
)

// undeletableReader is what stands in Slack of erased and moved cases that only people
// can take away.
type undeletableReader interface {
	// UndeletableList returns that of which a person reads.
	UndeletableList(ctx context.Context, who roster.PersonID) (outbox.UndeletableList, error)
	// CheckUndeletables has the bot look what is left of it, and tell that person.
	CheckUndeletables(ctx context.Context, who roster.PersonID) error
}

// cleanupHandler shows what only people can take out of Slack.
type cleanupHandler struct {
	*Env
	Undeletables undeletableReader
}

func newCleanup(e *Env, u undeletableReader) *cleanupHandler { return &cleanupHandler{e, u} }

// Table registers what stands behind the ids of this subject.
func (h *cleanupHandler) Table() table {
	return table{Screens: map[string]screen{
		checkUndeletable: {open: h.checkAgain},
	}, Messages: map[outbox.Kind]renderer{
		outbox.KindUndeletable: h.render,
	}}
}

// checkUndeletable is the button that asks to look again.
const checkUndeletable = "remnants_look"

// checkAgain answers the button; what is left follows in a message.
func (h *cleanupHandler) checkAgain(ctx context.Context, g gesture) error {
	if err := h.Undeletables.CheckUndeletables(ctx, g.who.ID); err != nil || g.responseURL == "" {
		return err
	}
	return h.Slack.Respond(ctx, g.responseURL, g.speak.Say("replies.looking"))
}

func (h *cleanupHandler) render(ctx context.Context, d outbox.Delivery) (Message, int, error) {
	n, ok := d.Payload.(outbox.UndeletableNotice)
	if !ok {
		return Message{}, 0, fmt.Errorf("%w: %q", errNoRenderer, d.Kind())
	}
	m, err := h.undeletableMessage(ctx, n)
	return m, d.Version, err
}

// undeletableMessage tells one person, in their own language, what is left for
// people to take out of Slack: case number, place and time, nothing else. It is
// a message of a day in the window, unless they asked for it.
func (h *cleanupHandler) undeletableMessage(ctx context.Context, n outbox.UndeletableNotice) (Message, error) {
	if err := h.awaitWindow(); err != nil && !n.Asked {
		return Message{}, err
	}
	who, err := h.People.Person(ctx, n.To)
	if err != nil {
		return Message{}, fmt.Errorf("render %s: %w", n.Kind(), err)
	}
	left, err := h.Undeletables.UndeletableList(ctx, n.To)
	if err != nil {
		return Message{}, fmt.Errorf("render %s: %w", n.Kind(), err)
	}
	sp := h.Texts.In(who.Language)
	switch {
	case who.Standing != roster.StandingMember, left.Total == 0 && !n.Asked:
		return Message{}, ErrMoot
	case left.Total == 0:
		text := sp.Say("replies.none")
		return Message{Text: text, Blocks: []slack.Block{section(text, nil)}}, nil
	}
	return h.undeletableList(sp, left), nil
}

func (h *cleanupHandler) undeletableList(sp texts.Speaker, left outbox.UndeletableList) Message {
	intro := sp.Say("replies.intro", texts.Args{"Count": left.Total})
	why := sp.Say("replies.why")
	blocks := []slack.Block{section("*"+intro+"*\n"+why, nil)}
	for _, group := range grouped(left.First) {
		blocks = append(blocks, section(howToDelete(sp, group[0]), nil), h.undeletableLinks(sp, group))
	}
	if more := left.Total - len(left.First); more > 0 {
		blocks = append(blocks, remark(sp.Say("replies.more", texts.Args{"Count": more})))
	}
	look := button(checkUndeletable, "", sp.Say("replies.look"), slack.StylePrimary)
	return Message{Text: intro, Blocks: append(blocks, buttons("", look))}
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
	case r.Fault == "is_archived":
		lines = append(lines, sp.Say("replies.archived"))
	case r.Fault != "":
		lines = append(lines, sp.Say("replies.refused", texts.Args{"Code": r.Fault}))
	}
	return strings.Join(lines, "\n")
}

func (h *cleanupHandler) undeletableLinks(sp texts.Speaker, group []outbox.Undeletable) slack.Block {
	lines := make([]slack.RichTextElement, len(group))
	for i, r := range group {
		runs := slices.Concat([]slack.RichTextSectionElement{bold(r.Number), words("  ")}, h.linkTo(sp, r))
		lines[i] = slack.NewRichTextSection(runs...)
	}
	return slack.NewRichTextBlock("", slack.NewRichTextList(slack.RTEListBullet, 0, lines...))
}

// linkTo is where it stands: Slack's own link to it, or the place and
// the time.
func (h *cleanupHandler) linkTo(sp texts.Speaker, r outbox.Undeletable) []slack.RichTextSectionElement {
	label := sp.Say("replies.file", texts.Args{"File": r.TS})
	if r.Kind != outbox.UndeletableFile {
		label = sp.Instant(instantOf(r.TS), h.Policy.Calendar.Location)
	}
	switch {
	case linkable(r.Link):
		return []slack.RichTextSectionElement{slack.NewRichTextSectionLinkElement(r.Link, label, nil)}
	case r.Kind == outbox.UndeletableFile:
		return []slack.RichTextSectionElement{words(label)}
	case r.Reader != "":
		place := sp.Say("replies.direct")
		return []slack.RichTextSectionElement{words(place + ", " + label)}
	}
	return []slack.RichTextSectionElement{slack.NewRichTextSectionChannelElement(r.Channel, nil), words(", " + label)}
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

// homeSection tells who has a role how much is left for them to take out of
// Slack, with a button that brings the list.
func (h *cleanupHandler) homeSection(ctx context.Context, g gesture) []slack.Block {
	if !h.Policy.Roster.Has(g.who.ID) {
		return nil
	}
	left, err := h.Undeletables.UndeletableList(ctx, g.who.ID)
	if err != nil || left.Total == 0 { // a register that is away shows in the list below
		return nil
	}
	text := g.speak.Say("replies.home", texts.Args{"Count": left.Total})
	return []slack.Block{section(text, button(checkUndeletable, "", g.speak.Say("replies.list"), ""))}
}
