package slacksim

import (
	"encoding/json"
	"fmt"
	"maps"
)

// maxViews is how many modals fit on a person's stack.
const maxViews = 3

// view is a modal or Home tab on one person's screen.
type view struct {
	id, root, previous string
	person             string
	hash               string
	def                viewDef
	blocks             json.RawMessage // with the ids that Slack fills in
	state              State
}

// viewDef is a view as the app sends it.
type viewDef struct {
	Type            string          `json:"type"`
	Title           json.RawMessage `json:"title"`
	Submit          json.RawMessage `json:"submit"`
	Close           json.RawMessage `json:"close"`
	Blocks          json.RawMessage `json:"blocks"`
	PrivateMetadata string          `json:"private_metadata"`
	CallbackID      string          `json:"callback_id"`
	ExternalID      string          `json:"external_id"`
	ClearOnClose    bool            `json:"clear_on_close"`
	NotifyOnClose   bool            `json:"notify_on_close"`
}

// parseView reads a view and refuses what Slack refuses. replacing is the view it
// comes in place of, nil for a new one.
func (w *workspace) parseView(raw json.RawMessage, surface string, replacing *view) (viewDef, reply) {
	var def viewDef
	if r := judgeView(raw, surface); r != nil {
		return def, refused(r)
	}
	if err := json.Unmarshal(raw, &def); err != nil {
		return def, refuse("invalid_arguments", "[ERROR] "+err.Error())
	}
	if bad := w.checkKinds(def.Blocks); bad != nil {
		return def, bad
	}
	for _, v := range w.views {
		if def.ExternalID != "" && v.def.ExternalID == def.ExternalID && v != replacing {
			return def, refuse("duplicate_external_id")
		}
	}
	for _, el := range interactiveElements(def.Blocks) {
		if el.kind == "file_input" && !w.app.granted("files:read") {
			return def, w.missingScope("files:read")
		}
	}
	return def, nil
}

// open puts a new modal on a person's screen: on top of the stack when the
// trigger came from a stack that is still open, else as a stack of its own.
func (w *workspace) open(t *trigger, def viewDef) (*view, reply) {
	if !w.inStack(t) {
		w.clear(t.person)
	}
	if len(w.stacks[t.person]) >= maxViews {
		return nil, refuse("push_limit_reached")
	}
	t.used = true
	return w.push(t.person, def), nil
}

// inStack tells whether a trigger came from the modals that are open now.
func (w *workspace) inStack(t *trigger) bool {
	stack := w.stacks[t.person]
	return t.view != nil && len(stack) > 0 && stack[0].id == t.view.root
}

// push adds a modal to a person's stack, which has room for it.
func (w *workspace) push(person string, def viewDef) *view {
	v := &view{id: w.id("V"), person: person}
	v.root = v.id
	if stack := w.stacks[person]; len(stack) > 0 {
		v.root, v.previous = stack[0].id, stack[len(stack)-1].id
	}
	w.stacks[person] = append(w.stacks[person], v)
	w.views[v.id] = v
	w.show(v, def)
	return v
}

// show gives a view its content. Inputs that keep block id, action id and type
// keep what was typed; a new default does not replace it.
func (w *workspace) show(v *view, def viewDef) {
	v.def, v.blocks, v.hash = def, w.withIDs(def.Blocks), w.newHash()
	state := State{}
	for _, el := range interactiveElements(v.blocks) {
		if kept, ok := v.state[el.blockID][el.actionID]; ok && kindOf(kept) == el.kind {
			state.set(el, kept)
		} else if initial := initialState(el); initial != nil {
			state.set(el, initial)
		}
	}
	v.state = state
	kind := ChangeModal
	if def.Type == "home" {
		kind = ChangeHome
	}
	w.notify(kind, v.person, "")
}

// publish shows a Home tab, which keeps its id for good.
func (w *workspace) publish(person string, def viewDef) *view {
	v := w.homes[person]
	if v == nil {
		v = &view{id: w.id("V"), person: person}
		v.root = v.id
		w.homes[person], w.views[v.id] = v, v
	}
	w.show(v, def)
	return v
}

// pop closes the modal on top of a person's stack.
func (w *workspace) pop(person string) {
	stack := w.stacks[person]
	delete(w.views, stack[len(stack)-1].id)
	w.stacks[person] = stack[:len(stack)-1]
	w.notify(ChangeModal, person, "")
}

// clear closes a person's modals.
func (w *workspace) clear(person string) {
	if len(w.stacks[person]) == 0 {
		return
	}
	for _, v := range w.stacks[person] {
		delete(w.views, v.id)
	}
	delete(w.stacks, person)
	w.notify(ChangeModal, person, "")
}

// top is the modal that a person sees.
func (w *workspace) top(person string) *view {
	if stack := w.stacks[person]; len(stack) > 0 {
		return stack[len(stack)-1]
	}
	return nil
}

func (w *workspace) newHash() string {
	w.serial++
	return fmt.Sprintf("%d.%08x", w.now().Unix(), w.serial)
}

// wireView is a view as the Web API and payloads show it.
func (w *workspace) wireView(v *view) map[string]any {
	out := map[string]any{
		"id": v.id, "team_id": w.team.ID, "type": v.def.Type, "blocks": v.blocks,
		"private_metadata": v.def.PrivateMetadata, "callback_id": v.def.CallbackID, "external_id": v.def.ExternalID,
		"state": map[string]any{"values": v.state.clone()}, "hash": v.hash,
		"title": nullable(v.def.Title), "submit": nullable(v.def.Submit), "close": nullable(v.def.Close),
		"clear_on_close": v.def.ClearOnClose, "notify_on_close": v.def.NotifyOnClose,
		"root_view_id": v.root, "previous_view_id": nil,
		"app_id": appID, "app_installed_team_id": w.team.ID, "bot_id": botID,
	}
	if v.previous != "" {
		out["previous_view_id"] = v.previous
	}
	return out
}

func nullable(raw json.RawMessage) json.RawMessage {
	if len(raw) == 0 {
		return json.RawMessage("null")
	}
	return raw
}

// copyView is a view as the outside may keep it.
func (w *workspace) copyView(v *view) View {
	return View{
		ID: v.id, RootID: v.root, PreviousID: v.previous, ExternalID: v.def.ExternalID,
		CallbackID: v.def.CallbackID, Type: v.def.Type, Hash: v.hash, PrivateMetadata: v.def.PrivateMetadata,
		Person: v.person, Raw: mustJSON(w.wireView(v)), State: v.state.clone(),
	}
}

func (s State) set(el inputElement, value json.RawMessage) {
	if s[el.blockID] == nil {
		s[el.blockID] = map[string]json.RawMessage{}
	}
	s[el.blockID][el.actionID] = value
}

func (s State) clone() State {
	out := make(State, len(s))
	for block, values := range s {
		out[block] = maps.Clone(values)
	}
	return out
}

// kindOf is the element type that a state value belongs to.
func kindOf(state json.RawMessage) string {
	var typed struct {
		Type string `json:"type"`
	}
	if json.Unmarshal(state, &typed) != nil {
		return ""
	}
	return typed.Type
}

// initialState is what an element holds before anyone touches it; nil for
// elements that hold nothing, such as buttons and overflow menus.
func initialState(el inputElement) json.RawMessage {
	if el.kind == "overflow" {
		return nil
	}
	el.optional = true
	if state, complaint := judgeValue(el, el.initial); complaint == "" {
		return state
	}
	empty, _ := judgeValue(el, nil)
	return empty
}
