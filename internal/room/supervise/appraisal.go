package supervise

import (
	"context"
	_ "embed"
	"slices"
	"strconv"
	"strings"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
)

// States of a scheme: draft → published (appeals) → asked (for the final decision) → final. Open, Upheld and Rejected are those of an
// appeal.
const (
	Draft     = "draft"
	Published = "published"
	Asked     = "asked"
	Final     = "final"

	Upheld   = "upheld"
	Rejected = "rejected"
)

// Scheme is a year's appraisal of the areas below one.
type Scheme struct {
	ID          int64
	Area        string
	Year        int64
	Title       string
	Cutoff      db.Date // figures as they were known on this day
	AppealUntil db.Date
	State       string
	Hash        string // of what the lines were computed from; "" before
	ByID        int64
	By          string
	Version     int64
}

// Areas are the ones that are appraised.
func (s *Scheme) Areas() (codes []string) {
	for _, a := range area.Children(s.Area) {
		codes = append(codes, a.Code)
	}
	return codes
}

// Appeal is what an area says against its line, and the answer. Both texts are sealed where they are stored.
type Appeal struct {
	SchemeID, ID int64
	Area         string
	No           int64
	Text, Answer string
	Points       int64 // hundredths added
	State        string
	ByID         int64
	By, Answerer string
	On           db.Date
}

//go:embed data/scheme.csv
var schemeFile string

// usual are the criteria that a new scheme begins with.
func usual() (list []Criterion) {
	for i, line := range strings.Split(strings.TrimSpace(schemeFile), "\n")[1:] {
		f := strings.Split(line, ",")
		n := func(k int) int64 { v, _ := strconv.ParseInt(f[k], 10, 64); return v }
		list = append(list, Criterion{No: int64(i + 1), Name: f[0], Rule: f[1], Input: f[2], Weight: n(3), Cap: n(4), EachOne: n(5)})
	}
	return list
}

// Draw begins a year's scheme with the usual criteria.
func (r *Room) Draw(ctx context.Context, who web.User, s Scheme, key string) (int64, error) {
	if err := MayLead(who, s.Area); err != nil {
		return 0, err
	}
	today := r.Clock.Today()
	switch {
	case area.Level(s.Area) > area.League:
		return 0, fault.New(fault.Invalid, "考核由自治区对盟市、盟市对旗县进行，请选择自治区或盟市")
	case s.Title == "" || s.Year < 2021 || s.Year > int64(today.Year()):
		return 0, fault.New(fault.Invalid, "请填写名称和考核年度（2021～%d）", today.Year())
	case s.Cutoff.IsZero() || s.Cutoff.After(today):
		return 0, fault.New(fault.Invalid, "数据截止日应不晚于今天：考核用截止日当天已知的数据")
	}
	s.ID, s.State, s.ByID, s.By = r.IDs.Next(), Draft, who.ID, account.Signature(who)
	err := r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := insertScheme(ctx, tx, &s); err != nil {
			return err
		}
		for _, c := range usual() {
			c.SchemeID = s.ID
			if err := putCriterion(ctx, tx, c); err != nil {
				return err
			}
		}
		return r.note(ctx, tx, who, "scheme", "scheme", s.ID, s.Area, "制定考核方案："+s.Title)
	})
	return s.ID, err
}

// scheming does something about a scheme in one transaction, and counts the change.
func (r *Room) scheming(ctx context.Context, who web.User, id, version int64, key, what string, do func(tx *db.Tx, s *Scheme) error) error {
	s, err := schemeByID(ctx, r.DB, id)
	if err != nil {
		return err
	}
	if err := MayRead(who, s.Area); err != nil {
		return err
	}
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := do(tx, &s); err != nil {
			return err
		}
		if err := touchScheme(ctx, tx, &s, version); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "scheme", "scheme", s.ID, s.Area, what+"："+s.Title)
	})
}

// ledBy asks for somebody who may lead and a scheme in one of some states.
func ledBy(who web.User, s *Scheme, states ...string) error {
	if err := MayLead(who, s.Area); err != nil {
		return err
	}
	if !slices.Contains(states, s.State) {
		return fault.New(fault.Conflict, "考核现在的状态不能这样办，请看过现在的样子再办")
	}
	return nil
}

// SetCriterion adds a criterion to a draft, changes the one of its number, or takes it out (weight 0).
func (r *Room) SetCriterion(ctx context.Context, who web.User, id int64, c Criterion, version int64, key string) error {
	return r.scheming(ctx, who, id, version, key, "修改考核指标", func(tx *db.Tx, s *Scheme) error {
		if err := ledBy(who, s, Draft); err != nil {
			return err
		}
		list, err := criteria(ctx, tx, id)
		if err != nil {
			return err
		}
		_, known := r.definition(ctx, c.Input)
		bad := c.Rule == ByRank && !known || (c.Rule == ByDeduction || c.Rule == ByBonus) && (known || c.Input == InputMilestones) || c.Rule == ByCompletion && !known && c.Input != InputMilestones
		switch {
		case c.Weight > 0 && (c.Name == "" || !slices.Contains(scoring, c.Rule) || !known && !slices.Contains(counted, c.Input)):
			return fault.New(fault.Invalid, "请填写指标名称，选择评分办法和数据口径")
		case c.Weight > 0 && bad:
			return fault.New(fault.Invalid, "这种评分办法不能用这个口径：完成率和位次用指标（或任务节点），扣分和加分用次数")
		case c.Weight < 0 || c.Weight > Full:
			return fault.New(fault.Invalid, "权重应在 0～100 分之间")
		}
		if c.No == 0 {
			for _, o := range list {
				c.No = max(c.No, o.No)
			}
			c.No++
		}
		if c.Cap == 0 {
			c.Cap = 10000
		}
		c.SchemeID = id
		s.Hash = ""
		return putCriterion(ctx, tx, c)
	})
}

// Compute computes all lines of a draft anew from the figures as known on the cut-off.
func (r *Room) Compute(ctx context.Context, who web.User, id, version int64, key string) error {
	s, err := schemeByID(ctx, r.DB, id)
	if err != nil {
		return err
	}
	if err := ledBy(who, &s, Draft); err != nil {
		return err
	}
	lines, hash, err := r.work(ctx, &s)
	if err != nil {
		return err
	}
	return r.scheming(ctx, who, id, version, key, "计算考核得分", func(tx *db.Tx, s *Scheme) error {
		if err := ledBy(who, s, Draft); err != nil {
			return err
		}
		s.Hash = hash
		return replaceScores(ctx, tx, id, lines)
	})
}

// work computes a scheme's lines and the hash of what they come from, and writes nothing.
func (r *Room) work(ctx context.Context, s *Scheme) ([]Score, string, error) {
	list, err := criteria(ctx, r.DB, s.ID)
	if err != nil {
		return nil, "", err
	}
	if sum := sumOf(list); sum != Full {
		return nil, "", fault.New(fault.Conflict, "权重合计 %s 分，应为 100 分（加分项不计）", hundredths(sum))
	}
	in, err := r.inputs(ctx, s, list)
	if err != nil {
		return nil, "", err
	}
	var lines []Score
	for _, c := range list {
		lines = append(lines, scoreAll(c, in[c.No])...)
	}
	return lines, fingerprint(s, list, in), nil
}
