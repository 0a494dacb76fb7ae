package crowd

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"pgregory.net/rapid"

	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/db"
	"jiuye/internal/register/dictionary"
	"jiuye/internal/register/person"
)

// anyCondition writes a random condition over fields of all types.
func anyCondition(depth int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		how := ""
		if depth > 0 {
			how = rapid.SampledFrom([]string{"", "全部", "任一", "非", "至少"}).Draw(t, "how")
		}
		n := rapid.IntRange(0, 40).Draw(t, "n")
		switch how {
		case "":
			return rapid.SampledFrom([]string{
				"登记失业 是", "登记失业 否", "有劳动能力 是", "农业户口 是", "零就业家庭成员 是",
				fmt.Sprintf("失业月数 >= %d", n%12), fmt.Sprintf("失业月数 != %d", n%12), fmt.Sprintf("年龄 介于 %d 和 59 之间", n), fmt.Sprintf("年龄 不介于 %d 和 40 之间", n),
				fmt.Sprintf("出生日期 < 今天 - %d 年", n), fmt.Sprintf("退役日期 在 %d 年内", n%6), "性别 属于 女", "性别 不属于 女",
				"当前就业形式 属于 [单位就业, 灵活就业]", "当前就业形式 不属于 [未就业]", "居住地 开头为 [1529, 150102]", "居住地 开头不为 [152921]",
			}).Draw(t, "leaf")
		case "非":
			return "{非: " + quoted(anyCondition(depth-1).Draw(t, "part")) + "}"
		}
		parts := rapid.SliceOfN(anyCondition(depth-1), 1, 4).Draw(t, "parts")
		if how == "至少" {
			how = fmt.Sprintf("至少 %d", rapid.IntRange(1, len(parts)).Draw(t, "least"))
		}
		for i, p := range parts {
			parts[i] = quoted(p)
		}
		return "{" + how + ": [" + strings.Join(parts, ", ") + "]}"
	})
}

func quoted(condition string) string {
	if strings.HasPrefix(condition, "{") {
		return condition
	}
	return `"` + condition + `"`
}

// The database screens as the engine does: for random conditions and people every row of a table of columns is true, false
// or NULL as Holds says yes, no or unknown.
func TestTheDatabaseScreensAsTheEngineDoes(t *testing.T) {
	onBoth(t, func(w town) {
		w.settle(1, 250)
		w.fresh()
		around, err := dictionary.On(ctx, w.DB, w.Clock.Today())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := around.Everybody(ctx, w.DB, w.Employers); err != nil {
			t.Fatal(err)
		}
		facts := map[int64]*dictionary.Row{}
		if err := w.People.EachFacts(ctx, 0, func(batch []*person.Facts) error {
			for _, f := range batch {
				facts[f.ID] = &dictionary.Row{}
				around.Fill(facts[f.ID], f)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		w.do(func(tx *db.Tx) error { return w.Table(ctx, tx, "crowd_row") })
		agree := func(t rapid.TB, p *rule.Policy) {
			where, err := w.Where(ctx, p)
			if err != nil {
				t.Fatal(err)
			}
			type answer struct {
				id    int64
				truth int
			}
			n := 0
			if err := db.Each(ctx, w.DB, func(a *answer) []any { return []any{&a.id, &a.truth} }, func(a *answer) error {
				n++
				if want := map[rule.Verdict]int{rule.No: 0, rule.Unknown: 1, rule.Eligible: 2}[rule.Holds(p, facts[a.id], around.On)]; a.truth != want {
					t.Fatalf("person %d: the database says %d, the engine %d, of\n%s", a.id, a.truth, want, where)
				}
				return nil
			}, `SELECT person_id, CASE WHEN `+where+` THEN 2 WHEN NOT (`+where+`) THEN 0 ELSE 1 END FROM crowd_row ORDER BY person_id`); err != nil {
				t.Fatal(err)
			}
			if n != 249 {
				t.Fatalf("%d rows, 249 people", n)
			}
		}
		for _, p := range policies(t) {
			agree(t, p)
		}
		d, err := dictionary.Person()
		if err != nil {
			t.Fatal(err)
		}
		rapid.Check(t, func(t *rapid.T) {
			c := anyCondition(3).Draw(t, "condition")
			text := "编号: X\n名称: 试\n来源: {文件: 无, 条款: 无, 原文: 无}\n结果: {说明: 无}\n办理: {下一步: 无}\n条件:\n- " + c + "\n"
			p, err := rule.Load([]byte(text), d)
			if err != nil {
				t.Fatalf("%v in\n%s", err, text)
			}
			agree(t, p)
		})
	})
}

func TestAParquetFileNamesNobodyAndIsReadBack(t *testing.T) {
	onBoth(t, func(w town) {
		w.settle(1, 120)
		w.fresh()
		var file bytes.Buffer
		n, err := w.Parquet(ctx, &file)
		if err != nil || n != 119 {
			t.Fatal(n, err)
		}
		type line struct {
			Person     string  `parquet:"person"`
			Birth      *int32  `parquet:"birth,date,optional"`
			Area       *string `parquet:"area,optional"`
			Registered *bool   `parquet:"registered_unemployed,optional"`
			Able       *bool   `parquet:"able_to_work,optional"`
			Months     *int64  `parquet:"months_unemployed,optional"`
			Sex        *string `parquet:"sex,optional"`
		}
		lines, err := parquet.Read[line](bytes.NewReader(file.Bytes()), int64(file.Len()))
		if err != nil || len(lines) != 119 {
			t.Fatal(len(lines), err)
		}
		seen, registered, asked := map[string]bool{}, int64(0), 0
		for _, l := range lines {
			if seen[l.Person] || len(l.Person) != 24 {
				t.Errorf("the pseudonym %q", l.Person)
			}
			seen[l.Person] = true
			if rule.Day(*l.Birth).Time().Day() != 1 || len(*l.Area) > 6 || *l.Sex != "male" && *l.Sex != "female" {
				t.Errorf("%d %s %s tell too much", *l.Birth, *l.Area, *l.Sex)
			}
			if *l.Registered && *l.Months >= 6 {
				registered++
			}
			if l.Able != nil {
				asked++
			}
		}
		counts, err := w.Counts(ctx, "T0")
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range counts {
			registered -= c.Yes
		}
		if registered != 0 || asked == 0 || asked == 119 {
			t.Errorf("the file counts others than the columns: %d more, %d asked", registered, asked)
		}
	})
}
