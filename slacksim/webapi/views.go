package webapi

import (
	"github.com/artra/klachtbot/slacksim/wire"
	"github.com/artra/klachtbot/slacksim/workspace"
)

// viewArgs reads the view and the trigger of views.open and views.push.
func (c *call) viewArgs() (*workspace.Trigger, workspace.ViewDef, wire.Reply) {
	switch {
	case c.text("trigger_id") == "":
		return nil, workspace.ViewDef{}, wire.MissingArg("trigger_id")
	case c.raw("view") == nil:
		return nil, workspace.ViewDef{}, wire.MissingArg("view")
	}
	def, bad := c.w.Views.Parse(c.raw("view"), "modal", nil)
	if bad != nil {
		return nil, def, bad
	}
	t, bad := c.w.Views.Trigger(c.text("trigger_id"))
	return t, def, bad
}

func (c *call) viewsOpen() wire.Reply {
	t, def, bad := c.viewArgs()
	if bad != nil {
		return bad
	}
	v, bad := c.w.Views.Open(t, def)
	if bad != nil {
		return bad
	}
	return wire.Reply{"view": c.w.Views.Wire(v)}
}

// viewsPush needs a trigger from a modal that is still on the screen.
func (c *call) viewsPush() wire.Reply {
	t, def, bad := c.viewArgs()
	switch {
	case bad != nil:
		return bad
	case t.View == nil:
		return wire.Refuse("invalid_trigger_id")
	case !c.w.Views.InStack(t):
		return wire.Refuse("not_found")
	}
	v, bad := c.w.Views.Open(t, def)
	if bad != nil {
		return bad
	}
	return wire.Reply{"view": c.w.Views.Wire(v)}
}

func (c *call) viewsUpdate() wire.Reply {
	v, bad := c.findView()
	switch {
	case bad != nil:
		return bad
	case c.raw("view") == nil:
		return wire.MissingArg("view")
	case v == nil:
		return wire.Refuse("not_found")
	case c.text("hash") != "" && c.text("hash") != v.Hash:
		return wire.Refuse("hash_conflict")
	}
	def, bad := c.w.Views.Parse(c.raw("view"), v.Def.Type, v)
	if bad != nil {
		return bad
	}
	c.w.Views.Show(v, def)
	return wire.Reply{"view": c.w.Views.Wire(v)}
}

// findView takes view_id or external_id, and not both.
func (c *call) findView() (*workspace.OpenView, wire.Reply) {
	id, external := c.text("view_id"), c.text("external_id")
	switch {
	case id == "" && external == "":
		return nil, wire.MissingArg("view_id")
	case id != "" && external != "":
		return nil, wire.Refuse("invalid_arguments", "[ERROR] only one of view_id and external_id")
	case id != "":
		return c.w.Views.Get(id), nil
	}
	return c.w.Views.External(external), nil
}

func (c *call) viewsPublish() wire.Reply {
	person := c.w.People.Get(c.text("user_id"))
	switch {
	case c.text("user_id") == "":
		return wire.MissingArg("user_id")
	case c.raw("view") == nil:
		return wire.MissingArg("view")
	case !c.w.App.Features.Home.HomeTab:
		return wire.Refuse("not_enabled")
	case person == nil || person.Bot:
		return wire.Refuse("invalid_arguments", "[ERROR] invalid user_id")
	}
	home := c.w.Views.Home(person.ID)
	if hash := c.text("hash"); hash != "" && (home == nil || hash != home.Hash) {
		return wire.Refuse("hash_conflict")
	}
	def, bad := c.w.Views.Parse(c.raw("view"), "home", home)
	if bad != nil {
		return bad
	}
	return wire.Reply{"view": c.w.Views.Wire(c.w.Views.Publish(person.ID, def))}
}
