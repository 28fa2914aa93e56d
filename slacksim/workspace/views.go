package workspace

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/artra/klachtbot/slacksim/blockkit"
	"github.com/artra/klachtbot/slacksim/expiring"
	"github.com/artra/klachtbot/slacksim/wire"
)

// maxViews is how many modals fit on a person's stack.
const maxViews = 3

// OpenView is a modal or Home tab on one person's screen.
type OpenView struct {
	ID, root, previous string
	Person             string
	Hash               string
	Def                ViewDef
	Blocks             json.RawMessage // with the ids that Slack fills in
	State              State
}

// ViewDef is a view as the app sends it.
type ViewDef struct {
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

// Views are the modals and Home tabs that are open.
type Views struct {
	*Core
	byID     map[string]*OpenView
	stacks   map[string][]*OpenView // person id → modals, the one on top last
	homes    map[string]*OpenView   // person id → Home tab
	triggers expiring.Map[*Trigger]
}

func newViews(c *Core) *Views {
	return &Views{Core: c, byID: map[string]*OpenView{}, stacks: map[string][]*OpenView{},
		homes: map[string]*OpenView{}, triggers: expiring.New[*Trigger]()}
}

// Get finds an open view; nil when there is none.
func (vs *Views) Get(id string) *OpenView { return vs.byID[id] }

// Home is a person's Home tab; nil before it is published.
func (vs *Views) Home(person string) *OpenView { return vs.homes[person] }

// Stack are a person's modals, the one on top last; not to be changed.
func (vs *Views) Stack(person string) []*OpenView { return vs.stacks[person] }

// Full reports whether a person's stack takes no other modal.
func (vs *Views) Full(person string) bool { return len(vs.stacks[person]) >= maxViews }

// External finds a view by the id that the app gave it; nil when there is none.
func (vs *Views) External(id string) *OpenView {
	for _, v := range vs.byID {
		if v.Def.ExternalID == id {
			return v
		}
	}
	return nil
}

// Parse reads a view and refuses what Slack refuses. replacing is the view it
// comes in place of, nil for a new one.
func (vs *Views) Parse(raw json.RawMessage, surface string, replacing *OpenView) (ViewDef, wire.Reply) {
	var def ViewDef
	if r := blockkit.JudgeView(raw, surface); r != nil {
		return def, wire.Refused(r)
	}
	if err := json.Unmarshal(raw, &def); err != nil {
		return def, wire.Refuse("invalid_arguments", "[ERROR] "+err.Error())
	}
	if bad := vs.CheckKinds(def.Blocks); bad != nil {
		return def, bad
	}
	for _, v := range vs.byID {
		if def.ExternalID != "" && v.Def.ExternalID == def.ExternalID && v != replacing {
			return def, wire.Refuse("duplicate_external_id")
		}
	}
	for _, el := range blockkit.Elements(def.Blocks) {
		if el.Kind == "file_input" && !vs.App.Granted("files:read") {
			return def, vs.MissingScope("files:read")
		}
	}
	return def, nil
}

// Open puts a new modal on a person's screen: on top of the stack when the
// trigger came from a stack that is still open, else as a stack of its own.
func (vs *Views) Open(t *Trigger, def ViewDef) (*OpenView, wire.Reply) {
	if !vs.InStack(t) {
		vs.Clear(t.person)
	}
	if vs.Full(t.person) {
		return nil, wire.Refuse("push_limit_reached")
	}
	t.used = true
	return vs.Push(t.person, def), nil
}

// InStack reports whether a trigger came from the modals that are open now.
func (vs *Views) InStack(t *Trigger) bool {
	stack := vs.stacks[t.person]
	return t.View != nil && len(stack) > 0 && stack[0].ID == t.View.root
}

// Push adds a modal to a person's stack, which has room for it.
func (vs *Views) Push(person string, def ViewDef) *OpenView {
	v := &OpenView{ID: vs.id("V"), Person: person}
	v.root = v.ID
	if stack := vs.stacks[person]; len(stack) > 0 {
		v.root, v.previous = stack[0].ID, stack[len(stack)-1].ID
	}
	vs.stacks[person] = append(vs.stacks[person], v)
	vs.byID[v.ID] = v
	vs.Show(v, def)
	return v
}

// Show gives a view its content. Inputs that keep block id, action id and type
// keep what was typed; a new default does not replace it.
func (vs *Views) Show(v *OpenView, def ViewDef) {
	v.Def, v.Blocks, v.Hash = def, vs.FillIDs(def.Blocks), vs.hash()
	state := State{}
	for _, el := range blockkit.Elements(v.Blocks) {
		if typed, ok := v.State[el.BlockID][el.ActionID]; ok && kindOf(typed) == el.Kind {
			state.Set(el, typed)
		} else if initial := InitialState(el); initial != nil {
			state.Set(el, initial)
		}
	}
	v.State = state
	vs.Notify(v.ChangeKind(), v.Person, "")
}

// Publish shows a Home tab, which keeps its id for good.
func (vs *Views) Publish(person string, def ViewDef) *OpenView {
	v := vs.homes[person]
	if v == nil {
		v = &OpenView{ID: vs.id("V"), Person: person}
		v.root = v.ID
		vs.homes[person], vs.byID[v.ID] = v, v
	}
	vs.Show(v, def)
	return v
}

// Pop closes the modal on top of a person's stack.
func (vs *Views) Pop(person string) {
	stack := vs.stacks[person]
	delete(vs.byID, stack[len(stack)-1].ID)
	vs.stacks[person] = stack[:len(stack)-1]
	vs.Notify(ChangeModal, person, "")
}

// Clear closes a person's modals.
func (vs *Views) Clear(person string) {
	if len(vs.stacks[person]) == 0 {
		return
	}
	for _, v := range vs.stacks[person] {
		delete(vs.byID, v.ID)
	}
	delete(vs.stacks, person)
	vs.Notify(ChangeModal, person, "")
}

// Remove takes one modal off its stack, wherever it is.
func (vs *Views) Remove(v *OpenView) {
	vs.stacks[v.Person] = slices.DeleteFunc(vs.stacks[v.Person], func(o *OpenView) bool { return o == v })
	delete(vs.byID, v.ID)
	vs.Notify(ChangeModal, v.Person, "")
}

// Top is the modal that a person sees.
func (vs *Views) Top(person string) *OpenView {
	if stack := vs.stacks[person]; len(stack) > 0 {
		return stack[len(stack)-1]
	}
	return nil
}

// Wire is a view as the Web API and payloads show it.
func (vs *Views) Wire(v *OpenView) map[string]any {
	out := map[string]any{
		"id": v.ID, "team_id": vs.Team.ID, "type": v.Def.Type, "blocks": v.Blocks,
		"private_metadata": v.Def.PrivateMetadata, "callback_id": v.Def.CallbackID, "external_id": v.Def.ExternalID,
		"state": map[string]any{"values": v.State.clone()}, "hash": v.Hash,
		"title": wire.Nullable(v.Def.Title), "submit": wire.Nullable(v.Def.Submit), "close": wire.Nullable(v.Def.Close),
		"clear_on_close": v.Def.ClearOnClose, "notify_on_close": v.Def.NotifyOnClose,
		"root_view_id": v.root, "previous_view_id": nil,
		"app_id": AppID, "app_installed_team_id": vs.Team.ID, "bot_id": BotID,
	}
	if v.previous != "" {
		out["previous_view_id"] = v.previous
	}
	return out
}

// Copies are copies of the views that are there.
func (vs *Views) Copies(list ...*OpenView) []View {
	var out []View
	for _, v := range list {
		if v != nil {
			out = append(out, vs.CopyOf(v))
		}
	}
	return out
}

// CopyOf is a view as the outside may keep it.
func (vs *Views) CopyOf(v *OpenView) View {
	return View{
		ID: v.ID, RootID: v.root, PreviousID: v.previous, ExternalID: v.Def.ExternalID,
		CallbackID: v.Def.CallbackID, Type: v.Def.Type, Hash: v.Hash, PrivateMetadata: v.Def.PrivateMetadata,
		Person: v.Person, Raw: wire.JSON(vs.Wire(v)), State: v.State.clone(),
	}
}

// triggerLife is how long a trigger id can be exchanged for a modal, and
// triggerMemory how long it is remembered whether it was.
const (
	triggerLife   = 3 * time.Second
	triggerMemory = 5 * time.Minute
)

// Trigger is what a gesture gives the app: the right to open one modal for that
// person, once, soon.
type Trigger struct {
	person string
	at     time.Time
	used   bool
	View   *OpenView // the modal that the gesture was made in
}

// NewTrigger mints the trigger of a gesture: in is the modal that it was made in, nil
// outside a modal.
func (vs *Views) NewTrigger(person string, in *OpenView) string {
	id := triggerID(vs.nextSerial())
	vs.triggers.Add(id, &Trigger{person: person, at: vs.Now(), View: in}, vs.Now(), triggerMemory)
	return id
}

func triggerID(serial int64) string {
	return fmt.Sprintf("%d.%d.%032x", firstTrigger+serial, 2_000_000, serial)
}

const firstTrigger = 1_000_000

// forgotten reports whether an id was a trigger's once, in an earlier life perhaps.
func (vs *Views) forgotten(id string) bool {
	number, _, _ := strings.Cut(id, ".")
	n, err := strconv.ParseInt(number, 10, 64)
	return err == nil && n > firstTrigger && n <= firstTrigger+vs.serial && id == triggerID(n-firstTrigger)
}

// Trigger finds a trigger by its id without exchanging it.
func (vs *Views) Trigger(id string) (*Trigger, wire.Reply) {
	t, _ := vs.triggers.Get(id)
	switch {
	case t == nil && vs.forgotten(id):
		return nil, wire.Refuse("expired_trigger_id")
	case t == nil:
		return nil, wire.Refuse("invalid_trigger_id")
	case t.used:
		return nil, wire.Refuse("exchanged_trigger_id")
	case vs.Now().Sub(t.at) > triggerLife:
		return nil, wire.Refuse("expired_trigger_id")
	}
	return t, nil
}
