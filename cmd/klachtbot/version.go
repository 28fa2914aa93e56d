package main

import (
	"fmt"
	"runtime/debug"
)

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
