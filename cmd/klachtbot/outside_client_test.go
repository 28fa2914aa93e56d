package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The firm of the outside program; the tokens and people are invented.
const (
	ownBotToken = "xoxb-outside"
	ownAppToken = "xapp-outside"
	ownCases    = "COWNCASES"
	ownStaff    = "UOWNSTAFF"
	ownOfficer  = "UOWNOFFICER"
	ownDeputy   = "UOWNDEPUTY"
	ownDirector = "UOWNDIRECTOR"
)

// outside is the real program, connected to a Slack of the test's own.
type outside struct {
	*ownSlack
	env    []string
	cmd    *exec.Cmd
	output *output
}

// newOutside starts the program; setup may spoil the Slack beforehand.
func newOutside(t *testing.T, setup ...func(*ownSlack)) *outside {
	t.Helper()
	o := &outside{ownSlack: newOwnSlack(t), output: &output{}}
	for _, do := range setup {
		do(o.ownSlack)
	}
	dir := t.TempDir()
	o.env = append(os.Environ(),
		"SLACK_BOT_TOKEN="+ownBotToken, "SLACK_APP_TOKEN="+ownAppToken, "SLACK_API_URL="+o.server.URL+"/api/",
		"DATABASE_URL=sqlite:"+filepath.Join(dir, "register.db"), "KLACHTBOT_KEY_FILE="+filepath.Join(dir, "register.key"),
		"KLACHTBOT_CASE_CHANNEL="+ownCases, "KLACHTBOT_OFFICERS="+ownOfficer+","+ownDeputy,
		"KLACHTBOT_DIRECTORS="+ownDirector, "KLACHTBOT_PACE=0", "KLACHTBOT_LOG_LEVEL=debug", clockAfter(0),
		"KLACHTBOT_EXTRA_DAYS="+today(), // a day off: on a Friday the first reminder would be due at once
	)
	t.Cleanup(func() {
		if o.cmd != nil {
			_ = o.cmd.Process.Kill()
			_ = o.cmd.Wait()
		}
	})
	o.start()
	return o
}

func (o *outside) start() {
	o.t.Helper()
	o.cmd = exec.Command(binary, "serve")
	o.cmd.Env, o.cmd.Stdout, o.cmd.Stderr = o.env, o.output, o.output
	o.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := o.cmd.Start(); err != nil {
		o.t.Fatal(err)
	}
	o.await("a socket", func() bool { return len(o.sockets) > 0 })
}

// stop ends the program as an operator does: exit code 0 within 10 s.
func (o *outside) stop() {
	o.t.Helper()
	began := time.Now()
	if err := o.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		o.t.Fatal(err)
	}
	if err := o.cmd.Wait(); err != nil || time.Since(began) > 10*time.Second {
		o.t.Errorf("SIGTERM: %v after %v", err, time.Since(began))
	}
	o.cmd = nil
	o.await("the sockets to close", func() bool { return len(o.sockets) == 0 })
}

// id returns a new id.
func (o *outside) id(kind string) string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return fmt.Sprintf("%s%d", kind, o.next())
}

// envelope sends one envelope and waits for its ack, 2.5 s at most.
func (o *outside) envelope(kind string, payload any) ownAck {
	o.t.Helper()
	return o.raw(fields{"type": kind, "envelope_id": o.id("E"), "accepts_response_payload": true, "payload": payload})
}

