package intake

import (
	"context"
	"sync"
	"time"

	"jiuye/internal/engine/identity"
	"jiuye/internal/ground/clock"
	"jiuye/internal/ground/fault"
	"jiuye/internal/register/area"
	"jiuye/internal/register/person"
)

// What an exact number does not settle is asked of the linkage, over the people of the client's area: as the desk does for
// rows that wait. The index lies in memory (about 1 KB for each person), so that only areas of up to indexPeople have one,
// and it is made anew when it is older than indexLife. Fewer than indexLeast people teach the weights nothing.
const (
	indexLife  = time.Hour
	indexLeast = 500
	indexAreas = 4 // at once
)

// indexes are the areas' indexes of this process.
type indexes struct {
	mu   sync.Mutex
	list map[string]*areaIndex
}

type areaIndex struct {
	ready  chan struct{} // closed when it is made
	mu     sync.Mutex    // one question at a time
	taught *taught       // nil: too few or too many people
	err    error
	made   time.Time
}

// of is an area's index. The first one who asks lets it be made; who cannot wait so long is told to come back.
func (x *indexes) of(ctx context.Context, r *Room, code string) (*areaIndex, error) {
	x.mu.Lock()
	now := clock.System{}.Now()
	one := x.list[code]
	if one == nil || now.Sub(one.made) > indexLife {
		if len(x.list) >= indexAreas {
			x.list = nil // the others are made anew when they are asked for
		}
		if x.list == nil {
			x.list = map[string]*areaIndex{}
		}
		one = &areaIndex{ready: make(chan struct{}), made: now}
		x.list[code] = one
		go func() {
			defer close(one.ready)
			one.taught, one.err = r.areaTaught(context.WithoutCancel(ctx), code)
		}()
	}
	x.mu.Unlock()
	select {
	case <-one.ready:
		if one.err != nil {
			x.forget(code, one)
		}
		return one, one.err
	case <-ctx.Done():
		return nil, fault.Wrap(fault.Unavailable, ctx.Err(), "正在准备"+area.Name(code)+"的比对索引，请一分钟后再调")
	}
}

func (x *indexes) forget(code string, one *areaIndex) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.list[code] == one {
		delete(x.list, code)
	}
}

// areaTaught learns from an area's people; nil when they are too few or too many.
func (r *Room) areaTaught(ctx context.Context, code string) (*taught, error) {
	n, err := r.People.Count(ctx, code)
	if err != nil || n < indexLeast || n > indexPeople {
		return nil, err
	}
	m, err := linkModel()
	if err != nil {
		return nil, err
	}
	ids, people := make([]int64, 0, n), make([][]string, 0, n)
	if err := r.People.Every(ctx, code, func(p person.Person) error {
		ids, people = append(ids, p.ID), append(people, cellsOf(&p))
		return nil
	}); err != nil {
		return nil, err
	}
	return teach(m, ids, people)
}

// likely asks the linkage about those records that their number did not settle.
func (a *api) likely(ctx context.Context, code string, records []LinkRecord, found []linkFound) error {
	var open []int
	for i, f := range found {
		if f.status == linkNone || f.status == linkInvalid {
			open = append(open, i)
		}
	}
	if len(open) == 0 {
		return nil
	}
	index, err := a.indexes.of(ctx, a.Room, code)
	if err != nil || index.taught == nil {
		return err
	}
	matches := make(map[int][]linked, len(open))
	var ids []int64
	index.mu.Lock()
	for _, i := range open {
		if list := index.taught.ask(0, records[i].cells(), func(int64) bool { return false }); len(list) > 0 {
			matches[i], ids = list, append(ids, list[0].PersonID)
		}
	}
	index.mu.Unlock()
	people, err := a.People.List(ctx, ids)
	if err != nil {
		return err
	}
	byID := make(map[int64]*person.Person, len(people))
	for i := range people {
		byID[people[i].ID] = &people[i]
	}
	for i, list := range matches {
		p := byID[list[0].PersonID]
		if p == nil { // has left the register since
			continue
		}
		f := linkFound{area: p.Area, probability: list[0].Probability, status: linkReview, rule: "各项相近，要人工看"}
		switch what, _ := verdictOn(records[i].cells(), p, list, index.taught.lines); {
		case what == "auto":
			f.status, f.personID, f.rule = linkLinked, p.ID, "各项一致，达到自动并入的概率"
		case list[0].conflict:
			f.status, f.probability, f.rule = linkConflict, 0, "有一项按规则不能并入"
		case what == "":
			continue
		}
		found[i] = f
	}
	return nil
}

// cells are a record as linkage compares people.
func (r *LinkRecord) cells() []string {
	c := make([]string, cellCount)
	c[cellName], c[cellSex], c[cellBirth], c[cellID], c[cellPhone], c[cellAddress] = r.Name, r.Sex, r.Birth, half(r.IDNumber), r.Phone, r.Address
	if id, err := identity.ParseIDNumber(r.IDNumber); err == nil {
		c[cellID] = id.Number
		if c[cellBirth] == "" {
			c[cellBirth] = id.Birth.Format(time.DateOnly)
		}
		if c[cellSex] == "" {
			c[cellSex] = sexWords[sexOf(id.Number)]
		}
	}
	return c
}
