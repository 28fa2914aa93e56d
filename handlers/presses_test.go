package handlers_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/artra/klachtbot/handlers/handlerstest"
	"github.com/artra/klachtbot/outbox"
	"github.com/artra/klachtbot/slacksim"
	"github.com/artra/klachtbot/slacksim/blockkit"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/roster"
)

// pressesFile lists what each action takes: how many presses now, and how many it
// took at most before (- where it is new). go test ./handlers -run Presses -update
// writes the first figure anew; the second is never written by a program.
const pressesFile = "testdata/presses.txt"

// TestPresses_noMoreThanBefore counts what somebody presses on a phone, from what
// they read to what is done, and fills in no more than the form asks: a button, a
// tick or a field to type in is a press, a menu and its option are two, a command is one.
// Every action of a case and every form has its line.
func TestPresses_noMoreThanBefore(t *testing.T) {
	counted, sent := map[string]int{}, map[string]bool{}
	for name, walk := range pressWalks() {
		t.Run(name, func(t *testing.T) {
			c := newPressCount(t)
			walk(c)
			counted[name] = c.n
			maps.Copy(sent, c.sent)
		})
	}
	all, forms := handlerstest.NewLost(t).IDs()
	for _, action := range workflow.Actions() {
		if _, ok := counted[string(action)]; !ok || !slices.Contains(all, string(action)) {
			t.Errorf("nobody counts what %s takes", action)
		}
	}
	for _, form := range forms {
		if !sent[form] {
			t.Errorf("no walk sends in the form %s", form)
		}
	}
	comparePresses(t, counted)
}

