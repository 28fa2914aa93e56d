package delivery

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/internal/bottest"
	"github.com/artra/klachtbot/internal/testclock"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// The deliveries of one case: ids 1, 2 and 3 in the memory outbox.
func root(id workflow.CaseID) outbox.Delivery {
	return outbox.Delivery{Case: id, Payload: outbox.Case{}}
}

func line(id workflow.CaseID) outbox.Delivery {
	return outbox.Delivery{Case: id, Payload: outbox.Line{Action: workflow.ActionNote}}
}

func reminder(id workflow.CaseID, to roster.PersonID) outbox.Delivery {
	return outbox.Delivery{Case: id, Payload: outbox.Reminder{To: to, Watch: workflow.WatchKind(workflow.PromiseAcknowledgement)}}
}

func TestDelivery_caseMessageAndItsThread(t *testing.T) {
	t.Parallel()
	l := newDeliveryTest(t)
	l.run()
	l.outbox.put(root("c1"), line("c1"))
	key := l.outbox.awaitDone(t, 1).Key
	l.outbox.awaitDone(t, 2)
	l.outbox.put(reminder("c1", olga))
	l.outbox.awaitDone(t, 3)
	m := l.Only(cases)
	replies := l.Sim.Thread(cases, m.TS)
	if len(replies) != 2 || replies[0].Text != "c1 line" || replies[1].Text != "c1 nudge" {
		t.Fatalf("thread: %d replies", len(replies))
	}
	var metadata struct {
		Type    string            `json:"event_type"`
		Payload map[string]string `json:"event_payload"`
	}
	l.Must(json.Unmarshal(m.Metadata, &metadata))
	if metadata.Type != "klachtbot" || len(metadata.Payload) != 1 || metadata.Payload["key"] != key {
		t.Errorf("metadata %+v, want the key and nothing else", metadata)
	}
	if !strings.Contains(string(m.Blocks), confided) || strings.Contains(m.Text, confided) {
		t.Error("the fallback text must be bare, and the blocks complete")
	}
}

func TestDelivery_editKeepsTheKey(t *testing.T) {
	t.Parallel()
	l := newDeliveryTest(t)
	l.run()
	l.outbox.put(root("c1"))
	first := l.outbox.awaitDone(t, 1)
	l.render = func(context.Context, outbox.Delivery) (handlers.Message, int, error) {
		return message("version seven"), 7, nil
	}
	l.outbox.edit(1, 5)
	r := l.outbox.await(t, 1, "edited", func(r row) bool { return r.done && r.version == 7 })
	if r.TS != first.TS || !last(r).Posted.Edit {
		t.Errorf("settled %+v", last(r).Posted)
	}
	m := l.Only(cases)
	if m.Text != "version seven" || !m.Edited || !strings.Contains(string(m.Metadata), first.Key) {
		t.Errorf("message %q, edited %v, metadata %s", m.Text, m.Edited, m.Metadata)
	}
}

// TestDelivery_exactlyOnce posts through every fault whose outcome nobody
// knows: there is one message in the end, and the outbox knows which.
func TestDelivery_exactlyOnce(t *testing.T) {
	t.Parallel()
	for name, trouble := range map[string]func(*slacksim.Faults){
		"answer lost":                  func(f *slacksim.Faults) { f.LoseAnswer(slackapi.MethodPost, 1) },
		"cut before":                   func(f *slacksim.Faults) { f.CutBefore(slackapi.MethodPost, 1) },
		"503":                          func(f *slacksim.Faults) { f.Status(slackapi.MethodPost, http.StatusServiceUnavailable, 1) },
		"internal_error":               func(f *slacksim.Faults) { f.Error(slackapi.MethodPost, "internal_error", 1) },
		"hung":                         func(f *slacksim.Faults) { f.Delay(slackapi.MethodPost, time.Second, 1) },
		"503 though posted":            func(f *slacksim.Faults) { f.PageAfter(slackapi.MethodPost, http.StatusServiceUnavailable, 1) },
		"a page of HTML though posted": func(f *slacksim.Faults) { f.PageAfter(slackapi.MethodPost, http.StatusOK, 1) },
		"fatal_error though posted":    func(f *slacksim.Faults) { f.ErrorAfter(slackapi.MethodPost, "fatal_error", 1) },
		"limited though posted":        func(f *slacksim.Faults) { f.ErrorAfter(slackapi.MethodPost, "ratelimited", 1) },
		"look-up fails too":            func(f *slacksim.Faults) { f.LoseAnswer(slackapi.MethodPost, 1); f.CutBefore(slackapi.MethodHistory, 1) },
		"look-up is limited": func(f *slacksim.Faults) {
			f.LoseAnswer(slackapi.MethodPost, 1)
			f.RateLimit(slackapi.MethodHistory, time.Second, 1)
		},
		"lost twice": func(f *slacksim.Faults) {
			f.CutBefore(slackapi.MethodPost, 1)
			f.LoseAnswer(slackapi.MethodPost, 1) // comes together with the first: nothing was applied
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newDeliveryTest(t)
			trouble(l.Sim.Faults())
			l.run()
			l.outbox.put(root("c1"))
			began := time.Now()
			first := l.outbox.awaitTry(t, 1, 1)
			if wait := first.due.Sub(began); wait < bottest.Patience-20*time.Millisecond {
				t.Errorf("tries again after %v, before the HTTP timeout has passed", wait)
			}
			if first.Fault == "" {
				t.Error("no fault word")
			}
			r := l.outbox.awaitDone(t, 1)
			if m := l.Only(cases); m.TS != r.TS {
				t.Errorf("message %s, settled as %s", m.TS, r.TS)
			}
		})
	}
}

