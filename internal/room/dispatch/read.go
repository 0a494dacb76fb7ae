package dispatch

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/db"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/sheet"
	"jiuye/internal/ground/web"
	"jiuye/internal/register/area"
)

// columns are what a department's list may hold, with the names under which departments write it; the first is the template's.
var columns = []struct {
	key   string
	need  bool
	names []string
}{
	{"project", true, []string{"项目名称", "项目", "工程名称", "企业项目名称"}},
	{"owner", true, []string{"建设单位", "项目单位", "业主单位", "项目业主", "企业名称", "单位名称"}},
	{"credit", false, []string{"统一社会信用代码", "信用代码", "社会信用代码"}},
	{"department", false, []string{"主管部门", "推送部门", "行业主管部门", "审批部门"}},
	{"area", true, []string{"所在地区", "所在旗县", "建设地点", "旗县区", "地区", "区划代码"}},
	{"invest", false, []string{"总投资（万元）", "总投资", "投资额（万元）", "计划总投资"}},
	{"starts", false, []string{"计划开工日期", "开工日期", "开工时间", "计划开工时间", "投产时间"}},
	{"occupation", true, []string{"工种", "岗位", "岗位名称", "用工工种", "职业"}},
	{"people", true, []string{"用工人数", "人数", "需求人数", "用工需求", "用工数量"}},
	{"quarter", false, []string{"用工季度", "季度", "需求时间", "用工时间"}},
	{"contact", false, []string{"联系人"}},
	{"phone", false, []string{"联系电话", "电话", "联系方式"}},
}

// quarterHead is a column that holds one quarter's people: 2026年一季度, 2026年第2季度, 2026Q3.
var quarterHead = regexp.MustCompile(`^(20\d\d)(?:年)?(?:第)?(?:([一二三四1-4])季度|[Qq]([1-4]))(?:用工)?(?:人数)?$`)

// headKey is a head as it is compared.
func headKey(s string) string {
	return strings.NewReplacer("（", "(", "）", ")", " ", "", "　", "", "\n", "", "*", "").Replace(strings.TrimSpace(s))
}

// mapping says which column of a table holds what.
type mapping struct {
	at       map[string]int
	quarters map[int]string // column → quarter
	Unknown  []string       // heads that nothing is read from
}

// mapHead maps a row of heads; ok is false when it is none.
func mapHead(cells []string) (m mapping, ok bool) {
	m = mapping{at: map[string]int{}, quarters: map[int]string{}}
	for i, cell := range cells {
		head := headKey(cell)
		if head == "" {
			continue
		}
		if q, is := readQuarter(head, quarterHead); is {
			m.quarters[i] = q
			continue
		}
		found := false
		for _, c := range columns {
			for _, name := range c.names {
				if _, taken := m.at[c.key]; headKey(name) == head && !taken {
					m.at[c.key], found = i, true
				}
			}
		}
		if !found {
			m.Unknown = append(m.Unknown, cell)
		}
	}
	_, project := m.at["project"]
	_, owner := m.at["owner"]
	return m, project && owner
}

// missing names the required columns that a table lacks.
func (m *mapping) missing() (list []string) {
	for _, c := range columns {
		if _, there := m.at[c.key]; c.need && !there && !(c.key == "people" && len(m.quarters) > 0) {
			list = append(list, c.names[0])
		}
	}
	return list
}

// readQuarter reads 2026年一季度 and the like as 2026Q1.
func readQuarter(text string, form *regexp.Regexp) (string, bool) {
	found := form.FindStringSubmatch(text)
	if found == nil {
		return "", false
	}
	n := found[2] + found[3]
	if i := strings.Index("一二三四", n); i >= 0 && n != "" && len(n) == 3 {
		n = strconv.Itoa(i/3 + 1)
	}
	return found[1] + "Q" + n, true
}

// Flaw is a row that was not taken, and why.
type Flaw struct {
	Row   int
	Cells []string
	Why   string
}

// List is what a department's table says.
type List struct {
	Heads   []string
	Unknown []string
	Leads   []*Lead
	Flaws   []Flaw
	Rows    int
}

// mostLetters is how long a cell may be.
const mostLetters = 100