// comparePresses compares what was counted with the committed table.
func comparePresses(t *testing.T, counted map[string]int) {
	t.Helper()
	b, err := os.ReadFile(pressesFile)
	if err != nil {
		t.Fatal(err)
	}
	before, committed := map[string]string{}, ""
	for line := range strings.Lines(string(b)) {
		if fields := strings.Fields(line); len(fields) == 3 && !strings.HasPrefix(line, "#") {
			before[fields[0]] = fields[2]
			committed += line
		}
	}
	var now strings.Builder
	for _, name := range slices.Sorted(maps.Keys(counted)) {
		was := before[name]
		if was == "" {
			was = "-"
		}
		fmt.Fprintf(&now, "%-32s %3d %3s\n", name, counted[name], was)
		if most := 0; was != "-" {
			if _, err := fmt.Sscan(was, &most); err != nil || counted[name] > most {
				t.Errorf("%s takes %d presses, and took %s", name, counted[name], was)
			}
		}
	}
	if flag.Lookup("update").Value.String() == "true" {
		head, _, _ := bytes.Cut(b, []byte("\n\n"))
		if err := os.WriteFile(pressesFile, []byte(string(head)+"\n\n"+now.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(committed, now.String()); diff != "" {
		t.Errorf("%s: was (-), is (+):\n%s", pressesFile, diff)
	}
}

// pressCount is a workspace in which somebody's presses are counted.
type pressCount struct {
	*testing.T
	w    handlerstest.Workspace
	n    int
	sent map[string]bool // the forms that were sent in
}

func newPressCount(t *testing.T) *pressCount {
	t.Helper()
	return &pressCount{T: t, w: handlerstest.NewWorkspace(t), sent: map[string]bool{}}
}

func (c *pressCount) as(who roster.PersonID) *slacksim.User { return c.w.Sim.As(string(who)) }

// types gives a command: one press of the key that sends it.
func (c *pressCount) types(who roster.PersonID, text, callback string) slacksim.View {
	c.Helper()
	c.n++
	return c.w.Opens(c.T, who, text, callback)
}

// reads posts what a delivery shows, as it is now, to somebody.
func (c *pressCount) reads(who roster.PersonID, d outbox.Delivery) (channel, ts string) {
	c.Helper()
	m, _, err := c.w.Render(c.Context(), d)
	if err != nil {
		c.Fatalf("%s: %v", d.Kind(), err)
	}
	return c.w.Posted(c.T, who, m)
}

// ofCase is the message of a case.
func ofCase(of workflow.Complaint) outbox.Delivery {
	return outbox.Delivery{Case: of.ID, Payload: outbox.Case{}}
}

// presses presses a button of a message, or picks from one of its menus what has
// that name, and reports whether it stands there.
func (c *pressCount) presses(who roster.PersonID, channel, ts, action string) bool {
	c.Helper()
	for _, m := range c.w.Sim.Messages(channel) {
		if m.TS != ts {
			continue
		}
		if click, ok := found(m.Blocks, action); ok {
			c.n += click.presses
			if err := c.as(who).Click(c.Context(), channel, ts, click.id, click.value); err != nil {
				c.Fatal(err)
			}
			return true
		}
	}
	return false
}

// pressesView does so in a modal or on Home.
func (c *pressCount) pressesView(who roster.PersonID, view slacksim.View, action string) {
	c.Helper()
	var shown struct{ Blocks json.RawMessage }
	if err := json.Unmarshal(view.Raw, &shown); err != nil {
		c.Fatal(err)
	}
	click, ok := found(shown.Blocks, action)
	if !ok {
		c.Fatalf("%s is not in %s", action, view.CallbackID)
	}
	c.n += click.presses
	if err := c.as(who).ClickView(c.Context(), view.ID, click.id, click.value); err != nil {
		c.Fatal(err)
	}
}

// pressable is something to press, with what it takes.
type pressable struct {
	id, value string
	presses   int
}

// found looks for a button of that action id, or a menu with that option. A button
// that asks whether one is sure takes another press.
func found(blocks json.RawMessage, action string) (pressable, bool) {
	for _, el := range blockkit.Elements(blocks) {
		if el.Kind == "button" && el.ActionID == action {
			p := pressable{id: action, presses: 1}
			if asksWhetherSure(blocks, action) {
				p.presses++
			}
			return p, true
		}
		for _, o := range el.Options {
			if el.ActionID == action || o.Value == action {
				return pressable{id: el.ActionID, value: o.Value, presses: 2}, true
			}
		}
	}
	return pressable{}, false
}

func asksWhetherSure(blocks json.RawMessage, action string) bool {
	var v any
	if json.Unmarshal(blocks, &v) != nil {
		return false
	}
	var asks func(any) bool
	asks = func(v any) bool {
		switch v := v.(type) {
		case []any:
			return slices.ContainsFunc(v, asks)
		case map[string]any:
			return v["action_id"] == action && v["confirm"] != nil || slices.ContainsFunc(slices.Collect(maps.Values(v)), asks)
		}
		return false
	}
	return asks(v)
}

// sends sends a form in as it stands, and fills in what it then asks for.
func (c *pressCount) sends(who roster.PersonID, callback string) slacksim.Submission {
	c.Helper()
	view := c.w.Awaits(c.T, who, callback)
	c.n++
	c.sent[callback] = true
	filled := map[string]int{}
	values := slacksim.Values{}
	for range 6 {
		got, err := c.as(who).Submit(c.Context(), view.ID, values)
		if err != nil {
			c.Fatalf("%s: %v", callback, err)
		}
		if len(got.Errors) == 0 {
			return got
		}
		values = slacksim.Values{}
		inputs := blockkit.Inputs(view.Raw)
		for id := range got.Errors {
			values[id] = c.fills(inputs[id], filled[id])
			if filled[id]++; filled[id] == 1 {
				c.n += pressesOf(inputs[id].Kind)
			}
		}
	}
	c.Fatalf("%s is never taken: %v", callback, values)
	return slacksim.Submission{}
}

// chooses fills in something else than what a form opens with.
func (c *pressCount) chooses(who roster.PersonID, callback, field, value string) {
	c.Helper()
	view := c.w.Awaits(c.T, who, callback)
	c.n += pressesOf(blockkit.Inputs(view.Raw)[field].Kind)
	if wrong, err := c.as(who).Type(c.Context(), view.ID, slacksim.Values{field: value}); err != nil || len(wrong) > 0 {
		c.Fatal(wrong, err)
	}
}

// pressesOf is what filling in a field takes before one types.
func pressesOf(kind string) int {
	switch kind {
	case "static_select", "users_select", "datepicker":
		return 2 // open it, choose
	}
	return 1
}

// fills is what somebody fills in; at a second time, what may be meant instead.
func (c *pressCount) fills(el blockkit.Element, again int) any {
	today := c.w.Policy.Calendar.Today(c.w.Clock)
	switch {
	case len(el.Options) > 0 && el.Kind == "checkboxes":
		return []string{el.Options[0].Value}
	case len(el.Options) > 0:
		return el.Options[0].Value
	case el.Kind == "datepicker":
		return today.AddDays([]int{0, 14, -1, -2, 28}[min(again, 4)]).String()
	case el.Kind == "users_select":
		return string(handlerstest.Staff)
	case el.Kind == "email_text_input" || el.BlockID == "email":
		return "noor@example.org"
	}
	return "Noor Voorbeeld, noor@example.org"
}

// at sets the clock to ten o'clock, so many days after Monday.
func (c *pressCount) at(days int) { c.w.Clock = handlerstest.Monday.AddDate(0, 0, days) }

// opensHome shows somebody their Home tab.
func (c *pressCount) opensHome(who roster.PersonID) slacksim.View {
	c.Helper()
	if err := c.as(who).OpenHome(c.Context()); err != nil {
		c.Fatal(err)
	}
	home, err := c.as(who).AwaitView(c.Context(), func(v slacksim.View) bool { return v.Type == "home" })
	if err != nil {
		c.Fatal(err)
	}
	return home
}

// shortcuts picks a shortcut from the menu of a message: the menu, and it.
func (c *pressCount) shortcuts(who roster.PersonID, name, channel, ts string) {
	c.Helper()
	c.n += 2
	if err := c.as(who).MessageShortcut(c.Context(), name, channel, ts); err != nil {
		c.Fatal(err)
	}
}

// carried takes a case to a stage.
func (c *pressCount) carried(stage string) workflow.Complaint {
	c.Helper()
	of := workflow.Complaint{}
	for _, m := range pressStages()[stage] {
		c.w.Clock = handlerstest.Monday.Add(m.After)
		of = c.w.Apply(c.T, of.ID, m.By, stage+m.After.String(), m.Action)
	}
	c.w.Clock = c.w.Clock.Add(time.Hour)
	return of
}
