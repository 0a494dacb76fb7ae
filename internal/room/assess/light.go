package assess

// Grades of a dimension.
const (
	Green  = "green"
	Yellow = "yellow"
	Red    = "red"
	Open   = "open" // a figure or a threshold is missing
	None   = "none" // does not apply: no new posts, so no working conditions
)

// Lights are the grades by dimension, in the order of Dimensions.
type Lights [4]string

// Worst is the gravest of them.
func (l Lights) Worst() string {
	worst := None
	for _, g := range l {
		worst = graver(worst, g)
	}
	return worst
}

// gravity orders grades: what is red stays red, whatever else is not known.
var gravity = map[string]int{None: 0, Green: 1, Open: 2, Yellow: 3, Red: 4}

func graver(a, b string) string {
	if gravity[b] > gravity[a] {
		return b
	}
	return a
}

// Check is one comparison behind a light: a figure of the result, the threshold, and what comes of it. The pages word it by its
// code. Limit is -1 where nobody has set the threshold.
type Check struct {
	Dimension, Code string
	Value, Limit    int64
	Grade           string
	From            string // source of the threshold
}

// limit is a threshold as parameters hold it: the value, or -1, and where it is from.
type limit struct {
	value int64
	from  string
}

// limits are the thresholds of a case's area and day, by parameter.
type limits map[string]limit

func (l limits) get(code string) limit {
	if v, ok := l[code]; ok {
		return v
	}
	return limit{value: -1}
}

// floor asks that a value is not under a threshold, ceiling that it does not reach it; a value of -1 is not known.
func floor(dimension, code string, value int64, at limit, otherwise string) Check {
	c := Check{Dimension: dimension, Code: code, Value: value, Limit: at.value, Grade: Green, From: at.from}
	switch {
	case value < 0 || at.value < 0:
		c.Grade = Open
	case value < at.value:
		c.Grade = otherwise
	}
	return c
}

func ceiling(dimension, code string, value int64, at limit, otherwise string) Check {
	c := Check{Dimension: dimension, Code: code, Value: value, Limit: at.value, Grade: Green, From: at.from}
	switch {
	case value < 0 || at.value < 0:
		c.Grade = Open
	case value >= at.value:
		c.Grade = otherwise
	}
	return c
}

// plain is a check whose threshold lies in its nature: nothing lost, nobody paid below the minimum.
func plain(dimension, code string, value int64, fine bool, otherwise string) Check {
	c := Check{Dimension: dimension, Code: code, Value: value, Grade: Green}
	if !fine {
		c.Grade = otherwise
	}
	return c
}

// judge compares a result with the thresholds.
func judge(c *Case, r *Result, at limits) (list []Check, lights Lights) {
	list = append(list, judgePosts(c, &r.Posts, at)...)
	list = append(list, judgeEnvironment(&r.Environment, at)...)
	list = append(list, judgeRisk(&r.Risk, at)...)
	list = append(list, judgeSecurity(c, &r.Security, at)...)
	for i, d := range Dimensions {
		lights[i] = None
		for _, k := range list {
			if k.Dimension == d {
				lights[i] = graver(lights[i], k.Grade)
			}
		}
	}
	return list, lights
}

func judgePosts(c *Case, p *PostsResult, at limits) []Check {
	code := "net"
	if in := p.interval(); in.Known() && c.Kind != Exit {
		code = "netlow"
	}
	list := []Check{plain(Posts, code, p.Worst, p.Worst >= 0, Red)}
	if p.Direct() == 0 && p.Temporary == 0 && p.Lost == 0 {
		list[0].Grade = Open // nobody has said anything of posts
	}
	if c.InvestFen > 0 && c.Kind != Exit {
		list = append(list, floor(Posts, "intensity", p.Intensity, at.get(intensityFloor), Yellow))
	}
	if n := fillable(p.Fits); n >= 0 {
		list = append(list, floor(Posts, "fill", n, at.get(fillFloor), Yellow))
	}
	return list
}

func judgeEnvironment(e *EnvironmentResult, at limits) []Check {
	if e.Posts == 0 {
		return nil
	}
	minimum := plain(Environment, "minimum", e.Below, e.Below == 0, Red)
	if minimum.Limit, minimum.From = e.Minimum, e.MinFrom; e.Minimum == 0 {
		minimum.Limit, minimum.Grade = -1, Open
	}
	list := []Check{minimum, floor(Environment, "insured", share(e.Insured, e.Posts), at.get(insuredFloor), Yellow)}
	if e.Lasting > 0 {
		list = append(list, floor(Environment, "contract", share(e.Contract, e.Lasting), at.get(contractFloor), Yellow))
	}
	median := Check{Dimension: Environment, Code: "median", Value: -1, Limit: -1, Grade: Open}
	if e.Median > 0 {
		median = floor(Environment, "median", share(e.AtMedian, e.Posts), at.get(medianFloor), Yellow)
	}
	list = append(list, median)
	unmet := plain(Environment, "unmet", int64(len(e.Unmet)), len(e.Unmet) == 0, Yellow)
	if e.Heavy {
		unmet.Grade = Red
	} else if len(e.Unsaid) > 0 && len(e.Unmet) == 0 {
		unmet.Code, unmet.Value, unmet.Grade = "unsaid", int64(len(e.Unsaid)), Open
	}
	return append(list, unmet)
}

func judgeRisk(r *RiskResult, at limits) []Check {
	if r.Lost == 0 {
		return []Check{plain(Risk, "nolost", 0, true, "")}
	}
	lost := ceiling(Risk, "lost", share(r.Lost, r.AreaInsured), at.get(lostRed), Red)
	if yellow := at.get(lostYellow); lost.Grade != Red && yellow.value >= 0 && lost.Value >= yellow.value {
		lost.Grade, lost.Limit, lost.From = Yellow, yellow.value, yellow.from
	} else if lost.Grade == Green && yellow.value < 0 {
		lost.Grade, lost.Limit = Open, -1
	}
	list := []Check{lost}
	older, earner := int64(-1), int64(-1)
	if r.OfUnit && r.Workers > 0 {
		older, earner = share(r.Older, r.Workers), r.OneEarner
	}
	list = append(list, ceiling(Risk, "older", older, at.get(olderCeiling), Yellow), ceiling(Risk, "earner", earner, at.get(earnerCeiling), Yellow))
	if r.IndustryCode != "" {
		list = append(list, ceiling(Risk, "industry", share(r.Industry, r.AreaInsured), at.get(industryCeiling), Yellow))
	}
	return list
}

func judgeSecurity(c *Case, s *SecurityResult, at limits) []Check {
	balance := s.Newly - s.LostInsured
	list := []Check{plain(Security, "balance", balance, balance >= 0, Yellow)}
	if c.Lost > 0 {
		list = append(list, ceiling(Security, "fund", s.FundFen, at.get(fundCeiling), Red))
	}
	return list
}
