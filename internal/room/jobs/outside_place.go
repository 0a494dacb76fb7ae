package jobs

import (
	"slices"
	"strings"
	"sync"

	"jiuye/internal/engine/rank/search"
	"jiuye/internal/register/area"
)

// places knows areas by the names people write: whole, short, and what else they are called.
type places struct {
	codes   map[string][]string
	longest int // runes
}

var knownPlaces = sync.OnceValue(func() *places {
	p := &places{codes: map[string][]string{}}
	add := func(name, code string) {
		if name == "" || slices.Contains(p.codes[name], code) {
			return
		}
		p.codes[name] = append(p.codes[name], code)
		p.longest = max(p.longest, len([]rune(name)))
	}
	add("内蒙古自治区", "15")
	add("内蒙古", "15")
	add("内蒙", "15")
	for _, league := range area.Children("15") {
		for _, n := range search.PlaceNames(league.Name) {
			add(n, league.Code)
		}
		for _, banner := range area.Children(league.Code) {
			if strings.HasSuffix(banner.Name, "园区") || strings.HasSuffix(banner.Name, "开发区") { // its short name would be the league's
				add(banner.Name, banner.Code)
				add(strings.TrimPrefix(banner.Name, "内蒙古"), banner.Code)
			} else {
				for _, n := range search.PlaceNames(banner.Name) {
					add(n, banner.Code)
				}
			}
			// 阿拉善盟的左旗 is 阿拉善左旗: people leave out what the league says already.
			if tail, ok := strings.CutPrefix(banner.Name, search.ShortPlace(league.Name)); ok && len([]rune(tail)) >= 2 {
				add(tail, banner.Code)
			}
			for _, town := range area.Children(banner.Code) {
				for _, n := range search.PlaceNames(town.Name) {
					if len([]rune(n)) > 2 {
						add(n, town.Code)
					}
				}
			}
		}
	}
	return p
})

// elsewhere are the provinces and large cities outside the region, by which work elsewhere is known.
var elsewhere = []string{"北京", "天津", "河北", "山西", "辽宁", "吉林", "黑龙江", "上海", "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南", "湖北", "湖南", "广东", "广西", "海南", "重庆", "四川",
	"贵州", "云南", "西藏", "陕西", "甘肃", "青海", "宁夏", "新疆", "香港", "澳门", "台湾", "广州", "深圳", "杭州", "南京", "苏州", "成都", "武汉", "西安", "郑州", "沈阳", "大连", "青岛", "济南", "太原", "石家庄", "兰州", "银川", "长春", "哈尔滨", "大同", "榆林", "张家口"}

// whereabouts is what a text about a place was understood as.
type whereabouts struct {
	code      string
	several   []string // the areas it may mean, when it is more than one
	elsewhere string   // the place outside the region that it names
}

// find reads a place from left to right: each name that lies within what was understood before makes it narrower.
func (p *places) find(text, within string) whereabouts {
	rs := []rune(strings.NewReplacer("·", "", "-", "", " ", "", "　", "", "/", "", "－", "", "—", "", ",", "", "，", "", ">", "").Replace(text))
	var now []string
	for i := 0; i < len(rs); i++ {
		for n := min(p.longest, len(rs)-i); n >= 2; n-- {
			codes := p.codes[string(rs[i:i+n])]
			if len(codes) == 0 {
				continue
			}
			if narrower := narrow(codes, now, within); len(narrower) > 0 {
				now = narrower
				i += n - 1
				break
			}
		}
	}
	switch len(now) {
	case 1:
		return whereabouts{code: now[0]}
	case 0:
		for _, name := range elsewhere {
			if strings.Contains(text, name) {
				return whereabouts{elsewhere: name}
			}
		}
		return whereabouts{}
	}
	return whereabouts{several: now}
}

// narrow keeps the codes that lie in one of those understood before; at the beginning, those within the delivery's area if any do.
func narrow(codes, now []string, within string) []string {
	var out []string
	for _, c := range codes {
		if len(now) == 0 && (within == "" || area.Within(c, within) || area.Within(within, c)) || slices.ContainsFunc(now, func(n string) bool { return c != n && area.Within(c, n) }) {
			out = append(out, c)
		}
	}
	if len(out) == 0 && len(now) == 0 {
		return codes
	}
	return out
}

// names are areas' full names for people.
func names(codes []string) string {
	list := make([]string, len(codes))
	for i, c := range codes {
		list[i] = area.FullName(c)
	}
	return strings.Join(list, "、")
}
