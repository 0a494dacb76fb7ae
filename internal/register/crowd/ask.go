package crowd

import (
	"context"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"jiuye/internal/engine/census"
	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/fault"
	"jiuye/internal/ground/progress"
)

// Count is how many people of an area meet a condition, and of how many too little is known.
type Count struct {
	Area         string // a township or an area above it; "": outside the region
	Yes, Unknown int64
}

// Dictionary is the fields that conditions may name.
func (c *Crowd) Dictionary() *rule.Dictionary { return c.dict }

// look has work see at the people while nobody writes; they are read first where nobody has yet.
func (c *Crowd) look(ctx context.Context, work func(p *population) error) error {
	if c.population() == nil {
		if _, err := c.Fresh(ctx, progress.None{}); err != nil {
			return err
		}
	}
	c.lock.RLock()
	defer c.lock.RUnlock()
	return work(c.now)
}

// On is the day the columns stand for, and how many people are in them.
func (c *Crowd) On(ctx context.Context) (on rule.Day, people int, err error) {
	err = c.look(ctx, func(p *population) error {
		on, people = p.on, p.people.People()
		return nil
	})
	return on, people, err
}

// Counts is a policy's count by area, from the answers that are kept.
func (c *Crowd) Counts(ctx context.Context, policy string) (list []Count, err error) {
	err = c.look(ctx, func(p *population) error {
		at, ok := p.place[policy]
		if !ok {
			return fault.New(fault.NotFound, "没有编号为 %s 的面向个人的政策", policy)
		}
		list = p.counts(p.answers, at)
		return nil
	})
	return list, err
}

func (p *population) counts(of *census.Result, at int) []Count {
	yes, unknown := of.CountBy(at, 0), of.UnknownBy(at, 0)
	list := make([]Count, len(yes))
	for g := range yes {
		list[g] = Count{p.names[g], yes[g], unknown[g]}
	}
	return list
}

// CountPeople counts everybody by area.
func (c *Crowd) CountPeople(ctx context.Context) (list []Count, err error) {
	err = c.look(ctx, func(p *population) error {
		list, err = p.ask(p.present())
		return err
	})
	return list, err
}

// Ask counts by area who meets a policy that is not in use: a draft, or a condition somebody has written. Formulas are
// decided person by person from the columns; what asks for lists or free texts, which no column holds, is refused.
func (c *Crowd) Ask(ctx context.Context, draft *rule.Policy) (list []Count, err error) {
	err = c.look(ctx, func(p *population) error {
		r, err := p.rule(draft)
		if err != nil && p.cols.Answers(draft) {
			list = p.alone(draft)
			return nil
		}
		if err != nil {
			return unheld(err)
		}
		list, err = p.ask(r)
		return err
	})
	return list, err
}

func (p *population) ask(r census.Rule) ([]Count, error) {
	program, err := p.people.Compile([]census.Rule{r})
	if err != nil {
		return nil, err
	}
	return p.counts(p.people.Screen(program, 0), 0), nil
}

// alone decides a policy person by person.
func (p *population) alone(policy *rule.Policy) []Count {
	list := make([]Count, len(p.names))
	for g, name := range p.names {
		list[g].Area = name
	}
	p.each(policy, func(at int, v rule.Verdict) {
		switch n := &list[p.people.Group(at)]; v {
		case rule.Eligible:
			n.Yes++
		case rule.Unknown:
			n.Unknown++
		}
	})
	return list
}

// each decides a policy for everybody in the register, by all processors; what it finds is told under a lock, a segment at a time.
func (p *population) each(policy *rule.Policy, yield func(at int, v rule.Verdict)) {
	var lock sync.Mutex
	var next atomic.Int64
	var running sync.WaitGroup
	for range max(1, runtime.GOMAXPROCS(0)) {
		running.Go(func() {
			seat := p.cols.Seat(p.people)
			verdicts := make([]rule.Verdict, census.SegmentPeople)
			for {
				first := int(next.Add(census.SegmentPeople)) - census.SegmentPeople
				end := min(first+census.SegmentPeople, p.people.People())
				if first >= end {
					return
				}
				for at := first; at < end; at++ {
					verdicts[at-first] = rule.No
					if here, _ := p.people.Value(at, len(p.columns)-1); here == 1 {
						seat.At = at
						verdicts[at-first] = rule.Holds(policy, seat, p.on)
					}
				}
				lock.Lock()
				for at := first; at < end; at++ {
					if v := verdicts[at-first]; v != rule.No {
						yield(at, v)
					}
				}
				lock.Unlock()
			}
		})
	}
	running.Wait()
}

// unheld tells what the columns cannot answer.
func unheld(err error) error {
	return fault.Wrap(fault.Invalid, err, "人口列里没有这一项："+strings.TrimPrefix(err.Error(), "rule: ")+"。清单和自由填写的文字要等政策发布后才进入人口列，请改用数字、日期、是否、类别的比较")
}

// unheldIf is unheld of an error, if it is one.
func unheldIf(err error) error {
	if err == nil {
		return nil
	}
	return unheld(err)
}
