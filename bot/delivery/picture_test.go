package delivery

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/artra/klachtbot/bot/slackapi"
	"github.com/artra/klachtbot/handlers"
	"github.com/artra/klachtbot/internal/bottest"
	"github.com/artra/klachtbot/internal/testclock"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/storage"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/review"
)

// aPicture stands for a chart's; its bytes are as good as any.
var aPicture = handlers.Picture{
	Name: "klachten-2026-Q3.png", Title: "Klachten per kwartaal", Alt: "2026-Q3: 3 op tijd.",
	Draw: func() ([]byte, error) { return []byte("PNG"), nil },
}

// withChart renders a message with a chart, a paragraph and the picture.
func withChart(_ context.Context, d outbox.Delivery) (handlers.Message, int, error) {
	m := message("kwartaal " + d.Slot())
	bars := slack.NewDataVisualizationBarChart(slack.NewDataVisualizationAxisConfig("Q3"),
		slack.NewDataVisualizationDataSeries("op tijd", slack.NewDataVisualizationDataPoint("Q3", 3)))
	m.Blocks = append(m.Blocks, slack.NewDataVisualizationBlock("Klachten", bars))
	m.Picture = &aPicture
	return m, d.Version, nil
}

// newQuarterTest has a register in which a complaint came in last quarter, so
// that the quarter is offered to the directors' channel as soon as the bot runs.
func newQuarterTest(t *testing.T) (*deliveryTest, *storage.DB) {
	t.Helper()
	var ahead atomic.Int64 // nanoseconds
	now := func() time.Time { return testclock.Now().Add(time.Duration(ahead.Load())) }
	db := bottest.Register(t, storage.Options{Pace: time.Millisecond, Now: now, DirectorsChannel: true})
	l := newDeliveryTest(t, withDirectors, onRegister(db), func(l *deliveryTest, _ *slacksim.Config) { l.now = now })
	l.render = withChart
	_, err := db.Apply(l.Ctx, workflow.Command{Action: bottest.Complaint(), By: anna, Gesture: "g"})
	l.Must(err)
	cal := bottest.Policy().Calendar
	day := review.ReviewOn(cal, calendar.QuarterOf(cal.Today(testclock.Now())))
	ten := time.Date(day.Year, day.Month, day.Day, 10, 0, 0, 0, cal.Location)
	ahead.Store(int64(ten.Sub(testclock.Now())))
	for range 3 { // the quarter is offered at the end of a sweep
		_, err = db.Sweep(l.Ctx, 100)
		l.Must(err)
	}
	return l, db
}

// offered waits for the summary in the directors' channel.
func (l *deliveryTest) offered() slacksim.Message {
	l.Helper()
	m, err := l.Sim.AwaitMessage(l.Ctx, directors, func(m slacksim.Message) bool { return m.ThreadTS == "" })
	l.Must(err)
	return m
}

// TestPicture_chartIsShown where Slack has charts: no picture beside it.
func TestPicture_chartIsShown(t *testing.T) {
	t.Parallel()
	l, db := newQuarterTest(t)
	l.run()
	m := l.offered()
	l.AwaitIdle(db)
	if !strings.Contains(string(m.Blocks), "data_visualization") || len(l.Sim.Thread(directors, m.TS)) != 0 {
		t.Errorf("blocks %s, %d replies", m.Blocks, len(l.Sim.Thread(directors, m.TS)))
	}
}

// TestPicture_inPlaceOfAChart: where Slack refuses the chart everything else of
// the message stands, and the picture below it, once, whatever goes wrong.
func TestPicture_inPlaceOfAChart(t *testing.T) {
	t.Parallel()
	for name, trouble := range map[string]func(*slacksim.Faults){
		"":                       func(*slacksim.Faults) {},
		"cut before the message": func(f *slacksim.Faults) { f.CutBefore(slackapi.MethodPost, 2) },
		"no place":               func(f *slacksim.Faults) { f.Status(slackapi.MethodUploadURL, http.StatusServiceUnavailable, 1) },
		"bytes lost":             func(f *slacksim.Faults) { f.CutBefore(slackapi.MethodUpload, 1) },
		"answer lost":            func(f *slacksim.Faults) { f.LoseAnswer(slackapi.MethodComplete, 1) },
		"answer and look-up": func(f *slacksim.Faults) {
			f.LoseAnswer(slackapi.MethodComplete, 1)
			f.CutBefore(slackapi.MethodReplies, 1)
		},
		"limited": func(f *slacksim.Faults) { f.RateLimit(slackapi.MethodComplete, time.Second, 1) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l, db := newQuarterTest(t)
			l.Sim.Charts(false)
			trouble(l.Sim.Faults())
			l.run()
			m := l.offered()
			l.AwaitIdle(db)
			pictured(l, m)
		})
	}
}

