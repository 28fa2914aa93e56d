package slacksim

import (
	"encoding/json"
	"slices"
)

// maxViews is how many modals fit on a person's stack.
const maxViews = 3

// openView is a modal or Home tab on one person's screen.
type openView struct {
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

// views are the modals and Home tabs that are open.
type views struct {
	*core
	byID     map[string]*openView
	stacks   map[string][]*openView // person id → modals, the one on top last
	homes    map[string]*openView   // person id → Home tab
	triggers expiringMap[*trigger]
}

func newViews(c *core) *views {
	return &views{core: c, byID: map[string]*openView{}, stacks: map[string][]*openView{},
		homes: map[string]*openView{}, triggers: newExpiringMap[*trigger]()}
}

// get finds an open view; nil when there is none.
func (vs *views) get(id string) *openView { return vs.byID[id] }

// home is a person's Home tab; nil before it is published.
func (vs *views) home(person string) *openView { return vs.homes[person] }

// stack are a person's modals, the one on top last; not to be changed.
func (vs *views) stack(person string) []*openView { return vs.stacks[person] }

// full tells whether a person's stack takes no other modal.
func (vs *views) full(person string) bool { return len(vs.stacks[person]) >= maxViews }

// external finds a view by the id that the app gave it; nil when there is none.
func (vs *views) external(id string) *openView {
	for _, v := range vs.byID {
		if v.def.ExternalID == id {
			return v
		}
	}
	return nil
}

// parse reads a view and refuses what Slack refuses. replacing is the view it
// comes in place of, nil for a new one.
func (vs *views) parse(raw json.RawMessage, surface string, replacing *openView) (viewDef, reply) {
	var def viewDef
	if r := judgeView(raw, surface); r != nil {
		return def, refused(r)
	}
	if err := json.Unmarshal(raw, &def); err != nil {
		return def, refuse("invalid_arguments", "[ERROR] "+err.Error())
	}
	if bad := vs.checkKinds(def.Blocks); bad != nil {
		return def, bad
	}
	for _, v := range vs.byID {
		if def.ExternalID != "" && v.def.ExternalID == def.ExternalID && v != replacing {
			return def, refuse("duplicate_external_id")
		}
	}
	for _, el := range interactiveElements(def.Blocks) {
		if el.kind == "file_input" && !vs.app.granted("files:read") {
			return def, vs.missingScope("files:read")
		}
	}
	return def, nil
}

// open puts a new modal on a person's screen: on top of the stack when the
// trigger came from a stack that is still open, else as a stack of its own.
func (vs *views) open(t *trigger, def viewDef) (*openView, reply) {
	if !vs.inStack(t) {
		vs.clear(t.person)
	}
	if vs.full(t.person) {
		return nil, refuse("push_limit_reached")
	}
	t.used = true
	return vs.push(t.person, def), nil
}

// inStack tells whether a trigger came from the modals that are open now.
func (vs *views) inStack(t *trigger) bool {
	stack := vs.stacks[t.person]
	return t.view != nil && len(stack) > 0 && stack[0].id == t.view.root
}

// push adds a modal to a person's stack, which has room for it.
func (vs *views) push(person string, def viewDef) *openView {
	v := &openView{id: vs.id("V"), person: person}
	v.root = v.id
	if stack := vs.stacks[person]; len(stack) > 0 {
		v.root, v.previous = stack[0].id, stack[len(stack)-1].id
	}
	vs.stacks[person] = append(vs.stacks[person], v)
	vs.byID[v.id] = v
	vs.show(v, def)
	return v
}

// show gives a view its content. Inputs that keep block id, action id and type
// keep what was typed; a new default does not replace it.
func (vs *views) show(v *openView, def viewDef) {
	v.def, v.blocks, v.hash = def, vs.fillIDs(def.Blocks), vs.hash()
	state := State{}
	for _, el := range interactiveElements(v.blocks) {
		if kept, ok := v.state[el.blockID][el.actionID]; ok && kindOf(kept) == el.kind {
			state.set(el, kept)
		} else if initial := initialState(el); initial != nil {
			state.set(el, initial)
		}
	}
	v.state = state
	vs.notify(v.changeKind(), v.person, "")
}

// publish shows a Home tab, which keeps its id for good.
func (vs *views) publish(person string, def viewDef) *openView {
	v := vs.homes[person]
	if v == nil {
		v = &openView{id: vs.id("V"), person: person}
		v.root = v.id
		vs.homes[person], vs.byID[v.id] = v, v
	}
	vs.show(v, def)
	return v
}

// pop closes the modal on top of a person's stack.
func (vs *views) pop(person string) {
	stack := vs.stacks[person]
	delete(vs.byID, stack[len(stack)-1].id)
	vs.stacks[person] = stack[:len(stack)-1]
	vs.notify(ChangeModal, person, "")
}

// clear closes a person's modals.
func (vs *views) clear(person string) {
	if len(vs.stacks[person]) == 0 {
		return
	}
	for _, v := range vs.stacks[person] {
		delete(vs.byID, v.id)
	}
	delete(vs.stacks, person)
	vs.notify(ChangeModal, person, "")
}

// remove takes one modal off its stack, wherever it is.
func (vs *views) remove(v *openView) {
	vs.stacks[v.person] = slices.DeleteFunc(vs.stacks[v.person], func(o *openView) bool { return o == v })
	delete(vs.byID, v.id)
	vs.notify(ChangeModal, v.person, "")
}

// top is the modal that a person sees.
func (vs *views) top(person string) *openView {
	if stack := vs.stacks[person]; len(stack) > 0 {
		return stack[len(stack)-1]
	}
	return nil
}

// wire is a view as the Web API and payloads show it.
func (vs *views) wire(v *openView) map[string]any {
	out := map[string]any{
		"id": v.id, "team_id": vs.team.ID, "type": v.def.Type, "blocks": v.blocks,
		"private_metadata": v.def.PrivateMetadata, "callback_id": v.def.CallbackID, "external_id": v.def.ExternalID,
		"state": map[string]any{"values": v.state.clone()}, "hash": v.hash,
		"title": nullable(v.def.Title), "submit": nullable(v.def.Submit), "close": nullable(v.def.Close),
		"clear_on_close": v.def.ClearOnClose, "notify_on_close": v.def.NotifyOnClose,
		"root_view_id": v.root, "previous_view_id": nil,
		"app_id": appID, "app_installed_team_id": vs.team.ID, "bot_id": botID,
	}
	if v.previous != "" {
		out["previous_view_id"] = v.previous
	}
	return out
}

// copies are copies of the views that are there.
func (vs *views) copies(list ...*openView) []View {
	var out []View
	for _, v := range list {
		if v != nil {
			out = append(out, vs.copyOf(v))
		}
	}
	return out
}

// copyOf is a view as the outside may keep it.
func (vs *views) copyOf(v *openView) View {
	return View{
		ID: v.id, RootID: v.root, PreviousID: v.previous, ExternalID: v.def.ExternalID,
		CallbackID: v.def.CallbackID, Type: v.def.Type, Hash: v.hash, PrivateMetadata: v.def.PrivateMetadata,
		Person: v.person, Raw: mustJSON(vs.wire(v)), State: v.state.clone(),
	}
}
