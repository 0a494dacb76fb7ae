package linkage

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Guessed is what Guess took a column of a file for.
type Guessed struct {
	Title string
	Kind  string // a kind of KindNames, "key" for the record's own number, "" for a column that is not used
	Why   string // in words for people
}

// look is what the values of a column look like.
type look struct {
	title            string
	at               int
	filled, distinct int
	han, digits      float64 // shares of the values
	ids, credits     float64
	phones, dates    float64
	spaced           float64
	entropy          float64 // bits that two random records must have in common to have the same value
}

// titlesOf lead a column's title to its kind, the first that matches. What the values look like has the last word.
var titlesOf = []struct {
	pattern *regexp.Regexp
	kind    string
}{
	{regexp.MustCompile(`^(id|rec id|record id|uid|key|no|row|记录号|编号|序号|行号|主键)$`), "key"},
	{regexp.MustCompile(`信用代码|组织机构代码|credit code`), "creditcode"},
	{regexp.MustCompile(`身份证|身份号|证件号|社会保障号|id card|id number|identity`), "idnumber"},
	{regexp.MustCompile(`手机|电话|phone|mobile|\btel`), "phone"},
	{regexp.MustCompile(`区划|地区代码|行政区代码|area code`), "area"},
	{regexp.MustCompile(`日期|生日|出生|birth|dob|date`), "date"},
	{regexp.MustCompile(`地址|住址|住所|address|street$`), "address"},
	{regexp.MustCompile(`性别|民族|文化程度|学历|婚姻|政治面貌|\bsex\b|gender|state|ethnic|education`), "category"},
	{regexp.MustCompile(`单位|企业|公司|商户|字号|company|employer|organi[sz]ation|firm`), "employer"},
	{regexp.MustCompile(`姓名|名字|法定代表人|法人|负责人|联系人|name`), "person"},
}

// Guess makes a model for a file from its titles and the values of some rows, a few thousand at best. It says of every column
// what it was taken for. The error tells why nothing can be compared.
func Guess(titles []string, rows [][]string) (*Model, []Guessed, error) {
	g := &guesser{}
	for i, title := range titles {
		l := looks(title, i, rows)
		kind, why := l.kind()
		if kind == "key" && g.m.Key != nil {
			kind, why = "code", "编号之外的编号"
		}
		switch {
		case l.filled == 0:
			kind, why = "", "全是空的"
		case kind == "key":
			g.m.Key = Titles{title}
		case l.distinct < 2:
			kind, why = "", "只有一种值"
		default:
			g.add(l, kind)
		}
		g.said = append(g.said, Guessed{title, kind, why})
	}
	for {
		m, err := g.model()
		if err == nil {
			return m, g.said, nil
		}
		if len(g.cols) < 2 { // two columns always fit
			return nil, g.said, fmt.Errorf("猜不出怎样比对这个文件：%w", err)
		}
		g.drop()
	}
}

// guesser collects columns.
type guesser struct {
	m    Model
	cols []guessedColumn
	said []Guessed
}

type guessedColumn struct {
	look
	name, kind string
}

func (g *guesser) add(l look, kind string) {
	g.cols = append(g.cols, guessedColumn{l, "c" + strconv.Itoa(l.at+1), kind})
}

// drop leaves out the column that says least.
func (g *guesser) drop() {
	least := slices.MinFunc(g.cols, func(a, b guessedColumn) int { return cmp.Compare(a.entropy, b.entropy) })
	g.cols = slices.DeleteFunc(g.cols, func(c guessedColumn) bool { return c.at == least.at })
	g.said[least.at].Kind, g.said[least.at].Why = "", "列太多，这一列区分度最小，没有用"
}

// looks counts over the rows of one column.
func looks(title string, at int, rows [][]string) look {
	l := look{title: title, at: at}
	counts := map[string]int{}
	for _, row := range rows {
		if at >= len(row) {
			continue
		}
		s := plain(row[at])
		if s == "" {
			continue
		}
		l.filled++
		counts[s]++
		l.count(s)
	}
	n := math.Max(1, float64(l.filled))
	for _, share := range []*float64{&l.han, &l.digits, &l.ids, &l.credits, &l.phones, &l.dates, &l.spaced} {
		*share /= n
	}
	l.distinct = len(counts)
	same := 0.0
	for _, k := range counts {
		same += float64(k) * float64(k-1) / n / math.Max(1, n-1)
	}
	l.entropy = -math.Log2(math.Max(same, .5/n/n)) * n / math.Max(1, float64(len(rows)))
	return l
}

func (l *look) count(s string) {
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		l.han++
	}
	if onlyDigits(s) == s {
		l.digits++
	}
	if strings.Contains(s, " ") {
		l.spaced++
	}
	for _, check := range []struct {
		of    *float64
		clean func(string) (string, Mark)
	}{{&l.ids, cleanIDNumber}, {&l.credits, cleanCreditCode}, {&l.phones, cleanPhone}, {&l.dates, newDates().clean}} {
		if _, mark := check.clean(s); mark.Status == Valid || mark.Rule == "id.from15" || mark.Rule == "date.firstday" {
			*check.of++
		}
	}
}

