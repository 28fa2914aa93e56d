package slacksim

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
)

// Submit fills in a modal and presses its submit button. Fields that values
// leaves out keep what they hold. The person's own client comes first: what it
// refuses never reaches the app.
func (u *User) Submit(ctx context.Context, viewID string, values Values) (Submission, error) {
	payload, local, err := u.submitPayload(viewID, values)
	if err != nil || len(local) > 0 {
		return Submission{Errors: local, Local: len(local) > 0}, err
	}
	e := envelope{Type: "interactive", AcceptsResponsePayload: true, Payload: payload}
	ack, err := u.hub.deliver(ctx, "submission", e)
	if err != nil {
		return Submission{}, err
	}
	return u.submitted(viewID, ack)
}

func (u *User) submitPayload(viewID string, values Values) (map[string]any, map[string]string, error) {
	u.w.Lock()
	defer u.w.Unlock()
	w := u.w
	v, err := w.onScreen(u.id, viewID)
	switch {
	case err != nil:
		return nil, nil, err
	case v.def.Type != "modal" || present(v.def.Submit) == nil:
		return nil, nil, notThere("view %s has no submit button", viewID)
	}
	complaints, err := fillIn(w, v, values)
	if err != nil {
		return nil, nil, err
	}
	for id, el := range v.inputs() {
		if complaints[id] == "" && !el.optional && emptyState(v.state[id][el.actionID]) {
			complaints[id] = msgRequired
		}
	}
	w.notify(ChangeModal, u.id, "")
	if len(complaints) > 0 {
		return nil, complaints, nil
	}
	return viewSubmission(w, v), nil, nil
}

// fillIn types values into a view. The error is for values that no client could
// produce: a block that is not there, or a value of the wrong type.
func fillIn(w *workspace, v *openView, values Values) (map[string]string, error) {
	inputs := v.inputs()
	complaints := map[string]string{}
	for id, value := range values {
		el, ok := inputs[id]
		if !ok {
			return nil, notThere("view %s has no input block %q", v.id, id)
		}
		el.optional = true // whether it may stay empty is judged at submission
		state, complaint := typed(w, v.person, el, value)
		if complaint != "" {
			complaints[id] = complaint
			continue
		}
		v.state.set(el, state)
	}
	return complaints, nil
}

func typed(w *workspace, person string, el inputElement, value any) (json.RawMessage, string) {
	uploads, ok := value.([]Upload)
	if !ok {
		return judgeValue(el, value)
	}
	files := make([]*storedFile, len(uploads))
	wire := make([]json.RawMessage, len(uploads))
	for i, u := range uploads {
		files[i] = upload(w, person, u)
		wire[i] = mustJSON(w.files.wire(files[i]))
	}
	state, complaint := judgeValue(el, wire)
	if complaint != "" {
		for _, f := range files {
			w.files.forget(f)
		}
	}
	return state, complaint
}

// upload stores what a person uploads in a file_input.
func upload(w *workspace, person string, u Upload) *storedFile {
	f := w.files.add(u.Name, person)
	if u.Type != "" {
		f.Type = u.Type
	}
	f.receive(slices.Clone(u.Body))
	w.files.finish(f)
	return f
}

// submissionAnswer is what an app may acknowledge a view_submission with.
type submissionAnswer struct {
	Action string            `json:"response_action"`
	Errors map[string]string `json:"errors"`
	View   json.RawMessage   `json:"view"`
}

// submitted does what the app answered. An answer that Slack refuses leaves the
// modal open, with "trouble connecting" for the person and a complaint for tests.
func (u *User) submitted(viewID string, ack json.RawMessage) (Submission, error) {
	u.w.Lock()
	defer u.w.Unlock()
	w := u.w
	v := w.views.get(viewID)
	if v == nil {
		return Submission{Closed: true}, nil // closed or replaced meanwhile
	}
	var answer submissionAnswer
	problem := ""
	if len(ack) > 0 && string(ack) != "null" {
		if err := json.Unmarshal(ack, &answer); err != nil {
			problem = "the payload is no view_submission answer"
		}
	}
	var out Submission
	if problem == "" {
		out, problem = applyAnswer(w, v, answer)
	}
	if problem != "" {
		w.complain("submission of %s: %s", v.def.CallbackID, problem)
		return Submission{}, fmt.Errorf("submission of %s: %w", v.def.CallbackID, ErrTrouble)
	}
	return out, nil
}

// applyAnswer applies an answer to a view, or says what is wrong with the answer.
func applyAnswer(w *workspace, v *openView, answer submissionAnswer) (Submission, string) {
	switch answer.Action {
	case "":
		w.views.remove(v)
		return Submission{Closed: true}, ""
	case "clear":
		w.views.clear(v.person)
		return Submission{Closed: true}, ""
	case "errors":
		return applyErrors(v, answer.Errors)
	case "update", "push":
		return applyView(w, v, answer)
	}
	return Submission{}, fmt.Sprintf("unknown response_action %q", answer.Action)
}

func applyErrors(v *openView, errs map[string]string) (Submission, string) {
	inputs := v.inputs()
	if len(errs) == 0 {
		return Submission{}, "errors without any"
	}
	for id, sentence := range errs {
		if _, ok := inputs[id]; !ok {
			return Submission{}, fmt.Sprintf("error for %q, which is no input block", id)
		}
		if sentence == "" {
			return Submission{}, fmt.Sprintf("empty error for %q", id)
		}
	}
	return Submission{Errors: errs}, ""
}

func applyView(w *workspace, v *openView, answer submissionAnswer) (Submission, string) {
	replacing := v
	if answer.Action == "push" {
		replacing = nil
	}
	def, bad := w.views.parse(answer.View, "modal", replacing)
	switch {
	case bad != nil:
		return Submission{}, fmt.Sprintf("%s with a view that is refused: %s %v", answer.Action, bad.errorName(), bad["response_metadata"])
	case replacing != nil:
		w.views.show(v, def)
		return Submission{Updated: true}, ""
	case w.views.full(v.person):
		return Submission{}, "push onto a full stack"
	}
	w.views.push(v.person, def)
	return Submission{Pushed: true}, ""
}

// answer shows what a slash command was acknowledged with.
func (u *User) answer(command, channel string, ack json.RawMessage) (Answer, error) {
	u.w.Lock()
	defer u.w.Unlock()
	w := u.w
	var a Answer
	if len(ack) == 0 || string(ack) == "null" || string(ack) == "{}" {
		return a, nil
	}
	problem := ""
	if err := json.Unmarshal(ack, &a); err != nil {
		problem = "the payload is no message"
	} else if r := judgeMessage(a.Text, a.Blocks, nil, nil, false); r != nil {
		problem = fmt.Sprintf("%s %v", r.code, r.messages)
	}
	if problem != "" {
		w.complain("command %s: acknowledged with what Slack refuses: %s", command, problem)
		return Answer{}, fmt.Errorf("command %s: %w", command, ErrTrouble)
	}
	a.Blocks = w.fillIDs(present(a.Blocks))
	m := Message{User: botUserID, BotID: botID, Text: a.Text, Blocks: a.Blocks}
	if a.ResponseType == "in_channel" {
		w.channels.post(w.channels.get(channel), m)
	} else {
		m.To = u.id
		w.channels.postEphemeral(w.channels.get(channel), m)
	}
	return a, nil
}
