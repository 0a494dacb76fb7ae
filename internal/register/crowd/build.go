package crowd

import (
	"cmp"
	"context"
	"errors"
	"runtime"
	"sync"

	"jiuye/internal/engine/census"
	"jiuye/internal/engine/rule"
	"jiuye/internal/ground/progress"
	"jiuye/internal/register/dictionary"
	"jiuye/internal/register/person"
)

// build reads everybody. The feed's mark is taken first: whoever changes while we read is met again.
func (c *Crowd) build(ctx context.Context, policies []*rule.Policy, p progress.Reporter) (*population, error) {
	around, err := dictionary.On(ctx, c.DB, c.Clock.Today())
	if err != nil {
		return nil, err
	}
	made := &population{shape: c.shapeOf(policies, around.On)}
	if made.mark, err = c.Mark(ctx); err != nil {
		return nil, err
	}
	var total int64
	var counted error
	var counting sync.WaitGroup
	counting.Go(func() { total, counted = c.People.Count(ctx, "") }) // a scan of its own, which waits for the disk
	_, err = around.Everybody(ctx, c.DB, c.Employers)
	counting.Wait()
	if err := cmp.Or(err, counted); err != nil {
		return nil, err
	}
	p.Step("按列整理人口", total)
	if made.people, err = c.read(ctx, &made.shape, around, p); err != nil {
		return nil, err
	}
	p.End()
	return made, made.screen(policies)
}

// stretch is a run of ids as long as a segment of the census: (after, last].
type stretch struct {
	number      int
	after, last int64
}

// errOver ends the reading of a stretch.
var errOver = errors.New("crowd: the stretch is over")

// read cuts the ids into stretches of one segment each; every processor reads and fills stretches of its own.
func (c *Crowd) read(ctx context.Context, s *shape, around *dictionary.Around, p progress.Reporter) (*census.Census, error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	work := make(chan stretch)
	var parts []*census.Census
	var lock sync.Mutex
	var running sync.WaitGroup
	for range max(1, runtime.GOMAXPROCS(0)) {
		running.Go(func() {
			for st := range work {
				part, err := c.stretch(ctx, s, around, st, p)
				if err != nil {
					stop(err)
					continue
				}
				lock.Lock()
				for len(parts) <= st.number {
					parts = append(parts, nil)
				}
				parts[st.number] = part
				lock.Unlock()
			}
		})
	}
	err := c.stretches(ctx, work)
	close(work)
	running.Wait()
	if cause := context.Cause(ctx); cause != nil {
		return nil, cause
	}
	if err != nil {
		return nil, err
	}
	if len(parts) == 0 {
		return census.New(s.columns, s.names)
	}
	return census.Join(parts)
}

func (c *Crowd) stretches(ctx context.Context, work chan<- stretch) error {
	for number, after := 0, int64(-1<<63); ; number++ {
		last, more, err := c.stride(ctx, after, census.SegmentPeople)
		if err != nil || !more {
			return err
		}
		select {
		case work <- stretch{number, after, last}:
		case <-ctx.Done():
			return ctx.Err()
		}
		after = last
	}
}

func (c *Crowd) stretch(ctx context.Context, s *shape, around *dictionary.Around, st stretch, p progress.Reporter) (*census.Census, error) {
	part, err := census.New(s.columns, s.names)
	if err != nil {
		return nil, err
	}
	b, r := part.Build(), s.row()
	var facts dictionary.Row
	err = c.People.EachFacts(ctx, st.after, func(batch []*person.Facts) error {
		for n, f := range batch {
			if f.ID > st.last {
				p.Add(int64(n))
				return errOver
			}
			around.Fill(&facts, f)
			s.fill(r, &facts)
			b.Add(f.ID, groupOf(s.group, f.Area), r.values, r.known)
		}
		p.Add(int64(len(batch)))
		return nil
	})
	if errors.Is(err, errOver) {
		err = nil
	}
	b.End()
	return part, err
}
