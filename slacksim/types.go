package slacksim

import (
	"github.com/artra/klachtbot/slacksim/faults"
	"github.com/artra/klachtbot/slacksim/manifest"
	"github.com/artra/klachtbot/slacksim/socket"
	"github.com/artra/klachtbot/slacksim/user"
	"github.com/artra/klachtbot/slacksim/webapi"
	"github.com/artra/klachtbot/slacksim/workspace"
)

// What stands in a workspace, and what a Config puts there.
type (
	Team       = workspace.Team
	Person     = workspace.Person
	Channel    = workspace.Channel
	Message    = workspace.Message
	File       = workspace.File
	FileState  = workspace.FileState
	View       = workspace.View
	State      = workspace.State
	Change     = workspace.Change
	ChangeKind = workspace.ChangeKind
	Command    = manifest.Command
	Shortcut   = manifest.Shortcut
)

// What people do, and what becomes of it.
type (
	User       = user.User
	Values     = user.Values
	Upload     = user.Upload
	Submission = user.Submission
	Answer     = user.Answer
)

// What the app calls, and what can go wrong with it.
type (
	Call   = webapi.Call
	Faults = faults.Faults
)

// The kinds of change.
const (
	ChangeMessage = workspace.ChangeMessage
	ChangeModal   = workspace.ChangeModal
	ChangeHome    = workspace.ChangeHome
	ChangePeople  = workspace.ChangePeople
	ChangeChannel = workspace.ChangeChannel
	ChangeSocket  = workspace.ChangeSocket
	ChangeMissed  = workspace.ChangeMissed
)

// What Slack says of a file that was uploaded (Sim.HoldFiles).
const (
	FileUnknown    = workspace.FileUnknown
	FileHidden     = workspace.FileHidden
	FileIncomplete = workspace.FileIncomplete
)

// BotUserID is the app's bot user, to be named in Channel.Members.
const BotUserID = workspace.BotUserID

// What a person's action, or a wait, may come to.
var (
	ErrNoAck        = socket.ErrNoAck
	ErrTrouble      = user.ErrTrouble
	ErrShowsAlready = user.ErrShowsAlready
	ErrNotThere     = workspace.ErrNotThere
	ErrClosed       = workspace.ErrClosed
)