// kind decides by the title, then by the values.
func (l *look) kind() (kind, why string) {
	title, _ := cleanText(l.title)
	for _, t := range titlesOf {
		if !t.pattern.MatchString(title) {
			continue
		}
		switch kind := t.kind; {
		case kind == "person" && l.han > .5:
			return "name_zh", "按表头"
		case kind == "person":
			return "name", "按表头"
		case kind == "address" && l.han > .5:
			return "address_zh", "按表头"
		case kind == "address":
			return "text", "按表头"
		case kind == "employer" && l.han < .5:
			return "text", "按表头"
		case kind == "key" && (l.distinct < l.filled || l.ids > .3), kind == "date" && l.dates < .5, kind == "phone" && l.phones+l.digits < .3,
			kind == "area" && l.digits < .5, kind == "category" && l.distinct > 300:
			continue // the title says one thing, the values another
		default:
			return kind, "按表头"
		}
	}
	switch long := l.distinct > 20 && l.distinct*20 > l.filled; {
	case l.ids > .3:
		return "idnumber", "多数值通过身份证号校验"
	case l.credits > .3:
		return "creditcode", "多数值通过信用代码校验"
	case l.phones > .5:
		return "phone", "多数值是手机号"
	case l.dates > .7 && long:
		return "date", "多数值是日期"
	case l.distinct <= 30 && l.distinct*5 < l.filled:
		return "category", "只有几种值"
	case l.digits > .5:
		return "code", "多数值是数字"
	case l.han > .5:
		return "address_zh", "多数值是中文"
	case l.spaced > .3:
		return "text", "多数值是几个词"
	}
	return "code", "不像其他类别"
}

var numbered = regexp.MustCompile(`^(.*?)[ _]?([12])$`)

// model lays out columns, comparisons, rules and passes.
func (g *guesser) model() (*Model, error) {
	m := g.m
	m.Name = "guessed"
	names, partners := map[string]string{}, g.partners()
	for _, c := range g.cols {
		column := Column{Name: c.name, Kind: c.kind, Label: c.title, From: Titles{c.title}}
		comparison := Comparison{Column: c.name, Frequency: c.kind == "name_zh" || c.kind == "name" || c.kind == "date" || c.kind == "employer"}
		if p := partners[c.name]; p != "" {
			comparison.Swap = p
			if slices.ContainsFunc(m.Columns, func(c Column) bool { return c.Name == p }) {
				column.Share = p
			}
		}
		if names[c.kind] == "" {
			names[c.kind] = c.name
		}
		switch c.kind {
		case "text":
			comparison.Levels = []string{"same", "core", "edit1", "edit2", "jw90", "jw80"}
		case "code":
			comparison.Levels = []string{"same", "edit1", "edit2"}
		case "phone":
			comparison.Levels = []string{"same", "edit1", "edit2"}
			m.Training.Related = append(m.Training.Related, c.name)
		case "address_zh", "area":
			m.Training.Related = append(m.Training.Related, c.name)
		}
		m.Columns, m.Comparisons = append(m.Columns, column), append(m.Comparisons, comparison)
	}
	g.trust(&m, names)
	if len(m.Columns) == 0 {
		return nil, fmt.Errorf("没有一列可用")
	}
	m.Rules, m.Training.Identifier = lawsFor(names, g.sex())
	if names["name_zh"] == "" && names["name"] == "" { // who lives together is a question about people
		m.Training.Related = nil
	}
	m.Blocking = g.passes()
	m.fill()
	_, err := compile(&m)
	return &m, err
}

// trust lets ID numbers vouch for the first date, the sex and the area of a record.
func (g *guesser) trust(m *Model, names map[string]string) {
	id := names["idnumber"]
	if id == "" {
		return
	}
	sex := g.sex()
	for i := range m.Columns {
		c := &m.Columns[i]
		title, _ := cleanText(c.Label)
		if c.Name == names["date"] && birthday.MatchString(title) || c.Name == sex {
			c.Trust = id
		}
	}
	for i := range m.Columns {
		c := &m.Columns[i]
		if c.Name == id && slices.ContainsFunc(m.Columns, func(d Column) bool { return d.Kind == "date" && d.Trust == id }) {
			c.Birth, c.Sex = names["date"], sex
		}
	}
	for i := range m.Comparisons {
		if m.Comparisons[i].Column == id {
			m.Comparisons[i].Home = names["area"]
		}
	}
}

// sex is the name of the column that holds it, "" for none.
func (g *guesser) sex() string {
	for _, c := range g.cols {
		if title, _ := cleanText(c.title); c.kind == "category" && sexual.MatchString(title) {
			return c.name
		}
	}
	return ""
}

