package supervise

import (
	"cmp"
	"context"
	_ "embed"
	"slices"
	"strings"
	"sync"

	"gopkg.in/yaml.v3"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

//go:embed data/duties.yaml
var dutiesFile []byte

// Item is something that a plan document wants, split for one level: who leads, who helps, which steps until when.
type Item struct {
	Plan      string   `yaml:"plan"`
	No        string   `yaml:"no"`
	Title     string   `yaml:"title"`
	What      string   `yaml:"what"`
	Lead      string   `yaml:"lead"`  // code of data/units.csv, or, of an uploaded plan, the unit as the plan names it where no code is its
	Joint     []string `yaml:"joint"` // the same
	Indicator string   `yaml:"indicator"`
	Quote     string   `yaml:"quote"`
	Steps     []Due    `yaml:"steps"`
}

// Due is one milestone of an item.
type Due struct {
	Text string `yaml:"text"`
	Due  string `yaml:"due"`
}

// printed are the documents of the catalogue.
var printed = []string{"000", "001", "002", "004"}

// Key names an item: 002/5.
func (it Item) Key() string { return it.Plan + "/" + it.No }

// items are the catalogue. Of document 002 the titles, sums and quotes are the register's tasks.
var items = sync.OnceValues(func() ([]Item, error) {
	var list []Item
	if err := yaml.Unmarshal(dutiesFile, &list); err != nil {
		return nil, err
	}
	_, _, tasks := indicator.Printed()
	for i := range list {
		for _, t := range tasks {
			if list[i].Plan == t.Plan && list[i].No == t.No && list[i].Title == "" {
				list[i].Title, list[i].What, list[i].Quote = t.Title, t.Summary, t.Quote
			}
		}
	}
	return list, nil
})

// offered are the catalogue and the tasks of the other plans in force for an area, each with the name of its plan where it is no printed one.
func (r *Room) offered(ctx context.Context, at string) (list []Item, names map[string]string, err error) {
	all, err := items()
	if err != nil {
		return nil, nil, err
	}
	ours := map[string]bool{}
	for _, it := range all {
		ours[it.Plan] = true
	}
	plans, err := r.Indicators.Plans(ctx)
	if err != nil {
		return nil, nil, err
	}
	list, names = slices.Clone(all), map[string]string{}
	for _, p := range plans {
		if ours[p.ID] || p.State != indicator.Confirmed || !area.Within(at, p.Area) {
			continue
		}
		tasks, err := r.Indicators.Tasks(ctx, p.ID)
		if err != nil {
			return nil, nil, err
		}
		names[p.ID] = p.Name
		for _, t := range tasks {
			if t.Lead != "" {
				list = append(list, itemOf(p.ID, &t))
			}
		}
	}
	return list, names, nil
}

// itemOf is a task as a plan document names it.
func itemOf(plan string, t *indicator.Task) Item {
	it := Item{Plan: plan, No: t.No, Title: t.Title, What: t.Summary, Lead: codeOf(t.Lead), Quote: t.Quote}
	for _, u := range t.Units {
		if u != t.Lead {
			it.Joint = append(it.Joint, codeOf(u))
		}
	}
	if t.Due != "" {
		it.Steps = []Due{{Text: cmp.Or(strings.Join(t.Deliverables, "；"), "完成任务"), Due: t.Due}}
	}
	return it
}

// Split gives items of the catalogue, or tasks of a plan in force, to an area's units as duties of a year; those that were given already stay. It says how many
// are new.
func (r *Room) Split(ctx context.Context, who web.User, at string, year int64, keys []string, key string) (int, error) {
	if err := MaySupervise(who, at); err != nil {
		return 0, err
	}
	all, _, err := r.offered(ctx, at)
	if err != nil {
		return 0, err
	}
	want := map[string]bool{}
	for _, k := range keys {
		want[k] = true
	}
	if len(want) == 0 {
		return 0, fault.New(fault.Invalid, "请至少选择一项任务")
	}
	fresh := 0
	err = r.DB.Tx(ctx, func(tx *db.Tx) error {
		fresh = 0
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		for _, it := range all {
			if !want[it.Key()] {
				continue
			}
			code, name := it.Lead, unitName(it.Lead, at)
			if code == name {
				code = ""
			}
			u, err := r.ensureUnit(ctx, tx, at, code, name)
			if err != nil {
				return err
			}
			d := Duty{Area: at, UnitID: u.ID, Unit: u.Name, Joint: joint(it.Joint, at), Source: FromPlan, Plan: it.Plan, No: it.No, Title: it.Title, What: it.What, Quote: it.Quote, Indicator: it.Indicator, Year: year}
			var list []Milestone
			for _, s := range it.Steps {
				day, ok := web.ParseDate(s.Due)
				if ok && int64(day.Year()) == year {
					list = append(list, Milestone{Text: s.Text, Due: db.On(day)})
				}
			}
			if len(list) == 0 {
				day, _ := web.ParseDate(itoa(year) + "-12-31")
				list = append(list, Milestone{Text: "完成全年任务并报送总结", Due: db.On(day)})
			}
			added, err := r.give(ctx, tx, who, &d, list)
			if err != nil {
				return err
			}
			fresh += int(bit(added))
		}
		return r.note(ctx, tx, who, "split", "area", 0, at, "按分工方案下达任务")
	})
	return fresh, err
}

func joint(codes []string, at string) string {
	var names []string
	for _, c := range codes {
		names = append(names, unitName(c, at))
	}
	return strings.Join(names, "、")
}

// give enters a duty with its milestones; false where the unit has it already.
func (r *Room) give(ctx context.Context, tx *db.Tx, who web.User, d *Duty, list []Milestone) (bool, error) {
	d.ID, d.State, d.By, d.At, d.Giver = r.IDs.Next(), Open, account.Signature(who), r.Clock.Now().UnixMilli(), who.Area
	if fresh, err := insertDuty(ctx, tx, d); err != nil || !fresh {
		return false, err
	}
	for i := range list {
		m := &list[i]
		m.DutyID, m.ID, m.Area, m.UnitID, m.State = d.ID, r.IDs.Next(), d.Area, d.UnitID, Open
		if err := insertMilestone(ctx, tx, m); err != nil {
			return false, err
		}
	}
	return true, r.addStep(ctx, tx, &Milestone{DutyID: d.ID, Area: d.Area}, "give", "下达任务，责任单位："+d.Unit, d.By)
}

// Give enters a duty by hand, with one milestone.
func (r *Room) Give(ctx context.Context, who web.User, d Duty, first Milestone, key string) (int64, error) {
	err := r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := r.giveTo(ctx, tx, who, &d, first); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "give", "duty", d.ID, d.Area, "下达任务："+d.Title)
	})
	return d.ID, err
}

// giveTo gives a duty of any source to its unit.
func (r *Room) giveTo(ctx context.Context, tx *db.Tx, who web.User, d *Duty, first Milestone) error {
	u, err := unitByID(ctx, tx, d.UnitID)
	if err != nil {
		return err
	}
	if err := MaySupervise(who, u.Area); err != nil {
		return err
	}
	if d.Title == "" || first.Text == "" || first.Due.IsZero() || first.Due.Before(r.Clock.Today()) {
		return fault.New(fault.Invalid, "请填写任务名称、节点内容和今天以后的期限")
	}
	d.Area, d.Unit, d.Year = u.Area, u.Name, int64(first.Due.Year())
	_, err = r.give(ctx, tx, who, d, []Milestone{first})
	return err
}
