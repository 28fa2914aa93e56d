package main

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
)

func TestTable_mediansAndRatios(t *testing.T) {
	table := newTable()
	for _, v := range []float64{9, 1, 2} {
		table.add("CPU a case, ms", "floor", v)
	}
	table.add("CPU a case, ms", ourName(sqlite), 5)
	table.add("start to connected, ms", ourName(sqlite), 1234)
	want := `|  | floor | klachtbot, SQLite | klachtbot, SQLite ÷ floor |
| --- | ---: | ---: | ---: |
| CPU a case, ms | 2.00 | 5.00 | 2.50 |
| start to connected, ms | – | 1234 | – |
`
	if got := table.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestAllocated_traces(t *testing.T) {
	for name, trace := range map[string]string{
		"Go": "gc 1 @0.1s 2%: 0.01+1+0 ms clock, 0.02+0/1/0+0 ms cpu, 4->5->1 MB, 4 MB goal, 0 MB stacks, 0 MB globals, 2 P\n" +
			"said by somebody else\n" +
			"gc 2 @0.2s 2%: 0.01+1+0 ms clock, 0.02+0/1/0+0 ms cpu, 4->4->2 MB, 4 MB goal, 0 MB stacks, 0 MB globals, 2 P\n" +
			"gc 3 @0.3s 2%: 0.01+1+0 ms clock, 0.02+0/1/0+0 ms cpu, 5->5->2 MB, 6 MB goal, 0 MB stacks, 0 MB globals, 2 P\n",
		"Node": "[71:0x5f] 41 ms: Scavenge 5.0 (6.1) -> 1.0 (6.1) MB, 0.5 / 0.0 ms  (average mu = 1.000) allocation failure;\n" +
			"[71:0x5f] 45 ms: Mark-Compact 4.0 (6.1) -> 2.0 (6.1) MB, 0.5 / 0.0 ms  (average mu = 1.000) finalize;\n" +
			"[71:0x5f] 50 ms: Scavenge 5.0 (6.1) -> 4.0 (6.1) MB, 0.5 / 0.0 ms  (average mu = 1.000) allocation failure;\n",
	} {
		if got := allocated(trace) / (1 << 20); got != 6 { // 4 less 1, and 5 less 2
			t.Errorf("%s: %v MiB, want 6", name, got)
		}
	}
}

func TestGrowth_readsBenchmarks(t *testing.T) {
	said := strings.Join([]string{
		"goos: linux",
		"BenchmarkReads/postgres/1000/list_open-2         \t       1\t   1500000 ns/op\t 100 B/op\t 3 allocs/op",
		"BenchmarkReads/postgres/1000/list_open#01-2      \t       1\t   4500000 ns/op\t 100 B/op\t 3 allocs/op",
		"BenchmarkReads/postgres/100000/list_open-2       \t       1\t   9000000 ns/op",
		"BenchmarkReads/sqlite/1000/search_e-mail         \t       1\t    250000 ns/op",
		"BenchmarkQuarterly/sqlite-2                      \t       1\t   7000000 ns/op\t 64 MiB-in-all",
	}, "\n")
	got := timings(said, "1000")
	if len(got) != 3 || got[0].look != "list open" || got[1].look != "search e-mail" || got[2].look != "quarter" {
		t.Fatalf("%+v", got)
	}
	if got[0].engine != postgres || got[0].mean() != 3 || slices.Max(got[0].taken) != 4.5 {
		t.Errorf("%+v: mean %v", got[0], got[0].mean())
	}
}

// TestGrowth_benchmarksExist: a benchmark that got another name would leave the
// table without its rows only after everything else was measured.
func TestGrowth_benchmarksExist(t *testing.T) {
	tests := ""
	storage := os.DirFS("../storage")
	err := fs.WalkDir(storage, ".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		content, err := fs.ReadFile(storage, path)
		tests += string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, pattern := range growthBenchmarks("1000") {
		name, _, _ := strings.Cut(strings.TrimPrefix(pattern, "^"), "$")
		if !strings.Contains(tests, "func "+name+"(b *testing.B)") {
			t.Errorf("storage has no %s", name)
		}
	}
}
