package slacksim

import (
	"encoding/json"
	"strconv"
)

// Charts says whether the workspace takes data_visualization blocks, as it does
// from the start. Slack brings them to one workspace after the other: where
// they have not come yet, the type is unknown.
func (s *Sim) Charts(taken bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.w.noCharts = !taken
}

// checkKinds refuses a block that this workspace does not have yet.
func (w *workspace) checkKinds(blocks json.RawMessage) reply {
	var list []struct{ Type string }
	if !w.noCharts || json.Unmarshal(blocks, &list) != nil {
		return nil
	}
	for i, b := range list {
		if b.Type == "data_visualization" {
			return refuse(codeBlocks, "[ERROR] unsupported type: "+b.Type+" [json-pointer:/blocks/"+strconv.Itoa(i)+"/type]")
		}
	}
	return nil
}
