// Package findings is what doctor says of an installation: a line a finding for
// whoever reads it, or one JSON document for a program that watches.
package findings

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// Level is how bad a finding is.
type Level string

// The levels.
const (
	OK      Level = "ok"
	Warning Level = "warning" // keeps nobody from work
	Error   Level = "error"   // a complaint can't be logged or seen to, or something that was promised is not so
)

// marks begin the line of a finding.
var marks = map[Level]string{OK: "✓", Warning: "!", Error: "✗"}

// Finding is what was found of one thing. Its code is stable: programs go by it.
type Finding struct {
	Code    string
	Level   Level
	Text    string // what is so, in a sentence or more
	Fix     string // what to do about it; "" where nothing is to be done
	More    string // lines for whoever looks further into it
	Numbers map[string]int64
}

// MarshalJSON puts the numbers beside code, level, text and fix.
func (f Finding) MarshalJSON() ([]byte, error) {
	all := map[string]any{"code": f.Code, "level": f.Level, "text": f.lines(), "fix": f.Fix}
	for name, n := range f.Numbers {
		all[name] = n
	}
	return json.Marshal(all)
}

func (f Finding) lines() string {
	return strings.TrimSuffix(f.Text+"\n"+f.More, "\n")
}

// Report takes findings, and prints each at once or all of them at the end.
type Report struct {
	out  io.Writer
	json bool
	all  []Finding
}

// NewReport prints to out; asJSON makes one document of it, which Close writes.
func NewReport(out io.Writer, asJSON bool) *Report { return &Report{out: out, json: asJSON} }

// Add takes a finding.
func (r *Report) Add(f Finding) {
	r.all = append(r.all, f)
	if r.json {
		return
	}
	line := strings.TrimSpace(f.Text + " " + f.Fix)
	if f.More != "" {
		line += "\n" + f.More
	}
	_, _ = fmt.Fprintln(r.out, marks[f.Level], strings.ReplaceAll(line, "\n", "\n  "))
}

// OK reports whether nothing is an error.
func (r *Report) OK() bool {
	for _, f := range r.all {
		if f.Level == Error {
			return false
		}
	}
	return true
}

// Close writes what is to be written at the end.
func (r *Report) Close() error {
	if !r.json {
		return nil
	}
	e := json.NewEncoder(r.out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(struct {
		OK       bool      `json:"ok"`
		Findings []Finding `json:"findings"`
	}{r.OK(), append([]Finding{}, r.all...)}); err != nil {
		return fmt.Errorf("findings: %w", err)
	}
	return nil
}
