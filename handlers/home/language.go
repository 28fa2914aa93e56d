package home

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/handlers/core"
	"github.com/artra/klachtbot/handlers/kit"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// LanguageKeeper is where people choose the language that they read.
type LanguageKeeper interface {
	// Choose keeps a choice that was made at that moment of Slack's clock, in
	// microseconds; after a later one it changes nothing.
	Choose(ctx context.Context, who roster.PersonID, language string, pressed int64) error
}

// languageID is the action id of the select on Home.
const languageID = "home_language"

// homeLanguage lets a person choose what they alone read: forms, Home and direct
// messages. Each language is named in itself, so that whoever can't read the
// present one finds the way out.
func (h *Handler) homeLanguage(g core.Gesture) []slack.Block {
	var options []kit.Option
	for _, l := range workflow.Languages() {
		options = append(options, kit.Option{Value: l, Label: h.Texts.In(l).Say("home.language.name")})
	}
	which := kit.Choose(g.Speak.Language(), options)
	which.ActionID = languageID
	return []slack.Block{slack.NewDividerBlock(), kit.Picking(g.Speak.Say("home.language"), which, h.Nonce())}
}

// chooseLanguage keeps what was chosen; Home is shown in it by renew. A forged one
// is none.
func (h *Handler) chooseLanguage(ctx context.Context, g core.Gesture) error {
	if !slices.Contains(workflow.Languages(), g.Value) {
		return core.ErrUnknown
	}
	return h.language.Choose(ctx, g.Who.ID, g.Value, microseconds(g.Pressed))
}

// renew shows Home as it is now, in which somebody picked something.
func (h *Handler) renew(ctx context.Context, g core.Gesture) (mine bool, err error) {
	if g.View.Type != slack.VTHomeTab {
		return false, nil
	}
	g.Speak = h.SpeakTo(g.Who.ID)
	h.showHome(ctx, g)
	return true, nil
}

// microseconds are those since 1970 of a timestamp of Slack's,
// "1764061200.123456"; 0 for what is none.
func microseconds(ts string) int64 {
	whole, part, _ := strings.Cut(ts, ".")
	n, err := strconv.ParseInt(whole+(part + "000000")[:6], 10, 64)
	if err != nil {
		return 0
	}
	return n
}
