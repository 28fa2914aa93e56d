package slacksim

import (
	"strings"
	"testing"
)

const someChart = `[{"type":"section","text":{"type":"plain_text","text":"x"}},{"type":"data_visualization","title":"T","chart":{"type":"bar",` +
	`"axis_config":{"categories":["a"]},"series":[{"name":"s","data":[{"label":"a","value":1}]}]}}]`

// TestCharts_thatHaveNotComeYet: the block is unknown everywhere, and known
// again afterwards.
func TestCharts_thatHaveNotComeYet(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	l.Charts(false)
	r := l.call("chat.postMessage", "channel", room, "text", "x", "blocks", someChart)
	wantRefusal(t, r, "invalid_blocks")
	want(t, r, map[string]any{"response_metadata.messages.0": "[ERROR] unsupported type: data_visualization [json-pointer:/blocks/1/type]"})
	ts := l.post(room, "without")
	wantRefusal(t, l.call("chat.update", "channel", room, "ts", ts, "text", "x", "blocks", someChart), "invalid_blocks")
	l.Charts(true)
	wantOK(t, l.call("chat.postMessage", "channel", room, "text", "x", "blocks", someChart))
}

// TestFiles_altText is kept with the file and has a limit.
func TestFiles_altText(t *testing.T) {
	t.Parallel()
	l := newSimTest(t)
	wantRefusal(t, l.call("files.getUploadURLExternal", "filename", "a.png", "length", "3", "alt_txt", strings.Repeat("é", 1001)), "alt_txt_too_large")
	r := wantOK(t, l.call("files.getUploadURLExternal", "filename", "a.png", "length", "3", "alt_txt", strings.Repeat("é", 1000)))
	w := l.Workspace()
	if f := locked(w, func() File { return w.files.get(str(r, "file_id")).File }); len([]rune(f.Alt)) != 1000 {
		t.Errorf("%d characters kept", len([]rune(f.Alt)))
	}
}
