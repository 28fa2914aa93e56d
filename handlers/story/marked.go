package story

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"github.com/artra/klachtbot/handlers/kit"
)

// marked reads mrkdwn. Its emphasis and the names of its emoji stay as they are.
func (w *reading) marked(text string) string { return kit.Spoken(text, w.token) }

// token reads what stands between angle brackets.
func (w *reading) token(target, label string) string {
	switch {
	case strings.HasPrefix(target, "!date^"):
		parts := strings.Split(target, "^")
		seconds, err := strconv.ParseFloat(parts[1], 64)
		if err != nil {
			return label
		}
		return cmp.Or(label, w.instant(seconds))
	case strings.HasPrefix(target, "!subteam^"):
		return w.group(target[len("!subteam^"):], label)
	case strings.HasPrefix(target, "!"):
		return "@" + strings.TrimLeft(cmp.Or(label, target), "!@")
	case strings.HasPrefix(target, "@"):
		return w.mention(target[1:], label)
	case strings.HasPrefix(target, "#"):
		return w.channel(target[1:], label)
	}
	return kit.Link(target, label)
}

// group is what a group of people is called.
func (w *reading) group(id, label string) string {
	name := cmp.Or(strings.TrimLeft(label, "@"), w.labels[id], w.Speak.Say("story.group"))
	w.labels[id] = name
	return "@" + name
}

// channel is a channel's name; its id when nothing in the message names it.
func (w *reading) channel(id, label string) string {
	name := cmp.Or(strings.TrimLeft(label, "#"), w.labels[id], id)
	w.labels[id] = name
	return "#" + name
}

// instant is a moment as the firm's clock shows it.
func (w *reading) instant(seconds float64) string {
	const farthest = 1 << 38 // some eight thousand years; what is beyond is no date
	if seconds != seconds || seconds < -farthest || seconds > farthest {
		return ""
	}
	return w.Speak.Instant(time.Unix(int64(seconds), 0), w.Zone)
}
