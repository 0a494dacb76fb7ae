package verify

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/account"
	"jiuye/internal/register/area"
	"jiuye/internal/register/indicator"
)

// zeroDay asks the register for what is known now.
var zeroDay time.Time

// Limits of a file that is brought in.
const (
	mostFile = 20 << 20
	mostRows = 50_000
)

// Flaw is a row that was not taken, and why.
type Flaw struct {
	Row   int
	Why   string
	Cells []string
}

// Brought is what became of a file.
type Brought struct {
	Rows, Taken, Same, Changed int
	Flaws                      []Flaw
}

// readRows reads a table by the names of its columns; take gets the cells in the order of the names, missing ones empty.
func readRows(path string, names []string, need int, take func(row int, cells []string) error) (Brought, error) {
	var out Brought
	book, err := sheet.Open(path, sheet.Limits{MaxBytes: 200 << 20, MaxRows: 10 * mostRows})
	if err != nil {
		return out, err
	}
	defer book.Close()
	table, err := book.Table("", sheet.Titles(need, names...))
	if err != nil {
		return out, err
	}
	for line, err := range table.Lines() {
		if err != nil {
			return out, err
		}
		if out.Rows++; out.Rows > mostRows {
			return out, fault.New(fault.TooLarge, "文件超过 %d 行，请分成几个文件导入", mostRows)
		}
		if err := take(line.Number, line.Cells); err != nil {
			out.Flaws = append(out.Flaws, Flaw{Row: line.Number, Why: fault.TextOf(err), Cells: line.Raw})
		}
	}
	return out, nil
}

// place reads an area's code or name, for somebody who may bring in its figures.
func place(who web.User, text string, known map[string]string) (string, error) {
	code, ok := known[text]
	if !ok {
		if code = area.Normal(text); !area.Exists(code) || area.Level(code) > area.Banner {
			return "", fault.New(fault.Invalid, "地区“%s”不在区划表内，请填旗县、盟市的全称或六位代码", text)
		}
	}
	if err := MayBring(who, code); err != nil {
		return "", fault.New(fault.Invalid, "%s不在您的辖区内，不能导入", area.Name(code))
	}
	return code, nil
}

// areaNames are the names of the region's areas down to banners.
func areaNames() map[string]string {
	out := map[string]string{}
	for _, code := range reporting() {
		out[area.Name(code)], out[code] = code, code
	}
	return out
}

// month reads 202508, 2025-08 or 2025年8月.
func month(text string) (int, error) {
	clean := strings.NewReplacer("年", "-", "月", "", "/", "-", ".", "-").Replace(text)
	if y, m, ok := strings.Cut(clean, "-"); ok {
		m, _, _ = strings.Cut(m, "-")
		if len(m) == 1 {
			m = "0" + m
		}
		clean = y + m
	}
	n, err := strconv.Atoi(clean)
	if err != nil || n < 199001 || n > 209912 || n%100 < 1 || n%100 > 12 {
		return 0, fault.New(fault.Invalid, "月份“%s”应写成 2025-08", text)
	}
	return n, nil
}

// FigureColumns and MacroColumns are the heads of the tables that can be brought in; the last two of a macro table may be left out.
var (
	FigureColumns = []string{"地区", "指标", "月份", "当月上报数"}
	MacroColumns  = []string{"地区", "数列", "月份", "数值", "单位", "来源"}
)

