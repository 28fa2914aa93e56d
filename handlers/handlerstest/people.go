package handlerstest

import (
	"context"
	"errors"

	"github.com/artra/klachtbot/workflow/roster"
)

// The people of the tests' firm.
const (
	Staff    roster.PersonID = "U0STAFF"
	Officer  roster.PersonID = "U0OFFICER"
	Deputy   roster.PersonID = "U0DEPUTY"
	Director roster.PersonID = "U0DIRECTOR"
	English  roster.PersonID = "U0ENGLISH"
	Guest    roster.PersonID = "U0GUEST"
	Gone     roster.PersonID = "U0GONE"
	Stranger roster.PersonID = "U0STRANGER"
	Robot    roster.PersonID = "U0ROBOT"
	Lost     roster.PersonID = "U0LOST" // looking this one up fails
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

func People() directory {
	d := directory{}
	for _, p := range []roster.Person{
		{ID: Staff, Name: "Sanne de Boer", Standing: roster.StandingMember},
		{ID: Officer, Name: "Omar Khalil", Standing: roster.StandingMember, Phone: "06 5550 0101"},
		{ID: Deputy, Name: "Petra *Vos*", Standing: roster.StandingMember},
		{ID: Director, Name: "Dirk Jansen", Standing: roster.StandingMember},
		{ID: English, Name: "Emma Wright", Standing: roster.StandingMember},
		{ID: Guest, Name: "Gijs Gast", Standing: roster.StandingGuest},
		{ID: Gone, Name: "Wim Weg", Standing: roster.StandingDeactivated},
		{ID: Stranger, Name: "Vera Vreemd", Standing: roster.StandingStranger},
		{ID: Robot, Name: "robot", Standing: roster.StandingBot},
	} {
		d[p.ID] = p
	}
	return d
}

// LanguageOf is the language that somebody reads.
func LanguageOf(who roster.PersonID) string {
	if who == English {
		return "en"
	}
	return "nl"
}

// Outsiders are who may do nothing, with a part of what they read.
func Outsiders() map[roster.PersonID]string {
	return map[roster.PersonID]string{
		Guest: "te gast", Gone: "niet meer actief", Stranger: "onze eigen Slack", Robot: "mensenwerk",
	}
}
