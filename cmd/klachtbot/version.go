package main

import (
	"fmt"
	"runtime/debug"

	"github.com/artra/klachtbot"
)

// manifest prints the Slack app's manifest.
type manifest struct{}

func (manifest) Run(s streams) error {
	_, err := s.out.Write(klachtbot.Manifest)
	return err
}

// version prints the version that the Go toolchain stamped into the program.
type version struct{}

func (version) Run(s streams) error {
	v := "(unknown)"
	if info, ok := debug.ReadBuildInfo(); ok {
		v = info.Main.Version
	}
	_, err := fmt.Fprintln(s.out, "klachtbot", v)
	return err
}
