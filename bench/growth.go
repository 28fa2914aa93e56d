package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// samples is how often each look is timed, on its own, for a mean and a maximum.
const samples = "30"

// looks are those of storage's that the table has.
const looks = "^(home|sweep|list_(open|closed)|search_(e-mail|offering))$"

// growths times what reads the register at several sizes, by the benchmarks of storage.
func (b *bench) growths(ctx context.Context, _ []contestant) error {
	if b.growth == "" {
		return nil
	}
	sizes := strings.Split(b.growth, ",")
	for _, size := range sizes {
		if _, err := strconv.Atoi(size); err != nil {
			return fmt.Errorf("-growth: %q is no size", size)
		}
	}
	fmt.Fprintf(os.Stderr, "growth: %s cases\n", b.growth)
	for _, size := range sizes {
		for _, pattern := range growthBenchmarks(size) {
			if err := b.benchmark(ctx, pattern, size); err != nil {
				return err
			}
		}
	}
	return nil
}

// growthBenchmarks are the patterns of what reads a register of that size.
func growthBenchmarks(size string) []string {
	return []string{"^BenchmarkReads$/^(postgres|sqlite)$/^" + size + "$/" + looks, "^BenchmarkQuarterly$"}
}

// benchmark runs one of storage's benchmarks and adds what it says.
func (b *bench) benchmark(ctx context.Context, pattern, size string) error {
	cmd := exec.CommandContext(ctx, "go", "test", "-run", "^$", "-bench", pattern, "-benchtime", "1x", "-count", samples,
		"-timeout", "2h", "github.com/artra/klachtbot/storage/...")
	cmd.Env = append(os.Environ(), "KLACHTBOT_BENCH_CASES="+size)
	said, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s at %s cases: %w\n%s", pattern, size, err, said)
	}
	timed := timings(string(said), size)
	if len(timed) == 0 {
		return errors.New(pattern + " measured nothing")
	}
	for _, t := range timed {
		b.table.add(fmt.Sprintf("%s, %s cases, mean ms", t.look, size), ourName(t.engine), t.mean())
		b.table.add(fmt.Sprintf("%s, %s cases, max ms", t.look, size), ourName(t.engine), slices.Max(t.taken))
	}
	return nil
}

// timing is a look at a register, in milliseconds each.
type timing struct {
	look, engine string
	taken        []float64
}

func (t timing) mean() float64 {
	sum := 0.0
	for _, one := range t.taken {
		sum += one
	}
	return sum / float64(len(t.taken))
}

// looked is a line of a benchmark: of a look at a register of that size, or of the
// quarter. A name that comes twice gets a number.
var looked = regexp.MustCompile(`^Benchmark(?:Reads|Quarterly)/(postgres|sqlite)(?:/(\d+)/(\S+?))?(?:#\d+)?(?:-\d+)?\s+\d+\s+(\d+(?:\.\d+)?) ns/op`)

// timings reads what the benchmarks say of a register of this size.
func timings(said, size string) []timing {
	var all []timing
	for lines := bufio.NewScanner(strings.NewReader(said)); lines.Scan(); {
		m := looked.FindStringSubmatch(lines.Text())
		if m == nil || m[2] != "" && m[2] != size {
			continue
		}
		look := strings.ReplaceAll(m[3], "_", " ")
		if m[2] == "" {
			look = "quarter"
		}
		nanoseconds, err := strconv.ParseFloat(m[4], 64)
		if err != nil {
			continue
		}
		i := slices.IndexFunc(all, func(t timing) bool { return t.look == look && t.engine == m[1] })
		if i < 0 {
			i, all = len(all), append(all, timing{look: look, engine: m[1]})
		}
		all[i].taken = append(all[i].taken, nanoseconds/1e6)
	}
	return all
}
