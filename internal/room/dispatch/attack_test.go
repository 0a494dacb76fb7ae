package dispatch

import (
	"strings"
	"sync"
	"testing"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/register/employer"
)

// lead brings in a project of one banner with one forecast, and returns it.
func (w *world) lead(project, credit, occupation string) Lead {
	w.T.Helper()
	_, err := w.Take(ctx, suriya, &List{Leads: []*Lead{{Area: "152921", Project: project, Owner: "某公司", CreditCode: credit, Department: "发改委", People: 40, Forecasts: []Forecast{{Occupation: occupation, People: 40}}}}}, w.Once())
	w.Must(err)
	list, err := leads(ctx, w.World.DB, "152921", "", db.Date{Time: firstOf(200001)}, 0, 10)
	w.Must(err)
	return list[len(list)-1]
}

func TestAGapGoesUpOnceUntilItIsAnswered(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.enter()
		w.report(202508, 1, 8)
		w.Must(w.Raise(ctx, suriya, 5, 202508, "请在全盟调度", w.Once()))
		w.Refused(fault.Conflict, "上级还没有答复", w.Raise(ctx, suriya, 5, 202508, "再报一次", w.Once()))
		list, err := actionsOf(ctx, w.World.DB, 5, 202508, 10)
		w.Must(err)
		w.Refused(fault.Conflict, "由上级答复", w.Result(ctx, suriya, 5, list[0].ID, 8, "自己填", list[0].Version, w.Once()))
		w.Must(w.Raise(ctx, chief, 5, 202508, "请自治区调度", w.Once())) // the league passes it on
		task, err := w.Assignments.Get(ctx, chief, list[0].AssignmentID)
		w.Must(err)
		w.Must(w.Assignments.Answer(ctx, chief, task.ID, task.Version, "done", "组织了 10 人", w.Once()))
		w.Must(w.Raise(ctx, suriya, 5, 202508, "仍缺人", w.Once()))
	})
}

func TestABannerDoesNotListAnotherBannersEnterpriseThroughAProject(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		far := identity.MakeCreditCode('9', '1', "152923", 9)
		w.Tx(func(tx *db.Tx) error {
			return w.World.Employers.Save(ctx, tx, []employer.Employer{{ID: 9, CreditCode: far, Name: "额济纳口岸", Kind: employer.Enterprise, Area: "152923100001"}})
		})
		l := w.lead("光伏", far, "电工")
		_, err := w.Key(ctx, suriya, l.ID, "", l.Version, w.Once())
		w.Refused(fault.Conflict, "额济纳旗", err)
		if _, err := w.unitByID(ctx, w.World.DB, 9); !fault.Is(err, fault.NotFound) {
			t.Error(err)
		}
	})
}

func TestALaterListsCreditCodeIsTheOwners(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.lead("光伏", code(6), "电工")
		l := w.lead("光伏", code(5), "电工")
		_, err := w.Turn(ctx, suriya, l.ID, "", 500_000, 600_000, l.Version, w.Once())
		w.Must(err)
		if got, err := w.leadByID(ctx, w.World.DB, l.ID); err != nil || got.EmployerID != 5 {
			t.Errorf("%+v %v", got, err)
		}
	})
}

func TestAProjectsWordsAreCheckedLikeAnyAdvert(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		l := w.lead("光伏", code(6), "操作工（限男性）")
		_, err := w.Turn(ctx, suriya, l.ID, "", 500_000, 600_000, l.Version, w.Once())
		w.Refused(fault.Invalid, "性别", err)
	})
}

func TestAServiceOfficerIsNoVillagesCoordinator(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.enter()
		w.Refused(fault.Invalid, "服务专员", w.Name(ctx, suriya, 5, xie.ID, 2, w.Once()))
		w.Must(w.Name(ctx, suriya, 5, chief.ID, 2, w.Once()))
	})
}

func TestAnAgencyMakesOneOfferAndNeverPaysOne(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		id, err := w.Want(ctx, plant, Need{Service: "recruit", Occupation: "操作工", People: 20, Until: on(2025, 12, 1)}, w.Once())
		w.Must(err)
		o := Offer{NeedID: id, People: 15, Days: 20, Fee: -30_000, Text: "从乌海组织"}
		w.Refused(fault.Invalid, "费用", w.Offer(ctx, agent, o, w.Once()))
		o.Fee = 0
		w.Must(w.Offer(ctx, agent, o, w.Once()))
		w.Refused(fault.Conflict, "提出过方案", w.Offer(ctx, agent, o, w.Once()))
	})
}

func TestNumbersBeyondReasonInAReport(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Report)
		text   string
	}{
		"pay below nothing":    {func(p *Report) { p.Gaps[0].PayLow = -1 }, "月工资应为"},
		"pay of a billion":     {func(p *Report) { p.Gaps[0].PayHigh = 1e15 }, "月工资应为"},
		"fewer than nobody":    {func(p *Report) { p.Staff = -5 }, "人数不能小于 0"},
		"expects fewer too":    {func(p *Report) { p.Ahead[2] = -1 }, "人数不能小于 0"},
		"found less than none": {func(p *Report) { p.Gaps[0].Told = -3 }, "已招到"},
	} {
		p := Report{EmployerID: 5, Month: 202508, Staff: 300, Reasons: []string{"skill"}, Gaps: gaps(8)}
		c.change(&p)
		if err := p.check(); !strings.Contains(fault.TextOf(err), c.text) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCellsOfListsThatAreNoFigures(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		list := w.list([]string{"光伏", "某新能源", "", "阿拉善左旗", "发改委", "电工", "10", ""}, []string{strings.Repeat("长", 101), "某新能源", "", "阿拉善左旗", "发改委", "电工", "10", ""})
		if len(list.Leads) != 1 || len(list.Flaws) != 1 || !strings.Contains(list.Flaws[0].Why, "100 个字") {
			t.Errorf("%+v", list)
		}
	})
	m, ok := mapHead([]string{"项目名称", "建设单位", "所在地区", "工种", "用工人数", "总投资"})
	if !ok {
		t.Fatal("no head")
	}
	for _, text := range []string{"NaN", "Inf", "-1", "1e300"} {
		if _, why := m.lead(sheet.Row{Number: 2, Cells: []string{"光伏", "某新能源", "阿拉善左旗", "电工", "10", text}}, suriya, ""); !strings.Contains(why, "总投资") {
			t.Errorf("%s: %q", text, why)
		}
	}
}

func TestAGapGoesUpOnceAlsoAtTheSameMoment(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		w.enter()
		w.report(202508, 1, 8)
		errs, keys := make([]error, 4), []string{w.Once(), w.Once(), w.Once(), w.Once()}
		var wait sync.WaitGroup
		for i := range errs {
			wait.Go(func() { errs[i] = w.Raise(ctx, suriya, 5, 202508, "请在全盟调度", keys[i]) })
		}
		wait.Wait()
		for _, err := range errs {
			if err != nil && !fault.Is(err, fault.Conflict) {
				t.Error(err)
			}
		}
		if list, err := actionsOf(ctx, w.World.DB, 5, 202508, 10); err != nil || len(list) != 1 {
			t.Errorf("%d actions, %v", len(list), err)
		}
	})
}

func TestABannersListHoldsItsOwnProjects(t *testing.T) {
	run(t, func(t *testing.T, w *world) {
		_, err := w.Take(ctx, suriya, &List{Leads: []*Lead{{Area: "152923", Project: "口岸", Owner: "某公司", Department: "发改委"}}}, w.Once())
		w.Refused(fault.Denied, "额济纳旗", err)
	})
}
