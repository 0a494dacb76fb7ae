package app

import (
	"context"
	"fmt"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/lang"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/room/casework"
	"jiuye/internal/room/collect"
	"jiuye/internal/room/intake"
	"jiuye/internal/room/jobs"
	"jiuye/internal/room/policy"
)

// Rooms do not know each other; what one shows of another passes through here.

type policyLines struct{ *policy.Room }

// PolicyLines implements casework.Policies.
func (p policyLines) PolicyLines(ctx context.Context, language string, personID int64) ([]casework.Line, error) {
	lines, err := p.Lines(ctx, language, personID)
	if err != nil {
		return nil, err
	}
	out := make([]casework.Line, len(lines))
	for i, l := range lines {
		out[i] = casework.Line{Href: fmt.Sprintf("/policy/%s/person/%d", l.PolicyID, personID), Title: l.Name, Verdict: string(l.Verdict), Next: l.Next}
		for _, r := range l.Reasons {
			out[i].Reasons = append(out[i].Reasons, casework.Reason{State: string(r.State), Text: r.Text})
		}
	}
	return out, nil
}

type jobLines struct{ *jobs.Room }

// JobLines implements casework.Jobs.
func (j jobLines) JobLines(ctx context.Context, language string, personID int64, most int) ([]casework.Line, error) {
	lines, err := j.Lines(ctx, personID, most)
	if err != nil {
		return nil, err
	}
	out := make([]casework.Line, len(lines))
	for i, l := range lines {
		out[i] = casework.Line{Href: fmt.Sprintf("/jobs/vacancy/%d", l.VacancyID), Title: l.Title, Sub: l.Employer, Next: l.Pay}
		if language == lang.English {
			out[i].Next = strings.Replace(l.Pay, " 元", " yuan", 1)
		}
		for _, r := range l.Reasons {
			state := "no"
			if r.For {
				state = "yes"
			}
			text := r.Zh
			if language == lang.English {
				text = r.En
			}
			out[i].Reasons = append(out[i].Reasons, casework.Reason{State: state, Text: text})
		}
	}
	return out, nil
}

// hintsTaken lets what the collecting room's desk found true into the register, and brings newcomers to the review desk.
type hintsTaken struct{ *intake.Room }

// CorrectPhone implements collect.Register.
func (h hintsTaken) CorrectPhone(ctx context.Context, tx *db.Tx, who web.User, personID int64, phone string, since db.Date, why string) error {
	return h.Correct(ctx, tx, intake.Correction{PersonID: personID, Field: "phone", Value: phone, Why: why, By: account.Signature(who), ByID: who.ID, ValidFrom: since.Time})
}

// Propose implements collect.Linkage.
func (h hintsTaken) Propose(ctx context.Context, tx *db.Tx, who web.User, n collect.Newcomer) error {
	_, err := h.Room.Propose(ctx, tx, who, intake.Newcomer{Name: n.Name, IDNumber: n.IDNumber, Phone: n.Phone, Area: n.Area, Met: n.Met, Note: n.Note})
	return err
}
