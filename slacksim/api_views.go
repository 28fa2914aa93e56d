package slacksim

// viewArgs reads the view and the trigger of views.open and views.push.
func (c *call) viewArgs() (*trigger, viewDef, reply) {
	switch {
	case c.text("trigger_id") == "":
		return nil, viewDef{}, missingArg("trigger_id")
	case c.raw("view") == nil:
		return nil, viewDef{}, missingArg("view")
	}
	def, bad := c.w.views.parse(c.raw("view"), "modal", nil)
	if bad != nil {
		return nil, def, bad
	}
	t, bad := c.w.views.trigger(c.text("trigger_id"))
	return t, def, bad
}

func (c *call) viewsOpen() reply {
	t, def, bad := c.viewArgs()
	if bad != nil {
		return bad
	}
	v, bad := c.w.views.open(t, def)
	if bad != nil {
		return bad
	}
	return reply{"view": c.w.views.wire(v)}
}

// viewsPush needs a trigger from a modal that is still on the screen.
func (c *call) viewsPush() reply {
	t, def, bad := c.viewArgs()
	switch {
	case bad != nil:
		return bad
	case t.view == nil:
		return refuse("invalid_trigger_id")
	case !c.w.views.inStack(t):
		return refuse("not_found")
	}
	v, bad := c.w.views.open(t, def)
	if bad != nil {
		return bad
	}
	return reply{"view": c.w.views.wire(v)}
}

func (c *call) viewsUpdate() reply {
	v, bad := c.findView()
	switch {
	case bad != nil:
		return bad
	case c.raw("view") == nil:
		return missingArg("view")
	case v == nil:
		return refuse("not_found")
	case c.text("hash") != "" && c.text("hash") != v.hash:
		return refuse("hash_conflict")
	}
	def, bad := c.w.views.parse(c.raw("view"), v.def.Type, v)
	if bad != nil {
		return bad
	}
	c.w.views.show(v, def)
	return reply{"view": c.w.views.wire(v)}
}

// findView takes view_id or external_id, and not both.
func (c *call) findView() (*openView, reply) {
	id, external := c.text("view_id"), c.text("external_id")
	switch {
	case id == "" && external == "":
		return nil, missingArg("view_id")
	case id != "" && external != "":
		return nil, refuse("invalid_arguments", "[ERROR] only one of view_id and external_id")
	case id != "":
		return c.w.views.get(id), nil
	}
	return c.w.views.external(external), nil
}

func (c *call) viewsPublish() reply {
	person := c.w.people.get(c.text("user_id"))
	switch {
	case c.text("user_id") == "":
		return missingArg("user_id")
	case c.raw("view") == nil:
		return missingArg("view")
	case !c.w.app.Features.Home.HomeTab:
		return refuse("not_enabled")
	case person == nil || person.Bot:
		return refuse("invalid_arguments", "[ERROR] invalid user_id")
	}
	home := c.w.views.home(person.ID)
	if hash := c.text("hash"); hash != "" && (home == nil || hash != home.hash) {
		return refuse("hash_conflict")
	}
	def, bad := c.w.views.parse(c.raw("view"), "home", home)
	if bad != nil {
		return bad
	}
	return reply{"view": c.w.views.wire(c.w.views.publish(person.ID, def))}
}
