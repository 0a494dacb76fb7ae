package verify

import (
	"cmp"
	"context"
	"hash/maphash"
	"math/bits"
	"runtime"
	"slices"
	"sync"

	"jiuye/internal/ground/db"
)

// holder is one person with a mark of the telephone on file; 0: none. Marks differ from run to run.
type holder struct {
	id   int64
	area string // banner
	mark uint64
	seal []byte
}

// mostCounters bounds the sketch of telephones, of two bytes each: 64 MB.
const mostCounters = 1 << 25

// fewestPhone is the smallest limit of people behind one telephone: families share one, and what is over the limit is held in memory.
const fewestPhone = 3

// phones counts people by telephone in a sketch of fixed size: two telephones may share a counter, so it never says too few.
type phones struct {
	seed    maphash.Seed
	most    int // more people behind one telephone are a hit
	sketch  []uint16
	crowded bool // there is a counter over most
}

func newPhones(people int64, most int) *phones {
	size := min(mostCounters, max(1<<12, 1<<bits.Len64(uint64(2*people))))
	return &phones{seed: maphash.MakeSeed(), most: most, sketch: make([]uint16, size)}
}

func (p *phones) counter(mark uint64) *uint16 { return &p.sketch[mark%uint64(len(p.sketch))] }

func (p *phones) count(batch []holder) {
	for i := range batch {
		if c := p.counter(batch[i].mark); batch[i].mark != 0 && *c < 1<<16-1 {
			*c++
			p.crowded = p.crowded || int(*c) > p.most
		}
	}
}

// eachHolder goes through everybody in the order of ids, in batches whose telephones are marked on all processors.
func (r *Room) eachHolder(ctx context.Context, p *phones, yield func([]holder) error) error {
	for after := int64(0); ; {
		batch, err := holdersAfter(ctx, r.DB, after)
		if err != nil || len(batch) == 0 {
			return err
		}
		after = batch[len(batch)-1].id
		if err := r.mark(p, batch); err != nil {
			return err
		}
		if err := yield(batch); err != nil {
			return err
		}
	}
}

// mark opens telephones and marks them.
func (r *Room) mark(p *phones, batch []holder) error {
	workers := runtime.GOMAXPROCS(0)
	failed := make([]error, workers)
	var work sync.WaitGroup
	for n := range workers {
		work.Go(func() {
			for i := n; i < len(batch); i += workers {
				h := &batch[i]
				if len(h.seal) == 0 {
					continue
				}
				phone, err := r.Sealer.Open(h.seal)
				if err != nil {
					failed[n] = err
					return
				}
				if h.seal = nil; phone != "" {
					h.mark = maphash.String(p.seed, phone)
				}
			}
		})
	}
	work.Wait()
	return cmp.Or(failed...)
}

// sharedPhones finds telephones of more people than most: of those whose counter was over it, everybody is looked up again and counted for sure.
func (r *Room) sharedPhones(ctx context.Context, p *phones) error {
	var list []holder
	if p.crowded {
		if err := r.eachHolder(ctx, p, func(batch []holder) error {
			for _, h := range batch {
				if h.mark != 0 && int(*p.counter(h.mark)) > p.most {
					list = append(list, h)
				}
			}
			return nil
		}); err != nil {
			return err
		}
	}
	slices.SortFunc(list, func(a, b holder) int { return cmp.Or(cmp.Compare(a.mark, b.mark), cmp.Compare(a.id, b.id)) })
	return r.DB.Tx(ctx, func(tx *db.Tx) error {
		if err := clearPhones(ctx, tx); err != nil {
			return err
		}
		for from := 0; from < len(list); {
			end := from
			for end < len(list) && list[end].mark == list[from].mark {
				end++
			}
			if end-from > p.most {
				if err := savePhones(ctx, tx, list[from:end]); err != nil {
					return err
				}
			}
			from = end
		}
		return nil
	})
}
