package review

import (
	"context"

	"github.com/artra/klachtbot/report"
)

// What the tests of this package reach.
const (
	LinkOffering       = linkOffering
	NothingID          = nothingID
	QuarterEarly       = quarterEarly
	QuarterLater       = quarterLater
	QuarterOpen        = quarterOpen
	RecommendID        = recommendID
	RecommendationDate = recommendationDate
	RecommendationDone = recommendationDone
)

var (
	ChartInWords   = chartInWords
	ParseScope     = parseScope
	QuarterChart   = quarterChart
	QuarterPicture = quarterPicture
)

type (
	Scope = scope
)

func (h *Handler) Summary(ctx context.Context, t scope) (report.Summary, error) {
	return h.summary(ctx, t)
}
