package outbox

import (
	"errors"
	"strings"
	"testing"

	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/roster"
)

// payloadCase is a payload with the text that the register keeps, its slot and
// its recipient. None of these may change: rows of older registers hold them.
type payloadCase struct {
	payload    Payload
	text, slot string
	to         roster.PersonID
}

func payloadCases() []payloadCase {
	autumn, monday := calendar.Quarter{Year: 2026, Number: 3}, calendar.Date{Year: 2026, Month: 11, Day: 30}
	summary := QuarterSummary{Quarter: autumn}
	return []payloadCase{
		{Case{}, `{}`, "", ""},
		{Story{}, `{}`, "", ""},
		{Line{workflow.ActionNote}, `{"action":"note"}`, "note", ""},
		{LetterFailedLine{"acknowledgement"}, `{"failed":"acknowledgement"}`, "mail_failed acknowledgement", ""},
		{LetterExpiredLine{"acknowledgement"}, `{"expired":"acknowledgement"}`, "mail_expired acknowledgement", ""},
		{LetterWaitsLine{6}, `{"waits":6}`, "mail_waits 6", ""},
		{LetterInDoubtLine{6}, `{"in_doubt":6}`, "mail_doubt 6", ""},
		{Reminder{"U0OMAR", workflow.WatchRetention}, `{"to":"U0OMAR","watch":"retention"}`, "retention", "U0OMAR"},
		{NewLetter{"acknowledgement"}, `{"letter":"acknowledgement"}`, "acknowledgement", ""},
		{RepeatedLetter{2}, `{"version":2}`, "2", ""},
		{Handover{"U0DIRK"}, `{"to":"U0DIRK"}`, "", "U0DIRK"},
		{Deletion{}, `{"erased":false}`, "", ""},
		{Deletion{Erased: true}, `{"erased":true}`, "purge", ""},
		{ErasureOutcome{"U0OMAR", workflow.ErasureLapsed}, `{"to":"U0OMAR","how":"lapsed"}`, "lapsed", "U0OMAR"},
		{SourceReminder{"U0STAFF", "C0OPEN", "1.2"}, `{"to":"U0STAFF","channel":"C0OPEN","ts":"1.2"}`, "C0OPEN 1.2", "U0STAFF"},
		{FileImport{1}, `{"ordinal":1}`, "1", ""},
		{FileRemoval{"U0STAFF", 4}, `{"to":"U0STAFF","line":4}`, "4", "U0STAFF"},
		{DocumentFile{"U0OMAR", "D1"}, `{"to":"U0OMAR","id":"D1"}`, "D1", "U0OMAR"},
		{DocumentRecall{"U0OMAR", "D1"}, `{"to":"U0OMAR","id":"D1"}`, "D1", "U0OMAR"},
		{UndeletableCheck{}, `{}`, "", ""},
		{RootCheck{}, `{}`, "", ""},
		{ViewCheck{}, `{}`, "", ""},
		{
			Picture{summary, "C0BOARD", "12.000001"},
			`{"kind":"quarter","below":{"quarter":"2026-Q3"},"channel":"C0BOARD","ts":"12.000001"}`, "quarter 2026-Q3 C0BOARD 12.000001", "",
		},
		{
			Picture{summary.InsteadTo("U0DIRK"), "D1", "1.2"},
			`{"kind":"quarter","below":{"to":"U0DIRK","instead":true,"quarter":"2026-Q3"},"channel":"D1","ts":"1.2"}`,
			"quarter 2026-Q3/instead D1 1.2", "U0DIRK",
		},
		{Picture{ReviewsWaiting{}, "D1", "1.2"}, `{"kind":"reviews","below":{},"channel":"D1","ts":"1.2"}`, "reviews  D1 1.2", ""},
		{Digest{"U0OMAR", false}, `{"to":"U0OMAR"}`, "", "U0OMAR"},
		{Digest{"U0DIRK", true}, `{"to":"U0DIRK","weekly":true}`, "", "U0DIRK"},
		{WeeklyDigest{"U0DIRK", monday}, `{"to":"U0DIRK","week":"2026-11-30"}`, "2026-11-30", "U0DIRK"},
		{Erased{"U0OMAR", "K-2026-0001", false}, `{"to":"U0OMAR","number":"K-2026-0001"}`, "K-2026-0001", "U0OMAR"},
		{UndeletableNotice{To: "U0OMAR"}, `{"to":"U0OMAR","asked":false}`, "", "U0OMAR"},
		{UndeletableNotice{"U0OMAR", true}, `{"to":"U0OMAR","asked":true}`, "asked", "U0OMAR"},
		{summary, `{"quarter":"2026-Q3"}`, "2026-Q3", ""},
		{QuarterSummary{Reader{To: "U0DIRK"}, autumn}, `{"to":"U0DIRK","quarter":"2026-Q3"}`, "2026-Q3", "U0DIRK"},
		{summary.InsteadTo("U0DIRK"), `{"to":"U0DIRK","instead":true,"quarter":"2026-Q3"}`, "2026-Q3/instead", "U0DIRK"},
		{ReviewsWaiting{}, `{}`, "", ""},
		{ReviewsWaiting{}.InsteadTo("U0DIRK"), `{"to":"U0DIRK","instead":true}`, "/instead", "U0DIRK"},
		{Reviewed{Quarter: autumn}, `{"quarter":"2026-Q3"}`, "2026-Q3", ""},
		{Reviewed{Quarter: autumn}.InsteadTo("U0DIRK"), `{"to":"U0DIRK","instead":true,"quarter":"2026-Q3"}`, "2026-Q3/instead", "U0DIRK"},
		{RepeatedNotice{"U0DIRK", 3}, `{"to":"U0DIRK","count":3}`, "3", "U0DIRK"},
		{Urgent{"U0OLGA", 2}, `{"to":"U0OLGA","call":2}`, "2", "U0OLGA"},
		{Remedy{"U0STAFF", 2}, `{"to":"U0STAFF","remedy":2}`, "2", "U0STAFF"},
		{RemedyReported{"U0OLGA", 2}, `{"to":"U0OLGA","reported":2}`, "reported 2", "U0OLGA"},
		{RemedyNotKept{"U0DIRK", 1}, `{"to":"U0DIRK","not_kept":1}`, "not_kept 1", "U0DIRK"},
		{Reminder{"U0STAFF", workflow.RemedyWatch(2)}, `{"to":"U0STAFF","watch":"remedy:2"}`, "remedy:2", "U0STAFF"},
		{RecommendationAssigned{"U0STAFF", "R1"}, `{"to":"U0STAFF","id":"R1"}`, "R1", "U0STAFF"},
		{RecommendationReminder{"U0STAFF", "R1"}, `{"to":"U0STAFF","id":"R1"}`, "R1", "U0STAFF"},
	}
}

