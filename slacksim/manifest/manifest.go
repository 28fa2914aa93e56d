package manifest

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Manifest is the part of an app manifest that decides what the app may do.
type Manifest struct {
	Display struct {
		Name string `yaml:"name"`
	} `yaml:"display_information"`
	Features struct {
		Home struct {
			HomeTab      bool `yaml:"home_tab_enabled"`
			MessagesTab  bool `yaml:"messages_tab_enabled"`
			MessagesRead bool `yaml:"messages_tab_read_only_enabled"`
		} `yaml:"app_home"`
		Bot struct {
			DisplayName string `yaml:"display_name"`
		} `yaml:"bot_user"`
		Commands  []Command  `yaml:"slash_commands"`
		Shortcuts []Shortcut `yaml:"shortcuts"`
	} `yaml:"features"`
	OAuth struct {
		Scopes struct {
			Bot []string `yaml:"bot"`
		} `yaml:"scopes"`
	} `yaml:"oauth_config"`
	Settings struct {
		Events struct {
			Bot []string `yaml:"bot_events"`
		} `yaml:"event_subscriptions"`
		Interactivity struct {
			Enabled bool `yaml:"is_enabled"`
		} `yaml:"interactivity"`
		SocketMode bool `yaml:"socket_mode_enabled"`
	} `yaml:"settings"`
}

// Command is a slash command.
type Command struct {
	Command     string `yaml:"command"`
	Description string `yaml:"description"`
	UsageHint   string `yaml:"usage_hint"`
}

// Shortcut is a global or a message shortcut.
type Shortcut struct {
	Name        string `yaml:"name"`
	Type        string `yaml:"type"`
	CallbackID  string `yaml:"callback_id"`
	Description string `yaml:"description"`
}

// Parse reads a manifest and checks what Slack checks when the app is
// created from it, as far as the simulator depends on it.
func Parse(raw []byte) (*Manifest, error) {
	m := new(Manifest)
	if err := yaml.Unmarshal(raw, m); err != nil {
		return nil, fmt.Errorf("manifest: %w", err)
	}
	if err := errors.Join(m.checkApp(), m.checkCommands(), m.checkShortcuts(), m.checkEvents()); err != nil {
		return nil, fmt.Errorf("manifest: %w", err)
	}
	return m, nil
}

func (m *Manifest) checkApp() error {
	var errs []error
	if m.Display.Name == "" || len(m.Display.Name) > 35 {
		errs = append(errs, errors.New("display_information.name: 1 to 35 characters"))
	}
	if m.Features.Bot.DisplayName == "" && len(m.OAuth.Scopes.Bot) > 0 {
		errs = append(errs, errors.New("features.bot_user: bot scopes need a bot user"))
	}
	if !m.Settings.SocketMode {
		errs = append(errs, errors.New("settings.socket_mode_enabled: the simulator speaks Socket Mode only"))
	}
	return errors.Join(errs...)
}

func (m *Manifest) checkCommands() error {
	name := regexp.MustCompile(`^/[a-z0-9_.-]{1,31}$`)
	var errs []error
	for _, c := range m.Features.Commands {
		if !name.MatchString(c.Command) || c.Description == "" {
			errs = append(errs, fmt.Errorf("slash command %q: a lower-case name and a description", c.Command))
		}
	}
	if len(m.Features.Commands) > 0 && !m.Granted("commands") {
		errs = append(errs, errors.New("slash commands need the scope commands"))
	}
	return errors.Join(errs...)
}

func (m *Manifest) checkShortcuts() error {
	var errs []error
	for _, c := range m.Features.Shortcuts {
		if c.Type != "global" && c.Type != "message" {
			errs = append(errs, fmt.Errorf("shortcut %q: type is global or message", c.CallbackID))
		}
		if n := len([]rune(c.Name)); n == 0 || n > 24 || c.CallbackID == "" || c.Description == "" {
			errs = append(errs, fmt.Errorf("shortcut %q: name of 1 to 24 characters, callback_id and description", c.CallbackID))
		}
	}
	if len(m.Features.Shortcuts) > 0 && !m.Granted("commands") {
		errs = append(errs, errors.New("shortcuts need the scope commands"))
	}
	return errors.Join(errs...)
}

// eventScopes are the scopes that let an app have an event: any one will do. An
// event that needs none has an empty list; one that is not listed is unknown here.
func eventScopes() map[string][]string {
	conversations := []string{"channels:read", "groups:read"}
	return map[string][]string{
		"app_home_opened":       nil,
		"user_change":           {"users:read"},
		"team_join":             {"users:read"},
		"member_joined_channel": conversations,
		"member_left_channel":   conversations,
		"channel_shared":        {"channels:read", "groups:read", "mpim:read", "im:read"},
		"channel_archive":       {"channels:read"},
		"group_archive":         {"groups:read"},
	}
}

// Events are the names of the events that an app can subscribe to here.
func Events() []string { return slices.Sorted(maps.Keys(eventScopes())) }

func (m *Manifest) checkEvents() error {
	known := eventScopes()
	var errs []error
	for _, event := range m.Settings.Events.Bot {
		scopes, ok := known[event]
		switch {
		case !ok:
			errs = append(errs, fmt.Errorf("event %q is not simulated", event))
		case len(scopes) > 0 && !slices.ContainsFunc(scopes, m.Granted):
			errs = append(errs, fmt.Errorf("event %q needs one of %s", event, strings.Join(scopes, ", ")))
		}
	}
	return errors.Join(errs...)
}

// Commands are the slash commands, as a copy.
func (m *Manifest) Commands() []Command { return slices.Clone(m.Features.Commands) }

// Shortcuts are the shortcuts, as a copy.
func (m *Manifest) Shortcuts() []Shortcut { return slices.Clone(m.Features.Shortcuts) }

// PeopleMayWrite reports whether people can write to the bot.
func (m *Manifest) PeopleMayWrite() bool {
	return m.Features.Home.MessagesTab && !m.Features.Home.MessagesRead
}

// Granted reports whether the app has a scope.
func (m *Manifest) Granted(scope string) bool {
	return slices.Contains(m.OAuth.Scopes.Bot, scope)
}

// Subscribed reports whether the app hears of an event.
func (m *Manifest) Subscribed(event string) bool {
	return slices.Contains(m.Settings.Events.Bot, event)
}

// HasCommand reports whether a slash command is the app's.
func (m *Manifest) HasCommand(command string) bool {
	for _, c := range m.Features.Commands {
		if c.Command == command {
			return true
		}
	}
	return false
}

// HasShortcut reports whether a shortcut of a kind, "global" or "message", is the
// app's.
func (m *Manifest) HasShortcut(kind, callbackID string) bool {
	for _, c := range m.Features.Shortcuts {
		if c.Type == kind && c.CallbackID == callbackID {
			return true
		}
	}
	return false
}
