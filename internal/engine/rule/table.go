package rule

// hit is which rows of a table of decisions count (the hit policies of DMN 1.3).
type hit uint8

const (
	hitFirst hit = iota
	hitOnly
	hitSum
	hitMost
	hitLeast
)

var hits = map[string]hit{
	"首个": hitFirst, "first": hitFirst, "唯一": hitOnly, "unique": hitOnly, "合计": hitSum, "sum": hitSum,
	"最大": hitMost, "max": hitMost, "最小": hitLeast, "min": hitLeast,
}

// table goes through rows of condition and value, kids two by two. A row without a condition has a literal yes.
func (f *formula) table(s *scene) result {
	var out result
	many, how := 0, hit(f.n)
	for i := 0; i+1 < len(f.kids); i += 2 {
		when := f.kids[i].calc(s)
		if !when.known {
			return when
		}
		if when.n == 0 {
			continue
		}
		r := f.kids[i+1].calc(s)
		if !r.known || how == hitFirst {
			return r
		}
		if many++; many == 1 {
			out = r
			continue
		}
		switch how {
		case hitOnly:
			return result{fail: severalRows}
		case hitSum:
			n, fail := add(out.n, r.n)
			if fail != fine {
				return unless(0, fail)
			}
			out.n = n
		case hitMost:
			out.n = max(out.n, r.n)
		case hitLeast:
			out.n = min(out.n, r.n)
		}
	}
	switch {
	case many > 0:
		return out
	case how == hitSum:
		return known(0)
	}
	return result{fail: noRow}
}
