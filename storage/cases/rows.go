package cases

import (
	"database/sql"
	"slices"
	"time"

	"github.com/artra/klachtbot/contact"
	"github.com/artra/klachtbot/storage/engine"
	"github.com/artra/klachtbot/workflow"
	"github.com/artra/klachtbot/workflow/calendar"
	"github.com/artra/klachtbot/workflow/reaction"
	"github.com/artra/klachtbot/workflow/reminder"
	"github.com/artra/klachtbot/workflow/roster"
	"github.com/artra/klachtbot/workflow/urgency"
)

// Row is a row of complaints without what is sealed.
type Row struct {
	ID     workflow.CaseID `db:"id"`
	Number string          `db:"number"`
	CaseNumber
	Version         int                    `db:"version"`
	State           workflow.State         `db:"state"`
	Received        calendar.Date          `db:"received"`
	Incident        calendar.Date          `db:"incident"`
	ReceivedVia     workflow.Way           `db:"received_via"`
	ComplainantKind string                 `db:"complainant_kind"`
	OfferingKind    string                 `db:"offering_kind"`
	OfferingName    string                 `db:"offering_name"`
	Category        string                 `db:"category"`
	Preferred       workflow.Contact       `db:"preferred"`
	Language        string                 `db:"language"`
	LoggedBy        roster.PersonID        `db:"logged_by"`
	LoggedAt        time.Time              `db:"logged_at"`
	Owner           roster.PersonID        `db:"owner"`
	LateLogged      bool                   `db:"late_logged"`
	OutOfTime       bool                   `db:"out_of_time"`
	Verdict         workflow.Verdict       `db:"verdict"`
	Cause           string                 `db:"cause"`
	Lesson          string                 `db:"lesson"`
	DecidedOn       calendar.Date          `db:"decided_on"`
	ClosedAt        sql.NullTime           `db:"closed_at"`
	WaitingSince    calendar.Date          `db:"waiting_since"`
	WaitedDays      int                    `db:"waited_days"`
	LastAction      workflow.ActionName    `db:"last_action"`
	LastBy          roster.PersonID        `db:"last_by"`
	LastAt          sql.NullTime           `db:"last_at"`
	NextAt          sql.NullTime           `db:"next_at"`
	WaitingMarks    reminder.History       `db:"waiting_marks"`
	HoldReview      calendar.Date          `db:"hold_review"`
	HoldMarks       reminder.History       `db:"hold_marks"`
	DisputeFrom     workflow.State         `db:"dispute_from"`
	DisputedOn      calendar.Date          `db:"disputed_on"`
	RetentionMarks  reminder.History       `db:"retention_marks"`
	ErasureBy       roster.PersonID        `db:"erasure_by"`
	ErasureOn       calendar.Date          `db:"erasure_on"`
	ErasureMarks    reminder.History       `db:"erasure_marks"`
	HearingOn       calendar.Date          `db:"hearing_on"`
	Ruling          workflow.RulingVerdict `db:"ruling"`
	DisputeEnded    workflow.Ending        `db:"dispute_ended"`
	DisputeEndedOn  calendar.Date          `db:"dispute_ended_on"`
	ContactOn       calendar.Date          `db:"contact_on"`
	Reactions       reaction.Days          `db:"reactions"`
	Counting        workflow.Counting      `db:"counting"`
	AmendedInTime   int                    `db:"amended_in_time"`
	Urgent          urgency.Set            `db:"urgent"`
	UrgentCalls     urgency.Calls          `db:"urgent_calls"`
	OfferingKey     []byte                 `db:"offering_key"`
	Guard           []byte                 `db:"guard"`
	Concerning      []byte                 `db:"concerning"` // the hash of whom it concerns, as the table concerns has it
}

