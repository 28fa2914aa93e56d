package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/artra/klachtbot"
)

// manifest prints the Slack app's manifest.
type manifest struct{}

func (manifest) Run(s streams) error {
	_, err := s.out.Write(klachtbot.Manifest)
	return err
}

// version prints the version, commit and date that the Go toolchain stamped into
// the program.
type version struct{}

func (version) Run(s streams) error {
	_, err := fmt.Fprintln(s.out, "klachtbot", built())
	return err
}

// built says which program this is: its version, and beside that the commit and
// the commit's date, as far as the toolchain knew them, and whether the source was
// changed since.
func built() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "(unknown)"
	}
	said := []string{info.Main.Version}
	of := map[string]string{}
	for _, s := range info.Settings {
		of[s.Key] = s.Value
	}
	if commit := of["vcs.revision"]; commit != "" {
		said = append(said, "commit "+commit, of["vcs.time"])
	}
	if of["vcs.modified"] == "true" {
		said = append(said, "changed since")
	}
	return strings.Join(append(said, info.GoVersion, runtime.GOOS+"/"+runtime.GOARCH), ", ")
}
