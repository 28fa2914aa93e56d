package main

import (
	"context"
	"encoding/json"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/artra/klachtbot/slacksim"
)

// emma reads English in a Dutch firm. Like everybody's, her Slack is in English.
const emma = "U0EMMA"

// homeThat opens the Home tab and waits until it is as it should be.
func (p person) homeThat(o *programTest, says string) slacksim.View {
	p.t.Helper()
	if err := p.OpenHome(patience(p.t)); err != nil {
		p.t.Fatal(err)
	}
	view, err := p.AwaitView(patience(p.t), func(v slacksim.View) bool {
		return v.Type == "home" && strings.Contains(string(v.Raw), says)
	})
	if err != nil {
		home, _ := p.Home()
		p.t.Fatalf("Home does not say %q: %v\n%.3000s\n%s", says, err, home.Raw, tail(o.output.String()))
	}
	return view
}

// homeSays opens Home once, and reports whether it says that within a second.
func (p person) homeSays(ctx context.Context, says string) bool {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if err := p.OpenHome(ctx); err != nil {
		return false
	}
	_, err := p.AwaitView(ctx, func(v slacksim.View) bool {
		return v.Type == "home" && strings.Contains(string(v.Raw), says)
	})
	return err == nil
}

// formSays opens /klacht, and closes it.
func (p person) formSays(want string) {
	p.t.Helper()
	view := p.openLog()
	if !strings.Contains(string(view.Raw), want) {
		p.t.Errorf("%s: the form does not say %q: %.400s", p.ID(), want, view.Raw)
	}
	if err := p.CloseView(patience(p.t), view.ID); err != nil {
		p.t.Fatal(err)
	}
}

// TestLanguage_chosenOnHome: everybody's Slack is in English, and everybody reads
// Dutch, which is the firm's, in the form, on Home, in answers and in what the bot
// sends. Who chooses English on Home reads that, alone, and still does after a
// restart; the channel does not.
func TestLanguage_chosenOnHome(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine, "KLACHTBOT_DIRECTORS="+demoDirector+","+emma)
			o.start()
			reader := o.as(emma)
			reader.formSays("Klacht vastleggen")
			if got := reader.ask("/klacht", "help"); !strings.Contains(got, "klacht") || strings.Contains(got, "complaint") {
				t.Errorf("help reads %q", got)
			}
			home := reader.homeThat(o, "Dag Emma English")
			if err := reader.ClickView(patience(t), home.ID, "home_language", "en"); err != nil {
				t.Fatal(err)
			}
			home = reader.homeThat(o, "Hello Emma English")
			if err := reader.ClickView(patience(t), home.ID, "home_language", "en"); err == nil {
				t.Error("the select does not stand on English")
			}
			reader.formSays("Log a complaint")
			number := o.as(demoStaff).log(form())
			root := o.caseMessage(demoCases, number, offers("acknowledge"))
			o.stop()
			o.clock(9)
			o.start()
			reader.formSays("Log a complaint")
			reader.homeThat(o, "Hello Emma English")
			o.as(demoDirector).formSays("Klacht vastleggen")
			for who, want := range map[string]string{emma: "days late", demoDirector: "dagen te laat"} {
				if _, err := o.sim.AwaitMessage(patience(t), o.as(who).DM(), func(m slacksim.Message) bool {
					return strings.Contains(string(m.Blocks), want)
				}); err != nil {
					t.Errorf("%s is not told that something is %q: %v", who, want, err)
				}
			}
			for _, m := range append(o.sim.Messages(demoCases), o.sim.Thread(demoCases, root.TS)...) {
				if strings.Contains(m.Text+string(m.Blocks), "omplaint") {
					t.Errorf("the case channel reads %q", m.Text)
				}
			}
			o.stop()
		})
	}
}