// TestPayload_isKept: each payload has the text, the slot and the recipient that
// it always had, and is read as what it was.
func TestPayload_isKept(t *testing.T) {
	for _, c := range payloadCases() {
		text, err := Encode(c.payload)
		if err != nil || text != c.text {
			t.Errorf("%T is kept as %s, want %s: %v", c.payload, text, c.text, err)
		}
		read, err := Decode(c.payload.Kind(), c.text)
		if err != nil || read != c.payload {
			t.Errorf("%s of %s reads as %#v: %v", c.text, c.payload.Kind(), read, err)
		}
		if c.payload.Slot() != c.slot || c.payload.Recipient() != c.to {
			t.Errorf("%T: slot %q, to %q; want %q and %q", c.payload, c.payload.Slot(), c.payload.Recipient(), c.slot, c.to)
		}
	}
}

// TestPayload_everyType: the table above has a payload of each type.
func TestPayload_everyType(t *testing.T) {
	tried := map[Payload]bool{}
	for _, c := range payloadCases() {
		for _, empty := range kinds[c.payload.Kind()].payloads {
			if _, err := decodeAs(empty, c.text); err == nil {
				tried[empty] = true
			}
		}
	}
	for k, row := range kinds {
		for _, empty := range row.payloads {
			if !tried[empty] {
				t.Errorf("%s: no %T among the payloads that are tried", k, empty)
			}
		}
	}
}

// TestPayload_oneTypeFits: of the payloads of one kind no text fits two.
func TestPayload_oneTypeFits(t *testing.T) {
	for _, c := range payloadCases() {
		fits := 0
		for _, empty := range kinds[c.payload.Kind()].payloads {
			if _, err := decodeAs(empty, c.text); err == nil {
				fits++
			}
		}
		if fits != 1 {
			t.Errorf("%s of %s fits %d types", c.text, c.payload.Kind(), fits)
		}
	}
}

