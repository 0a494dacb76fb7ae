package demodata

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"jiuye/internal/engine/identity"
	reg "jiuye/internal/register/employer"
)

// unit is an employer as the world keeps it, small because there is one for every 60 people.
type unit struct {
	opened  day
	village int32
	staff   int32 // people in open spells with it
	trade   uint8
	office  int8 // index in offices for public bodies, −1 for others
	kind    uint8
	closed  bool // takes no founder from among the people: public bodies and the biggest firms
	founder string
	number  string // the founder's ID number
}

// Kinds of units.
const (
	enterprise uint8 = iota
	individual
	institution
	organisation
	cooperative // an enterprise whose name says so
)

var unitKinds = [...]struct{ zh, register string }{
	{"企业", reg.Enterprise}, {"个体工商户", reg.Individual}, {"机关事业单位", reg.Institution}, {"社会组织", reg.Organisation}, {"企业", reg.Enterprise},
}

// market is the employers: those of a banner side by side, the biggest first.
type market struct {
	seed   uint64
	places *places
	units  []unit
	first  []int // by banner: index of its first unit; one more at the end
	sums   [][]float64
	public []int   // by banner: how many of the first units are public bodies
	wait   [][]int // by banner and year from 1985 on: units that still want a founder
}

const firstOpened = 1985

// peoplePerUnit is how many people there are for each employer.
const peoplePerUnit = 60

func newMarket(w *world) *market {
	m := &market{seed: w.opts.Seed, places: w.places, first: []int{0}}
	total := w.opts.People / peoplePerUnit
	at := 0.0
	for b, banner := range w.places.banners {
		at += banner.share
		n := max(round(at*float64(total))-len(m.units), 3)
		m.public = append(m.public, max(n*6/100, 1))
		sums := make([]float64, n)
		sum := 0.0
		for rank := range n {
			m.units = append(m.units, m.found(b, rank, n))
			sum += 1 / math.Pow(float64(rank-rank%2)/2+3, .92) // public bodies and firms have their own ladders of size
			sums[rank] = sum
		}
		m.sums = append(m.sums, sums)
		m.first = append(m.first, len(m.units))
	}
	m.wait = make([][]int, len(w.places.banners)*(lastYear-firstOpened+1))
	for e := range m.units {
		if u := &m.units[e]; !u.closed {
			i := m.queue(w.places.villages[u.village].banner, u.opened.year())
			m.wait[i] = append(m.wait[i], e)
		}
	}
	for _, q := range m.wait {
		slices.SortFunc(q, func(a, b int) int { return int(m.units[a].opened - m.units[b].opened) })
	}
	return m
}

func (m *market) queue(banner, year int) int {
	return banner*(lastYear-firstOpened+1) + min(max(year, firstOpened), lastYear) - firstOpened
}

// found makes the unit of a rank in a banner. Public bodies stand among the first, every other place.
func (m *market) found(banner, rank, n int) unit {
	d := throw(m.seed, forEmployer, uint64(len(m.units)))
	b := &m.places.banners[banner]
	u := unit{office: -1}
	opened := lastYear - int(25*d.float())
	if opened == lastYear && d.chance(.4) {
		opened -= 1 + d.n(5)
	}
	switch {
	case rank%2 == 1 && rank/2 < m.public[banner]:
		u.kind, u.office, u.closed = institution, int8(d.weighted([]float64{4, 2, 5})), true
		opened = d.between(1985, 2005)
	case rank < max(n*3/100, 2):
		u.closed = true
		opened = d.between(1988, 2012)
		for u.trade = uint8(d.n(len(trades))); !trades[u.trade].big; {
			u.trade = uint8(d.n(len(trades)))
		}
	default:
		u.trade = uint8(d.weighted(tradeShares))
		u.kind = unitKind(&d, &trades[u.trade], rank, n)
		if rank < n/4 {
			opened = d.between(1998, 2019)
		}
	}
	if rank < 2 {
		opened = firstOpened
	}
	u.opened = on(opened, d.between(1, either8(opened)), d.between(1, 28))
	u.village = int32(m.seat(&d, b, u.office < 0 && strings.ContainsAny(trades[u.trade].code[:1], "AB")))
	return u
}

