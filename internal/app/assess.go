package app

import (
	"context"
	"fmt"
	"strings"
	"time"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/progress"
	"jiuye/internal/register/crowd"
	"jiuye/internal/register/person"
	"jiuye/internal/room/assess"
)

// assessed gives the room of assessments what it asks of the columns and of the policy room.
type assessed struct{ *App }

// Seeking implements assess.Crowd.
func (a assessed) Seeking(ctx context.Context, code string, educations []int) (yes, unknown int64, err error) {
	text := "编号: 待业\n名称: 待业\n来源: {原文: 待业}\n结果: {说明: 待业}\n办理: {下一步: 待业}\n条件:\n- 登记失业 是\n"
	if educations != nil {
		var names []string
		for _, code := range educations {
			if e, ok := person.EducationOf(code); ok {
				names = append(names, e.Zh)
			}
		}
		text += "- 学历 属于 [" + strings.Join(names, ", ") + "]\n"
	}
	draft, err := rule.LoadIn([]byte(text), a.Crowd.Dictionary(), nil)
	if err != nil {
		return 0, 0, fmt.Errorf("assess: %w", err)
	}
	if err := a.Policy.UseCrowd(ctx); err != nil {
		return 0, 0, err
	}
	list, err := a.Crowd.Ask(ctx, draft)
	for _, n := range crowd.Under(list, code, nil) {
		yes, unknown = yes+n.Yes, unknown+n.Unknown
	}
	return yes, unknown, err
}

// Listed implements assess.Policies.
func (a assessed) Listed(ctx context.Context, english bool) ([]assess.PolicyLine, error) {
	named, err := a.Policy.ForUnits(ctx)
	list := make([]assess.PolicyLine, len(named))
	for i, n := range named {
		if list[i] = (assess.PolicyLine{ID: n.ID, Name: n.Zh, Href: "/policy/" + n.ID}); english && n.En != "" {
			list[i].Name = n.En
		}
	}
	return list, err
}

// Finding implements assess.Policies.
func (a assessed) Finding(ctx context.Context, employers []int64) (map[int64][]string, error) {
	return a.Policy.Finding(ctx, employers)
}

// MinimumWage implements assess.Policies.
func (a assessed) MinimumWage(ctx context.Context, code string, on time.Time) (int64, string, bool) {
	return a.Policy.MinimumWage(ctx, code, on)
}

func (a *App) furnishAssess() {
	a.Assess = assess.New(assess.Deps{DB: a.DB, People: a.People, Employers: a.Employers, Clock: a.Clock, IDs: a.IDs, Audit: a.Audit, Approvals: a.Approvals, Assignments: a.Assignments,
		Crowd: assessed{a}, Policies: assessed{a}, AsOf: a.AsOf})
}

// seedAssess lets the demonstration's officer have put projects on file, and the managers have concluded them.
func (a *App) seedAssess(ctx context.Context, p progress.Reporter) error {
	p.Step("就业影响评估示例", 0)
	defer p.End()
	who, err := a.players(ctx)
	if err != nil || who.officer().ID == 0 || who.league.ID == 0 || who.region.ID == 0 {
		return err
	}
	return a.Assess.SeedDemo(ctx, assess.Cast{Officer: who.officer(), League: who.league, Region: who.region})
}