// TestPicture_ofAMessageThatWasFound: the message arrived without its chart and
// its answer was lost; the look-up tells that a picture is owed.
func TestPicture_ofAMessageThatWasFound(t *testing.T) {
	t.Parallel()
	l, db := newQuarterTest(t)
	l.Sim.Charts(false)
	l.sender.messages.noCharts.Store(true)
	l.Sim.Faults().LoseAnswer(slackapi.MethodPost, 1)
	l.run()
	m := l.offered()
	l.AwaitIdle(db)
	pictured(l, m)
}

// pictured checks that a message stands alone in the channel, with its blocks
// but the chart, and has one picture below it.
func pictured(l *deliveryTest, m slacksim.Message) {
	l.Helper()
	l.Only(directors)
	if s := string(m.Blocks); strings.Contains(s, "data_visualization") || !strings.Contains(s, confided) {
		l.Errorf("blocks %s", s)
	}
	replies := l.Sim.Thread(directors, m.TS)
	if len(replies) != 1 || len(replies[0].Files) != 1 {
		l.Fatalf("%d replies below the summary, want the picture", len(replies))
	}
	f := replies[0].Files[0]
	if !strings.HasPrefix(f.Name, "klachten-2026-Q3-") || f.Title != aPicture.Title || f.Alt != aPicture.Alt {
		l.Errorf("file %+v", f)
	}
	if _, body, _ := l.Sim.File(f.ID); string(body) != "PNG" {
		l.Errorf("the file holds %q", body)
	}
}

// TestPicture_afterAStop: the message stands, the picture did not leave before
// the program ended; the next one brings it.
func TestPicture_afterAStop(t *testing.T) {
	t.Parallel()
	for name, method := range map[string]string{"before": slackapi.MethodUploadURL, "in the middle": slackapi.MethodUpload} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l, db := newQuarterTest(t)
			l.Sim.Charts(false)
			l.Sim.Faults().Status(method, http.StatusServiceUnavailable, 1000)
			l.run()
			m := l.offered()
			for l.Calls(method) == 0 {
				if !slackapi.Pause(l.Ctx, 10*time.Millisecond) {
					t.Fatal("nobody tried")
				}
			}
			l.stop()
			l.Must(l.end())
			if n := len(l.Sim.Thread(directors, m.TS)); n != 0 {
				t.Fatalf("%d replies already", n)
			}
			l.Sim.Faults().Clear()
			l.assemble()
			l.run()
			l.AwaitIdle(db)
			pictured(l, m)
		})
	}
}

// TestPicture_isForgotten: where Slack takes no files, or the message is gone,
// nothing is left waiting.
func TestPicture_isForgotten(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*deliveryTest, slacksim.Message){
		"no files here": func(l *deliveryTest, _ slacksim.Message) {
			l.Sim.Faults().Clear()
			l.Sim.Faults().Error(slackapi.MethodUploadURL, "file_uploads_disabled", 1000)
		},
		"somebody deleted the message": func(l *deliveryTest, m slacksim.Message) {
			l.Must(l.Sim.DeleteMessage(directors, m.TS))
			l.sender.messages.roots.forget(slackapi.MessageRef{Channel: directors, TS: m.TS})
			l.Sim.Faults().Clear() // last: until then no attempt gets through
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l, db := newQuarterTest(t)
			l.Sim.Charts(false)
			l.Sim.Faults().Status(slackapi.MethodUploadURL, http.StatusServiceUnavailable, 1000)
			l.run()
			m := l.offered()
			for failing := 0; failing == 0; { // until an attempt is over
				all, err := db.Queue().Failing(l.Ctx, 1)
				l.Must(err)
				if failing = len(all); failing == 0 && !slackapi.Pause(l.Ctx, 10*time.Millisecond) {
					t.Fatal("nobody tried")
				}
			}
			spoil(l, m)
			l.AwaitIdle(db)
			for _, m := range l.Sim.Messages(directors) {
				if len(m.Files) > 0 {
					t.Error("a picture that nobody can place")
				}
			}
		})
	}
}