// raw sends an envelope as it is.
func (o *outside) raw(envelope fields) ownAck {
	o.t.Helper()
	id, began := textOf(envelope["envelope_id"]), time.Now()
	before := 0
	o.await("a socket", func() bool {
		before = len(o.acks[id])
		return len(o.sockets) > 0 && o.sockets[len(o.sockets)-1].WriteJSON(envelope) == nil
	})
	o.await("the ack of "+textOf(envelope["type"]), func() bool { return len(o.acks[id]) > before })
	took := time.Since(began)
	if took > 2500*time.Millisecond {
		o.t.Errorf("the ack came after %v", took)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	ack := o.acks[id][before]
	ack.took = took
	return ack
}

// slash types a command and returns the trigger and the text of the answer.
func (o *outside) slash(who, text string) (trigger, answer string) {
	o.t.Helper()
	trigger = o.id("T")
	ack := o.envelope("slash_commands", fields{"command": "/klacht", "text": text, "user_id": who, "trigger_id": trigger})
	return trigger, textOf(decode(ack.payload)["text"])
}

// opened waits for the view of a trigger.
func (o *outside) opened(trigger string) (view fields) {
	o.t.Helper()
	o.await("a view", func() bool { view = o.views[trigger]; return view != nil })
	return view
}

// interact sends an interaction; more fields replace those that it has.
func (o *outside) interact(kind, who string, payload fields) ownAck {
	o.t.Helper()
	whole := fields{"type": kind, "user": fields{"id": who}}
	for k, v := range payload {
		whole[k] = v
	}
	return o.envelope("interactive", whole)
}

// press presses an action on a message: its button, or the option of "more".
func (o *outside) press(who string, p *ownPost, name string) fields {
	o.t.Helper()
	payload := o.pressing(p, name)
	if ack := o.interact("block_actions", who, payload); len(ack.payload) > 0 {
		o.t.Errorf("a click was acknowledged with %d bytes", len(ack.payload))
	}
	return o.opened(textOf(payload["trigger_id"]))
}

// pressing is the payload of a click on what the message offers.
func (o *outside) pressing(p *ownPost, name string) fields {
	o.t.Helper()
	var blocks []any
	o.await(name+" on the message", func() bool { blocks = p.blocks; return slices.Contains(offered(p), name) })
	action := fields{"action_ts": "1.0"}
	for _, b := range blocks {
		for _, e := range list(b, "elements") {
			options := values(e)
			if textOf(at(e, "action_id")) != name && !slices.Contains(options, name) {
				continue
			}
			action["block_id"], action["action_id"], action["type"] = at(b, "block_id"), at(e, "action_id"), at(e, "type")
			if len(options) > 0 {
				action["selected_option"] = fields{"value": name, "text": nil}
			} else {
				action["value"], action["selected_option"] = at(e, "value"), nil
			}
		}
	}
	return fields{
		"trigger_id": o.id("T"), "response_url": o.server.URL + "/respond", "actions": []any{action},
		"channel":   fields{"id": p.channel},
		"container": fields{"type": "message", "message_ts": p.ts, "channel_id": p.channel},
		"message":   fields{"ts": p.ts, "blocks": blocks},
	}
}

// submit sends a view in, with the values that a person sees in it, replaced
// by those of filled. What Slack's client would hold back fails the test.
func (o *outside) submit(who string, view fields, filled map[string]string) fields {
	o.t.Helper()
	return decode(o.interact("view_submission", who, fields{"view": o.filled(view, filled)}).payload)
}

func (o *outside) filled(view fields, filled map[string]string) fields {
	o.t.Helper()
	state := fields{}
	for _, b := range list(view, "blocks") {
		if at(b, "type") != "input" {
			continue
		}
		id := textOf(at(b, "block_id"))
		typed, set := filled[id]
		value := o.answer(at(b, "element"), typed, set)
		empty := value["value"] == nil && value["selected_option"] == nil && value["selected_date"] == nil
		if at(b, "optional") != true && empty {
			o.t.Errorf("%s: the client asks for %s", view["callback_id"], id)
		}
		state[id] = fields{textOf(at(b, "element", "action_id")): value}
	}
	return fields{
		"id": view["id"], "type": "modal", "callback_id": view["callback_id"], "blocks": view["blocks"],
		"private_metadata": view["private_metadata"], "state": fields{"values": state},
	}
}

// answer is the state of one element.
func (o *outside) answer(e any, typed string, set bool) fields {
	o.t.Helper()
	kind := textOf(at(e, "type"))
	value := fields{"type": kind}
	switch {
	case kind == "plain_text_input":
		value["value"] = firstOf(set, typed, at(e, "initial_value"))
	case kind == "datepicker":
		value["selected_date"] = firstOf(set, typed, at(e, "initial_date"))
	case kind == "users_select":
		value["selected_user"] = firstOf(set, typed, nil)
	case kind == "static_select" && set && typed == "":
		value["selected_option"] = nil
	case kind == "static_select" && set:
		if !slices.Contains(values(e), typed) {
			o.t.Errorf("no option %q", typed)
		}
		value["selected_option"] = fields{"value": typed}
	case kind == "static_select":
		value["selected_option"] = at(e, "initial_option")
	case kind == "file_input":
		value["files"] = nil
	}
	return value
}

// firstOf is what was typed, else what stood there; nothing is null.
func firstOf(set bool, typed string, initial any) any {
	if set {
		initial = typed
	}
	if initial == "" {
		return nil
	}
	return initial
}

// root waits for the case message of a number.
func (o *outside) root(number string) (p *ownPost) {
	o.t.Helper()
	o.await("the case message", func() bool {
		i := slices.IndexFunc(o.posts, func(p *ownPost) bool {
			return p.channel == ownCases && p.thread == "" && strings.Contains(p.text, number)
		})
		if i >= 0 {
			p = o.posts[i]
		}
		return p != nil
	})
	return p
}

// offered lists what a message offers: its buttons, and the options of more.
func offered(p *ownPost) (names []string) {
	for _, b := range p.blocks {
		for _, e := range list(b, "elements") {
			switch at(e, "type") {
			case "button":
				names = append(names, textOf(at(e, "action_id")))
			case "static_select":
				names = append(names, values(e)...)
			}
		}
	}
	return names
}

// values are the option values of a select, below headings or not.
func values(e any) (all []string) {
	for _, o := range list(e, "options") {
		all = append(all, textOf(at(o, "value")))
	}
	for _, group := range list(e, "option_groups") {
		all = append(all, values(group)...)
	}
	return all
}

func at(v any, path ...string) any {
	for _, p := range path {
		m, _ := v.(fields)
		v = m[p]
	}
	return v
}

func list(v any, key string) []any {
	l, _ := at(v, key).([]any)
	return l
}

func decode(b []byte) (v fields) {
	_ = json.Unmarshal(b, &v)
	return v
}

// encode is JSON without the escaping of < and >.
func encode(v any) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(v)
	return b.String()
}

// program runs another command of the program on the same register.
func (o *outside) program(args ...string) error {
	ctx, cancel := context.WithTimeout(o.t.Context(), 10*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary, args...)
	cmd.Env = o.env
	return cmd.Run()
}
