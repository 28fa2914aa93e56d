package main

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"testing"
)

// BenchmarkStart measures the program from its start until it is connected,
// on a register that is there already, and the memory that it then holds.
func BenchmarkStart(b *testing.B) {
	for _, engine := range engines() {
		b.Run(engine, func(b *testing.B) {
			o := newProgramTest(b, engine, "KLACHTBOT_LOG_LEVEL=warn", "KLACHTBOT_SOCKETS=1")
			o.start()
			o.stop()
			resident := 0
			for b.Loop() {
				o.start()
				b.StopTimer()
				resident = max(resident, o.resident())
				o.stop()
				b.StartTimer()
			}
			b.ReportMetric(float64(resident)/1024, "MiB-resident")
		})
	}
}

var vmRSS = regexp.MustCompile(`VmRSS:\s+(\d+) kB`)

// resident returns the memory that the running program holds, in KiB.
func (o *programTest) resident() int {
	o.t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", o.serve.Process.Pid))
	if err != nil {
		o.t.Fatal(err)
	}
	found := vmRSS.FindSubmatch(status)
	if found == nil {
		o.t.Fatal("no VmRSS in /proc")
	}
	n, err := strconv.Atoi(string(found[1]))
	if err != nil {
		o.t.Fatal(err)
	}
	return n
}
