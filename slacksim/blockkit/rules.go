package blockkit

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"unicode/utf16"
)

// rule looks at one decoded JSON value and refuses what Slack refuses.
type rule func(j *judge, v any)

// member is one key of an object.
type member struct {
	key      string
	required bool
	rule     rule
}

func needs(key string, r rule) member { return member{key: key, required: true, rule: r} }
func may(key string, r rule) member   { return member{key: key, rule: r} }

// objectOf is an object with these members and no others; more, which see all of
// them at once, run only when the value is an object.
func objectOf(members []member, more ...rule) rule {
	return openObject(members, slices.Concat([]rule{onlyKeys(members)}, more)...)
}

// typedObject is objectOf for one of several kinds, which their type tells apart.
func typedObject(members []member, more ...rule) rule {
	return objectOf(with(members, may("type", anything)), more...)
}

// openObject is objectOf for what may hold other keys as well.
func openObject(members []member, more ...rule) rule {
	return func(j *judge, v any) {
		object, ok := v.(map[string]any)
		if !ok {
			j.refuse("must provide an object")
			return
		}
		for _, m := range members {
			m.judge(j, object)
		}
		for _, r := range more {
			r(j, v)
		}
	}
}

// onlyKeys refuses the keys that no member names, in alphabetical order. A null
// counts as absent.
func onlyKeys(members []member) rule {
	known := map[string]bool{}
	for _, m := range members {
		known[m.key] = true
	}
	return func(j *judge, v any) {
		object, _ := v.(map[string]any)
		for _, key := range slices.Sorted(maps.Keys(object)) {
			if !known[key] && object[key] != nil {
				j.refuse("invalid additional property: " + key)
			}
		}
	}
}

// anything is for keys that are not looked into: those that Slack's reference does
// not name but that client libraries send, so that Slack may take them.
func anything(*judge, any) {}

func (m member) judge(j *judge, object map[string]any) {
	v := object[m.key] // null counts as absent
	switch {
	case v == nil && m.required:
		j.refuse("missing required field: " + m.key)
	case v == nil:
	default:
		j.enter(m.key)
		m.rule(j, v)
		j.leave()
	}
}

// with is members plus more, for kinds that share most of theirs.
func with(members []member, more ...member) []member {
	return slices.Concat(members, more)
}

// listOf is an array of least to most items.
func listOf(least, most int, item rule) rule {
	return func(j *judge, v any) {
		items, ok := v.([]any)
		if !ok {
			j.refuse("must provide an array")
			return
		}
		if len(items) < least {
			j.refusef("no less than %d items allowed", least)
		}
		if len(items) > most {
			j.refusef("no more than %d items allowed", most)
		}
		for i, one := range items {
			j.enterItem(i)
			item(j, one)
			j.leave()
		}
	}
}

// stringOf is a string of least to most characters, see length.
func stringOf(least, most int) rule {
	return func(j *judge, v any) {
		s, ok := v.(string)
		if !ok {
			j.refuse("must provide a string")
			return
		}
		if n := Length(s); n < least {
			j.refusef("must be more than %d characters", least-1)
		} else if n > most {
			j.refusef("must be less than %d characters", most+1)
		}
	}
}

// stringThat is a string of 1 to most characters that ok accepts.
func stringThat(most int, ok func(string) bool, say string) rule {
	sized := stringOf(1, most)
	return func(j *judge, v any) {
		before := len(j.faults)
		sized(j, v)
		if s, _ := v.(string); len(j.faults) == before && !ok(s) {
			j.refuse(say)
		}
	}
}

// wordOf is one of a few words.
func wordOf(words ...string) rule {
	return func(j *judge, v any) {
		if s, ok := v.(string); !ok || !slices.Contains(words, s) {
			j.refuse("must be a valid enum value")
		}
	}
}

// intOf is a whole number from least to most.
func intOf(least, most int64) rule {
	return func(j *judge, v any) {
		n, ok := v.(float64)
		switch {
		case !ok || n != math.Trunc(n):
			j.refuse("must be an integer")
		case n < float64(least):
			j.refusef("must be greater than %d", least-1)
		case n > float64(most):
			j.refusef("must be less than %d", most+1)
		}
	}
}

// numberThat is a number that ok accepts.
func numberThat(ok func(float64) bool, say string) rule {
	return func(j *judge, v any) {
		if n, is := v.(float64); !is {
			j.refuse("must provide a number")
		} else if !ok(n) {
			j.refuse(say)
		}
	}
}

// flag is a boolean.
func flag(j *judge, v any) {
	if _, ok := v.(bool); !ok {
		j.refuse("must be a boolean")
	}
}

// kind is one block or element: where it may stand and what it looks like.
type kind struct {
	on   surface
	in   place
	rule rule
}

// oneOfKinds is an object whose type names a kind that may stand here.
func oneOfKinds(table map[string]kind, in place) rule {
	return func(j *judge, v any) {
		object, ok := v.(map[string]any)
		if !ok {
			j.refuse("must provide an object")
			return
		}
		name, ok := object["type"].(string)
		if !ok {
			j.refuse("missing required field: type")
			return
		}
		k, known := table[name]
		if !known || k.in&in == 0 || k.on&j.surface == 0 {
			j.refuseAt("type", "unsupported type: "+name)
			return
		}
		k.rule(j, v)
	}
}

// exactlyOne asks for one of two keys, not both.
func exactlyOne(a, b string) rule {
	return func(j *judge, v any) {
		object, _ := v.(map[string]any)
		switch hasA, hasB := object[a] != nil, object[b] != nil; {
		case hasA && hasB:
			j.refusef("cannot provide both `%s` and `%s`", a, b)
		case !hasA && !hasB:
			j.refuse("missing required field: " + a)
		}
	}
}

// anyOf asks for at least one of the keys.
func anyOf(keys ...string) rule {
	return func(j *judge, v any) {
		object, _ := v.(map[string]any)
		for _, key := range keys {
			if object[key] != nil {
				return
			}
		}
		j.refuse("missing required field: " + keys[0])
	}
}

// Length counts characters as JavaScript does, in UTF-16 code units. Slack
// does not say whether it counts those or code points; this is the stricter
// of the two: an emoji is two.
func Length(s string) int {
	n := 0
	for _, r := range s {
		n += max(1, utf16.RuneLen(r))
	}
	return n
}

// unique writes down an id and refuses one that was there before.
func unique(j *judge, seen map[string]bool, key, id string) {
	if id == "" {
		return
	}
	if seen[id] {
		j.refuseAt(key, fmt.Sprintf("`%s` %q already exists", key, id))
	}
	seen[id] = true
}