// seat is where a unit has its place: in town, except farms and mines.
func (m *market) seat(d *dice, b *bannerPlace, afield bool) (v int) {
	for range 12 {
		if v = b.in(m.places, d.float()); m.places.villages[v].town || afield {
			break
		}
	}
	return v
}

func either8(year int) int {
	if year == lastYear {
		return 6
	}
	return 12
}

func unitKind(d *dice, t *trade, rank, n int) uint8 {
	switch {
	case t.code[0] == 'A' && d.chance(.55):
		return cooperative
	case d.chance(.02):
		return organisation
	case rank > n/3 && d.chance(.55):
		return individual
	}
	return enterprise
}

var tradeShares = func() (s []float64) {
	for _, t := range trades {
		s = append(s, t.share)
	}
	return s
}()

// hire finds a unit in a banner that was open on a day, by size: a public body or another one.
func (m *market) hire(d *dice, banner int, at day, public bool) int {
	sums, first := m.sums[banner], m.first[banner]
	for range 24 {
		rank, _ := slices.BinarySearch(sums, d.float()*sums[len(sums)-1])
		rank = min(rank, len(sums)-1)
		if public {
			rank = min(rank/2, m.public[banner]-1)*2 + 1
		}
		if u := &m.units[first+rank]; u.opened <= at && (u.kind == institution) == public {
			return first + rank
		}
	}
	return first + one(public) // of 1985
}

// take finds a unit for a founder in a banner: opened in the year of a day and not after it. Without a day (before) it is
// one opened after youth and before 2019.
func (m *market) take(d *dice, banner int, at, youth day) int {
	from, to := at.year(), at.year()
	if at == before {
		from, to = max(youth.year()+1, firstOpened), firstYear-1
		at = on(firstYear-1, 12, 31)
	}
	if to < from {
		return -1
	}
	years := to - from + 1
	start := d.n(years)
	for i := range years {
		q := &m.wait[m.queue(banner, from+(start+i)%years)]
		if len(*q) > 0 && m.units[(*q)[0]].opened <= at {
			e := (*q)[0]
			*q = (*q)[1:]
			return e
		}
	}
	return -1
}

// code is the credit code of a unit.
func (m *market) code(e int) string {
	u := &m.units[e]
	dept, category := byte('9'), byte('1')
	switch u.kind {
	case individual:
		category = '2'
	case cooperative:
		category = '3'
	case institution:
		dept, category = '1', '2'
		if u.office == 2 {
			category = '1'
		}
	case organisation:
		dept, category = '5', '2'
	}
	return identity.MakeCreditCode(dept, category, m.places.banners[m.places.villages[u.village].banner].idRegion, e)
}

// name is the name of a unit.
func (m *market) name(e int) string {
	u := &m.units[e]
	d := throw(m.seed, forEmployer, uint64(e)+1<<40)
	b := &m.places.banners[m.places.villages[u.village].banner]
	if u.office >= 0 {
		return b.name + of(&d, offices[u.office].names) + numbered(&d, u.office)
	}
	place := b.short
	if len(b.townships) > 0 && d.chance(.35) {
		place += of(&d, b.townships)
	}
	t := &trades[u.trade]
	brand := of(&d, brandFirst) + of(&d, brandSecond)
	switch u.kind {
	case individual:
		return place + brand + of(&d, t.words) + of(&d, []string{"店", "部", "经营部", "服务部"})
	case cooperative:
		return place + brand + of(&d, t.words) + "专业合作社"
	case organisation:
		return place + brand + of(&d, []string{"职业培训学校", "养老服务中心", "社会工作服务中心"})
	}
	return place + brand + of(&d, t.words) + of(&d, []string{"有限责任公司", "有限公司", "有限责任公司", "股份有限公司"})
}

// numbered tells public bodies of one name apart.
func numbered(d *dice, office int8) string {
	if office == 2 {
		return of(d, []string{"", "服务中心", "综合保障中心"})
	}
	if d.chance(.4) {
		return "（" + strconv.Itoa(d.between(2, 4)) + "部）"
	}
	return ""
}

// jobs are what people do in a unit.
func (u *unit) jobs() []job {
	if u.office >= 0 {
		return offices[u.office].jobs
	}
	return trades[u.trade].jobs
}

// industry is the code of GB/T 4754.
func (u *unit) industry() string {
	if u.office >= 0 {
		return offices[u.office].code
	}
	return trades[u.trade].code
}
