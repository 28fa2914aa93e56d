package slacksim

import (
	"strings"
	"testing"
)

const someChart = `[{"type":"section","text":{"type":"plain_text","text":"x"}},{"type":"data_visualization","title":"T","chart":{"type":"bar",` +
	`"axis_config":{"categories":["a"]},"series":[{"name":"s","data":[{"label":"a","value":1}]}]}}]`

// TestChartsThatHaveNotComeYet: the block is unknown everywhere, and known
// again afterwards.
func TestChartsThatHaveNotComeYet(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	l.Charts(false)
	r := l.call("chat.postMessage", "channel", room, "text", "x", "blocks", someChart)
	bad(t, r, "invalid_blocks")
	want(t, r, map[string]any{"response_metadata.messages.0": "[ERROR] unsupported type: data_visualization [json-pointer:/blocks/1/type]"})
	ts := l.post(room, "without")
	bad(t, l.call("chat.update", "channel", room, "ts", ts, "text", "x", "blocks", someChart), "invalid_blocks")
	l.Charts(true)
	good(t, l.call("chat.postMessage", "channel", room, "text", "x", "blocks", someChart))
}

// TestAltText is kept with the file and has a limit.
func TestAltText(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	bad(t, l.call("files.getUploadURLExternal", "filename", "a.png", "length", "3", "alt_txt", strings.Repeat("é", 1001)), "alt_txt_too_large")
	r := good(t, l.call("files.getUploadURLExternal", "filename", "a.png", "length", "3", "alt_txt", strings.Repeat("é", 1000)))
	if f := looked(l.Sim, func(w *workspace) File { return w.files[str(r, "file_id")].File }); len([]rune(f.Alt)) != 1000 {
		t.Errorf("%d characters kept", len([]rune(f.Alt)))
	}
}