// TestDelivery_lostReplyIsFoundInItsThread: a reply's look-up pages through the
// thread.
func TestDelivery_lostReplyIsFoundInItsThread(t *testing.T) {
	t.Parallel()
	l := newDeliveryTest(t)
	l.run()
	l.outbox.put(root("c1"))
	top := l.outbox.awaitDone(t, 1)
	l.Sim.Faults().LoseAnswer(slackapi.MethodPost, 1)
	l.outbox.put(line("c1"), root("c2")) // the other case goes on meanwhile
	l.outbox.awaitTry(t, 2, 1)
	l.outbox.awaitDone(t, 3)
	r := l.outbox.awaitDone(t, 2)
	replies := l.Sim.Thread(cases, top.TS)
	if len(replies) != 1 || replies[0].TS != r.TS {
		t.Errorf("%d replies, want the one that was settled", len(replies))
	}
}

// TestDelivery_killedBetweenSendAndMark: the process died after its message
// arrived. Its successor finds the message by its key, behind a page of others.
func TestDelivery_killedBetweenSendAndMark(t *testing.T) {
	t.Parallel()
	l := newDeliveryTest(t)
	l.outbox.put(root("c1"))
	api, died := l.API, l.outbox.abandoned()
	first, err := api.Do(l.Ctx, slackapi.Post(slackapi.MessageRef{Channel: cases}, slackapi.Content{Text: "c1 case", Key: died.Key}))
	l.Must(err)
	for range slackapi.PageSize + 10 {
		_, err := api.Do(l.Ctx, slackapi.Post(slackapi.MessageRef{Channel: cases}, slackapi.Content{Text: "another"}))
		l.Must(err)
	}
	before := len(l.Sim.Messages(cases))
	l.assemble()
	l.run()
	r := l.outbox.awaitDone(t, 1)
	if r.TS != first.TS || len(l.Sim.Messages(cases)) != before {
		t.Errorf("settled as %s, want the message %s that was there", r.TS, first.TS)
	}
	if n := l.Calls(slackapi.MethodHistory); n != 2 {
		t.Errorf("%d pages read, want 2", n)
	}
}

// TestDelivery_quietUntil: a process that came back at once does not search
// before the call of its predecessor has run out of time.
func TestDelivery_quietUntil(t *testing.T) {
	t.Parallel()
	started := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	c := &messages{started: started, patience: outbox.CallTime, now: func() time.Time { return started }}
	c.settled(outbox.Delivery{ID: 9, Attempts: 1})
	for _, test := range []struct {
		name  string
		d     outbox.Delivery
		until time.Time
	}{
		{"first attempt", outbox.Delivery{Attempts: 1, FirstTry: started.Add(time.Minute)}, time.Time{}},
		{"second, first just before the start", outbox.Delivery{Attempts: 2, FirstTry: started.Add(-time.Second)}, started.Add(outbox.CallTime)},
		{"second, first a lease before the start", outbox.Delivery{Attempts: 2, FirstTry: started.Add(-outbox.LeaseTime)}, started},
		{"third, the second may be recent", outbox.Delivery{Attempts: 3, FirstTry: started.Add(-time.Hour)}, started.Add(outbox.CallTime)},
		{"first attempt by this process", outbox.Delivery{ID: 9, Attempts: 2, FirstTry: started.Add(time.Second)}, time.Time{}},
	} {
		test.d.Payload = outbox.Case{}
		if got := c.quietUntil(test.d); !got.Equal(test.until) {
			t.Errorf("%s: %v, want %v", test.name, got, test.until)
		}
	}
}

