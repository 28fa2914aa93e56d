package findings

import (
	"maps"
	"slices"

	"github.com/artra/klachtbot/texts"
)

// Databases begins the codes of what is wrong with a database, before the fault's
// own word.
const Databases = "database_"

// levels are all codes but those of Databases. docs/operations.md lists them; they
// never change their meaning.
var levels = map[string]Level{
	"settings": Error,

	"bot_token_ok": OK, "app_token_ok": OK, "token_refused": Error, "scopes_ok": OK, "scopes_missing": Error,
	"unreachable": Error, "clock_ok": OK, "clock_skew": Error, "clock_wrong": Error,
	"channel_ok": OK, "channel_none": Error, "channel_invisible": Error, "channel_archived": Error, "channel_public": Error,
	"channel_shared": Error, "channel_without_bot": Error, "channel_outsider": Error, "channel_untold": Error,
	"channel_refuses": Error, "officer_absent": Error,
	"directors_channel_ok": OK, "directors_channel_invisible": Error, "directors_channel_archived": Error,
	"directors_channel_public": Error, "directors_channel_shared": Error, "directors_channel_without_bot": Error,
	"directors_channel_outsider": Error, "directors_channel_untold": Error, "directors_channel_refuses": Error,
	"director_absent": Error,
	"people_ok":       OK, "person_unknown": Error, "person_guest": Error, "person_deactivated": Error,
	"person_stranger": Error, "person_bot": Error,

	"member_yes": OK, "member_no": Warning, "member_unset": Warning, "privacy_set": OK, "privacy_unset": Warning,
	"smtp_ok": OK, "smtp_connect": Error, "smtp_tls": Error, "smtp_auth": Error,

	"register_new": OK, "backup_none": Warning, "other_register": Error, "register_newer": Error, "register_ill": Error,
	"database_ok": OK, "database_plain": Warning,
	"state_ok": OK, "state_unwritable": Error,
	"key_fixed": Warning, "key_missing": Error, "key_exposed": Error, "key_malformed": Error, "key_newer": Error, "key_other": Error,

	"outbox_ok": OK, "outbox_failing": Error, "undeletables_ok": OK, "undeletables": Error,
	"erasure_list_ok": OK, "erasure_list_broken": Error, "erasure_list_torn": Error, "erasure_list_exposed": Error,
	"erasure_list_waiting": Error, "erasure_list_missing": Error, "erasure_list_forged": Error,
	"announced_ok": OK, "unannounced": Error,
}

// Levels returns every code but those of Databases, with its level.
func Levels() map[string]Level { return maps.Clone(levels) }

// Codes returns every code but those of Databases.
func Codes() []string { return slices.Sorted(maps.Keys(levels)) }

// New words a finding. A code that the list lacks is an error.
func New(say texts.Speaker, code string, args texts.Args) Finding {
	f := Finding{Code: code, Level: Error, Text: say.Say("doctor."+code, args)}
	if level, ok := levels[code]; ok {
		f.Level = level
	}
	if f.Level != OK {
		f.Fix = say.Say("doctor.fix."+code, args)
	}
	return f
}

// With adds numbers by name.
func (f Finding) With(numbers map[string]int64) Finding {
	f.Numbers = numbers
	return f
}