// TestPayload_refused: what lacks something, has too much, or would be taken for
// another payload is neither written nor read.
func TestPayload_refused(t *testing.T) {
	for _, p := range []Payload{
		Line{}, Line{"mail_doubt 6"}, LetterFailedLine{"two words"}, LetterExpiredLine{}, LetterWaitsLine{}, LetterInDoubtLine{}, Reminder{To: "U0OMAR"}, Reminder{Watch: "outcome"},
		NewLetter{"2"}, NewLetter{}, RepeatedLetter{}, Handover{}, ErasureOutcome{To: "U0OMAR"}, SourceReminder{To: "U0STAFF", Channel: "C0OPEN"}, FileImport{}, FileRemoval{To: "U0STAFF"},
		DocumentFile{To: "U0OMAR"}, DocumentRecall{ID: "D1"}, Digest{}, WeeklyDigest{To: "U0DIRK"}, Erased{To: "U0OMAR"}, UndeletableNotice{},
		QuarterSummary{}, ReviewsWaiting{Reader{Instead: true}}, Reviewed{}, RecommendationAssigned{To: "U0STAFF"}, RecommendationReminder{ID: "R1"},
		Picture{}, Picture{Below: Case{}, TS: "1.2"}, Picture{Picture{Case{}, "C1", "1.2"}, "C1", "1.2"}, Picture{LetterInDoubtLine{6}, "C1", "1.2"},
		Line{"\xff"}, Unreadable{KindLine},
	} {
		if text, err := Encode(p); err == nil {
			t.Errorf("%#v is kept as %s", p, text)
		}
	}
	for text, k := range map[string]Kind{
		``: KindCase, `{} {}`: KindCase, `null`: KindLine, `{"action":"note","to":"U0OMAR"}`: KindLine, `[]`: KindStory,
		`{"action":"note"}`: "wall", `{"kind":"picture","below":{},"channel":"C1","ts":"1.2"}`: KindPicture, `{"quarter":"2026-Q5"}`: KindQuarter,
		`{"action":"secret`: KindLine,
	} {
		p, err := Decode(k, text)
		if !errors.Is(err, errPayload) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s of %s reads as %#v: %v", text, k, p, err)
		}
	}
}

// TestPayload_lanes: where each goes that has a lane of its own, whatever its
// case looks like.
func TestPayload_lanes(t *testing.T) {
	for _, c := range payloadCases() {
		item := Alone(c.payload)
		want := LaneDirectors
		switch c.payload.(type) {
		case Case, Story, Line, LetterFailedLine, LetterExpiredLine, LetterWaitsLine, LetterInDoubtLine:
			want = LaneCases
		case NewLetter, RepeatedLetter:
			want = LaneLetters
		case Deletion:
			want = LaneDeletion
		case FileImport:
			want = LaneFiles
		case UndeletableCheck:
			want = LaneUndeletable
		case RootCheck, ViewCheck:
			want = LaneViews
		default:
			if c.to != "" {
				want = DirectLane(c.to)
			}
		}
		if item.Lane != want || item.Payload != c.payload || item.Threaded {
			t.Errorf("%#v goes to %q, threaded %v; want %q", c.payload, item.Lane, item.Threaded, want)
		}
	}
}

// FuzzPayload: any text is an error or a payload, and that is read again as what
// it was.
func FuzzPayload(f *testing.F) {
	for _, c := range payloadCases() {
		f.Add(string(c.payload.Kind()), c.text)
	}
	f.Add("picture", `{"kind":"picture","below":{"kind":"picture"}}`)
	f.Fuzz(func(t *testing.T, kind, text string) {
		p, err := Decode(Kind(kind), text)
		if err != nil {
			return
		}
		again, err := Encode(p)
		if err != nil {
			t.Fatalf("%s reads as %#v, which can't be kept: %v", text, p, err)
		}
		if read, err := Decode(Kind(kind), again); err != nil || read != p {
			t.Errorf("%s reads as %#v, and its own %s as %#v: %v", text, p, again, read, err)
		}
	})
}
