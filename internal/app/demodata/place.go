package demodata

import (
	"slices"
	"strings"

	"jiuye/internal/ground/fault"
	"jiuye/internal/register/area/refdata"
)

// village is where a household lives.
type village struct {
	code, name string // name with banner and township
	banner     int    // index of the banner
	town       bool   // a residents' community of a town or street
}

// bannerPlace is a banner with what names of firms and codes need.
type bannerPlace struct {
	code, name, short string
	idRegion          string // six digits that ID numbers of people born here begin with
	first, last       int    // its villages
	townships         []string
	share             float64 // of the people
}

// places are the villages of the area with how many people each takes.
type places struct {
	villages []village
	banners  []bannerPlace
	sums     []float64 // cumulated weights of villages, in [0, 1]
}

// bannerShares are the shares of people by banner where the made-up default (by villages) would be far off. Made up.
var bannerShares = map[string]float64{"152921": .735, "152922": .085, "152923": .085, "152971": .095}

// placesOf reads the area's villages. Zones whose code no ID number begins with take that of the banner around them.
func placesOf(root string) (*places, error) {
	p := &places{}
	weights := []float64{}
	var town, banner string
	for _, a := range refdata.Areas() {
		if !strings.HasPrefix(a.Code, root) {
			continue
		}
		switch a.Level {
		case refdata.Banner:
			banner = a.Name
			p.banners = append(p.banners, bannerPlace{code: a.Code, name: a.Name, short: shortName(a.Name), idRegion: a.Code,
				first: len(p.villages), last: len(p.villages)})
		case refdata.Township:
			town = a.Name
			b := &p.banners[len(p.banners)-1]
			b.townships = append(b.townships, shortName(a.Name))
		case refdata.Village:
			b := &p.banners[len(p.banners)-1]
			community := strings.Contains(a.Name, "社区") || strings.HasSuffix(a.Name, "居委会")
			p.villages = append(p.villages, village{code: a.Code, banner: len(p.banners) - 1, town: community,
				name: banner + town + strings.NewReplacer("社区居民委员会", "社区", "社区居委会", "社区", "嘎查村民委员会", "嘎查", "嘎查委员会", "嘎查", "村民委员会", "村", "村委会", "村").Replace(a.Name)})
			weights = append(weights, villageWeight(town, community && !strings.Contains(a.Name, "虚拟")))
			b.last = len(p.villages)
		}
	}
	p.banners = slices.DeleteFunc(p.banners, func(b bannerPlace) bool { return b.first == b.last })
	if len(p.villages) == 0 {
		return nil, fault.New(fault.Invalid, "地区 %s 下面没有嘎查村或社区，请换一个地区代码", root)
	}
	p.weigh(weights)
	for i := range p.banners {
		b := &p.banners[i]
		for v := b.first; v < b.last; v++ {
			p.villages[v].banner = i
		}
		if strings.HasPrefix(b.code[4:], "7") && i > 0 {
			b.idRegion = p.banners[0].code
		}
	}
	return p, nil
}

// villageWeight: communities of streets hold most people, pastoral gacha least.
func villageWeight(town string, community bool) float64 {
	street := strings.Contains(town, "街道")
	switch {
	case community && street:
		return 14
	case community:
		return 7
	case street:
		return 4
	case strings.HasSuffix(town, "镇"):
		return 1.6
	}
	return .8
}

func (p *places) weigh(weights []float64) {
	all := 0.0
	for i := range p.banners {
		b := &p.banners[i]
		sum := 0.0
		for _, w := range weights[b.first:b.last] {
			sum += w
		}
		if share, known := bannerShares[b.code]; known {
			for v := b.first; v < b.last; v++ {
				weights[v] *= share * 1000 / sum
			}
			sum = share * 1000
		}
		b.share = sum
		all += sum
	}
	for i := range p.banners {
		p.banners[i].share /= all
	}
	at := 0.0
	for _, w := range weights {
		at += w / all
		p.sums = append(p.sums, at)
	}
}

// villageAt is the village at a share in [0, 1) of the people; within [first, last) of a banner's villages when those are given.
func (p *places) villageAt(share float64) int {
	i, _ := slices.BinarySearch(p.sums, share)
	return min(i, len(p.villages)-1)
}

// in is a village of a banner at a share of the banner's people.
func (b *bannerPlace) in(p *places, share float64) int {
	low := 0.0
	if b.first > 0 {
		low = p.sums[b.first-1]
	}
	return min(max(p.villageAt(low+share*(p.sums[b.last-1]-low)), b.first), b.last-1)
}

// shortName is a name as firms use it: 阿拉善左旗 stays, 巴彦浩特镇 becomes 巴彦浩特.
func shortName(name string) string {
	name = strings.TrimPrefix(name, "内蒙古")
	for _, end := range []string{"街道办事处", "街道", "镇", "苏木", "乡", "高新技术产业开发区", "经济开发区", "经济技术开发区", "生态移民示范区"} {
		if s := strings.TrimSuffix(name, end); s != name && len([]rune(s)) >= 2 {
			return s
		}
	}
	return name
}

// elsewhere are regions outside of the area from whose ID numbers and work people come and go: neighbours and big cities.
var elsewhere = []string{"640104", "640221", "640302", "620321", "620302", "620102", "150302", "150802", "150203", "610113", "410105", "130102", "110105", "120103"}

// unused is a region that no made-up person's ID number begins with: for the unknown in the files.
const unused = "632801"
