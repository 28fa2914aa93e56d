package bot

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/fnv"
	"log/slog"
	"strings"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/texts"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// watch looks every day, and whenever something happens to it, whether the
// case channel is still what it must be (design section 4), the directors'
// channel too, and whether everybody on the roster can still be reached; who
// can't is gone for the register, and their cases go to somebody else. It
// alarms the officers in a direct message, of their channel the directors, the
// same findings once a day.
type watch struct {
	inspector  *inspector
	rooms      rooms
	caller     *caller
	direct     *directs
	attendance Attendance
	roster     roster.Roster
	calendar   calendar.Calendar
	texts      *texts.Catalogue
	language   string
	now        func() time.Time
	log        *slog.Logger
	ask        func()      // asks for a check
	waiting    atomic.Bool // with asking
}

func newWatch(c Config, api *slack.Client, people *directory, direct *directs) *watch {
	i := newInspector(c, api)
	i.directory = people
	return &watch{
		inspector: i, rooms: newRooms(c), caller: newCaller(api, time.Now), direct: direct,
		attendance: c.Attendance, roster: c.Policy.Roster,
		calendar: c.Policy.Calendar, texts: c.Texts, language: c.Language, now: c.Now, log: c.Log,
		ask: func() {},
	}
}

// check is the job. What keeps one alarm from arriving keeps back no other.
func (w *watch) check(ctx context.Context) error {
	problems := w.look(ctx, w.rooms[0])
	var failed error
	for _, r := range w.rooms[1:] {
		failed = errors.Join(failed, w.raise(ctx, r, w.look(ctx, r)))
	}
	w.lookAgain()
	roll := w.inspector.roll(ctx)
	noted := w.note(ctx, roll)
	problems = append(problems, w.inspector.unfit(ctx, roll)...)
	return errors.Join(failed, w.raise(ctx, w.rooms[0], problems), noted)
}

// look returns what is wrong with a channel; what others could read of it is
// known before its members are asked for.
func (w *watch) look(ctx context.Context, r *room) []Finding {
	problems, seen := w.inspector.itself(ctx, r)
	r.exposure.learn(problems)
	if seen {
		problems = append(problems, w.inspector.members(ctx, r)...)
	}
	return r.named(problems)
}

// raise alarms who sees to the room, or who stands in for them.
func (w *watch) raise(ctx context.Context, r *room, findings []Finding) error {
	problems, err := answered(findings)
	if len(problems) == 0 {
		return err
	}
	codes := make([]string, len(problems))
	for i, p := range problems {
		codes[i] = p.Code
	}
	w.log.WarnContext(ctx, "channel or roster out of order", "findings", codes)
	a := alarm{key: w.key(problems), begins: r.alarm, problems: problems}
	if w.tell(ctx, r.alarmed, a) || w.tell(ctx, r.others, a) {
		return err
	}
	return errors.Join(err, errors.New("nobody on the roster could be alarmed"))
}

// alarm is a message of findings; begins is the key of its first sentence.
type alarm struct {
	key, begins string
	problems    []Finding
}

// answered leaves out the questions to which Slack gave no answer; err says
// that there were some.
func answered(findings []Finding) (known []Finding, err error) {
	for _, f := range findings {
		if f.Code == codeUnreachable {
			err = fmt.Errorf("check channel and roster: %v", f.Args["Code"])
			continue
		}
		known = append(known, f)
	}
	return known, err
}

// lookAgain asks for another check soon as long as nobody could see a
// channel: everything that belongs there waits for that. One at a time.
func (w *watch) lookAgain() {
	if w.rooms.seen() || w.waiting.Swap(true) {
		return
	}
	time.AfterFunc(unseenPause, func() {
		w.waiting.Store(false)
		w.ask()
	})
}

// longestDay is that on which the clock goes back.
const longestDay = 25 * time.Hour

// key names these findings of this day: who was told so is not told again,
// after a restart or by another replica either.
func (w *watch) key(problems []Finding) string {
	h := fnv.New64a()
	for _, p := range problems {
		_, _ = fmt.Fprint(h, p.Code, p.Args["Who"], ";")
	}
	return "check:" + w.calendar.Today(w.now()).String() + ":" + hex.EncodeToString(h.Sum(nil))
}

// tell sends the findings to these people, each in their own language; false
// when nobody could be reached.
func (w *watch) tell(ctx context.Context, people []roster.PersonID, a alarm) bool {
	reached := false
	for _, who := range people {
		if w.inspector.directory.left(who) {
			continue
		}
		err := w.send(ctx, who, a)
		if err != nil {
			w.log.WarnContext(ctx, "alarm not delivered", "person", who, "why", fault(err))
		}
		reached = reached || err == nil
	}
	return reached
}

func (w *watch) send(ctx context.Context, who roster.PersonID, a alarm) error {
	lane := outbox.DirectLane(who)
	channel, err := w.direct.open(ctx, who)
	if err != nil {
		return err
	}
	found, err := w.caller.find(ctx, lane, spot{channel: channel}, a.key, time.Now().Add(-longestDay))
	if err != nil || found != nil {
		return err
	}
	return w.caller.call(lane, methodPost, func() error {
		_, _, err := w.caller.api.PostMessageContext(ctx, channel,
			slack.MsgOptionText(w.sentence(who, a), true), marked(a.key),
			slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl())
		return err
	})
}

func (w *watch) sentence(who roster.PersonID, a alarm) string {
	sp := w.texts.In(w.inspector.directory.language(who, w.language))
	lines := []string{sp.Say(a.begins)}
	for _, p := range a.problems {
		lines = append(lines, "• "+p.Say(sp))
	}
	return strings.Join(lines, "\n")
}
