package plandoc

import (
	"regexp"
	"strconv"
	"strings"
)

var (
	countedRE    = regexp.MustCompile(`^(.+?)(?:[两二三四五六七]|\d)(?:项|类)(.+)$`)
	severalYears = regexp.MustCompile(`(?:[到至]?20\d\d年[底末]?(?:、|和|及|，)?){2,}`)
	wholeSpanRE  = regexp.MustCompile(`(20\d\d)年?[-至到](20\d\d)年`)
	listRE       = regexp.MustCompile(`、|和|与|及`)
)

// respectively reads 甲、乙分别达到3个、5个.
func (r *reader) respectively(p *para, cs []clause, i int, qs []quantity, piece clause, carried when) bool {
	s, c := p.s, cs[i]
	at := strings.Index(s[c.a:c.b], "分别")
	each := at < 0 // 甲、乙各3个
	if each {
		at = qs[0].a - c.a - len("各")
	}
	if at < 0 || qs[0].a < c.a+at {
		return false
	}
	names := listRE.Split(bare(severalYears.ReplaceAllString(s[c.a:c.a+at], "")), -1)
	if parts := strings.Split(bare(severalYears.ReplaceAllString(s[c.a:c.a+at], "")), "、"); len(parts) > 1 && len(parts) == len(qs) {
		names = parts // 文化及相关产业、旅游及相关产业
	}
	if years := yearRE.FindAllStringSubmatch(s[piece.a:c.a+at], -1); len(names) == 1 && len(qs) > 1 && len(years) == len(qs) {
		if names[0] == "" { // 2021年、2022年分别培训3万人次、4万人次
			verb := bareEnd(s[c.a+at+len("分别") : qs[0].a])
			if names[0] = r.complete(p, cs, i, before(verb)); r.last.again(verb, qs[0].unit) {
				names[0] = r.last.name
			}
		}
		r.eachYear(p, c, qs, years, names[0], piece)
		return true
	}
	if span := spanYears(s[piece.a : c.a+at]); len(span) == len(qs) && len(qs) > 2 {
		if names[0] == "" {
			names[0] = r.last.name
		}
		r.eachYear(p, c, qs, span, names[0], piece) // 2022年至2025年分别不低于2万元、3万元、4万元、5万元
		return true
	}
	if names[0] == "" && len(r.last.names) == len(qs) {
		names = r.last.names // 甲、乙分别达到3元、5元，年均分别增长7%、8%
	}
	if names[0] == "" { // 分别惠及2万名甲和3万名乙
		return false
	}
	if whole, people, ok := strings.Cut(names[0], "城乡居民"); ok && len(names) == 1 && len(qs) == 2 {
		names = []string{whole + "城镇居民" + people, whole + "农村居民" + people}
	}
	if len(names) == 1 && len(qs) > 1 { // a figure for each of some years
		r.last = spoken{name: before(names[0]), unit: qs[0].unit}
		return true
	}
	growth := ""
	if pre := s[c.a:qs[0].a]; len(names) > 1 && growRE.MatchString(pre) && !reachedRE.MatchString(pre) {
		growth = growthWord(pre)
	}
	if len(qs) == 1 && (growth != "" || each) { // 甲和乙分别年均增长7%以上
		for len(qs) < len(names) {
			qs = append(qs, qs[0])
		}
	}
	if len(names) != len(qs) || len(names) < 2 {
		return false
	}
	w := r.span.when(s, piece.a, qs[0].a, carried)
	if own := s[c.a:qs[0].a]; w.year == Annual && ratio(qs[0].unit) && !strings.Contains(own, "每年") && !strings.Contains(own, "年均") {
		w, _ = r.span.scan(s, piece.a, qs[0].a, carried)
	}
	_, linkers := strip(s[c.a:qs[0].a])
	if w.guess && atLevelRE.MatchString(linkers) {
		w.past = false
	}
	var filed []string
	shared := qs[len(qs)-1].after // 分别达到95%、60%以上: both
	for _, q := range qs[:len(qs)-1] {
		if q.after != "" {
			shared = "" // each says its own
		}
	}
	for i, q := range qs {
		if q.after == "" {
			q.after = shared
		}
		name := before(names[i])
		name = headed(share(name, before(names[len(names)-1])), before(names[0])) + growth
		x := Indicator{Name: tidy(name), Unit: q.unit, TargetValue: q.value, Comparator: comparatorOf(linkers, q.after)}
		if !named(x.Name) {
			continue
		}
		r.date(&x, w, s[c.a:qs[0].a], x.Name, s[piece.a:qs[0].a], q.after)
		x.Quote = p.quote(c.a, c.b)
		r.file(p, x)
		filed = append(filed, x.Name)
	}
	r.last = spoken{names: filed}
	return true
}

// spanYears are the years of a span that a text names, in the form of yearRE's matches.
func spanYears(s string) (out [][]string) {
	m := wholeSpanRE.FindStringSubmatch(s)
	if m == nil {
		return nil
	}
	a, _ := strconv.Atoi(m[1])
	b, _ := strconv.Atoi(m[2])
	for ; a <= b && len(out) < 10; a++ {
		out = append(out, []string{"", strconv.Itoa(a)})
	}
	return out
}

