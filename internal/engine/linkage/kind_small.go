package linkage

import (
	"math"
	"strconv"
	"strings"
)

// categories agree or do not: sex, state, education.
type categories struct{}

func newCategories() *categories { return &categories{} }

// synonyms of the categories that nearly every file has.
var synonyms = map[string]string{"男性": "男", "女性": "女", "male": "男", "m": "男", "female": "女", "f": "女", "汉族": "汉", "蒙古族": "蒙古", "蒙古": "蒙古", "蒙族": "蒙古", "蒙": "蒙古", "回族": "回", "满族": "满"}

func (*categories) clean(raw string) (string, Mark) {
	s, m := cleanText(raw)
	if t, found := synonyms[s]; found {
		s = t
	}
	return s, m
}

func (*categories) add(string, Mark)                   {}
func (*categories) forget(int)                         {}
func (*categories) same(uint32) uint8                  { return 0 }
func (*categories) compare(_, _ uint32) uint8          { return 1 }
func (*categories) feature(string) func(uint32) uint64 { return nil }
func (*categories) degrees() []Degree {
	return []Degree{{"same", "一致", "same"}, {"different", "不同", "different"}}
}

// numbers agree within a tolerance.
type numbers struct{ values []float64 }

func newNumbers() *numbers { return &numbers{values: []float64{0}} }

func (*numbers) clean(raw string) (string, Mark) {
	s := strings.ReplaceAll(plain(raw), ",", "")
	if s == "" {
		return "", Mark{}
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		return "", Mark{Invalid, "number.form"}
	}
	return strconv.FormatFloat(f+0, 'f', -1, 64), fine
}

func (n *numbers) add(s string, _ Mark) {
	f, _ := strconv.ParseFloat(s, 64)
	n.values = append(n.values, f)
}

func (n *numbers) forget(size int) { n.values = n.values[:size] }

func (*numbers) degrees() []Degree {
	return []Degree{{"same", "一致", "same"}, {"within1", "相差不到 1%", "within 1 %"}, {"within5", "相差不到 5%", "within 5 %"},
		{"within20", "相差不到 20%", "within 20 %"}, {"different", "不同", "different"}}
}

func (*numbers) same(uint32) uint8 { return 0 }

func (n *numbers) compare(a, b uint32) uint8 {
	x, y := n.values[a], n.values[b]
	gap := math.Abs(x-y) / max(math.Abs(x), math.Abs(y))
	for i, limit := range []float64{.01, .05, .20} {
		if gap <= limit {
			return uint8(i + 1)
		}
	}
	return 4
}

func (n *numbers) feature(name string) func(uint32) uint64 {
	if name != "rounded" {
		return nil
	}
	return func(v uint32) uint64 { return mix(uint64(int64(math.Round(n.values[v]))), 1) }
}
