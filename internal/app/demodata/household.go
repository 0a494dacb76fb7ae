package demodata

// draft is a member of a household as the first pass needs it: no name, no number, no history.
type draft struct {
	birth    day
	male     bool
	relation string
	edu      int16 // as person.Educations
	age      int16 // on the last day of the data
	student  bool
	anchor   bool // of working age, able, not studying and never registered: keeps the household from counting as 零就业家庭
}

// family is a household as drafted.
type family struct {
	number  int
	village int
	rural   bool
	ethnic  string
	zero    bool // made to be a 零就业家庭
	members []draft
}

// shapes of households by how common they are; the ages of the head.
var shapes = []struct {
	share          float64
	youngest, last int
	make           func(f *builder, headAge int)
}{
	{.075, 23, 59, (*builder).alone},
	{.065, 60, 86, (*builder).alone},
	{.03, 25, 34, (*builder).couple},
	{.105, 47, 59, (*builder).couple},
	{.135, 60, 84, (*builder).couple},
	{.17, 27, 49, func(b *builder, a int) { b.couple(a); b.children(a, 1, 0, 15) }},
	{.10, 29, 48, func(b *builder, a int) { b.couple(a); b.children(a, 2, 0, 17) }},
	{.165, 42, 63, func(b *builder, a int) { b.couple(a); b.children(a, 1, 16, 31) }},
	{.035, 44, 60, func(b *builder, a int) { b.couple(a); b.children(a, 2, 14, 30) }},
	{.065, 30, 52, func(b *builder, a int) { b.couple(a); b.children(a, 1, 1, 22); b.parents(a) }},
	{.045, 28, 55, func(b *builder, a int) { b.head(a, .35); b.children(a, 1, 2, 26) }},
	{.01, 58, 72, func(b *builder, a int) { b.couple(a); b.grandchild() }},
}

var shapeShares = func() (s []float64) {
	for _, shape := range shapes {
		s = append(s, shape.share)
	}
	return s
}()

// cohort is the size of the people of an age in 2025 beside others: many born in the sixties and around 1987, few lately.
func cohort(age int) float64 {
	for _, c := range []struct {
		upTo int
		size float64
	}{{19, .8}, {24, .75}, {29, .85}, {34, 1.1}, {39, 1.25}, {44, 1.05}, {49, .95}, {54, 1.25}, {59, 1.35}, {63, 1.15}, {69, .95}, {74, .7}, {79, .45}} {
		if age <= c.upTo {
			return c.size
		}
	}
	return .25
}

var cohorts = func() (c [100]float64) {
	for a := range c {
		c[a] = cohort(a)
	}
	return c
}()

// builder puts a household together.
type builder struct {
	family
	dice
	today day
}

// build drafts the i-th household: always the same for a seed.
func (b *builder) build(w *world, i int) {
	b.dice = throw(w.opts.Seed, forHousehold, uint64(i))
	b.number, b.zero, b.members = i, false, b.members[:0]
	if j, ok := w.zero[i]; ok {
		b.buildZero(w, j)
		return
	}
	share := float64(i)*0.6180339887498949 + w.phase
	b.village = w.places.villageAt(share - float64(int(share)))
	v := &w.places.villages[b.village]
	b.rural = b.chance(ruralShare(v.town))
	b.ethnic = ethnics[b.weighted(ethnicShares)].code
	shape := &shapes[b.weighted(shapeShares)]
	shape.make(b, shape.youngest+b.weighted(cohorts[shape.youngest:shape.last+1]))
	b.anchors()
}

// ruralShare is how many households of a place hold an agricultural registration.
func ruralShare(town bool) float64 {
	if town {
		return .19
	}
	return .88
}

// buildZero drafts the j-th household of those in which nobody of working age has work.
func (b *builder) buildZero(w *world, j int) {
	b.zero, b.rural, b.ethnic = true, false, ethnics[j%2].code
	n := len(w.places.banners)
	banner := 0 // most in the first, which is the biggest of the printed league; each has its share
	if j%3 == 2 {
		banner = (j/3 + 1) % n
	}
	bp := &w.places.banners[banner]
	for range 20 {
		if b.village = bp.in(w.places, b.float()); w.places.villages[b.village].town {
			break
		}
	}
	switch j % 4 {
	case 0:
		b.couple(b.between(41, 50))
		b.children(42, 1, 7, 13)
	case 1:
		b.head(b.between(37, 50), .3)
		b.children(40, 1, 6, 13)
	case 2:
		b.couple(b.between(44, 53))
	default:
		b.head(b.between(46, 55), .7)
	}
}

func (b *builder) add(relation string, age int, male bool) {
	age = min(age, 97)
	birth := on(lastYear-age, 8, 31) - day(b.n(365))
	d := draft{birth: birth, male: male, relation: relation, age: int16(age)}
	d.edu, d.student = schooling(&b.dice, birth.year(), age, b.rural)
	b.members = append(b.members, d)
}

func (b *builder) head(age int, men float64) { b.add("户主", age, b.chance(men)) }

func (b *builder) alone(age int) { b.head(age, .52) }

func (b *builder) couple(age int) {
	man := b.chance(.82)
	b.add("户主", age, man)
	other := age + b.between(-4, 1)
	if !man {
		other = age + b.between(-1, 4)
	}
	b.add("配偶", max(other, 21), !man)
}

// children adds up to n children whose ages lie between low and high and fit the age of a parent.
func (b *builder) children(parent, n, low, high int) {
	low, high = max(low, parent-38), min(high, parent-21)
	if high < low {
		return
	}
	a := b.between(low, high)
	for range n {
		if a < 0 {
			return
		}
		if b.chance(.52) {
			b.add("子", a, true)
		} else {
			b.add("女", a, false)
		}
		a -= b.between(2, 6)
	}
}

func (b *builder) parents(age int) {
	a := age + b.between(22, 30)
	if a > 90 {
		return
	}
	both := b.chance(.5)
	if both || b.chance(.35) {
		b.add("父", a, true)
		if !both {
			return
		}
	}
	b.add("母", a-b.between(0, 4), false)
}

func (b *builder) grandchild() { b.add("孙", b.between(2, 15), b.chance(.52)) }

// anchors marks the member by whom a household without agricultural registration never counts as one without work.
func (b *builder) anchors() {
	fallback := -1
	for i := range b.members {
		b.members[i].anchor = false
	}
	for i := range b.members {
		m := &b.members[i]
		if m.student || m.age < 16 || m.age > 59 {
			continue
		}
		if age(m.birth, b.today+90) <= 59 {
			m.anchor = true
			return
		}
		if fallback < 0 {
			fallback = i
		}
	}
	if fallback >= 0 {
		b.members[fallback].anchor = true
	}
}
