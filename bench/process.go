package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Bounds on what a program may take to come and to go.
const (
	startTime = 30 * time.Second
	stopTime  = 15 * time.Second
)

// process is a contestant that runs.
type process struct {
	cmd    *exec.Cmd
	output *output
	took   time.Duration // until it was connected
}

// start runs a command until its first socket was greeted.
func (s *simulation) start(ctx context.Context, command, env []string) (*process, error) {
	p := &process{cmd: exec.CommandContext(ctx, command[0], command[1:]...), output: &output{}}
	p.cmd.Env, p.cmd.Stdout, p.cmd.Stderr = env, p.output, p.output
	began := time.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	waiting, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	if err := s.AwaitConnections(waiting, 1); err != nil {
		return nil, errors.Join(fmt.Errorf("not connected: %w\n%s", err, p.output), p.kill())
	}
	p.took = time.Since(began)
	return p, nil
}

// stop ends the program as an operator does and waits for its sockets to close.
func (s *simulation) stop(ctx context.Context, p *process) error {
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	late := time.AfterFunc(stopTime, func() { _ = p.cmd.Process.Kill() })
	defer late.Stop()
	var exit *exec.ExitError
	if err := p.cmd.Wait(); err != nil && !errors.As(err, &exit) {
		return err
	}
	return s.awaitSilence(ctx)
}

// kill ends the program as a power cut would.
func (p *process) kill() error {
	err := p.cmd.Process.Kill()
	_ = p.cmd.Wait() // it says that it was killed
	return err
}

// stat are the fields of /proc/PID/stat that follow the program's name.
func stat(pid int) ([]string, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return nil, err
	}
	return strings.Fields(string(b[bytes.LastIndexByte(b, ')')+1:])), nil
}

// Places of what is read among those fields.
const (
	parentField   = 1
	cpuField      = 11 // user, system, and both of the children that ended
	childrenField = 13
	tick          = 10 * time.Millisecond
)

// cpu is what a process used so far, with its children that ended.
func cpu(pid int) (time.Duration, error) {
	fields, err := stat(pid)
	if err != nil {
		return 0, err
	}
	ticks := 0
	for _, field := range fields[cpuField : childrenField+2] {
		n, err := strconv.Atoi(field)
		if err != nil {
			return 0, err
		}
		ticks += n
	}
	return time.Duration(ticks) * tick, nil
}

// familyCPU is that of a process and of all its children.
func familyCPU(parent int) (time.Duration, error) {
	sum, err := cpu(parent)
	if err != nil {
		return 0, err
	}
	all, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		return 0, err
	}
	for _, folder := range all {
		pid, err := strconv.Atoi(filepath.Base(folder))
		if err != nil {
			continue
		}
		fields, err := stat(pid)
		if err != nil || fields[parentField] != strconv.Itoa(parent) {
			continue // ended meanwhile, or another's
		}
		if one, err := cpu(pid); err == nil {
			sum += one
		}
	}
	return sum, nil
}

// memory reads VmRSS or VmHWM of a process, in MiB.
func memory(pid int, what string) (float64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	found := regexp.MustCompile(what + `:\s+(\d+) kB`).FindSubmatch(status)
	if found == nil {
		return 0, fmt.Errorf("no %s in /proc", what)
	}
	n, err := strconv.ParseFloat(string(found[1]), 64)
	return n / 1024, err
}

// output collects what a program writes.
type output struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.String()
}
