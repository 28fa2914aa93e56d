package roster

// PersonID is a Slack user id. The empty PersonID is the clock.
type PersonID string

// Clock is the actor of everything that happens because time passed.
const Clock PersonID = ""

// Standing is how Slack knows a person.
type Standing string

// The standings; only a member may do anything.
const (
	StandingMember      Standing = "member"
	StandingGuest       Standing = "guest"
	StandingDeactivated Standing = "deactivated"
	StandingStranger    Standing = "stranger" // of another workspace
	StandingBot         Standing = "bot"
)

// Person is what the bot knows of somebody in the workspace.
type Person struct {
	ID       PersonID
	Name     string // as people know them; shown without a mention
	Standing Standing
	Phone    string // as it stands in their profile; "" for none
}
