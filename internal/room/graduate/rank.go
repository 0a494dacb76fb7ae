package graduate

import (
	"cmp"
	"slices"

	"jiuye/internal/engine/rank/allocate"
)

// Ranked is an application in the order of the round.
type Ranked struct {
	Entry
	Total int
	Place int // from 1; the same total and the same written test share a place
}

// Rank orders the qualified applications that have both scores and reach the pass mark: by the total, then the written test, then
// the number in the register, so that the same scores always give the same list.
func Rank(r *Round, entries []Entry) (list []Ranked) {
	for _, e := range entries {
		if e.State != Qualified && e.State != Taken {
			continue
		}
		if total, ok := e.Total(r); ok && total >= r.Pass {
			list = append(list, Ranked{Entry: e, Total: total})
		}
	}
	slices.SortFunc(list, func(a, b Ranked) int {
		return cmp.Or(cmp.Compare(b.Total, a.Total), cmp.Compare(b.Written, a.Written), cmp.Compare(a.PersonID, b.PersonID))
	})
	for i := range list {
		list[i].Place = i + 1
		if i > 0 && list[i].Total == list[i-1].Total && list[i].Written == list[i-1].Written {
			list[i].Place = list[i-1].Place
		}
	}
	return list
}

// withRest puts the applications that are not ranked behind those that are.
func withRest(ranked []Ranked, entries []Entry) []Ranked {
	there := make(map[int64]bool, len(ranked))
	for i := range ranked {
		there[ranked[i].PersonID] = true
	}
	out := slices.Clone(ranked)
	for _, e := range entries {
		if !there[e.PersonID] {
			out = append(out, Ranked{Entry: e, Total: -1})
		}
	}
	return out
}

// Dealt is an assignment: who gets which post, and how many pairs could complain (0 by construction; it is counted all the same).
type Dealt struct {
	Of       map[int64]int64 // person → post
	Blocking int
}

// dispatch is the instance that deferred acceptance solves: people propose in the order of their wishes; posts prefer the better
// place. Who is found unfit is left out. Seats reserved are filled with the group first.
func dispatch(posts []Post, list []Ranked, may func(person, post int64) bool, group func(person int64) bool) (*allocate.Dispatch, error) {
	var sides []allocate.Post
	for _, p := range posts {
		sides = append(sides, allocate.Post{ID: p.ID, Seats: p.Seats, Reserved: p.Reserved})
	}
	var pairs []allocate.Application
	for i, e := range list {
		if e.Medical == Unfit {
			continue
		}
		seen := map[int64]bool{}
		for n, post := range e.Wishes {
			if seen[post] || !slices.ContainsFunc(posts, func(p Post) bool { return p.ID == post }) || !may(e.PersonID, post) {
				continue
			}
			seen[post] = true
			pairs = append(pairs, allocate.Application{Seeker: e.PersonID, Post: post, Wish: float64(len(e.Wishes) - n), Fit: float64(len(list) - i), Group: group(e.PersonID)})
		}
	}
	return allocate.NewDispatch(sides, pairs)
}

// Deal gives posts by deferred acceptance. When it runs again after somebody was found unfit, the next in line comes in.
func Deal(posts []Post, list []Ranked, may func(person, post int64) bool, group func(person int64) bool) (Dealt, error) {
	d, err := dispatch(posts, list, may, group)
	if err != nil {
		return Dealt{}, err
	}
	match := d.Match(allocate.SeekersPropose)
	return Dealt{match, d.BlockingPairs(match)}, nil
}