// BringFigures takes reported figures of months from a table: new ones are submitted, different ones are corrections, same ones are left.
func (r *Room) BringFigures(ctx context.Context, who web.User, path, note, key string) (Brought, error) {
	definitions, err := r.Indicators.Definitions(ctx)
	if err != nil {
		return Brought{}, err
	}
	byName := map[string]indicator.Definition{}
	for _, d := range definitions {
		byName[d.Name], byName[d.ID] = d, d
	}
	known := areaNames()
	var list []indicator.Report
	there := map[string]bool{}
	out, err := readRows(path, FigureColumns, len(FigureColumns), func(_ int, cells []string) error {
		code, err := place(who, cells[0], known)
		if err != nil {
			return err
		}
		d, ok := byName[cells[1]]
		if !ok || !examined(d) {
			return fault.New(fault.Invalid, "没有可以按月核对的指标“%s”，请照指标页的名称填写", cells[1])
		}
		m, err := month(cells[2])
		if err != nil {
			return err
		}
		if last := indicator.MonthOf(r.Clock.Today()); indicator.Period(m) > last {
			return fault.New(fault.Invalid, "月份 %s 还没有到", cells[2])
		}
		n, err := indicator.Scaled(strings.ReplaceAll(cells[3], ",", ""), d.Unit)
		if err != nil {
			return fault.New(fault.Invalid, "“%s”不是可以识别的数", cells[3])
		}
		at := fmt.Sprint(code, d.ID, m)
		if there[at] {
			return fault.New(fault.Invalid, "%s %s %s 在文件里有两行", cells[0], cells[1], cells[2])
		}
		there[at] = true
		list = append(list, indicator.Report{Area: code, Indicator: d.ID, Period: indicator.Period(m), Value: n, Note: note, State: indicator.Submitted, ByID: who.ID, ByName: who.Name, At: r.now()})
		return nil
	})
	if err != nil || len(list) == 0 {
		return out, err
	}
	fresh, changed, same, err := r.against(ctx, list)
	if err != nil {
		return out, err
	}
	out.Taken, out.Changed, out.Same = len(fresh), len(changed), same
	return out, r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := r.Indicators.AddReports(ctx, tx, fresh); err != nil {
			return err
		}
		if err := r.Indicators.CorrectReports(ctx, tx, changed); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "figures", 0, who.Area, fmt.Sprintf("导入上报数 %d 个，更正 %d 个", len(fresh), len(changed)))
	})
}

// against divides reports into new ones, corrections (with the version that they correct) and those that say the same.
func (r *Room) against(ctx context.Context, list []indicator.Report) (fresh, changed []indicator.Report, same int, err error) {
	var areas []string
	seen := map[string]bool{}
	for i := range list {
		if code := list[i].Area; !seen[code] {
			seen[code], areas = true, append(areas, code)
		}
	}
	old, err := r.Indicators.Reports(ctx, areas, zeroDay)
	if err != nil {
		return nil, nil, 0, err
	}
	type cell struct {
		area, indicator string
		period          indicator.Period
	}
	stand := map[cell]indicator.Report{}
	for _, o := range old {
		stand[cell{o.Area, o.Indicator, o.Period}] = o
	}
	for _, rep := range list {
		switch o, there := stand[cell{rep.Area, rep.Indicator, rep.Period}]; {
		case !there:
			fresh = append(fresh, rep)
		case o.Value == rep.Value && o.State != indicator.Returned:
			same++
		default:
			rep.Version = o.Version
			changed = append(changed, rep)
		}
	}
	return fresh, changed, same, nil
}

// BringMacro takes values of macro series from a table; what is there for a month is overwritten.
func (r *Room) BringMacro(ctx context.Context, who web.User, path, key string) (Brought, error) {
	known := areaNames()
	var list []Macro
	there := map[string]bool{}
	out, err := readRows(path, MacroColumns, 4, func(_ int, cells []string) error {
		code, err := place(who, cells[0], known)
		if err != nil {
			return err
		}
		m, err := month(cells[2])
		if err != nil {
			return err
		}
		v, err := strconv.ParseFloat(strings.ReplaceAll(cells[3], ",", ""), 64)
		if err != nil || !(v >= 0 && v < 1e14) {
			return fault.New(fault.Invalid, "“%s”不是可以识别的数", cells[3])
		}
		if cells[1] == "" || len([]rune(cells[1])) > 40 {
			return fault.New(fault.Invalid, "数列名称应有 1 至 40 个字")
		}
		if len([]rune(cells[4])) > 20 || len([]rune(cells[5])) > 100 {
			return fault.New(fault.Invalid, "单位不超过 20 个字，来源不超过 100 个字")
		}
		at := fmt.Sprint(code, cells[1], m)
		if there[at] {
			return fault.New(fault.Invalid, "%s %s %s 在文件里有两行", cells[0], cells[1], cells[2])
		}
		there[at] = true
		list = append(list, Macro{Area: code, Series: cells[1], Month: m, Value: v, Unit: cells[4], Source: cells[5]})
		return nil
	})
	if err != nil || len(list) == 0 {
		return out, err
	}
	out.Taken = len(list)
	return out, r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := tx.Once(ctx, key, r.Clock.Now()); err != nil {
			return err
		}
		if err := saveMacro(ctx, tx, list, account.Signature(who), r.now()); err != nil {
			return err
		}
		return r.note(ctx, tx, who, "macro", 0, who.Area, fmt.Sprintf("导入宏观数列 %d 个数", len(list)))
	})
}