// TestLanguage_onReplicas: what somebody chose by way of one replica, another one
// speaks to them too, within a sweep.
func TestLanguage_onReplicas(t *testing.T) {
	t.Parallel()
	o := newProgramTest(t, "postgres", "KLACHTBOT_SOCKETS=1")
	o.start()
	other := exec.Command(binary, "serve")
	other.Env, other.Stdout, other.Stderr = o.env, o.output, o.output
	other.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = other.Process.Kill() }) // when the test ended early
	if err := o.sim.AwaitConnections(patience(t), 2); err != nil {
		t.Fatal(err)
	}
	reader := o.as(emma)
	home := reader.homeThat(o, "Dag Emma English")
	if err := reader.ClickView(patience(t), home.ID, "home_language", "en"); err != nil {
		t.Fatal(err)
	}
	for ctx := patience(t); !reader.homeSays(ctx, "Hello Emma English"); { // until the replica that answers knows
		if ctx.Err() != nil {
			t.Fatalf("Home is not in English\n%s", tail(o.output.String()))
		}
	}
	for ctx, inARow := patience(t), 0; inARow < 6; { // the sockets take turns
		view := reader.openLog()
		if inARow++; !strings.Contains(string(view.Raw), "Log a complaint") {
			inARow = 0
		}
		if err := reader.CloseView(ctx, view.ID); err != nil {
			t.Fatal(err)
		}
	}
	if err := other.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := other.Wait(); err != nil {
		t.Errorf("the replica stopped with %v", err)
	}
	o.stop()
}

// blockOf is the block id of the element with that action id.
func blockOf(m slacksim.Message, action string) string {
	before, _, _ := strings.Cut(string(m.Blocks), `"action_id":"`+action+`"`)
	at := strings.LastIndex(before, `"block_id":"`)
	id, _, _ := strings.Cut(before[max(at, 0)+len(`"block_id":"`):], `"`)
	return id
}

// TestPicks_sameEntryTwice: the same entry of "more", and the same month on Home,
// opens as often as it is picked, though Slack's select keeps it on the screen; also
// in the direct message of a handover. The case message is edited for that, and
// nobody is pinged.
func TestPicks_sameEntryTwice(t *testing.T) {
	for _, engine := range engines() {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			o := newProgramTest(t, engine)
			o.start()
			number := o.as(demoStaff).log(form())
			root := o.caseMessage(demoCases, number, offers("more"))
			officer := o.as(demoOfficer)
			for range 3 {
				officer.picksAgain(o, root)
			}
			if n := len(o.sim.Messages(demoCases)); n != 1 {
				t.Errorf("%d messages in the channel, want the one", n)
			}
			home := officer.homeThat(o, "list_month")
			month := firstMonth(t, home)
			for range 2 {
				if err := officer.ClickView(patience(t), home.ID, "list_month", month); err != nil {
					t.Fatalf("the month: %v", err)
				}
				list, err := officer.AwaitModal(patience(t), "list")
				if err != nil {
					t.Fatal(err)
				}
				if err := officer.CloseView(patience(t), list.ID); err != nil {
					t.Fatal(err)
				}
				home = officer.homeAfter(o, home)
			}
			o.stop()
		})
	}
}

// picksAgain picks "note", closes the form, and waits until that can be done again.
func (p person) picksAgain(o *programTest, root slacksim.Message) {
	p.t.Helper()
	before, _ := o.sim.Message(root.Channel, root.TS)
	view := p.opens(o, root.Channel, "note", func(ctx context.Context) error {
		return p.Click(ctx, root.Channel, root.TS, "more", "note")
	})
	if err := p.CloseView(patience(p.t), view.ID); err != nil {
		p.t.Fatal(err)
	}
	if _, err := o.sim.AwaitMessage(patience(p.t), root.Channel, func(m slacksim.Message) bool {
		return m.TS == root.TS && blockOf(m, "more") != blockOf(before, "more")
	}); err != nil {
		p.t.Fatalf("the message stays as it was: %v\n%s", err, tail(o.output.String()))
	}
}

// homeAfter waits for Home to be shown anew.
func (p person) homeAfter(o *programTest, before slacksim.View) slacksim.View {
	p.t.Helper()
	view, err := p.AwaitView(patience(p.t), func(v slacksim.View) bool { return v.Type == "home" && v.Hash != before.Hash })
	if err != nil {
		p.t.Fatalf("Home stays as it was: %v\n%s", err, tail(o.output.String()))
	}
	return view
}

// firstMonth is the value of the first month that Home offers.
func firstMonth(t *testing.T, home slacksim.View) string {
	t.Helper()
	var view struct {
		Blocks []struct {
			Accessory struct {
				ActionID string `json:"action_id"`
				Options  []struct{ Value string }
			}
		}
	}
	if err := json.Unmarshal(home.Raw, &view); err != nil {
		t.Fatal(err)
	}
	for _, b := range view.Blocks {
		if b.Accessory.ActionID == "list_month" {
			return b.Accessory.Options[0].Value
		}
	}
	t.Fatal("no months on Home")
	return ""
}
