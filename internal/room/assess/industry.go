package assess

import "regexp"

// section is one of GB/T 4754—2017.
type section struct{ Letter, Zh, En string }

var sections = []section{
	{"A", "农、林、牧、渔业", "Agriculture"}, {"B", "采矿业", "Mining"}, {"C", "制造业", "Manufacturing"}, {"D", "电力、热力、燃气及水", "Energy and water"}, {"E", "建筑业", "Construction"},
	{"F", "批发和零售业", "Trade"}, {"G", "交通运输、仓储和邮政业", "Transport and post"}, {"H", "住宿和餐饮业", "Hotels and catering"}, {"I", "信息技术服务业", "Information technology"}, {"J", "金融业", "Finance"},
	{"K", "房地产业", "Real estate"}, {"L", "租赁和商务服务业", "Business services"}, {"M", "科学研究和技术服务业", "Research"}, {"N", "水利、环境和公共设施", "Environment"}, {"O", "居民服务业", "Household services"},
	{"P", "教育", "Education"}, {"Q", "卫生和社会工作", "Health"}, {"R", "文化、体育和娱乐业", "Culture"}, {"S", "公共管理和社会组织", "Public administration"}, {"T", "国际组织", "International organisations"},
}

var division = regexp.MustCompile(`^[A-T]\d{2}$`)

// industryText is a code with the name of its section.
func industryText(code string, english bool) string {
	for _, s := range sections {
		if len(code) > 0 && code[:1] == s.Letter {
			if english {
				return code + " " + s.En
			}
			return code + " " + s.Zh
		}
	}
	return code
}
