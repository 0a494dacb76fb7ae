package trial

import "slices"

// Result is what one policy did in one world.
type Result struct {
	Hires    float64 // people
	KeyHires float64 // of these, of key groups
	Benefit  float64 // of all hires; an ordinary match has one
	Offered  float64 // share of seekers who had at least one offer
	Crowd    float64 // applications per opening and week at the vacancy where one in ten has more
	Deserted float64 // share of open vacancies' weeks without any application
	Gini     float64 // of recommendations per opening, over vacancies: 0 all alike, 1 all to one
	Blocking float64 // pairs per 1,000 seekers who would both gain by leaving what they have for each other, at the end
}

// measures are a result's figures with their names.
var measures = []struct {
	Name, Zh string
	Of       func(Result) float64
}{
	{"hires", "录用（人）", func(r Result) float64 { return r.Hires }},
	{"key hires", "其中重点群体（人）", func(r Result) float64 { return r.KeyHires }},
	{"benefit", "总收益", func(r Result) float64 { return r.Benefit }},
	{"offered", "得到录用通知者占比", func(r Result) float64 { return r.Offered }},
	{"crowd p90", "每空缺每周应聘人数（P90）", func(r Result) float64 { return r.Crowd }},
	{"deserted", "无人应聘的岗位周占比", func(r Result) float64 { return r.Deserted }},
	{"gini", "曝光基尼系数", func(r Result) float64 { return r.Gini }},
	{"blocking", "阻塞对（每千名求职者）", func(r Result) float64 { return r.Blocking }},
}

func (r *run) result() Result {
	var out Result
	for i, s := range r.w.seekers {
		if r.benefit[i] > 0 {
			out.Hires++
			out.Benefit += r.benefit[i]
			if s.key {
				out.KeyHires++
			}
		}
		if r.offered[i] {
			out.Offered++
		}
	}
	n := float64(len(r.w.seekers))
	out.Offered /= n
	if len(r.applicants) > 0 {
		slices.Sort(r.applicants)
		out.Crowd = float64(r.applicants[len(r.applicants)*9/10])
		out.Deserted = float64(r.none) / float64(len(r.applicants))
	}
	var exposure []float64
	for j, v := range r.w.vacancies {
		exposure = append(exposure, float64(r.shown[j])/float64(v.openings))
	}
	out.Gini = Gini(exposure)
	out.Blocking = 1000 * float64(r.blocking()) / n
	return out
}

// blocking counts, among the pairs on people's long lists, those who would both rather have each other.
func (r *run) blocking() (pairs int) {
	for i, list := range r.w.lists {
		for _, p := range list {
			worst := line
			if r.left(p.vacancy) == 0 {
				worst = slices.MinFunc(r.hired[p.vacancy], func(x, y employee) int {
					if x.fit < y.fit {
						return -1
					}
					return 1
				}).fit
			}
			if p.benefit > r.benefit[i] && p.fit > worst {
				pairs++
			}
		}
	}
	return pairs
}

// Gini is the inequality of amounts that are not negative: 0 when all are alike, towards 1 when one has everything.
func Gini(amounts []float64) float64 {
	sorted := slices.Sorted(slices.Values(amounts))
	sum, weighted := 0.0, 0.0
	for k, x := range sorted {
		sum += x
		weighted += float64(k+1) * x
	}
	n := float64(len(sorted))
	if sum == 0 {
		return 0
	}
	return 2*weighted/(n*sum) - (n+1)/n
}
