package allocate

import (
	"cmp"
	"fmt"
	"slices"
)

// Stable matching: every seeker gets at most one post, every post at most its seats, and nobody could do better by a
// deal of their own. It is the rule of dispatch and of public posts, where a choice has to be defended, not the total.

// Post is a vacancy with seats, some of which may be reserved for a group, such as people who are hard to employ. The
// reserved seats are filled first, with the best of the group; what is left of them is open to everybody (Hafalir,
// Yenmez and Yildirim, 2013), so no seat stays empty for want of the group.
type Post struct {
	ID              int64
	Seats, Reserved int
}

// Application is a pair that both sides accept.
type Application struct {
	Seeker, Post int64
	Wish         float64 // how much the seeker wants the post
	Fit          float64 // how much the post wants the seeker
	Group        bool    // the seeker may take a reserved seat
}

// Side is who proposes, and so who gets the best they can get in any stable matching.
type Side int

// The sides.
const (
	SeekersPropose Side = iota
	PostsPropose
)

// Dispatch is an instance of stable matching.
type Dispatch struct {
	posts   []Post
	seekers []int64
	pairs   []Application // by seeker's wish, then post
	start   []int         // pairs of seeker i
	seeker  []int         // by pair: position of the seeker
	post    []int         // by pair: position of the post
	byFit   [][]int       // by post: its pairs, best first
	place   []int         // by pair: place in byFit
}

// NewDispatch prepares an instance. Equal wishes and fits are decided by the lower ID, so the order of input changes
// nothing.
func NewDispatch(posts []Post, applications []Application) (*Dispatch, error) {
	d := &Dispatch{posts: slices.Clone(posts), pairs: slices.Clone(applications)}
	slices.SortFunc(d.posts, func(x, y Post) int { return cmp.Compare(x.ID, y.ID) })
	slices.SortFunc(d.pairs, func(x, y Application) int {
		return cmp.Or(cmp.Compare(x.Seeker, y.Seeker), cmp.Compare(y.Wish, x.Wish), cmp.Compare(x.Post, y.Post))
	})
	for j, p := range d.posts {
		if p.Seats < 0 || p.Reserved < 0 || p.Reserved > p.Seats {
			return nil, fmt.Errorf("岗位 %d 有 %d 个名额、保留 %d 个：名额不应为负，保留不应超过名额", p.ID, p.Seats, p.Reserved)
		}
		if j > 0 && d.posts[j-1].ID == p.ID {
			return nil, fmt.Errorf("岗位 %d 出现了两次", p.ID)
		}
	}
	d.byFit = make([][]int, len(d.posts))
	last := make([]int, len(d.posts)) // by post: the seeker, from 1, of its last application
	for k, a := range d.pairs {
		j, known := slices.BinarySearchFunc(d.posts, a.Post, func(p Post, id int64) int { return cmp.Compare(p.ID, id) })
		if !known {
			return nil, fmt.Errorf("求职者 %d 填报的岗位 %d 不在岗位清单中", a.Seeker, a.Post)
		}
		if k == 0 || d.pairs[k-1].Seeker != a.Seeker {
			d.seekers = append(d.seekers, a.Seeker)
			d.start = append(d.start, k)
		}
		if last[j] == len(d.seekers) {
			return nil, fmt.Errorf("求职者 %d 对岗位 %d 填了两次志愿", a.Seeker, a.Post)
		}
		last[j] = len(d.seekers)
		d.seeker = append(d.seeker, len(d.seekers)-1)
		d.post = append(d.post, j)
		d.byFit[j] = append(d.byFit[j], k)
	}
	d.start = append(d.start, len(d.pairs))
	d.place = make([]int, len(d.pairs))
	for _, list := range d.byFit {
		slices.SortFunc(list, func(x, y int) int {
			return cmp.Or(cmp.Compare(d.pairs[y].Fit, d.pairs[x].Fit), cmp.Compare(d.seeker[x], d.seeker[y]))
		})
		for at, k := range list {
			d.place[k] = at
		}
	}
	return d, nil
}

// Match is a stable matching: post ID by seeker ID, only of those who have one.
func (d *Dispatch) Match(side Side) map[int64]int64 {
	var of []int
	if side == PostsPropose {
		of = d.postsPropose()
	} else {
		of = d.seekersPropose()
	}
	out := make(map[int64]int64, len(of))
	for i, k := range of {
		if k >= 0 {
			out[d.seekers[i]] = d.pairs[k].Post
		}
	}
	return out
}