// share gives a name that is cut short in a list the end that its last member has: 失业保险、工伤保险参保人数; 国家级、省级基地;
// 基本养老、失业、工伤三项保险参保人数.
func share(name, last string) string {
	if m := countedRE.FindStringSubmatch(last); m != nil {
		return strings.TrimSuffix(name, m[0][len(m[1]):]) + m[2]
	}
	if name == last {
		return name
	}
	if strings.HasSuffix(name, "级") && !strings.Contains(last, "级") {
		return name + last // 工作室20个，其中国家级2个
	}
	if end := endRE.FindString(name); end != "" && !measuredRE.MatchString(name) {
		if k := strings.Index(last, end); k >= 0 {
			return name + strings.TrimPrefix(last[k+len(end):], "以上")
		}
	}
	if k := strings.Index(last, "中"); k > 0 && measuredRE.MatchString(last) && !measuredRE.MatchString(name) {
		return name + last[k:] // 人大代表和政协委员中女性比例
	}
	if k := strings.Index(last, "保险"); k > 0 && !strings.Contains(name, "保险") && k <= len("城乡居民养老") {
		return name + last[k:] // 城乡基本养老、失业、工伤保险参保人数
	}
	if n := len([]rune(name)); n <= 3 && !measuredRE.MatchString(name) { // 城镇、农村居民收入; 初级、高级工
		if r := []rune(last); len(r) > n+2 {
			return name + string(r[n:])
		}
	}
	return name
}

// endRE is the end of a name that a list's last member shares: 失业保险、工伤保险参保人数; 学前一年、三年毛入园率.
var endRE = regexp.MustCompile(`(?:保险|级|劳动力|人员|年|期|岁)$`)

var measuredRE = regexp.MustCompile(`(?:率|数|量|比|例|重|额|值|积|度|规模)$`)

var areaHead = regexp.MustCompile(`^(?:城镇|城乡|城市|农村|农民)`)

// headed gives a name the 城镇 or 城乡 that its neighbour begins with: 城镇登记失业率、调查失业率.
func headed(name, first string) string {
	for _, head := range []string{"城镇", "城乡", "农村"} {
		if strings.HasPrefix(first, head) && !areaHead.MatchString(name) && len(name) >= len("失业率") && strings.HasSuffix(first, name[len(name)-len("失业率"):]) {
			return head + name
		}
	}
	return name
}

// eachYear reads 到2023年、2025年，某占比分别达到43%、45%.
func (r *reader) eachYear(p *para, c clause, qs []quantity, years [][]string, name string, piece clause) {
	_, linkers := strip(p.s[c.a:qs[0].a])
	from := piece.a
	if countsRE.MatchString(p.s[piece.a:c.a]) {
		from = c.a
	}
	for i, q := range qs {
		n, _ := strconv.Atoi(years[i][1])
		if strings.HasPrefix(name, "占") && r.last.name != "" {
			name = r.last.name + strings.TrimSuffix(name, "的")
		}
		x := Indicator{Name: tidy(before(name)), Unit: q.unit, TargetValue: q.value, Comparator: comparatorOf(linkers, q.after)}
		if !named(x.Name) {
			return
		}
		r.date(&x, when{year: years[i][1], said: true, alone: true, past: r.span.past(n)}, "", x.Name, "", q.after)
		x.Quote = p.quote(from, c.b)
		r.file(p, x)
	}
	r.last = spoken{name: before(name), unit: qs[0].unit}
}

// words reads targets said in words: 动态清零, 逐年递增, 翻一番.
func (r *reader) words(p *para, cs []clause, i int, piece clause, carried when) {
	s, c := p.s, cs[i]
	m := aimRE.FindStringIndex(s[c.a:c.b])
	if m == nil {
		return
	}
	pre := s[c.a : c.a+m[0]]
	w := r.span.when(s, piece.a, c.a+m[0], carried)
	x := Indicator{TargetValue: s[c.a+m[0] : c.a+m[1]], Comparator: Words}
	rest, _ := strip(pre)
	x.Name = tidy(before(rest))
	if (strings.HasPrefix(rest, "较") || strings.HasPrefix(rest, "比")) && r.last.name != "" {
		return // …增至500亿元，较现在翻一番: the level said it
	}
	if !named(x.Name) && strings.HasSuffix(x.TargetValue, "消除") {
		noun, _, _ := nounAfter(s[c.a+m[1] : c.b])
		x.Name = tidy(noun)
	}
	if at := strings.LastIndex(s[piece.a:c.a], "零就业家庭"); !named(x.Name) && at >= 0 {
		x.Name = "零就业家庭" // 开展零就业家庭帮扶，实现动态清零
	}
	if !named(x.Name) || strings.Contains(x.Name, "质量") || strings.Contains(x.TargetValue, "逐") {
		return
	}
	if strings.Contains(x.Name, "家庭") {
		x.Unit = "户"
	}
	if w.year == Annual && !strings.Contains(pre, "每年") {
		w, _ = r.span.scan(s, piece.a, c.a+m[0], carried)
	}
	r.date(&x, w, pre, x.Name, pre, "")
	x.Cumulative = false
	x.Quote = p.quote(r.quoteFrom(s, cs, i, c.a), c.b)
	r.file(p, x)
}