// mostRows is how many rows of a list are read.
const mostRows = 5000

// ReadList reads a department's list: the first sheet with the heads 项目名称 and 建设单位 in one of its first ten rows. Rows of one project
// fold into one lead. department stands for rows that name none; who may only bring in projects of areas that they reach.
func ReadList(path string, who web.User, department string) (*List, error) {
	book, err := sheet.Open(path, sheet.Limits{})
	if err != nil {
		return nil, err
	}
	defer book.Close()
	for _, name := range book.Sheets() {
		list, found, err := readSheet(book, name, who, department)
		if err != nil || found {
			return list, err
		}
	}
	return nil, fault.New(fault.Invalid, "表里没有找到“项目名称”和“建设单位”两列。请下载模板对照，表头应在前 10 行")
}

func readSheet(book *sheet.Book, name string, who web.User, department string) (*List, bool, error) {
	list, m, begun := &List{}, mapping{}, false
	known := map[string]*Lead{}
	for row, err := range book.Rows(name) {
		if err != nil {
			return nil, false, err
		}
		if !begun {
			if m, begun = mapHead(row.Cells); begun {
				if lacks := m.missing(); len(lacks) > 0 {
					return nil, true, fault.New(fault.Invalid, "表里缺少列：%s。请下载模板对照", strings.Join(lacks, "、"))
				}
				list.Heads, list.Unknown = row.Cells, m.Unknown
			} else if row.Number >= 10 {
				return nil, false, nil
			}
			continue
		}
		if strings.TrimSpace(strings.Join(row.Cells, "")) == "" {
			continue
		}
		if list.Rows++; list.Rows > mostRows {
			return nil, true, fault.New(fault.TooLarge, "一次最多导入 %d 行，请分成几个文件", mostRows)
		}
		l, why := m.lead(row, who, department)
		if why == "" {
			why = merge(list, known, l)
		}
		if why != "" {
			list.Flaws = append(list.Flaws, Flaw{Row: row.Number, Cells: row.Cells, Why: why})
		}
	}
	return list, begun, nil
}

// merge puts a row's lead into the list, with the rows of the same project.
func merge(list *List, known map[string]*Lead, l *Lead) string {
	old := known[l.key()]
	if old == nil {
		known[l.key()] = l
		list.Leads = append(list.Leads, l)
		return ""
	}
	if old.CreditCode != "" && l.CreditCode != "" && old.CreditCode != l.CreditCode {
		return "同一项目上面的行写的是另一个统一社会信用代码 " + old.CreditCode + "，请核对"
	}
	for _, f := range l.Forecasts {
		for _, o := range old.Forecasts {
			if o.Occupation == f.Occupation && o.Quarter == f.Quarter {
				return fmt.Sprintf("“%s”%s在上面已经写过一行，请合并人数", f.Occupation, quarterName(f.Quarter))
			}
		}
	}
	old.Forecasts, old.People = append(old.Forecasts, l.Forecasts...), old.People+l.People
	if old.Starts.IsZero() {
		old.Starts = l.Starts
	}
	old.Invest = max(old.Invest, l.Invest)
	return ""
}

// lead reads one row; why says what is wrong with it.
func (m *mapping) lead(row sheet.Row, who web.User, department string) (l *Lead, why string) {
	cell := func(key string) string {
		i, there := m.at[key]
		if !there {
			return ""
		}
		return strings.TrimSpace(row.Cell(i))
	}
	l = &Lead{Project: cell("project"), Owner: cell("owner"), CreditCode: strings.ToUpper(cell("credit")), Department: cell("department"), State: Fresh, Contact: Contact{Name: cell("contact"), Phone: cell("phone")}}
	if l.Department == "" {
		l.Department = department
	}
	switch {
	case l.Project == "":
		return nil, "没有写项目名称"
	case l.Owner == "":
		return nil, "没有写建设单位"
	case cell("occupation") == "":
		return nil, "没有写工种"
	case slices.ContainsFunc([]string{l.Project, l.Owner, l.Department, cell("occupation"), l.Contact.Name, l.Contact.Phone}, func(s string) bool { return utf8.RuneCountInString(s) > mostLetters }):
		return nil, fmt.Sprintf("名称、部门、工种和联系人每项最多 %d 个字", mostLetters)
	case l.CreditCode != "" && !isCode(l.CreditCode):
		return nil, "统一社会信用代码 " + l.CreditCode + " 不对，应为 18 位，末位是校验码"
	}
	if l.Area, why = readArea(cell("area"), who); why != "" {
		return nil, why
	}
	if text := cell("invest"); text != "" {
		wan, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSuffix(text, "万元"), ",", ""), 64)
		if err != nil || !(wan >= 0 && wan <= 1e9) { // NaN is neither
			return nil, "总投资“" + text + "”应为数字，单位万元"
		}
		l.Invest = int64(wan * 1_000_000)
	}
	if text := cell("starts"); text != "" {
		day, ok := web.ParseDate(text)
		if !ok {
			return nil, "计划开工日期“" + text + "”应写成 2026-03-01"
		}
		l.Starts = db.On(day)
	}
	return m.forecasts(l, row, cell("occupation"), cell("people"), cell("quarter"))
}