// Columns are the columns of Row, of a table or subquery c.
const Columns = `c.id, c.number, c.year, c.series, c.ordinal, c.version, c.state,
	c.received, c.incident, c.received_via, c.complainant_kind, c.offering_kind, c.offering_name,
	c.category, c.preferred, c.language, c.logged_by, c.logged_at, c.owner, c.late_logged,
	c.out_of_time, c.verdict, c.cause, c.lesson, c.decided_on, c.closed_at, c.waiting_since,
	c.waited_days, c.last_action, c.last_by, c.last_at, c.next_at, c.waiting_marks, c.hold_review,
	c.hold_marks, c.dispute_from, c.disputed_on, c.retention_marks,
	c.erasure_by, c.erasure_on, c.erasure_marks, c.hearing_on, c.ruling, c.dispute_ended, c.dispute_ended_on,
	c.contact_on, c.reactions, c.counting, c.amended_in_time, c.urgent, c.urgent_calls, c.offering_key,
	c.guard, (SELECT g.person FROM concerns g WHERE g.complaint = c.id ORDER BY g.person LIMIT 1) AS concerning`

// PromiseRow is a row of promises, as a join brings it beside its complaint.
type PromiseRow struct {
	Kind    workflow.PromiseKind `db:"p_kind"`
	Made    calendar.Date        `db:"p_made"`
	Due     calendar.Date        `db:"p_due"`
	Lapsed  calendar.Date        `db:"p_lapsed"`
	Snoozed calendar.Date        `db:"p_snoozed"`
	Marks   reminder.History     `db:"p_marks"`
	KeptOn  calendar.Date        `db:"p_kept_on"`
	Entered calendar.Date        `db:"p_entered"`
	KeptBy  roster.PersonID      `db:"p_kept_by"`
	KeptAt  sql.NullTime         `db:"p_kept_at"`
	Way     workflow.Way         `db:"p_way"`
	Later   bool                 `db:"p_later"`
	Ended   workflow.Ending      `db:"p_ended"`
	Handler roster.PersonID      `db:"p_handler"`
	Subject string               `db:"p_subject"`

	Reported calendar.Date `db:"p_reported"`
}

const PromiseColumns = `p.kind AS p_kind, p.made AS p_made, p.due AS p_due, p.lapsed AS p_lapsed,
	p.snoozed AS p_snoozed, p.marks AS p_marks, p.kept_on AS p_kept_on,
	p.entered AS p_entered, p.kept_by AS p_kept_by, p.kept_at AS p_kept_at, p.way AS p_way, p.later AS p_later,
	p.ended AS p_ended, p.handler AS p_handler, p.subject AS p_subject, p.reported AS p_reported`

// JoinedRow is a complaint beside one of its promises. Every complaint has
// some, and one statement shows both as of one moment on either engine.
type JoinedRow struct {
	Row
	PromiseRow
}

// sealedRow adds what only a look at one case needs. Held, Attached and Files are
// there for a change of it only.
type sealedRow struct {
	JoinedRow
	announcementRow
	Sealed  []byte `db:"sealed"`
	Wrapped []byte `db:"wrapped"`
	Chain
	Held     []byte         `db:"held"`
	Attached sql.NullString `db:"attached"`
	Files    int            `db:"files"`
}

// Chain is a chain of lines as its head knows it.
type Chain struct {
	Lines int    `db:"lines"`
	Tail  []byte `db:"tail"` // the last line's seal
	Head  []byte `db:"head"` // a seal over both
}

func (r *Row) Complaint() workflow.Complaint {
	return workflow.Complaint{
		ID: r.ID, Number: r.Number, Series: r.Series, Year: r.Year,
		Version: r.Version, State: r.State,
		Facts: workflow.Facts{
			Received: r.Received, Incident: r.Incident, ReceivedVia: r.ReceivedVia,
			ComplainantKind: r.ComplainantKind, OfferingKind: r.OfferingKind,
			OfferingName: r.OfferingName, Category: r.Category,
			Preferred: r.Preferred, Language: r.Language, Urgent: r.Urgent,
		},
		LoggedBy: r.LoggedBy, LoggedAt: r.LoggedAt.UTC(), Owner: r.Owner,
		LateLogged: r.LateLogged, OutOfTime: r.OutOfTime,
		Decision:  workflow.Decision{Verdict: r.Verdict, Cause: r.Cause, Lesson: r.Lesson, On: r.DecidedOn, Contact: r.ContactOn},
		Reactions: r.Reactions, Counting: r.Counting,
		ClosedAt: moment(r.ClosedAt), Calls: r.UrgentCalls, WaitingSince: r.WaitingSince, WaitedDays: r.WaitedDays,
		WaitingReminders: r.WaitingMarks, HoldReview: r.HoldReview, HoldReminders: r.HoldMarks,
		RetentionReminders: r.RetentionMarks,
		Erasure:            workflow.Erasure{By: r.ErasureBy, On: r.ErasureOn, Reminders: r.ErasureMarks},
		Dispute: workflow.DisputeFile{
			From: r.DisputeFrom, On: r.DisputedOn, Hearing: r.HearingOn,
			Ruling: r.Ruling, Ended: r.DisputeEnded, EndedOn: r.DisputeEndedOn,
		},
		AmendedInTime: r.AmendedInTime,
		Last:          workflow.Performed{Action: r.LastAction, By: r.LastBy, At: moment(r.LastAt)},
		NextAt:        moment(r.NextAt),
	}
}