var birthday, sexual = regexp.MustCompile(`出生|生日|birth|dob`), regexp.MustCompile(`性别|\bsex\b|gender`)

// partners are columns whose values may stand in each other's place: the first two names of people in Latin letters, and
// titles that differ in a final 1 or 2.
func (g *guesser) partners() map[string]string {
	out, last, first := map[string]string{}, map[string]string{}, ""
	for _, c := range g.cols {
		if c.kind == "name" {
			if first == "" {
				first = c.name
			} else if out[first] == "" {
				out[first], out[c.name] = c.name, first
			}
			continue
		}
		if n := numbered.FindStringSubmatch(c.title); n != nil && c.kind == "text" {
			if other := last[n[1]]; other != "" {
				out[other], out[c.name] = c.name, other
			}
			last[n[1]] = c.name
		}
	}
	return out
}

// lawsFor are the rules for what decides by itself: numbers of people with their names, codes of employers with theirs.
func lawsFor(names map[string]string, sex string) ([]Rule, string) {
	if id, name := names["idnumber"], names["name_zh"]; id != "" && name != "" {
		var half []Rule
		if sex != "" {
			half = []Rule{{Name: "证件号、性别相同，姓名一字不同", When: map[string]Titles{id: {"same"}, name: {"half"}, sex: {"same", "missing"}}, Then: linkRule, Weak: true}}
		}
		return append(half, []Rule{
			{Name: "证件号相同、姓名相符", When: map[string]Titles{id: {"same"}, name: {"same", "homophone", "placeholder", "skeleton", "similar", "subset", "swapped", "one_char", "slips"}}, Then: linkRule},
			{Name: "证件号相同、姓名不同", When: map[string]Titles{id: {"same"}, name: {"half", "given", "surname", "different"}}, Then: conflictRule},
			{Name: "证件号都有效但不同", When: map[string]Titles{id: {"different_valid"}}, Then: neverRule},
		}...), id
	}
	if code, name := names["creditcode"], names["employer"]; code != "" && name != "" {
		return []Rule{
			{Name: "代码相同、名称相近", When: map[string]Titles{code: {"same"}, name: {"same", "core", "words", "edit1", "edit2", "jw95", "jw90", "jw85", "part", "jw80"}}, Then: linkRule},
			{Name: "代码相同、名称不同", When: map[string]Titles{code: {"same"}, name: {"jw70", "different"}}, Then: conflictRule},
		}, code
	}
	return nil, ""
}

// rough are the features under which two spellings of a value often meet.
var rough = map[string]string{"name": ".soundex", "name_zh": ".pinyin", "employer": ".core", "text": ".core", "address_zh": ".house", "idnumber": ".valid", "area": ".township"}

// passes pairs the columns that say most, each also alone where it says enough.
func (g *guesser) passes() (out []Pass) {
	cols := slices.Clone(g.cols)
	slices.SortStableFunc(cols, func(a, b guessedColumn) int { return cmp.Compare(b.entropy, a.entropy) })
	key := func(c guessedColumn) string { return c.name + rough[c.kind] }
	refine := func(not ...string) (list []string) {
		for _, c := range cols {
			if len(list) < 3 && !slices.Contains(not, c.name) {
				list = append(list, key(c))
			}
		}
		return list
	}
	for _, c := range cols {
		if c.entropy > 8 || len(cols) == 1 {
			out = append(out, Pass{Keys: []string{key(c)}, Max: 40, Refine: refine(c.name)})
		}
	}
	cols = slices.DeleteFunc(cols, func(c guessedColumn) bool { return c.entropy < 1.5 && len(cols) > 3 })
	for _, sharp := range []bool{false, true} { // columns that part nearly all records have their own pass: pairs of others first
		for i, a := range cols {
			for _, b := range cols[i+1:] {
				if len(out) < 24 && a.entropy+b.entropy > 6 && (max(a.entropy, b.entropy) > 11) == sharp {
					out = append(out, Pass{Keys: []string{key(a), key(b)}, Max: 30, PerRecord: .35, Refine: refine(a.name, b.name)})
				}
			}
		}
	}
	names := map[string]string{}
	for _, c := range slices.Backward(g.cols) {
		names[c.kind] = c.name
	}
	if name, date := names["name_zh"], names["date"]; name != "" && date != "" {
		for _, keys := range [][]string{{date, name + ".surname_pinyin"}, {date, name + ".end_pinyin"}, {name + ".pinyin", date + ".year"}, {name + ".pinyin", date + ".monthday"}} {
			out = append(out, Pass{Keys: keys, Max: 30, PerRecord: .35, Refine: refine(name, date)})
		}
	}
	if len(out) == 0 {
		for _, c := range cols {
			out = append(out, Pass{Keys: []string{key(c)}, Refine: refine(c.name)})
		}
	}
	return out
}