// TestPicture_chartsAreTriedOnce: a refusal is remembered by this process, and
// the chart tried again by the next.
func TestPicture_chartsAreTriedOnce(t *testing.T) {
	t.Parallel()
	l := newDeliveryTest(t, withDirectors)
	l.render = withChart
	l.Sim.Charts(false)
	l.run()
	l.outbox.put(summaryOf(1))
	if r := l.outbox.awaitDone(t, 1); !last(r).Posted.ChartRefused {
		t.Errorf("settled %+v", last(r).Posted)
	}
	tried := l.Calls(slackapi.MethodPost)
	l.outbox.put(summaryOf(2))
	if r := l.outbox.awaitDone(t, 2); !last(r).Posted.ChartRefused || l.Calls(slackapi.MethodPost) != tried+1 {
		t.Errorf("%d posts for the second message", l.Calls(slackapi.MethodPost)-tried)
	}
	l.stop()
	l.Must(l.end())
	l.Sim.Charts(true)
	l.assemble()
	l.run()
	l.outbox.put(summaryOf(3))
	if r := l.outbox.awaitDone(t, 3); last(r).Posted.ChartRefused {
		t.Error("the chart was not tried again")
	}
}

// TestPicture_staysOutOfAnotherChannel: when the directors got another channel
// meanwhile, nobody looks any more who reads the old one.
func TestPicture_staysOutOfAnotherChannel(t *testing.T) {
	t.Parallel()
	l := newDeliveryTest(t, withDirectors)
	l.render = withChart
	l.run()
	p := outbox.Delivery{
		Lane: outbox.LaneDirectors, Payload: outbox.Picture{Below: theSummer(), Channel: lobby, TS: "1.2"},
	}
	l.outbox.put(p)
	if r := l.outbox.awaitDone(t, 1); !last(r).Drop || len(l.Sim.Messages(lobby)) != 0 {
		t.Errorf("settled %+v", last(r))
	}
}

// TestPicture_thatCanNotBeDrawn waits, and shows as failing.
func TestPicture_thatCanNotBeDrawn(t *testing.T) {
	t.Parallel()
	l := newDeliveryTest(t, withDirectors)
	l.render = func(ctx context.Context, d outbox.Delivery) (handlers.Message, int, error) {
		m, version, err := withChart(ctx, d)
		m.Picture = &handlers.Picture{Name: "x.png", Draw: func() ([]byte, error) { return nil, errors.New("no ink") }}
		return m, version, err
	}
	l.run()
	p := outbox.Delivery{
		Lane: outbox.LaneDirectors, Payload: outbox.Picture{Below: theSummer(), Channel: directors, TS: "1.2"},
	}
	l.outbox.put(p)
	if r := l.outbox.awaitTry(t, 1, 1); r.Fault != faultRender || last(r).FanOut {
		t.Errorf("settled %+v", last(r))
	}
}

// TestPicture_editsLeaveTheChartOut: in a workspace without charts the summary that is
// brought up to date keeps its figures, and its picture, once.
func TestPicture_editsLeaveTheChartOut(t *testing.T) {
	t.Parallel()
	l := newDeliveryTest(t, withDirectors)
	l.render = withChart
	l.Sim.Charts(false)
	l.run()
	l.outbox.put(summary())
	first := last(l.outbox.awaitDone(t, 1)).Posted
	again := summary()
	again.Version, again.Channel, again.TS = 2, first.Channel, first.TS
	l.outbox.put(again)
	second := last(l.outbox.awaitDone(t, 2)).Posted
	if !second.Edit || second.TS != first.TS || second.ChartRefused {
		t.Errorf("settled %+v", second)
	}
	all := l.Sim.Messages(directors)
	if len(all) != 1 || !strings.Contains(string(all[0].Blocks), "kwartaal") || strings.Contains(string(all[0].Blocks), "data_visualization") {
		t.Errorf("the directors read %+v", all)
	}
}