// Join makes complaints of rows in which each stands beside its promises.
func Join(rows []JoinedRow) []workflow.Complaint {
	var cases []workflow.Complaint
	for i := range rows {
		r := &rows[i]
		if len(cases) == 0 || cases[len(cases)-1].ID != r.ID {
			cases = append(cases, r.Complaint())
		}
		c := &cases[len(cases)-1]
		c.Promises = append(c.Promises, r.Promise())
	}
	return cases
}

func (r *PromiseRow) Promise() workflow.Promise {
	return workflow.Promise{
		Kind: r.Kind, Made: r.Made, Due: r.Due, Lapsed: r.Lapsed, Snoozed: r.Snoozed, Reminders: r.Marks,
		Kept: workflow.Kept{
			On: r.KeptOn, Entered: r.Entered, By: r.KeptBy, At: moment(r.KeptAt),
			Way: r.Way, Later: r.Later,
		},
		Ended: r.Ended, Handler: r.Handler, Subject: r.Subject, Reported: r.Reported,
	}
}

// Values are a complaint's values in the order in which InsertComplaints
// and UpdateComplaint take them, from $2 (version) on.
func Values(c *workflow.Complaint) []any {
	f, d := c.Facts, c.Decision
	return []any{
		c.ID, c.Version, c.State, f.Received, f.Incident, f.ReceivedVia, f.ComplainantKind,
		f.OfferingKind, contact.Clean(f.OfferingName), f.Category, f.Preferred, f.Language,
		c.LoggedBy, c.LoggedAt.UTC(), c.Owner, c.LateLogged, c.OutOfTime,
		d.Verdict, d.Cause, contact.Clean(d.Lesson), d.On, Nullable(c.ClosedAt),
		c.WaitingSince, c.WaitedDays, c.Last.Action, c.Last.By, Nullable(c.Last.At), Nullable(c.NextAt),
		c.WaitingReminders, c.HoldReview, c.HoldReminders, c.Dispute.From, c.Dispute.On, c.NextDue(), OfferingKey(f.OfferingName),
		c.RetentionReminders, c.Erasure.By, c.Erasure.On, c.Erasure.Reminders,
		c.Dispute.Hearing, c.Dispute.Ruling, c.Dispute.Ended, c.Dispute.EndedOn,
		d.Contact, c.Reactions, c.Counting, c.AmendedInTime, f.Urgent, c.Calls,
	}
}

// valueColumns are those of Values.
const valueColumns = `id, version, state, received, incident, received_via, complainant_kind,
		offering_kind, offering_name, category, preferred, language,
		logged_by, logged_at, owner, late_logged, out_of_time,
		verdict, cause, lesson, decided_on, closed_at,
		waiting_since, waited_days, last_action, last_by, last_at, next_at,
		waiting_marks, hold_review, hold_marks, dispute_from, disputed_on, due, offering_key, retention_marks,
		erasure_by, erasure_on, erasure_marks, hearing_on, ruling, dispute_ended, dispute_ended_on,
		contact_on, reactions, counting, amended_in_time, urgent, urgent_calls`

// InsertComplaints inserts cases: InsertValues.
var InsertComplaints = engine.NewInsert(`complaints (
		`+valueColumns+`,
		sealed, lines, tail, head, promised, concerned, guard, number, year, series, ordinal)`, 60, "")