// TestDelivery_rateLimit: after a 429 the lane's posts rest exactly as long as
// Slack asks, its edits and the other lanes go on.
func TestDelivery_rateLimit(t *testing.T) {
	t.Parallel()
	const rest = 4 * time.Second
	l := newDeliveryTest(t)
	l.run()
	l.outbox.put(root("c1"))
	l.outbox.awaitDone(t, 1)
	l.Sim.Faults().RateLimit(slackapi.MethodPost, rest, 1)
	l.outbox.put(root("c2"))
	l.outbox.awaitTry(t, 2, 1)
	limited := time.Now()
	direct := root("v1")
	direct.Lane = outbox.DirectLane(dirk)
	l.outbox.put(root("c3"), direct)
	l.outbox.edit(1, 2)
	l.outbox.awaitDone(t, 4)
	l.outbox.await(t, 1, "edited", func(r row) bool { return r.version == 2 })
	if took := time.Since(limited); took > rest/2 {
		t.Errorf("another lane and an edit waited %v", took)
	}
	l.outbox.awaitDone(t, 3)
	l.outbox.awaitDone(t, 2)
	var posts []slacksim.Call
	for _, c := range l.Sim.Calls() {
		if c.Method == slackapi.MethodPost && c.Channel == cases {
			posts = append(posts, c)
		}
	}
	if len(posts) != 4 || posts[1].Status != http.StatusTooManyRequests {
		t.Fatalf("%d posts in the case channel, want one before, one refused, two after", len(posts))
	}
	if gap := posts[2].At.Sub(posts[1].At); gap < rest || gap > rest+500*time.Millisecond {
		t.Errorf("posted %v after the 429, want %v", gap, rest)
	}
}

func TestDelivery_deletedCaseMessage(t *testing.T) {
	t.Parallel()
	t.Run("is posted anew when it must change", func(t *testing.T) {
		t.Parallel()
		l := newDeliveryTest(t)
		l.run()
		l.outbox.put(root("c1"))
		old := l.outbox.awaitDone(t, 1)
		l.Must(l.Sim.DeleteMessage(cases, old.TS))
		l.outbox.edit(1, 2)
		r := l.outbox.await(t, 1, "reposted", func(r row) bool { return r.done && r.version == 2 })
		if m := l.Only(cases); m.TS != r.TS || last(r).Posted.Edit {
			t.Errorf("settled as %+v", last(r).Posted)
		}
	})
	for name, known := range map[string]bool{"goes before a reply": false, "deleted this very moment": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newDeliveryTest(t)
			l.run()
			l.outbox.put(root("c1"))
			old := l.outbox.awaitDone(t, 1)
			if !known {
				l.sender.messages.roots.forget(slackapi.MessageRef{Channel: cases, TS: old.TS})
			}
			l.Must(l.Sim.DeleteMessage(cases, old.TS))
			l.outbox.put(line("c1"))
			l.outbox.awaitDone(t, 2)
			m := l.Only(cases) // the case message anew, nothing loose
			if replies := l.Sim.Thread(cases, m.TS); m.Text != "c1 case" || len(replies) != 1 {
				t.Errorf("%q with %d replies", m.Text, len(replies))
			}
		})
	}
	t.Run("leaves a tombstone over its replies", func(t *testing.T) {
		t.Parallel()
		l := newDeliveryTest(t)
		l.run()
		l.outbox.put(root("c1"), line("c1"))
		l.outbox.awaitDone(t, 2)
		old := l.Only(cases)
		api := l.API
		_, err := api.Do(l.Ctx, slackapi.Delete(slackapi.MessageRef{Channel: cases, TS: old.TS}))
		l.Must(err)
		l.sender.messages.roots.forget(slackapi.MessageRef{Channel: cases, TS: old.TS})
		l.outbox.put(line("c1"))
		r := l.outbox.awaitDone(t, 3)
		if m, ok := l.Sim.Message(cases, r.TS); !ok || m.ThreadTS == old.TS {
			t.Error("the reply hangs under the tombstone")
		}
	})
}

func TestDelivery_refusedBlocksLeaveTheText(t *testing.T) {
	t.Parallel()
	l := newDeliveryTest(t)
	l.run()
	l.Sim.Faults().Error(slackapi.MethodPost, "invalid_blocks", 1)
	l.outbox.put(root("c1"))
	r := l.outbox.awaitDone(t, 1)
	if m := l.Only(cases); m.Text != "c1 case" || len(m.Blocks) > 0 || !strings.Contains(string(m.Metadata), r.Key) {
		t.Errorf("message %q with %d bytes of blocks", m.Text, len(m.Blocks))
	}
}