// choose keeps of some pairs of a post, in the order of its fit, those that it wants most.
func (d *Dispatch) choose(post int, pairs []int) (kept, refused []int) {
	p := d.posts[post]
	reserved := min(p.Reserved, p.Seats)
	taken := make([]bool, len(pairs))
	seats := p.Seats
	for at, k := range pairs {
		if reserved > 0 && d.pairs[k].Group {
			taken[at] = true
			reserved--
			seats--
		}
	}
	for at := range pairs {
		if seats > 0 && !taken[at] {
			taken[at] = true
			seats--
		}
	}
	for at, k := range pairs {
		if taken[at] {
			kept = append(kept, k)
		} else {
			refused = append(refused, k)
		}
	}
	return kept, refused
}

// seekersPropose lets every seeker without a post ask the next one on their list.
func (d *Dispatch) seekersPropose() []int {
	of, next := make([]int, len(d.seekers)), make([]int, len(d.seekers))
	held := make([][]int, len(d.posts))
	free := make([]int, 0, len(d.seekers))
	for i := range d.seekers {
		of[i], next[i] = -1, d.start[i]
		free = append(free, i)
	}
	for len(free) > 0 {
		i := free[len(free)-1]
		free = free[:len(free)-1]
		if next[i] == d.start[i+1] {
			continue
		}
		k := next[i]
		next[i]++
		j := d.post[k]
		var refused []int
		held[j], refused = d.choose(j, d.insert(held[j], k))
		of[i] = k
		for _, out := range refused {
			of[d.seeker[out]] = -1
			free = append(free, d.seeker[out])
		}
	}
	return of
}

// postsPropose lets every post ask the people it wants most of those who have not yet refused it.
func (d *Dispatch) postsPropose() []int {
	of := make([]int, len(d.seekers))
	for i := range of {
		of[i] = -1
	}
	left := make([][]int, len(d.posts))
	var open []int
	for j := range d.posts {
		left[j] = slices.Clone(d.byFit[j])
		open = append(open, j)
	}
	for len(open) > 0 {
		j := open[len(open)-1]
		open = open[:len(open)-1]
		wanted, _ := d.choose(j, left[j])
		for _, k := range wanted {
			i := d.seeker[k]
			switch now := of[i]; {
			case now == k:
			case now < 0:
				of[i] = k
			case now < k: // what the seeker has is higher on their list
				left[j] = d.without(left[j], k)
				open = append(open, j)
			default:
				of[i] = k
				other := d.post[now]
				left[other] = d.without(left[other], now)
				open = append(open, other)
			}
		}
	}
	return of
}

// insert puts a pair into a list that is in the order of its post's fit.
func (d *Dispatch) insert(list []int, k int) []int {
	at, _ := slices.BinarySearchFunc(list, d.place[k], func(x, place int) int { return cmp.Compare(d.place[x], place) })
	return slices.Insert(list, at, k)
}

func (d *Dispatch) without(list []int, k int) []int {
	at, found := slices.BinarySearchFunc(list, d.place[k], func(x, place int) int { return cmp.Compare(d.place[x], place) })
	if !found {
		return list
	}
	return slices.Delete(list, at, at+1)
}

// BlockingPairs counts the pairs that would both gain by leaving a matching for each other: the seeker wants the post
// more than what they have, and the post would choose the seeker among its own people. A stable matching has none.
// Pairs of the matching that nobody applied for are passed over.
func (d *Dispatch) BlockingPairs(match map[int64]int64) (blocking int) {
	of, held := make([]int, len(d.seekers)), make([][]int, len(d.posts))
	for i, id := range d.seekers {
		of[i] = -1
		post, has := match[id]
		for k := d.start[i]; has && k < d.start[i+1]; k++ {
			if d.pairs[k].Post == post {
				of[i] = k
				held[d.post[k]] = d.insert(held[d.post[k]], k)
			}
		}
	}
	for i := range d.seekers {
		for k := d.start[i]; k < d.start[i+1] && k != of[i]; k++ {
			j := d.post[k]
			kept, _ := d.choose(j, d.insert(slices.Clone(held[j]), k))
			if slices.Contains(kept, k) {
				blocking++
			}
		}
	}
	return blocking
}
