package user

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/artra/klachtbot/slacksim/blockkit"
	"github.com/artra/klachtbot/slacksim/socket"
	"github.com/artra/klachtbot/slacksim/wire"
	"github.com/artra/klachtbot/slacksim/workspace"
)

// Submit fills in a modal and presses its submit button. Fields that values
// leaves out keep what they hold. The person's own client comes first: what it
// refuses never reaches the app.
func (u *User) Submit(ctx context.Context, viewID string, values Values) (Submission, error) {
	payload, local, err := u.submitPayload(viewID, values)
	if err != nil || len(local) > 0 {
		return Submission{Errors: local, Local: len(local) > 0}, err
	}
	e := socket.Envelope{Type: "interactive", AcceptsResponsePayload: true, Payload: payload}
	ack, err := u.hub.Deliver(ctx, "submission", e)
	if err != nil {
		return Submission{}, err
	}
	return u.submitted(viewID, ack)
}

func (u *User) submitPayload(viewID string, values Values) (map[string]any, map[string]string, error) {
	u.w.Lock()
	defer u.w.Unlock()
	w := u.w
	v, err := w.OnScreen(u.id, viewID)
	switch {
	case err != nil:
		return nil, nil, err
	case v.Def.Type != "modal" || wire.Present(v.Def.Submit) == nil:
		return nil, nil, workspace.NotThere("view %s has no submit button", viewID)
	}
	complaints, err := fillIn(w, v, values)
	if err != nil {
		return nil, nil, err
	}
	for id, el := range v.Inputs() {
		if complaints[id] == "" && !el.Optional && blockkit.EmptyState(v.State[id][el.ActionID]) {
			complaints[id] = blockkit.MsgRequired
		}
	}
	w.Notify(workspace.ChangeModal, u.id, "")
	if len(complaints) > 0 {
		return nil, complaints, nil
	}
	return viewSubmission(w, v), nil, nil
}

// fillIn types values into a view. The error is for values that no client could
// produce: a block that is not there, or a value of the wrong type.
func fillIn(w *workspace.Workspace, v *workspace.OpenView, values Values) (map[string]string, error) {
	inputs := v.Inputs()
	complaints := map[string]string{}
	for id, value := range values {
		el, ok := inputs[id]
		if !ok {
			return nil, workspace.NotThere("view %s has no input block %q", v.ID, id)
		}
		el.Optional = true // whether it may stay empty is judged at submission
		state, complaint := typed(w, v.Person, el, value)
		if complaint != "" {
			complaints[id] = complaint
			continue
		}
		v.State.Set(el, state)
	}
	return complaints, nil
}

func typed(w *workspace.Workspace, person string, el blockkit.Element, value any) (json.RawMessage, string) {
	uploads, ok := value.([]Upload)
	if !ok {
		return blockkit.JudgeValue(el, value)
	}
	files := make([]*workspace.StoredFile, len(uploads))
	sent := make([]json.RawMessage, len(uploads))
	for i, u := range uploads {
		files[i] = upload(w, person, u)
		sent[i] = wire.JSON(w.Files.Wire(files[i]))
	}
	state, complaint := blockkit.JudgeValue(el, sent)
	if complaint != "" {
		for _, f := range files {
			w.Files.Forget(f)
		}
	}
	return state, complaint
}

// upload stores what a person uploads in a file_input.
func upload(w *workspace.Workspace, person string, u Upload) *workspace.StoredFile {
	f := w.Files.Add(u.Name, person)
	if u.Type != "" {
		f.Type = u.Type
	}
	f.Receive(slices.Clone(u.Body))
	w.Files.Finish(f)
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
	v := w.Views.Get(viewID)
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
		w.Complain("submission of %s: %s", v.Def.CallbackID, problem)
		return Submission{}, fmt.Errorf("submission of %s: %w", v.Def.CallbackID, ErrTrouble)
	}
	return out, nil
}

// applyAnswer applies an answer to a view, or says what is wrong with the answer.
func applyAnswer(w *workspace.Workspace, v *workspace.OpenView, answer submissionAnswer) (Submission, string) {
	switch answer.Action {
	case "":
		w.Views.Remove(v)
		return Submission{Closed: true}, ""
	case "clear":
		w.Views.Clear(v.Person)
		return Submission{Closed: true}, ""
	case "errors":
		return applyErrors(v, answer.Errors)
	case "update", "push":
		return applyView(w, v, answer)
	}
	return Submission{}, fmt.Sprintf("unknown response_action %q", answer.Action)
}

func applyErrors(v *workspace.OpenView, errs map[string]string) (Submission, string) {
	inputs := v.Inputs()
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

func applyView(w *workspace.Workspace, v *workspace.OpenView, answer submissionAnswer) (Submission, string) {
	replacing := v
	if answer.Action == "push" {
		replacing = nil
	}
	def, bad := w.Views.Parse(answer.View, "modal", replacing)
	switch {
	case bad != nil:
		return Submission{}, fmt.Sprintf("%s with a view that is refused: %s %v", answer.Action, bad.ErrorName(), bad["response_metadata"])
	case replacing != nil:
		w.Views.Show(v, def)
		return Submission{Updated: true}, ""
	case w.Views.Full(v.Person):
		return Submission{}, "push onto a full stack"
	}
	w.Views.Push(v.Person, def)
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
	} else if r := blockkit.JudgeMessage(a.Text, a.Blocks, nil, nil, false); r != nil {
		problem = fmt.Sprintf("%s %v", r.Code, r.Messages)
	}
	if problem != "" {
		w.Complain("command %s: acknowledged with what Slack refuses: %s", command, problem)
		return Answer{}, fmt.Errorf("command %s: %w", command, ErrTrouble)
	}
	a.Blocks = w.FillIDs(wire.Present(a.Blocks))
	m := workspace.Message{User: workspace.BotUserID, BotID: workspace.BotID, Text: a.Text, Blocks: a.Blocks}
	if a.ResponseType == "in_channel" {
		w.Channels.Post(w.Channels.Get(channel), m)
	} else {
		m.To = u.id
		w.Channels.PostEphemeral(w.Channels.Get(channel), m)
	}
	return a, nil
}