// TestDelivery_editWithoutBlocks: what a message showed is gone after an edit that
// shows less, because it has no blocks or because Slack refuses them, by either rule
// for an edit that leaves them out.
func TestDelivery_editWithoutBlocks(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*deliveryTest){
		"none to show": func(l *deliveryTest) {
			l.render = func(context.Context, outbox.Delivery) (handlers.Message, int, error) {
				return handlers.Message{Text: "c1 case"}, 2, nil
			}
		},
		"refused": func(l *deliveryTest) { l.Sim.Faults().Error(slackapi.MethodUpdate, "invalid_blocks", 1) },
	} {
		for rule, kept := range map[string]bool{"removed": false, "kept": true} {
			t.Run(name+" "+rule, func(t *testing.T) {
				t.Parallel()
				l := newDeliveryTest(t)
				l.Sim.KeepBlocks(kept)
				l.run()
				l.outbox.put(root("c1"))
				l.outbox.awaitDone(t, 1)
				spoil(l)
				l.outbox.edit(1, 2)
				l.outbox.await(t, 1, "edited", func(r row) bool { return r.done && r.version == 2 })
				if m := l.Only(cases); !m.Edited || m.Text != "c1 case" || len(m.Blocks) > 0 {
					t.Errorf("edited %v, %q, %d bytes of blocks", m.Edited, m.Text, len(m.Blocks))
				}
			})
		}
	}
}

// TestDelivery_reminderReachesSomebody: when the case channel is out of order,
// a reminder goes to the person whom it is for, else to the next officer; the
// case message waits, with a fault word, and the officers are alarmed.
func TestDelivery_reminderReachesSomebody(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		gone string
		who  string
	}{
		"the person": {"", olga}, "the next officer": {olga, dirk},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newDeliveryTest(t)
			l.run()
			l.outbox.put(root("c1"))
			l.outbox.awaitDone(t, 1)
			l.Must(l.Sim.Archive(cases))
			if test.gone != "" {
				l.Must(l.Sim.Deactivate(test.gone))
			}
			l.outbox.put(reminder("c1", olga), root("c2"))
			r := l.outbox.awaitDone(t, 2)
			dm := l.Sim.As(test.who).DM()
			if r.Channel != dm {
				t.Errorf("the reminder went to %s, want %s", r.Channel, dm)
			}
			waiting := l.outbox.awaitTry(t, 3, 1)
			if waiting.done || waiting.Fault != "is_archived" || time.Until(waiting.due) < lastingBase/3 {
				t.Errorf("case message: done %v, fault %q, again in %v", waiting.done, waiting.Fault, time.Until(waiting.due))
			}
			_, err := l.Sim.AwaitMessage(l.Ctx, dm, func(m slacksim.Message) bool {
				return strings.Contains(m.Text, "gearchiveerd") || strings.Contains(m.Text, "archived")
			})
			l.Must(err)
		})
	}
}

func TestDelivery_threadRefusedGoesToTheChannel(t *testing.T) {
	t.Parallel()
	l := newDeliveryTest(t)
	l.run()
	l.outbox.put(root("c1"))
	l.outbox.awaitDone(t, 1)
	l.Sim.Faults().Error(slackapi.MethodPost, "restricted_action_thread_locked", 1)
	l.outbox.put(line("c1"))
	l.outbox.awaitDone(t, 2)
	if all := l.Sim.Messages(cases); len(all) != 2 || all[1].Text != "c1 line" {
		t.Errorf("%d messages in the channel", len(all))
	}
}

func TestDelivery_directLane(t *testing.T) {
	t.Parallel()
	l := newDeliveryTest(t)
	l.run()
	one, two := root("v1"), line("v1")
	one.Lane, two.Lane = outbox.DirectLane(dirk), outbox.DirectLane(dirk)
	l.outbox.put(one, two)
	r := l.outbox.awaitDone(t, 2)
	dms := l.Sim.As(dirk).DMs()
	if !strings.HasPrefix(r.Channel, "D") || !slices.ContainsFunc(dms, func(m slacksim.Message) bool { return m.Text == "v1 case" }) {
		t.Errorf("settled in %s; %d direct messages", r.Channel, len(dms))
	}
	if len(l.Sim.Messages(cases)) != 0 {
		t.Error("a guarded case reached the case channel")
	}
	if n := l.Calls(slackapi.MethodOpen); n != 1 {
		t.Errorf("conversations.open called %d times, want once", n)
	}
}

