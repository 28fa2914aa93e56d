package handlers

import (
	"context"
	"errors"

	"github.com/artra/klachtbot/workflow/roster"
)

// The people of the tests' firm.
const (
	staff    roster.PersonID = "U0STAFF"
	officer  roster.PersonID = "U0OFFICER"
	deputy   roster.PersonID = "U0DEPUTY"
	director roster.PersonID = "U0DIRECTOR"
	english  roster.PersonID = "U0ENGLISH"
	guest    roster.PersonID = "U0GUEST"
	gone     roster.PersonID = "U0GONE"
	stranger roster.PersonID = "U0STRANGER"
	robot    roster.PersonID = "U0ROBOT"
	lost     roster.PersonID = "U0LOST" // looking this one up fails
)

// directory is People on a map: the cache without Slack behind it.
type directory map[roster.PersonID]roster.Person

func (d directory) Person(_ context.Context, who roster.PersonID) (roster.Person, error) {
	p, ok := d[who]
	if !ok {
		return roster.Person{}, errors.New("users.info: internal_error")
	}
	return p, nil
}

func people() directory {
	d := directory{}
	for _, p := range []roster.Person{
		{ID: staff, Name: "Sanne de Boer", Language: "nl", Standing: roster.StandingMember},
		{ID: officer, Name: "Omar Khalil", Language: "nl", Standing: roster.StandingMember},
		{ID: deputy, Name: "Petra *Vos*", Language: "nl", Standing: roster.StandingMember},
		{ID: director, Name: "Dirk Jansen", Language: "nl", Standing: roster.StandingMember},
		{ID: english, Name: "Emma Wright", Language: "en", Standing: roster.StandingMember},
		{ID: guest, Name: "Gijs Gast", Language: "nl", Standing: roster.StandingGuest},
		{ID: gone, Name: "Wim Weg", Language: "nl", Standing: roster.StandingDeactivated},
		{ID: stranger, Name: "Vera Vreemd", Language: "en", Standing: roster.StandingStranger},
		{ID: robot, Name: "robot", Language: "nl", Standing: roster.StandingBot},
	} {
		d[p.ID] = p
	}
	return d
}
