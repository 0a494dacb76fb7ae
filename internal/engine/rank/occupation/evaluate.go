package occupation

import "math/rand/v2"

// Quality is how well titles were coded.
type Quality struct {
	Titles  int
	First   float64 // share whose first answer is right (acc@1)
	Five    float64 // share with the right code among the first five (acc@5)
	Reverse float64 // mean of 1/rank within the first ten (MRR@10)
}

// Judge compares the answers for titles with their labels. Right is the label's own code, at whatever level it stands.
func (c *Coder) Judge(list []Labelled) Quality {
	q := Quality{Titles: len(list)}
	for _, l := range list {
		for rank, a := range c.Code(l.Title, 10) {
			if a.Code != l.Code {
				continue
			}
			if rank == 0 {
				q.First++
			}
			if rank < 5 {
				q.Five++
			}
			q.Reverse += 1 / float64(rank+1)
		}
	}
	return q.over(float64(max(len(list), 1)))
}

func (q Quality) over(n float64) Quality {
	q.First, q.Five, q.Reverse = q.First/n, q.Five/n, q.Reverse/n
	return q
}

// Folds cuts labelled titles by chance into n parts; each is coded by what the others teach. It reports every part, and
// the whole comes back.
func (c *Coder) Folds(list []Labelled, n int, seed uint64, each func(part int, q Quality)) Quality {
	order := rand.New(rand.NewPCG(seed, seed)).Perm(len(list))
	var sum Quality
	for part := range n {
		var known, unseen []Labelled
		for i, k := range order {
			if i%n == part {
				unseen = append(unseen, list[k])
			} else {
				known = append(known, list[k])
			}
		}
		trained, _ := c.Train(known, seed)
		q := trained.Judge(unseen)
		if each != nil {
			each(part, q)
		}
		w := float64(q.Titles)
		sum.Titles += q.Titles
		sum.First, sum.Five, sum.Reverse = sum.First+w*q.First, sum.Five+w*q.Five, sum.Reverse+w*q.Reverse
	}
	return sum.over(float64(max(sum.Titles, 1)))
}
