package benchrun

import (
	"context"
	"math"
	"strconv"

	"jiuye/internal/engine/rank/allocate"
)

const supplyTrades = 300 // occupations that adverts and wishes name, some a hundred times as often as others

// supply is a made-up market of seekers and vacancies by occupation and banner, the same for the same size. Within an
// occupation some vacancies are on many people's lists, because they pay well.
type supply struct {
	banners                     []string
	seekerTrade, vacancyTrade   []int16
	seekerBanner, vacancyBanner []int16
	pay                         []float64
	openings                    []int
	byTrade                     [][]int32 // vacancies
}

func newSupply(seekers, vacancies int) *supply {
	l := lot(17)
	s := &supply{seekerTrade: make([]int16, seekers), seekerBanner: make([]int16, seekers), vacancyTrade: make([]int16, vacancies),
		vacancyBanner: make([]int16, vacancies), pay: make([]float64, vacancies), openings: make([]int, vacancies), byTrade: make([][]int32, supplyTrades)}
	_, s.banners, _ = places()
	for j := range vacancies {
		t := l.trade()
		s.vacancyTrade[j], s.vacancyBanner[j] = int16(t), int16(l.below(int64(len(s.banners))))
		s.pay[j] = math.Exp(.3 * (l.share() + l.share() + l.share() - 1.5) * 2)
		s.openings[j] = 1
		for s.openings[j] < 50 && l.below(10) < 5 {
			s.openings[j]++
		}
		s.byTrade[t] = append(s.byTrade[t], int32(j))
	}
	for i := range seekers {
		s.seekerTrade[i], s.seekerBanner[i] = int16(l.trade()*7%supplyTrades), int16(l.below(int64(len(s.banners))))
	}
	return s
}

// share is a number from 0 to 1.
func (l *lot) share() float64 { return float64(l.below(1<<20)) / (1 << 20) }

// trade draws an occupation, the first ones much more often than the last.
func (l *lot) trade() int { return int(supplyTrades * math.Pow(l.share(), 2.2)) }

// market gives everybody a list of so many vacancies: three quarters of their own occupation as long as there are any,
// the rest of neighbouring ones.
func (s *supply) market(ctx context.Context, top int) (*allocate.Market, error) {
	vacancies := make([]allocate.Vacancy, len(s.pay))
	for j := range vacancies {
		vacancies[j] = allocate.Vacancy{ID: int64(j), Openings: s.openings[j]}
	}
	b := allocate.NewMarket(vacancies)
	l := lot(23)
	list := make([]allocate.Candidate, 0, top)
	listed := make([]int32, len(vacancies)) // by whom last
	for i := range s.seekerTrade {
		if i%1000 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		list = list[:0]
		quality := .6 + .8*l.share()
		for try := 0; try < 4*top && len(list) < top; try++ {
			t, near := int(s.seekerTrade[i]), 1.0
			if try%4 == 3 || try >= 2*top || len(s.byTrade[t]) == 0 {
				t, near = (t+1+int(l.below(5)))%supplyTrades, .4
			}
			if len(s.byTrade[t]) == 0 {
				continue
			}
			j := s.byTrade[t][int(float64(len(s.byTrade[t]))*math.Pow(l.share(), 1.5))]
			if listed[j] == int32(i)+1 {
				continue
			}
			listed[j] = int32(i) + 1
			benefit := s.pay[j]
			if s.vacancyBanner[j] != s.seekerBanner[i] {
				benefit *= .8
			}
			list = append(list, allocate.Candidate{Vacancy: int64(j), Chance: .25 * near * quality * (.6 + .8*l.share()), Benefit: benefit})
		}
		weight := 1.0
		if l.below(5) == 0 {
			weight = 1.5
		}
		if err := b.Add(allocate.Seeker{ID: int64(i), Weight: weight}, list); err != nil {
			return nil, err
		}
	}
	return b.Build()
}

func (s *supply) seekerCell(i int) allocate.Cell { return s.cell(s.seekerBanner[i], s.seekerTrade[i]) }

func (s *supply) vacancyCell(j int) allocate.Cell {
	return s.cell(s.vacancyBanner[j], s.vacancyTrade[j])
}

func (s *supply) cell(banner, trade int16) allocate.Cell {
	return allocate.Cell{Area: s.banners[banner], Occupation: strconv.Itoa(int(trade))}
}