// isCode reports whether a text is a unified social credit code.
func isCode(text string) bool {
	_, err := identity.ParseCreditCode(text)
	return err == nil
}

// anyQuarter reads a cell that says a quarter.
var anyQuarter = regexp.MustCompile(`^(20\d\d)(?:年)?(?:第)?(?:([一二三四1-4])季度|[Qq]([1-4]))$`)

// forecasts reads how many are needed when: of columns of quarters, or of the columns 用工人数 and 用工季度.
func (m *mapping) forecasts(l *Lead, row sheet.Row, occupation, people, quarter string) (*Lead, string) {
	add := func(text, q string) string {
		n, err := strconv.ParseInt(strings.TrimSuffix(strings.ReplaceAll(text, ",", ""), "人"), 10, 64)
		if err != nil || n < 0 || n > 100_000 {
			return "用工人数“" + text + "”应为 0～100000 的整数"
		}
		if n > 0 {
			l.Forecasts, l.People = append(l.Forecasts, Forecast{Occupation: occupation, Quarter: q, People: n}), l.People+n
		}
		return ""
	}
	for i := range row.Cells {
		q, is := m.quarters[i]
		if text := strings.TrimSpace(row.Cell(i)); is && text != "" {
			if why := add(text, q); why != "" {
				return nil, why
			}
		}
	}
	if len(l.Forecasts) == 0 && people != "" {
		q := ""
		if quarter != "" {
			var ok bool
			if q, ok = readQuarter(headKey(quarter), anyQuarter); !ok {
				return nil, "用工季度“" + quarter + "”应写成 2026年一季度"
			}
		}
		if why := add(people, q); why != "" {
			return nil, why
		}
	}
	if len(l.Forecasts) == 0 {
		return nil, "没有写用工人数"
	}
	return l, ""
}

// readArea reads a code or a name as a banner that somebody reaches.
func readArea(text string, who web.User) (code, why string) {
	if area.Exists(text) {
		code = text
	} else {
		code = bannerNamed(text, area.At(who.Area, min(area.Level(who.Area), area.League)))
	}
	switch {
	case code == "":
		return "", "地区“" + text + "”没有找到，请写旗县（市、区）的全称或 6 位区划代码"
	case area.Level(code) < area.Banner:
		return "", "地区“" + text + "”应具体到旗县（市、区）"
	case !area.Within(code, who.Area):
		return "", area.FullName(code) + "不在您的权限范围（" + area.Name(who.Area) + "）内"
	}
	return area.At(code, area.Banner), ""
}

// bannerNamed finds a banner by its name under an area, "" for none or more than one.
func bannerNamed(text, under string) (code string) {
	if text == "" {
		return ""
	}
	leagues := []area.Area{{Code: under}}
	if area.Level(under) < area.League {
		leagues = area.Children(under)
	}
	for _, league := range leagues {
		for _, b := range area.Children(league.Code) {
			if b.Name == text || area.FullName(b.Code) == text || strings.HasSuffix(text, b.Name) && strings.HasPrefix(text, area.Name(league.Code)) {
				if code != "" {
					return ""
				}
				code = b.Code
			}
		}
	}
	return code
}