// UpdateValues are the values of UpdateComplaint, and of InsertComplaints but for
// the number.
func UpdateValues(c *workflow.Complaint, sealed []byte, at Chain, guard Guard) []any {
	return append(Values(c), sealed, at.Lines, at.Tail, at.Head, EncodePromises(c.Promises), guard.People, guard.Digest)
}

// InsertValues are those of InsertComplaints: UpdateValues with the number.
func InsertValues(update []any, number string, at CaseNumber) []any {
	return append(slices.Clone(update), number, at.Year, at.Series, at.Ordinal)
}

// InsertKeys inserts the wrapped data keys of cases.
var InsertKeys = engine.NewInsert("case_keys (complaint, wrapped)", 2, "")

const UpdateComplaint = `UPDATE complaints SET
		version = $2, state = $3, received = $4, incident = $5, received_via = $6, complainant_kind = $7,
		offering_kind = $8, offering_name = $9, category = $10, preferred = $11, language = $12,
		logged_by = $13, logged_at = $14, owner = $15, late_logged = $16, out_of_time = $17,
		verdict = $18, cause = $19, lesson = $20, decided_on = $21, closed_at = $22,
		waiting_since = $23, waited_days = $24, last_action = $25, last_by = $26, last_at = $27, next_at = $28,
		waiting_marks = $29, hold_review = $30, hold_marks = $31, dispute_from = $32, disputed_on = $33, due = $34,
		offering_key = $35, retention_marks = $36,
		erasure_by = $37, erasure_on = $38, erasure_marks = $39,
		hearing_on = $40, ruling = $41, dispute_ended = $42, dispute_ended_on = $43,
		contact_on = $44, reactions = $45, counting = $46, amended_in_time = $47, urgent = $48, urgent_calls = $49,
		sealed = $50, lines = $51, tail = $52, head = $53, promised = $54, concerned = $55, guard = $56
	WHERE id = $1`

// Lock is taken by writing: whoever comes second waits here, and then reads what
// the first has made of the case.
const Lock = `UPDATE complaints SET lock = lock + 1 WHERE id = $1`

// promiseColumns are those of PromiseValues.
const promiseColumns = `complaint, ordinal, kind, made, due, lapsed, snoozed, marks, kept_on, entered, kept_by, kept_at, way, later, ended, handler, subject, reported`

// UpsertPromises writes promises: PromiseValues.
var UpsertPromises = engine.NewInsert(`promises (`+promiseColumns+`)`, 18, `
	ON CONFLICT (complaint, ordinal) DO UPDATE SET
		kind = excluded.kind, made = excluded.made, due = excluded.due, lapsed = excluded.lapsed,
		snoozed = excluded.snoozed, marks = excluded.marks, kept_on = excluded.kept_on,
		entered = excluded.entered, kept_by = excluded.kept_by, kept_at = excluded.kept_at,
		way = excluded.way, later = excluded.later,
		ended = excluded.ended, handler = excluded.handler, subject = excluded.subject,
		reported = excluded.reported`)

// DropPromises removes those of a case from an ordinal on.
const DropPromises = `DELETE FROM promises WHERE complaint = $1 AND ordinal >= $2`

// PromiseRows are the rows of UpsertPromises for all promises of a case.
func PromiseRows(c *workflow.Complaint) (rows [][]any) {
	for i, p := range c.Promises {
		rows = append(rows, PromiseValues(c.ID, i, p))
	}
	return rows
}

// PromiseValues are those of one promise.
func PromiseValues(id workflow.CaseID, ordinal int, p workflow.Promise) []any {
	k := p.Kept
	return []any{
		id, ordinal, p.Kind, p.Made, p.Due, p.Lapsed, p.Snoozed, p.Reminders,
		k.On, k.Entered, k.By, Nullable(k.At), k.Way, k.Later, p.Ended, p.Handler, p.Subject, p.Reported,
	}
}

// Nullable is an instant as the register keeps it: UTC, NULL when zero.
func Nullable(t time.Time) sql.NullTime { return sql.NullTime{Time: t.UTC(), Valid: !t.IsZero()} }

func moment(t sql.NullTime) time.Time {
	if !t.Valid {
		return time.Time{}
	}
	return t.Time.UTC()
}
