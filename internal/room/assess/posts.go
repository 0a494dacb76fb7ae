package assess

// scale is one whole in ten-thousandths: shares and factors are integers of these.
const scale = 10_000

// perIntensity is the investment, in fen, that posts are counted on: ten million yuan (千万元).
const perIntensity = 1_000_000_000

// PostsResult is the dimension of posts.
type PostsResult struct {
	Permanent  int64    // posts that last, as the unit states
	Temporary  int64    // posts of the time of building
	Lost       int64    // posts that end
	Stated     Interval // of Permanent, by how statements of like projects turned out
	ByRate     Interval // by investment and the posts that like projects brought for each yuan
	Like       string   // which projects are like: division, section, all
	Factor     int64    // posts elsewhere for each direct one, ten-thousandths; -1: nobody has set it
	FactorFrom string   // its source
	Indirect   int64
	Net        int64 // permanent + indirect − lost; without the indirect ones where the factor is open
	Worst      int64 // the same at the lower end of the interval
	Intensity  int64 // hundredths of a permanent post for each ten million yuan; -1: no investment
	Fits       []Fit
}

// Fit is who of the area's registered unemployed could take posts of a line.
type Fit struct {
	Occupation string
	Education  int
	People     int64
	Place      string
	Schooled   int64 // registered unemployed with that schooling or more
	Unknown    int64 // of whom schooling is not known
	Wishing    int64 // registered unemployed who look for this occupation
}

// Direct is the number of lasting posts that later sums go by: what the unit states, or by the investment where it states nothing.
func (p *PostsResult) Direct() int64 {
	if p.Permanent == 0 && p.Lost == 0 && p.ByRate.Known() {
		return p.ByRate.Mid
	}
	return p.Permanent
}

// interval is that of the number that Direct gives.
func (p *PostsResult) interval() Interval {
	if p.Permanent == 0 && p.Lost == 0 {
		return p.ByRate
	}
	return p.Stated
}

// sumPosts does the sums of a case. factor is -1 where nobody has set it.
func sumPosts(c *Case, lines []Line, like []Outcome, level string, factor int64, from string) PostsResult {
	p := PostsResult{Lost: c.Lost, Like: level, Factor: factor, FactorFrom: from, Intensity: -1}
	for _, l := range lines {
		if l.Temporary {
			p.Temporary += l.People
		} else {
			p.Permanent += l.People
		}
	}
	p.Stated = Predict(float64(p.Permanent), errorsOf(like))
	if c.Kind != Exit {
		p.ByRate = Predict(float64(c.InvestFen), ratesOf(like))
	}
	direct, low := p.Direct(), p.Direct()
	if in := p.interval(); in.Known() {
		low = in.Low
	}
	if factor > 0 {
		p.Indirect = divide(direct*factor, scale)
	}
	p.Net = direct + p.Indirect - p.Lost
	p.Worst = low + divide(low*max(0, factor), scale) - p.Lost
	if c.InvestFen > 0 {
		p.Intensity = divide(direct*100*(perIntensity/100), c.InvestFen/100)
	}
	return p
}

// fillable is the share of lasting posts for which there are registered unemployed with the schooling, ten-thousandths; nobody
// is counted for two lines. -1: no lines.
func fillable(fits []Fit) int64 {
	var posts, filled int64
	used := map[string]int64{} // by place; lines come with the most schooling first
	for _, f := range fits {
		posts += f.People
		n := max(0, min(f.People, f.Schooled-used[f.Place]))
		used[f.Place] += n
		filled += n
	}
	if posts == 0 {
		return -1
	}
	return divide(filled*scale, posts)
}

// divide rounds half up; by is positive.
func divide(n, by int64) int64 {
	if n < 0 {
		return -divide(-n, by)
	}
	return (n + by/2) / by
}