// TestDelivery_messagesOfAPerson: a digest, which is of no case, goes to its
// person once, found again by its key when the answer was lost.
func TestDelivery_messagesOfAPerson(t *testing.T) {
	t.Parallel()
	for _, p := range []outbox.Payload{outbox.Digest{To: dirk}, outbox.WeeklyDigest{To: dirk, Week: calendar.NewDate(2026, time.June, 8)}} {
		t.Run(string(p.Kind()), func(t *testing.T) {
			t.Parallel()
			l := newDeliveryTest(t)
			l.Sim.Faults().LoseAnswer(slackapi.MethodPost, 1)
			l.run()
			l.outbox.put(outbox.Delivery{Payload: p, Lane: outbox.DirectLane(dirk)})
			r := l.outbox.awaitDone(t, 1)
			dms := l.Sim.As(dirk).DMs()
			if len(dms) != 1 || dms[0].TS != r.TS || len(r.history) < 2 {
				t.Errorf("%d direct messages after %d attempts", len(dms), len(r.history))
			}
			if len(l.Sim.Messages(cases)) != 0 {
				t.Error("it reached the case channel")
			}
		})
	}
}

func TestDelivery_renderingDecides(t *testing.T) {
	t.Parallel()
	l := newDeliveryTest(t)
	later, onWall := testclock.Now().Add(waitMost/2), time.Now().Add(waitMost/2)
	l.render = func(_ context.Context, d outbox.Delivery) (handlers.Message, int, error) {
		switch l.outbox.label(d.Case) {
		case "moot":
			return handlers.Message{}, 0, handlers.ErrMoot
		case "later":
			return handlers.Message{}, 0, &handlers.Later{At: later}
		case "panic":
			panic(confided)
		case "broken":
			return handlers.Message{}, 0, errors.New("register is away")
		}
		return message("fine"), 1, nil
	}
	l.run()
	l.outbox.put(root("moot"), root("later"), root("panic"), root("broken"), root("fine"))
	if r := l.outbox.awaitDone(t, 1); !r.history[0].Drop {
		t.Errorf("moot: %+v", r.history[0])
	}
	if r := l.outbox.awaitTry(t, 2, 1); r.due.Sub(onWall).Abs() > time.Second || r.Fault != "" {
		t.Errorf("later: due %v, fault %q", r.due, r.Fault)
	}
	for _, id := range []int64{3, 4} {
		if r := l.outbox.awaitTry(t, id, 1); r.done || r.Fault != faultRender {
			t.Errorf("%s: done %v, fault %q", r.Case, r.done, r.Fault)
		}
	}
	l.outbox.awaitDone(t, 5)
	l.Only(cases)
}

// TestDelivery_stopWhileSending: what was sent is waited for and settled, the
// lanes are given back.
func TestDelivery_stopWhileSending(t *testing.T) {
	t.Parallel()
	l := newDeliveryTest(t)
	l.run()
	l.outbox.put(root("c1"))
	l.outbox.awaitDone(t, 1)
	l.Sim.Faults().Delay(slackapi.MethodPost, bottest.Patience/2, 1)
	rendered := make(chan struct{}, 4)
	l.render = func(_ context.Context, d outbox.Delivery) (handlers.Message, int, error) {
		rendered <- struct{}{}
		return message(string(d.Case)), 1, nil
	}
	l.outbox.put(root("c2"), root("c3"))
	<-rendered
	began := time.Now()
	l.stop()
	l.Must(l.end())
	if took := time.Since(began); took > 4*time.Second {
		t.Errorf("the stop took %v", took)
	}
	if lanes := l.outbox.leased(); lanes > 0 {
		t.Errorf("%d lanes still leased", lanes)
	}
	posted := len(l.Sim.Messages(cases))
	done := 0
	for id := range int64(3) {
		if l.outbox.rows[id].done {
			done++
		}
	}
	if posted != done {
		t.Errorf("%d messages posted, %d settled", posted, done)
	}
}

func TestDelivery_refusedBotTokenWhileSending(t *testing.T) {
	t.Parallel()
	l := newDeliveryTest(t)
	l.run()
	l.Sim.Faults().Error(slackapi.MethodPost, "account_inactive", 1)
	l.outbox.put(root("c1"))
	var refused *slackapi.TokenError
	if err := l.end(); !errors.As(err, &refused) || refused.Setting != slackapi.BotSetting {
		t.Fatalf("Run returned %v", err)
	}
	if r := l.outbox.awaitTry(t, 1, 1); r.done {
		t.Error("the delivery was given up")
	}
}
